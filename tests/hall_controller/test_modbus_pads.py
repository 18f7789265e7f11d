"""Keys on Modbus modules, played by pymodbus's own server over a pseudo terminal: called, lit, lost, found again."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from hall_controller.devices.pads import Heard
from hall_controller.devices.pads.modbus_inputs import Driver
from hall_controller.domain import facts as f
from hall_controller.domain.commands import Complete, OpenCounter
from hall_controller.pad_settings import PadSettings
from tests.hall_controller.devices.modbus_line import ModbusLine, modbus_line
from tests.hall_controller.live_hall import LiveHall
from tests.hall_controller.wired_pad import PATIENCE_S, until, wired


@pytest.fixture
async def hall(tmp_path: Path) -> AsyncIterator[LiveHall]:
    """Two open counters, visitors who wait, and a rating pad at counter 1."""
    async with LiveHall(tmp_path, rating_pads=frozenset({"1"})) as hall:
        for counter in hall.catalogue.counters:
            await hall.do(OpenCounter(counter))
        await hall.take(8)
        yield hall


def module(counter: str, line: str, unit: int, **settings: object) -> PadSettings:
    keys = {"keys": {"next": 1, "recall": 2}}
    return PadSettings(f"pad-{counter}", "modbus_inputs", line, counter, {"unit": unit, **keys, **settings})


def called(hall: LiveHall) -> list[tuple[str, str]]:
    return [
        (fact.ticket, fact.counter) for fact in hall.facts(f.TicketCalled) if isinstance(fact, f.TicketCalled)
    ]


async def push(line: ModbusLine, unit: int, number: int, *, pads: int = 1) -> None:
    """Down until each pad has asked the module three times, as a finger stays for a while; then up as long."""
    for down in (True, False):
        await line.key(unit, number, down=down)
        times = line.asked.count(unit) + 3 * pads
        await until(lambda times=times: line.asked.count(unit) >= times)  # type: ignore[misc]


async def lit(line: ModbusLine, *, on: bool) -> None:
    """Wait until the light of module 9 is so."""
    async with asyncio.timeout(PATIENCE_S):
        while await line.lit(9, 3) != on:  # noqa: ASYNC110 - the module tells nobody
            await asyncio.sleep(0.002)


@pytest.mark.parametrize("function", [2, 3])
async def test_keys_of_two_modules_on_one_line_call_to_their_own_counters(
    hall: LiveHall, tmp_path: Path, function: int
) -> None:
    async with modbus_line(tmp_path, 7, 8) as line:
        pads = [module(str(n), line.line, 6 + n, function=function) for n in (1, 2)]
        async with wired(hall, *pads) as wiring:
            await until(lambda: wiring.is_("pad-1", "ready") and wiring.is_("pad-2", "ready"))
            for unit in (7, 8, 7):
                await push(line, unit, 1)
            await until(lambda: len(called(hall)) == 3)
            await push(line, 7, 2)
            await until(lambda: bool(hall.facts(f.TicketRecalled)))
            assert called(hall) == [("A001", "1"), ("A002", "2"), ("A003", "1")]


async def test_two_counters_share_one_module_each_with_its_own_inputs(hall: LiveHall, tmp_path: Path) -> None:
    async with modbus_line(tmp_path, 7) as line:
        pads = [module(str(n), line.line, 7, keys={"next": n}) for n in (1, 2)]
        async with wired(hall, *pads) as wiring:
            await until(lambda: wiring.is_("pad-1", "ready") and wiring.is_("pad-2", "ready"))
            await push(line, 7, 2, pads=2)
            await push(line, 7, 1, pads=2)
            await until(lambda: called(hall) == [("A001", "2"), ("A002", "1")])


async def test_a_key_that_is_down_when_the_controller_starts_calls_nobody_and_is_told_when_it_sticks(
    hall: LiveHall, tmp_path: Path
) -> None:
    async with modbus_line(tmp_path, 7) as line:
        await line.key(7, 1, down=True)
        async with wired(hall, module("1", line.line, 7)) as wiring:
            await until(lambda: line.asked.count(7) > 5)
            wiring.clock.now_s += 10.1
            await until(lambda: wiring.is_("pad-1", "faulty"))
            assert "down for ten seconds" in wiring.health.alerts["faulty-pad-1"].text.en
            assert "bị kẹt" in wiring.health.alerts["faulty-pad-1"].text.vi
            await line.key(7, 1, down=False)
            await until(lambda: wiring.is_("pad-1", "ready"))
            assert wiring.health.alerts == {}
            await push(line, 7, 1)
            await until(lambda: called(hall) == [("A001", "1")])


async def test_a_dead_module_is_told_with_why_and_holds_up_nobody(hall: LiveHall, tmp_path: Path) -> None:
    async with (
        modbus_line(tmp_path, 7, 8) as line,
        wired(hall, module("1", line.line, 7), module("2", line.line, 8)) as wiring,
    ):
        await until(lambda: wiring.is_("pad-1", "ready") and wiring.is_("pad-2", "ready"))
        line.dead.add(7)
        await until(lambda: wiring.is_("pad-1", "lost"))
        assert "check its power, its address" in wiring.health.alerts["device-pad-1"].text.en
        asked = len(line.asked)
        await until(lambda: line.asked[asked:].count(8) >= 40)
        assert line.asked[asked:].count(7) <= 4
        assert wiring.is_("pad-2", "ready")
        line.dead.clear()
        await until(lambda: wiring.is_("pad-1", "ready"))
        await push(line, 7, 1)
        await until(lambda: called(hall) == [("A001", "1")])


async def test_a_module_that_refuses_is_faulty_and_says_which_settings_to_look_at(
    hall: LiveHall, tmp_path: Path
) -> None:
    async with modbus_line(tmp_path, 7) as line, wired(hall, module("1", line.line, 7, first=5000)) as wiring:
        await until(lambda: wiring.is_("pad-1", "faulty"))
        assert "refuses function 2" in wiring.health.alerts["faulty-pad-1"].text.en


def test_a_module_without_the_light_of_its_settings_is_faulty_and_its_keys_work_all_the_same() -> None:
    driver = Driver(unit=7, keys={"next": 1}, light=1)
    refusal = bytes.fromhex("07 85 02 23 50")
    (told,) = driver.feed(refusal)
    assert "refuses function 5" in (told.faulty or "")
    sent = [driver.sent(Heard(None)), driver.sent(Heard(driver.presses()[0])), refusal]
    heard = [one for answer in sent for one in driver.feed(answer)]
    assert [one.press for one in heard if one.press] == driver.presses()
    assert [one.faulty for one in heard if one.faulty is not None] == []
    (well,) = driver.feed(driver.invite(on=True) or b"")
    assert well.faulty == ""


async def test_the_light_of_a_rating_pad_is_on_while_the_visitor_may_rate(
    hall: LiveHall, tmp_path: Path
) -> None:
    async with modbus_line(tmp_path, 7, 9) as line:
        rating = PadSettings(
            "rating-1",
            "modbus_inputs",
            line.line,
            "1",
            {"unit": 9, "keys": {str(score): score for score in range(1, 6)}, "light": 3},
            "rating-pad",
        )
        async with wired(hall, module("1", line.line, 7), rating) as wiring:
            await until(lambda: wiring.is_("pad-1", "ready") and wiring.is_("rating-1", "ready"))
            await push(line, 7, 1)
            await until(lambda: bool(called(hall)))
            assert not await line.lit(9, 3)
            await hall.do(Complete("1"))
            await lit(line, on=True)
            await push(line, 9, 4)
            await until(lambda: bool(hall.facts(f.TicketRated)))
            await lit(line, on=False)


async def test_a_pad_with_a_light_shows_which_one_it_is_and_then_is_as_it_was(
    hall: LiveHall, tmp_path: Path
) -> None:
    async with modbus_line(tmp_path, 7, 9) as line:
        keys = {str(score): score for score in range(1, 6)}
        rating = PadSettings(
            "rating-1", "modbus_inputs", line.line, "1", {"unit": 9, "keys": keys, "light": 3}, "rating-pad"
        )
        async with wired(hall, module("1", line.line, 7), rating) as wiring:
            await until(lambda: wiring.is_("rating-1", "ready"))
            assert wiring.local.has_light("rating-1")
            assert not wiring.local.has_light("pad-1")
            blinking = asyncio.create_task(wiring.local.blink("rating-1"))
            for on in (True, False, True, False):
                await lit(line, on=on)
            await blinking
            await lit(line, on=False)


async def test_thirty_two_modules_share_a_line(hall: LiveHall, tmp_path: Path) -> None:
    units = range(1, 33)
    async with modbus_line(tmp_path, *units) as line:
        pads = [
            PadSettings(f"pad-{unit}", "modbus_inputs", line.line, "1", {"unit": unit, "keys": {"next": 1}})
            for unit in units
        ]
        async with wired(hall, *pads) as wiring:
            await until(lambda: all(wiring.is_(pad.id, "ready") for pad in pads))
            await push(line, 32, 1)
            await until(lambda: called(hall) == [("A001", "1")])
