"""`hall restore`: a backup in a journal's place.

What is kept of the old one is decided in restore.py.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hall_controller.command_line.options import JournalFile
from hall_controller.command_line.told import told_in_one_line
from hall_controller.restore import restore as restore_backup

cli = typer.Typer(add_completion=False, rich_markup_mode=None)


@cli.command(
    epilog="Example: hall restore --journal /var/lib/hall/journal.sqlite --from /media/usb/hall/….sqlite"
)
def restore(
    journal: JournalFile,
    source: Annotated[Path, typer.Option("--from", metavar="FILE", help="The backup to put in its place.")],
) -> None:
    """Put a backup in a journal's place, with what can be read of the old one; stop the hall first."""
    with told_in_one_line():
        typer.echo(restore_backup(source, journal).sentence)
