"""`hall whatif`: what one more counter, other hours, another profile or pooled queues would have done.

How days are replayed stands in whatif_commands.py, the answer in whatif/.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Literal

import typer

from hall_controller import config as settings
from hall_controller.command_line import options
from hall_controller.command_line.options import FirstDay, JournalFile, LastDay, Overrides
from hall_controller.command_line.told import told_in_one_line
from hall_controller.hall_catalogue import catalogue
from hall_controller.report_commands import put, style
from hall_controller.whatif import as_html, as_text
from hall_controller.whatif.change import Change, queues_named
from hall_controller.whatif_commands import answered, days

cli = typer.Typer(add_completion=False, rich_markup_mode=None)


@cli.command(
    epilog="Example: hall whatif --journal j.sqlite --hall hall.toml --from 2022-03-01 --to 2022-03-31 "
    "--queue dat-dai --counters +1"
)
def whatif(
    journal: JournalFile,
    hall: Annotated[Path, typer.Option(metavar="HALL.toml", help="The hall's settings on those days.")],
    *,
    first_day: FirstDay,
    last_day: LastDay,
    queue: Annotated[list[str], typer.Option(metavar="QUEUE", help="A queue, or an agency with its queues.")],
    counters: Annotated[int, typer.Option(metavar="+N", help="So many more counters, or fewer: -1.")] = 0,
    opening: Annotated[
        str, typer.Option(metavar="HOURS", help="Other hours, as 07:00-11:30,13:30-17:00.")
    ] = "",
    profile: Annotated[
        list[str] | None,
        typer.Option(
            metavar="COUNTER=QUEUES",
            help="Another work profile, as '2=dat-dai>cong-chung+dau-tu'; with conditions by their names in hall.toml, "
            "as '2=dat-dai>cong-chung,first_when_oldest_waits_min=20'.",
        ),
    ] = None,
    pooled: Annotated[
        bool, typer.Option("--pooled", help="Every counter of these queues calls from all of them.")
    ] = False,
    seeds: Annotated[int, typer.Option(min=1, max=1000, help="How often the days are replayed.")] = 20,
    format_: Annotated[Literal["text", "html"], typer.Option("--format", help="How it is written.")] = "text",
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="Else to standard output.")] = None,
    overrides: Overrides = None,
) -> None:
    """Replay recorded days with one more counter, other hours, another profile or pooled queues, and tell the waits."""
    with told_in_one_line():
        first, last = options.day("--from", first_day), options.day("--to", last_day)
        known = catalogue(settings.load(hall, overrides or []))
        change = Change(queues_named(known, queue), counters, opening, tuple(profile or ()), pooled)
        found = answered(days(journal, first, last, known), known, change, seeds)
        page = as_text.page(found) if format_ == "text" else as_html.page(found, datetime.now(UTC), style())
        put(page.encode(), out)
