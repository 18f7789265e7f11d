"""Ten years of a full hall for the benchmark of reports: kept days as they would be, beside a journal of the same days.

What is real: each kept day is one of three weekdays of about 3,000 tickets in a hall of 84 counters, played by the
rules and counted by the program; the journal's chain, the rows and the file are those of the product. What is not: the
journal holds only the openings of its days, as 70 million facts would take hours to write; a report does not read them.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from hall_controller import journal_days
from hall_controller.domain.facts import DayOpened
from hall_controller.journal import Entry, Journal
from hall_controller.reports.summing import summarise
from hall_controller.simulation.habits import load
from hall_controller.simulation.season import Period, Tally, season
from hall_controller.summary_file import SummaryFile, beside

if TYPE_CHECKING:
    from pathlib import Path

    from hall_controller.domain.catalogue import Catalogue
    from hall_controller.reports.day_summary import DaySummary
    from hall_controller.simulation.habits import Habits

FIRST_DAY: Final = date(2012, 1, 2)
LAST_DAY: Final = date(2021, 12, 31)
SAMPLE: Final = (date(2022, 3, 2), date(2022, 3, 4))
TIMES: Final = 17.2
"""So many visitors for each one of the reference hall, with visits a third as long."""
COPIES: Final = 3
SUNDAY: Final = 6


def sample(hall: Catalogue) -> list[DaySummary]:
    """Three days of about 3,000 tickets."""
    full = replace(
        hall,
        counters={
            f"{id_}-{n}": replace(counter, id=f"{id_}-{n}")
            for id_, counter in hall.counters.items()
            for n in range(COPIES)
        },
        assignments=(),
    )
    days = season(full, _crowded(load()), Period(*SAMPLE), Tally())
    found = (summarise(facts, hall.timezone) for facts in days)
    return [day for day in found if day is not None]


def write(path: Path, hall: Catalogue, days: list[DaySummary]) -> int:
    """Journal and kept days from Monday to Saturday of ten years; how many tickets they tell of."""
    dates = [FIRST_DAY + timedelta(n) for n in range((LAST_DAY - FIRST_DAY).days + 1)]
    dates = [day for day in dates if day.weekday() != SUNDAY]
    with Journal.open(path) as journal:
        journal.append(
            [
                Entry(DayOpened(datetime(*day.timetuple()[:3], tzinfo=UTC), time_trusted=True, day=day))
                for day in dates
            ]
        )
    tickets = 0
    with SummaryFile(beside(path), hall.timezone) as kept:
        for n, span in enumerate(journal_days.spans(path, FIRST_DAY, LAST_DAY)):
            day = replace(days[n % len(days)], day=span.day)
            tickets += day.visits
            kept.keep(span, day)
    return tickets


def _crowded(habits: Habits) -> Habits:
    services = {
        id_: one.model_copy(
            update={"per_weekday": one.per_weekday * TIMES, "service_min": one.service_min / 3}
        )
        for id_, one in habits.service.items()
    }
    return habits.model_copy(update={"service": services})
