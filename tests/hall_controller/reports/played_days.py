"""Days played by the rules of the hall, and what a report makes of them.

Belongs here: making days and reports for these tests. Never here: a check.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Final

from hall_controller.domain.catalogue import VIETNAM, Catalogue
from hall_controller.domain.commands import CloseCounter, IssueTicket, Miss, PauseCounter, Rate
from hall_controller.domain.facts import Fact
from hall_controller.reports.day_summary import DaySummary
from hall_controller.reports.imports import Imports
from hall_controller.reports.making import report
from hall_controller.reports.period import Period, added_up
from hall_controller.reports.summing import summarise
from hall_controller.reports.table import Report
from tests.hall_controller.domain.small_hall import DAY_AND_NIGHT, TUESDAY, HallInPlay, small_hall

MADE_AT: Final = datetime(2022, 4, 18, 1, 0, tzinfo=UTC)


def with_pads() -> Catalogue:
    """The small hall, with a rating pad at each counter."""
    hall = small_hall(DAY_AND_NIGHT)
    return replace(hall, rating_pads=frozenset(hall.counters))


def played(*acts: Callable[[HallInPlay], object], catalogue: Catalogue | None = None) -> HallInPlay:
    """A day of that hall: counter 1 opens at eight, then the acts."""
    play = HallInPlay(catalogue or with_pads())
    play.open("1")
    for act in acts:
        act(play)
    return play


def summary(facts: Iterable[Fact]) -> DaySummary:
    """What the day came to."""
    found = summarise(list(facts), VIETNAM)
    assert found is not None
    return found


def of_day(day: date, scale: int = 1) -> DaySummary:
    """A busy morning on that day: of three visitors one is served and rates, one does not come, one is left waiting."""
    play = HallInPlay(with_pads(), day=day)
    play.open("1")
    for purpose in ("submit", "collect", "guidance") * scale:
        play.do(IssueTicket("land", purpose))
    for _ in range(scale):
        play.serve("1", 600)
        play.do(Rate("1", 5, play.now.at))
        play.wait(minutes=1)
    for _ in range(scale):
        play.next("1")
        play.do(Miss("1"))
    play.do(PauseCounter("1"))
    play.wait(minutes=10)
    play.do(CloseCounter("1"))
    return summary(play.facts)


def period(
    *summaries: DaySummary,
    first_day: date = TUESDAY,
    last_day: date = TUESDAY,
    catalogue: Catalogue | None = None,
) -> Period:
    """Those days as a period."""
    return added_up(first_day, last_day, catalogue, summaries)


def made(
    *summaries: DaySummary,
    imports: Imports | None = None,
    first_day: date = TUESDAY,
    last_day: date = TUESDAY,
    catalogue: Catalogue | None = None,
) -> Report:
    """The report of those days."""
    days = period(*summaries, first_day=first_day, last_day=last_day, catalogue=catalogue)
    return report(days, imports or Imports(), MADE_AT)
