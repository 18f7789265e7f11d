"""Pads that are wired to this machine: their presses become commands, and the answers light their lights.

    pad_reader (a thread a line) -> Pad.heard -> submit -> answer -> the driver's bytes -> pad_reader

Belongs here: which press is new, how old it is, what the pad is told. Never here: bytes, ports, rules of the hall.
A line that is away is told to health and concerns nobody else.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from itertools import combinations, count
from typing import TYPE_CHECKING, Any, Final

import structlog
from pydantic import ValidationError

from hall_controller.devices.pads import Heard, driver_of, models
from hall_controller.domain.refusals import Refusal, refuse
from hall_controller.errors import ConfigError, JournalUnavailable
from hall_controller.messages import Ack, Reason, Text
from hall_controller.pad_reader import PadReader
from hall_controller.presses import device_command, press_cause, still_valid_s

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from hall_controller.answers import Answer
    from hall_controller.controller import Controller
    from hall_controller.devices.pads import PadDriver
    from hall_controller.health import Health
    from hall_controller.messages import DeviceInput

log = structlog.get_logger()

LONGEST_ALERT_CODE: Final = 32
"""An alert's code is an identifier of the contract."""
GIVEN_UP_AFTER_S: Final = 10.0
"""No pad repeats a press for so long: the same number later is another press, ten or more after it."""


@dataclass(frozen=True, slots=True)
class PadSettings:
    """One pad as hall.toml has it; `settings` are its model's own words."""

    id: str
    model: str
    line: str
    counter: str | None
    settings: Mapping[str, Any]


class LocalPads:
    """All pads that are wired to this machine; several may share a line."""

    def __init__(
        self,
        pads: Iterable[PadSettings],
        controller: Controller,
        health: Health,
        clock_s: Callable[[], float] = time.monotonic,
    ) -> None:
        """Find a driver for each; raises ConfigError with a sentence for every setting that is wrong."""
        self._health = health
        self._clock_s = clock_s
        self._lines: dict[str, list[Pad]] = {}
        mistakes: list[str] = []
        for settings in pads:
            try:
                pad = Pad(settings, _driver(settings), controller, clock_s)
                self._lines.setdefault(settings.line, []).append(pad)
            except ConfigError as error:
                mistakes += error.mistakes
        for line, sharing in self._lines.items():
            mistakes += _mistaken_for_each_other(line, sharing)
        if mistakes:
            raise ConfigError(mistakes)

    async def run(self) -> None:
        """Serve every line until cancelled; to be started when the controller has."""
        readers = [self._reader(line, pads) for line, pads in self._lines.items()]
        for reader in readers:
            reader.start()
        try:
            await asyncio.Event().wait()
        finally:
            for reader in readers:
                reader.stop()
            for reader in readers:
                await asyncio.to_thread(reader.join)

    def _reader(self, line: str, pads: list[Pad]) -> PadReader:
        loop = asyncio.get_running_loop()
        reader = PadReader(
            line,
            [pad.driver for pad in pads],
            lambda place, heard, heard_s: _call(loop, pads[place].heard, heard, heard_s),
            lambda wrong: _call(loop, self._line_is, line, wrong),
            self._clock_s,
        )
        for pad in pads:
            pad.connect(reader.send)
        return reader

    def _line_is(self, line: str, wrong: str | None) -> None:
        """The line was opened, or is away; `wrong` is the sentence that says why."""
        for pad in self._lines[line]:
            alert = f"device-{pad.id}"[:LONGEST_ALERT_CODE]
            self._health.device_is(pad.id, "lost" if wrong else "ready")
            if wrong is None:
                self._health.end_alert(alert)
            else:
                self._health.raise_alert(alert, "critical", _away(pad.id, line, wrong))


class Pad:
    """One pad: remembers its last press, so that a press that it repeats is answered again and done once."""

    def __init__(
        self, settings: PadSettings, driver: PadDriver, controller: Controller, clock_s: Callable[[], float]
    ) -> None:
        self.id = settings.id
        self.driver = driver
        self._counter = settings.counter
        self._controller = controller
        self._clock_s = clock_s
        self._send: Callable[[bytes], None] = _drop
        self._boot = 0
        self._numbers = count(1)
        self._last: int | None = None
        self._last_s = 0.0
        self._reply = b""
        """The answer to the last press; empty while it is under way."""

    def connect(self, send: Callable[[bytes], None]) -> None:
        """Answer there from now on; the journal's length makes this start's presses unlike those of all before."""
        self._send = send
        self._boot = self._controller.rev

    def heard(self, heard: Heard, heard_s: float) -> None:
        """The pad said so, at that time of the clock given."""
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
        command = device_command(self.id, self._counter, press, self._controller.clock.now().at)
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


def _driver(settings: PadSettings) -> PadDriver:
    """The pad's driver with its settings; raises ConfigError."""
    place = f'device "{settings.id}"'
    try:
        return driver_of(settings.model).model_validate(dict(settings.settings))
    except LookupError:
        known = ", ".join(models())
        raise ConfigError([f'{place}: model = "{settings.model}" is no pad that is known: {known}']) from None
    except ValidationError as error:
        raise ConfigError(
            [
                f"{place}: settings.{'.'.join(map(str, found['loc']))}: {found['msg']} (model {settings.model})"
                for found in error.errors()
            ]
        ) from None


def _mistaken_for_each_other(line: str, pads: list[Pad]) -> list[str]:
    """Pads that share a line and an address: a press on one would be a press on both."""
    mistakes = []
    for one, other in combinations(pads, 2):
        if other.driver.feed(one.driver.sent(Heard(one.driver.presses()[0]))):
            mistakes.append(
                f'devices "{one.id}" and "{other.id}" on {line} take each other\'s presses: '
                "give each an address or a name of its own in its settings"
            )
    return mistakes


def _call(loop: asyncio.AbstractEventLoop, call: Callable[..., None], *details: object) -> None:
    """Have the loop do it; a loop that has ended does nothing any more."""
    if not loop.is_closed():
        loop.call_soon_threadsafe(call, *details)


def _drop(answer: bytes) -> None:
    """Where answers go before there is a line."""


def _away(device: str, line: str, wrong: str) -> Text:
    return Text(
        vi=f"Không nghe được {device} trên {line}, hệ thống tự thử lại: kiểm tra nguồn điện, cáp và cổng.",
        en=f"{device} cannot be heard and is tried again every second: {wrong}",
    )
