"""A controller's files as `hall install` puts them, and a real mosquitto that runs with exactly these.

Belongs here: installing below a folder, moving the broker's ports and paths there, signing in. Never here: a check.
"""

from __future__ import annotations

import socket
import ssl
import subprocess
import time
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, Self

import aiomqtt

from hall_controller.installation import secret_file
from hall_controller.installation.install import install
from tests.debian import program
from tests.free_port import free_port
from tests.hall_controller.settings_files import SMALL

START_TIMEOUT_S: Final = 5.0
DEVICES: Final = """
[[device]]
id = "pad-1"
type = "call-pad"
model = "esp32_call_pad"
counter = "1"
[[device]]
id = "pad-2"
type = "call-pad"
model = "esp32_call_pad"
counter = "1"
[[device]]
id = "screen-1"
type = "screen"
model = "hall-display"
"""


def hall_with_devices(root: Path, more: str = "") -> Path:
    """The settings of a small hall with two pads and a screen, where `hall install` looks for them."""
    path = root / "etc/hall/hall.toml"
    path.parent.mkdir(parents=True)
    path.write_text(SMALL + DEVICES + more, "utf-8")
    return path


class ShippedBroker:
    """Mosquitto with the installed files; only ports and the places of files are others than in a hall."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.plain, self.encrypted = free_port(), free_port()
        self._process: subprocess.Popen[bytes] | None = None
        self._secrets = secret_file.read(root / "etc/hall/secrets.yaml")

    def __enter__(self) -> Self:
        path, log = self._moved(), self.root / "mosquitto.log"
        with log.open("w") as stream:
            self._process = subprocess.Popen(
                [program("mosquitto", package="mosquitto"), "-c", str(path)], stdout=stream, stderr=stream
            )
        began_s = time.monotonic()
        while time.monotonic() - began_s < START_TIMEOUT_S and self._process.poll() is None:
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.encrypted), timeout=1):
                return self
            time.sleep(0.005)
        self.__exit__()
        raise AssertionError(f"mosquitto did not start:\n{log.read_text('utf-8')}")

    def __exit__(self, *_: object) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait(timeout=10)

    def _moved(self) -> Path:
        """The shipped mosquitto.conf, working in this folder and as whoever runs the test."""
        shipped = (self.root / "etc/mosquitto/mosquitto.conf").read_text("utf-8")
        moved = shipped
        for old, new in (
            (" /etc/", f" {self.root}/etc/"),
            (" /run/mosquitto/", f" {self.root}/"),
            ("listener 1883", f"listener {self.plain}"),
            ("listener 8883", f"listener {self.encrypted}"),
            ("user mosquitto", "user root"),
        ):
            assert old in moved, f"the shipped file has no {old!r}"
            moved = moved.replace(old, new)
        path = self.root / "moved.conf"
        path.write_text(moved, "utf-8")
        return path

    def client(self, name: str | None, *, v5: bool = True, tls: bool = False, **more: Any) -> aiomqtt.Client:  # noqa: ANN401 - options of aiomqtt
        """A client that signs in as this device with its own secret; None signs in as nobody."""
        secret = self._secrets[secret_file.mqtt_secret(name)] if name else None
        own: dict[str, Any] = {"username": name, "password": secret, "identifier": name, "timeout": 5}
        if tls:
            own["tls_context"] = ssl.create_default_context(
                cafile=str(self.root / "etc/hall/tls/hall-ca.crt")
            )
        return aiomqtt.Client(
            "127.0.0.1",
            self.encrypted if tls else self.plain,
            protocol=aiomqtt.ProtocolVersion.V5 if v5 else aiomqtt.ProtocolVersion.V311,
            **(own | more),
        )


def shipped_broker(folder: Path) -> ShippedBroker:
    """Install a small hall's controller there; enter it to run its broker."""
    program("openssl", package="openssl")
    hall_with_devices(folder)
    install(folder, "controller")
    return ShippedBroker(folder)
