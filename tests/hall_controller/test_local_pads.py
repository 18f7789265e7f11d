"""Pads wired to the controller: what a press over a real pseudo terminal does, and what the pad is told."""

from __future__ import annotations

import asyncio
import os
import random
import sqlite3
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from hall_controller.devices.pads import Heard, console
from hall_controller.devices.pads.ascii_serial import Driver
from hall_controller.domain import facts as f
from hall_controller.domain.commands import CallNext, Complete, OpenCounter
from hall_controller.messages import Key, KeyPress, ScorePress
from hall_controller.pad_settings import PadSettings
from tests.hall_controller.live_hall import LiveHall
from tests.hall_controller.wired_pad import Cable, until, wired

GREEN, RED = "+", "-"
INVITES, DARK = "*", "."
ANSWER_BYTES = 10
PROMPT_S = 5.0
"""A line that comes back is heard again within five seconds."""


def pressed(address: int, key: Key, seq: int, *, repeated: bool = False) -> bytes:
    return Driver(address=address).sent(Heard(KeyPress(boot=0, seq=0, key=key), seq, repeated=repeated))


async def light(cable: Cable) -> tuple[int, str, int]:
    """The next answer on the line: to which address, green or red, for which press."""
    frame = (await cable.light(ANSWER_BYTES)).decode("ascii")
    return int(frame[1:3]), frame[3], int(frame[4])


def at_counter(counter: str, cable: Cable) -> PadSettings:
    """The pad of a counter; its address is the counter's number."""
    return PadSettings(f"pad-{counter}", "ascii_serial", cable.line, counter, {"address": int(counter)})


def typed_at(counter: str, line: str, type_: str = "pad", **settings: object) -> PadSettings:
    """A pad that understands words."""
    return PadSettings(f"{type_}-{counter}", "console", line, counter, settings)


def called(hall: LiveHall) -> list[tuple[str, str]]:
    """Who was called where, in order."""
    facts = (record.fact for record in hall.records())
    return [(fact.ticket, fact.counter) for fact in facts if isinstance(fact, f.TicketCalled)]


@pytest.fixture
def cable(tmp_path: Path) -> Iterator[Cable]:
    cable = Cable(tmp_path / "desk")
    cable.plug()
    yield cable
    cable.close()


@pytest.fixture
async def hall(tmp_path: Path) -> AsyncIterator[LiveHall]:
    """Two open counters, and visitors who wait."""
    async with LiveHall(tmp_path) as hall:
        for counter in hall.catalogue.counters:
            await hall.do(OpenCounter(counter))
        await hall.take(15)
        yield hall


async def test_a_press_calls_a_visitor_and_the_light_goes_green(hall: LiveHall, cable: Cable) -> None:
    async with wired(hall, at_counter("1", cable)) as wiring:
        await until(lambda: wiring.is_("pad-1", "ready"))
        cable.send(pressed(1, "next", 1))
        assert await light(cable) == (1, GREEN, 1)
        assert called(hall) == [("A001", "1")]
        cable.send(pressed(1, "open", 2))
        assert await light(cable) == (1, RED, 2)


async def test_a_press_that_is_repeated_is_answered_again_and_done_once(hall: LiveHall, cable: Cable) -> None:
    async with wired(hall, at_counter("1", cable)) as wiring:
        await until(lambda: wiring.is_("pad-1", "ready"))
        for repeated in (False, True, True, False):
            cable.send(pressed(1, "next", 1, repeated=repeated))
            assert await light(cable) == (1, GREEN, 1)
        cable.send(pressed(1, "next", 2, repeated=True))
        assert await light(cable) == (1, GREEN, 2)
        assert called(hall) == [("A001", "1"), ("A002", "1")]


async def test_a_number_that_comes_round_again_is_another_press(hall: LiveHall, cable: Cable) -> None:
    async with wired(hall, at_counter("1", cable)) as wiring:
        await until(lambda: wiring.is_("pad-1", "ready"))
        for seq in (*range(1, 10), 0, 1):
            cable.send(pressed(1, "next", seq))
            assert await light(cable) == (1, GREEN, seq)
        wiring.clock.now_s += 80.0  # ten presses that nobody heard
        cable.send(pressed(1, "next", 1))
        assert await light(cable) == (1, GREEN, 1)
        assert [ticket for ticket, _ in called(hall)] == [f"A{number:03}" for number in range(1, 13)]


async def test_a_press_that_an_earlier_controller_may_have_done_is_not_done_again(
    hall: LiveHall, cable: Cable
) -> None:
    async with wired(hall, at_counter("1", cable)) as wiring:
        await until(lambda: wiring.is_("pad-1", "ready"))
        for _ in range(2):
            cable.send(pressed(1, "next", 7, repeated=True))
            assert await light(cable) == (1, RED, 7)
        cable.send(pressed(1, "next", 8))
        assert await light(cable) == (1, GREEN, 8)
        assert called(hall) == [("A001", "1")]


async def test_a_pad_that_is_switched_on_says_so_and_begins_anew(hall: LiveHall, cable: Cable) -> None:
    hello = Driver(address=1).sent(Heard(None, 0))
    async with wired(hall, at_counter("1", cable)) as wiring:
        await until(lambda: wiring.is_("pad-1", "ready"))
        for _ in range(2):
            cable.send(hello)
            assert await light(cable) == (1, GREEN, 0)
            cable.send(pressed(1, "next", 1))
            assert await light(cable) == (1, GREEN, 1)
        assert called(hall) == [("A001", "1"), ("A002", "1")]


async def test_after_a_restart_presses_are_new_although_pads_count_from_one_again(
    hall: LiveHall, cable: Cable
) -> None:
    for number in (1, 2):
        async with wired(hall, at_counter("1", cable)) as wiring:
            await until(lambda wiring=wiring: wiring.is_("pad-1", "ready"))  # type: ignore[misc]
            cable.send(pressed(1, "next", 1))
            assert await light(cable) == (1, GREEN, 1)
        assert len(called(hall)) == number
    causes = [record.cause for record in hall.records() if record.cause]
    assert len({cause.rsplit("/", 1)[0] for cause in causes}) == 2


async def test_two_pads_share_a_line_and_each_calls_to_its_own_counter(hall: LiveHall, cable: Cable) -> None:
    async with wired(hall, at_counter("1", cable), at_counter("2", cable)) as wiring:
        await until(lambda: wiring.is_("pad-2", "ready"))
        cable.send(pressed(1, "next", 1) + pressed(2, "next", 1) + pressed(3, "next", 1))
        assert sorted([await light(cable), await light(cable)]) == [(1, GREEN, 1), (2, GREEN, 1)]
        assert called(hall) == [("A001", "1"), ("A002", "2")]


async def test_noise_on_the_line_presses_nothing_and_the_next_press_is_heard(
    hall: LiveHall, cable: Cable
) -> None:
    noise = random.Random(24)
    async with wired(hall, at_counter("1", cable)) as wiring:
        await until(lambda: wiring.is_("pad-1", "ready"))
        for seq in range(1, 6):
            frame = bytearray(pressed(1, "next", seq))
            frame[noise.randrange(len(frame))] ^= 1 << noise.randrange(8)
            cable.send(noise.randbytes(40) + bytes(frame) + frame[:4])
            cable.send(pressed(1, "recall", seq))
            assert await light(cable) == (1, RED, seq)
        assert cable.dark()
        assert called(hall) == []


async def test_a_frame_whose_end_comes_much_later_is_no_press(hall: LiveHall, cable: Cable) -> None:
    frame = pressed(1, "next", 1)
    async with wired(hall, at_counter("1", cable)) as wiring:
        await until(lambda: wiring.is_("pad-1", "ready"))
        looks = wiring.clock.looks
        cable.send(frame[:6])
        await until(lambda: wiring.clock.looks > looks)
        wiring.clock.now_s += 3600
        cable.send(frame[6:])
        cable.send(pressed(1, "recall", 2))
        assert await light(cable) == (1, RED, 2)
        assert called(hall) == []


@pytest.mark.alone
async def test_a_line_that_is_pulled_out_and_put_back_is_heard_again_within_five_seconds(
    hall: LiveHall, cable: Cable
) -> None:
    async with wired(hall, at_counter("1", cable)) as wiring:
        await until(lambda: wiring.is_("pad-1", "ready"))
        cable.unplug()
        await until(lambda: wiring.is_("pad-1", "lost"))
        assert list(wiring.health.alerts) == ["device-pad-1"]
        cable.plug()
        began_s = time.monotonic()
        await until(lambda: wiring.is_("pad-1", "ready"))
        cable.send(pressed(1, "next", 1))
        assert await light(cable) == (1, GREEN, 1)
        assert time.monotonic() - began_s < PROMPT_S
        assert wiring.health.alerts == {}
        assert called(hall) == [("A001", "1")]


async def test_a_line_that_is_away_is_told_once_in_both_languages_and_concerns_nobody_else(
    hall: LiveHall, cable: Cable, tmp_path: Path
) -> None:
    away = replace(at_counter("2", cable), line=f"serial://{tmp_path}/nothing-there")
    told: list[str] = []
    async with wired(hall, at_counter("1", cable), away) as wiring:
        wiring.health.on_alert.append(lambda code, _: told.append(code))
        await until(lambda: wiring.is_("pad-1", "ready") and wiring.is_("pad-2", "lost"))
        await until(lambda: wiring.health.times["pad-2"] >= 2)
        assert told == ["device-pad-2"]
        alert = wiring.health.alerts["device-pad-2"]
        assert "Không nghe được pad-2" in alert.text.vi
        assert "not plugged in" in alert.text.en
        cable.send(pressed(1, "next", 1))
        assert await light(cable) == (1, GREEN, 1)


async def test_a_line_that_takes_several_pads_with_it_is_one_alert(hall: LiveHall, cable: Cable) -> None:
    async with wired(hall, at_counter("1", cable), at_counter("2", cable)) as wiring:
        await until(lambda: wiring.is_("pad-1", "ready") and wiring.is_("pad-2", "ready"))
        cable.unplug()
        await until(lambda: wiring.is_("pad-1", "lost") and wiring.is_("pad-2", "lost"))
        ((code, alert),) = wiring.health.alerts.items()
        assert code == "device-pad-1"
        assert "(pad-1, pad-2)" in alert.text.en
        assert "(pad-1, pad-2)" in alert.text.vi
        cable.plug()
        await until(lambda: wiring.is_("pad-1", "ready") and wiring.is_("pad-2", "ready"))
        assert wiring.health.alerts == {}


async def test_a_retired_pad_reaches_no_counter_any_more(hall: LiveHall, cable: Cable) -> None:
    async with wired(hall, at_counter("1", cable)) as wiring:
        await until(lambda: wiring.is_("pad-1", "ready"))
        wiring.local.retire("pad-1")
        cable.send(pressed(1, "next", 1))
        assert await light(cable) == (1, RED, 1)
        assert called(hall) == []


async def test_while_nothing_can_be_written_a_press_is_red_and_nothing_happened(
    hall: LiveHall, cable: Cable, tmp_path: Path
) -> None:
    async with wired(hall, at_counter("1", cable)) as wiring:
        await until(lambda: wiring.is_("pad-1", "ready"))
        with closing(sqlite3.connect(tmp_path / "journal.sqlite", isolation_level=None)) as stranger:
            stranger.execute("BEGIN IMMEDIATE")
            cable.send(pressed(1, "next", 1))
            assert await light(cable) == (1, RED, 1)
        assert called(hall) == []
        cable.send(pressed(1, "next", 2))
        assert await light(cable) == (1, GREEN, 2)
        assert called(hall) == [("A001", "1")]


async def test_a_press_that_waited_longer_than_ten_seconds_is_not_done(hall: LiveHall, cable: Cable) -> None:
    async with wired(hall, at_counter("1", cable)) as wiring:
        await until(lambda: wiring.is_("pad-1", "ready"))
        looks = wiring.clock.looks
        cable.send(pressed(1, "next", 1))
        while wiring.clock.looks == looks:
            time.sleep(0.001)  # noqa: ASYNC251 - the controller is busy: nothing goes on but the line's own thread
        wiring.clock.now_s += 10.1
        assert await light(cable) == (1, RED, 1)
        assert called(hall) == []


async def test_what_was_pressed_while_nobody_listened_is_thrown_away(hall: LiveHall, tmp_path: Path) -> None:
    fifo = tmp_path / "pad"
    os.mkfifo(fifo)
    desk = console.Driver()
    writing = os.open(fifo, os.O_RDWR | os.O_NONBLOCK)
    os.write(writing, desk.press("next"))
    async with wired(hall, typed_at("1", f"file://{fifo}")) as wiring:
        await until(lambda: wiring.is_("pad-1", "ready"))
        os.write(writing, desk.press("ring") + desk.press("next"))
        await until(lambda: called(hall) == [("A001", "1")])
    os.close(writing)


async def test_a_whole_hall_is_played_over_one_pipe_by_words(hall: LiveHall, tmp_path: Path) -> None:
    fifo = tmp_path / "hall"
    os.mkfifo(fifo)
    line = f"file://{fifo}"
    pads = [typed_at(counter, line, name=f"pad-{counter}") for counter in ("1", "2")]
    rating = typed_at("1", line, "rating", name="rating-1")
    kiosk = PadSettings("kiosk", "console", line, None, {"name": "kiosk"})
    async with wired(hall, *pads, rating, kiosk) as wiring:
        await until(lambda: wiring.is_("kiosk", "ready"))
        words = ["pad-1 next", "pad-2 next", "pad-1 complete", "kiosk ticket land submit"]
        await asyncio.to_thread(fifo.write_text, "\n".join([*words, ""]))
        await until(lambda: bool(hall.facts(f.TicketCompleted)))
        await asyncio.to_thread(fifo.write_text, "rating-1 score 5\n")
        await until(lambda: bool(hall.facts(f.TicketRated)))
        assert called(hall) == [("A001", "1"), ("A002", "2")]
        await until(lambda: len(hall.facts(f.TicketIssued)) == 16)


async def test_words_over_a_terminal_are_answered_in_words(hall: LiveHall, cable: Cable) -> None:
    async with wired(hall, typed_at("1", cable.line)) as wiring:
        await until(lambda: wiring.is_("pad-1", "ready"))
        cable.send(b"next\n")
        assert await cable.light(8) == b"ok A001\n"
        cable.send(b"open\n")
        expected = "rejected Quầy đang mở. (The counter is open already.)\n".encode()
        assert await cable.light(len(expected)) == expected


async def test_a_key_that_sticks_on_a_pad_is_told_until_the_next_press(hall: LiveHall, cable: Cable) -> None:
    async with wired(hall, at_counter("1", cable)) as wiring:
        await until(lambda: wiring.is_("pad-1", "ready"))
        cable.send(pressed(1, "next", 1))
        assert await light(cable) == (1, GREEN, 1)
        cable.send(Driver(address=1).sent(Heard(None, 2, faulty="stuck")))
        assert await light(cable) == (1, GREEN, 2)
        assert wiring.is_("pad-1", "faulty")
        assert "does not come up" in wiring.health.alerts["faulty-pad-1"].text.en
        cable.send(pressed(1, "recall", 3))
        assert await light(cable) == (1, GREEN, 3)
        assert wiring.is_("pad-1", "ready")
        assert wiring.health.alerts == {}


async def test_a_rating_pad_shows_the_whole_window_and_only_the_window(tmp_path: Path, cable: Cable) -> None:
    rating = PadSettings("rating-1", "ascii_serial", cable.line, "1", {"address": 3}, "rating-pad")
    async with LiveHall(tmp_path, rating_pads=frozenset({"1"})) as hall:
        await hall.do(OpenCounter("1"))
        await hall.take()
        async with wired(hall, rating) as wiring:
            await until(lambda: wiring.is_("rating-1", "ready"))
            assert await light(cable) == (3, DARK, 0)
            await hall.do(CallNext("1"))
            await hall.do(Complete("1"))
            while (shown := await light(cable)) == (3, DARK, 0):
                pass
            assert shown == (3, INVITES, 0)
            press = ScorePress(boot=0, seq=0, score=4)
            cable.send(Driver(address=3).sent(Heard(press, 1)))
            shown_later = [await light(cable), await light(cable)]
            assert sorted(shown_later) == [(3, GREEN, 1), (3, DARK, 0)]
