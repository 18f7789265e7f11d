"""A hall screen at work: paints when something changed, never for nothing, and shows every call."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from itertools import groupby
from pathlib import Path

import pytest
from PIL import Image

from displays.feed import Feed
from displays.screens.screen import Screen
from displays.screens.view import View
from hall_controller.messages import DeviceCommand, Payload
from tests.displays.boards import TOPICS, call, calls, hall, ready, settings


class Watched(Screen):
    """A screen that keeps what it painted."""

    def __init__(self, feed: Feed, **table: object) -> None:
        shape = {"id": "big", "width": 640, "height": 480, "window": "none", "flash": False, **table}
        machine = settings(screen=[shape])
        super().__init__(machine.screens[0], machine.hall, feed)
        self.feed = feed
        self.pages: list[View] = []
        self._new = asyncio.Event()

    def view(self) -> View:
        page = super().view()
        if not self.pages or self.pages[-1] != page:
            self.pages.append(page)
            self._new.set()
        return page

    async def until(self, holds: Callable[[View], bool], within_s: float = 15.0) -> View:
        """The first page, painted or to come, for which this holds."""
        async with asyncio.timeout(within_s):
            while True:
                for page in self.pages:
                    if holds(page):
                        return page
                self._new.clear()
                await self._new.wait()

    def tell(self, topic: str, board: Payload, *, retained: bool = False) -> None:
        self.feed.take(topic, board.model_dump_json().encode(), retained=retained)


@asynccontextmanager
async def working(**table: object) -> AsyncIterator[Watched]:
    feed = Feed(settings())
    feed.connections = 1
    feed.silence.connect()
    screen = Watched(feed, **table)
    screen.tell(TOPICS.controller_state, ready(datetime.now(UTC)))
    screen.tell(TOPICS.hall_board, hall())
    task = asyncio.create_task(screen.run())
    try:
        yield screen
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


def is_large(ticket: str) -> Callable[[View], bool]:
    return lambda page: page.hero.now and page.hero.title == ticket


async def test_four_counters_calling_at_once_are_all_large_and_all_in_the_rows(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, seconds in (("SHORTEST_S", 0.3), ("LONGEST_S", 0.6), ("BURST_S", 1.2)):
        monkeypatch.setattr(f"displays.screens.highlights.{name}", seconds)
    async with working() as screen:
        screen.tell(TOPICS.calls, calls(1))
        await screen.until(lambda page: page.hall != "")
        now = datetime.now(UTC)
        board = [
            call(f"A00{index}", str(index), now + timedelta(milliseconds=30 * index)) for index in range(4)
        ]
        for count in range(1, 5):
            screen.tell(TOPICS.calls, calls(1 + count, *reversed(board[:count])))
            await asyncio.sleep(0)
        first = await screen.until(is_large("A000"))
        assert not first.stale
        await screen.until(lambda page: len(page.rows) == 4 and page.hero.title == "A000")
        for index in range(1, 4):
            await screen.until(is_large(f"A00{index}"), within_s=10)
    order = [page.hero.title for page in screen.pages if page.hero.now]
    assert list(dict.fromkeys(order)) == ["A000", "A001", "A002", "A003"]


async def test_nothing_is_painted_while_nothing_changes() -> None:
    async with working() as screen:
        old = datetime.now(UTC) - timedelta(minutes=1)
        screen.tell(TOPICS.calls, calls(1, call("A012", "5", old)))
        await screen.until(lambda page: len(page.rows) == 1)
        await asyncio.wait_for(shown(screen, 1), 15)
        before = screen.paints
        for rev in range(2, 30):
            screen.tell(TOPICS.calls, calls(rev, call("A012", "5", old)))
            await asyncio.wait_for(shown(screen, rev), 15)
        assert screen.paints <= before + 1, "28 repeated boards and at most the minute of the clock"


async def shown(screen: Watched, rev: int) -> None:
    """Wait until the machine says that the screen shows this number."""
    while f'"rev":{rev}' not in screen.feed.told.status():
        screen.feed.told.changed.clear()
        await screen.feed.told.changed.wait()


async def test_calls_from_before_the_start_are_not_announced_again() -> None:
    async with working() as screen:
        old = datetime.now(UTC) - timedelta(minutes=1)
        screen.tell(TOPICS.calls, calls(1, call("A012", "5", old)), retained=True)
        page = await screen.until(lambda page: len(page.rows) == 1)
        assert (page.hero.title, page.hero.now) == ("A012", False)


async def test_after_a_lost_connection_only_fresh_calls_are_announced() -> None:
    async with working() as screen:
        screen.tell(TOPICS.calls, calls(1))
        await asyncio.wait_for(shown(screen, 1), 15)
        screen.feed.connections = 2
        now = datetime.now(UTC)
        fresh, missed = call("A013", "5", now), call("A012", "7", now - timedelta(minutes=2))
        screen.tell(TOPICS.calls, calls(2, fresh, missed), retained=True)
        page = await screen.until(is_large("A013"))
        assert [row.ticket for row in page.rows] == ["A013", "A012"]
    assert not any(is_large("A012")(page) for page in screen.pages)


@pytest.mark.alone
async def test_the_accent_goes_on_and_off_slowly_and_then_stays() -> None:
    async with working(flash=True) as screen:
        screen.tell(TOPICS.calls, calls(1, call("A012", "5", datetime.now(UTC))))
        await screen.until(is_large("A012"))
        await asyncio.sleep(1.8)  # the flashing lasts one and a half seconds
    lit = [lit for lit, _ in groupby(page.hero.lit for page in screen.pages if page.hero.now)]
    assert lit == [True, False, True, False, True, False, True][: len(lit)]
    assert lit[-1]
    assert 5 <= len(lit) <= 7


async def test_the_screen_follows_the_training_clock() -> None:
    async with working() as screen:
        lesson = datetime(2022, 3, 1, 1, 30, tzinfo=UTC)
        screen.tell(TOPICS.controller_state, ready(lesson, training=True))
        page = await screen.until(lambda page: page.training)
        assert (page.date, page.time) == ("Thứ Ba, 01/03/2022", "08:30")


async def test_silence_is_told_after_its_grace_and_ends_with_the_first_word() -> None:
    async with working() as screen:
        screen.tell(TOPICS.controller_state, ready(datetime.now(UTC), state="lost"))
        await screen.until(lambda page: page.stale != "")
        screen.pages.clear()
        screen.tell(TOPICS.controller_state, ready(datetime.now(UTC)))
        await screen.until(lambda page: page.stale == "")


async def test_a_technician_sees_which_screen_this_is() -> None:
    async with working() as screen:
        soon = datetime.now(UTC) + timedelta(seconds=10)
        command = DeviceCommand(id="c1", command="identify", expires=soon).model_dump_json().encode()
        at_s = asyncio.get_running_loop().time()
        screen.feed.orders.take(command, now=screen.feed.now(), at_s=at_s)
        screen.tell(TOPICS.calls, calls(1))
        page = await screen.until(lambda page: page.hero.title == "big")
        assert page.hero.detail == "640 x 480"


async def test_a_picture_of_the_screen_is_kept_on_every_change(tmp_path: Path) -> None:
    path = tmp_path / "screen.png"
    async with working(picture=str(path)) as screen:
        screen.tell(TOPICS.calls, calls(1))
        await asyncio.wait_for(shown(screen, 1), 15)
        before = path.read_bytes()
        screen.tell(TOPICS.calls, calls(2, call("A012", "5", datetime.now(UTC))))
        await asyncio.wait_for(shown(screen, 2), 15)
    assert path.read_bytes() != before
    with Image.open(path) as picture:
        assert picture.size == (640, 480)


async def test_a_picture_that_cannot_be_kept_does_not_stop_the_screen(
    capsys: pytest.CaptureFixture[str],
) -> None:
    async with working(picture="/proc/no/screen.png") as screen:
        screen.tell(TOPICS.calls, calls(1, call("A012", "5", datetime.now(UTC))))
        await asyncio.wait_for(shown(screen, 1), 15)
    assert "cannot be written" in capsys.readouterr().out


async def test_an_unknown_time_zone_of_the_hall_leaves_the_settings_one() -> None:
    async with working() as screen:
        screen.tell(TOPICS.hall_board, hall(timezone="Nowhere/Land").model_copy(update={"rev": 2}))
        page = await screen.until(lambda page: page.hall != "")
        assert page.time == (datetime.now(UTC) + timedelta(hours=7)).strftime("%H:%M")


async def test_a_picture_comes_in_a_quiet_hour_and_goes_with_the_next_call(tmp_path: Path) -> None:
    folder, kept = tmp_path / "slides", tmp_path / "screen.png"
    folder.mkdir()
    Image.new("RGB", (800, 600), (10, 200, 30)).save(folder / "spring.jpg")
    slides = {"folder": str(folder), "after_s": 0, "each_s": 300}
    async with working(picture=str(kept), slides=slides) as screen:
        screen.tell(TOPICS.calls, calls(1))
        async with asyncio.timeout(15):
            while not kept.exists() or not is_green(kept):  # noqa: ASYNC110 - a file tells nobody that it changed
                await asyncio.sleep(0.02)
        screen.tell(TOPICS.calls, calls(2, call("A012", "5", datetime.now(UTC))))
        await asyncio.wait_for(shown(screen, 2), 15)
        assert not is_green(kept)


def is_green(file: Path) -> bool:
    """Whether the picture stands in the middle of the large field."""
    with Image.open(file) as picture:
        red, green, _ = picture.convert("RGB").getpixel((320, 200))  # type: ignore[misc]
    return bool(green > 150 > red)
