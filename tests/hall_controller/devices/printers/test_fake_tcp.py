"""The pretended printer behaves as a real one: it answers at once, works in order, and fails as it was told to."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from hall_controller.devices.line_address import parse
from hall_controller.devices.printers.escpos import Driver, Status
from hall_controller.devices.printers.fake_tcp import FakePrinter
from tests.hall_controller.devices.tickets import ticket

TICKET = Driver(width_mm=58).ticket(ticket())
ASK_PAPER = b"\x10\x04\x04"


@pytest.fixture
def fake() -> Iterator[FakePrinter]:
    with FakePrinter() as printer:
        yield printer


@pytest.fixture
def cable(fake: FakePrinter) -> Iterator[socket.socket]:
    address = parse(fake.line)
    with socket.create_connection((address.where, address.port), timeout=5) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        yield connection


def test_it_listens_on_this_machine_alone(fake: FakePrinter) -> None:
    assert fake.line.startswith("tcp://127.0.0.1:")


def test_its_status_is_what_was_done_to_it(fake: FakePrinter, cable: socket.socket) -> None:
    def asked() -> Status:
        answers = []
        for request in Driver.status_requests:
            cable.sendall(request)
            answers.append(cable.recv(1))
        return Driver.status(answers)

    assert asked().can_print
    fake.let_paper_run_low()
    assert asked().paper == "low"
    fake.take_out_paper()
    assert (asked().paper, asked().online) == ("out", False)
    fake.load_paper()
    fake.open_cover()
    assert (asked().cover_open, asked().can_print) == (True, False)
    fake.close_cover()
    assert asked().can_print


def test_a_question_in_pieces_is_answered_and_is_no_part_of_the_ticket(
    fake: FakePrinter, cable: socket.socket
) -> None:
    cable.sendall(TICKET[:990])
    for byte in TICKET[990:1000] + ASK_PAPER:
        cable.sendall(bytes((byte,)))
    assert cable.recv(1) == b"\x12"
    assert fake.received == TICKET[:1000]


def test_it_reports_only_when_all_before_is_printed(fake: FakePrinter, cable: socket.socket) -> None:
    cable.sendall(TICKET[:-1] + ASK_PAPER)
    assert cable.recv(1) == b"\x12"
    assert fake.tickets == 0
    cable.sendall(TICKET[-1:] + Driver.done_request)
    assert cable.recv(1) == b"\x00"
    assert fake.tickets == 1


def test_without_paper_it_takes_bytes_and_prints_nothing(fake: FakePrinter, cable: socket.socket) -> None:
    fake.run_out_at_byte(500)
    cable.sendall(TICKET + Driver.done_request + ASK_PAPER)
    assert cable.recv(2) == b"\x7e"
    assert fake.tickets == 0


def test_it_breaks_the_connection_at_the_byte_that_was_said(fake: FakePrinter, cable: socket.socket) -> None:
    fake.reset_at_byte(1500)
    cable.sendall(TICKET[:1600])
    with pytest.raises(ConnectionResetError):
        cable.recv(1)
    assert fake.received == TICKET[:1500]


def test_a_hanging_printer_says_nothing_until_it_goes_on(fake: FakePrinter, cable: socket.socket) -> None:
    fake.hang()
    cable.sendall(ASK_PAPER)
    cable.settimeout(0.05)
    with pytest.raises(TimeoutError):
        cable.recv(1)
    fake.go_on()
    cable.settimeout(5)
    cable.sendall(ASK_PAPER)
    assert cable.recv(1) == b"\x12"
