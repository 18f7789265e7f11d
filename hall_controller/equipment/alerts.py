"""Tells the technician which devices are lost, late or faulty: one alert for each cause, taken back when it is over.

Translates verdicts into alerts and decides nothing. Drivers of wired pads and printers raise their own alerts, which
know more; what hangs behind a lost device, a line or the broker has none of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hall_controller.equipment import sentences
from hall_controller.messages import Text, alert_code

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hall_controller.equipment.roster import Care
    from hall_controller.health import Health

SILENT: Final = "silent"
NAMED: Final = 8
"""More names than these do not fit into a sentence."""
KINDS: Final = {"lost": "device", "late": "late", "faulty": "faulty"}


class DeviceAlerts:
    """Remembers which alerts are its own, so that it takes back no driver's."""

    def __init__(self, health: Health) -> None:
        self._health = health
        self._raised: dict[str, Text] = {}

    def look(self, devices: Mapping[str, Care]) -> None:
        """Raise and end; cheap, to be called as often as one likes."""
        wanted = self._wanted(devices)
        for code in [code for code, text in self._raised.items() if wanted.get(code) != text]:
            del self._raised[code]
            self._health.end_alert(code)
        for code, text in wanted.items():
            if code not in self._health.alerts:
                critical = code.startswith("device-")
                self._health.raise_alert(code, "critical" if critical else "warning", text)
                self._raised[code] = text

    def _wanted(self, devices: Mapping[str, Care]) -> dict[str, Text]:
        wanted: dict[str, Text] = {}
        silent: list[str] = []
        for id_, care in devices.items():
            verdict = care.verdict
            if verdict.state not in KINDS or verdict.cause is not None or verdict.why is None:
                continue
            if verdict.why == sentences.NEVER_HEARD:
                silent.append(id_)
                continue
            code = alert_code(KINDS[verdict.state], id_)
            if self._a_drivers(id_):
                continue
            wanted[code] = Text(vi=f"{id_}: {verdict.why.vi}", en=f"{id_}: {verdict.why.en}")
            if verdict.state == "late":
                wanted[code] = Text(
                    vi=f"{id_} báo tin hoặc cập nhật chậm.", en=f"{id_} is late: silent, or behind the hall."
                )
        if silent:
            wanted[SILENT] = _silent(silent)
        return wanted

    def _a_drivers(self, id_: str) -> bool:
        """Whether a driver has said already what is wrong with it."""
        codes = (alert_code(kind, id_) for kind in ("device", "faulty"))
        return any(code in self._health.alerts and code not in self._raised for code in codes)


def _silent(devices: list[str]) -> Text:
    names = ", ".join(devices[:NAMED])
    more = len(devices) - NAMED
    vi = f"{names} và {more} thiết bị khác" if more > 0 else names
    en = f"{names} and {more} more" if more > 0 else names
    return Text(
        vi=f"Chưa nghe thấy {vi} từ khi khởi động.",
        en=f"Not heard since the start: {en}.",
    )
