"""`hall firmware` makes a few lines for each device, keeps secrets, and tells every wrong setting at once."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from typer.testing import CliRunner

from displays.config import load as load_display
from hall_controller.__main__ import cli
from hall_controller.errors import ConfigError
from hall_controller.installation import secret_file
from hall_controller.installation.firmware import firmware
from hall_controller.installation.install import install
from tests.debian import needs_debian
from tests.hall_controller.installation.installed_machine import hall_with_devices
from tests.hall_controller.settings_files import EXAMPLE

pytestmark = needs_debian("openssl")


def device(name: str, model: str, settings: str = "{}", kind: str = "call-pad") -> str:
    return f'[[device]]\nid = "{name}"\ntype = "{kind}"\nmodel = "{model}"\ncounter = "1"\nsettings = {settings}\n'


def test_a_device_is_a_few_lines_of_its_own(tmp_path: Path) -> None:
    hall = hall_with_devices(tmp_path, device("pad-9", "esp32_call_pad", '{ pin_next = "GPIO4" }'))
    made = firmware(hall, tmp_path / "out")
    assert made.devices == ("pad-1", "pad-2", "pad-9")
    text = (tmp_path / "out/pad-9.yaml").read_text("utf-8")
    assert "  pin_next: GPIO4\n" in text
    assert "  model: !include pads/esp32_call_pad.yaml\n" in text
    assert "password: !secret pad-9_mqtt\n" in text
    assert len(text.splitlines()) <= 14
    assert secret_file.read(tmp_path / "out/secrets.yaml")["pad-9_mqtt"] not in text


def test_the_shared_files_are_copied_as_they_are(tmp_path: Path) -> None:
    firmware(hall_with_devices(tmp_path), tmp_path / "out")
    for shared in (
        path for folder in ("esp32", "pads", "panels") for path in (EXAMPLE.parent / folder).iterdir()
    ):
        assert (tmp_path / "out" / shared.parent.name / shared.name).read_bytes() == shared.read_bytes()


def test_secrets_are_made_once_kept_and_readable_by_nobody_else(tmp_path: Path) -> None:
    hall, out = hall_with_devices(tmp_path), tmp_path / "out"
    assert firmware(hall, out).fresh
    first = (out / "secrets.yaml").read_bytes()
    assert stat.S_IMODE((out / "secrets.yaml").stat().st_mode) == 0o600
    table = secret_file.read(out / "secrets.yaml")
    assert table["wifi_ssid"] == "hall-small"
    ours = [secret for name, secret in table.items() if name != "wifi_ssid"]
    assert len(set(ours)) == len(ours)
    mine = first.replace(b"wifi_ssid: hall-small", b"wifi_ssid: my network")
    (out / "secrets.yaml").write_bytes(mine)
    certificate = (out / "tls/hall-ca.crt").read_bytes()
    firmware(hall, out)
    assert secret_file.read(out / "secrets.yaml") == table | {"wifi_ssid": "my network"}
    assert (out / "tls/hall-ca.crt").read_bytes() == certificate


def test_on_an_installed_controller_devices_get_the_secrets_that_its_broker_knows(tmp_path: Path) -> None:
    hall, out = hall_with_devices(tmp_path), tmp_path / "out"
    install(tmp_path, "controller")
    made = firmware(hall, out)
    assert not made.fresh
    assert (out / "secrets.yaml").read_bytes() == (tmp_path / "etc/hall/secrets.yaml").read_bytes()
    first_line = (tmp_path / "etc/hall/tls/hall-ca.crt").read_text("ascii").splitlines()[1]
    assert f"    {first_line}\n" in (out / "this_hall.yaml").read_text("utf-8")
    assert not (out / "tls").exists()


def test_secrets_made_elsewhere_become_the_controllers_when_they_are_there_first(tmp_path: Path) -> None:
    hall, out = hall_with_devices(tmp_path), tmp_path / "out"
    firmware(hall, out)
    (out / "secrets.yaml").rename(hall.parent / "secrets.yaml")
    (out / "tls").rename(hall.parent / "tls")
    before = secret_file.read(hall.parent / "secrets.yaml")
    install(tmp_path, "controller")
    assert secret_file.read(hall.parent / "secrets.yaml") == before


def test_a_display_machine_gets_a_folder_that_install_takes(tmp_path: Path) -> None:
    hall, out = hall_with_devices(tmp_path), tmp_path / "out"
    assert firmware(hall, out).screens == ("screen-1",)
    install(tmp_path / "screen", "display", out / "screen-1")
    settings = load_display(tmp_path / "screen/etc/hall/display.toml")
    assert (settings.device.id, settings.mqtt.username, settings.mqtt.port) == ("screen-1", "screen-1", 8883)
    assert settings.mqtt.ca_file == Path("/etc/hall/hall-ca.crt")
    secret = secret_file.read(out / "secrets.yaml")["screen-1_mqtt"]
    assert (tmp_path / "screen/etc/hall/screen-1.secret").read_text("utf-8").strip() == secret
    assert (tmp_path / "screen/etc/hall/hall-ca.crt").exists()


def test_every_wrong_setting_of_a_device_is_told_at_once(tmp_path: Path) -> None:
    wrong = [
        device("pad-9", "esp32_call_pad", '{ pin_nxt = "GPIO4" }'),
        device("panel-9", "esp32_max7219", "{ brightness = 2.5, colour = 1 }", kind="panel"),
        device("secrets", "esp32_call_pad"),
        device("a" * 32, "esp32_call_pad"),
    ]
    with pytest.raises(ConfigError) as error:
        firmware(hall_with_devices(tmp_path, "".join(wrong)), tmp_path / "out")
    told = "\n".join(error.value.mistakes)
    assert (
        "settings.pin_nxt (id 'pad-9') is not a setting of esp32_call_pad; did you mean 'pin_next'?" in told
    )
    assert "settings.brightness (id 'panel-9') must be a text or a whole number" in told
    assert (
        "settings.colour (id 'panel-9') is not a setting of esp32_max7219; there are board, brightness, pin_"
        in told
    )
    assert "is 'secrets', and its file would take the place of another" in told
    assert "shorten it" in told
    assert not (tmp_path / "out").exists()


def test_another_model_is_named_and_gets_no_file(tmp_path: Path) -> None:
    made = firmware(hall_with_devices(tmp_path, device("pad-9", "mqtt")), tmp_path / "out")
    assert made.others == ("pad-9",)
    assert "pad-9" in str(made)
    assert not (tmp_path / "out/pad-9.yaml").exists()


def test_the_hall_decides_how_many_levels_a_rating_pad_has(tmp_path: Path) -> None:
    hall = hall_with_devices(tmp_path, "[rating]\nlevels = 3\nwindow_s = 20\n")
    firmware(hall, tmp_path / "out")
    shared = (tmp_path / "out/this_hall.yaml").read_text("utf-8")
    assert "  levels: '3'\n" in shared
    assert "  window_ms: '20000'\n" in shared


def test_the_command_makes_a_file_for_every_device_of_the_reference_hall(tmp_path: Path) -> None:
    done = CliRunner().invoke(cli, ["firmware", str(EXAMPLE), "--out", str(tmp_path / "out")])
    assert done.exit_code == 0, done.output
    assert "57 devices" in done.output
    assert len(list((tmp_path / "out").glob("*-*.yaml"))) == 57
    assert CliRunner().invoke(cli, ["firmware", str(EXAMPLE)]).exit_code == 2
