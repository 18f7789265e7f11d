"""The commands with which a technician sets up a hall's machines: `hall firmware`, `hall install`.

Words in, one call, sentences out; nothing is decided here.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from hall_controller.installation.firmware import firmware as make_firmware
from hall_controller.installation.install import install as put_files
from hall_controller.one_line import told_in_one_line


class Machine(StrEnum):
    """What kind of machine is installed."""

    CONTROLLER = "controller"
    DISPLAY = "display"


def add_to(cli: typer.Typer) -> None:
    """The commands, under the program's own name."""
    cli.command(epilog="Example: hall firmware /etc/hall/hall.toml --out out")(firmware)
    cli.command(epilog="Example: sudo hall install --root / --role controller")(install)


def firmware(
    hall: Annotated[Path, typer.Argument(metavar="HALL.toml", help="The hall's settings.")],
    out: Annotated[Path, typer.Option(metavar="DIR", help="Where the files go; secrets there are kept.")],
) -> None:
    """Write the settings of every desk device (ESPHome) and display machine of a hall, each with its own secret."""
    with told_in_one_line():
        typer.echo(make_firmware(hall, out))


def install(
    root: Annotated[
        Path, typer.Option(metavar="DIR", help="Where the machine's files begin: / for this machine.")
    ],
    role: Annotated[Machine, typer.Option(help="What this machine is.")] = Machine.CONTROLLER,
    brought: Annotated[
        Path | None,
        typer.Option("--from", metavar="DIR", help="A display's folder as `hall firmware` wrote it."),
    ] = None,
    programs: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Where hall and hall-display are; else /opt/hall/.venv/bin."),
    ] = None,
) -> None:
    """Put services, broker, ports, log, time and boot settings of a machine where they belong; says what is next."""
    with told_in_one_line():
        typer.echo(put_files(root, role.value, brought, str(programs) if programs else None))
