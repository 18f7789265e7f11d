"""A finding: where, what is wrong, and what to do about it, each one sentence in Vietnamese and English.

Values and their two forms, text and JSON. What is a finding stands in the checks.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Literal, NamedTuple

from hall_controller.messages import Text

Area = Literal[
    "device", "port", "disk", "clock", "broker", "web", "files", "services", "boot", "backup", "lists"
]


class Finding(NamedTuple):
    """`place` is a device's id, a path or an address."""

    area: Area
    place: str
    what: Text
    todo: Text


def finding(area: Area, place: str, what: tuple[str, str], todo: tuple[str, str]) -> Finding:
    """A finding from its Vietnamese and English sentences."""
    return Finding(area, place, Text(vi=what[0], en=what[1]), Text(vi=todo[0], en=todo[1]))


def as_text(findings: Sequence[Finding]) -> str:
    """A finding in two lines, Vietnamese first; one line when there is none."""
    if not findings:
        return "Mọi thứ đều tốt. / All is well."
    lines = [
        f"[{one.area}] {one.place}: {one.what.vi} {one.todo.vi}\n    {one.what.en} {one.todo.en}"
        for one in findings
    ]
    return "\n".join([*lines, f"{len(findings)} điều cần xem. / {len(findings)} findings."])


def as_json(findings: Sequence[Finding]) -> str:
    """The same for a program: an object with the list `findings`."""
    told = [
        {
            "area": one.area,
            "place": one.place,
            "what": one.what.model_dump(),
            "todo": one.todo.model_dump(),
        }
        for one in findings
    ]
    return json.dumps({"findings": told}, ensure_ascii=False, indent=1)
