"""The owner of a line of modules on a bad cable: damaged, late and merged answers press no key that nobody pressed."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hall_controller.devices.pads import Heard
from hall_controller.devices.pads.modbus_inputs import Driver
from hall_controller.messages import KeyPress
from hall_controller.pad_poller import PadPoller
from tests.hall_controller.devices.modbus_line import ModbusLine, modbus_line
from tests.hall_controller.devices.pads.noise import Cable
from tests.hall_controller.wired_pad import until

PUSHES = 10
ASKED_WHILE_HELD = 12
KEYS = {"next": 1, "recall": 2, "miss": 3, "complete": 4, "hold": 5, "resume": 6, "ring": 7, "pause": 8}


class Impatient(Driver):
    """A module that is close by; so a lost answer costs the test little."""

    answer_s = 0.01


class Told:
    """What a poller told: presses by place and key, and states."""

    def __init__(self) -> None:
        self.presses = Counter[tuple[int, str]]()
        self.states: list[tuple[int, str | None]] = []

    def heard(self, place: int, heard: Heard, _: float) -> None:
        if isinstance(heard.press, KeyPress) and heard.down and not heard.repeated:
            self.presses[place, heard.press.key] += 1

    def state(self, place: int, wrong: str | None) -> None:
        self.states.append((place, wrong))


def bad_cable(seed: int) -> Callable[[bytes], list[bytes]]:
    """One answer of six or so is damaged, one of twenty comes with the next one, garbage comes by itself."""
    cable, chance, late = Cable(seed), random.Random(seed), bytearray()

    def noise(frame: bytes) -> list[bytes]:
        if chance.random() < 0.05:
            late.extend(frame)
            return []
        arrived = bytes(late) + frame
        late.clear()
        if chance.random() < 0.25:
            arrived = b"".join(piece.bytes_ for piece in cable.pieces([arrived], 1))
        return list(cable.portions(arrived))

    return noise


@pytest.mark.parametrize("seed", [24, 25])
async def test_noise_presses_no_key_that_nobody_pressed(tmp_path: Path, seed: int) -> None:
    async with modbus_line(tmp_path, 7, 8) as line:
        told = Told()
        drivers = [Impatient(unit=unit, keys=KEYS) for unit in (7, 8)]
        poller = PadPoller(line.line, drivers, told.heard, told.state)
        poller.start()
        try:
            await until(lambda: {(0, None), (1, None)} <= set(told.states))
            line.noise = bad_cable(seed)
            for push in range(PUSHES):
                for down in (True, False):
                    await line.key(7, 1 + push % 2, down=down)
                    await asked(line, 7, ASKED_WHILE_HELD)
        finally:
            poller.stop()
            await asyncio.to_thread(poller.join)
    assert set(told.presses) <= {(0, "next"), (0, "recall")}
    assert 0.6 * PUSHES <= told.presses.total() <= PUSHES


async def asked(line: ModbusLine, unit: int, times: int) -> None:
    """Wait until the module has been asked so often from now on."""
    already = line.asked.count(unit)
    await until(lambda: line.asked.count(unit) >= already + times)


async def test_a_light_is_sent_until_the_module_has_it(tmp_path: Path) -> None:
    async with modbus_line(tmp_path, 7) as line:
        told = Told()
        driver = Impatient(unit=7, keys=KEYS, light=2)
        poller = PadPoller(line.line, [driver], told.heard, told.state)
        poller.start()
        try:
            await until(lambda: (0, None) in told.states)
            lost: Iterator[list[bytes]] = iter([[], []])
            line.noise = lambda frame: next(lost, [frame])
            on = driver.invite(on=True)
            assert on is not None
            poller.send(0, on)
            async with asyncio.timeout(8):
                while not await line.lit(7, 2):  # noqa: ASYNC110 - the module tells nobody
                    await asyncio.sleep(0.002)
        finally:
            poller.stop()
            await asyncio.to_thread(poller.join)


async def test_a_line_that_is_not_there_is_told_for_each_of_its_modules(tmp_path: Path) -> None:
    told = Told()
    drivers = [Impatient(unit=unit, keys=KEYS) for unit in (7, 8)]
    poller = PadPoller(f"serial://{tmp_path}/absent", drivers, told.heard, told.state)
    poller.start()
    await until(lambda: len(told.states) >= 2)
    poller.stop()
    await asyncio.to_thread(poller.join)
    assert {place for place, wrong in told.states if wrong and "not plugged in" in wrong} == {0, 1}


async def test_a_light_of_long_ago_is_not_turned_on_when_the_line_comes_back(tmp_path: Path) -> None:
    told = Told()
    driver = Impatient(unit=7, keys=KEYS, light=2)
    poller = PadPoller(f"serial://{tmp_path}/rs485?baudrate=19200", [driver], told.heard, told.state)
    poller.start()
    try:
        await until(lambda: bool(told.states))
        on = driver.invite(on=True)
        assert on is not None
        for _ in range(100):
            poller.send(0, on)
        async with modbus_line(tmp_path, 7) as line:
            await until(lambda: (0, None) in told.states)
            await asked(line, 7, 10)
            assert not await line.lit(7, 2)
    finally:
        poller.stop()
        await asyncio.to_thread(poller.join)
