"""A panel is kept equal to its counter's board: through noise, silence, refusals and a power cut."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from displays import app
from hall_controller.messages import DeviceCommand
from tests.displays.boards import TOPICS, counter, ready, settings
from tests.displays.kept_panels import kept, tell, until_told
from tests.displays.led_panel import LedPanel, led_panel
from tests.free_port import free_port

CALLING, SERVING = counter(1, "calling", "A012"), counter(1, "serving", "A012")


def panel_table(panel: LedPanel, address: int, **own: object) -> dict[str, object]:
    place = {"id": f"p{address}", "counter": str(address), "line": f"serial://{panel.device}"}
    return {"model": "rs485_ascii", "address": address, "blink_s": 0.3, **place, **own}


async def seen(panel: LedPanel, text: str, count: int = 1) -> object:
    return await asyncio.to_thread(panel.wait_for, text, count=count)


@pytest.mark.alone
async def test_a_call_blinks_and_then_stands_steady() -> None:
    with led_panel(7) as panel:
        async with kept(panel_table(panel, 7)) as feed:
            tell(feed, "7", counter(2, "calling", "A012", since=datetime.now(UTC)))
            await seen(panel, "A012", 2)
    first, second = (frame for frame in panel.shown if frame.text == "A012")
    assert (first.blinks, second.blinks) == (True, False)
    assert 0.2 < second.at_s - first.at_s < 1.5


async def test_a_call_made_before_the_machine_started_does_not_blink() -> None:
    with led_panel(7) as panel:
        long_ago = datetime.now(UTC) - timedelta(minutes=1)
        async with kept(panel_table(panel, 7)) as feed:
            tell(feed, "7", counter(2, "calling", "A012", since=long_ago))
            await seen(panel, "A012")
    assert not panel.shown[-1].blinks


async def test_a_second_call_of_the_same_number_blinks_again() -> None:
    with led_panel(7) as panel:
        async with kept(panel_table(panel, 7)) as feed:
            tell(feed, "7", counter(2, "calling", "A012", since=datetime.now(UTC)))
            await seen(panel, "A012", 2)
            tell(feed, "7", counter(3, "calling", "A012", call=2, since=datetime.now(UTC)))
            await seen(panel, "A012", 4)
    assert [frame.blinks for frame in panel.shown if frame.text == "A012"] == [True, False, True, False]


async def test_refusals_and_silence_are_tried_again_until_the_panel_shows_it() -> None:
    with led_panel(7) as panel:
        panel.refuse, panel.mute = 2, 1
        async with kept(panel_table(panel, 7)) as feed:
            tell(feed, "7", counter(2, "serving", "A012"))
            await seen(panel, "A012")
            await asyncio.wait_for(until_told(feed, '"p7":"ok"'), 15)
    assert panel.damaged == 0


async def test_a_panel_that_does_not_answer_is_told_to_the_hall() -> None:
    with led_panel(9) as panel:
        async with kept(panel_table(panel, 7)) as feed:
            tell(feed, "7", counter(2, "serving", "A012"))
            status = await asyncio.wait_for(until_told(feed, "no answer within"), 5)
    assert '"shown":null' in status


async def test_two_panels_share_a_line_and_each_shows_its_own_counter() -> None:
    with led_panel(7, 8) as panel:
        panel.noise = b"\x00\x7f\x02"
        async with kept(panel_table(panel, 7), panel_table(panel, 8)) as feed:
            tell(feed, "7", counter(2, "serving", "A012"))
            tell(feed, "8", counter(3, "serving", "B047"))
            await seen(panel, "A012")
            await seen(panel, "B047")
            await asyncio.wait_for(until_told(feed, '"rev":3'), 15)
    assert {(frame.address, frame.text) for frame in panel.shown[-2:]} >= {(8, "B047")}
    assert all(frame.address == 7 for frame in panel.shown if frame.text == "A012")
    assert panel.damaged == 0


async def test_a_panel_that_was_off_is_told_again_what_it_shows() -> None:
    with led_panel(7) as panel:
        async with kept(panel_table(panel, 7, refresh_s=0.2)) as feed:
            tell(feed, "7", counter(2, "serving", "A012"))
            await seen(panel, "A012", 3)


async def test_only_the_newest_board_is_shown_when_many_come_at_once() -> None:
    with led_panel(7) as panel:
        async with kept(panel_table(panel, 7)) as feed:
            for rev in range(2, 60):
                tell(feed, "7", counter(rev, "serving", f"A{rev:03}"))
            await seen(panel, "A059")
    assert len(panel.shown) < 5


async def test_silence_lights_the_point_and_the_next_word_clears_it() -> None:
    with led_panel(7) as panel:
        async with kept(panel_table(panel, 7)) as feed:
            tell(feed, "7", counter(2, "serving", "A012"))
            await seen(panel, "A012")
            feed.take(TOPICS.controller_state, lost(), retained=False)
            await seen(panel, "A012", 2)
            feed.take(
                TOPICS.controller_state, ready(datetime.now(UTC)).model_dump_json().encode(), retained=False
            )
            await seen(panel, "A012", 3)
    assert [frame.point for frame in panel.shown if frame.text == "A012"] == [False, True, False]


def lost() -> bytes:
    return ready(datetime.now(UTC), state="lost").model_dump_json().encode()


async def test_a_technician_finds_the_panel_by_its_name_and_then_the_board_returns() -> None:
    with led_panel(7) as panel:
        async with kept(panel_table(panel, 7)) as feed:
            tell(feed, "7", counter(2, "serving", "A012"))
            await seen(panel, "A012")
            soon = datetime.now(UTC) + timedelta(seconds=10)
            command = DeviceCommand(id="c1", command="identify", expires=soon).model_dump_json().encode()
            at_s = asyncio.get_running_loop().time()
            feed.orders.take(command, now=feed.now(), at_s=at_s - 4.5)
            tell(feed, "9", counter(3, "open"))
            await seen(panel, "ID07")
            await seen(panel, "A012", 2)


async def test_after_a_long_silence_an_old_number_is_taken_away() -> None:
    with led_panel(7) as panel:
        async with kept(panel_table(panel, 7, keep_number_s=2.3)) as feed:
            tell(feed, "7", counter(2, "serving", "A012"))
            await seen(panel, "A012")
            feed.take(TOPICS.controller_state, lost(), retained=False)
            await seen(panel, "A012", 2)
            await seen(panel, "----", 2 if panel.shown[0].text == "----" else 1)
    assert panel.shown[-1].text == "----"
    assert panel.shown[-1].point


async def test_when_the_display_program_stops_the_numbers_are_marked_as_old() -> None:
    with led_panel(7, 8) as panel:
        tables = [panel_table(panel, address) for address in (7, 8)]
        machine = settings(panel=tables, screen=[], port=free_port())
        running = asyncio.create_task(app.run(machine))
        await seen(panel, "----", 2)
        os.kill(os.getpid(), signal.SIGTERM)
        await asyncio.wait_for(running, 15)
    assert {(frame.address, frame.point) for frame in panel.shown[-2:]} == {(7, True), (8, True)}


@pytest.mark.alone
async def test_a_dead_panel_is_not_told_goodbye_for_long() -> None:
    with led_panel(7) as panel:
        async with kept(panel_table(panel, 9), panel_table(panel, 7)) as feed:
            await asyncio.wait_for(until_told(feed, "no answer within"), 5)
            began_s = time.monotonic()
    assert time.monotonic() - began_s < 1


async def test_the_called_number_goes_before_refreshes_of_the_others() -> None:
    addresses = tuple(range(1, 17))
    with led_panel(*addresses) as panel:
        panel.gap_ms = 2  # 14 ms for each answer: a round of refreshes takes a quarter of a second
        tables = [panel_table(panel, address, refresh_s=0.05) for address in addresses]
        async with kept(*tables) as feed:
            await asyncio.wait_for(until_told(feed, '"p16":"ok"'), 10)
            before = len(panel.shown)
            tell(feed, "9", counter(2, "serving", "A012"))
            await seen(panel, "A012")
            between = [frame.text for frame in panel.shown[before:]].index("A012")
    assert between <= 2, "one frame was under way, and one may have been answered meanwhile"


async def test_the_console_panel_writes_a_line_per_change_and_none_for_a_repetition(tmp_path: Path) -> None:
    path = tmp_path / "panel.txt"
    table: dict[str, object] = {"id": "p5", "model": "console", "counter": "5", "line": f"file://{path}"}
    async with kept(table) as feed:
        for rev, board in enumerate((CALLING, CALLING, SERVING), 2):
            tell(feed, "5", board.model_copy(update={"rev": rev}))
            await asyncio.wait_for(until_told(feed, f'"rev":{rev}'), 5)
    lines = [line.split("  ", 1)[1] for line in path.read_text("utf-8").splitlines()]
    assert lines[-2:] == ["Quầy 5  A012  calling 1", "Quầy 5  A012  serving"]
    assert len(lines) <= 3
