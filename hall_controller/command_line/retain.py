"""`hall retain`: remove what is older than the settings let a hall keep.

What is removed, and how, stands in retention.py.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from hall_controller import config as settings
from hall_controller import retention
from hall_controller.backup import FOLDER
from hall_controller.command_line.options import HallFile, Overrides
from hall_controller.command_line.told import told_in_one_line
from hall_controller.domain.opening import closed_all_through
from hall_controller.errors import HallError
from hall_controller.hall_catalogue import catalogue
from hall_controller.journal_file import NAME
from hall_controller.retention import Part
from hall_controller.retention_days import Limits

if TYPE_CHECKING:
    from hall_controller.domain.catalogue import Catalogue

LAST_VISITOR: Final = timedelta(hours=1)
"""So long after closing, those who came before it may still be served."""
LONGEST: Final = timedelta(hours=3)
"""hall-retain.service ends the work on the journal after two."""

cli = typer.Typer(add_completion=False, rich_markup_mode=None)


@cli.command(epilog="Example: hall retain /etc/hall/hall.toml --data /var/lib/hall --dry-run")
def retain(
    hall: HallFile,
    *,
    data: Annotated[Path | None, typer.Option(help="Where the journal lives; else data.dir.")] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only tell; exit 1 when nothing is due.")
    ] = False,
    when_closed: Annotated[
        bool, typer.Option("--when-closed", help="Nothing before the hall is closed for 3 hours; exit 1.")
    ] = False,
    only: Annotated[
        Part | None,
        typer.Option(help="The journal, for which the hall is stopped; or the files, which follow it."),
    ] = None,
    overrides: Overrides = None,
) -> None:
    """Remove what is past the limits of `[retention]`, in backups too, leaving summaries; stop the hall first."""
    with told_in_one_line():
        config = settings.load(hall, overrides or [])
        kept = config.retention
        if kept.ticket_days is None:
            typer.echo("Nothing is removed: the settings have no retention.ticket_days.")
            raise typer.Exit(int(dry_run))
        journal = (data or Path(config.data.dir)) / NAME
        if not journal.exists():
            raise HallError(f"There is no journal at {journal}: check the name.")
        offered = catalogue(config)
        zone = offered.timezone
        if when_closed:
            _refuse_while_open(offered, datetime.now(zone))
        limits = Limits(kept.ticket_days, kept.officer_names_days)
        due = (journal, journal.parent / FOLDER, limits, zone, datetime.now(zone).date())
        removed = retention.due(*due) if dry_run else retention.retain(*due, only)
        typer.echo(removed.sentence)
        if dry_run and not any(removed):
            raise typer.Exit(1)


def _refuse_while_open(offered: Catalogue, now: datetime) -> None:
    if not closed_all_through(offered, now - LAST_VISITOR, now + LONGEST):
        raise HallError("The hall is open, has just closed or opens soon: nothing was removed.")
