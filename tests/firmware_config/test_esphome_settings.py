"""Every file that `hall firmware` makes of the reference hall is taken by the real ESPHome and keeps the contract."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from hall_controller import config
from hall_controller.esp32_models import models
from hall_controller.installation import secret_file
from hall_controller.installation.firmware import firmware
from hall_controller.messages import Topics, adoption_code
from hall_controller.presses import key_command
from tests.debian import needs_debian, program
from tests.firmware_config.esphome_checks import Checked, checked, demand_esphome, lambdas
from tests.hall_controller.settings_files import EXAMPLE, FIRMWARE_CONFIG, SMALL
from tests.running_hall import ROOT

pytestmark = needs_debian("openssl")
HALL = Topics("tuyen-quang")
KEYS = "next recall miss complete hold resume transfer open pause close ring".split()
ONE_OF_EACH = {
    "esp32_call_pad": "pad-1",
    "esp32_desk_unit": "pad-28",
    "esp32_max7219": "panel-28",
    "esp32_rating_pad": "rating-1",
}


@dataclass(frozen=True)
class Asked:
    """All that ESPHome is asked in this file: every device of the reference hall, spares, and a file with a mistake."""

    devices: dict[str, Checked]
    spares: dict[str, Checked]
    labels: list[str]
    secrets: dict[str, str]
    mistaken: Checked


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Asked:
    """Asked in one go, since ESPHome is slow to start."""
    demand_esphome()
    out = tmp_path_factory.mktemp("firmware")
    made = firmware(EXAMPLE, out / "hall")
    devices = {device: out / "hall" / f"{device}.yaml" for device in made.devices}
    mistaken = out / "hall/mistaken.yaml"
    mistaken.write_text(devices["pad-1"].read_text("utf-8").replace("password:", "pasword:", 1), "utf-8")
    hall = out / "hall.toml"
    wish = f"[mqtt]\nspares = {len(ONE_OF_EACH)}\nspare_models = {sorted(ONE_OF_EACH)}\n"
    hall.write_text(SMALL + wish.replace("'", '"'), "utf-8")
    labels = list(firmware(hall, out / "spares").labels)
    spares = {f"spare-{n}": out / "spares" / f"spare-{n}.yaml" for n in range(1, len(ONE_OF_EACH) + 1)}
    found = checked([*devices.values(), *spares.values(), mistaken])
    return Asked(
        {device: found[path] for device, path in devices.items()},
        {spare: found[path] for spare, path in spares.items()},
        labels,
        secret_file.read(out / "spares/secrets.yaml"),
        found[mistaken],
    )


@pytest.fixture(scope="module")
def answers(asked: Asked) -> dict[str, Checked]:
    """ESPHome's answer to every device of the reference hall, by the device's id."""
    return asked.devices


def pressed(answer: Checked) -> list[str]:
    """The keys and scores of a device, as its settings press them."""
    sensors = answer.settings.get("binary_sensor", [])
    return [code.rpartition("->")[2] for sensor in sensors for code in lambdas(sensor)]


def test_every_file_is_taken_without_a_word_of_complaint(answers: dict[str, Checked]) -> None:
    assert len(answers) == 28 + 28 + 1
    wrong = {device: answer.said + answer.complaints for device, answer in answers.items() if answer.code}
    assert wrong == {}
    warned = {
        d: a.complaints for d, a in answers.items() if "WARN" in a.complaints or "ERROR" in a.complaints
    }
    assert warned == {}


def test_every_model_is_in_the_reference_hall_and_has_its_file() -> None:
    used = {device.id: device.model for device in config.load(EXAMPLE).device}
    assert {model: used[device] for model, device in ONE_OF_EACH.items()} == {m: m for m in ONE_OF_EACH}
    assert models() == {
        path.stem: f"{path.parent.name}/{path.name}"
        for folder in ("pads", "panels")
        for path in (FIRMWARE_CONFIG / folder).glob("*.yaml")
    }
    assert set(models()) == set(ONE_OF_EACH)


@pytest.mark.parametrize("device", ONE_OF_EACH.values())
def test_a_device_signs_in_encrypted_under_its_own_id_and_leaves_a_last_will(
    answers: dict[str, Checked], device: str
) -> None:
    line = answers[device].settings["mqtt"]
    assert (line["client_id"], line["username"]) == (device, device)
    assert line["password"] == f"!secret {device}_mqtt"
    assert (line["broker"], line["port"]) == ("192.168.1.10", 8883)
    assert line["certificate_authority"].startswith("-----BEGIN CERTIFICATE-----")
    assert not line["skip_cert_cn_check"]
    state = HALL.device(device, "state")
    will = {"topic": state, "payload": '{"state":"lost"}', "qos": 1, "retain": True}
    assert line["will_message"] == will
    assert line["shutdown_message"] == will | {"payload": '{"state":"disconnected"}'}
    assert (line["birth_message"], line["discovery"], line["log_topic"]) == (None, False, None)


@pytest.mark.parametrize("device", ONE_OF_EACH.values())
def test_a_device_says_nothing_that_the_contract_does_not_know(
    answers: dict[str, Checked], device: str
) -> None:
    """No topic of ESPHome's own: no discovery, no log, no state of a sensor, no API and no page."""
    settings = answers[device].settings
    assert settings["mqtt"]["topic_prefix"] == ""
    assert all(sensor["internal"] for sensor in settings.get("binary_sensor", []))
    assert not {"api", "web_server", "captive_portal", "improv_serial"} & set(settings)


def test_each_key_of_a_call_pad_is_a_key_of_the_contract(answers: dict[str, Checked]) -> None:
    said = pressed(answers["pad-1"])
    assert said == [f'key("{key}", millis());' for key in KEYS]
    for key in KEYS:
        key_command(key, "1")  # type: ignore[arg-type]  # a key of the contract, or this fails


def test_a_rating_pad_has_five_keys_and_five_lights(answers: dict[str, Checked]) -> None:
    assert pressed(answers["rating-1"]) == [f"rate({score}, millis());" for score in range(1, 6)]
    assert len(answers["rating-1"].settings["output"]) == 5


def test_a_desk_unit_has_keys_ratings_and_a_display(answers: dict[str, Checked]) -> None:
    unit = answers["pad-28"]
    assert len(pressed(unit)) == 6 + 5
    assert unit.settings["display"][0]["num_chips"] == 4


@pytest.mark.parametrize("device", ONE_OF_EACH.values())
def test_no_pin_is_used_twice(answers: dict[str, Checked], device: str) -> None:
    def pins(settings: Any, name: str = "") -> list[int]:  # noqa: ANN401 - settings of any depth
        if isinstance(settings, dict):
            here = [settings["number"]] if "number" in settings and name.endswith("pin") else []
            return here + [pin for key, part in settings.items() for pin in pins(part, key)]
        return [pin for part in settings for pin in pins(part, name)] if isinstance(settings, list) else []

    used = pins(answers[device].settings)
    assert len(used) >= 3
    assert len(set(used)) == len(used)


@pytest.mark.parametrize("device", ONE_OF_EACH.values())
def test_the_count_of_starts_is_kept_in_flash_and_raised_at_every_start(
    answers: dict[str, Checked], device: str
) -> None:
    settings = answers[device].settings
    (boots,) = [entry for entry in settings["globals"] if entry["id"] == "boots"]
    assert boots["restore_value"] is True
    assert settings["preferences"]["flash_write_interval"] == "1s"
    assert any(code.startswith("id(boots) += 1;") for code in lambdas(settings["esphome"]))


@needs_debian("g++")
def test_what_the_settings_say_in_cpp_fits_the_devices_logic(
    answers: dict[str, Checked], tmp_path: Path
) -> None:
    """The tool chain of the ESP32 is not here; the compiler of this machine at least knows every name and type."""
    parts = []
    for device in ONE_OF_EACH.values():
        settings = answers[device].settings
        shown = lambdas(settings.pop("display", []))
        said = [f"void part_{n}() {{\n{code}\n}}\n" for n, code in enumerate(lambdas(settings))]
        said += [f"void show_{n}(Matrix &it) {{\n{code}\n}}\n" for n, code in enumerate(shown)]
        assert len(said) >= 5
        parts.append(f"namespace {device.replace('-', '_')} {{\n{''.join(said)}}}\n")
    source = tmp_path / "lambdas.cpp"
    source.write_text('#include "hall_device.h"\n#include "esphome_stubs.h"\n' + "".join(parts), "utf-8")
    here = Path(__file__).parent
    words = [
        "-std=c++20",
        "-fsyntax-only",
        "-Wall",
        "-Wextra",
        f"-I{here}",
        f"-I{ROOT}/firmware_config/esp32",
    ]
    done = subprocess.run(
        [program("g++", package="g++"), *words, str(source)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_a_spare_of_every_model_is_taken_before_anybody_knows_where_it_will_stand(asked: Asked) -> None:
    wrong = {spare: answer.said + answer.complaints for spare, answer in asked.spares.items() if answer.code}
    assert wrong == {}
    for (spare, answer), model, label in zip(
        asked.spares.items(), sorted(ONE_OF_EACH), asked.labels, strict=True
    ):
        code = adoption_code(spare, asked.secrets[f"{spare}_mqtt"])
        assert label == f"{spare} {code[:3]} {code[3:]} ({model})"
        said = "".join(lambdas(answer.settings))
        assert f'own.code = "{code}";' in said
        assert f'ESP_LOGW("hall", "{spare}, adoption code {code}");' in said
        assert answer.settings["mqtt"]["username"] == spare


def test_a_file_with_a_mistake_is_not_taken(asked: Asked) -> None:
    """The check itself is checked."""
    assert asked.mistaken.code != 0
    assert "pasword" in asked.mistaken.said + asked.mistaken.complaints
