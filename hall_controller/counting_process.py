"""Counts finished days of a journal into the summaries beside it, in a process of its own: JSON in, JSON out.

    {"journal": "/var/lib/hall/journal.sqlite", "zone": "Asia/Ho_Chi_Minh", "before": null, "most": 60}
        -> {"counted": ["2022-03-01"], "before": 815}

The newest come first. `before` is the row to go on from, null when nothing is left. The day that is open is never
counted: it goes on. What is counted, and what makes a kept day believed, is none of its business.
"""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

from hall_controller import journal_days
from hall_controller.counting_days import counted
from hall_controller.hall_catalogue import timezone_named
from hall_controller.summary_file import SummaryFile, beside


def answer(asked: dict[str, Any]) -> dict[str, Any]:
    """At most so many days that no report has counted yet, of those before that row; raises JournalError."""
    journal, before = Path(asked["journal"]), asked["before"]
    zone = timezone_named(asked["zone"])
    finished = journal_days.spans(journal, date.min, date.max)[:-1]
    found: list[str] = []
    with SummaryFile(beside(journal), zone) as kept:
        for span in reversed(finished):
            if (before is not None and span.first >= before) or kept.get(span):
                continue
            if len(found) == asked["most"]:
                return {"counted": found, "before": span.last + 1}
            summary = counted(journal, zone, span)
            if summary is not None:
                kept.keep(span, summary)
                found.append(f"{span.day}")
    return {"counted": found, "before": None}


if __name__ == "__main__":
    json.dump(answer(json.load(sys.stdin)), sys.stdout)
