"""People with real PINs and passwords in the hall on the web, and how they sign in.

Belongs here: entering and signing in. Never here: what a test expects of it.
"""

from __future__ import annotations

from typing import Any, Final

import httpx

from hall_controller.staff.hashing import made_now
from hall_controller.staff.register import Entry
from tests.hall_controller.web.hall_on_the_web import WebHall

PIN: Final = "4711"
PASSWORD: Final = "bốn từ ghép lại"
HASHES: Final = {secret: made_now(secret) for secret in (PIN, PASSWORD)}

HOA: Final = Entry("hoa", "officer", HASHES[PIN], "Nguyễn Thị Hoa")
LAN: Final = Entry("lan", "officer", HASHES[PIN], counters=("2",))
KIM: Final = Entry("kim", "technician", HASHES[PASSWORD])
GIANG: Final = Entry("giang", "guide", HASHES[PASSWORD])


def enter(hall: WebHall, *people: Entry) -> None:
    """These people are in the register."""
    for person in people:
        hall.auth.register.put(person)


async def sign_in(
    client: httpx.AsyncClient, person: str, secret: str, counter: str | None = None, **headers: str
) -> httpx.Response:
    """Whatever the hall answers to it."""
    wish: dict[str, Any] = {"person": person, "secret": secret}
    if counter is not None:
        wish["counter"] = counter
    return await client.post("/api/session", json=wish, headers=headers)


def told(hall: WebHall, kind: str) -> list[dict[str, Any]]:
    """The facts of a kind, without their time."""
    return [
        {name: getattr(record.fact, name) for name in record.fact.__slots__}
        for record in hall.disk.read()
        if record.fact.type == kind
    ]
