"""`hall check`: every mistake in the settings of a hall at once, or what hall they describe.

What is a mistake is decided where the setting is used.
"""

from __future__ import annotations

from datetime import datetime

import typer

from hall_controller import config as settings
from hall_controller import dossiers, procedures
from hall_controller.command_line.options import HallFile, Overrides
from hall_controller.command_line.told import told_in_one_line
from hall_controller.domain.catalogue import VIETNAM

cli = typer.Typer(add_completion=False, rich_markup_mode=None)


@cli.command(epilog="Example: hall check hall.toml")
def check(hall: HallFile, overrides: Overrides = None) -> None:
    """Check a hall's settings and tell every mistake at once."""
    with told_in_one_line():
        config = settings.load(hall, overrides or [])
        typer.echo(settings.describe(config))
        listed = procedures.describe(config, datetime.now(VIETNAM).date())
        for told in (listed, dossiers.describe(config)):
            if told:
                typer.echo(told)
