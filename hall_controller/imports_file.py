"""Reads the counts that a hall imports into its report, and tells every mistake at once, by line and column.

Columns: first_day, last_day (empty: the same day), on (empty, weekdays or saturdays), agency and service (ids of
hall.toml, or empty where the count was not told by them), figure, count, name. Lines add up: none may count a day
twice.
"""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final, cast

from hall_controller.errors import ConfigError
from hall_controller.list_file import day, rows
from hall_controller.mistakes import shown, suggestion
from hall_controller.reports.imports import COUNTS, LATE_DOSSIER, OTHERS, PART, PRINTED, Imported, Which

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from hall_controller.domain.catalogue import Catalogue

REQUIRED: Final = ("first_day", "figure", "count")
OPTIONAL: Final = ("last_day", "on", "agency", "service", "name")
KINDS_OF_DAY: Final = ("", "weekdays", "saturdays")
WHOLE: Final = re.compile(r"[0-9]{1,9}")
DECIMAL: Final = re.compile(r"[0-9]{1,9}(\.[0-9]{1,6})?")

Wrong = list[tuple[str, str]]


def read(path: Path, catalogue: Catalogue | None, printed: Collection[str]) -> tuple[Imported, ...]:
    """The lines in the order of the file; raises ConfigError with a sentence for every mistake.

    `printed` are the names of figures that a report can print. Without a catalogue any agency and service will do.
    """
    found: list[str] = []
    lines: list[Imported] = []
    for number, row in rows(path, REQUIRED, OPTIONAL, found):
        wrong: Wrong = []
        line = _line(number, row, wrong)
        wrong += _strangers(row, catalogue)
        found += [f"{path.name} line {number}, {column}: {sentence}" for column, sentence in wrong]
        if not wrong:
            lines.append(line)
    found += [f"{path.name} {sentence}" for sentence in (*_twice(lines), *_unknown_names(lines, printed))]
    if found:
        raise ConfigError(found)
    return tuple(lines)


def _line(number: int, row: dict[str, str], wrong: Wrong) -> Imported:
    first = _day(row["first_day"], "first_day", wrong)
    last = _day(row["last_day"], "last_day", wrong) if row["last_day"] else first
    if last < first:
        wrong.append(("last_day", f"is {last}, which is before first_day ({first}): swap the two days"))
    figure = row["figure"]
    if figure not in COUNTS + OTHERS:
        near = suggestion(figure, COUNTS + OTHERS)
        hint = near if "mean" in near else f"; write one of {', '.join(COUNTS + OTHERS)}"
        wrong.append(("figure", f"is {shown(figure)}, which is no figure{hint}"))
    if figure == LATE_DOSSIER and last <= first:
        wrong.append(
            ("last_day", "must be the day of settlement, after first_day, on which the dossier was due")
        )
    if figure in OTHERS and not row["name"]:
        wrong.append(("name", f"is empty: say what the {figure} belongs to"))
    if row["on"] not in KINDS_OF_DAY:
        wrong.append(("on", f"is {shown(row['on'])}, but must be weekdays, saturdays or empty"))
    return Imported(
        number,
        first,
        last,
        cast("Which", row["on"]),
        row["agency"],
        row["service"],
        figure,
        _count(row["count"], wrong, whole=figure != PRINTED),
        row["name"],
    )


def _day(text: str, column: str, wrong: Wrong) -> date:
    try:
        return day(text)
    except ValueError as error:
        wrong.append((column, f"is {shown(text)}, but must be {error}"))
        return date.min if column == "first_day" else date.max


def _count(text: str, wrong: Wrong, *, whole: bool) -> Decimal:
    must = "a whole number without dots" if whole else "a number such as 35809 or 267.2"
    if not (WHOLE if whole else DECIMAL).fullmatch(text):
        wrong.append(("count", f"is {shown(text)}, but must be {must}"))
        return Decimal()
    return Decimal(text)


def _strangers(row: dict[str, str], catalogue: Catalogue | None) -> Iterator[tuple[str, str]]:
    """Agencies and services that the hall does not have, and those that do not belong together."""
    agency, service = row["agency"], row["service"]
    if service and not agency:
        yield "agency", f"is empty, but the service is {shown(service)}: name the agency too"
    if catalogue is None:
        return
    if agency and agency not in catalogue.agencies:
        near = suggestion(agency, catalogue.agencies)
        yield "agency", f"is {shown(agency)}, which the hall does not have{near}"
    known = catalogue.services.get(service)
    if service and known is None:
        near = suggestion(service, catalogue.services)
        yield "service", f"is {shown(service)}, which the hall does not have{near}"
    elif known is not None and agency in catalogue.agencies and known.agency != agency:
        yield "service", f"is {shown(service)}, which is of '{known.agency}': correct one of the two"


def _twice(lines: list[Imported]) -> Iterator[str]:
    """Lines that count a day which another line of the same figure, agency and service counts already."""
    alike: defaultdict[tuple[str, ...], list[Imported]] = defaultdict(list)
    for line in lines:
        about = line.name if line.figure == PRINTED else ""
        kinds = (line.on,) if line.on or about else ("weekdays", "saturdays")
        if line.figure not in (PART, LATE_DOSSIER):
            for kind in kinds:
                alike[line.figure, line.agency, line.service, kind, about].append(line)
    told: set[tuple[int, int]] = set()
    for same in alike.values():
        if same[0].figure == PRINTED:
            yield from _printed_twice(same)
            continue
        widest: Imported | None = None
        for line in sorted(same, key=lambda line: (line.first_day, line.line)):
            if widest is not None and line.first_day <= widest.last_day:
                pair = (min(widest.line, line.line), max(widest.line, line.line))
                if pair not in told:
                    told.add(pair)
                    yield f"line {pair[1]}: counts days that line {pair[0]} counts already: correct one of the two"
            if widest is None or line.last_day > widest.last_day:
                widest = line


def _printed_twice(lines: list[Imported]) -> Iterator[str]:
    first: dict[tuple[date, date], int] = {}
    for line in lines:
        before = first.setdefault((line.first_day, line.last_day), line.line)
        if before != line.line:
            yield f"line {line.line}, name: line {before} says already what was printed of it: keep one of the two"


def _unknown_names(lines: list[Imported], printed: Collection[str]) -> Iterator[str]:
    """Printed numbers with which nothing can be compared."""
    parts = {line.name for line in lines if line.figure == PART}
    for line in lines:
        if line.figure == PRINTED and line.name not in parts and line.name not in printed:
            near = suggestion(line.name, [*printed, *parts])
            hint = near if "mean" in near else f"; add its parts, or name one of {', '.join(sorted(printed))}"
            yield f"line {line.line}, name: is {shown(line.name)}, which is no figure and has no parts{hint}"
