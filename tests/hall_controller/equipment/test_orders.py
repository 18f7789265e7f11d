"""What a technician tells a device, done by real devices: a display program, a printer, a kiosk's page, a pad."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from hall_controller.devices.printers.fake_tcp import FakePrinter
from hall_controller.domain.facts import TicketIssued, TicketPrinted
from hall_controller.domain.refusals import Refusal, refuse
from hall_controller.equipment.orders import Orders, Wish
from hall_controller.equipment.roster import Roster
from hall_controller.equipment.seen import Equipment
from hall_controller.messages import DeviceReply, Text
from hall_controller.mqtt import Mqtt
from hall_controller.printing import PaperSettings, PrinterSettings, Printing
from tests.broker import RunningBroker
from tests.debian import needs_debian
from tests.hall_controller.equipment.watched import KIOSK, PAD, Watched
from tests.hall_controller.live_hall import TOPICS, LiveHall
from tests.mqtt_peers import Listener

pytestmark = needs_debian("mosquitto")

ROOT = Path(__file__).parents[3]
DISPLAY = """
[hall]
id = "small"
[mqtt]
host = "127.0.0.1"
port = {port}
[device]
id = "screen-1"
[[panel]]
id = "p1"
model = "console"
line = "file://{folder}/panel.txt"
counter = "1"
"""
KNOWN = (
    PAD,
    Equipment("screen-1", "screen", "hall-display"),
    Equipment("p1", "panel", "console", counter="1", gateway="screen-1"),
)


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[RunningBroker]:
    with RunningBroker(tmp_path) as running:
        yield running


@dataclass
class Ordered:
    """A hall that speaks MQTT, and who gives its orders."""

    hall: LiveHall
    roster: Roster
    orders: Orders
    mqtt: Mqtt

    async def until(self, device: str, state: str) -> None:
        """Wait until a device is so."""
        async with asyncio.timeout(15):
            while self.roster.look()[device].verdict.state != state:  # noqa: ASYNC110 - as a technician would
                await asyncio.sleep(0.02)


@asynccontextmanager
async def ordering(folder: Path, port: int) -> AsyncIterator[Ordered]:
    async with LiveHall(folder) as hall:
        for device in KNOWN:
            hall.devices.setdefault(device.id, device.counter)
            hall.health.devices.setdefault(device.id, "init")
        roster = Roster(KNOWN, hall.health, time.monotonic)
        mqtt = await hall.connect(port)
        mqtt.devices.on_said.append(roster.heard)
        yield Ordered(hall, roster, Orders(roster, lambda: hall.clock.now().at, mqtt=mqtt.devices), mqtt)


async def test_a_real_display_shows_its_panels_name_and_its_test_picture(
    broker: RunningBroker, tmp_path: Path
) -> None:
    settings = tmp_path / "display.toml"
    settings.write_text(DISPLAY.format(port=broker.port, folder=tmp_path), "utf-8")
    async with ordering(tmp_path, broker.port) as hall:
        display = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "displays", "run", str(settings)),
            cwd=ROOT,
            env={**os.environ, "SDL_VIDEODRIVER": "dummy"},
            stderr=subprocess.DEVNULL,
        )
        try:
            await hall.until("p1", "ready")
            assert hall.orders.possible(KNOWN[2]) == ("identify", "test")
            wishes: tuple[Wish, ...] = ("identify", "test")
            for wish in wishes:
                reply = await hall.orders.give("p1", wish)
                assert isinstance(reply, DeviceReply)
                assert reply.result == "ok"
                await written(tmp_path / "panel.txt", wish)
            assert await hall.orders.give("screen-1", "reboot") == refuse("order_not_possible")
        finally:
            display.terminate()
            await display.wait()
        await hall.until("screen-1", "lost")
        assert hall.roster.look()["p1"].verdict.cause == "screen-1"


async def written(path: Path, word: str) -> None:
    """Wait until a panel has shown that word."""
    async with asyncio.timeout(5):
        while word not in await asyncio.to_thread(path.read_text, "utf-8"):  # noqa: ASYNC110 - it tells nobody
            await asyncio.sleep(0.02)


async def test_an_order_reaches_the_device_with_a_name_and_an_end_and_is_not_kept(
    broker: RunningBroker, tmp_path: Path
) -> None:
    commands, replies = TOPICS.device("pad-1", "command"), TOPICS.device("pad-1", "reply")
    async with ordering(tmp_path, broker.port) as hall, Listener(broker.port, "pad-1", commands) as pad:
        given = asyncio.create_task(hall.orders.give("pad-1", "identify"))
        heard = await pad.until(commands, bool)
        assert heard.retain is False
        assert set(heard.said) == {"id", "command", "expires"}
        await pad.say(replies, {"id": "of another order", "result": "error"})
        await pad.say(replies, {"id": heard.said["id"], "result": "ok"})
        assert await given == DeviceReply(id=heard.said["id"], result="ok")


async def test_a_printer_prints_a_page_that_is_no_number(tmp_path: Path) -> None:
    with FakePrinter() as printer:
        async with LiveHall(tmp_path) as hall:
            nothing = Text(vi="", en="")
            settings = [PrinterSettings("printer-1", {"model": "escpos", "line": printer.line})]
            printing = Printing(settings, PaperSettings("", nothing), hall.controller, hall.health)
            running = asyncio.create_task(printing.run())
            device = Equipment("printer-1", "printer", "escpos", printer.line)
            orders = Orders(
                Roster([device], hall.health, time.monotonic), lambda: hall.clock.now().at, printers=printing
            )
            reply = await orders.give("printer-1", "test")
            assert isinstance(reply, DeviceReply)
            assert (reply.result, printer.tickets) == ("ok", 1)
            printer.take_out_paper()
            again = await orders.give("printer-1", "identify")
            assert isinstance(again, DeviceReply)
            assert again.result == "error"
            assert again.data["reason"]
            assert hall.facts(TicketIssued) == hall.facts(TicketPrinted) == [], "nobody got a number"
            running.cancel()
            await asyncio.wait({running})


async def test_an_order_to_a_page_waits_for_its_stream_and_not_for_tomorrow() -> None:
    hall = Watched(KIOSK)
    orders = Orders(hall.roster, lambda: hall.at)
    assert isinstance(await orders.give("kiosk-1", "identify"), Refusal)
    hall.roster.page_lives("kiosk-1")
    assert isinstance(await orders.give("kiosk-1", "identify"), DeviceReply)
    assert [command.command for command in orders.for_page("kiosk-1")] == ["identify"]
    assert orders.for_page("kiosk-1") == []
    await orders.give("kiosk-1", "test")
    hall.at += timedelta(seconds=11)
    assert orders.for_page("kiosk-1") == []


async def test_who_cannot_do_it_or_does_not_exist_is_refused_in_a_sentence() -> None:
    pad = Equipment("pad-2", "call-pad", "ascii_serial", "serial:///dev/ttyUSB0", "2")
    hall = Watched(pad, PAD)
    orders = Orders(hall.roster, lambda: hall.at)
    codes = []
    for device in ("nobody", "pad-2", "pad-1"):
        refused = await orders.give(device, "identify")
        assert isinstance(refused, Refusal)
        codes.append(refused.code)
    assert codes == ["unknown_device", "order_not_possible", "device_silent"]
    hall.introduces("pad-1", commands=["identify", "dance"])
    assert orders.possible(PAD) == ("identify",)
