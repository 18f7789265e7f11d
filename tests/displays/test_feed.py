"""A display on a real broker: its name, its last will, its answers, and what it does when the broker is killed."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from displays.app import together
from displays.config import DisplaySettings
from displays.feed import Feed
from displays.lines import Line
from displays.upkeep import Upkeep
from hall_controller.errors import ConfigError
from hall_controller.messages import DeviceCommand
from tests.debian import needs_debian
from tests.displays.boards import TOPICS, call, calls, counter, hall, ready, settings
from tests.displays.broker import Broker
from tests.displays.controller_on_air import OnAir, on_air
from tests.displays.kept_panels import ZONE

pytestmark = needs_debian("mosquitto")


@asynccontextmanager
async def listening(machine: DisplaySettings) -> AsyncIterator[Feed]:
    """A feed and the panels of this machine, running."""
    feed, stop = Feed(machine), asyncio.Event()
    lines = {panel.line: Line(panel.line) for panel in machine.panels}
    upkeeps = [Upkeep(panel, lines[panel.line], feed, TOPICS, ZONE) for panel in machine.panels]
    task = asyncio.create_task(together([feed.run(), *(upkeep.run() for upkeep in upkeeps)], stop))
    try:
        yield feed
    finally:
        stop.set()
        await task
        for line in lines.values():
            await line.close()


async def until(feed: Feed, holds: Callable[[], bool], within_s: float = 15.0) -> None:
    changed = feed.watch()
    async with asyncio.timeout(within_s):
        while not holds():
            changed.clear()
            await changed.wait()


async def opening_of_the_day(controller: OnAir, rev: int = 1) -> None:
    now = datetime.now(UTC)
    await controller.tell(
        (TOPICS.controller_state, ready(now)),
        (TOPICS.hall_board, hall().model_copy(update={"rev": rev})),
        (TOPICS.display("5"), counter(rev, "calling", f"A{rev:03}", since=now)),
        (TOPICS.calls, calls(rev, call(f"A{rev:03}", "5", now))),
    )


def command(**fields: object) -> str:
    soon = datetime.now(UTC) + timedelta(seconds=10)
    told = {"id": "c1", "command": "identify", "expires": soon, **fields}
    return DeviceCommand.model_validate(told).model_dump_json()


async def test_a_display_introduces_itself_and_learns_what_the_broker_kept(broker: Broker) -> None:
    async with on_air(broker.port) as controller:
        await opening_of_the_day(controller)
        async with listening(settings(broker.port)) as feed:
            await controller.hears("state", '"ready"')
            info = json.loads(await controller.hears("info", "screen"))
            await until(feed, lambda: feed.newest.calls is not None)
            assert feed.newest.counters["5"].ticket == "A001"
            assert feed.stale_since() is None
        assert info["type"] == "screen"


@pytest.mark.alone
async def test_a_display_that_dies_is_told_to_be_lost(broker: Broker) -> None:
    async with on_air(broker.port) as controller, listening(settings(broker.port)) as feed:
        await controller.hears("state", '"ready"')
        async with on_air(broker.port, "screen-1"):  # the broker cuts the old session of this name
            await controller.hears("state", '"lost"')
        await until(feed, lambda: feed.connections > 1)
        await controller.last_hears("state", '"ready"', within_s=2)


@pytest.mark.alone
async def test_an_old_sessions_last_will_is_answered_at_once(broker: Broker) -> None:
    async with on_air(broker.port) as controller, listening(settings(broker.port)):
        await controller.hears("state", '"ready"')
        controller.heard.clear()
        await controller.send(TOPICS.device("screen-1", "state"), '{"state":"lost","boot":1}', retain=True)
        await controller.hears("state", '"ready"', within_s=2)


@pytest.mark.alone
async def test_a_killed_broker_that_comes_back_empty_is_right_within_two_seconds(
    broker: Broker, tmp_path: Path
) -> None:
    path = tmp_path / "panel.txt"
    table = {"id": "p5", "model": "console", "counter": "5", "line": f"file://{path}"}
    async with listening(settings(broker.port, panel=[table])) as feed:
        async with on_air(broker.port) as controller:
            await opening_of_the_day(controller, 1)
            await until(feed, lambda: "5" in feed.newest.counters)
        broker.kill()
        await until(feed, lambda: not feed.silence.connected)
        await asyncio.sleep(2.5)  # long enough for the display to have slowed its retries down
        assert feed.stale_since() is not None
        broker.start()
        back_s = time.monotonic()
        async with on_air(broker.port) as controller:
            await opening_of_the_day(controller, 2)
            while "A002" not in path.read_text("utf-8") or feed.stale_since() is not None:
                await asyncio.sleep(0.01)  # what counts is the panel's file, which wakes nobody
                assert time.monotonic() - back_s < 2
            await controller.hears("status", '"rev":2', within_s=2)


@pytest.mark.alone
async def test_what_is_shown_is_told_at_most_twice_a_second(broker: Broker, tmp_path: Path) -> None:
    table = {"id": "p5", "model": "console", "counter": "5", "line": f"file://{tmp_path}/panel.txt"}
    async with on_air(broker.port) as controller:
        async with listening(settings(broker.port, panel=[table], screen=[])):
            await controller.hears("state", '"ready"')
            began_s = time.monotonic()
            for rev in range(1, 60):
                await controller.tell((TOPICS.display("5"), counter(rev, "serving", f"A{rev:03}")))
                await asyncio.sleep(0.01)
            await controller.hears("status", '"rev":59')
            lasted_s = time.monotonic() - began_s
        assert len(controller.on("status")) <= 2 + 2 * lasted_s


async def test_a_technicians_command_is_answered(broker: Broker) -> None:
    async with on_air(broker.port) as controller, listening(settings(broker.port)) as feed:
        await controller.hears("state", '"ready"')
        await controller.send(TOPICS.device("screen-1", "command"), command())
        reply = json.loads(await controller.hears("reply", "c1"))
        assert (reply["result"], feed.orders.wanted(time.monotonic())) == ("ok", "identify")
        await controller.send(TOPICS.device("screen-1", "command"), command())
        await controller.hears("reply", "duplicate")


async def test_a_command_that_the_broker_kept_is_never_obeyed(broker: Broker) -> None:
    async with on_air(broker.port) as controller:
        await controller.send(TOPICS.device("screen-1", "command"), command(id="old"), retain=True)
        async with listening(settings(broker.port)) as feed:
            await controller.hears("state", '"ready"')
            await controller.send(TOPICS.device("screen-1", "command"), command(id="new", command="test"))
            await controller.hears("reply", "new")
            assert not [reply for reply in controller.on("reply") if "old" in reply]
            assert feed.orders.wanted(time.monotonic()) == "test"


async def test_garbage_through_the_broker_is_dropped_counted_and_visible(broker: Broker) -> None:
    async with on_air(broker.port) as controller, listening(settings(broker.port)) as feed:
        await controller.tell((TOPICS.calls, calls(1)))
        await until(feed, lambda: feed.newest.calls is not None)  # the display listens to calls last
        for garbage in (b"\xff\x00", b"{}", b"[]", b'{"epoch":"x"}', b"x" * 20_000):
            await controller.send(TOPICS.display("5"), garbage)
        await controller.send(TOPICS.device("screen-1", "command"), b"\xff")
        await controller.tell((TOPICS.display("5"), counter(1, "open")))
        await until(feed, lambda: "5" in feed.newest.counters)
        assert feed.newest.taken["malformed"] == 5
        await controller.hears("status", '"malformed":5')


async def test_a_second_look_leaves_the_running_display_alone(broker: Broker) -> None:
    async with on_air(broker.port) as controller, listening(settings(broker.port)) as running:
        await controller.hears("state", '"ready"')
        look = Feed(settings(broker.port), speak=False)
        task = asyncio.create_task(look.run())
        await opening_of_the_day(controller)
        await until(look, lambda: look.newest.calls is not None)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await look.say_goodbye()
        assert running.connections == 1
        assert len(controller.on("state")) == 1


async def test_a_machine_that_is_stopped_says_goodbye(broker: Broker) -> None:
    async with on_air(broker.port) as controller:
        feed = Feed(settings(broker.port))
        await feed.say_goodbye()
        await controller.hears("state", '"disconnected"')


async def test_a_broker_that_takes_connections_but_never_answers_sees_one_at_a_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("displays.feed.CONNECT_TIMEOUT_S", 0.2)
    tries: asyncio.Queue[None] = asyncio.Queue()
    held: set[asyncio.StreamWriter] = set()

    async def hold(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        held.add(writer)
        assert len(held) <= 2, "the last one may not have been closed yet"
        tries.put_nowait(None)
        while await reader.read(100):
            pass
        held.discard(writer)
        writer.close()

    stopped = await asyncio.start_server(hold, "127.0.0.1", 0)
    async with stopped, listening(settings(stopped.sockets[0].getsockname()[1])) as feed:
        for _ in range(4):
            await asyncio.wait_for(tries.get(), 15)
        assert not feed.silence.connected
    assert len(held) <= 1


async def test_a_display_that_is_told_to_stop_stops_whatever_it_is_doing(broker: Broker) -> None:
    for wait_ms in range(0, 60, 5):
        async with asyncio.timeout(5), listening(settings(broker.port)):
            await asyncio.sleep(
                wait_ms / 1000
            )  # the moment differs: connecting, subscribing, publishing, listening


async def test_a_broker_that_is_told_to_speak_3_1_1_is_heard_as_well(broker: Broker) -> None:
    table = {"host": "127.0.0.1", "port": broker.port, "protocol": "3.1.1"}
    async with on_air(broker.port) as controller:
        await opening_of_the_day(controller)
        async with listening(settings(mqtt=table)) as feed:
            await until(feed, lambda: feed.newest.calls is not None)


async def test_a_broker_that_knows_only_3_1_1_is_heard_after_one_failed_attempt(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("displays.feed.CONNECT_TIMEOUT_S", 0.5)
    versions: list[int] = []

    async def old(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """As much of an MQTT 3.1.1 broker as a connection needs: it accepts, subscribes and acknowledges."""
        while head := await reader.read(1):
            body = await reader.readexactly((await reader.readexactly(1))[0])
            match head[0] >> 4:
                case 1:
                    versions.append(body[6])
                    writer.write(b"\x20\x02\x00\x00" if body[6] == 4 else b"")
                case 8:
                    writer.write(b"\x90\x03" + body[:2] + b"\x01")
                case 3 if head[0] & 6:
                    place = 2 + int.from_bytes(body[:2], "big")
                    writer.write(b"\x40\x02" + body[place : place + 2])
        writer.close()

    server = await asyncio.start_server(old, "127.0.0.1", 0)
    async with server, listening(settings(server.sockets[0].getsockname()[1])) as feed:
        await until(feed, lambda: feed.connections > 0)
    assert versions[:2] == [5, 4]


def test_a_password_that_is_not_there_is_told(tmp_path: Path) -> None:
    table = {"host": "127.0.0.1", "password_file": str(tmp_path / "secret")}
    with pytest.raises(ConfigError, match="put the device's secret there"):
        Feed(settings(mqtt=table))
