"""What every test may rely on; fixtures of one package stand in that package's own conftest.

Belongs here: markers and rules of the whole suite. Never here: parts of a hall.
"""

from __future__ import annotations

import pytest

from tests import debian


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers", "needs_debian(*packages): skipped without these Debian packages; with CI=true it fails"
    )


def pytest_runtest_setup(item: pytest.Item) -> None:
    debian.demand(*(package for mark in item.iter_markers("needs_debian") for package in mark.args))
