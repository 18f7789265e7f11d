"""The real controller with settings of its own, and a technician who has signed in, for tests that change the settings.

Belongs here: starting it and asking as the technician. Never here: what a test expects.
"""

from __future__ import annotations

import contextlib
import time
from pathlib import Path
from typing import Any, Final

import httpx

from hall_controller.domain.facts import Fact
from hall_controller.journal_newest import Wanted, newest
from hall_controller.staff.register import NAME, Entry, Register
from hall_controller.staff.roles import Person
from hall_controller.staff.sessions import Sessions
from hall_controller.web.auth import COOKIE
from tests.hall_controller.settings_files import SMALL
from tests.running_hall import RunningHall

PATIENCE_S: Final = 30.0
WHOLE_WEEK: Final = SMALL.replace(
    '["mon", "tue"]', '["mon", "tue", "wed", "thu", "fri", "sat", "sun"]'
).replace('["08:00-12:00"]', '["00:00-23:59"]')
"""The least that a hall needs, open whenever a test runs."""

NEW_HALL: Final = WHOLE_WEEK.replace('id = "small"', 'id = "small"\nvirtual_devices = true') + "".join(
    f'[[device]]\nid = "{name}-1"\ntype = "{kind}"\nmodel = "mqtt"\ncounter = "1"\n'
    for name, kind in (("pad", "call-pad"), ("rating", "rating-pad"), ("panel", "panel"))
)
"""A hall with pads and a panel at its counter, which may be tried without them."""


class ConsoleHall(RunningHall):
    """`hall run` on a hall.toml that may be changed."""

    def __init__(self, folder: Path, text: str = WHOLE_WEEK, settings: tuple[str, ...] = ()) -> None:
        (folder / "settings").mkdir(exist_ok=True)
        self.file = folder / "settings" / "hall.toml"
        self.file.write_text(text, "utf-8")
        super().__init__(folder / "data", hall=self.file, settings=settings)
        self.address = f"http://127.0.0.1:{self.http_port}"
        self.token = "nobody's"
        self.technician = httpx.Client()

    def open(self) -> None:
        """Start it, with Kim the technician signed in."""
        self.start()
        with Register(self.data / NAME) as register:
            register.put(Entry("kim", "technician", "no secret fits this"))
            self.signed_in(Sessions(register).open(Person("kim", "technician")))

    def signed_in(self, token: str) -> None:
        """The technician's session, from now on."""
        self.technician.close()
        self.token = token
        self.technician = httpx.Client(base_url=self.address, cookies={COOKIE: token}, timeout=PATIENCE_S)

    def close(self) -> None:
        self.technician.close()
        self.kill()

    def ask(self, method: str, path: str, **body: Any) -> Any:  # noqa: ANN401 - whatever the API answers
        """What the technician is answered; fails when it is a refusal."""
        answer = self.technician.request(method, path, json=body or None)
        assert answer.status_code == 200, answer.text
        return answer.json() if answer.headers["content-type"] == "application/json" else answer.text

    def apply(self, text: str, reason: str = "") -> dict[str, Any]:
        """Apply a text to what is there now; what was answered."""
        based_on = self.ask("GET", "/api/configuration")["version"]
        wish = {"text": text, "based_on": based_on, "reason": reason}
        told: dict[str, Any] = self.ask("POST", "/api/configuration/apply", **wish)
        return told

    def until_running(self, version: int) -> dict[str, Any]:
        """Wait until the hall runs with that version or a later one; the configuration it tells then."""
        began_s = time.monotonic()
        while time.monotonic() - began_s < PATIENCE_S:
            time.sleep(0.05)
            with contextlib.suppress(httpx.TransportError):  # a start that failed leaves nobody at the door
                seen: dict[str, Any] = self.ask("GET", "/api/configuration")
                if seen["running"] >= version:
                    return seen
        raise AssertionError(f"the hall did not come back:\n{self.log.read_text()}")

    def take(self) -> str:
        """A visitor takes a number."""
        wish = {"service": "land", "purpose": "submit", "print": False}
        answer = self.technician.post("/api/tickets", json=wish)
        assert answer.status_code == 201, answer.text
        number: str = answer.json()["number"]
        return number

    def told(self, kind: type[Fact]) -> list[Fact]:
        """The newest facts of a kind, the newest first."""
        records = newest(self.data / "journal.sqlite", Wanted(kind=kind.type))
        return [record.fact for record in records]
