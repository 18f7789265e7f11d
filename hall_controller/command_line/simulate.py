"""`hall simulate`: days of visits through the real rules, written as a journal.

How people behave stands in simulation/.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hall_controller import config as settings
from hall_controller.command_line import options
from hall_controller.command_line.options import FirstDay, HallFile, LastDay, Overrides
from hall_controller.command_line.told import told_in_one_line
from hall_controller.hall_catalogue import catalogue
from hall_controller.report_commands import keep_days
from hall_controller.simulation import habits as habits_of_people
from hall_controller.simulation.recording import record
from hall_controller.simulation.season import Period
from hall_controller.version import VERSION

cli = typer.Typer(add_completion=False, rich_markup_mode=None)


@cli.command(
    epilog="Example: hall simulate hall.toml --from 2021-11-01 --to 2022-04-15 --seed 1 --journal j.sqlite"
)
def simulate(
    hall: HallFile,
    *,
    first_day: FirstDay,
    last_day: LastDay,
    journal: Annotated[Path, typer.Option("--journal", help="The journal to write; must not exist yet.")],
    seed: Annotated[int, typer.Option(help="The same seed gives the same days.")] = 1,
    golden: Annotated[bool, typer.Option("--golden", help="Meet the published counts exactly.")] = False,
    habits: Annotated[
        Path, typer.Option(metavar="FILE", help="How people behave.")
    ] = habits_of_people.EXAMPLE,
    overrides: Overrides = None,
) -> None:
    """Write the journal of days with simulated visitors and officers, through the real rules, without waiting."""
    with told_in_one_line():
        config = settings.load(hall, overrides or [])
        period = Period(options.day("--from", first_day), options.day("--to", last_day), seed, golden)
        people, key = habits_of_people.load(habits), f"simulation {seed}".encode()
        offered = catalogue(config, key)
        typer.echo(record(journal, offered, people, period, VERSION))
        keep_days(journal, period.first_day, period.last_day, offered.timezone)
