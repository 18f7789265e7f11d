"""Paper, starts and times without a journal are counted by the machine."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hall_controller.domain.commands import RecordPrint, Reprint, StartController
from hall_controller.domain.facts import JournalRecovered, PrintFailed, PrintUnknown, TicketPrinted
from hall_controller.reports.counting.machines import Machines
from hall_controller.reports.day_summary import Happening
from tests.hall_controller.domain.small_hall import TUESDAY, HallInPlay, local
from tests.hall_controller.reports.played_days import played, summary

AT = local(TUESDAY, "09:00")


@pytest.mark.parametrize(
    ("fact", "what"),
    [
        (TicketPrinted(AT, True, "A001", "printer-1"), "printed"),  # noqa: FBT003 - of every fact
        (TicketPrinted(AT, True, "slip-1", "printer-1"), "printed"),  # noqa: FBT003 - of every fact
        (PrintFailed(AT, True, "A001", "printer-1"), "print_failed"),  # noqa: FBT003 - of every fact
        (PrintUnknown(AT, True, "A001", "printer-1"), "print_unknown"),  # noqa: FBT003 - of every fact
    ],
)
def test_paper_is_counted_by_printer(fact: TicketPrinted | PrintFailed | PrintUnknown, what: str) -> None:
    machines = Machines()
    machines.see(fact)
    assert machines.happenings == {Happening(what, "printer-1"): 1}


def test_a_reprint_is_counted_beside_what_the_printer_did() -> None:
    play = played(lambda p: p.take())
    play.do(RecordPrint("A001", "printer-1", "unknown"))
    play.do(Reprint("A001"))
    play.do(RecordPrint("A001", "printer-1", "printed"))
    happened = summary(play.facts).happenings
    assert happened[Happening("reprints", "")] == 1
    assert happened[Happening("print_unknown", "printer-1")] == 1
    assert happened[Happening("printed", "printer-1")] == 1


def test_the_time_without_a_journal_is_told() -> None:
    machines = Machines()
    machines.see(JournalRecovered(AT, True, since=AT - timedelta(seconds=90)))  # noqa: FBT003 - of every fact
    assert machines.happenings[Happening("journal_unavailable", "journal")] == 1
    assert machines.happenings[Happening("journal_unavailable_ms", "journal")] == 90_000


def test_a_clock_that_went_back_meanwhile_takes_no_time_away() -> None:
    machines = Machines()
    machines.see(JournalRecovered(AT, True, since=AT + timedelta(hours=1)))  # noqa: FBT003 - of every fact
    assert machines.happenings[Happening("journal_unavailable_ms", "journal")] == 0


def test_a_start_for_training_makes_the_day_a_training_day() -> None:
    play = HallInPlay()
    assert not summary(play.facts).training
    play.do(StartController("1.0", training=True))
    day = summary(play.facts)
    assert day.training
    assert day.happenings[Happening("starts", "controller")] == 2


def test_queues_that_open_show_that_the_hall_was_open() -> None:
    play = HallInPlay()
    opened = {key.whom for key in summary(play.facts).happenings if key.what == "queue_opened"}
    assert opened == {"land", "notary", "guidance"}
