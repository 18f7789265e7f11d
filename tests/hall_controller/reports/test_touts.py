"""No-shows and bursts stand beside the numbers of the same service and hour."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hall_controller.domain.catalogue import VIETNAM, Dispenser
from hall_controller.domain.commands import Miss, ReleaseTicket, Requeue, Resume, TurnGuard
from hall_controller.domain.facts import Fact
from hall_controller.reports.touts import Numbers, Touts, When
from tests.hall_controller.domain.small_hall import HallInPlay, small_hall


def counted(facts: list[Fact]) -> dict[When, Numbers]:
    touts = Touts(VIETNAM)
    for fact in facts:
        touts.see(fact)
    return touts.by_service_and_hour()


def test_who_was_called_and_never_came_is_counted_by_the_hour_of_the_number() -> None:
    play = HallInPlay(clock="08:55")
    play.open("1")
    for _ in range(4):
        play.take()
    play.take("notary")
    play.wait(minutes=10)
    play.take()
    for _ in range(3):
        play.next("1")
        play.do(Miss("1"))
    play.do(Resume("1", "A001"))
    play.do(Requeue("A002"))
    found = counted(play.facts)
    assert found == {
        When("land", 8): Numbers(issued=4, no_shows=2),
        When("land", 9): Numbers(issued=1),
        When("notary", 8): Numbers(issued=1),
    }
    assert found[When("land", 8)].no_show_rate == 0.5
    play.next("1")
    assert counted(play.facts)[When("land", 8)].no_shows == 1, "A002 was called again"


def test_bursts_and_numbers_that_nobody_brought_to_the_desk_are_counted() -> None:
    play = HallInPlay(replace(small_hall(), dispenser=Dispenser(burst_numbers=2, burst_s=30)))
    for _ in range(4):
        play.take()
    play.do(TurnGuard(on=True))
    for _ in range(2):
        play.take("notary")
    play.do(ReleaseTicket("B001"))
    found = counted(play.facts)
    assert found == {
        When("land", 8): Numbers(issued=4, bursts=1),
        When("notary", 8): Numbers(issued=2, held=2, never_released=1),
    }
    assert found[When("land", 8)].bursts_per_100 == 25


def test_days_add_up_and_numbers_of_different_days_are_different_numbers() -> None:
    play = HallInPlay(clock="08:00")
    for day in (date(2022, 3, 2), date(2022, 3, 3)):
        play.open("1")
        play.take()
        play.next("1")
        play.do(Miss("1"))
        play.at(day, "08:00")
    play.take()
    assert counted(play.facts) == {When("land", 8): Numbers(issued=3, no_shows=2)}
    assert Numbers().no_show_rate == Numbers().bursts_per_100 == 0
