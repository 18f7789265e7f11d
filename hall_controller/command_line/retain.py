"""`hall retain`: remove what is older than the settings let a hall keep.

What is removed, and how, stands in retention.py.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from hall_controller import config as settings
from hall_controller import retention
from hall_controller.app import BACKUPS_NAME, JOURNAL_NAME
from hall_controller.command_line.options import HallFile, Overrides
from hall_controller.command_line.told import told_in_one_line
from hall_controller.errors import HallError
from hall_controller.hall_catalogue import catalogue

cli = typer.Typer(add_completion=False, rich_markup_mode=None)


@cli.command(epilog="Example: hall retain /etc/hall/hall.toml --data /var/lib/hall --dry-run")
def retain(
    hall: HallFile,
    *,
    data: Annotated[Path | None, typer.Option(help="Where the journal lives; else data.dir.")] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only tell; exit 1 when nothing is due.")
    ] = False,
    overrides: Overrides = None,
) -> None:
    """Replace days past `retention.ticket_days` by their summaries, backups included; stop the hall first."""
    with told_in_one_line():
        config = settings.load(hall, overrides or [])
        limit = config.retention.ticket_days
        if limit is None:
            typer.echo("Nothing is removed: the settings have no retention.ticket_days.")
            raise typer.Exit(int(dry_run))
        journal = (data or Path(config.data.dir)) / JOURNAL_NAME
        if not journal.exists():
            raise HallError(f"There is no journal at {journal}: check the name.")
        zone = catalogue(config).timezone
        do = retention.due if dry_run else retention.retain
        removed = do(journal, journal.parent / BACKUPS_NAME, limit, zone, datetime.now(zone).date())
        typer.echo(removed.sentence)
        if dry_run and not any(removed):
            raise typer.Exit(1)
