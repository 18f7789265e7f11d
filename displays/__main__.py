"""The `hall-display` command line: words in, `displays.app` called, an exit code out.

Belongs here: options, their help, what a person reads when something is wrong. Never here: any work.
"""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Annotated, Any

os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")

import structlog
import typer

from displays import app, voice_commands
from displays.config import DisplaySettings, load
from displays.mistakes import close
from displays.one_line import told_in_one_line
from displays.screens.examples import EXAMPLES

cli = typer.Typer(
    name="hall-display",
    help="Shows and speaks a hall's calls on screens, LED panels and loudspeakers, fed by MQTT only.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

File = Annotated[
    Path, typer.Argument(metavar="DISPLAY.toml", help="What this display machine is.", show_default=False)
]
Overrides = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="KEY=VALUE", help="Override a setting, as in mqtt.port=18830."),
]


@cli.command(epilog="Example: hall-display run /etc/hall/display.toml --set mqtt.host=192.168.1.10")
def run(file: File, override: Overrides = None) -> None:
    """Run the hall screen, the LED panels and the voice of this machine until Ctrl-C."""
    _finish(file, override, app.run)


@cli.command(epilog="Example: hall-display picture /etc/hall/display.toml --out screen.png")
def picture(
    file: File,
    out: Annotated[
        Path, typer.Option(metavar="FILE.png", help="Where to save the picture.", show_default=False)
    ],
    state: Annotated[
        str | None,
        typer.Option(help=f"Show an example hall instead: {', '.join(EXAMPLES)}.", show_default=False),
    ] = None,
    override: Overrides = None,
) -> None:
    """Save what the hall screen shows now as a picture, beside a running display."""
    _log_to_stderr(quiet=True)
    if state is not None and state not in EXAMPLES:
        raise typer.BadParameter(f"{state}: there is no such state{close(state, EXAMPLES)}")

    async def take(settings: DisplaySettings) -> None:
        if state is not None:
            await app.example(settings, state, out)
            return
        if not await app.picture(settings, out):
            typer.echo("the broker answers but no controller has spoken; the picture says so", err=True)

    _finish(file, override, take)


cli.command(epilog="Example: hall-display say A012 5 --language vi --language en --out call.wav")(
    voice_commands.say
)
cli.add_typer(voice_commands.voice, name="voice")


def _finish(
    file: Path, overrides: list[str] | None, work: Callable[[DisplaySettings], Coroutine[Any, Any, None]]
) -> None:
    """Do the work; whatever goes wrong becomes one clear line and exit code 1."""
    with told_in_one_line():
        asyncio.run(work(load(file, overrides or ())))


def main() -> None:
    """Run the command line."""
    _log_to_stderr()
    try:
        cli()
    except Exception as error:  # noqa: BLE001 - the last line of defence: no traceback ever reaches a user
        typer.echo(
            f"hall-display: stopped by a fault of its own ({error!r}); please report this line", err=True
        )
        sys.exit(1)


def _log_to_stderr(*, quiet: bool = False) -> None:
    logging.getLogger("mqtt").setLevel(
        logging.CRITICAL
    )  # the feed says itself what becomes of the connection
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty()),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR if quiet else logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


if __name__ == "__main__":
    main()
