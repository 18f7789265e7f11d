"""A day's summary as text that outlives its rows: every list says what it is counted by.

The rows are gone, so this is read by programs of ten years later: a key that has a field more by then gives it a
default. Belongs here: the form alone.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import Any, Final

from hall_controller.reports.day_summary import COUNTED, KEYS, DaySummary

MARK: Final = "#"
"""The first letter of a code that stands for an officer; no identifier begins with it."""


def written(summary: DaySummary) -> str:
    """The summary as JSON: day, training, and for each count its columns and rows, the number last.

    Rows stay in the order in which they were counted: where reports have ties, theirs stands in it.
    """
    counts = {
        name: {
            "by": KEYS[name]._fields,
            "rows": [[*key, count] for key, count in getattr(summary, name).items()],
        }
        for name in COUNTED
    }
    said = {"day": summary.day.isoformat(), "training": summary.training, "counts": counts}
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


def with_codes(text: str, code: Callable[[str], str]) -> str:
    """The text with a code for each officer, every count as before; itself when it names none."""
    summary = read(text)
    named = [name for name in COUNTED if "officer" in KEYS[name]._fields]
    changed = False
    for name in named:
        counts: Counter[Any] = Counter()
        for key, count in getattr(summary, name).items():
            other = key._replace(officer=code(key.officer))
            changed = changed or other != key
            counts[other] += count
        setattr(summary, name, counts)
    return written(summary) if changed else text


def read(text: str) -> DaySummary:
    """The summary again; raises ValueError, KeyError or TypeError for text that is none."""
    said: dict[str, Any] = json.loads(text)
    summary = DaySummary(date.fromisoformat(said["day"]), said["training"])
    for name, counted in said["counts"].items():
        keys = KEYS[name]
        rows = {keys(**dict(zip(counted["by"], row[:-1], strict=True))): row[-1] for row in counted["rows"]}
        setattr(summary, name, Counter(rows))
    return summary
