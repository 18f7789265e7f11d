"""`hall install`: puts the files of a controller or a display machine below a root, and says what is to be done next.

    settings -> secrets, certificates -> the machine's tree, file by file -> what was put -> next steps

It may be run again at any time and killed at any moment: secrets are kept, each file is put whole, what a technician
changed gets a backup or stays. It starts, stops and enables nothing: that is for the technician.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Final

from hall_controller import config as settings
from hall_controller.errors import HallError
from hall_controller.installation import next_steps, secret_file
from hall_controller.installation.broker_passwords import password_file
from hall_controller.installation.certificates import CA_NAME, authority, broker_certificate
from hall_controller.installation.firmware import clients, hall_secrets
from hall_controller.installation.pi_files import READABLE, SECRET, PiFile, Role, example, pi_files
from hall_controller.installation.putting import put, write
from hall_controller.settings import Config

HALL: Final = PurePosixPath("etc/hall")
MOSQUITTO: Final = PurePosixPath("etc/mosquitto")
OURS: Final = HALL / "installed.json"
"""What was put there last, by its digest: whatever differs from it was changed by a technician."""
FOR_A_GROUP: Final = 0o640
OF_A_CONTROLLER: Final = (
    ('mqtt.username = ""', 'mqtt.username = "controller"'),
    ('mqtt.password_file = ""', 'mqtt.password_file = "/etc/hall/controller.secret"'),
    ('catalogue.file = "catalogue.example.csv"', 'catalogue.file = "catalogue.csv"'),
    ('kiosk.dossiers = "dossiers.example.csv"', 'kiosk.dossiers = ""'),
)
"""What the example says otherwise, because it also runs where nothing is installed."""


@dataclass(slots=True)
class Report:
    """What was put, a line a file, and what the technician does next."""

    lines: list[str] = field(default_factory=list)
    steps: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        numbered = [f"{number}. {step}" for number, step in enumerate(self.steps, 1)]
        return "\n".join([*self.lines, "", "Next:", *numbered])


def install(root: Path, role: Role, brought: Path | None = None, programs: str | None = None) -> Report:
    """Put the files of this role below `root`; `brought` is a display's folder as `hall firmware` wrote it.

    Raises HallError when the settings that are there already are wrong, or openssl is missing; OSError when a file
    cannot be written.
    """
    machine = _Machine(root)
    chosen = {} if programs is None else {"programs": programs}
    if role == "display":
        for file in _brought(brought):
            machine.put(file)
        machine.put(PiFile(HALL / "display.toml", example("display.example.toml").read_bytes(), yours=True))
        words = {"BROKER": _broker_of_display(root / HALL / "display.toml")}
        machine.report.steps = next_steps.of_display(brought=brought is not None)
    else:
        for file in _settings_of_controller():
            machine.put(file)
        config = settings.load(root / HALL / "hall.toml")
        for file in _secrets(root, config):
            machine.put(file)
        words = {"HALL": config.hall.id, "ZONE": config.hall.timezone}
        machine.report.steps = next_steps.of_controller(config)
    for file in pi_files(role, words, **chosen):
        machine.put(file)
    machine.remember()
    return machine.report


class _Machine:
    """The machine below `root`: what was put there last time, and what is put now."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._known = _known(root / OURS)
        self.report = Report()

    def put(self, file: PiFile) -> None:
        path = str(file.path)
        outcome, backup = put(self._root, file, self._known.get(path), _digest(self._root / path))
        kept = f" (what was there is in {backup.name})" if backup else ""
        yours = " (yours, left alone)" if outcome == "kept" else ""
        self.report.lines.append(f"{outcome:8} {self._root / path}{kept}{yours}")
        if outcome != "kept":
            self._known[path] = _digest(self._root / path)

    def remember(self) -> None:
        write(self._root / OURS, json.dumps(self._known, indent=1, sort_keys=True).encode(), READABLE)


def _known(path: Path) -> dict[str, str]:
    try:
        known = json.loads(path.read_text("utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return known if isinstance(known, dict) else {}


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else ""


def _settings_of_controller() -> list[PiFile]:
    text = example("hall.example.toml").read_text("utf-8")
    for ours, installed in OF_A_CONTROLLER:
        text = text.replace(ours, installed)
    procedures = example("catalogue.example.csv").read_bytes()
    return [
        PiFile(HALL / "catalogue.csv", procedures, yours=True),
        PiFile(HALL / "hall.toml", text.encode(), yours=True),
    ]


def _secrets(root: Path, config: Config) -> list[PiFile]:
    """Secrets first, then what is made of them; certificates stand where they are made."""
    kept = secret_file.read(root / HALL / secret_file.FILE_NAME)
    table = hall_secrets(config, kept)
    passwords = {name: table[secret_file.mqtt_secret(name)] for name in clients(config)}
    tls, broker = root / HALL / "tls", MOSQUITTO / "hall-broker.pem"
    authority(tls)
    own = passwords[secret_file.CONTROLLER]
    at_broker = MOSQUITTO / "hall.passwords"
    return [
        PiFile(HALL / secret_file.FILE_NAME, secret_file.content(table), SECRET),
        PiFile(at_broker, password_file(passwords, _there(root / at_broker)), FOR_A_GROUP),
        PiFile(HALL / "controller.secret", f"{own}\n".encode(), FOR_A_GROUP),
        PiFile(broker, broker_certificate(tls, config.mqtt.device_host, _there(root / broker)), FOR_A_GROUP),
    ]


def _there(path: Path) -> bytes:
    return path.read_bytes() if path.exists() else b""


def _brought(folder: Path | None) -> list[PiFile]:
    """A display's own settings, secret and the hall's certificate, as `hall firmware` wrote them."""
    if folder is None:
        return []
    wanted = [
        p for p in sorted(folder.iterdir()) if p.name in {"display.toml", CA_NAME} or p.suffix == ".secret"
    ]
    if not any(path.name == "display.toml" for path in wanted):
        raise HallError(
            f"{folder}: holds no display.toml; name a display's folder as `hall firmware` wrote it"
        )
    return [
        PiFile(HALL / path.name, path.read_bytes(), FOR_A_GROUP if path.suffix == ".secret" else READABLE)
        for path in wanted
    ]


def _broker_of_display(path: Path) -> str:
    try:
        host = tomllib.loads(path.read_text("utf-8"))["mqtt"]["host"]
    except (tomllib.TOMLDecodeError, KeyError, TypeError):
        raise HallError(
            f"{path}: has no mqtt.host; ask `hall-display run {path}` what is wrong with it"
        ) from None
    return str(host)
