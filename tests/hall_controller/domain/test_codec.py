"""Facts to text and back, as the journal keeps them for ten years."""

from __future__ import annotations

import json
import typing
from dataclasses import MISSING, fields
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hall_controller.domain import facts as f
from hall_controller.domain.catalogue import VIETNAM
from hall_controller.domain.codec import FACTS, UnknownFact, data, decode, encode
from hall_controller.domain.facts import Fact, Happened

AT = datetime(2022, 3, 1, 1, 2, 3, 456000, UTC)
MOMENTS = st.datetimes(timezones=st.sampled_from([UTC, VIETNAM]))
STEADY = settings(derandomize=True, database=None, deadline=None, max_examples=300)

FIRST_RELEASE = {
    "controller.started": "version epoch",
    "day.opened": "day",
    "queue.opened": "queue",
    "numbers.skipped": "queue last_number",
    "queue.closed": "queue",
    "ticket.issued": "ticket queue service purpose code",
    "ticket.called": "ticket counter",
    "ticket.recalled": "ticket counter call",
    "service.started": "ticket counter",
    "ticket.completed": "ticket counter",
    "ticket.missed": "ticket counter",
    "ticket.held": "ticket counter",
    "ticket.resumed": "ticket counter",
    "ticket.transferred": "ticket counter",
    "ticket.voided": "ticket",
    "counter.opened": "counter",
    "counter.paused": "counter",
    "counter.closed": "counter",
    "bell.rung": "counter",
    "officer.signed_in": "counter officer",
    "officer.signed_out": "counter officer",
    "ticket.rated": "ticket score levels stage",
    "ticket.printed": "ticket printer",
    "ticket.print_failed": "ticket printer",
    "ticket.print_unknown": "ticket printer",
    "ticket.reprint_requested": "ticket",
    "press.refused": "command code",
}


def a_value(annotation: object) -> st.SearchStrategy[object]:
    if annotation is datetime:
        return MOMENTS
    if annotation is float:
        return st.floats(allow_nan=False)
    return st.from_type(annotation)  # type: ignore[arg-type]  # a field's annotation is a type


def a_fact(kind: type[Fact]) -> st.SearchStrategy[Fact]:
    hints = typing.get_type_hints(kind)
    values: dict[str, st.SearchStrategy[object]] = {}
    for field in fields(kind):
        value = a_value(hints[field.name])
        if datetime in typing.get_args(hints[field.name]):
            value = st.none() | MOMENTS
        values[field.name] = value
    return st.builds(kind, **values)


ANY_FACT = st.sampled_from(list(FACTS.values())).flatmap(a_fact)


@STEADY
@given(ANY_FACT)
def test_every_fact_is_the_same_after_writing_and_reading(fact: Fact) -> None:
    text = encode(fact)
    assert decode(fact.type, text, fact.at, time_trusted=fact.time_trusted) == fact
    assert json.loads(text) == json.loads(json.dumps(data(fact)))


@STEADY
@given(ANY_FACT)
def test_a_field_of_a_newer_program_is_passed_over(fact: Fact) -> None:
    text = json.dumps({**data(fact), "of_the_future": {"a": [1]}, "at": "never"})
    assert decode(fact.type, text, fact.at, time_trusted=fact.time_trusted) == fact


def test_what_is_as_usual_is_not_written_down() -> None:
    fact = f.TicketIssued(AT, True, "A001", "land", "land", "submit", "A001SIGNATURE")  # noqa: FBT003 - time_trusted
    usual = {
        "ticket": "A001",
        "queue": "land",
        "service": "land",
        "purpose": "submit",
        "code": "A001SIGNATURE",
    }
    assert data(fact) == usual
    assert encode(fact) == json.dumps(usual, separators=(",", ":"))


def test_vietnamese_is_written_as_it_is_read() -> None:
    fact = f.TicketVoided(AT, True, "A001", "khách đã về")  # noqa: FBT003 - time_trusted
    assert encode(fact) == '{"ticket":"A001","reason":"khách đã về"}'


def test_a_moment_keeps_its_offset_and_its_milliseconds() -> None:
    moment = datetime(2022, 3, 2, 7, 30, 0, 1000, VIETNAM)
    fact = f.QueueClosed(AT, True, "land", moment)  # noqa: FBT003 - time_trusted
    again = decode(fact.type, encode(fact), AT, time_trusted=True)
    assert isinstance(again, f.QueueClosed)
    assert again.next_opening is not None
    assert again.next_opening.isoformat() == "2022-03-02T07:30:00.001000+07:00"
    assert again.next_opening.utcoffset() == timedelta(hours=7)


def test_an_unknown_fact_says_that_a_newer_program_wrote_it() -> None:
    with pytest.raises(
        UnknownFact, match=r"'ticket\.framed' is unknown: .* newer version; install that version"
    ):
        decode("ticket.framed", "{}", AT, time_trusted=True)


@pytest.mark.parametrize(
    "text", ["{}", "[]", "5", "null", '"ticket"', '{"day":5}', '{"day":"yesterday"}', "{", ""]
)
def test_a_fact_that_is_not_whole_is_a_clear_error(text: str) -> None:
    with pytest.raises(ValueError, match=r"not whole|Invalid isoformat|Expecting"):
        decode("day.opened", text, AT, time_trusted=True)


def test_the_union_of_facts_is_closed_and_every_name_is_used_once() -> None:
    known = set(typing.get_args(Fact))
    written = {kind for kind in vars(f).values() if isinstance(kind, type) and issubclass(kind, Happened)}
    assert known == written - {Happened}
    assert len(FACTS) == len(known)
    assert all(FACTS[kind.type] is kind for kind in known)


@pytest.mark.parametrize("kind", FACTS.values(), ids=FACTS.keys())
def test_a_fact_says_what_it_is_and_carries_nothing_but_plain_values(kind: type[Fact]) -> None:
    assert kind.__doc__
    assert kind.__doc__.endswith(".")
    assert "." in kind.type
    assert kind.type == kind.type.lower()
    plain = {"str", "int", "bool", "float", "date", "datetime", "tuple[str, ...]"}
    for field in fields(kind):
        assert {part.strip() for part in str(field.type).split("|")} <= plain | {"None"}


def test_a_fact_that_was_kept_for_ten_years_can_still_be_read() -> None:
    """The required fields of the first release: one added later needs a default, or old journals cannot be read."""
    required = {
        name: " ".join(x.name for x in fields(kind) if x.default is MISSING)[len("at time_trusted ") :]
        for name, kind in FACTS.items()
    }
    assert {name: required[name] for name in FIRST_RELEASE} == FIRST_RELEASE
