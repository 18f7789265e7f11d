"""Settings of printers in hall.toml: what a technician is told of them before the first ticket."""

from __future__ import annotations

from pathlib import Path

import pytest

from hall_controller import printer_settings
from hall_controller.config import load
from hall_controller.errors import ConfigError
from hall_controller.settings import Device
from tests.hall_controller.settings_files import EXAMPLE

MQTT_PANEL = 'model = "mqtt", line = "mqtt:", counter = "1"'


def printer(line: str = "tcp://192.168.1.50:9100", **settings: object) -> Device:
    return Device(id="printer-1", type="printer", model="escpos", line=line, settings=settings)


def told(device: Device, width_mm: int = 80) -> list[tuple[str, str]]:
    return [(str(one.path[-1]), one.sentence) for one in printer_settings.mistakes([device], width_mm)]


@pytest.mark.parametrize(
    ("device", "place", "sentence"),
    [
        (printer(cut="both"), "settings", 'is wrong: cut = "both": write "full", "partial" or "none"'),
        (printer(width_mm=72), "settings", "is wrong: width_mm = 72: the paper is 58 or 80 mm wide"),
        (
            printer(ctu="full"),
            "settings",
            "is wrong: ctu is no setting of the printer escpos: it has width_mm, cut",
        ),
        (
            printer("serial:///dev/ttyUSB0?baudrate=9600"),
            "line",
            "is too slow for tickets: set the printer to",
        ),
    ],
)
def test_a_wrong_setting_is_one_line_that_says_what_to_write(
    device: Device, place: str, sentence: str
) -> None:
    ((where, said),) = told(device)
    assert where == place
    assert sentence in said
    assert "\n" not in said


@pytest.mark.parametrize(
    "device", [printer(cut="full", width_mm=58), printer("serial:///dev/ttyUSB0?baudrate=115200"), printer()]
)
def test_right_settings_are_not_remarked_upon(device: Device) -> None:
    assert told(device) == []


def test_the_models_own_width_goes_before_that_of_all_tickets() -> None:
    assert printer_settings.worker(printer(width_mm=58), 80)["width_mm"] == 58
    assert printer_settings.worker(printer(), 80) == {
        "model": "escpos",
        "line": "tcp://192.168.1.50:9100",
        "width_mm": 80,
    }


def test_devices_that_are_no_printers_are_left_alone() -> None:
    panel = Device(id="panel-1", type="panel", model="mqtt", line="mqtt:", counter="1")
    assert told(panel) == []


def test_a_panel_that_hears_mqtt_by_itself_and_a_wrong_printer_in_one_hall_toml(tmp_path: Path) -> None:
    file = tmp_path / "hall.toml"
    text = EXAMPLE.read_text("utf-8").replace(
        'model = "hall-display", line = "mqtt:", counter = "1"', MQTT_PANEL
    )
    assert MQTT_PANEL in text
    file.write_text(text, "utf-8")
    assert any(device.model == "mqtt" and device.type == "panel" for device in load(file).device)
    wrong = 'line = "file:///dev/usb/lp0", settings = { cut = "both" }'
    file.write_text(text.replace('line = "file:///dev/usb/lp0"', wrong), "utf-8")
    with pytest.raises(ConfigError) as refused:
        load(file)
    (sentence,) = refused.value.mistakes
    assert sentence.endswith('is wrong: cut = "both": write "full", "partial" or "none"')


def test_a_worker_that_cannot_be_asked_is_no_mistake_of_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printer_settings.sys, "executable", "/no/such/python")  # type: ignore[attr-defined]
    assert told(printer(cut="both")) == []
