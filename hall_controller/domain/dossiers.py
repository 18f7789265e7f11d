"""How far a dossier has come, in the words that a visitor is told, and what to take a number for then.

The states that an imported list may name; ids are never renamed. No dossier is kept here, and no name anywhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from hall_controller.domain.catalogue import Text

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class State:
    """What a visitor is told of a dossier, and the purpose of a visit for it."""

    text: Text
    purpose: str


@dataclass(frozen=True, slots=True)
class Dossier:
    """One line of the list; `service` is empty where the list does not say."""

    code: str
    state: str
    since: date
    service: str = ""


STATES: Final[dict[str, State]] = {
    "received": State(Text("Hồ sơ đã được tiếp nhận", "The dossier has been received"), "guidance"),
    "processing": State(Text("Hồ sơ đang được giải quyết", "The dossier is being processed"), "guidance"),
    "more-papers": State(
        Text("Hồ sơ cần bổ sung giấy tờ", "The dossier needs more papers from you"), "submit"
    ),
    "ready": State(
        Text("Đã có kết quả, mời quý khách nhận", "The result is ready to be collected"), "collect"
    ),
    "collected": State(Text("Kết quả đã được trả", "The result has been handed over"), "guidance"),
    "returned": State(
        Text(
            "Hồ sơ được trả lại, mời quý khách hỏi quầy",
            "The dossier was returned; please ask at the counter",
        ),
        "guidance",
    ),
}


def plain_code(typed: str) -> str:
    """The code as the list has it, from what was scanned or typed.

    >>> plain_code(" h60.22-000123 ")
    'H60.22-000123'
    """
    return "".join(typed.split()).upper()
