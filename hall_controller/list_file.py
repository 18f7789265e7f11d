"""Reads a list that people keep in a spreadsheet: CSV with named columns, every mistake told by line and column.

Commas or semicolons, UTF-8, lines that begin with # are remarks. What a cell means is not decided here, but for a day.
"""

from __future__ import annotations

import csv
import unicodedata
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from hall_controller.errors import ConfigError
from hall_controller.mistakes import suggestion

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

EXAMPLES: Final = "firmware_config"


def rows(
    path: Path, required: Sequence[str], optional: Sequence[str], found: list[str]
) -> Iterator[tuple[int, dict[str, str]]]:
    """Number and cells of every line; what is wrong with a line as a whole is added to `found`.

    Raises ConfigError when the file cannot be read, or its first line does not name the required columns.
    """
    lines = [(n, text) for n, text in enumerate(_text(path).splitlines(keepends=True), 1) if _counts(text)]
    header = next(iter(lines), (1, ""))[1]
    delimiter = ";" if header.count(";") > header.count(",") else ","
    records = _records(lines, delimiter)
    number, columns = next(records, (1, []))
    missing = [column for column in required if column not in columns]
    if missing:
        said = f"the first line must name the columns; {', '.join(missing)} missing: add it"
        raise ConfigError([f"{path.name} line {number}: {said}"])
    for column in columns:
        if column not in (*required, *optional):
            near = suggestion(column, optional)
            found.append(f"{path.name} line {number}, {column}: is not a column{near}")
    for number, cells in records:
        if len(cells) != len(columns):
            said = f"has {len(cells)} cells, but there are {len(columns)} columns: quote text that has a {delimiter}"
            found.append(f"{path.name} line {number}: {said}")
            continue
        yield number, dict.fromkeys(optional, "") | dict(zip(columns, cells, strict=True))


def day(text: str) -> date:
    """2022-03-01, or 01/03/2022 as a Vietnamese spreadsheet writes it; raises ValueError with what it must be."""
    try:
        return datetime.strptime(text, "%d/%m/%Y").date() if "/" in text else date.fromisoformat(text)  # noqa: DTZ007 - a day
    except ValueError:
        raise ValueError("a day such as 2022-03-01 or 01/03/2022") from None


def _counts(text: str) -> bool:
    """Whether a line says anything: no remark, not empty, not only the delimiters that a spreadsheet leaves."""
    return not text.lstrip('"').startswith("#") and bool(text.strip(",; \t\r\n"))


def _records(lines: list[tuple[int, str]], delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Cells of every record with the number of its first line; a quoted cell may go over several lines."""
    reader = csv.reader((text for _, text in lines), delimiter=delimiter)
    begun = 0
    while begun < len(lines):
        try:
            cells = next(reader)
        except csv.Error as error:
            cells = [f"unreadable: {error}"]
        yield lines[begun][0], [unicodedata.normalize("NFC", cell.strip()) for cell in cells]
        begun = max(reader.line_num, begun + 1)


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        said = f"byte {error.start} is not UTF-8; save the list as CSV UTF-8"
    except OSError as error:
        said = f"cannot be read ({error.strerror}); there is an example of every list in {EXAMPLES}"
    raise ConfigError([f"{path}: {said}"])
