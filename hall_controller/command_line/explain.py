"""`hall explain`: the story of one ticket.

What is told, and why, stands in ticket_story.py and explain.py.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hall_controller import config as settings
from hall_controller.command_line import options
from hall_controller.command_line.options import JournalFile
from hall_controller.command_line.told import told_in_one_line
from hall_controller.explain_calls import Names
from hall_controller.hall_catalogue import catalogue
from hall_controller.ticket_story import tell

cli = typer.Typer(add_completion=False, rich_markup_mode=None)


@cli.command(epilog="Example: hall explain --journal j.sqlite B017 --day 2022-03-01 --hall hall.toml")
def explain(
    number: Annotated[str, typer.Argument(metavar="NUMBER", help="The number on the ticket, as B017.")],
    journal: JournalFile,
    day: Annotated[
        str | None, typer.Option(metavar="DATE", help="Else the last day on which it was given out.")
    ] = None,
    before: Annotated[
        str | None, typer.Option(metavar="NUMBER", help="Tell too why that number was not called instead.")
    ] = None,
    hall: Annotated[
        Path | None, typer.Option(metavar="HALL.toml", help="Tell names in place of identifiers.")
    ] = None,
) -> None:
    """Tell the whole story of a ticket: why it was called when it was, and who took it."""
    with told_in_one_line():
        names = Names(catalogue(settings.load(hall)) if hall else None)
        on = options.day("--day", day) if day else None
        typer.echo(tell(journal, number, on, names, before))
