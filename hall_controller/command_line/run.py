"""`hall run`: the controller of a hall, until Ctrl-C.

What the controller is made of stands in app.py; what is loaded here is in memory for months.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import structlog
import typer
import uvloop

from hall_controller import app as wiring
from hall_controller import config as settings
from hall_controller.clock import Clock
from hall_controller.command_line import options
from hall_controller.command_line.options import HallFile, Overrides
from hall_controller.command_line.told import told_in_one_line

cli = typer.Typer(add_completion=False, rich_markup_mode=None)


@cli.command(epilog="Example: hall run hall.toml --set mqtt.port=18830 --data /var/lib/hall")
def run(
    hall: HallFile,
    data: Annotated[Path | None, typer.Option(help="Where the journal lives; else data.dir.")] = None,
    overrides: Overrides = None,
    clock: Annotated[
        str | None, typer.Option(metavar="TIME", help="Start the hall's clock at this time, for training.")
    ] = None,
) -> None:
    """Run the controller of a hall until Ctrl-C."""
    with told_in_one_line():
        config = settings.load(hall, overrides or [])
        start = options.time(clock) if clock else None
        _log_to_stderr()
        chosen = [word for setting in overrides or [] for word in ("--set", setting)]
        named = ("--hall", str(hall.absolute()), *chosen)
        uvloop.run(wiring.run(config, data or Path(config.data.dir), Clock(start), settings=named))


def _log_to_stderr() -> None:
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="%H:%M:%S"),
            structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), sort_keys=False),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
