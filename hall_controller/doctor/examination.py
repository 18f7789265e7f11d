"""One examination of a hall: everything is looked at, everything is judged, the findings in one list.

Belongs here: what is looked at, in which order. Never here: a limit, a sentence.
"""

from __future__ import annotations

import asyncio
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from hall_controller import asking, journal_days, procedures
from hall_controller.doctor import broker, machine, ports
from hall_controller.doctor.broker_rules import Login, Tried, lender, try_rules
from hall_controller.doctor.device_checks import looked_at, told_by_controller
from hall_controller.doctor.machine_checks import machine_findings
from hall_controller.doctor.network_checks import broker_findings, list_findings, rules_findings, web_findings
from hall_controller.doctor.retention_checks import TIMER, retention_findings
from hall_controller.domain.catalogue import VIETNAM
from hall_controller.errors import HallError
from hall_controller.esp32_models import spares
from hall_controller.installation import secret_file
from hall_controller.journal_file import NAME as JOURNAL_NAME
from hall_controller.messages import Topics
from hall_controller.staff.register import NAME as REGISTER_NAME

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from hall_controller.doctor.broker import Broker
    from hall_controller.doctor.finding import Finding
    from hall_controller.settings import Config

SECRETS = ("code.key", "officers.key", REGISTER_NAME)


def examine(
    config: Config, data: Path | None = None, root: Path = Path("/"), hall: Path | None = None
) -> list[Finding]:
    """All findings about the hall of these settings, which stand in the file `hall`, on the machine below `root`."""
    folder = data or Path(config.data.dir)
    seen, tried = asyncio.run(_broker(config, hall))
    devices = _from_controller(config, folder)
    lines = {device.line: ports.look_at_line(device.line) for device in config.device if devices is None}
    secrets = [folder / name for name in SECRETS]
    if config.mqtt.password_file:
        secrets.append(Path(config.mqtt.password_file))
    free = ports.port_is_free(config.http.host, config.http.port)
    kept = config.retention.ticket_days
    units = (*machine.UNITS, *([TIMER] if kept else []))
    journal = folder / JOURNAL_NAME
    return [
        *machine_findings(machine.look(root, folder, secrets, units)),
        *retention_findings(str(journal), _days(journal), kept),
        *broker_findings(config, seen),
        *rules_findings(f"{config.mqtt.host}:{config.mqtt.port}", tried),
        *web_findings(config, running=devices is not None, port_free=free),
        *list_findings(stale=_stale(config), file=config.catalogue.file),
        *(looked_at(config.device, lines, seen) if devices is None else told_by_controller(devices)),
    ]


def _from_controller(config: Config, data: Path) -> list[Mapping[str, Any]] | None:
    """The devices as the running controller has them; None when it does not run, or cannot be asked."""
    try:
        with asking.running(config, data) as controller:
            told: list[Mapping[str, Any]] = controller.ask("GET", "/api/devices")["devices"]
            return told
    except (HallError, OSError):
        return None


async def _broker(config: Config, hall: Path | None) -> tuple[Broker, Tried]:
    mqtt, password = config.mqtt, ""
    if mqtt.password_file:
        try:
            password = (await asyncio.to_thread(Path(mqtt.password_file).read_text, "utf-8")).strip()
        except OSError as error:
            return broker.Broker(why=f"{mqtt.password_file}: {error.strerror}"), Tried("kept")
    topics = Topics(config.hall.id)
    seen = await broker.look(mqtt.host, mqtt.port, mqtt.username or None, password or None, topics)
    if not seen.reachable or seen.open_to_strangers or not mqtt.username:
        return seen, Tried("kept")  # there is worse to tell
    try:
        known = _secrets(config, hall)
    except HallError as error:
        return seen, Tried("untried", str(error))
    device = lender(mqtt.host, known, seen.states)
    if device is None:
        return seen, Tried("untried", "no device's secret can be used here")
    return seen, await try_rules(mqtt.host, mqtt.port, Login(mqtt.username, password), device, topics)


def _secrets(config: Config, hall: Path | None) -> dict[str, str]:
    """The secrets of the hall's devices at the broker; raises HallError."""
    table = secret_file.read(hall.absolute().parent / secret_file.FILE_NAME) if hall else {}
    names = [*spares(config), *(device.id for device in config.device)]
    found = {name: table.get(secret_file.mqtt_secret(name)) for name in names}
    return {name: secret for name, secret in found.items() if secret}


def _days(journal: Path) -> list[date]:
    """The days whose tickets the journal holds; what is wrong with one that cannot be read, `hall verify` tells."""
    try:
        return journal_days.days(journal)
    except HallError:
        return []


def _stale(config: Config) -> bool:
    """Whether the list of procedures is; one that cannot be read is told by `hall check`."""
    if not config.catalogue.file:
        return False
    try:
        found = procedures.load(Path(config.catalogue.file), config)
    except (HallError, OSError):
        return False
    return found.stale(datetime.now(VIETNAM).date(), config.catalogue.stale_after_days)
