"""`hall verify`: whether a fact in a journal was changed, lost or added.

What a good journal is stands in journal_check.py.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hall_controller.command_line.told import told_in_one_line
from hall_controller.journal_check import verify as verify_chain

cli = typer.Typer(add_completion=False, rich_markup_mode=None)


@cli.command(epilog="Example: hall verify /var/lib/hall/journal.sqlite")
def verify(
    file: Annotated[Path | None, typer.Argument(metavar="JOURNAL", help="A journal.")] = None,
    journal: Annotated[Path | None, typer.Option(metavar="FILE", help="The same, as an option.")] = None,
) -> None:
    """Check that no fact in a journal was changed, lost or added."""
    path = journal or file
    if path is None or (file and journal):
        raise typer.BadParameter("name one journal, such as: hall verify journal.sqlite")
    with told_in_one_line():
        verdict = verify_chain(path)
        typer.echo(verdict.sentence)
        if not verdict.good:
            raise typer.Exit(1)
