"""What every test may rely on; fixtures of one package stand in that package's own conftest.

Belongs here: markers and rules of the whole suite. Never here: parts of a hall.
"""

from __future__ import annotations

import pytest
import structlog

import displays.panels
from hall_controller.devices import pads, printers
from tests import debian


def pytest_report_header() -> list[str]:
    """Which drivers the contract suites have found by themselves."""
    found = {"panels": displays.panels.models(), "pads": pads.models(), "printers": printers.models()}
    return [f"drivers of {kind}: {', '.join(models)}" for kind, models in found.items()]


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers", "needs_debian(*packages): skipped without these Debian packages; with CI=true it fails"
    )


def pytest_runtest_setup(item: pytest.Item) -> None:
    debian.demand(*(package for mark in item.iter_markers("needs_debian") for package in mark.args))


def pytest_runtest_teardown() -> None:
    """A command that a test called has set the log to its own standard error, which ends with that test."""
    structlog.reset_defaults()
