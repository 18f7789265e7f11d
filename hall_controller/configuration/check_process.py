"""Checks a text as hall.toml, in a process of its own: one JSON object on standard input, one on standard output.

    {"file": "/etc/hall/hall.toml", "overrides": [], "text": "...", "running": "..."}
        -> {"mistakes": [{"line": 12, "text": "...", "vi": "..."}], "summary": "...", "difference": [...], ...}

The controller's 80 MB have no room for what a check needs, and a hall must not wait for it. What is a mistake is
decided by `config`; nothing is written.
"""

from __future__ import annotations

import difflib
import json
import re
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from hall_controller import config as settings
from hall_controller.configuration import assigning
from hall_controller.errors import ConfigError
from hall_controller.mistakes_in_vietnamese import in_vietnamese

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hall_controller.settings import Config

MOST_CHANGED: Final = 60
CONTEXT_LINES: Final = 2


def answer(asked: dict[str, Any]) -> dict[str, Any]:
    """What is to be known of the text before it becomes the hall's."""
    if asked.get("schema"):
        return settings.Config.model_json_schema()
    file, running, text = Path(asked["file"]), str(asked["running"]), str(asked["text"])
    told: dict[str, Any] = {
        "text": text,
        "difference": [],
        "changed": [],
        "summary": "",
        "summary_vi": "",
        "names": None,
        "people": None,
    }
    try:
        text = assigning.edited(text, asked["edit"]) if asked.get("edit") else text
        told |= {"text": text, "difference": list(difference(running, text))}
        config = settings.read(text, file, asked["overrides"])
    except ConfigError as error:
        return told | {"mistakes": [_placed(sentence, file.name) for sentence in error.mistakes]}
    before = _running(running, file, asked["overrides"])
    return told | {
        "mistakes": [],
        "summary": settings.describe(config),
        "summary_vi": summary_vi(config),
        "changed": changed(before, config)[:MOST_CHANGED] if before else [],
        "names": names(config),
        "people": people(config),
    }


def _running(text: str, file: Path, overrides: list[str]) -> Config | None:
    try:
        return settings.read(text, file, overrides)
    except ConfigError:
        return None


def names(config: Config) -> dict[str, Any]:
    """What numbers given out today may hang on: queues with their letters, services, counters; and what must stay."""
    return {
        "hall": config.hall.id,
        "data": config.data.dir,
        "port": config.http.port,
        "queues": {queue.id: queue.letter for queue in config.queue},
        "services": [service.id for service in config.service],
        "counters": [counter.id for counter in config.counter],
    }


def summary_vi(config: Config) -> str:
    """The same as `config.describe`, for the page."""
    counts = (
        (config.agency, "cơ quan"),
        (config.service, "lĩnh vực"),
        (config.queue, "hàng chờ"),
        (config.counter, "quầy"),
        (config.officer, "cán bộ"),
        (config.assignment, "phân công"),
        (config.device, "thiết bị"),
    )
    said = ", ".join(f"{len(some)} {name}" for some, name in counts)
    return (
        f"{config.hall.name.vi} ({config.hall.id}): {said}. Broker {config.mqtt.host}:{config.mqtt.port}, "
        f"trang web ở {config.http.host}:{config.http.port}, dữ liệu ở {config.data.dir}, giờ {config.hall.timezone}."
    )


def people(config: Config) -> dict[str, Any]:
    """Who sits where, and who could."""
    words = ("counter", "agency", "staffing", "officer", "reason", "decision")
    return {
        "agencies": {agency.id: agency.name.vi for agency in config.agency},
        "officers": [officer.id for officer in config.officer],
        "assignments": [
            {word: getattr(one, word) for word in words}
            | {"first_day": _day(one.first_day), "last_day": _day(one.last_day)}
            for one in config.assignment
        ],
    }


def _day(day: date | None) -> str | None:
    return None if day is None or day in {date.min, date.max} else day.isoformat()


def difference(old: str, new: str) -> Iterator[str]:
    """The lines of a unified difference, without its two lines of names."""
    lines = difflib.unified_diff(old.splitlines(), new.splitlines(), n=CONTEXT_LINES, lineterm="")
    return (line for number, line in enumerate(lines) if number > 1)


def changed(old: Config, new: Config) -> list[str]:
    """The settings that differ, as they are named on the command line."""
    before, after = (dict(_leaves(config.model_dump(mode="json"), "")) for config in (old, new))
    return sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))


def _leaves(value: Any, name: str) -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - whatever TOML holds
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _leaves(inner, f"{name}.{key}" if name else key)
    elif isinstance(value, list) and all(isinstance(one, dict) and "id" in one for one in value):
        for inner in value:
            yield from _leaves(inner, f"{name}.{inner['id']}")
    else:
        yield name, value


def _placed(sentence: str, file: str) -> dict[str, Any]:
    """A mistake, its line apart."""
    place = re.match(rf"{re.escape(file)} line (\d+): ", sentence)
    text = sentence[place.end() :] if place else sentence.removeprefix(f"{file}: ")
    return {"line": int(place[1]) if place else None, "text": text, "vi": in_vietnamese(text)}


if __name__ == "__main__":
    json.dump(answer(json.load(sys.stdin)), sys.stdout, ensure_ascii=False)
