"""The newest facts by number, counter and kind, page by page, also while a controller writes."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from hall_controller import journal_newest
from hall_controller.domain.facts import (
    ControllerStarted,
    CounterOpened,
    DayOpened,
    TicketCalled,
    TicketIssued,
)
from hall_controller.errors import JournalError
from hall_controller.journal import Entry, Journal
from hall_controller.journal_newest import Wanted, newest
from tests.hall_controller.domain.small_hall import HallInPlay

NOW = datetime(2022, 3, 1, 1, 30, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A morning at two counters, in the journal."""
    play = HallInPlay()
    play.open("1", "2")
    for service in ("land", "notary", "land"):
        play.take(service)
    play.next("1")
    play.next("2")
    path = tmp_path / "journal.sqlite"
    with Journal.open(path) as journal:
        journal.append([Entry(fact) for fact in play.facts])
    return path


def test_the_newest_come_first_and_older_ones_page_by_page(path: Path) -> None:
    everything = newest(path, Wanted(), limit=1000)
    numbers = [record.seq for record in everything]
    assert numbers == list(range(len(numbers), 0, -1))
    assert isinstance(everything[-1].fact, ControllerStarted)
    pages = [newest(path, Wanted(), before=before, limit=4) for before in (None, numbers[3], numbers[7])]
    assert [record.seq for page in pages for record in page] == numbers[:12]
    assert newest(path, Wanted(), before=1) == []
    assert newest(path, Wanted(), before=10**9, limit=1) == everything[:1]


def test_a_number_is_followed_through_its_visit(path: Path) -> None:
    told = [record.fact for record in newest(path, Wanted(number="A001"))]
    assert [type(fact) for fact in told] == [TicketCalled, TicketIssued]
    assert newest(path, Wanted(number="Z999")) == []


def test_facts_are_found_by_counter_and_by_the_beginning_of_their_kind(path: Path) -> None:
    at_2 = newest(path, Wanted(counter="2"))
    assert {type(record.fact) for record in at_2} == {CounterOpened, TicketCalled}
    issued = newest(path, Wanted(kind="ticket.issued"))
    assert [type(record.fact) for record in issued] == [TicketIssued] * 3
    assert len(newest(path, Wanted(kind="ticket."))) == 5
    assert newest(path, Wanted(kind="ticket%")) == [], "what is typed is no pattern"
    (called,) = newest(path, Wanted(number="A001", counter="1", kind="ticket.called"))
    assert isinstance(called.fact, TicketCalled)


def test_it_is_read_while_the_controller_writes(path: Path) -> None:
    with Journal.open(path) as journal:
        before = newest(path, Wanted(), limit=1)[0].seq
        journal.append([Entry(DayOpened(NOW, time_trusted=True, day=date(2022, 3, 2)))])
        assert newest(path, Wanted(), limit=1)[0].seq == before + 1


def test_a_question_that_nothing_answers_ends_after_so_many_rows(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert len(newest(path, Wanted(kind="controller."))) == 1
    monkeypatch.setattr(journal_newest, "LOOKED_THROUGH", 3)
    assert newest(path, Wanted(kind="controller.")) == []
    assert len(newest(path, Wanted(), limit=1000)) == 3


def test_a_journal_that_cannot_be_read_is_told_as_that(tmp_path: Path) -> None:
    broken = tmp_path / "journal.sqlite"
    broken.write_bytes(b"no journal at all" * 400)
    with pytest.raises(JournalError):
        newest(broken, Wanted())
