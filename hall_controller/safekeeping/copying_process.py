"""Copies or checks a journal, in a process of its own: one JSON object on standard input, one on standard output.

{"journal": "…/journal.sqlite", "to": "…/backups"}  ->  {"name": "journal-e0001-s0000000042.sqlite"}
{"check": "…/uploaded.sqlite"}                      ->  {"good": true, "facts": 42, "sentence": "…", "last": "…"}
either, when it cannot be done                      ->  {"error": "…"}
"""

from __future__ import annotations

import json
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

from hall_controller import journal_file
from hall_controller.backup import backup
from hall_controller.errors import HallError
from hall_controller.journal_check import verify
from hall_controller.journal_rows import records


def answer(asked: dict[str, Any]) -> dict[str, Any]:
    """Do what is asked."""
    try:
        if "check" in asked:
            return _checked(Path(asked["check"]))
        folder = Path(asked["to"])
        folder.mkdir(parents=True, exist_ok=True)
        return {"name": backup(Path(asked["journal"]), folder).name}
    except (HallError, OSError) as error:
        return {"error": str(error)}


def _checked(path: Path) -> dict[str, Any]:
    verdict = verify(path)
    with journal_file.telling(path), closing(journal_file.connect_to_read(path)) as connection:
        last = list(records(connection.execute("SELECT * FROM fact ORDER BY seq DESC LIMIT 1").fetchall()))
    return {
        "good": verdict.good,
        "facts": verdict.head.seq,
        "sentence": verdict.sentence,
        "last": last[0].fact.at.isoformat() if last else None,
    }


if __name__ == "__main__":
    json.dump(answer(json.load(sys.stdin)), sys.stdout, ensure_ascii=False)
