"""The models of ESP32 devices, which are files of `firmware_config`, and what hall.toml may give a device of each.

Belongs here: which models and settings there are. Never here: making a device's file, what a setting does.
"""

from __future__ import annotations

import re
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from hall_controller.mistakes import Mistake, suggestion

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hall_controller.settings import Config, Device

FOLDERS: Final = ("pads", "panels")
TAKEN: Final = frozenset({"secrets", "esp32", "pads", "panels", "tls"})
"""What else stands in the folder where `hall firmware` writes a file for each device."""
LONGEST_NAME: Final = 31
"""ESPHome's limit for a name, one less than the contract's."""
GIVEN: Final = frozenset({"type", "model", "firmware", "levels", "window_ms"})
"""What a device cannot be given in its settings, because the hall decides it."""


def models() -> dict[str, str]:
    """Model -> its file below `firmware_config`: `{"esp32_call_pad": "pads/esp32_call_pad.yaml", ...}`."""
    found: dict[str, str] = {}
    for folder in FOLDERS:
        entries = (files("firmware_config") / folder).iterdir()
        names = sorted(entry.name for entry in entries if entry.name.endswith(".yaml"))
        found |= {name.removesuffix(".yaml"): f"{folder}/{name}" for name in names}
    return found


def settings_of(file: str) -> set[str]:
    """What a model lets a device change: the names in the first table of its file, without reading YAML."""
    text = (files("firmware_config") / file).read_text("utf-8")
    table = text.partition("\nsubstitutions:\n")[2].partition("\n\n")[0]
    return set(re.findall(r"^  (\w+):", table, re.MULTILINE)) - GIVEN


def mistakes(devices: Sequence[Device]) -> list[Mistake]:
    """All that would keep `hall firmware` from making a device's file; each path as in hall.toml."""
    known = models()
    ours = [
        (place, device)
        for place, device in enumerate(devices)
        if device.line == "mqtt:" and (device.model in known or device.type == "screen")
    ]
    return [
        Mistake(("device", place, *path), said)
        for place, device in ours
        for path, said in [*_name(device), *_settings(device, known.get(device.model))]
    ]


def unknown_spares(config: Config) -> list[Mistake]:
    """Models of spares that are no model of an ESP32."""
    known = models()
    return [
        Mistake(
            ("mqtt", "spare_models", place),
            f"is '{model}', which is no ESP32 model{suggestion(model, known)}",
        )
        for place, model in enumerate(config.mqtt.spare_models)
        if model not in known
    ]


def spares(config: Config) -> dict[str, str]:
    """Each new device that waits for its adoption, and its model; what hall.toml names is no spare any more."""
    hall, chosen = {device.id for device in config.device}, config.mqtt.spare_models
    named = [(f"spare-{n + 1}", chosen[n % len(chosen)]) for n in range(config.mqtt.spares)]
    return {spare: model for spare, model in named if spare not in hall}


def _name(device: Device) -> Iterator[tuple[tuple[str, ...], str]]:
    if device.id in TAKEN:
        yield (
            ("id",),
            f"is '{device.id}', and its file would take the place of another; give it another id",
        )
    if len(device.id) > LONGEST_NAME and device.type != "screen":
        yield (
            ("id",),
            f"is '{device.id}', but an ESP32's name may have {LONGEST_NAME} letters; shorten it",
        )


def _settings(device: Device, file: str | None) -> Iterator[tuple[tuple[str, ...], str]]:
    known = settings_of(file) if file and device.settings else set()
    for name, value in device.settings.items() if file else ():
        if name not in known:
            yield ("settings", name), f"is not a setting of {device.model}{suggestion(name, known)}"
        elif not isinstance(value, str | int) or isinstance(value, bool):
            yield ("settings", name), 'must be a text or a whole number, such as "GPIO13"'
