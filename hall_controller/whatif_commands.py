"""Answers `hall whatif`: reads recorded days, and replays them as they were and changed on all processors.

Belongs here: the journal and processes. Never here: what is replayed, or what the answer says.
"""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final

from hall_controller import journal_days
from hall_controller.errors import HallError
from hall_controller.processors import processes
from hall_controller.whatif.change import Change, changed, part
from hall_controller.whatif.comparison import Answer, Question, Replayed, answer, prepared, seeded
from hall_controller.whatif.recorded import RecordedDay, recorded

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from hall_controller.domain.catalogue import Catalogue
    from hall_controller.whatif.replay import Record

LONGEST_DAYS: Final = 366
"""A longer record is no better: the hall was another one a year ago."""


def days(journal: Path, first_day: date, last_day: date, hall: Catalogue) -> list[RecordedDay]:
    """The recorded days with visitors, both ends included; raises HallError when there are none."""
    if first_day > last_day:
        raise HallError(f"--from {first_day} is after --to {last_day}: swap the two days")
    if (last_day - first_day).days > LONGEST_DAYS:
        raise HallError(f"--from {first_day} --to {last_day}: a year at most can be replayed")
    found = [
        day
        for opened in journal_days.each_day(journal, first_day, last_day)
        if (day := recorded(opened.facts, hall.timezone, training=opened.training))
        and first_day <= day.day <= last_day
        and day.visitors
        and not day.clock_was_wrong
    ]
    gone = any(first_day <= date.fromisoformat(cut.day) <= last_day for cut in journal_days.cut_days(journal))
    if not found and gone:
        raise HallError(
            f"the tickets from {first_day} to {last_day} were removed under the retention setting: name later days"
        )
    if not found:
        raise HallError(f"{journal} has no day with visitors from {first_day} to {last_day}: name other days")
    return found


def answered(found: Sequence[RecordedDay], hall: Catalogue, change: Change, seeds: int) -> Answer:
    """The answer; raises HallError."""
    before, after = part(hall, changed(hall, change), change.queues)
    question = Question(before, after, change, tuple(found), seeds)
    known = prepared(question)
    return answer(question, known, _replayed(question, known))


def _replayed(question: Question, known: Record) -> list[Replayed]:
    """Every seed, in as many processes as there are processors."""
    play: Callable[[int], Replayed] = partial(seeded, question, known)
    pool = processes(question.seeds)
    if pool is None:
        return [play(seed) for seed in range(question.seeds)]
    with pool:
        return list(pool.map(play, range(question.seeds)))
