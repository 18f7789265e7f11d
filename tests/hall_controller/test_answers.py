"""The memory of first answers: by cause, rebuilt from facts, for two business days."""

from __future__ import annotations

from datetime import UTC, date, datetime

from hall_controller.answers import Answer, Answers
from hall_controller.domain.facts import (
    DayOpened,
    Fact,
    PressRefused,
    TicketCalled,
    TicketCompleted,
    TicketIssued,
)
from hall_controller.journal import Record

AT = datetime(2022, 3, 1, 1, 0, tzinfo=UTC)
COMPLETED: Fact = TicketCompleted(AT, time_trusted=True, ticket="A001", counter="1")
CALLED: Fact = TicketCalled(AT, time_trusted=True, ticket="A002", counter="1")
ISSUED: Fact = TicketIssued(
    AT, time_trusted=True, ticket="A003", queue="land", service="land", purpose="submit", code="A003WMRDK84G"
)
REFUSED: Fact = PressRefused(AT, time_trusted=True, command="CallNext", code="none_waiting", counter="1")
A_NEW_DAY: Fact = DayOpened(AT, time_trusted=True, day=date(2022, 3, 1))


def test_an_answer_names_the_number_that_is_at_the_counter_now() -> None:
    assert Answer((COMPLETED, CALLED)).ticket == "A002"
    assert Answer((COMPLETED,)).ticket is None
    assert Answer((ISSUED,)).ticket == "A003"
    assert Answer((ISSUED,)).issued == ISSUED
    assert Answer((CALLED,)).issued is None


def test_all_facts_of_one_cause_are_one_answer() -> None:
    answers = Answers(
        [Record(1, COMPLETED, "pad-1/1/1"), Record(2, CALLED, "pad-1/1/1"), Record(3, ISSUED, None)]
    )
    again = answers.first("pad-1/1/1")
    assert again == Answer((COMPLETED, CALLED), duplicate=True)
    assert answers.first("pad-1/1/2") is None
    assert answers.first(None) is None


def test_a_refusal_is_remembered_with_its_sentence() -> None:
    again = Answers([Record(1, REFUSED, "pad-1/1/1")]).first("pad-1/1/1")
    assert again is not None
    assert again.refusal is not None
    assert (again.refusal.code, again.refusal.text.vi) == ("none_waiting", "Không có ai đang chờ.")


def test_answers_of_yesterday_are_known_and_those_before_are_forgotten() -> None:
    answers = Answers()
    answers.remember("request:1", ISSUED)
    answers.remember(None, A_NEW_DAY)
    assert answers.first("request:1") == Answer((ISSUED,), duplicate=True)
    answers.remember("request:2", CALLED)
    answers.remember(None, A_NEW_DAY)
    assert answers.first("request:1") is None
    assert answers.first("request:2") is not None


def test_the_memory_does_not_grow_with_the_days() -> None:
    answers = Answers()
    for day in range(30):
        answers.remember(None, A_NEW_DAY)
        for press in range(10):
            answers.remember(f"pad-1/{day}/{press}", CALLED)
    known = [
        (day, press) for day in range(30) for press in range(10) if answers.first(f"pad-1/{day}/{press}")
    ]
    assert known == [(day, press) for day in (28, 29) for press in range(10)]
