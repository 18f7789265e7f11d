"""The reference period, simulated once for all tests that need it: it takes half a minute.

Belongs here: what several folders of tests share and what is slow to make. Never here: a check.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import pytest

from hall_controller.journal import Entry, Journal
from hall_controller.simulation.habits import load
from hall_controller.simulation.season import Period, Tally, season
from tests.hall_controller.settings_files import reference_hall

FIRST_DAY: Final = date(2021, 11, 1)
LAST_DAY: Final = date(2022, 4, 15)


@dataclass(frozen=True)
class GoldenSeason:
    """What `hall simulate --golden` makes of the reference period: its journal, and what was counted on the way."""

    journal: Path
    tally: Tally


@pytest.fixture(scope="session")
def golden_season(tmp_path_factory: pytest.TempPathFactory) -> GoldenSeason:
    tally = Tally()
    path = tmp_path_factory.mktemp("golden") / "journal.sqlite"
    with Journal.open(path) as journal:
        for facts in season(reference_hall(), load(), Period(FIRST_DAY, LAST_DAY, golden=True), tally):
            journal.append([Entry(fact) for fact in facts])
    return GoldenSeason(path, tally)
