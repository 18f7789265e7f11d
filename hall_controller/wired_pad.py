"""One pad that is wired to this machine: its presses become commands, the answers light its lights.

    heard -> new? -> settled? -> command -> submit -> answer -> the driver's bytes

Belongs here: which press is new, how old it is, what the pad is told. Never here: bytes, ports, rules of the hall.
"""

from __future__ import annotations

import asyncio
import time
from itertools import count
from typing import TYPE_CHECKING, Final

import structlog

from hall_controller.devices.contacts import Contacts, Freed, Pressed, Stuck
from hall_controller.devices.pads import Heard
from hall_controller.domain.refusals import Refusal, refuse
from hall_controller.errors import JournalUnavailable
from hall_controller.messages import Ack, DeviceInput, Reason, Text
from hall_controller.presses import device_command, press_cause, still_valid_s

if TYPE_CHECKING:
    from collections.abc import Callable

    from hall_controller.answers import Answer
    from hall_controller.controller import Controller
    from hall_controller.devices.pads import PadDriver
    from hall_controller.pad_settings import PadSettings

log = structlog.get_logger()

GIVEN_UP_AFTER_S: Final = 10.0
"""No pad repeats a press for so long: the same number later is another press, ten or more after it."""
LOOK_AT_LEAST_S: Final = 0.5
"""How late a stuck key may be told."""
KEY_STUCK: Final = "a key has been down for ten seconds: lift what lies on it, dry or change the button"


class Pad:
    """One pad: remembers its last press, so that a press that it repeats is answered again and done once."""

    def __init__(
        self,
        settings: PadSettings,
        driver: PadDriver,
        controller: Controller,
        on_faulty: Callable[[str, str], None],
        clock_s: Callable[[], float] = time.monotonic,
    ) -> None:
        """`on_faulty(id, what)` hears of a stuck key and of what the pad says is wrong; "" when it is well again."""
        self.id = settings.id
        self.driver = driver
        self.counter = settings.counter
        self.rates = settings.type == "rating-pad"
        self._controller = controller
        self._on_faulty = on_faulty
        self._clock_s = clock_s
        self._send: Callable[[bytes], None] = _drop
        self._boot = 0
        self._numbers = count(1)
        self._last: int | None = None
        self._last_s = 0.0
        self._reply = b""
        """The answer to the last press; empty while it is under way."""
        self._contacts = Contacts[DeviceInput](driver.settle_s)
        self._look_again: asyncio.TimerHandle | None = None

    def connect(self, send: Callable[[bytes], None]) -> None:
        """Answer there from now on; the journal's length makes this start's presses unlike those of all before."""
        self._send = send
        self._boot = self._controller.rev

    def lose(self) -> None:
        """The line is away, or the controller stops: nobody knows how the keys stand."""
        self._contacts.forget()
        self._look()

    def invite(self, on: bool) -> None:  # noqa: FBT001 - the state of a light
        """Turn the light on that invites to rate, or off, where there is one."""
        self._tell(self.driver.invite(on=on) or b"")

    def heard(self, heard: Heard, heard_s: float) -> None:
        """The pad said so, at that time of the clock given."""
        if heard.press is not None and heard.down is not None:
            self._contacts.change(heard.press, heard.down, heard_s, before=heard.repeated)
            self._look()
            return
        if heard.faulty is not None:
            self._on_faulty(self.id, heard.faulty)
        if heard.seq is not None or heard.press is not None:
            self._frame(heard, heard_s)

    def _look(self) -> None:
        """Do what the contacts say now, and look again when they may say more by themselves."""
        if self._look_again is not None:
            self._look_again.cancel()
            self._look_again = None
        for happened in self._contacts.look(self._clock_s()):
            match happened:
                case Pressed(key=press, at_s=at_s):
                    self._press(Heard(press), press, at_s)
                case Stuck():
                    self._on_faulty(self.id, KEY_STUCK)
                case Freed():
                    self._on_faulty(self.id, "")
        due_s = self._contacts.due_s
        if due_s is not None:
            wait_s = min(LOOK_AT_LEAST_S, max(0.0, due_s - self._clock_s()))
            self._look_again = asyncio.get_running_loop().call_later(wait_s, self._look)

    def _frame(self, heard: Heard, heard_s: float) -> None:
        """A pad that tells presses only, with a number or without."""
        known = self._last is not None
        again = known and heard.seq == self._last and heard_s - self._last_s < GIVEN_UP_AFTER_S
        self._last_s = heard_s
        if again:
            self._tell(self._reply)
            return
        self._last, self._reply = heard.seq, b""
        if heard.press is None:
            self._answer(heard, None, None)
        elif heard.repeated and not known:
            # First sent to an earlier controller, which may have done it: the officer looks and presses again.
            self._answer(heard, refuse("press_too_old"), None)
        else:
            self._press(heard, heard.press, heard_s)

    def _press(self, heard: Heard, said: DeviceInput, heard_s: float) -> None:
        age_ms = said.age_ms + max(0, int((self._clock_s() - heard_s) * 1000))
        numbered = {"boot": self._boot, "seq": next(self._numbers), "age_ms": age_ms}
        press = said.model_copy(update=numbered)
        command = device_command(self.id, self.counter, press, self._controller.clock.now().at)
        if isinstance(command, Refusal):
            self._answer(heard, command, None)
            return
        answer = self._controller.submit(
            command, press_cause(self.id, press), not_after_s=time.monotonic() + still_valid_s(press)
        )
        answer.add_done_callback(lambda answered: self._answered(heard, answered))

    def _answered(self, heard: Heard, answered: asyncio.Future[Answer]) -> None:
        if answered.cancelled():
            return
        if isinstance(answered.exception(), JournalUnavailable):
            self._answer(heard, refuse("journal_unavailable"), None)
            return
        answer = answered.result()
        self._answer(heard, answer.refusal, answer.ticket)

    def _answer(self, heard: Heard, refusal: Refusal | None, ticket: str | None) -> None:
        reason = None
        if refusal is not None:
            log.info("pad.rejected", device=self.id, code=refusal.code)
            reason = Reason(code=refusal.code, text=Text(vi=refusal.text.vi, en=refusal.text.en))
        ack = Ack(
            boot=self._boot,
            seq=heard.seq or 0,
            result="rejected" if refusal else "ok",
            ticket=ticket,
            reason=reason,
        )
        reply = self.driver.answer(heard, ack)
        if heard.seq == self._last:
            self._reply = reply
        self._tell(reply)

    def _tell(self, reply: bytes) -> None:
        if reply:
            self._send(reply)


def _drop(answer: bytes) -> None:
    """Where answers go before there is a line."""
