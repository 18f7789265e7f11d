"""Simulated days to be replayed: the land desk with one counter, and people as the formulas take them.

Belongs here: making such days for these tests. Never here: a check.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Final

from hall_controller import config
from hall_controller.domain.catalogue import Catalogue
from hall_controller.hall_catalogue import catalogue
from hall_controller.simulation import habits
from hall_controller.simulation.season import Period, Tally, season
from hall_controller.whatif.change import Change, changed, part
from hall_controller.whatif.comparison import Answer, Question, answer, prepared, seeded
from hall_controller.whatif.recorded import RecordedDay, recorded
from tests.hall_controller.settings_files import FIRMWARE_CONFIG

HALL: Final = FIRMWARE_CONFIG / "tnmt.example.toml"
PEOPLE: Final = FIRMWARE_CONFIG / "tnmt_simulation.example.toml"
FIRST_DAY: Final = date(2022, 3, 1)
LAST_DAY: Final = date(2022, 3, 4)
LAND: Final = ("dat-dai",)


def land_desk() -> Catalogue:
    return catalogue(config.load(HALL))


def played_days(
    hall: Catalogue, people: Path = PEOPLE, last_day: date = LAST_DAY, seed: int = 1
) -> tuple[RecordedDay, ...]:
    """Days as the journal would tell them, closed ones left out."""
    facts = season(hall, habits.load(people), Period(FIRST_DAY, last_day, seed), Tally())
    days = (recorded(each, hall.timezone) for each in facts)
    return tuple(day for day in days if day is not None and day.visitors)


def asked(days: Iterable[RecordedDay], hall: Catalogue, change: Change, seeds: int = 2) -> Answer:
    """The answer, worked out in this process."""
    before, after = part(hall, changed(hall, change), change.queues)
    question = Question(before, after, change, tuple(days), seeds)
    known = prepared(question)
    return answer(question, known, [seeded(question, known, seed) for seed in range(seeds)])
