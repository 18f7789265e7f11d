"""Ten thousand short hard days through the real rules, and what must hold after each of them."""

from __future__ import annotations

from collections import Counter
from functools import reduce

import pytest

from hall_controller.domain.codec import decode, encode
from hall_controller.domain.facts import (
    CounterPaused,
    DispenserBurst,
    RatingInvited,
    TicketCalled,
    TicketHeld,
    TicketIssued,
    TicketMissed,
    TicketRated,
    TicketRecalled,
    TicketReleased,
    TicketRequeued,
    TicketResumed,
    TicketTransferred,
)
from hall_controller.domain.hall import Hall, evolve
from tests.hall_controller.domain.places import Place, Places, tell
from tests.hall_controller.simulation.hard_days import HardDay, hard_day

STAND_SOMEWHERE = ("queue", "desk", "held", "sent")
BATCHES = 20
DAYS_IN_A_BATCH = 500


@pytest.mark.parametrize("batch", range(BATCHES))
def test_ten_thousand_hard_days_lose_nobody(batch: int) -> None:
    for seed in range(batch * DAYS_IN_A_BATCH, (batch + 1) * DAYS_IN_A_BATCH):
        day = hard_day(seed)
        try:
            check(day)
        except (AssertionError, KeyError) as error:
            error.add_note(f"on the hard day of seed {seed}")
            raise


def check(day: HardDay) -> None:
    """Numbers are unique, first come is first called, nobody is lost, and the hall stands as the facts say."""
    places = tell(day.catalogue, day.facts[: day.evening])
    everybody_stands_where_the_facts_say(places, day.hall_in_the_evening)
    for fact in day.facts[day.evening :]:
        places.happen(fact)
    assert len(places.days) == 2, "the second midnight finds visitors still there, or a counter open"
    issued = [fact.ticket for fact in day.facts if isinstance(fact, TicketIssued)]
    assert len(issued) == len(set(issued)) == day.came - day.turned_away


def everybody_stands_where_the_facts_say(places: Places, hall: Hall) -> None:
    found: dict[str, Place] = {}
    for id_, line in hall.queues.items():
        found |= {number: Place("queue", id_) for number in line.waiting}
    for id_, desk in hall.desks.items():
        found |= {number: Place("held", id_) for number in desk.held}
        found |= {number: Place("sent", id_) for number in desk.waiting}
        if desk.ticket is not None:
            found[desk.ticket] = Place("desk", id_)
    stand = {number: place for number, place in places.place.items() if place.kind in STAND_SOMEWHERE}
    assert found == stand


@pytest.mark.parametrize("batch", range(10))
def test_hard_days_replayed_from_the_journals_text_are_the_hall(batch: int) -> None:
    for seed in range(batch, 500, 10):
        day = hard_day(seed)
        stored = (
            decode(fact.type, encode(fact), fact.at, time_trusted=fact.time_trusted) for fact in day.facts
        )
        assert reduce(evolve, stored, Hall(day.catalogue)) == day.hall, f"on the hard day of seed {seed}"


def test_hard_days_are_hard() -> None:
    kinds = Counter(type(fact) for seed in range(200) for fact in hard_day(seed).facts)
    unusual = (TicketRecalled, TicketMissed, TicketHeld, TicketResumed, TicketTransferred, CounterPaused)
    by_rule = (TicketRequeued, TicketReleased, RatingInvited, DispenserBurst)
    assert all(kinds[kind] for kind in by_rule), kinds
    assert all(kinds[kind] > 25 for kind in (*unusual, TicketRated)), kinds
    assert kinds[TicketCalled] > 400


def test_a_hard_day_comes_back_by_its_seed() -> None:
    assert hard_day(7).facts == hard_day(7).facts
    assert hard_day(7).facts != hard_day(8).facts
