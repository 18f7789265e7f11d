"""`hall catalogue`: check a list of procedures, and see what a new one changes, before the hall takes it.

Parses and prints; what is right and what differs is decided elsewhere.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from hall_controller import config as settings
from hall_controller import procedures
from hall_controller.catalogue_difference import difference, lines
from hall_controller.command_line.told import told_in_one_line
from hall_controller.domain.catalogue import VIETNAM

cli = typer.Typer(
    help="Check the hall's list of procedures, and compare two of them.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
)

ListFile = Annotated[Path, typer.Argument(metavar="LIST.csv", help="A list of procedures.")]


@cli.command(epilog="Example: hall catalogue check new.csv hall.toml")
def check(
    file: ListFile,
    hall: Annotated[Path, typer.Argument(metavar="HALL.toml", help="The hall that is to use it.")],
) -> None:
    """Check a list of procedures against a hall's settings and tell every mistake at once."""
    with told_in_one_line():
        config = settings.load(hall)
        found = procedures.load(file, config)
        today = datetime.now(VIETNAM).date()
        typer.echo(procedures.sentence(found, today, config.catalogue.stale_after_days))


@cli.command(epilog="Example: hall catalogue diff catalogue.csv new.csv")
def diff(
    old: Annotated[Path, typer.Argument(metavar="OLD.csv", help="The list in use.")],
    new: Annotated[Path, typer.Argument(metavar="NEW.csv", help="The list that is to replace it.")],
) -> None:
    """Show what a new list of procedures adds (+), removes (-) and changes (~)."""
    with told_in_one_line():
        before, after = procedures.load(old, None), procedures.load(new, None)
        found = difference(before.procedures, after.procedures)
        for line in lines(found):
            typer.echo(line)
        typer.echo(f"{found.sentence}; {len(after.procedures)} procedures in all.")
