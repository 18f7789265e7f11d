"""A burst at the dispenser is an alert that says what to do, told once, and taken back when it is over."""

from __future__ import annotations

from hall_controller.burst_alerts import look
from hall_controller.domain.catalogue import Dispenser
from hall_controller.domain.commands import TurnGuard
from hall_controller.health import Health
from tests.hall_controller.domain.small_hall import HallInPlay


class Watched:
    """A hall whose dispenser is watched, and the codes of the alerts that were told (+) and taken back (-)."""

    def __init__(self, **limits: float) -> None:
        self.play = HallInPlay()
        self.play.change(dispenser=Dispenser(burst_numbers=3, burst_s=60, **limits))  # type: ignore[arg-type]
        self.health = Health([], lambda: self.play.now.at)
        self.told: list[str] = []
        self.health.on_alert.append(lambda code, alert: self.told.append(("+" if alert else "-") + code))

    def look(self) -> list[str]:
        """What has been told by now; looking twice tells nothing twice."""
        for _ in range(2):
            look(self.play.hall, self.play.now.at, self.health)
        return self.told

    def take(self, numbers: int) -> None:
        for _ in range(numbers):
            self.play.issue(source="kiosk-1")


def test_a_burst_is_an_alert_that_says_what_to_do_until_the_burst_is_over() -> None:
    hall = Watched()
    hall.take(3)
    assert hall.look() == []
    hall.take(2)
    assert hall.look() == ["+burst"]
    text = hall.health.alerts["burst"].text
    assert "kiosk-1" in text.vi
    assert "bật chế độ kiểm soát cấp số ở bàn hướng dẫn" in text.vi
    assert "turn guard mode on at the guidance desk" in text.en
    hall.play.wait(seconds=61)
    assert hall.look() == ["+burst", "-burst"], "also when nobody takes a number any more"


def test_when_the_desk_turns_the_guard_on_the_alert_says_what_the_desk_has_to_do_now() -> None:
    hall = Watched()
    hall.take(5)
    hall.look()
    hall.play.do(TurnGuard(on=True))
    assert hall.look() == ["+burst", "-burst", "+burst-guarded"]
    assert "releases the number" in hall.health.alerts["burst-guarded"].text.en
    hall.play.wait(seconds=61)
    assert hall.look()[3:] == ["-burst-guarded"], "the burst is over; the guard is the desk's own decision"


def test_a_guard_that_the_burst_turned_on_is_an_alert_until_that_guard_ends() -> None:
    hall = Watched(guard_on_burst=True, guard_s=900)
    hall.take(4)
    assert hall.look() == ["+burst-guarded"]
    hall.play.wait(minutes=10)
    assert hall.look() == ["+burst-guarded"], "numbers are still held at the desk"
    hall.play.wait(minutes=5)
    assert hall.look() == ["+burst-guarded", "-burst-guarded"]


def test_another_burst_is_another_alert_and_a_new_day_ends_it() -> None:
    hall = Watched()
    for _ in range(2):
        hall.take(4)
        hall.look()
        hall.play.wait(minutes=2)
        hall.look()
    assert hall.told == ["+burst", "-burst"] * 2
    hall.take(4)
    hall.look()
    hall.play.wait(days=1)
    assert hall.look()[-1] == "-burst"
    assert hall.health.alerts == {}


def test_a_hall_without_a_burst_limit_tells_nothing() -> None:
    hall = Watched()
    hall.play.change(dispenser=Dispenser())
    hall.take(30)
    assert hall.look() == []
