"""Arguments and options that several commands share, and how a day and a time are typed.

Never here: an option of one command alone.
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from hall_controller.domain.catalogue import VIETNAM
from hall_controller.errors import HallError

HallFile = Annotated[Path, typer.Argument(metavar="HALL.toml", help="The hall's settings.")]
Overrides = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="KEY=VALUE", help="Override a setting, as mqtt.port=18830."),
]
JournalFile = Annotated[Path, typer.Option("--journal", help="The journal, as /var/lib/hall/journal.sqlite.")]
FirstDay = Annotated[str, typer.Option("--from", metavar="DATE", help="The first day.")]
LastDay = Annotated[str, typer.Option("--to", metavar="DATE", help="The last day, included.")]


def time(typed: str) -> datetime:
    """A time as people type it; without a zone it is Viet Nam's."""
    try:
        read = datetime.fromisoformat(typed)
    except ValueError:
        raise HallError(f"--clock {typed}: not a time; write it as 2022-03-01T08:30:00+07:00") from None
    return read if read.tzinfo else read.replace(tzinfo=VIETNAM)


def day(option: str, typed: str) -> date:
    """A day as people type it behind an option."""
    try:
        return date.fromisoformat(typed)
    except ValueError:
        raise HallError(f"{option} {typed}: not a day; write it as 2022-03-01") from None
