"""What is remembered of every device, and since when it is as it is."""

from __future__ import annotations

from datetime import timedelta

from hall_controller.controller import Told
from hall_controller.domain.facts import CounterOpened, TicketPrinted
from hall_controller.domain.state import Hall
from hall_controller.equipment.care import alert_care, device_care
from hall_controller.equipment.sentences import GONE
from hall_controller.journal import Record
from tests.hall_controller.domain.small_hall import small_hall
from tests.hall_controller.equipment.watched import KIOSK, PAD, PRINTER, Watched


def test_a_state_holds_since_it_began_and_is_told_once() -> None:
    hall = Watched(PAD)
    told: list[str] = []
    hall.roster.on_change.append(told.append)
    hall.is_("pad-1", "ready")
    began = hall.at
    hall.roster.look()
    hall.wait(60)
    assert hall.roster.look()["pad-1"].since == began
    hall.is_("pad-1", "lost")
    assert hall.roster.look()["pad-1"].since == began + timedelta(seconds=60)
    hall.roster.look()
    assert told == ["pad-1", "pad-1"]
    assert hall.roster.counts() == {"lost": 1}


def test_the_technician_sees_firmware_boot_and_the_last_sign_press_and_paper() -> None:
    hall = Watched(PAD, PRINTER)
    hall.is_("pad-1", "ready")
    hall.introduces("pad-1")
    at = hall.at + timedelta(minutes=5)
    pressed = Record(1, CounterOpened(at, time_trusted=True, counter="1"), "pad-1/7/12")
    printed = Record(2, TicketPrinted(at, time_trusted=True, ticket="A001", printer="printer-1"), None)
    hall.roster.committed(Told((pressed, printed), Hall(small_hall())))
    pad, printer = (device_care(care, ["identify"]) for care in hall.roster.look().values())
    assert (pad.firmware, pad.boot, pad.last_sign, pad.last_press) == ("1.2", 7, hall.at, at)
    assert (pad.counter, pad.commands, pad.why) == ("1", ["identify"], None)
    assert (printer.last_print, printer.last_press, printer.firmware) == (at, None, None)


def test_a_stranger_that_introduces_itself_is_remembered_until_it_goes() -> None:
    hall = Watched(KIOSK)
    hall.is_("new-pad", "ready")
    assert hall.roster.strangers == {}
    hall.introduces("new-pad")
    hall.introduces("Not An Identifier")
    assert list(hall.roster.strangers) == ["new-pad"]
    hall.is_("new-pad", "lost")
    assert hall.roster.strangers == {}
    for number in range(200):
        hall.introduces(f"new-{number}")
    assert len(hall.roster.strangers) == 100


def test_an_alert_is_told_with_what_to_do() -> None:
    hall = Watched(PAD)
    hall.health.raise_alert("device-pad-1", "critical", GONE)
    told = alert_care(hall.health.alerts["device-pad-1"])
    assert "replace it" in told.todo.en
    assert "thay" in told.todo.vi
