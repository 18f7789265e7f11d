"""Buttons wired to pins, on gpiozero's own stand-in pins pressed from another thread, as gpiozero does."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from pathlib import Path

import gpiozero
import pytest
from gpiozero.pins.mock import MockFactory, MockPin

from hall_controller.domain import facts as f
from hall_controller.domain.commands import CallNext, Complete, OpenCounter
from hall_controller.pad_settings import PadSettings
from tests.hall_controller.live_hall import LiveHall
from tests.hall_controller.wired_pad import WiredHall, until, wired

NEXT, RECALL, LIGHT = 17, 27, 22
SETTLED_S = 0.03


@pytest.fixture
def pins() -> Iterator[MockFactory]:
    factory = gpiozero.Device.pin_factory = MockFactory()
    yield factory
    factory.close()
    gpiozero.Device.pin_factory = None


@pytest.fixture
async def hall(tmp_path: Path) -> AsyncIterator[LiveHall]:
    async with LiveHall(tmp_path, rating_pads=frozenset({"1"})) as hall:
        for counter in hall.catalogue.counters:
            await hall.do(OpenCounter(counter))
        await hall.take(8)
        yield hall


DESK = PadSettings(
    "pad-1", "gpio_buttons", f"gpio://{NEXT},{RECALL}", "1", {"keys": {"next": NEXT, "recall": RECALL}}
)
RATING = PadSettings(
    "rating-1",
    "gpio_buttons",
    "gpio://5,6,13",
    "1",
    {"keys": {"1": 5, "2": 6, "3": 13}, "light": LIGHT},
    "rating-pad",
)


async def play(wiring: WiredHall, pins: MockFactory, pin: int, *edges: tuple[bool, float]) -> None:
    """Each edge, then so many seconds of the hall's clock; a button connects its pin to ground."""
    for down, then_s in edges:
        level = pins.pin(pin)
        await asyncio.to_thread(level.drive_low if down else level.drive_high)
        await asyncio.sleep(0)
        wiring.clock.now_s += then_s


class HeldDown(MockPin):  # type: ignore[misc]  # gpiozero has no types
    """A pin whose button is down whatever pulls at it."""

    def _set_pull(self, value: str) -> None:
        super()._set_pull(value)
        self.drive_low()


def called(hall: LiveHall) -> int:
    return len(hall.facts(f.TicketCalled))


async def test_a_button_that_bounces_calls_one_visitor(hall: LiveHall, pins: MockFactory) -> None:
    async with wired(hall, DESK) as wiring:
        await until(lambda: wiring.is_("pad-1", "ready"))
        bouncing = [(True, 0.004), (False, 0.001), (True, 0.002), (False, 0.003)]
        await play(wiring, pins, NEXT, *bouncing, (True, 0.15), *bouncing[1::2], (False, 0.2))
        await until(lambda: called(hall) == 1)
        await play(wiring, pins, RECALL, (True, 0.1), (False, 0.1))
        await until(lambda: bool(hall.facts(f.TicketRecalled)))
        assert called(hall) == 1


async def test_sparks_on_a_long_cable_call_nobody(hall: LiveHall, pins: MockFactory) -> None:
    async with wired(hall, DESK) as wiring:
        await until(lambda: wiring.is_("pad-1", "ready"))
        for _ in range(20):
            await play(wiring, pins, NEXT, (True, 0.001), (False, 0.5))
        await play(wiring, pins, RECALL, (True, SETTLED_S), (False, 0.1))
        await until(lambda: bool(hall.facts(f.PressRefused)))
        assert called(hall) == 0


async def test_a_button_that_sticks_calls_once_and_is_told_after_ten_seconds(
    hall: LiveHall, pins: MockFactory
) -> None:
    async with wired(hall, DESK) as wiring:
        await until(lambda: wiring.is_("pad-1", "ready"))
        await play(wiring, pins, NEXT, (True, 1.0))
        await until(lambda: called(hall) == 1)
        assert wiring.is_("pad-1", "ready")
        wiring.clock.now_s += 9.1
        await until(lambda: wiring.is_("pad-1", "faulty"))
        assert "lift what lies on it" in wiring.health.alerts["faulty-pad-1"].text.en
        await play(wiring, pins, NEXT, (False, 0.1))
        await until(lambda: wiring.is_("pad-1", "ready"))
        assert wiring.health.alerts == {}
        assert called(hall) == 1


async def test_a_button_that_is_down_when_the_controller_starts_calls_nobody(
    hall: LiveHall, pins: MockFactory
) -> None:
    pins.pin(NEXT, pin_class=HeldDown)
    async with wired(hall, DESK) as wiring:
        await until(lambda: wiring.is_("pad-1", "ready"))
        wiring.clock.now_s += 10.1
        await until(lambda: wiring.is_("pad-1", "faulty"))
        assert called(hall) == 0


async def test_the_light_of_a_rating_pad_is_on_while_the_visitor_may_rate(
    hall: LiveHall, pins: MockFactory
) -> None:
    async with wired(hall, DESK, RATING) as wiring:
        await until(lambda: wiring.is_("rating-1", "ready") and wiring.is_("pad-1", "ready"))
        light = pins.pin(LIGHT)
        await hall.do(CallNext("1"))
        assert light.state == 0
        await hall.do(Complete("1"))
        assert light.state == 1
        ended = hall.clock.now().at
        await until(
            lambda: hall.clock.now().at - ended > timedelta(seconds=0.25)
        )  # the hall's clock goes by itself
        await play(wiring, pins, 13, (True, 0.1), (False, 0.1))
        await until(lambda: bool(hall.facts(f.TicketRated)))
        await until(lambda: light.state == 0)
    (rated,) = hall.facts(f.TicketRated)
    assert isinstance(rated, f.TicketRated)
    assert rated.score == 3


async def test_pins_that_somebody_else_uses_are_told_and_had_as_soon_as_they_are_free(
    hall: LiveHall, pins: MockFactory
) -> None:
    other = gpiozero.LED(RECALL)
    async with wired(hall, DESK) as wiring:
        await until(lambda: wiring.is_("pad-1", "lost"))
        assert "pin 27" in wiring.health.alerts["device-pad-1"].text.en
        other.close()
        await until(lambda: wiring.is_("pad-1", "ready"))
        await play(wiring, pins, NEXT, (True, 0.1))
        await until(lambda: called(hall) == 1)


async def test_a_machine_without_pins_says_so_in_one_sentence(hall: LiveHall) -> None:
    gpiozero.Device.pin_factory = None
    async with wired(hall, DESK) as wiring:
        await until(lambda: wiring.is_("pad-1", "lost"))
        assert "this machine has no pins" in wiring.health.alerts["device-pad-1"].text.en


async def test_a_button_that_connects_to_plus_is_pressed_when_its_pin_is_high(
    hall: LiveHall, pins: MockFactory
) -> None:
    pulled_down = PadSettings("pad-1", "gpio_buttons", "gpio://5?pull=down", "1", {"keys": {"next": 5}})
    async with wired(hall, pulled_down) as wiring:
        await until(lambda: wiring.is_("pad-1", "ready"))
        await play(wiring, pins, 5, (False, 0.1))
        await until(lambda: called(hall) == 1)
