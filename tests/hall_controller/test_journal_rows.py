"""Many rows are read at once to the same facts as one by one, and the one that is damaged is named."""

from __future__ import annotations

import pytest

from hall_controller.domain.facts import Fact
from hall_controller.errors import JournalBroken
from hall_controller.journal_rows import ORIGIN, Entry, Row, chained, facts, records
from tests.hall_controller.domain.small_hall import DAY_AND_NIGHT, HallInPlay, small_hall


def a_morning() -> list[Fact]:
    play = HallInPlay(small_hall(DAY_AND_NIGHT), clock="09:00")
    for _ in range(4):
        play.take()
    return play.facts


def rows() -> list[Row]:
    return chained([Entry(fact) for fact in a_morning()], ORIGIN)


def with_text(row: Row, text: str) -> Row:
    return (*row[:4], text, *row[5:])


def test_facts_read_at_once_are_those_that_were_written() -> None:
    assert facts(rows()) == a_morning() == [record.fact for record in records(rows())]


def test_of_no_rows_there_are_no_facts() -> None:
    assert facts([]) == []


@pytest.mark.parametrize("text", ["{", "", "5", "[]", "{}", '{"ticket":"A001"},{"ticket":"A002"}'])
def test_the_damaged_row_among_many_is_named(text: str) -> None:
    damaged = rows()
    damaged[-1] = with_text(damaged[-1], text)
    with pytest.raises(JournalBroken, match=rf"^Row {damaged[-1][0]} of the journal cannot be read"):
        facts(damaged)


def test_a_text_that_goes_on_in_the_next_row_is_damage_too() -> None:
    damaged = rows()
    damaged[-2] = with_text(damaged[-2], '{"ticket":')
    damaged[-1] = with_text(damaged[-1], '5},{"ticket":"A002"}')
    with pytest.raises(JournalBroken, match=rf"^Row {damaged[-2][0]} of the journal cannot be read"):
        facts(damaged)


def test_a_fact_of_a_newer_program_is_told_as_such() -> None:
    newer = rows()
    newer[1] = (*newer[1][:3], "ticket.framed", *newer[1][4:])
    with pytest.raises(JournalBroken, match=r"Row 2 .* newer version"):
        facts(newer)
