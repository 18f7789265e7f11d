"""What becomes of a ticket whatever the printer does: printed, failed or unknown, and never twice.

Belongs here: outcomes, the time they take, and the worker as a process. Never here: how a ticket looks.
"""

from __future__ import annotations

import io
import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from hall_controller.devices import print_worker
from hall_controller.devices.paper import QrStrip, Strip
from hall_controller.devices.print_worker import Printer, Unusable, printer_of
from hall_controller.devices.printers import escpos_picture
from hall_controller.devices.printers.escpos import Driver
from hall_controller.devices.printers.fake_tcp import FakePrinter
from hall_controller.devices.ticket import TicketPaper
from tests.hall_controller.devices.pretended_lines import LineInMemory, SerialPrinter
from tests.hall_controller.devices.tickets import ticket

LONGEST_JOB_S = 3.0


@pytest.fixture
def fake() -> Iterator[FakePrinter]:
    with FakePrinter() as printer:
        yield printer


def printer_at(line: str, **settings: object) -> Printer:
    return Printer.of({"model": "escpos", "line": line, **settings})


def test_a_ticket_is_printed_once_and_whole(fake: FakePrinter) -> None:
    told = printer_at(fake.line).print(ticket())
    assert told == {"outcome": "printed", "paper": "ok", "online": True, "detail": ""}
    assert fake.tickets == 1
    assert fake.received.startswith(Driver().ticket(ticket()))
    assert len(escpos_picture.pictures(fake.received, 80)) == 1


def test_paper_that_runs_low_is_told_and_printed_on(fake: FakePrinter) -> None:
    fake.let_paper_run_low()
    assert printer_at(fake.line).print(ticket())["paper"] == "low"
    assert fake.tickets == 1


def test_without_paper_nothing_is_sent(fake: FakePrinter) -> None:
    fake.take_out_paper()
    told = printer_at(fake.line).print(ticket())
    assert told == {"outcome": "failed", "paper": "out", "online": False, "detail": "out of paper"}
    assert fake.received == b""
    fake.load_paper()
    assert printer_at(fake.line).print(ticket())["outcome"] == "printed"


def test_with_an_open_cover_nothing_is_sent(fake: FakePrinter) -> None:
    fake.open_cover()
    told = printer_at(fake.line).print(ticket())
    assert (told["outcome"], told["cover"], told["detail"]) == ("failed", "open", "its cover is open")
    assert fake.received == b""


@pytest.mark.alone
def test_a_printer_that_hangs_before_the_ticket_has_not_got_it(fake: FakePrinter) -> None:
    fake.hang()
    begin = time.monotonic()
    told = printer_at(fake.line).print(ticket())
    assert time.monotonic() - begin < LONGEST_JOB_S
    assert told["outcome"] == "failed"
    assert told["online"] is False
    assert fake.received == b""


@pytest.mark.alone
def test_a_printer_that_hangs_with_the_ticket_is_given_up_within_3_s(fake: FakePrinter) -> None:
    printer = printer_at(fake.line)
    fake.hang_at_byte(4000)
    begin = time.monotonic()
    told = printer.print(ticket())
    assert time.monotonic() - begin < LONGEST_JOB_S
    assert told["outcome"] == "unknown"
    assert fake.tickets == 0


@pytest.mark.alone
def test_paper_that_runs_out_in_mid_ticket_is_a_doubt(fake: FakePrinter) -> None:
    fake.run_out_at_byte(6000)
    begin = time.monotonic()
    told = printer_at(fake.line).print(ticket())
    assert time.monotonic() - begin < LONGEST_JOB_S
    assert (told["outcome"], told["paper"]) == ("unknown", "out")
    assert fake.tickets == 0


def test_a_printer_that_is_switched_off_is_told_with_what_to_do(fake: FakePrinter) -> None:
    line = fake.line
    fake.close()
    told = printer_at(line).print(ticket())
    assert told["outcome"] == "failed"
    assert "nothing listens at that port" in told["detail"]


class OfOneTicket(Driver):
    """A driver that has its ticket ready, so that it can be torn at every byte of it."""

    data = Driver(width_mm=58).ticket(ticket())

    def ticket(self, ticket: TicketPaper) -> bytes:  # noqa: ARG002 - it is always this one
        return self.data


def test_a_ticket_torn_off_at_any_byte_is_a_doubt_and_is_not_sent_again() -> None:
    printer = Printer(OfOneTicket(width_mm=58), "tcp://printer:9100")
    for breaks_at in range(1, len(OfOneTicket.data) + 1):
        line = LineInMemory(breaks_at)
        printer.open_line = lambda _address, _timeout_s, line=line: line  # type: ignore[misc]
        printer.torn = False
        assert printer.print(ticket())["outcome"] == "unknown"
        assert line.received == OfOneTicket.data[:breaks_at]
        assert line.closed
        assert printer.torn


@pytest.mark.alone
def test_a_connection_reset_anywhere_in_a_ticket_prints_it_at_most_once(fake: FakePrinter) -> None:
    printer = printer_at(fake.line)
    length = len(Driver().ticket(ticket()))
    for byte in range(1, length, length // 200):
        before = len(fake.received)
        printer.torn = False
        fake.reset_at_byte(byte)
        begin = time.monotonic()
        assert printer.print(ticket())["outcome"] == "unknown"
        assert time.monotonic() - begin < LONGEST_JOB_S
        assert len(fake.received) - before == byte
    assert fake.tickets == 0


class OfOneLine(Driver):
    """A driver whose ticket is short and holds every kind of command: dots, a native QR code, feeds, the cut."""

    data = Driver(width_mm=58).encode([Strip(4, 16, b"\xff\x00" * 3), QrStrip(2, "A012", 4)])

    def ticket(self, ticket: TicketPaper) -> bytes:  # noqa: ARG002 - it is always this one
        return self.data


@pytest.mark.alone
def test_power_pulled_at_every_single_byte_over_the_network_never_prints_twice(fake: FakePrinter) -> None:
    printer = Printer(OfOneLine(width_mm=58), fake.line)
    for byte in range(1, len(OfOneLine.data) + 1):
        before, printer.torn = len(fake.received), False
        fake.reset_at_byte(byte)
        begin = time.monotonic()
        assert printer.print(ticket())["outcome"] == "unknown", byte
        assert time.monotonic() - begin < 1.5, "a broken connection is noticed before any time-out"
        assert fake.received[before:] == OfOneLine.data[:byte]
    assert fake.tickets == 0, "the connection broke before the cut was obeyed"
    printer.torn = True
    assert printer.print(ticket(reprint=True))["outcome"] == "printed"
    assert fake.received.endswith(OfOneLine.data + Driver.done_request)


def test_after_a_torn_ticket_the_next_one_is_whole(fake: FakePrinter) -> None:
    printer = printer_at(fake.line)
    fake.reset_at_byte(5000)
    assert printer.print(ticket())["outcome"] == "unknown"
    assert printer.print(ticket(reprint=True))["outcome"] == "printed"
    assert printer.print(ticket(number="A013"))["outcome"] == "printed"
    assert fake.received.endswith(Driver().ticket(ticket(number="A013")) + Driver.done_request)
    assert fake.received.count(Driver().recovery) == 1


def test_a_printer_that_never_answers_has_printed_what_it_took(fake: FakePrinter) -> None:
    fake.hang()
    told = printer_at(fake.line, answers_status=False).print(ticket())
    assert (told["outcome"], told["paper"]) == ("printed", "unknown")


def test_a_printer_that_does_not_report_when_it_is_done_still_prints(fake: FakePrinter) -> None:
    told = printer_at(fake.line, reports_when_done=False).print(ticket())
    assert told["outcome"] == "printed"
    assert told["detail"] == "the printer does not tell when it is done"


@pytest.mark.parametrize("model", ["file", "escpos"])
def test_a_file_takes_every_ticket(model: str, tmp_path: Path) -> None:
    file = tmp_path / "paper"
    printer = Printer.of({"model": model, "line": f"file://{file}"})
    assert printer.status() == {"paper": "unknown", "online": True, "detail": ""}
    assert [printer.print(ticket(number=number))["outcome"] for number in ("A012", "A013")] == ["printed"] * 2
    assert len(escpos_picture.pictures(file.read_bytes(), 80)) == 2


def test_a_ticket_is_printed_over_a_serial_line() -> None:
    with SerialPrinter() as serial:
        printer = printer_at(f"serial://{serial.path}?baudrate=115200", width_mm=58)
        assert printer.print(ticket())["outcome"] == "printed"
        assert serial.received == Driver(width_mm=58).ticket(ticket()) + Driver.done_request


def test_a_printer_that_was_unplugged_prints_again_when_its_port_is_back(tmp_path: Path) -> None:
    port = tmp_path / "printer"
    printer = printer_at(f"serial://{port}?baudrate=115200", width_mm=58)
    with SerialPrinter() as first:
        port.symlink_to(first.path)
        assert printer.print(ticket())["outcome"] == "printed"
    assert printer.print(ticket())["outcome"] == "failed"
    port.unlink()
    assert "not plugged in" in printer.print(ticket())["detail"]
    with SerialPrinter() as second:
        port.symlink_to(second.path)
        assert printer.print(ticket())["outcome"] == "printed"


def test_the_status_is_told_without_printing(fake: FakePrinter) -> None:
    printer = printer_at(fake.line)
    assert printer.status() == {"paper": "ok", "online": True, "detail": ""}
    fake.open_cover()
    told = {"paper": "ok", "online": False, "cover": "open", "detail": "its cover is open"}
    assert printer.status() == told
    fake.hang()
    assert printer.status()["online"] is False
    assert fake.received == b""


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        (
            {"model": "laser", "line": "tcp://p:9100"},
            'model = "laser" is no printer that is known: escpos, file',
        ),
        ({"model": "../escpos", "line": "tcp://p:9100"}, 'model = "../escpos" is no printer that is known'),
        ({"model": "escpos", "line": "tcp://p"}, "has no port"),
        ({"model": "escpos"}, "is not a line that is known"),
        (
            {"model": "escpos", "line": "tcp://p:9100", "speed": 3},
            "speed is no setting of the printer escpos",
        ),
        (
            {"model": "escpos", "line": "tcp://p:9100", "width_mm": 72},
            "width_mm = 72: the paper is 58 or 80 mm",
        ),
        ({"model": "escpos", "line": "tcp://p:9100", "width_mm": []}, "unhashable"),
        ({"model": "escpos", "line": "serial:///dev/ttyS0?baudrate=9600"}, "is too slow for tickets"),
        (
            {"model": "escpos", "line": "tcp://p:9100", "cut": "both"},
            'cut = "both": write "full", "partial" or "none"',
        ),
        ([], "are no settings of a printer"),
    ],
    ids=str,
)
def test_wrong_settings_fail_every_job_with_a_sentence(settings: object, sentence: str) -> None:
    printer = printer_of(json.dumps(settings))
    assert isinstance(printer, Unusable)
    assert printer.print(ticket())["outcome"] == "failed"
    assert sentence in printer.print(ticket())["detail"]
    assert printer.status()["online"] is False
    assert sentence in printer.status()["detail"]


@pytest.mark.parametrize(
    "job",
    [
        "",
        "{",
        "[]",
        "7",
        '{"job": "dance", "id": 3}',
        '{"job": "print", "id": 3, "paper": {}}',
        '{"job": "print"}',
    ],
)
def test_what_is_no_job_is_answered_and_harms_nothing(job: str, fake: FakePrinter) -> None:
    answers = io.StringIO()
    good = json.dumps({"job": "print", "id": 8, "paper": ticket().to_json()})
    print_worker.serve(printer_at(fake.line), io.StringIO(f"{job}\n{good}\n"), answers)
    wrong, right = (json.loads(line) for line in answers.getvalue().splitlines())
    assert wrong["outcome"] == "failed"
    assert wrong["id"] == (3 if '"id": 3' in job else None)
    assert (right["id"], right["outcome"]) == (8, "printed")
    assert fake.tickets == 1
