"""Facts as the outside hears them: one event each, and a sentence to be spoken for every call."""

from __future__ import annotations

import json

import pytest

from hall_controller import events
from hall_controller.domain.commands import Hold, IssueTicket, Recall, Resume
from hall_controller.domain.facts import TicketCalled, TicketRecalled, TicketResumed
from hall_controller.journal import Record
from tests.hall_controller.domain.small_hall import HallInPlay


@pytest.fixture
def play() -> HallInPlay:
    """A visitor who is called, called again, held and brought back."""
    play = HallInPlay()
    play.open("1")
    play.do(IssueTicket("land", "submit", language="en"))
    play.next("1")
    for command in (Recall("1"), Hold("1"), Resume("1")):
        play.do(command)
    return play


def records(play: HallInPlay) -> list[Record]:
    return [Record(seq, fact, None) for seq, fact in enumerate(play.facts, start=1)]


def test_every_call_is_spoken_once_and_nothing_else(play: HallInPlay) -> None:
    spoken = [(record.fact, events.announcement(record, play.hall)) for record in records(play)]
    calls = [(type(fact), said.ticket, said.call) for fact, said in spoken if said is not None]
    assert calls == [(TicketCalled, "A001", 1), (TicketRecalled, "A001", 2), (TicketResumed, "A001", 1)]
    said = [announcement for _, announcement in spoken if announcement is not None]
    assert len({announcement.id for announcement in said}) == len(said)
    assert {(announcement.counter, announcement.name) for announcement in said} == {("1", "1")}


def test_a_call_is_spoken_in_vietnamese_first_and_in_the_tickets_language_then(play: HallInPlay) -> None:
    called = next(record for record in records(play) if isinstance(record.fact, TicketCalled))
    english = events.announcement(called, play.hall)
    assert english is not None
    assert english.languages == ["vi", "en"]
    assert english.expires == called.fact.at + events.SPOKEN_WITHIN
    vietnamese = HallInPlay()
    vietnamese.open("1")
    vietnamese.take()
    vietnamese.next("1")
    said = events.announcement(records(vietnamese)[-1], vietnamese.hall)
    assert said is not None
    assert said.languages == ["vi"]


def test_an_event_holds_the_facts_own_fields_and_its_number(play: HallInPlay) -> None:
    called = next(record for record in records(play) if isinstance(record.fact, TicketCalled))
    event = events.cloud_event(called, play.hall)
    assert (event.type, event.sequence, event.subject) == ("ticket.called", str(called.seq), "A001")
    assert event.data["counter"] == "1"
    assert "time_trusted" not in event.data
    assert json.loads(event.model_dump_json())["specversion"] == "1.0"


def test_an_event_of_a_time_that_cannot_be_believed_says_so(play: HallInPlay) -> None:
    play.now = play.now._replace(trusted=False)
    play.do(Recall("1"))
    assert events.cloud_event(records(play)[-1], play.hall).data["time_trusted"] is False


def test_every_fact_so_far_can_be_told(play: HallInPlay) -> None:
    for record in records(play):
        event = events.cloud_event(record, play.hall)
        assert event.id == f"1-{record.seq}"
        assert event.source == "/qms/1/small"
        json.loads(event.model_dump_json())
