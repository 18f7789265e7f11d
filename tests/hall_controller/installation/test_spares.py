"""New devices that wait for adoption have a name, a secret and a label of their own, as many as the hall wants."""

from __future__ import annotations

from pathlib import Path

from hall_controller.esp32_models import spares
from hall_controller.installation import secret_file
from hall_controller.installation.firmware import clients, firmware
from hall_controller.messages import adoption_code
from tests.debian import needs_debian
from tests.hall_controller.installation.installed_machine import hall_with_devices
from tests.hall_controller.settings_files import SMALL, loaded, mistakes


def test_a_hall_has_as_many_spare_names_as_it_asks_for() -> None:
    assert clients(loaded(SMALL)) == ["controller"]
    assert clients(loaded(SMALL, "mqtt.spares=2")) == ["controller", "spare-1", "spare-2"]


def test_spares_are_of_the_chosen_models_in_turn() -> None:
    wish = '[mqtt]\nspares = 3\nspare_models = ["esp32_rating_pad", "esp32_call_pad"]\n'
    assert list(spares(loaded(SMALL + wish)).values()) == [
        "esp32_rating_pad",
        "esp32_call_pad",
        "esp32_rating_pad",
    ]
    (said,) = mistakes(SMALL + wish.replace("esp32_call_pad", "esp32_call_pda"))
    assert "'esp32_call_pda', which is no ESP32 model; did you mean 'esp32_call_pad'?" in said


def test_a_spare_that_hall_toml_names_is_a_device_as_any_other() -> None:
    named = '[[device]]\nid = "spare-1"\ntype = "call-pad"\nmodel = "esp32_call_pad"\ncounter = "1"\n'
    config = loaded(SMALL + named, "mqtt.spares=2")
    assert list(spares(config)) == ["spare-2"]
    assert clients(config) == ["controller", "spare-1", "spare-2"]


@needs_debian("openssl")
def test_a_spare_is_flashed_in_advance_and_its_label_printed(tmp_path: Path) -> None:
    hall = hall_with_devices(tmp_path, "[mqtt]\nspares = 1\n")
    told, out = firmware(hall, tmp_path / "out"), tmp_path / "out"
    secrets = secret_file.read(out / "secrets.yaml")
    code = adoption_code("spare-1", secrets["spare-1_mqtt"])
    assert f"label: spare-1 {code[:3]} {code[3:]} (esp32_call_pad)" in str(told).splitlines()
    text = (out / "spare-1.yaml").read_text("utf-8")
    assert f"  code: '{code}'\n" in text
    assert "password: !secret spare-1_mqtt\n" in text
    assert secrets["spare-1_mqtt"] not in text
    assert secrets["spare-1_ota"]
    assert str(firmware(hall, out)) == str(told), "a label stays right"
