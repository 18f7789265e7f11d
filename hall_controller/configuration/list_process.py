"""Checks a list of procedures against the settings and the list before, in a process of its own: JSON in, JSON out.

{"settings": "hall.toml", "overrides": [], "file": "catalogue.csv", "text": "…"}
    -> {"mistakes": ["…"], "sentence": "…", "difference": ["+ 1.2.3 …"], "change": "2 added, …"}
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from hall_controller import catalogue_difference, procedures
from hall_controller import config as settings
from hall_controller.errors import ConfigError
from hall_controller.mistakes_in_vietnamese import in_vietnamese

MOST_LINES: Final = 400
NOTHING: Final[dict[str, Any]] = {
    "mistakes": [],
    "mistakes_vi": [],
    "sentence": "",
    "difference": [],
    "change": "",
    "change_vi": "",
}


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
            return NOTHING | {
                "mistakes": error.mistakes,
                "mistakes_vi": [_vietnamese(one) for one in error.mistakes],
            }
    try:
        old = procedures.load(file, config).procedures
    except (ConfigError, OSError):
        old = ()
    found = catalogue_difference.difference(old, new.procedures)
    today = datetime.now(UTC).date()
    return NOTHING | {
        "sentence": procedures.sentence(new, today, config.catalogue.stale_after_days),
        "difference": list(catalogue_difference.lines(found))[:MOST_LINES],
        "change": found.sentence,
        "change_vi": f"Thêm {len(found.added)}, bỏ {len(found.removed)}, sửa {len(found.changed)};"
        f" có tất cả {len(new.procedures)} thủ tục.",
    }


def _vietnamese(mistake: str) -> str:
    """`catalogue.csv line 3, agency: ...`, with the place as a Vietnamese reader looks for it."""
    place = re.match(r"[^:]+ line (\d+)(?:, (\w+))?: ", mistake)
    if place is None:
        return in_vietnamese(mistake)
    where = f"Dòng {place[1]}, cột {place[2]}" if place[2] else f"Dòng {place[1]}"
    return f"{where}: {in_vietnamese(mistake[place.end() :])}"


if __name__ == "__main__":
    json.dump(answer(json.load(sys.stdin)), sys.stdout, ensure_ascii=False)
