"""`hall firmware`: a file for each desk device of the hall, and a folder for each display machine.

    hall.toml -> secrets, certificate -> this_hall.yaml, pad-5.yaml (a few lines), screen-1/, and the shared files

Never here: which models there are and what is wrong with a device (esp32_models.py), what a device does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, Final

import yaml

from hall_controller import config as settings
from hall_controller.esp32_models import models, spares
from hall_controller.installation import secret_file
from hall_controller.installation.certificates import CA_NAME, authority
from hall_controller.installation.pi_files import READABLE, SECRET, example
from hall_controller.installation.putting import write
from hall_controller.messages import adoption_code
from hall_controller.settings import Config, Device

OF_HALL: Final = "this_hall.yaml"
"""No device is called so: identifiers have no underscore."""
SHARED: Final = ("esp32", "pads", "panels")


@dataclass(frozen=True, slots=True)
class Made:
    """What was written: a file for each device of our models, a folder for each screen; and who has neither."""

    devices: tuple[str, ...]
    screens: tuple[str, ...]
    others: tuple[str, ...]
    labels: tuple[str, ...]
    """A line for each spare device: its name, model and the code that proves its secret, to be put on its label."""
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
        lines += [f"label: {label}" for label in self.labels]
        if self.fresh:
            lines.append(
                "These secrets are new. Make them the controller's before `hall install` runs there:"
                " copy secrets.yaml and tls/ to /etc/hall"
            )
        return "\n".join(lines)


def firmware(hall: Path, out: Path) -> Made:
    """Write everything below `out`; secrets beside hall.toml, or from an earlier run, are kept. Raises HallError."""
    config = settings.load(hall)
    known, ours = models(), _by_mqtt(config)
    devices = [device for device in ours if device.model in known]
    screens = [device for device in ours if device.type == "screen"]
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
    labels = []
    for spare, model in spares(config).items():
        code = adoption_code(spare, table[secret_file.mqtt_secret(spare)])
        write(out / f"{spare}.yaml", _of_spare(spare, model, code).encode(), READABLE)
        labels.append(f"{spare} {code[:3]} {code[3:]} ({model})")
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
        tuple(labels),
        fresh=not installed,
    )


def hall_secrets(config: Config, known: Mapping[str, str]) -> dict[str, str]:
    """Every secret of the hall: at the broker, for updates over the air, and of the devices' own Wi-Fi."""
    ours = models()
    names = [secret_file.mqtt_secret(name) for name in clients(config)]
    names += [f"{device.id}_ota" for device in _by_mqtt(config) if device.model in ours]
    names += [f"{spare}_ota" for spare in spares(config)]
    return secret_file.filled(
        {"wifi_ssid": f"hall-{config.hall.id}"[:32], **known}, [*names, "wifi_password"]
    )


def clients(config: Config) -> list[str]:
    """Who signs in at the broker: the controller, and every device that comes by MQTT, and spare ones."""
    return [secret_file.CONTROLLER, *(device.id for device in _by_mqtt(config)), *spares(config)]


def _by_mqtt(config: Config) -> list[Device]:
    return [device for device in config.device if device.line == "mqtt:"]


def _shared() -> Iterator[tuple[PurePosixPath, bytes]]:
    for folder in SHARED:
        for entry in sorted(example(folder).iterdir(), key=lambda entry: entry.name):
            yield PurePosixPath(folder) / entry.name, entry.read_bytes()


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
    return _of_board(f"{device.model}, counter {device.counter}", own, file)


def _of_spare(spare: str, model: str, code: str) -> str:
    own = {"device": spare, "counter": "", "code": code}
    return _of_board(f"{model}, a spare; its label says {code}", own, models()[model])


def _of_board(remark: str, own: Mapping[str, Any], file: str) -> str:
    return (
        f"# {own['device']}: {remark}. Made by `hall firmware` from hall.toml.\n"
        f"{_yaml({'substitutions': own})}"
        f"packages:\n  model: !include {file}\n  hall: !include {OF_HALL}\n"
        f"mqtt:\n  password: !secret {secret_file.mqtt_secret(own['device'])}\n"
        f"ota:\n  - platform: esphome\n    password: !secret {own['device']}_ota\n"
    )


def _of_screen(config: Config, screen: Device) -> str:
    return f"""\
# {screen.id}: a display machine of {config.hall.id}. Made by `hall firmware`; `hall install --role display --from`
# takes it to /etc/hall. LED panels or a voice on this machine: add [[panel]] tables or [voice] as in
# display.example.toml.

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
