"""`hall run`: the controller of a hall, until Ctrl-C.

What the controller is made of stands in app.py; what is loaded here is in memory for months.
"""

from __future__ import annotations

import contextlib
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
from hall_controller.configuration.trial import Trial
from hall_controller.configuration.versions import Versions
from hall_controller.errors import HallError, JournalUnavailable
from hall_controller.journal_file import NAME as JOURNAL_NAME
from hall_controller.journal_file import Lock
from hall_controller.restarting import begin_again

log = structlog.get_logger()

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
        start = options.time(clock) if clock else None
        _log_to_stderr()
        config, trial = _settings(hall, data, overrides or [])
        where = data or Path(config.data.dir)
        try:
            again = uvloop.run(wiring.run(config, where, Clock(start), hall=hall, overrides=overrides or []))
        except Exception as error:
            if trial.take_back(_first_line(error)) is None:
                raise
            tell = log.error if _ours(error) else log.exception
            tell("The settings on trial are taken back.", why=_first_line(error))
            again = True
        if again:
            begin_again()


def _settings(hall: Path, data: Path | None, overrides: list[str]) -> tuple[settings.Config, Trial]:
    """The settings to start with: those before, when the newest are on trial and the hall did not come up with them."""
    if Versions(hall, hall.parent).begin():
        log.warning("The settings were empty: a hall to begin with was written there.", file=str(hall))
    try:
        config = settings.load(hall, overrides)
    except HallError as error:
        if data is None or Trial(Versions(hall, data)).take_back(_first_line(error)) is None:
            raise
        config = settings.load(hall, overrides)
    where = data or Path(config.data.dir)
    trial = Trial(Versions(hall, where))
    with contextlib.suppress(JournalUnavailable):  # whether the folder can be used is told when it is
        Lock(
            where / JOURNAL_NAME
        ).release()  # raises JournalBusy: the hall runs, and its settings are its own
    taken_back = trial.starting()
    return (settings.load(hall, overrides) if taken_back else config), trial


def _ours(error: BaseException) -> bool:
    """Whether the error says in one sentence what a person must know."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return isinstance(error, (HallError, OSError))


def _first_line(error: BaseException) -> str:
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return (str(error) or type(error).__name__).splitlines()[0][:300]


def _log_to_stderr() -> None:
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="%H:%M:%S"),
            structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), sort_keys=False),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
