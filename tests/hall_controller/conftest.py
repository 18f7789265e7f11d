"""What is made once for all tests that need it: the reference period, which takes half a minute, and a browser.

Belongs here: what several folders of tests share and what is slow to make. Never here: a check.
"""

from __future__ import annotations

import fcntl
import os
import pickle
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright, expect

from hall_controller.journal import Entry, Journal
from hall_controller.simulation.habits import load
from hall_controller.simulation.season import Period, Tally, season
from tests.debian import program
from tests.hall_controller.settings_files import reference_hall
from tests.hall_controller.web.browser_visit import QUIET_BROWSER, SOON_MS

FIRST_DAY: Final = date(2021, 11, 1)
LAST_DAY: Final = date(2022, 4, 15)


@dataclass(frozen=True)
class GoldenSeason:
    """What `hall simulate --golden` makes of the reference period: its journal, and what was counted on the way."""

    journal: Path
    tally: Tally


@pytest.fixture(scope="session")
def golden_season(tmp_path_factory: pytest.TempPathFactory) -> GoldenSeason:
    """Made once, even for tests that run in several processes: one makes it, the others wait and take a copy."""
    mine = tmp_path_factory.mktemp("golden")
    shared = tmp_path_factory.getbasetemp() / "golden_season"
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parents[1] / shared.name
    shared.mkdir(exist_ok=True)
    with (shared / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (shared / "tally").exists():
            (shared / "tally").write_bytes(pickle.dumps(_simulated(shared / "journal.sqlite")))
        journal = Path(shutil.copy(shared / "journal.sqlite", mine))
        tally: Tally = pickle.loads((shared / "tally").read_bytes())  # noqa: S301 - written by this very run
    return GoldenSeason(journal, tally)


def _simulated(path: Path) -> Tally:
    tally = Tally()
    with Journal.open(path) as journal:
        for facts in season(reference_hall(), load(), Period(FIRST_DAY, LAST_DAY, golden=True), tally):
            journal.append([Entry(fact) for fact in facts])
    return tally


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """Debian's Chromium; who uses it opens windows of its own, which share nothing, and runs on the session's loop."""
    path = program("chromium", package="chromium")
    expect.set_options(timeout=SOON_MS)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=QUIET_BROWSER)
        yield browser
        await browser.close()
