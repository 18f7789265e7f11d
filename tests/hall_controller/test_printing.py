"""Paper beside the hall: what a printer does, and what the journal, the kiosk and the technician are told of it.

A real worker process prints on a pretended network printer. How a ticket looks is tested with the devices.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest

from hall_controller import printing
from hall_controller.answers import Answer
from hall_controller.clock import Clock
from hall_controller.controller import Controller
from hall_controller.devices.printers.fake_tcp import FakePrinter
from hall_controller.domain.commands import IssueSlip, IssueTicket, ReleaseTicket, Reprint, TurnGuard
from hall_controller.domain.facts import PrinterStateChanged
from hall_controller.health import Health
from hall_controller.journal import Journal
from hall_controller.messages import HallBoard, Text
from hall_controller.printing import PaperSettings, PrinterSettings, Printing, paper_of
from tests.hall_controller.devices.pretended_lines import SerialPrinter
from tests.hall_controller.domain.small_hall import TUESDAY, local, small_hall

PAPER = PaperSettings("http://hall.example", Text(vi="Mời đến bàn hướng dẫn.", en="See the desk."))


@dataclass
class PrintingHall:
    """A hall with one printer, and what its technician sees."""

    controller: Controller
    printing: Printing
    health: Health
    journal: Journal

    async def ticket(self, *, paper: bool = True) -> str:
        answer: Answer = await self.controller.submit(IssueTicket("land", "submit", paper=paper))
        assert answer.issued is not None
        return answer.issued.ticket

    async def printer_is(self, state: str) -> None:
        """Wait until the printer's state is known to be this one."""
        async with asyncio.timeout(15):
            while self.health.devices["printer-1"] != state:  # noqa: ASYNC110 - it looks, as a technician would
                await asyncio.sleep(0.02)

    async def alerts_are(self, wanted: set[str]) -> None:
        """Wait until these alerts hold and no other."""
        async with asyncio.timeout(15):
            while set(self.health.alerts) != wanted:  # noqa: ASYNC110 - it looks, as a technician would
                await asyncio.sleep(0.02)

    def notices(self) -> list[str]:
        """What the hall's board tells visitors, but for the texts of the settings."""
        board = self.controller.boards.shown["board", "hall"]
        assert isinstance(board, HallBoard)
        return [notice.vi for notice in board.notices if notice.vi.startswith("Máy in")]

    async def notices_are(self, wanted: list[str]) -> None:
        """Wait until visitors are told this."""
        async with asyncio.timeout(9):
            while self.notices() != wanted:  # noqa: ASYNC110 - it looks, as a visitor would
                await asyncio.sleep(0.02)

    async def outcomes(self, number: str, *, at_least: int = 1) -> list[str]:
        """The facts about the paper of a number, once there are so many."""
        while True:
            with_paper = [
                record.fact.type
                for record in self.journal.read()
                if record.fact.type.startswith(("ticket.print", "ticket.reprint"))
                and getattr(record.fact, "ticket", "") == number
            ]
            if len([kind for kind in with_paper if kind != "ticket.reprint_requested"]) >= at_least:
                return with_paper
            await asyncio.sleep(0.02)


@pytest.fixture
def printer() -> Iterator[FakePrinter]:
    with FakePrinter() as fake:
        yield fake


@asynccontextmanager
async def hall_with(line: str | None, folder: Path, *more: str) -> AsyncIterator[PrintingHall]:
    with Journal.open(folder / "journal.sqlite") as journal:
        clock = Clock(local(TUESDAY, "08:00"))
        controller = Controller(small_hall(), journal, clock)
        lines = dict(enumerate([line, *more], start=1)) if line else {}
        health = Health([f"printer-{n}" for n in lines or (1,)], lambda: clock.now().at)
        printers = [
            PrinterSettings(f"printer-{n}", {"model": "escpos", "line": line}) for n, line in lines.items()
        ]
        printing = Printing(printers, PAPER, controller, health)
        await controller.start("test", 1)
        running = asyncio.create_task(printing.run())
        yield PrintingHall(controller, printing, health, journal)
        running.cancel()
        await asyncio.wait({running})
        await controller.stop()


async def test_a_ticket_is_in_the_journal_then_on_paper_then_its_outcome_is_written_down(
    printer: FakePrinter, tmp_path: Path
) -> None:
    async with hall_with(printer.line, tmp_path) as hall:
        number = await hall.ticket()
        assert await hall.printing.printed(number) is True
        assert await hall.outcomes(number) == ["ticket.printed"]
        assert printer.tickets == 1


async def test_a_ticket_wanted_without_paper_prints_nothing(printer: FakePrinter, tmp_path: Path) -> None:
    async with hall_with(printer.line, tmp_path) as hall:
        without = await hall.ticket(paper=False)
        assert await hall.printing.printed(without) is None
        assert await hall.printing.printed(await hall.ticket()) is True
        assert printer.tickets == 1


async def test_a_hall_without_a_printer_says_that_there_is_no_paper(tmp_path: Path) -> None:
    async with hall_with(None, tmp_path) as hall:
        assert await hall.printing.printed(await hall.ticket()) is None


@pytest.mark.alone
async def test_out_of_paper_the_number_stands_and_the_technician_is_told_once(
    printer: FakePrinter, tmp_path: Path
) -> None:
    printer.take_out_paper()
    async with hall_with(printer.line, tmp_path) as hall:
        first = await hall.ticket()
        assert await hall.printing.printed(first) is False
        assert await hall.outcomes(first) == ["ticket.print_failed"]
        assert "hết giấy" in hall.health.alerts["device-printer-1"].text.vi
        began_s = time.monotonic()
        second = await hall.ticket()
        assert await hall.printing.printed(second) is False
        assert time.monotonic() - began_s < 0.5, "a printer known to be empty keeps nobody waiting"
        ticket = hall.controller.hall.ticket(second)
        assert ticket is not None
        assert ticket.state == "waiting"
        assert printer.tickets == 0


async def test_new_paper_is_noticed_and_the_alert_ends(printer: FakePrinter, tmp_path: Path) -> None:
    printer.take_out_paper()
    async with hall_with(printer.line, tmp_path) as hall:
        await hall.printing.printed(await hall.ticket())
        printer.load_paper()
        await hall.printer_is("ready")
        assert not hall.health.alerts
        assert await hall.printing.printed(await hall.ticket()) is True


async def test_everybody_in_the_hall_reads_that_no_tickets_come_out_and_that_they_do_again(
    printer: FakePrinter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "STEADY_S", 2.5)
    printer.take_out_paper()
    async with hall_with(printer.line, tmp_path) as hall:
        assert hall.notices() == []
        await hall.printing.printed(await hall.ticket())
        await hall.notices_are(["Máy in hết giấy, mời quý khách lấy số tại bàn hướng dẫn"])
        printer.load_paper()
        await hall.printer_is("ready")
        assert hall.notices(), "paper that has just been put in may be taken out again"
        await hall.notices_are([])
        told = [r.fact for r in hall.journal.read() if isinstance(r.fact, PrinterStateChanged)]
        assert [fact.state for fact in told] == ["paper_out", "ready"]


async def test_whoever_changed_the_paper_need_not_wait_until_the_hall_reads_that_tickets_come_out(
    printer: FakePrinter, tmp_path: Path
) -> None:
    printer.take_out_paper()
    async with hall_with(printer.line, tmp_path) as hall:
        await hall.printing.printed(await hall.ticket())
        await hall.notices_are(["Máy in hết giấy, mời quý khách lấy số tại bàn hướng dẫn"])
        assert await hall.printing.look() is False
        assert hall.notices()
        printer.load_paper()
        began_s = time.monotonic()
        assert await hall.printing.look() is True
        assert hall.notices() == []
        assert time.monotonic() - began_s < printing.STEADY_S


async def test_a_printer_that_gives_no_tickets_anyway_is_no_news_for_visitors(tmp_path: Path) -> None:
    with FakePrinter() as first, FakePrinter() as second:
        second.take_out_paper()
        async with hall_with(first.line, tmp_path, second.line) as hall:
            await hall.alerts_are({"device-printer-2"})
            assert hall.notices() == []


async def test_a_printer_that_dies_in_mid_ticket_is_not_tried_again_and_a_reprint_has_the_same_number(
    printer: FakePrinter, tmp_path: Path
) -> None:
    printer.reset_at_byte(2000)
    async with hall_with(printer.line, tmp_path) as hall:
        number = await hall.ticket()
        assert await hall.printing.printed(number) is False
        assert await hall.outcomes(number) == ["ticket.print_unknown"]
        assert printer.tickets == 0
        await hall.printer_is("ready")
        assert printer.tickets == 0, "nothing is printed again by itself"
        await hall.controller.submit(Reprint(number))
        kinds = await hall.outcomes(number, at_least=2)
        assert kinds == ["ticket.print_unknown", "ticket.reprint_requested", "ticket.printed"]
        assert printer.tickets == 2, "the torn half is cut off, then the reprint comes"


@pytest.mark.alone
async def test_a_printer_that_hangs_holds_up_neither_the_hall_nor_the_visitor(
    printer: FakePrinter, tmp_path: Path
) -> None:
    async with hall_with(printer.line, tmp_path) as hall:
        await hall.printing.printed(await hall.ticket())
        printer.hang()
        began_s = time.monotonic()
        waiting = asyncio.ensure_future(hall.printing.printed(await hall.ticket()))
        longest_pause_s = 0.0
        while not waiting.done():
            before_s = time.monotonic()
            await asyncio.sleep(0.005)
            longest_pause_s = max(longest_pause_s, time.monotonic() - before_s)
        assert waiting.result() is False
        assert time.monotonic() - began_s < 3.5
        assert longest_pause_s < 0.1


async def test_a_printer_that_is_not_there_fails_at_once_and_comes_back_without_a_restart(
    tmp_path: Path,
) -> None:
    with FakePrinter() as gone:
        line = gone.line
    async with hall_with(line, tmp_path) as hall:
        number = await hall.ticket()
        assert await hall.printing.printed(number) is False
        assert await hall.outcomes(number) == ["ticket.print_failed"]


@pytest.mark.alone
async def test_a_printer_whose_device_goes_and_comes_prints_again_within_5_s_without_a_restart(
    tmp_path: Path,
) -> None:
    port = tmp_path / "printer"
    async with hall_with(f"serial://{port}?baudrate=115200", tmp_path) as hall:
        for times in range(2):
            with SerialPrinter() as printer:
                port.symlink_to(printer.path)
                came_s = time.monotonic()
                if times:
                    await hall.printer_is("ready")
                assert await hall.printing.printed(await hall.ticket()) is True
                assert times == 0 or time.monotonic() - came_s < 5
            port.unlink()
            assert await hall.printing.printed(await hall.ticket()) is False
            await hall.printer_is("lost")
            assert "nguồn điện" in hall.health.alerts["device-printer-1"].text.vi


async def test_paper_that_runs_low_is_told_to_the_technician_until_there_is_a_new_roll(
    printer: FakePrinter, tmp_path: Path
) -> None:
    printer.let_paper_run_low()
    async with hall_with(printer.line, tmp_path) as hall:
        assert await hall.printing.printed(await hall.ticket()) is True
        await hall.printer_is("ready")
        alert = hall.health.alerts["paper-printer-1"]
        assert (alert.severity, "sắp hết giấy" in alert.text.vi) == ("info", True)
        assert "device-printer-1" not in hall.health.alerts
        printer.load_paper()
        assert await hall.printing.printed(await hall.ticket()) is True
        await hall.alerts_are(set())


async def test_when_another_thing_breaks_the_alert_says_the_new_one(
    printer: FakePrinter, tmp_path: Path
) -> None:
    printer.take_out_paper()
    async with hall_with(printer.line, tmp_path) as hall:
        await hall.printing.printed(await hall.ticket())
        printer.load_paper()
        printer.open_cover()
        async with asyncio.timeout(15):
            while "hết giấy" in hall.health.alerts["device-printer-1"].text.vi:  # noqa: ASYNC110 - it looks
                await asyncio.sleep(0.02)
        text = hall.health.alerts["device-printer-1"].text
        assert text.vi == "Nắp máy in printer-1 đang mở: đóng nắp lại cho đến khi nghe tiếng tách."
        assert text.en == "The cover of printer printer-1 is open: close it until it clicks."
        assert hall.health.devices["printer-1"] == "faulty", "it answers, so it is not lost"
        printer.close_cover()
        await hall.printer_is("ready")
        assert not hall.health.alerts


async def test_a_burst_is_printed_whole_and_in_order(printer: FakePrinter, tmp_path: Path) -> None:
    async with hall_with(printer.line, tmp_path) as hall:
        numbers = [await hall.ticket() for _ in range(8)]
        for number in numbers:
            assert await hall.outcomes(number) == ["ticket.printed"]
        assert printer.tickets == len(numbers)


async def test_a_print_worker_that_is_killed_is_started_again(printer: FakePrinter, tmp_path: Path) -> None:
    async with hall_with(printer.line, tmp_path) as hall:
        await hall.printing.printed(await hall.ticket())
        await hall.printing.printers[0].end_worker()
        assert await hall.printing.printed(await hall.ticket()) is True


async def test_what_stands_on_the_paper_comes_from_the_ticket(printer: FakePrinter, tmp_path: Path) -> None:
    async with hall_with(printer.line, tmp_path) as hall:
        number = await hall.ticket()
        await hall.printing.printed(number)
        ticket = hall.controller.hall.ticket(number)
        assert ticket is not None
        assert f"http://hall.example/t/{ticket.code}".encode() in printer.received
        assert ticket.issued_at - local(TUESDAY, "08:00") < timedelta(minutes=1)


async def test_a_slip_in_place_of_a_number_is_printed_once_and_told_apart(
    printer: FakePrinter, tmp_path: Path
) -> None:
    async with hall_with(printer.line, tmp_path) as hall:
        business = replace(small_hall().services["business"], portal="https://dangkykinhdoanh.gov.vn")
        offered = replace(small_hall(), services={**small_hall().services, "business": business})
        hall.controller.hall = replace(hall.controller.hall, catalogue=offered)
        answer: Answer = await hall.controller.submit(IssueSlip("business"))
        assert [fact.type for fact in answer.facts] == ["slip.issued"]
        assert await hall.printing.printed("slip-1") is True
        assert await hall.outcomes("slip-1") == ["ticket.printed"]
        assert printer.tickets == 1


async def test_the_paper_of_a_held_number_leads_to_the_guidance_desk_until_it_is_released(
    tmp_path: Path,
) -> None:
    async with hall_with(None, tmp_path) as hall:
        papers: list[bool] = []

        def paper() -> None:
            state = hall.controller.hall
            ticket = state.ticket("A001")
            assert ticket is not None
            papers.append(paper_of(state, ticket, None, PAPER).guarded)

        await hall.controller.submit(TurnGuard(on=True))
        await hall.ticket()
        paper()
        await hall.controller.submit(ReleaseTicket("A001"))
        paper()
        assert papers == [True, False]
