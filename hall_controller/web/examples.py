"""An example of each body that a client sends, for /docs and /openapi.json: of the reference hall, ready to be tried.

A test holds each against its schema, and finds a body without one.
"""

from __future__ import annotations

from typing import Any, Final

EXAMPLES: Final[dict[str, dict[str, Any]]] = {
    "TicketWish": {
        "service": "dat-dai",
        "purpose": "submit",
        "language": "vi",
        "request_id": "kiosk-1-2022-03-01-0042",
        "kiosk": "kiosk-1",
    },
    "TicketRating": {"score": 4, "reasons": ["huong-dan-ro"], "request_id": "phone-7f3a"},
    "SlipWish": {"service": "dang-ky-kinh-doanh-truc-tuyen", "language": "vi", "kiosk": "kiosk-1"},
    "Press": {"request_id": "counter-5-0173", "to": "cong-chung", "reason": "Công chứng trước"},
    "CounterRating": {"score": 5, "request_id": "tablet-5-0009"},
    "DeskPress": {"request_id": "desk-0012", "reason": "Khách đã về"},
    "DeskTicket": {
        "service": "dat-dai",
        "purpose": "submit",
        "priority": "elderly",
        "request_id": "desk-0014",
    },
    "PriorityWish": {"priority": "elderly", "request_id": "desk-0015"},
    "GuardWish": {"on": True, "request_id": "desk-0013"},
    "CheckWish": {"text": 'hall.id = "tuyen-quang"\n', "edit": None},
    "ApplyWish": {"text": 'hall.id = "tuyen-quang"\n', "based_on": 7, "reason": "Thêm quầy 29"},
    "ListWish": {"text": "code,name,agency,service,level,decision,decided\n"},
    "RestoreWish": {"backup": "journal-e0001-s0000024000.sqlite", "hall": "tuyen-quang"},
    "TrialPress": {"key": "next", "request_id": "trying-0007"},
    "SignInWish": {"person": "tnmt-1", "secret": "4711", "counter": "5"},
    "SetUpWish": {"code": "K7Q2-M9XZ", "person": "kim", "secret": "bốn từ ghép lại"},
    "PlaceWish": {"replaces": "pad-5"},
    "DeviceSaid": {"device": "spare-1", "code": "481 205"},
    "SecretWish": {"old": "4711", "new": "8074"},
}
"""By the name of the body's model."""
