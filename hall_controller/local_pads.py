"""Pads that are wired to this machine: who reads which line, who is lost or faulty, whose light is on.

    pad_reader · pad_poller · pin_watcher (one a line) -> Pad.heard -> submit -> answer -> bytes -> the line

Belongs here: wiring, and what health is told. Never here: a press, bytes, rules of the hall. A line that is away
concerns nobody else.
"""

from __future__ import annotations

import asyncio
import time
from functools import partial
from typing import TYPE_CHECKING, Final

from hall_controller import pad_settings
from hall_controller.errors import ConfigError
from hall_controller.messages import Text, alert_code
from hall_controller.mistakes import dotted
from hall_controller.pad_poller import PadPoller
from hall_controller.pad_reader import PadReader
from hall_controller.pin_watcher import PinWatcher
from hall_controller.wired_pad import Pad

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from hall_controller.controller import Controller, Told
    from hall_controller.health import Health
    from hall_controller.pad_settings import PadSettings

BLINKS: Final = 6
BLINK_S: Final = 0.25
"""Two flashes a second: seen from across a desk, and slow enough for everybody."""
LIGHTS_AGAIN_S: Final = 5.0
"""A pad that was plugged in, or missed it in noise, has its light right after this time."""


class LocalPads:
    """All pads that are wired to this machine; several may share a line, which one reader owns."""

    def __init__(
        self,
        pads: Iterable[PadSettings],
        controller: Controller,
        health: Health,
        clock_s: Callable[[], float] = time.monotonic,
    ) -> None:
        """Find a driver for each; raises ConfigError with a sentence for every setting that is wrong."""
        self._controller = controller
        self._health = health
        self._clock_s = clock_s
        self._lines: dict[str, list[Pad]] = {}
        self._lit: dict[str, bool] = {}
        self._faulty: set[str] = set()
        self._away: dict[str, dict[str, str]] = {}
        """Of each line, the pads that cannot be heard, and why."""
        settings = list(pads)
        found = pad_settings.mistakes(settings)
        if found:
            raise ConfigError(
                [
                    f'device "{settings[int(one.path[0])].id}": {dotted(one.path[1:])} {one.sentence}'
                    for one in found
                ]
            )
        for one in settings:
            pad = Pad(one, pad_settings.driver(one), controller, self._pad_is, clock_s)
            self._lines.setdefault(one.line, []).append(pad)

    async def run(self) -> None:
        """Serve every line until cancelled; to be started when the controller has."""
        self._controller.on_commit.append(self._committed)
        readers = [self._reader(line, pads) for line, pads in self._lines.items()]
        for reader in readers:
            reader.start()
        try:
            while True:
                self._invite(again=True)
                await asyncio.sleep(LIGHTS_AGAIN_S)
        finally:
            self._controller.on_commit.remove(self._committed)
            for reader in readers:
                reader.stop()
            for reader in readers:
                await asyncio.to_thread(reader.join)
            for pad in self._pads():
                pad.lose()

    def _pads(self) -> list[Pad]:
        return [pad for pads in self._lines.values() for pad in pads]

    def retire(self, device: str) -> None:
        """Another device has taken its place: what is pressed there reaches no counter any more."""
        for pad in self._pads():
            if pad.id == device:
                pad.counter = None

    def has_light(self, device: str) -> bool:
        """Whether a pad has a light that can blink."""
        return any(pad.id == device and pad.driver.invite(on=True) is not None for pad in self._pads())

    async def blink(self, device: str) -> None:
        """Show which pad it is: its light goes on and off for some seconds, then is as it was."""
        for pad in self._pads():
            if pad.id == device:
                for turn in range(2 * BLINKS):
                    pad.invite(turn % 2 == 0)
                    await asyncio.sleep(BLINK_S)
                self._show(pad)

    def _reader(self, line: str, pads: list[Pad]) -> PadReader | PinWatcher:
        loop = asyncio.get_running_loop()
        drivers = [pad.driver for pad in pads]
        kind = PinWatcher if drivers[0].inputs else PadPoller if drivers[0].answer_s else PadReader
        reader = kind(
            line,
            drivers,
            lambda place, heard, heard_s: _call(loop, pads[place].heard, heard, heard_s),
            lambda place, wrong: _call(loop, self._line_is, pads[place], line, wrong),
            self._clock_s,
        )
        for place, pad in enumerate(pads):
            pad.connect(partial(reader.send, place))
        return reader

    def _line_is(self, pad: Pad, line: str, wrong: str | None) -> None:
        """The pad can be heard, or not; `wrong` is the sentence that says why."""
        away = self._away.setdefault(line, {})
        if wrong is None:
            away.pop(pad.id, None)
            self._health.device_is(pad.id, "faulty" if pad.id in self._faulty else "ready")
            self._show(pad)
        else:
            away[pad.id] = wrong
            pad.lose()
            self._health.device_is(pad.id, "lost")
        asyncio.get_running_loop().call_soon(self._tell_line, line)

    def _tell_line(self, line: str) -> None:
        """One alert for a line that is away, told at its first pad; else one for each pad that is."""
        pads, away = [pad.id for pad in self._lines[line]], self._away[line]
        together = len(pads) > 1 and len(away) == len(pads) and len(set(away.values())) == 1
        for place, device in enumerate(pads):
            alert = alert_code("device", device)
            wanted = None
            if device in away and not (together and place):
                wanted = (
                    _all_away(pads, line, away[device]) if together else _away(device, line, away[device])
                )
            told = self._health.alerts.get(alert)
            if told is not None and told.text != wanted:
                self._health.end_alert(alert)
            if wanted is not None:
                self._health.raise_alert(alert, "critical", wanted)

    def _pad_is(self, device: str, wrong: str) -> None:
        """A pad that can be heard has a key that is stuck, or says that something is wrong with it; "" is all well."""
        alert = alert_code("faulty", device)
        if wrong:
            self._faulty.add(device)
            self._health.device_is(device, "faulty")
            self._health.raise_alert(alert, "warning", _faulty(device, wrong))
        elif device in self._faulty:
            self._faulty.remove(device)
            self._health.device_is(device, "ready")
            self._health.end_alert(alert)

    def _committed(self, told: Told) -> None:  # noqa: ARG002 - the hall's state says it whole
        self._invite()

    def _invite(self, *, again: bool = False) -> None:
        """The lights of rating pads are on while somebody who was served may still press."""
        for pad in self._pads():
            on = self._invited(pad)
            if pad.rates and (again or self._lit.get(pad.id, False) != on):
                self._show(pad)

    def _show(self, pad: Pad) -> None:
        if pad.rates:
            self._lit[pad.id] = self._invited(pad)
            pad.invite(self._lit[pad.id])

    def _invited(self, pad: Pad) -> bool:
        return pad.counter is not None and bool(self._controller.hall.desk(pad.counter).invited)


def _call(loop: asyncio.AbstractEventLoop, call: Callable[..., None], *details: object) -> None:
    """Have the loop do it; a loop that has ended does nothing any more."""
    if not loop.is_closed():
        loop.call_soon_threadsafe(call, *details)


def _away(device: str, line: str, wrong: str) -> Text:
    return Text(
        vi=f"Không nghe được {device} trên {line}, hệ thống tự thử lại: kiểm tra nguồn điện, cáp và cổng.",
        en=f"{device} cannot be heard and is tried again every second: {wrong}",
    )


def _all_away(devices: list[str], line: str, wrong: str) -> Text:
    names = ", ".join(devices)
    return Text(
        vi=f"Không nghe được đường dây {line} ({names}), hệ thống tự thử lại: kiểm tra cổng, cáp và nguồn.",
        en=f"Nothing on {line} can be heard ({names}); it is tried again every second: {wrong}",
    )


def _faulty(device: str, wrong: str) -> Text:
    return Text(
        vi=f"{device} có phím bị kẹt hoặc báo lỗi: kiểm tra phím, dây và phần cài đặt của thiết bị.",
        en=f"{device}: {wrong}",
    )
