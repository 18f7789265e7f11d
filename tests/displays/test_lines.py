"""How bytes travel to a panel: over a serial line, a converter, into a file."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from displays.lines import Line
from displays.panels import Face, Step, Verdict
from displays.panels.rs485_ascii import Driver
from hall_controller.errors import LineError, LineTimeout
from tests.displays.boards import counter
from tests.displays.led_panel import led_panel
from tests.free_port import free_port

PANEL = Driver(address=7)
FRAME = PANEL.encode(Face("5", counter(1, "serving", "A012")))
SHOW = Step(FRAME, PANEL.judge)


def at_once(heard: bytes) -> Verdict:
    return "refused" if heard else "taken"


@asynccontextmanager
async def opened(address: str) -> AsyncIterator[Line]:
    line = Line(address)
    try:
        yield line
    finally:
        await line.close()


@asynccontextmanager
async def converter(answer: bytes) -> AsyncIterator[tuple[int, list[bytes]]]:
    """A TCP to RS-485 converter with a panel behind it that gives one answer to everything."""
    heard: list[bytes] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while frame := await reader.read(100):
            heard.append(frame)
            writer.write(answer)
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[1], heard


async def test_a_frame_is_shown_by_a_panel_on_a_serial_line() -> None:
    with led_panel(7) as panel:
        async with opened(f"serial://{panel.device}?baudrate=9600") as line:
            await line.exchange(SHOW, 1.0)
        assert panel.shown[0].text == "A012"


async def test_an_answer_may_come_byte_by_byte_behind_noise() -> None:
    with led_panel(7) as panel:
        panel.noise, panel.gap_ms = b"\x00\xff\x0207\x06\x02", 2
        async with opened(f"serial://{panel.device}") as line:
            await line.exchange(SHOW, 1.0)


async def test_a_refused_frame_is_told() -> None:
    with led_panel(7) as panel:
        panel.refuse = 1
        async with opened(f"serial://{panel.device}") as line:
            with pytest.raises(LineError, match="did not accept"):
                await line.exchange(SHOW, 1.0)


async def test_a_silent_panel_is_told_in_time_and_its_late_answer_is_not_the_next_ones() -> None:
    with led_panel(7) as panel:
        panel.mute = 1
        async with opened(f"serial://{panel.device}") as line:
            with pytest.raises(LineTimeout, match=r"no answer within 0\.1 s"):
                await line.exchange(SHOW, 0.1)
            panel._answer(7, b"\x15")  # noqa: SLF001 - the answer that was too late
            await line.exchange(SHOW, 1.0)


async def test_a_line_is_opened_again_after_it_broke() -> None:
    async with converter(b"\x0207\x0601\x03") as (port, heard):
        async with opened(f"tcp://127.0.0.1:{port}") as line:
            await line.exchange(SHOW, 1.0)
            line._port._socket.shutdown(socket.SHUT_RDWR)  # type: ignore[union-attr]  # noqa: SLF001 - the cable
            with pytest.raises(LineError):
                await line.exchange(SHOW, 1.0)
            await line.exchange(SHOW, 1.0)
        assert heard == [FRAME, FRAME]


@pytest.mark.parametrize("address", ["serial:///dev/no-such-port", "file:///proc/no/such/file"])
async def test_a_line_that_cannot_be_opened_is_told_with_its_address(address: str) -> None:
    async with opened(address) as line:
        with pytest.raises(LineError, match=address):
            await line.exchange(Step(FRAME, at_once), 0.1)


async def test_a_converter_that_is_not_there_is_told() -> None:
    async with opened(f"tcp://127.0.0.1:{free_port()}") as line:
        with pytest.raises(LineError, match="check the cable"):
            await line.exchange(Step(FRAME, at_once), 0.1)


async def test_a_file_grows_by_what_the_panel_would_show(tmp_path: Path) -> None:
    path = tmp_path / "new" / "panel.txt"
    async with opened(f"file://{path}") as line:
        await line.exchange(Step(b"one\n", at_once), 0)
        await line.exchange(Step("Quầy 5\n".encode(), at_once), 0)
        assert path.read_text("utf-8") == "one\nQuầy 5\n"


async def test_the_terminal_shows_what_the_panel_would(capsys: pytest.CaptureFixture[str]) -> None:
    async with opened("console:") as line:
        await line.exchange(Step("Quầy 5  A012\n".encode(), at_once), 0)
    assert capsys.readouterr().out == "Quầy 5  A012\n"


async def test_a_slow_panel_does_not_hold_up_the_rest_of_the_program() -> None:
    with led_panel(7) as panel:
        panel.mute = 1
        async with opened(f"serial://{panel.device}") as line:
            slow = asyncio.create_task(line.exchange(SHOW, 0.3))
            for _ in range(10):
                await asyncio.sleep(0)
            assert not slow.done()
            with pytest.raises(LineTimeout):
                await slow
