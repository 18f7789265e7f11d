"""One alert for each cause, told once and taken back; and a row of advice for every alert that the code can raise."""

from __future__ import annotations

import ast
import re
import unicodedata
from pathlib import Path

import pytest

import hall_controller
from hall_controller.equipment import sentences
from hall_controller.equipment.advice import ADVICE, row_of, what_to_do
from hall_controller.equipment.seen import Equipment
from hall_controller.messages import Text
from tests.hall_controller.equipment.watched import PAD, SCREEN, Watched

SOURCE = Path(hall_controller.__file__).parent


def test_a_lost_device_is_an_alert_until_it_is_back() -> None:
    hall = Watched(PAD)
    hall.is_("pad-1", "ready")
    assert hall.alerts() == {}
    hall.is_("pad-1", "lost")
    assert list(hall.alerts()) == ["device-pad-1"]
    assert hall.health.alerts["device-pad-1"].severity == "critical"
    hall.wait(60)
    since = hall.health.alerts["device-pad-1"].since
    assert list(hall.alerts()) == ["device-pad-1"]
    assert hall.health.alerts["device-pad-1"].since == since
    hall.is_("pad-1", "ready")
    assert hall.alerts() == {}


def test_a_lost_gateway_is_one_alert_and_not_one_for_every_device_behind_it() -> None:
    hub = Equipment("hub-1", "gateway", "rs485-hub")
    pads = [Equipment(f"pad-{n}", "call-pad", "mqtt", counter=str(n), gateway="hub-1") for n in range(20)]
    hall = Watched(hub, *pads)
    for device in hall.roster.devices:
        hall.is_(device, "ready")
    hall.is_("hub-1", "lost")
    for pad in pads:
        hall.is_(pad.id, "lost")
    assert list(hall.alerts()) == ["device-hub-1"]
    assert hall.roster.counts() == {"lost": 21}


def test_without_a_broker_there_is_its_alert_and_no_other() -> None:
    hall = Watched(PAD, SCREEN)
    hall.is_("pad-1", "lost")
    hall.is_("screen-1", "ready")
    assert list(hall.alerts()) == ["device-pad-1"]
    hall.health.raise_alert("broker-away", "critical", sentences.BROKER_AWAY)
    assert list(hall.alerts()) == ["broker-away"]
    hall.health.end_alert("broker-away")
    assert list(hall.alerts()) == ["device-pad-1"]


def test_devices_that_nobody_ever_heard_are_one_alert_together() -> None:
    hall = Watched(*(Equipment(f"pad-{n}", "call-pad", "mqtt", counter=str(n)) for n in range(1, 31)))
    hall.wait(31)
    (told,) = hall.alerts().items()
    assert told == (
        "silent",
        "Not heard since the start: pad-1, pad-2, pad-3, pad-4, pad-5, pad-6, pad-7, pad-8 and 22 more.",
    )
    for device in hall.roster.devices:
        hall.is_(device, "ready")
    assert hall.alerts() == {}


def test_what_a_driver_has_told_is_not_told_twice_and_never_taken_back_for_it() -> None:
    pad = Equipment("pad-1", "call-pad", "gpio_buttons", "gpio://17", "1")
    hall = Watched(pad)
    hall.health.device_is("pad-1", "lost")
    hall.health.raise_alert("device-pad-1", "critical", Text(vi="Không nghe được", en="no such port"))
    assert hall.alerts() == {"device-pad-1": "no such port"}
    hall.health.device_is("pad-1", "ready")
    assert hall.alerts() == {"device-pad-1": "no such port"}, "the driver takes it back"


def test_a_late_device_is_a_warning_whose_words_do_not_change_every_second() -> None:
    hall = Watched(PAD)
    hall.is_("pad-1", "ready")
    hall.introduces("pad-1", sign_every_s=10)
    hall.wait(22)
    first = hall.alerts()
    hall.wait(5)
    assert hall.alerts() == first
    assert list(first) == ["late-pad-1"]
    assert hall.health.alerts["late-pad-1"].severity == "warning"


def _codes() -> set[str]:
    """The codes of all alerts that the source raises; of a code with an id behind it the beginning."""
    found: set[str] = set()
    for path in SOURCE.rglob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        constants = {
            target.id: node.value.value
            for node in tree.body
            if isinstance(node, ast.AnnAssign | ast.Assign)
            for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
            if isinstance(target, ast.Name) and isinstance(node.value, ast.Constant)
            if not target.id.endswith("_NAME") and path.name != "app.py"
        }
        calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
        if any(isinstance(call.func, ast.Attribute) and call.func.attr == "raise_alert" for call in calls):
            found |= {said for said in map(str, constants.values()) if re.fullmatch("[a-z][a-z-]*", said)}
        for call in calls:
            name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
            if name in {"raise_alert", "alert_code", "_tell"} and call.args:
                found |= _code(call.args[0], prefix=name != "raise_alert")
    return found


def _code(word: ast.expr, *, prefix: bool) -> set[str]:
    match word:
        case ast.Constant(value=str(said)):
            return {f"{said}-" if prefix else said}
        case ast.JoinedStr(values=[ast.Constant(value=str(said)), *_]):
            return {said}
        case ast.Subscript(value=inner) | ast.Call(args=[inner]):
            return _code(inner, prefix=prefix)
        case _:
            return set()


def test_every_alert_that_the_code_raises_has_a_row_of_advice() -> None:
    codes = _codes()
    assert {
        "journal",
        "broker-away",
        "retained-",
        "malformed-",
        "paper-",
        "device-",
        "burst",
        "silent",
    } <= codes
    missing = sorted(code for code in codes if row_of(code) is None)
    assert missing == [], "write what to do into hall_controller/equipment/advice.py"


@pytest.mark.parametrize("row", ADVICE)
def test_advice_is_a_sentence_in_both_languages(row: str) -> None:
    advice = ADVICE[row]
    for said in (advice.vi, advice.en):
        assert said == unicodedata.normalize("NFC", said).strip()
        assert said[0].isupper()
        assert said.endswith(".")
    assert re.search("[ăâđêôơưàáảãạèéẻẽẹìíòóọùúủũụỳýỷỹỵ]", advice.vi)
    assert advice.vi != advice.en


def test_a_code_has_its_own_row_before_that_of_its_beginning() -> None:
    assert row_of("catalogue-stale") == "catalogue-stale"
    assert row_of("wait-dat-dai") == "wait-"
    assert row_of("nobody-knows") is None
    assert what_to_do("nobody-knows").vi
    assert what_to_do("burst-guarded") == ADVICE["burst-guarded"]
