"""`hall report`: what a hall did in a period.

How it is made stands in report_commands.py, what is counted in reports/.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hall_controller import config as settings
from hall_controller import report_commands
from hall_controller.command_line import options
from hall_controller.command_line.options import FirstDay, JournalFile, LastDay, Overrides
from hall_controller.command_line.told import told_in_one_line
from hall_controller.reports.kinds import WHOLE, Format

cli = typer.Typer(add_completion=False, rich_markup_mode=None)


@cli.command(
    epilog="Example: hall report --journal j.sqlite --from 2022-03-01 --to 2022-03-31 --format html --out r.html"
)
def report(
    journal: JournalFile,
    *,
    first_day: FirstDay,
    last_day: LastDay,
    imports: Annotated[
        Path | None, typer.Option(metavar="CSV", help="Counts of other channels, and what was printed.")
    ] = None,
    format_: Annotated[Format, typer.Option("--format", help="How it is written.")] = "text",
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="Else to standard output.")] = None,
    hall: Annotated[
        Path | None, typer.Option(metavar="HALL.toml", help="Names, and the rules of opening.")
    ] = None,
    overrides: Overrides = None,
    table: Annotated[str, typer.Option(metavar="NAME", help="One table of it, or all.")] = WHOLE,
    linked_style: Annotated[bool, typer.Option("--linked-style", hidden=True)] = False,
) -> None:
    """Print what a hall did in a period, with every sum checked."""
    with told_in_one_line():
        first, last = options.day("--from", first_day), options.day("--to", last_day)
        config = settings.load(hall, overrides or []) if hall else None
        made = report_commands.made(journal, first, last, imports, config, format_)
        report_commands.write(report_commands.only(made, table), format_, out, linked_style=linked_style)
