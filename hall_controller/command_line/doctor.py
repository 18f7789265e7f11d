"""`hall doctor`: every device, port, disk, clock and broker of a hall, with what to do about each finding.

What is looked at and what is wrong stands in `doctor/`.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from hall_controller import config as settings
from hall_controller.command_line.options import HallFile, Overrides
from hall_controller.command_line.told import told_in_one_line
from hall_controller.doctor.examination import examine
from hall_controller.doctor.finding import as_json, as_text

cli = typer.Typer(add_completion=False, rich_markup_mode=None)


class Form(StrEnum):
    """How the findings are written."""

    TEXT = "text"
    JSON = "json"


@cli.command(epilog="Example: hall doctor /etc/hall/hall.toml")
def doctor(
    hall: HallFile,
    *,
    data: Annotated[
        Path | None, typer.Option("--data", help="Where the journal lives; else data.dir.")
    ] = None,
    root: Annotated[Path, typer.Option(metavar="DIR", help="Where the machine's files begin.")] = Path("/"),
    form: Annotated[Form, typer.Option("--format", help="text or json.")] = Form.TEXT,
    overrides: Overrides = None,
) -> None:
    """Look at every device, port, disk, clock and the broker of a hall, and say what to do about each finding."""
    with told_in_one_line():
        findings = examine(settings.load(hall, overrides or []), data, root, hall)
        typer.echo(as_json(findings) if form is Form.JSON else as_text(findings))
        if findings:
            raise typer.Exit(1)
