"""What every test may rely on; fixtures of one package stand in that package's own conftest.

Belongs here: markers and rules of the whole suite. Never here: parts of a hall.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Generator

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
    config.addinivalue_line(
        "markers",
        "alone: it measures time, so no other test runs beside it, however many processes there are",
    )


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, bool | None, bool | None]:
    """Tests run beside each other, but for those that must be alone: many hold a lock together, or one has it.

    Who wants it alone holds the door meanwhile, so that no other test begins. Waiting is no part of a test's time.
    """
    if "PYTEST_XDIST_WORKER" not in os.environ:
        return (yield)
    alone = item.get_closest_marker("alone") is not None
    place = item.config.cache.mkdir("alone")
    with (place / "door").open("w") as door, (place / "lock").open("w") as lock:
        fcntl.flock(door, fcntl.LOCK_EX)
        fcntl.flock(lock, fcntl.LOCK_EX if alone else fcntl.LOCK_SH)
        fcntl.flock(door, fcntl.LOCK_UN)
        return (yield)


def pytest_runtest_setup(item: pytest.Item) -> None:
    debian.demand(*(package for mark in item.iter_markers("needs_debian") for package in mark.args))


def pytest_runtest_teardown() -> None:
    """A command that a test called has set the log to its own standard error, which ends with that test."""
    structlog.reset_defaults()
