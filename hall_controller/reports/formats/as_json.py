"""The report for programs: every figure, check and table by its name, values as they are.

The names are a promise: columns and tables are added, never renamed. `SCHEMA` (JSON Schema 2020-12) is that promise.
"""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from hall_controller.domain.catalogue import Text

if TYPE_CHECKING:
    from hall_controller.reports.table import Cell, Check, Report, Table

_TEXT: Final = {
    "type": "object",
    "properties": {"vi": {"type": "string"}, "en": {"type": "string"}},
    "required": ["vi", "en"],
    "additionalProperties": False,
}
_CELL: Final = {"anyOf": [{"type": ["string", "number", "boolean", "null"]}, _TEXT]}
SCHEMA: Final[dict[str, Any]] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "required": ["report", "figures", "checks", "tables"],
    "properties": {
        "report": {
            "type": "object",
            "required": ["hall", "first_day", "last_day", "made_at", "warnings"],
            "properties": {
                "hall": _TEXT,
                "first_day": {"type": "string", "format": "date"},
                "last_day": {"type": "string", "format": "date"},
                "made_at": {"type": "string", "format": "date-time"},
                "warnings": {"type": "array", "items": _TEXT},
            },
        },
        "figures": {"type": "object", "additionalProperties": {"type": ["number", "null"]}},
        "checks": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["about", "told", "found", "right", "why"],
                "properties": {
                    "about": _TEXT,
                    "told": {"type": "number"},
                    "found": {"type": "number"},
                    "right": {"type": "boolean"},
                    "why": _TEXT,
                },
            },
        },
        "tables": {
            "type": "object",
            "additionalProperties": {
                "type": "object",
                "required": ["title", "columns", "rows", "notes"],
                "properties": {
                    "title": _TEXT,
                    "columns": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "required": ["id", "title", "kind"],
                            "properties": {
                                "id": {"type": "string", "pattern": "^[a-z][a-z0-9_]*$"},
                                "title": _TEXT,
                                "kind": {"type": "string"},
                            },
                        },
                    },
                    "rows": {"type": "array", "items": {"type": "object", "additionalProperties": _CELL}},
                    "notes": {"type": "array", "items": _TEXT},
                },
            },
        },
    },
}


def page(report: Report) -> str:
    """The whole report, indented."""
    return json.dumps(whole(report), ensure_ascii=False, indent=1) + "\n"


def whole(report: Report) -> dict[str, Any]:
    """The report as JSON types."""
    return {
        "report": {
            "hall": _text(report.hall),
            "first_day": report.first_day.isoformat(),
            "last_day": report.last_day.isoformat(),
            "made_at": report.made_at.isoformat(),
            "warnings": [_text(warning) for warning in report.warnings],
        },
        "figures": {id_: figure.value for id_, figure in report.figures.items()},
        "checks": [_check(check) for check in report.checks],
        "tables": {table.id: _table(table) for table in report.tables},
    }


def _check(check: Check) -> dict[str, Any]:
    return {
        "about": _text(check.about),
        "told": check.told,
        "found": check.found,
        "right": check.right,
        "why": _text(check.why),
    }


def _table(table: Table) -> dict[str, Any]:
    ids = [column.id for column in table.columns]
    return {
        "title": _text(table.title),
        "columns": [
            {"id": column.id, "title": _text(column.title), "kind": column.kind} for column in table.columns
        ],
        "rows": [dict(zip(ids, map(_cell, row), strict=True)) for row in table.rows],
        "notes": [_text(note) for note in table.notes],
    }


def _cell(value: Cell) -> object:
    match value:
        case Text():
            return _text(value)
        case date():
            return value.isoformat()
        case _:
            return value


def _text(text: Text) -> dict[str, str]:
    return {"vi": text.vi, "en": text.en}
