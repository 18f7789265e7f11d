"""secrets.yaml: one random secret for each device, made once and kept; ESPHome reads the same file with `!secret`.

Belongs here: making, reading and keeping secrets. Never here: a default password, which there is none of.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

import yaml

from hall_controller.errors import HallError

SECRET_BYTES: Final = 24
FILE_NAME: Final = "secrets.yaml"
CONTROLLER: Final = "controller"
"""The name with which the controller signs in at the broker."""
REMARK: Final = (
    "# Secrets of the hall's devices: never copy them into a mail or a repository. Made by `hall install` and\n"
    "# `hall firmware`, which keep what stands here.\n"
)


def read(path: Path) -> dict[str, str]:
    """The secrets by name; empty when there is no file. Raises HallError when it cannot be read."""
    try:
        table = yaml.safe_load(path.read_text("utf-8")) or {}
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not YAML"
        raise HallError(f"{path}: {reason}; mend it, or every device would need a new secret") from None
    if not isinstance(table, dict):
        raise HallError(
            f"{path}: must hold lines of `name: secret`; mend it, or every device needs a new secret"
        )
    return {str(name): str(secret) for name, secret in table.items()}


def mqtt_secret(device: str) -> str:
    """The name under which a device's broker password stands."""
    return f"{device}_mqtt"


def filled(known: Mapping[str, str], names: Iterable[str]) -> dict[str, str]:
    """What is known, and a new random secret for each name that has none."""
    fresh = {name: secrets.token_urlsafe(SECRET_BYTES) for name in names if not known.get(name)}
    return {**known, **fresh}


def content(table: Mapping[str, str]) -> bytes:
    """The file's bytes."""
    return (REMARK + yaml.safe_dump(dict(table), allow_unicode=True, sort_keys=True)).encode()
