"""Reads catalogue.csv, the list of procedures of a hall, and tells every mistake in it at once, by line and column.

How such a file is read at all stands in `list_file`. The lists change by decision, so every line carries
the number and the day of the decision that put it there. Which procedures a visitor sees is not decided here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeVar

from hall_controller.domain.catalogue import ANY_DAY, NO_END, Valid
from hall_controller.errors import ConfigError
from hall_controller.list_file import day, rows
from hall_controller.mistakes import shown, suggestion

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date
    from pathlib import Path

    from hall_controller.settings import Config

LEVELS: Final = (2, 3, 4)
"""Levels of online public service, from downloading a form (2) to doing and paying everything online (4)."""

REQUIRED: Final = ("agency", "service", "code", "name", "level", "online_only", "decision", "decided")
LONGEST_AMOUNT: Final = 12
OPTIONAL: Final = ("from", "to", "bring", "fee_vnd", "time_limit_days")

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Procedure:
    """One administrative procedure; None is what the list does not say."""

    agency: str
    service: str
    code: str
    name: str
    level: int
    online_only: bool
    decision: str
    decided: date
    valid: Valid
    bring: str
    fee_vnd: int | None
    time_limit_days: int | None


def read(path: Path, config: Config | None) -> list[Procedure]:
    """The procedures in the order of the file; raises ConfigError with a sentence for every mistake.

    Without settings any agency and service will do: two lists can be compared anywhere.
    """
    found: list[str] = []
    procedures: list[Procedure] = []
    first_lines: dict[str, int] = {}
    for line, row in rows(path, REQUIRED, OPTIONAL, found):
        reader = _Row(row)
        procedure = reader.procedure()
        wrong = [*reader.wrong, *(_strangers(row, config, reader.wrong) if config else ())]
        before = first_lines.setdefault(row["code"], line)
        if before != line and row["code"]:
            wrong.append(
                ("code", f"is {shown(row['code'])}, which line {before} has already: give each its own")
            )
        found += [f"{path.name} line {line}, {column}: {sentence}" for column, sentence in wrong]
        if procedure and not wrong:
            procedures.append(procedure)
    if found:
        raise ConfigError(found)
    return procedures


def _strangers(
    row: Mapping[str, str], config: Config, wrong: list[tuple[str, str]]
) -> Iterator[tuple[str, str]]:
    """Agencies and services that hall.toml does not know, and those that do not belong together."""
    if any(column in {"agency", "service"} for column, _ in wrong):
        return
    agencies = {agency.id for agency in config.agency}
    services = {service.id: service for service in config.service}
    if row["agency"] not in agencies:
        said = (
            f"is {shown(row['agency'])}, which hall.toml does not have{suggestion(row['agency'], agencies)}"
        )
        yield "agency", said
    service = services.get(row["service"])
    if service is None:
        said = (
            f"is {shown(row['service'])}, which hall.toml does not have{suggestion(row['service'], services)}"
        )
        yield "service", said
    elif row["agency"] in agencies and service.agency != row["agency"]:
        yield "service", f"is {shown(service.id)}, which is of '{service.agency}': correct one of the two"


class _Row:
    """The cells of one line, read one by one; what cannot be read is kept as (column, sentence)."""

    def __init__(self, row: Mapping[str, str]) -> None:
        self._row = row
        self.wrong: list[tuple[str, str]] = []

    def procedure(self) -> Procedure | None:
        """The procedure, or None when anything in the line is wrong."""
        for column in ("agency", "service", "code", "name", "decision"):
            if not self._row[column]:
                self.wrong.append((column, "is empty: fill it in"))
        first, last = self._cell("from", day, ANY_DAY), self._cell("to", day, NO_END)
        if first > last:
            self.wrong.append(("to", f"is {last}, which is before from ({first}): swap the two days"))
        procedure = Procedure(
            agency=self._row["agency"],
            service=self._row["service"],
            code=self._row["code"],
            name=self._row["name"],
            level=self._cell("level", _level, 0),
            online_only=self._cell("online_only", _yes, default=False),
            decision=self._row["decision"],
            decided=self._cell("decided", day, ANY_DAY),
            valid=Valid(first, last),
            bring=self._row["bring"],
            fee_vnd=self._cell("fee_vnd", _amount, None),
            time_limit_days=self._cell("time_limit_days", _amount, None),
        )
        return None if self.wrong else procedure

    def _cell(self, column: str, meaning: Callable[[str], T], default: T) -> T:
        text = self._row[column]
        if not text and column in OPTIONAL:
            return default
        try:
            return meaning(text)
        except ValueError as error:
            self.wrong.append((column, f"is {shown(text)}, but must be {error}"))
            return default


def _level(text: str) -> int:
    if text not in {str(level) for level in LEVELS}:
        raise ValueError("2, 3 or 4")
    return int(text)


def _yes(text: str) -> bool:
    if text.lower() not in {"yes", "no"}:
        raise ValueError("yes or no")
    return text.lower() == "yes"


def _amount(text: str) -> int:
    if not text.isdecimal() or not text.isascii() or len(text) > LONGEST_AMOUNT:
        raise ValueError("a whole number without dots, or empty")
    return int(text)
