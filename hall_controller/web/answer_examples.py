"""Examples of the answers that a client meets first, for /docs and /openapi.json: one visit of the reference hall.

A test holds each against its schema, and its fields against those of a hall that answers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from hall_controller.web.replies import malformed, no

if TYPE_CHECKING:
    from hall_controller.domain.refusals import Refusal

COUNTER: Final = {
    "epoch": 1,
    "rev": 815,
    "state": "calling",
    "ticket": "A042",
    "call": 1,
    "since": "2022-03-01T02:15:04.250000Z",
    "text": {"vi": "Mời số A042 đến Quầy 5", "en": "A042, please go to counter 5"},
    "name": "5",
    "notice": None,
}
WAITING: Final = {"vi": "Quý khách vui lòng chờ", "en": "Please wait to be called"}
ANSWERS: Final[dict[str, dict[str, Any]]] = {
    "TicketGiven": {
        "number": "A042",
        "code": "A042WMRDK84G",
        "queue": "dat-dai",
        "ahead": 3,
        "estimated_wait_s": 1080,
        "printed": True,
        "wait_low_s": 720,
        "wait_high_s": 1500,
        "url": "https://hall.example/t/A042WMRDK84G",
        "guarded": False,
        "text": WAITING,
    },
    "TicketSeen": {
        "number": "A042",
        "queue": "dat-dai",
        "service": "dat-dai",
        "purpose": "submit",
        "state": "waiting",
        "ahead": 3,
        "estimated_wait_s": 1080,
        "wait_low_s": 720,
        "wait_high_s": 1500,
        "counter": None,
        "counter_name": None,
        "issued_at": "2022-03-01T01:52:30.125000Z",
        "rated": False,
        "paper": "printed",
        "text": WAITING,
        "day": "2022-03-01",
        "earlier": False,
        "stage": "submit",
        "purpose_name": {"vi": "Nộp hồ sơ", "en": "Submit a dossier"},
        "can_rate": False,
        "rating_levels": 5,
    },
    "Pressed": {"ticket": "A042", "display": COUNTER, "duplicate": False},
    "Whole": {
        "epoch": 1,
        "rev": 815,
        "hall": {
            "epoch": 1,
            "rev": 5,
            "name": {"vi": "Trung tâm Phục vụ hành chính công", "en": "Public service centre"},
            "timezone": "Asia/Ho_Chi_Minh",
            "open": True,
            "next_opening": None,
            "training": False,
            "notices": [],
        },
        "counters": {"5": COUNTER},
        "queues": {
            "dat-dai": {
                "epoch": 1,
                "rev": 815,
                "open": True,
                "waiting": 3,
                "last_called": "A042",
                "estimated_wait_s": 1080,
                "next_opening": None,
                "name": {"vi": "Đất đai", "en": "Land"},
                "letter": "A",
            }
        },
        "calls": [],
        "desks": {"5": {"held": ["A040"], "sent": []}},
        "time": "2022-03-01T02:15:04.300000Z",
        "time_trusted": True,
        "local": "2022-03-01T09:15:04.300+07:00",
        "unavailable_since": None,
    },
}
"""By the name of the answer's model."""


def _refused(refusal: Refusal) -> dict[str, Any]:
    return {"code": refusal.code, "text": {"vi": refusal.text.vi, "en": refusal.text.en}}


REFUSALS: Final[dict[str, dict[str, Any]]] = {
    "409": _refused(no("no_ticket")),
    "422": _refused(malformed("body.service", "Field required")),
    "429": _refused(no("too_fast")),
}
"""By the status with which they are answered."""
