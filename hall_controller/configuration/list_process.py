"""Checks a list of procedures against the settings and the list before, in a process of its own: JSON in, JSON out.

{"settings": "hall.toml", "overrides": [], "file": "catalogue.csv", "text": "…"}
    -> {"mistakes": ["…"], "sentence": "…", "difference": ["+ 1.2.3 …"], "change": "2 added, …"}
"""

from __future__ import annotations

import json
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from hall_controller import catalogue_difference, procedures
from hall_controller import config as settings
from hall_controller.errors import ConfigError

MOST_LINES: Final = 400


def answer(asked: dict[str, Any]) -> dict[str, Any]:
    """What is to be known of the list before it becomes the hall's."""
    config = settings.load(Path(asked["settings"]), asked["overrides"])
    file = Path(asked["file"])
    with tempfile.TemporaryDirectory() as folder:
        arriving = Path(folder) / file.name
        arriving.write_text(asked["text"], "utf-8", newline="")
        try:
            new = procedures.load(arriving, config)
        except ConfigError as error:
            return {"mistakes": error.mistakes, "sentence": "", "difference": [], "change": ""}
    try:
        old = procedures.load(file, config).procedures
    except (ConfigError, OSError):
        old = ()
    found = catalogue_difference.difference(old, new.procedures)
    today = datetime.now(UTC).date()
    return {
        "mistakes": [],
        "sentence": procedures.sentence(new, today, config.catalogue.stale_after_days),
        "difference": list(catalogue_difference.lines(found))[:MOST_LINES],
        "change": found.sentence,
    }


if __name__ == "__main__":
    json.dump(answer(json.load(sys.stdin)), sys.stdout, ensure_ascii=False)
