"""The reference hall at half past ten of a simulated Tuesday: numbers given, visits ended, people waiting.

Belongs here: playing the morning into the journal before the hall opens it. Never here: a check.
"""

from __future__ import annotations

import functools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

from hall_controller.domain.facts import Fact
from hall_controller.journal import Entry, Journal
from hall_controller.simulation.habits import FieldOfWork, Habits
from hall_controller.simulation.season import Period, Tally, season
from tests.hall_controller.web.hall_on_the_web import Printer, WebHall
from tests.hall_controller.web.reference_web import reference_catalogue, reference_hall

DAY: Final = date(2022, 3, 1)
HALF_PAST_TEN: Final = datetime(2022, 3, 1, 3, 30, tzinfo=UTC)
CROWDED: Final = Habits(service={"dat-dai": FieldOfWork(per_weekday=110, service_min=18)})
"""Land, for which the centre asked for one more officer."""


@functools.cache
def morning() -> tuple[Fact, ...]:
    """Everything until half past ten."""
    days = season(reference_catalogue(), CROWDED, Period(DAY, DAY, seed=7), Tally(), "test")
    return tuple(fact for facts in days for fact in facts if fact.at < HALF_PAST_TEN)


@asynccontextmanager
async def half_a_day(folder: Path, printer: Printer) -> AsyncIterator[WebHall]:
    """The hall goes on from there."""
    with Journal.open(folder / "journal.sqlite") as journal:
        journal.append([Entry(fact) for fact in morning()])
    async with reference_hall(folder, printer, start=HALF_PAST_TEN) as hall:
        yield hall
