"""Decided together, written down once, then told; and what happens when it cannot be written down.

Belongs here: the controller and its journal, without a network. Never here: a rule of the hall (domain/), or what the
disk does to the file (test_journal*.py).
"""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from hall_controller import journal_file
from hall_controller.controller import LARGEST_BATCH, Controller, Told
from hall_controller.domain.catalogue import VIETNAM, Dispenser
from hall_controller.domain.commands import CallNext, IssueTicket, OpenCounter, Rate, Ring, Tick
from hall_controller.domain.facts import (
    DayOpened,
    PressRefused,
    TicketCalled,
    TicketIssued,
    TicketVoided,
)
from hall_controller.errors import JournalUnavailable
from hall_controller.journal import Entry, Journal, Record
from tests.hall_controller.live_hall import LiveHall, WallClock, hall_of

A_TICKET = IssueTicket("land", "submit")


class WatchedJournal(Journal):
    """A journal that counts its transactions, and whose disk can be held up or be full for a while."""

    refusals = 0
    found_later = 0
    """How many times the facts are on the disk although the disk said no."""

    def __init__(self, *arguments: object) -> None:
        super().__init__(*arguments)  # type: ignore[arg-type]  # those of Journal
        self.transactions: list[int] = []
        self.disk_is_free = threading.Event()
        self.disk_is_free.set()
        self.writing = threading.Event()

    def append(self, entries: Sequence[Entry]) -> int:
        self.writing.set()
        assert self.disk_is_free.wait(10)
        if self.refusals:
            self.refusals -= 1
            raise JournalUnavailable("The disk is full.")
        last = super().append(entries)
        self.transactions.append(len(entries))
        if self.found_later:
            self.found_later -= 1
            raise JournalUnavailable("The disk failed in the middle.")
        return last


def watched(hall: LiveHall) -> WatchedJournal:
    assert isinstance(hall.journal, WatchedJournal)
    return hall.journal


def live(folder: Path, **more: object) -> LiveHall:
    return LiveHall(folder, open_journal=WatchedJournal.open, **more)  # type: ignore[arg-type]  # those of LiveHall


async def test_the_same_request_again_gets_the_first_answer(tmp_path: Path) -> None:
    async with live(tmp_path) as hall:
        first = await hall.controller.submit(A_TICKET, "request:1")
        again = await hall.controller.submit(A_TICKET, "request:1")
        assert (first.ticket, first.duplicate) == ("A001", False)
        assert (again.ticket, again.duplicate) == ("A001", True)
    async with live(tmp_path) as restarted:
        again = await restarted.controller.submit(A_TICKET, "request:1")
        assert (again.ticket, again.duplicate) == ("A001", True)
        assert again.facts == first.facts
        assert await restarted.take() == ["A002"]


async def test_the_same_refused_press_again_is_refused_with_the_same_reason(tmp_path: Path) -> None:
    async with live(tmp_path) as hall:
        assert await hall.no(CallNext("1"), "pad-1/1/1") == "counter_closed"
    async with live(tmp_path) as restarted:
        await restarted.take()
        await restarted.do(OpenCounter("1"))
        again = await restarted.controller.submit(CallNext("1"), "pad-1/1/1")
        assert again.refusal is not None
        assert (again.refusal.code, again.duplicate) == ("counter_closed", True)
        assert (await restarted.controller.submit(CallNext("1"), "pad-1/1/2")).ticket == "A001"


async def test_a_refusal_that_only_says_not_yet_is_not_remembered(tmp_path: Path) -> None:
    clock = WallClock(datetime(2022, 3, 1, 8, tzinfo=VIETNAM))
    async with live(tmp_path, dispenser=Dispenser(gap_s=5), clock=clock) as hall:
        await hall.do(A_TICKET, "request:1")
        assert await hall.no(A_TICKET, "request:2") == "too_fast"
        clock.at += timedelta(seconds=6)
        assert (await hall.controller.submit(A_TICKET, "request:2")).ticket == "A002"


async def test_refused_presses_with_a_cause_are_written_down_others_are_not(tmp_path: Path) -> None:
    async with live(tmp_path) as hall:
        await hall.no(CallNext("1"), "pad-1/1/1")
        await hall.no(CallNext("1"))
        await hall.no(Rate("1", 4, hall.clock.now().at))
        refused = [(r.cause, r.fact.command) for r in hall.records() if isinstance(r.fact, PressRefused)]
        assert refused == [("pad-1/1/1", "CallNext"), (None, "Rate")]


async def test_a_thousand_deliveries_of_one_press_at_once_are_one_call(tmp_path: Path) -> None:
    async with live(tmp_path) as hall:
        await hall.take(3)
        await hall.do(OpenCounter("1"))
        presses = [hall.controller.submit(CallNext("1"), "pad-1/1/1") for _ in range(1500)]
        answers = await asyncio.gather(*presses)
        assert {answer.ticket for answer in answers} == {"A001"}
        assert [answer.duplicate for answer in answers].count(False) == 1
        assert len(hall.facts(TicketCalled)) == 1


async def test_a_thousand_deliveries_of_a_request_that_comes_too_soon_are_all_refused(tmp_path: Path) -> None:
    async with live(tmp_path, dispenser=Dispenser(gap_s=60)) as hall:
        await hall.do(A_TICKET)
        answers = await asyncio.gather(*(hall.controller.submit(A_TICKET, "request:2") for _ in range(1500)))
        assert {answer.refusal.code for answer in answers if answer.refusal} == {"too_fast"}
        assert len(answers) == 1500


async def test_commands_that_arrive_while_the_disk_is_busy_cost_one_transaction(tmp_path: Path) -> None:
    async with live(tmp_path) as hall:
        journal = watched(hall)
        journal.disk_is_free.clear()
        journal.writing.clear()
        first = hall.controller.submit(A_TICKET)
        await asyncio.to_thread(journal.writing.wait, 5)
        before = len(journal.transactions)
        burst = [hall.controller.submit(A_TICKET) for _ in range(200)]
        journal.disk_is_free.set()
        numbers = [(await answer).ticket for answer in (first, *burst)]
        assert numbers == [f"A{n:03}" for n in range(1, 202)]
        assert journal.transactions[before:] == [1, 200]


async def test_no_transaction_grows_without_bound(tmp_path: Path) -> None:
    async with live(tmp_path) as hall:
        before = len(watched(hall).transactions)
        assert len(await hall.take(900)) == 900
        sizes = watched(hall).transactions[before:]
        assert sum(sizes) == 900
        assert max(sizes) == LARGEST_BATCH


async def test_nothing_is_told_before_it_is_written_down(tmp_path: Path) -> None:
    async with live(tmp_path) as hall:
        journal, told = watched(hall), list[str]()
        await hall.take()
        await hall.do(OpenCounter("1"))
        hall.controller.on_board.append(lambda key, _: told.append(key[0]))
        hall.controller.on_commit.append(lambda _: told.append("commit"))
        journal.disk_is_free.clear()
        journal.writing.clear()
        answer = hall.controller.submit(CallNext("1"))
        answer.add_done_callback(lambda _: told.append("answer"))
        await asyncio.to_thread(journal.writing.wait, 5)
        for _ in range(20):
            await asyncio.sleep(0)
        assert told == []
        assert not answer.done()
        assert hall.controller.hall.desk("1").ticket is None
        journal.disk_is_free.set()
        assert (await answer).ticket == "A001"
        await asyncio.sleep(0)
        assert told[0] == "counter", "the panel first"
        assert {"counter", "board", "queue", "commit", "answer"} == set(told)


async def test_what_is_told_is_what_the_journal_holds(tmp_path: Path) -> None:
    async with live(tmp_path) as hall:
        told: list[Record] = []

        def tell(news: Told) -> None:
            told.extend(news.records)
            assert news.hall is hall.controller.hall

        before = hall.controller.rev
        hall.controller.on_commit.append(tell)
        await asyncio.gather(*(hall.controller.submit(A_TICKET, f"request:{n}") for n in range(50)))
        assert told == list(hall.journal.read(after=before))


async def test_a_full_disk_refuses_the_whole_batch_and_the_hall_goes_on_by_itself(tmp_path: Path) -> None:
    async with live(tmp_path) as hall:
        await hall.take()
        before = list(hall.records())
        watched(hall).refusals = 1000
        for _ in range(3):
            burst = [hall.controller.submit(A_TICKET, f"request:{n}") for n in range(5)]
            answers = await asyncio.gather(*burst, return_exceptions=True)
            assert all(isinstance(answer, JournalUnavailable) for answer in answers)
            assert hall.controller.unavailable_since is not None
        assert hall.records() == before
        watched(hall).refusals = 0
        assert (await hall.controller.submit(A_TICKET, "request:0")).ticket == "A002"
        assert hall.controller.unavailable_since is None


async def test_a_journal_that_another_program_holds_refuses_and_then_goes_on(tmp_path: Path) -> None:
    def impatient(path: Path) -> Journal:
        return Journal.open(path, connect=_connect_impatiently)

    async with LiveHall(tmp_path, open_journal=impatient) as hall:
        await hall.take()
        other = journal_file.connect(hall.journal.path)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(JournalUnavailable, match="Another program"):
            await hall.controller.submit(A_TICKET)
        other.execute("ROLLBACK")
        other.close()
        assert await hall.take() == ["A002"]


async def test_facts_that_the_disk_kept_although_it_failed_are_shown(tmp_path: Path) -> None:
    async with live(tmp_path) as hall:
        await hall.take()
        await hall.do(OpenCounter("1"))
        watched(hall).found_later = 1
        with pytest.raises(JournalUnavailable):
            await hall.controller.submit(CallNext("1"), "pad-1/1/1")
        again = await hall.controller.submit(CallNext("1"), "pad-1/1/1")
        assert (again.ticket, again.duplicate) == ("A001", True)
        shown = hall.controller.boards.shown["counter", "1"]
        assert shown.model_dump()["ticket"] == "A001"
        assert hall.controller.boards.shown["queue", "land"].model_dump()["waiting"] == 0


async def test_a_failed_disk_leaves_no_unheard_error_behind(tmp_path: Path) -> None:
    unheard: list[str] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: unheard.append(context["message"]))
    clock = WallClock(datetime(2022, 3, 1, 8, tzinfo=VIETNAM))
    async with live(tmp_path, clock=clock) as hall:
        clock.at += timedelta(days=1)
        watched(hall).refusals = 1
        with pytest.raises(JournalUnavailable):
            await hall.controller.submit(A_TICKET)
        assert await hall.take() == ["A001"], "the first of the new day"
    assert unheard == []


async def test_a_part_that_breaks_while_it_is_told_ends_the_controller(tmp_path: Path) -> None:
    async with live(tmp_path) as hall:

        def break_off(_: Told) -> None:
            raise ZeroDivisionError

        hall.controller.on_commit.append(break_off)
        running = asyncio.create_task(hall.controller.run())
        asked = [hall.controller.submit(A_TICKET) for _ in range(3)]
        async with asyncio.timeout(5):
            with pytest.raises(ZeroDivisionError):
                await running
        assert asked[0].done(), "what was written down has been answered"


async def test_two_kiosks_at_once_never_share_a_number(tmp_path: Path) -> None:
    async with live(tmp_path) as hall:

        async def kiosk(name: str) -> list[str | None]:
            return [
                (
                    await hall.controller.submit(IssueTicket("land", "submit", source=name), f"{name}/1/{n}")
                ).ticket
                for n in range(100)
            ]

        left, right = await asyncio.gather(kiosk("kiosk-1"), kiosk("kiosk-2"))
        assert sorted(map(str, left + right)) == [f"A{n:03}" for n in range(1, 201)]


async def test_fault_27_a_hundred_officers_who_call_at_once_get_one_visitor_each(tmp_path: Path) -> None:
    async with live(tmp_path, counters=100) as hall:
        tickets = await hall.take(60)
        await asyncio.gather(*(hall.controller.submit(OpenCounter(c)) for c in hall.catalogue.counters))
        calls = [hall.controller.submit(CallNext(counter)) for counter in hall.catalogue.counters]
        answers = await asyncio.gather(*calls)
        called = [answer.ticket for answer in answers if answer.ticket]
        assert called == tickets, "first come, first called"
        assert [answer.refusal.code for answer in answers if answer.refusal] == ["none_waiting"] * 40
        at_counters = [desk.ticket for desk in hall.controller.hall.desks.values() if desk.ticket]
        assert sorted(at_counters) == tickets


async def test_the_day_changes_once_while_visitors_keep_coming(tmp_path: Path) -> None:
    clock = WallClock(datetime(2022, 3, 1, 23, 59, 58, tzinfo=VIETNAM))
    async with live(tmp_path, clock=clock) as hall:
        numbers: list[str] = []
        for _ in range(10):
            numbers += await hall.take(20)
            clock.at += timedelta(seconds=0.5)
        by_day: dict[object, list[str]] = {}
        day: object = None
        for fact in (record.fact for record in hall.records()):
            match fact:
                case DayOpened():
                    day = fact.day
                case TicketIssued():
                    by_day.setdefault(day, []).append(fact.ticket)
                case _:
                    pass
        assert len(hall.facts(DayOpened)) == 2
        assert list(by_day.values()) == [[f"A{n:03}" for n in range(1, m)] for m in (81, 121)]
        assert len(hall.facts(TicketVoided)) == 80
        assert [ticket for tickets in by_day.values() for ticket in tickets] == numbers


@pytest.mark.parametrize("trusted", [True, False])
async def test_fault_17_a_clock_a_year_back_repeats_no_number(tmp_path: Path, *, trusted: bool) -> None:
    clock = WallClock(datetime(2022, 3, 1, 9, tzinfo=VIETNAM))
    numbers: list[str] = []
    for at in (clock.at, clock.at - timedelta(days=365), clock.at + timedelta(hours=1)):
        async with live(tmp_path, clock=clock) as hall:
            clock.at, clock.trusted = at, trusted
            numbers += await hall.take(5)
            await hall.do(Ring("1"))
            clock.at -= timedelta(days=1)
            numbers += await hall.take(5)
    assert numbers == [f"A{n:03}" for n in range(1, 31)]


async def test_a_memory_of_answers_lasts_two_days_and_no_longer(tmp_path: Path) -> None:
    clock = WallClock(datetime(2022, 3, 1, 8, tzinfo=VIETNAM))
    async with live(tmp_path, clock=clock) as hall:
        await hall.do(A_TICKET, "request:of-today")
        for known in (True, True, False):
            again = await hall.controller.submit(A_TICKET, "request:of-today")
            assert again.duplicate is known
            clock.at += timedelta(days=1)
            await hall.do(Ring("1"))


async def test_commands_given_before_the_start_are_done_after_it(tmp_path: Path) -> None:
    journal = Journal.open(tmp_path / "journal.sqlite")
    controller = Controller(hall_of(1), journal, WallClock(datetime(2022, 3, 1, 8, tzinfo=VIETNAM)))
    early = controller.submit(A_TICKET)
    async with asyncio.timeout(5):
        await controller.start("1.0", 1)
        assert (await early).ticket == "A001"
    types = [record.fact.type for record in journal.read()]
    assert types.index("controller.started") < types.index("ticket.issued")
    await controller.stop()
    journal.close()


async def test_a_controller_that_never_started_can_be_stopped(tmp_path: Path) -> None:
    journal = Journal.open(tmp_path / "journal.sqlite")
    controller = Controller(hall_of(1), journal, WallClock(datetime(2022, 3, 1, 8, tzinfo=VIETNAM)))
    async with asyncio.timeout(5):
        await controller.stop()
    journal.close()


async def test_what_was_asked_before_the_end_is_answered_and_what_comes_later_is_refused(
    tmp_path: Path,
) -> None:
    async with live(tmp_path) as hall:
        asked = [hall.controller.submit(A_TICKET) for _ in range(300)]
        await hall.controller.stop()
        assert [answer.result().ticket for answer in asked] == [f"A{n:03}" for n in range(1, 301)]
        async with asyncio.timeout(5):
            with pytest.raises(JournalUnavailable):
                await hall.controller.submit(Tick())


def _connect_impatiently(path: Path) -> sqlite3.Connection:
    connection = journal_file.connect(path)
    connection.execute("PRAGMA busy_timeout = 10")
    return connection
