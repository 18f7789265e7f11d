"""A new model of pad is one file and nothing else: found, checked and usable."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from hall_controller.devices import pads
from hall_controller.domain import facts as f
from hall_controller.domain.commands import OpenCounter
from hall_controller.pad_settings import PadSettings
from tests.hall_controller.live_hall import LiveHall
from tests.hall_controller.wired_pad import Cable, until, wired

NAME = "one_button"
ONE_BUTTON = '''
"""A pad with one button that sends one byte.

Belongs here: that byte. Never here: anything else.
"""

from hall_controller.devices.pads import Heard, PadDriver
from hall_controller.messages import KeyPress

NEXT = KeyPress(boot=0, seq=0, key="next")


class Driver(PadDriver):
    """Sends its byte when it is pressed.

    >>> len(Driver().feed(b"??"))
    2
    """

    checked = False
    byte: int = ord("?")

    def feed(self, heard):
        if b"\\xff" in heard:
            raise ZeroDivisionError("a byte that its author never saw")
        return [Heard(NEXT) for byte in heard if byte == self.byte]

    def forget(self):
        pass

    def answer(self, heard, ack):
        return b"." if ack.result == "rejected" else b"!"

    def sent(self, heard):
        return bytes([self.byte])

    def presses(self):
        return [NEXT]
'''


@pytest.fixture
def dropped_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The file, in a folder in which models are looked for."""
    folder = tmp_path / "pads"
    folder.mkdir()
    (folder / f"{NAME}.py").write_text(ONE_BUTTON, "utf-8")
    monkeypatch.setattr(pads, "__path__", [*pads.__path__, str(folder)])
    yield NAME
    sys.modules.pop(f"{pads.__name__}.{NAME}", None)


async def test_a_new_model_is_found_and_calls_visitors(dropped_in: str, tmp_path: Path) -> None:
    assert dropped_in in pads.models()
    cable = Cable(tmp_path / "desk")
    cable.plug()
    pad = PadSettings("pad-1", dropped_in, cable.line, "1", {"byte": ord("N")})
    async with LiveHall(tmp_path) as hall, wired(hall, pad) as wiring:
        await hall.do(OpenCounter("1"))
        await hall.take()
        await until(lambda: wiring.is_("pad-1", "ready"))
        cable.send(b"..N")
        assert await cable.light(1) == b"!"
        assert len(hall.facts(f.TicketCalled)) == 1
    cable.close()


async def test_a_driver_that_fails_is_told_tried_again_and_stops_nobody(
    dropped_in: str, tmp_path: Path
) -> None:
    faulty, sound = Cable(tmp_path / "faulty"), Cable(tmp_path / "sound")
    for cable in (faulty, sound):
        cable.plug()
    pad_list = [
        PadSettings(id_, dropped_in, cable.line, "1", {})
        for id_, cable in (("pad-1", faulty), ("pad-2", sound))
    ]
    async with LiveHall(tmp_path) as hall, wired(hall, *pad_list) as wiring:
        await until(lambda: wiring.is_("pad-1", "ready") and wiring.is_("pad-2", "ready"))
        faulty.send(b"\xff")
        await until(lambda: wiring.is_("pad-1", "lost"))
        assert "ZeroDivisionError" in wiring.health.alerts["device-pad-1"].text.en
        sound.send(b"?")
        assert await sound.light(1) == b"."
        await until(lambda: wiring.is_("pad-1", "ready"))
        faulty.send(b"?")
        assert await faulty.light(1) == b"."
    faulty.close()
    sound.close()
