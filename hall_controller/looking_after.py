"""What the controller does every second: feeds its watchdog, looks at journal, devices and waits, tells its health.

Calls who knows, in order. Never here: what is late, lost or worth an alert.
"""

from __future__ import annotations

import asyncio
import shutil
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

import structlog

from hall_controller import burst_alerts, systemd, wait_alerts
from hall_controller.equipment.alerts import DeviceAlerts
from hall_controller.equipment.outages import Outages
from hall_controller.messages import Alert, Text
from hall_controller.messages import Health as HealthReport

if TYPE_CHECKING:
    from hall_controller.controller import Controller
    from hall_controller.equipment.roster import Roster
    from hall_controller.health import Health
    from hall_controller.mqtt import Mqtt

log = structlog.get_logger()

LOOK_EVERY_S: Final = 1.0
HEALTH_EVERY_S: Final = 30.0
JOURNAL_ALERT: Final = Text(
    vi="Không ghi được dữ liệu: hệ thống không cấp số. Kiểm tra thẻ nhớ và dung lượng còn trống.",
    en="The journal cannot be written, so no numbers are given out: check the card and its free space.",
)


async def look_after(controller: Controller, health: Health, mqtt: Mqtt, roster: Roster, data: Path) -> None:
    """Every second feed the watchdog, see that journal and devices work; every 30 s tell how the controller is."""
    devices, outages = DeviceAlerts(health), Outages(controller, time.monotonic)
    began_s = told_s = time.monotonic()
    while True:
        systemd.notify("WATCHDOG=1")
        if controller.unavailable_since is None:
            health.end_alert("journal")
        else:
            health.raise_alert("journal", "critical", JOURNAL_ALERT)
        wait_alerts.look(controller.hall, health)
        cares = roster.look()
        devices.look(cares)
        outages.look(cares)
        burst_alerts.look(controller.hall, controller.clock.now().at, health)
        mqtt.tell_state("degraded" if controller.unavailable_since else "ready")
        now_s = time.monotonic()
        mqtt.devices.look(now_s)
        if now_s - told_s >= HEALTH_EVERY_S:
            told_s = now_s
            mqtt.tell_health(_report(controller, roster, data, int(now_s - began_s)))
        await asyncio.sleep(LOOK_EVERY_S)


def log_alert(code: str, alert: Alert | None) -> None:
    """An alert was raised, or is over."""
    if alert is None:
        log.info("Mended.", alert=code)
    else:
        log.warning(alert.text.en, alert=code)


def _report(controller: Controller, roster: Roster, data: Path, uptime_s: int) -> HealthReport:
    return HealthReport(
        uptime_s=uptime_s,
        journal_ms=round(controller.journal_ms, 2) if controller.journal_ms is not None else None,
        outbox=controller.outbox,
        devices=roster.counts(),
        disk_free_mb=shutil.disk_usage(data).free // 2**20,
        temperature_c=_temperature_c(),
    )


def _temperature_c() -> float | None:
    """The processor's temperature on a Raspberry Pi."""
    try:
        return int(Path("/sys/class/thermal/thermal_zone0/temp").read_text(encoding="ascii")) / 1000
    except (OSError, ValueError):
        return None
