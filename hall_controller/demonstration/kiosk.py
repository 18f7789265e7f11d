"""A kiosk that is a program: it asks the controller for numbers over HTTP, as the kiosk's page does.

Belongs here: requests and their answers. Never here: who comes and why (people).
"""

from __future__ import annotations

import asyncio
import http.client
import json
import uuid
from dataclasses import dataclass
from typing import Any, Final

from hall_controller.demonstration.connection import LOOPBACK
from hall_controller.errors import HallError

ANSWER_WITHIN_S: Final = 8.0
"""The controller waits 3 s for paper; twice that and a bit means that it is gone."""
CREATED: Final = 201


@dataclass(frozen=True, slots=True)
class Number:
    """What a visitor got: `/api/tickets` in contract.md."""

    number: str
    code: str
    queue: str
    ahead: int
    printed: bool


@dataclass(frozen=True, slots=True)
class Kiosk:
    """A kiosk of the hall whose controller listens on that port."""

    port: int
    device: str

    async def take(self, service: str, purpose: str, language: str = "vi") -> Number | str:
        """A number, or the code of the refusal; raises HallError when nobody answers."""
        wish = {
            "service": service,
            "purpose": purpose,
            "language": language,
            "kiosk": self.device,
            "request_id": str(uuid.uuid4()),
        }
        try:
            status, body = await asyncio.to_thread(self._ask, wish)
        except OSError as error:
            raise HallError(f"The controller does not answer the kiosk ({error}).") from None
        if status != CREATED:
            return str(body.get("code", status))
        return Number(body["number"], body["code"], body["queue"], body["ahead"], body["printed"])

    def _ask(self, wish: dict[str, str]) -> tuple[int, dict[str, Any]]:
        """The status and the JSON of the answer; raises OSError."""
        connection = http.client.HTTPConnection(LOOPBACK, self.port, timeout=ANSWER_WITHIN_S)
        try:
            sent = json.dumps(wish).encode()
            connection.request("POST", "/api/tickets", sent, {"Content-Type": "application/json"})
            answer = connection.getresponse()
            found: dict[str, Any] = json.loads(answer.read())
        except (http.client.HTTPException, ValueError) as error:
            raise OSError(f"an answer that cannot be read: {error!r}") from None
        else:
            return answer.status, found
        finally:
            connection.close()
