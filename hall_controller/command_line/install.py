"""`hall install`: services, broker, ports, log, time and boot settings of a machine.

What goes where stands in installation/install.py.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from hall_controller.command_line.told import told_in_one_line
from hall_controller.installation.install import install as put_files

cli = typer.Typer(add_completion=False, rich_markup_mode=None)


class Machine(StrEnum):
    """What kind of machine is installed."""

    CONTROLLER = "controller"
    DISPLAY = "display"


@cli.command(epilog="Example: sudo hall install --root / --role controller")
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
