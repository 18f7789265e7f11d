"""A format is loaded when somebody asks for it, and not by the controller."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest

from hall_controller.reports import formats
from hall_controller.reports.kinds import Format
from hall_controller.reports.rendering import rendered
from tests.hall_controller.domain.small_hall import TUESDAY
from tests.hall_controller.reports.played_days import made, of_day

BEGINNINGS = {
    "text": b"Trung",
    "csv": b"\xef\xbb\xbf",
    "json": b"{",
    "html": b"<!doctype html>",
    "xlsx": b"PK",
}


@pytest.mark.parametrize("format_", get_args(Format))
def test_a_format_is_what_it_says(format_: Format) -> None:
    assert rendered(made(of_day(TUESDAY)), format_).startswith(BEGINNINGS[format_])


def test_every_format_is_a_file_and_every_file_a_format() -> None:
    files = {path.stem for folder in formats.__path__ for path in Path(folder).glob("as_*.py")}
    assert files == {f"as_{format_}" for format_ in get_args(Format)}


def test_what_writes_a_format_can_be_loaded_before_there_is_a_report() -> None:
    program = (
        "import sys; from hall_controller.reports import rendering as r; {}print('openpyxl' in sys.modules)"
    )
    told = [
        subprocess.run([sys.executable, "-c", program.format(ahead)], check=True, capture_output=True).stdout
        for ahead in ("", "r.ready_for('xlsx'); ")
    ]
    assert told == [b"False\n", b"True\n"]
