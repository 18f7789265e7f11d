"""`hall firmware`: settings of every desk device and display machine of a hall.

What is written stands in installation/firmware.py.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hall_controller.command_line.options import HallFile
from hall_controller.command_line.told import told_in_one_line
from hall_controller.installation.firmware import firmware as make_firmware

cli = typer.Typer(add_completion=False, rich_markup_mode=None)


@cli.command(epilog="Example: hall firmware /etc/hall/hall.toml --out out")
def firmware(
    hall: HallFile,
    out: Annotated[Path, typer.Option(metavar="DIR", help="Where the files go; secrets there are kept.")],
) -> None:
    """Write the settings of every desk device (ESPHome) and display machine of a hall, each with its own secret."""
    with told_in_one_line():
        typer.echo(make_firmware(hall, out))
