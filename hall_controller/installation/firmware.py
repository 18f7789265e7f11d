"""`hall firmware`: a file for each desk device of the hall, and a folder for each display machine.

    hall.toml -> secrets, certificate -> this_hall.yaml, pad-5.yaml (a few lines), screen-1/, and the shared files

Models are found by their files in `firmware_config/pads` and `panels`. Never here: what a device does.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path, PurePosixPath
from typing import Any, Final

import yaml

from hall_controller import config as settings
from hall_controller.errors import ConfigError
from hall_controller.installation import secret_file
from hall_controller.installation.certificates import CA_NAME, authority
from hall_controller.installation.pi_files import READABLE, SECRET, example
from hall_controller.installation.putting import write
from hall_controller.settings import Config, Device

OF_HALL: Final = "this_hall.yaml"
"""No device is called so: identifiers have no underscore."""
TAKEN: Final = frozenset({"secrets", "esp32", "pads", "panels", "tls"})
"""What else stands in the folder."""
SHARED: Final = ("esp32", "pads", "panels")
LONGEST_NAME: Final = 31
"""ESPHome's limit for a name, one less than the contract's."""
GIVEN: Final = frozenset({"type", "model", "firmware", "levels", "window_ms"})
"""What a device cannot be given in its settings, because the hall decides it."""


@dataclass(frozen=True, slots=True)
class Made:
    """What was written: a file for each device of our models, a folder for each screen; and who has neither."""

    devices: tuple[str, ...]
    screens: tuple[str, ...]
    others: tuple[str, ...]
    fresh: bool
    """Whether secrets were made that no installed controller knows."""

    def __str__(self) -> str:
        lines = [
            f"{len(self.devices)} devices: one .yaml each; flash with: esphome run NAME.yaml",
            f"{len(self.screens)} display machines: one folder each; there: hall install --role display --from FOLDER",
            "secrets.yaml: wifi_ssid and wifi_password are the hall's access point; set it up with them or change them",
        ]
        if self.others:
            lines.append(f"no ESP32, so without a file: {', '.join(self.others)}")
        if self.fresh:
            lines.append(
                "These secrets are new. Make them the controller's before `hall install` runs there:"
                " copy secrets.yaml and tls/ to /etc/hall"
            )
        return "\n".join(lines)


def models() -> dict[str, str]:
    """Model -> its file below `firmware_config`: `{"esp32_call_pad": "pads/esp32_call_pad.yaml", ...}`."""
    found: dict[str, str] = {}
    for folder in ("pads", "panels"):
        names = sorted(entry.name for entry in example(folder).iterdir() if entry.name.endswith(".yaml"))
        found |= {name.removesuffix(".yaml"): f"{folder}/{name}" for name in names}
    return found


def firmware(hall: Path, out: Path) -> Made:
    """Write everything below `out`; secrets beside hall.toml, or from an earlier run, are kept. Raises HallError."""
    config = settings.load(hall)
    known, ours = models(), _by_mqtt(config)
    devices = [device for device in ours if device.model in known]
    screens = [device for device in ours if device.type == "screen"]
    if mistakes := [mistake for device in [*devices, *screens] for mistake in _mistakes(device, known)]:
        raise ConfigError(mistakes)
    beside = hall.absolute().parent
    installed = secret_file.read(beside / secret_file.FILE_NAME) if beside != out.absolute() else {}
    table = hall_secrets(config, secret_file.read(out / secret_file.FILE_NAME) | installed)
    installed_ca = beside / "tls" / CA_NAME
    write(out / secret_file.FILE_NAME, secret_file.content(table), SECRET)
    certificate = installed_ca.read_bytes() if installed_ca.exists() else authority(out / "tls")
    for path, content in _shared():
        write(out / path, content, READABLE)
    write(out / OF_HALL, _of_hall(config, certificate).encode(), READABLE)
    for device in devices:
        write(out / f"{device.id}.yaml", _of_device(device, known[device.model]).encode(), READABLE)
    for screen in screens:
        folder = out / screen.id
        write(folder / "display.toml", _of_screen(config, screen).encode(), READABLE)
        write(
            folder / f"{screen.id}.secret", f"{table[secret_file.mqtt_secret(screen.id)]}\n".encode(), SECRET
        )
        write(folder / CA_NAME, certificate, READABLE)
    others = [device.id for device in ours if device not in devices and device not in screens]
    return Made(
        tuple(device.id for device in devices),
        tuple(screen.id for screen in screens),
        tuple(others),
        fresh=not installed,
    )


def hall_secrets(config: Config, known: Mapping[str, str]) -> dict[str, str]:
    """Every secret of the hall: at the broker, for updates over the air, and of the devices' own Wi-Fi."""
    ours = models()
    names = [secret_file.mqtt_secret(name) for name in clients(config)]
    names += [f"{device.id}_ota" for device in _by_mqtt(config) if device.model in ours]
    return secret_file.filled(
        {"wifi_ssid": f"hall-{config.hall.id}"[:32], **known}, [*names, "wifi_password"]
    )


def clients(config: Config) -> list[str]:
    """Who signs in at the broker: the controller, and every device that comes by MQTT."""
    return [secret_file.CONTROLLER, *(device.id for device in _by_mqtt(config))]


def _by_mqtt(config: Config) -> list[Device]:
    return [device for device in config.device if device.line == "mqtt:"]


def _shared() -> Iterator[tuple[PurePosixPath, bytes]]:
    for folder in SHARED:
        for entry in sorted(example(folder).iterdir(), key=lambda entry: entry.name):
            yield PurePosixPath(folder) / entry.name, entry.read_bytes()


def _substitutions(model: Traversable) -> set[str]:
    """What a model's file lets a device change; read for its names only, so ESPHome's own tags are passed over."""
    loader = type("Names", (yaml.SafeLoader,), {})
    loader.add_multi_constructor("!", lambda *_: None)  # type: ignore[attr-defined]  # a class made just above
    table = yaml.load(model.read_text("utf-8"), loader)  # noqa: S506 - a safe loader, which only ignores tags
    return set(table["substitutions"]) - GIVEN


def _mistakes(device: Device, models: Mapping[str, str]) -> Iterator[str]:
    place = f"device '{device.id}'"
    if device.id in TAKEN:
        yield f"{place}: its files would take the place of others in the folder; give it another id"
    if device.model not in models:
        return
    if len(device.id) > LONGEST_NAME:
        yield f"{place}: an ESP32's name may have {LONGEST_NAME} letters; shorten it"
    known = _substitutions(example(models[device.model]))
    for name, value in device.settings.items():
        if name not in known:
            close = difflib.get_close_matches(name, known, 1)
            hint = f"; did you mean '{close[0]}'?" if close else f": it has {', '.join(sorted(known))}"
            yield f"{place}: settings.{name} is not a setting of {device.model}{hint}"
        elif not isinstance(value, str | int) or isinstance(value, bool):
            yield f'{place}: settings.{name} must be a text or a whole number, such as "GPIO13"'


def _of_hall(config: Config, certificate: bytes) -> str:
    table = {
        "hall": config.hall.id,
        "broker": config.mqtt.device_host,
        "broker_port": str(config.mqtt.device_port),
        "levels": str(config.rating.levels),
        "window_ms": str(int(config.rating.window_s * 1000)),
    }
    lines = "".join(f"    {line}\n" for line in certificate.decode("ascii").splitlines())
    return (
        "# What all devices of this hall share. Made by `hall firmware` from hall.toml.\n"
        f"{_yaml({'substitutions': table})}"
        f"mqtt:\n  certificate_authority: |\n{lines}"
    )


def _of_device(device: Device, file: str) -> str:
    own: dict[str, Any] = {"device": device.id, "counter": device.counter or ""}
    own |= {name: str(value) for name, value in device.settings.items()}
    return (
        f"# {device.id}: {device.model}, counter {device.counter}. Made by `hall firmware` from hall.toml.\n"
        f"{_yaml({'substitutions': own})}"
        f"packages:\n  model: !include {file}\n  hall: !include {OF_HALL}\n"
        f"mqtt:\n  password: !secret {secret_file.mqtt_secret(device.id)}\n"
        f"ota:\n  - platform: esphome\n    password: !secret {device.id}_ota\n"
    )


def _of_screen(config: Config, screen: Device) -> str:
    return f"""\
# {screen.id}: a display machine of {config.hall.id}. Made by `hall firmware`; `hall install --role display --from`
# takes it to /etc/hall. LED panels on this machine: add [[panel]] tables as in display.example.toml.

[hall]
id = "{config.hall.id}"
timezone = "{config.hall.timezone}"

[mqtt]
host = "{config.mqtt.device_host}"
port = {config.mqtt.device_port}
username = "{screen.id}"
password_file = "/etc/hall/{screen.id}.secret"
ca_file = "/etc/hall/{CA_NAME}"

[device]
id = "{screen.id}"

[[screen]]
id = "{screen.id}"
"""


def _yaml(table: Mapping[str, Any]) -> str:
    return yaml.safe_dump(dict(table), sort_keys=False, allow_unicode=True)
