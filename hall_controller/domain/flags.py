"""What is odd about a press on a rating pad; told beside the press, which counts or not all the same.

    no_ticket          nobody could be asked and nobody was being served: somebody plays, or tries
    during_service     somebody was being served at the counter: whose score is it?
    near_officer_key   within 2 s of the officer's own key: the same hand may have pressed both
    streak             the same score ten times in a row at the counter within an hour

Never a silent correction: a flag is a question to whoever reads the figures. What only many presses show, such as an
officer's scores that chance cannot explain, stands in `reports.implausible`.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from hall_controller.domain.windows import ended_before, in_service

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from hall_controller.domain.state import Desk, Hall

NEAR_KEY: Final = timedelta(seconds=2)
STREAK: Final = 10
STREAK_WITHIN: Final = timedelta(hours=1)


def flags(hall: Hall, counter: str, score: int, at: datetime, *, counts: bool) -> tuple[str, ...]:
    """The flags of a press at that moment; `counts` says whether it is taken for a visit."""
    return tuple(_found(hall, counter, score, at, counts=counts))


def _found(hall: Hall, counter: str, score: int, at: datetime, *, counts: bool) -> Iterator[str]:
    desk = hall.desk(counter)
    if in_service(hall, counter, at):
        yield "during_service"
    elif not counts:
        yield "no_ticket"
    if any(abs(at - key) <= NEAR_KEY for key in _keys(desk, at)):
        yield "near_officer_key"
    if _streak(desk, score, at):
        yield "streak"


def _keys(desk: Desk, at: datetime) -> Iterator[datetime]:
    """When the officer pressed last; and, for a press that comes late, the key that had ended the visit then."""
    last = desk.called_at if desk.serving else desk.since
    if last is not None:
        yield last
    visit = ended_before(desk, at)
    if visit is not None:
        yield visit.ended_at


def _streak(desk: Desk, score: int, at: datetime) -> bool:
    before = desk.presses[-(STREAK - 1) :]
    return (
        len(before) == STREAK - 1
        and all(press.score == score for press in before)
        and timedelta(0) <= at - before[0].at <= STREAK_WITHIN
    )
