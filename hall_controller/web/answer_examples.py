"""Examples of the API's answers and of the parts of its addresses, for /docs and /openapi.json: the reference hall's.

The answers stand in the file beside this one, one for each model, and are read when somebody asks for the description.
Tests hold each against its schema, and find an answer or a part of an address without one.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from hall_controller.web.replies import malformed, no

if TYPE_CHECKING:
    from hall_controller.domain.refusals import Refusal

FILE: Final = Path(__file__).with_suffix(".json")


def answers() -> dict[str, dict[str, Any]]:
    """By the name of the answer's model."""
    read: dict[str, dict[str, Any]] = json.loads(FILE.read_text("utf-8"))
    return read


PARTS: Final[dict[str, str | int]] = {
    "code": "A042WMRDK84G",
    "counter": "5",
    "key": "next",
    "number": "A042",
    "device": "pad-5",
    "version": 7,
    "backup": "journal-e0001-s0000024000.sqlite",
    "report": "waits",
    "from": "2022-03-01",
    "to": "2022-03-31",
    "q": "khai sinh",
}
"""Of an address, by name; where a part has few values, its first one is the example."""


def _refused(refusal: Refusal) -> dict[str, Any]:
    return {"code": refusal.code, "text": {"vi": refusal.text.vi, "en": refusal.text.en}}


REFUSALS: Final[dict[str, dict[str, Any]]] = {
    "409": _refused(no("no_ticket")),
    "422": _refused(malformed("body.service", "Field required")),
    "429": _refused(no("too_fast")),
}
"""By the status with which they are answered."""
