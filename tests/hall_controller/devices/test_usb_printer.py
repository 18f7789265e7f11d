"""A printer on USB without the system's driver: printed on, asked, unplugged and plugged in again."""

from __future__ import annotations

import pytest
import usb.backend.libusb1

from hall_controller.devices.lines import open_line
from hall_controller.devices.print_worker import Printer
from hall_controller.devices.printers.escpos import Driver
from hall_controller.errors import LineError
from tests.hall_controller.devices.pretended_usb import UsbPrinter
from tests.hall_controller.devices.tickets import ticket

LINE = "usb://04b8:0e28"


@pytest.fixture
def plug(monkeypatch: pytest.MonkeyPatch) -> UsbPrinter:
    """The only device that pyusb finds."""
    return on_the_bus(UsbPrinter(), monkeypatch)


def on_the_bus(printer: UsbPrinter, monkeypatch: pytest.MonkeyPatch) -> UsbPrinter:
    monkeypatch.setattr(usb.backend.libusb1, "get_backend", lambda: printer)
    return printer


def printer(**settings: object) -> Printer:
    return Printer.of({"model": "escpos", "line": LINE, **settings})


def test_a_ticket_is_printed_whole_and_the_status_is_known_before_and_after(plug: UsbPrinter) -> None:
    told = printer().print(ticket())
    assert told == {"outcome": "printed", "paper": "ok", "online": True, "detail": ""}
    assert plug.received == Driver().ticket(ticket()) + Driver.done_request
    assert not plug.kernel_driver, "the system's own printer driver lets go of it"
    assert plug.claimed == 0, "and it is let go of afterwards"


def test_a_printer_that_re_enumerates_prints_again_without_a_restart(plug: UsbPrinter) -> None:
    at_the_desk = printer()
    assert at_the_desk.print(ticket())["outcome"] == "printed"
    plug.plugged = False
    told = at_the_desk.print(ticket())
    assert (told["outcome"], "not plugged in" in told["detail"]) == ("failed", True)
    assert at_the_desk.status()["online"] is False
    plug.plugged = True
    assert at_the_desk.print(ticket(number="A013"))["outcome"] == "printed"


def test_a_printer_that_is_pulled_out_in_mid_ticket_is_a_doubt(plug: UsbPrinter) -> None:
    at_the_desk = printer()
    plug.pulled_out_at_byte = 4000
    told = at_the_desk.print(ticket())
    assert told["outcome"] == "unknown"
    assert "broke after" in told["detail"]
    assert at_the_desk.torn


def test_a_printer_that_hangs_is_told_with_what_it_took(plug: UsbPrinter) -> None:
    line = open_line(LINE, 1)
    plug.hangs = True
    with pytest.raises(LineError, match="took 0 of 3 bytes"):
        line.write(b"abc", 0.1)
    line.close()


def test_a_printer_without_a_way_back_counts_as_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    on_the_bus(UsbPrinter(bulk_in=False), monkeypatch)
    told = printer().print(ticket())
    assert (told["outcome"], told["paper"]) == ("printed", "unknown")


def test_another_printer_is_not_taken_for_it(plug: UsbPrinter) -> None:
    with pytest.raises(LineError, match="it is not plugged in, or `lsusb` shows another number"):
        open_line("usb://04b8:0e15", 1)
