"""Ready, late, lost or faulty: each device of the hall, and why."""

from __future__ import annotations

import pytest

from hall_controller.equipment import sentences
from hall_controller.equipment.seen import Equipment
from tests.hall_controller.equipment.watched import KIOSK, PAD, PANEL, PRINTER, SCREEN, Watched


def test_nobody_calls_a_device_lost_before_it_had_time_to_speak() -> None:
    hall = Watched(PAD, KIOSK, PRINTER)
    hall.wait(29)
    assert {device: hall.how(device).state for device in hall.roster.devices} == {
        "pad-1": "init",
        "kiosk-1": "init",
        "printer-1": "init",
    }
    hall.wait(2)
    assert hall.how("pad-1") == ("lost", sentences.NEVER_HEARD, sentences.TODO["call-pad"], None)
    assert hall.how("kiosk-1").why == sentences.PAGE_CLOSED
    assert hall.how("printer-1").state == "lost"


@pytest.mark.parametrize(
    ("said", "state", "why"),
    [
        ("ready", "ready", None),
        ("sleeping", "ready", None),
        ("lost", "lost", sentences.GONE),
        ("disconnected", "lost", sentences.SWITCHED_OFF),
    ],
)
def test_a_device_is_what_it_says_or_its_last_will(said: str, state: str, why: object) -> None:
    hall = Watched(PAD)
    hall.is_("pad-1", said)
    assert hall.how("pad-1")[:2] == (state, why)


def test_without_a_broker_nothing_is_known_of_those_who_speak_through_it() -> None:
    hall = Watched(PAD, PRINTER, KIOSK)
    hall.is_("pad-1", "ready")
    hall.health.device_is("printer-1", "ready")
    hall.roster.page_lives("kiosk-1")
    hall.health.raise_alert("broker-away", "critical", sentences.BROKER_AWAY)
    assert hall.how("pad-1") == ("lost", sentences.BROKER_AWAY, sentences.MEND_THE_BROKER, "broker")
    assert hall.how("printer-1").state == "ready"
    assert hall.how("kiosk-1").state == "ready"


def test_a_device_that_does_not_come_back_with_the_broker_is_lost_after_half_a_minute() -> None:
    hall = Watched(PAD, SCREEN)
    hall.is_("pad-1", "ready")
    hall.is_("screen-1", "ready")
    hall.wait(100)
    hall.roster.connected()
    hall.wait(1)
    hall.is_("screen-1", "ready")
    hall.wait(25)
    assert hall.how("pad-1").state == "ready"
    hall.wait(10)
    assert hall.how("pad-1")[:2] == ("lost", sentences.NEVER_HEARD)
    assert hall.how("screen-1").state == "ready"


def test_a_device_that_promised_a_sign_is_late_after_two_intervals_and_lost_after_four() -> None:
    hall = Watched(PAD)
    hall.is_("pad-1", "ready")
    hall.introduces("pad-1", sign_every_s=10)
    hall.wait(20)
    assert hall.how("pad-1").state == "ready"
    hall.wait(1)
    late = hall.how("pad-1")
    assert late.state == "late"
    assert late.why
    assert "silent for 21 s" in late.why.en
    hall.wait(20)
    assert hall.how("pad-1").state == "lost"
    hall.is_("pad-1", "ready")
    assert hall.how("pad-1").state == "ready"


@pytest.mark.parametrize("promise", [0, -1, "10", None, 1e9])
def test_a_promise_that_makes_no_sense_is_none(promise: object) -> None:
    hall = Watched(PAD)
    hall.is_("pad-1", "ready")
    hall.introduces("pad-1", sign_every_s=promise)
    hall.wait(3600)
    assert hall.how("pad-1").state == "ready"


def test_a_kiosk_lives_as_long_as_its_page_listens() -> None:
    hall = Watched(KIOSK)
    hall.roster.page_lives("kiosk-1")
    states = []
    for _ in range(12):
        states.append(hall.how("kiosk-1").state)
        hall.wait(1)
    assert states == ["ready"] * 3 + ["late"] * 8 + ["lost"]
    hall.roster.page_lives("kiosk-1")
    assert hall.how("kiosk-1").state == "ready"


def test_a_page_that_claims_to_be_a_pad_is_not_believed() -> None:
    hall = Watched(PAD)
    hall.roster.page_lives("pad-1")
    hall.roster.page_lives("nobody")
    hall.wait(60)
    assert hall.how("pad-1").state == "lost"


def test_a_panel_that_shows_an_older_call_for_more_than_two_seconds_is_late() -> None:
    hall = Watched(PANEL)
    hall.is_("panel-1", "ready")
    hall.counter_changes(7)
    hall.shows("panel-1", 7)
    hall.wait(60)
    hall.counter_changes(9)
    hall.wait(1.9)
    assert hall.how("panel-1").state == "ready"
    hall.wait(0.2)
    assert hall.how("panel-1")[:2] == ("late", sentences.BEHIND)
    hall.shows("panel-1", 9)
    assert hall.how("panel-1").state == "ready"


def test_a_panel_of_a_busy_counter_is_late_only_when_it_lags_behind_by_two_seconds() -> None:
    hall = Watched(PANEL)
    hall.is_("panel-1", "ready")
    states = set()
    for rev in range(1, 200):
        hall.counter_changes(rev)
        hall.shows("panel-1", max(1, rev - 15))  # 1.5 s behind, always
        states.add(hall.how("panel-1").state)
        hall.wait(0.1)
    assert states == {"ready"}
    hall.counter_changes(200)
    hall.shows("panel-1", 170)
    hall.wait(0.1)
    assert hall.how("panel-1").state == "late"


def test_a_hall_screen_is_late_by_the_calls_that_it_does_not_show() -> None:
    hall = Watched(SCREEN)
    hall.is_("screen-1", "ready")
    hall.counter_changes(50, "9")
    hall.calls_change(40)
    hall.shows("screen-1", 40)
    hall.wait(3)
    assert hall.how("screen-1").state == "ready", "the counter's board does not stand on it"
    hall.calls_change(60)
    hall.wait(3)
    assert hall.how("screen-1").state == "late"


def test_a_display_machine_is_late_by_any_of_its_panels() -> None:
    hall = Watched(SCREEN)
    hall.is_("screen-1", "ready")
    hall.introduces("screen-1", "screen", panels={"p5": {"model": "console", "counter": "5"}}, screens={})
    hall.counter_changes(8, "5")
    hall.calls_change(90)
    hall.shows("screen-1", 8)
    hall.wait(3)
    assert hall.how("screen-1").state == "ready", "it has no screen, so no calls stand on it"
    hall.counter_changes(91, "5")
    hall.wait(3)
    assert hall.how("screen-1").state == "late"


def test_a_display_machine_with_a_dead_panel_is_faulty_and_says_which() -> None:
    hall = Watched(SCREEN)
    hall.is_("screen-1", "ready")
    hall.shows("screen-1", 1, **{"panel-5": "no answer on /dev/ttyUSB0", "hall-screen": "ok"})
    verdict = hall.how("screen-1")
    assert verdict.state == "faulty"
    assert verdict.why
    assert verdict.why.en == "panel-5: no answer on /dev/ttyUSB0"
    assert "panel-5" in verdict.why.vi
    hall.shows("screen-1", 1, **{"panel-5": "ok", "hall-screen": "starting"})
    assert hall.how("screen-1").state == "ready"


def test_a_panel_behind_a_display_machine_is_what_that_machine_says_of_it() -> None:
    panel = Equipment("panel-5", "panel", "rs485_ascii", counter="5", gateway="screen-1")
    hall = Watched(SCREEN, panel)
    hall.is_("screen-1", "ready")
    for said, state in (("starting", "init"), ("ok", "ready"), ("does not answer", "lost")):
        hall.shows("screen-1", 1, **{"panel-5": said})
        assert hall.how("panel-5").state == state
    hall.is_("screen-1", "lost")
    assert hall.how("panel-5").cause == "screen-1"


def test_children_of_a_lost_gateway_are_lost_with_that_reason_however_deep() -> None:
    hub = Equipment("hub-1", "gateway", "rs485-hub")
    floor = Equipment("hub-2", "gateway", "rs485-hub", gateway="hub-1")
    pad = Equipment("pad-9", "call-pad", "mqtt", counter="9", gateway="hub-2")
    hall = Watched(pad, floor, hub)
    for device in ("pad-9", "hub-2", "hub-1"):
        hall.is_(device, "ready")
    assert {hall.how(device).state for device in hall.roster.devices} == {"ready"}
    hall.is_("hub-1", "lost")
    assert hall.how("hub-2")[2:] == (sentences.mend_gateway("hub-1"), "hub-1")
    assert hall.how("pad-9")[1:] == (
        sentences.behind_gateway("hub-2"),
        sentences.mend_gateway("hub-1"),
        "hub-1",
    )
    hall.health.raise_alert("broker-away", "critical", sentences.BROKER_AWAY)
    assert hall.how("pad-9").cause == "broker"


def test_gateways_in_a_circle_are_judged_all_the_same() -> None:
    hall = Watched(
        Equipment("a", "gateway", "hub", gateway="b"), Equipment("b", "gateway", "hub", gateway="a")
    )
    hall.is_("a", "ready")
    hall.is_("b", "ready")
    assert {care.verdict.state for care in hall.roster.look().values()} == {"ready"}


def test_wired_devices_tell_their_drivers_reason_and_a_dead_line_is_the_cause_of_all_on_it() -> None:
    line = "serial:///dev/ttyUSB0"
    pads = [Equipment(f"pad-{n}", "call-pad", "modbus_inputs", line, str(n)) for n in (1, 2)]
    hall = Watched(*pads)
    for pad in pads:
        hall.health.device_is(pad.id, "ready")
    hall.health.device_is("pad-1", "lost")
    hall.health.raise_alert("device-pad-1", "critical", sentences.GONE)
    assert hall.how("pad-1") == ("lost", sentences.GONE, sentences.TODO["call-pad"], None)
    assert hall.how("pad-2").state == "ready"
    hall.health.device_is("pad-2", "lost")
    assert hall.how("pad-1").cause == line
    assert hall.how("pad-2")[1::2] == (sentences.LINE_AWAY, line)


def test_a_faulty_pad_says_which_key_is_stuck() -> None:
    hall = Watched(Equipment("pad-1", "call-pad", "gpio_buttons", "gpio://17", "1"))
    hall.health.device_is("pad-1", "faulty")
    hall.health.raise_alert("faulty-pad-1", "warning", sentences.GONE)
    assert hall.how("pad-1")[:2] == ("faulty", sentences.GONE)
