"""What `hall check` says about devices that come by MQTT: which models there are, and what an ESP32 may be given."""

from __future__ import annotations

import pytest
import yaml

from hall_controller import esp32_models
from hall_controller.installation.pi_files import example as shipped
from tests.hall_controller.settings_files import example, mistakes

PAD = 'id = "pad-1",  type = "call-pad", model = "esp32_call_pad", line = "mqtt:"'
PANEL = 'id = "panel-28", type = "panel", model = "esp32_max7219", line = "mqtt:"'
SCREEN = 'id = "screen-1", type = "screen", model = "hall-display", line = "mqtt:"'


class Names(yaml.SafeLoader):
    """Reads a file of ESPHome, passing over ESPHome's own tags."""


Names.add_multi_constructor("!", lambda *_: None)


def changed(device: str, old: str, new: str) -> list[str]:
    """What is told when that device of the reference hall stands there otherwise."""
    return mistakes(example((device, device.replace(old, new))))


@pytest.mark.parametrize(
    ("device", "old", "new", "told"),
    [
        (PAD, "esp32_call_pad", "esp32_cal_pad", "did you mean 'esp32_call_pad'?"),
        (PAD, "esp32_call_pad", "esphome", "is 'esphome', which is no model that comes by MQTT"),
        (PANEL, "esp32_max7219", "esp32_max7221", "did you mean 'esp32_max7219'?"),
        (SCREEN, "hall-display", "hall_display", "did you mean 'hall-display'?"),
        (PAD, 'line = "mqtt:"', "settings = { pin_nxt = 4 }", "did you mean 'pin_next'?"),
        (PAD, 'line = "mqtt:"', "settings = { pin_next = true }", 'whole number, such as "GPIO13"'),
        (
            PANEL,
            'line = "mqtt:"',
            "settings = { levels = 3 }",
            "is not a setting of esp32_max7219; there are",
        ),
        (PAD, '"pad-1"', f'"{"a" * 32}"', "an ESP32's name may have 31 letters; shorten it"),
        (PAD, '"pad-1"', '"pads"', "is 'pads', and its file would take the place of another"),
        (SCREEN, '"screen-1"', '"tls"', "is 'tls', and its file would take the place of another"),
    ],
)
def test_what_hall_firmware_could_not_make_is_told_by_hall_check(
    device: str, old: str, new: str, told: str
) -> None:
    (sentence,) = changed(device, old, new)
    assert sentence.startswith("hall.toml line ")
    assert told in sentence


@pytest.mark.parametrize(
    ("device", "old", "new"),
    [
        (PAD, "esp32_call_pad", "mqtt"),
        (PAD, 'line = "mqtt:"', "gateway = 'screen-1'"),
        (PAD, 'model = "esp32_call_pad", line = "mqtt:"', "model = 'rs485_box', gateway = 'screen-1'"),
        (PAD, 'line = "mqtt:"', 'settings = { pin_next = "GPIO4", pin_hold = 18 }'),
        (PANEL, 'line = "mqtt:"', 'settings = { width = 6, brightness = "2" }'),
        (SCREEN, '"screen-1"', f'"{"s" * 32}"'),
    ],
)
def test_what_speaks_the_contract_is_no_mistake(device: str, old: str, new: str) -> None:
    assert changed(device, old, new) == []


@pytest.mark.parametrize(("model", "file"), esp32_models.models().items())
def test_what_a_model_may_be_given_is_what_its_file_says(model: str, file: str) -> None:
    table = yaml.load(shipped(file).read_text("utf-8"), Names)["substitutions"]  # noqa: S506 - a safe loader
    assert table["model"] == model
    assert esp32_models.settings_of(file) == set(table) - esp32_models.GIVEN
    assert "board" in esp32_models.settings_of(file)
