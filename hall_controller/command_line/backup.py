"""`hall backup`: a checked copy of a journal.

How a running hall's journal is copied stands in backup.py.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hall_controller.backup import backup as make_backup
from hall_controller.command_line.options import JournalFile
from hall_controller.command_line.told import told_in_one_line

cli = typer.Typer(add_completion=False, rich_markup_mode=None)


@cli.command(epilog="Example: hall backup --journal /var/lib/hall/journal.sqlite --to /media/usb/hall")
def backup(
    journal: JournalFile,
    to: Annotated[Path, typer.Option("--to", metavar="DIR", help="Where backups are kept.")],
) -> None:
    """Copy a journal, also while the hall is running, and check the copy."""
    with told_in_one_line():
        to.mkdir(parents=True, exist_ok=True)
        typer.echo(make_backup(journal, to))
