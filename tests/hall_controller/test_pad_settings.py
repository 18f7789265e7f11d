"""Settings of pads that are wired to the controller: every mistake is told at once, and a line that can be no pad's."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from hall_controller.errors import ConfigError
from hall_controller.local_pads import PadSettings
from tests.hall_controller.live_hall import LiveHall
from tests.hall_controller.wired_pad import WiredHall, until, wired

LINE = "serial:///dev/ttyUSB0"


@pytest.fixture
async def hall(tmp_path: Path) -> AsyncIterator[LiveHall]:
    async with LiveHall(tmp_path) as hall:
        yield hall


def ascii_pad(id_: str, line: str = LINE, **settings: object) -> PadSettings:
    return PadSettings(id_, "ascii_serial", line, "1", settings)


async def test_every_wrong_setting_is_told_at_once(hall: LiveHall) -> None:
    unknown = PadSettings("pad-1", "abacus", LINE, "1", {})
    with pytest.raises(ConfigError) as refused:
        WiredHall(hall, [unknown, ascii_pad("pad-2"), ascii_pad("pad-3", address=100, colour="red")])
    told = refused.value.mistakes
    assert 'device "pad-1": model = "abacus" is no pad that is known: ascii_serial, console' in told
    assert [mistake.split(": ")[1] for mistake in told[1:]] == [
        "settings.address",
        "settings.address",
        "settings.colour",
    ]


async def test_two_pads_with_one_address_on_one_line_are_refused(hall: LiveHall) -> None:
    with pytest.raises(ConfigError, match=r'"pad-1" and "pad-3" .* take each other\'s presses'):
        WiredHall(hall, [ascii_pad(f"pad-{n}", address=n % 2) for n in (1, 2, 3)])
    WiredHall(hall, [ascii_pad("pad-1", address=1), ascii_pad("pad-3", "serial:///dev/ttyUSB1", address=1)])
    WiredHall(hall, [ascii_pad(f"pad-{n}", address=n) for n in range(32)])


@pytest.mark.parametrize(
    ("line", "advice"),
    [
        ("file://{}/plain", "plain file"),
        ("file://{}/absent", "mkfifo"),
        ("serial://{}/absent", "not plugged in"),
        ("gpio://17", "no bytes can be sent"),
        ("tcp://127.0.0.1:1", "nothing listens"),
    ],
)
async def test_a_line_that_cannot_be_heard_is_told_with_what_to_do(
    hall: LiveHall, tmp_path: Path, line: str, advice: str
) -> None:
    (tmp_path / "plain").write_text("next\n", "ascii")
    async with wired(hall, PadSettings("pad-1", "console", line.format(tmp_path), "1", {})) as wiring:
        await until(lambda: wiring.is_("pad-1", "lost"))
        assert advice in wiring.health.alerts["device-pad-1"].text.en
        assert (tmp_path / "plain").read_text("ascii") == "next\n"


async def test_a_hall_without_wired_pads_needs_nothing(hall: LiveHall) -> None:
    async with wired(hall) as wiring:
        assert wiring.health.counts() == {}
