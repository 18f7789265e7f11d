"""Finds a ticket in a journal and tells its story.

Belongs here: on which day to look, and what to say when there is nothing to tell. The words stand in explain.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Final

from hall_controller import journal_days
from hall_controller.domain.catalogue import VIETNAM
from hall_controller.errors import HallError
from hall_controller.explain import page, story
from hall_controller.explain_calls import Names

DAYS_BACK: Final = 31
"""How many business days are searched when none is named."""


def tell(path: Path, number: str, day: date | None, names: Names, before: str | None = None) -> str:
    """The story of the number on that day, else on the last one on which it was given out; raises HallError.

    `before` names another number: why was that one not called instead?
    """
    number, before = number.strip().upper(), before and before.strip().upper()
    days = journal_days.days(path)
    if not days:
        raise HallError(f"{path} holds no business day yet")
    if day is not None and day not in days:
        if day.isoformat() in {cut.day for cut in journal_days.cut_days(path)}:
            raise HallError(
                f"{path} holds no single tickets of {day}: its rows were removed under the retention setting"
                " (retention.ticket_days); reports still count that day"
            )
        raise HallError(f"{path} holds nothing of {day}: its days are {days[0]} to {days[-1]}")
    for candidate in [day] if day else days[: -DAYS_BACK - 1 : -1]:
        facts = (record.fact for record in journal_days.day_records(path, candidate))
        lines = story(facts, number, names, before)
        if lines:
            zone = names.catalogue.timezone if names.catalogue else VIETNAM
            return page(number, candidate, lines, zone)
    when = f"on {day}" if day else f"in the last {DAYS_BACK} business days: name another with --day"
    raise HallError(f"{number} was not given out {when}")
