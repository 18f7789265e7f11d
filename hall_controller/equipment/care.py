"""What the technician's page is told of every device, and of every alert: bodies, filled from the roster.

Shapes and filling only; who may ask, and how it travels, stands in `web.device_routes`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import AwareDatetime, BaseModel, ConfigDict

from hall_controller.equipment.advice import what_to_do
from hall_controller.equipment.verdict import State
from hall_controller.messages import Alert, Count, DeviceType, Identifier, Shown, Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hall_controller.equipment.roster import Care


class DeviceCare(BaseModel):
    """One device: what it is, how it is and since when, why, what to do, and what was heard of it last."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)

    id: Identifier
    type: DeviceType
    model: str
    line: str
    counter: Identifier | None
    gateway: Identifier | None
    state: State
    since: AwareDatetime
    why: Text | None
    """Null for a device that is well."""
    todo: Text | None
    cause: str | None
    """What must be mended when it is not this device: another device's id, its line, or `broker`."""
    firmware: str | None
    boot: Count | None
    last_sign: AwareDatetime | None
    last_press: AwareDatetime | None
    """Presses and papers since the controller was started."""
    last_print: AwareDatetime | None
    shown: Shown | None
    paper: str
    surfaces: dict[str, str]
    """Of a display machine: each panel and screen, and how it is."""
    commands: list[str]
    """What it can be told to do: identify, test, reboot."""
    adopted: bool = False
    """Whether it came by adoption and not by hall.toml."""


class StrangerCare(BaseModel):
    """A device that says what it is, and is not the hall's: it waits for its adoption."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)

    id: Identifier
    type: DeviceType
    model: str
    firmware: str
    last_sign: AwareDatetime | None
    code: str
    unproven: bool = False
    """It says no code of its own secret: `code` follows from its name alone."""


class AlertCare(BaseModel):
    """An alert that holds, and what to do about it."""

    model_config = ConfigDict(frozen=True)

    code: Identifier
    severity: str
    text: Text
    since: AwareDatetime
    todo: Text


def device_care(care: Care, commands: Iterable[str], *, adopted: bool = False) -> DeviceCare:
    """What the page is told of one device."""
    device, verdict, seen = care.device, care.verdict, care.seen
    return DeviceCare(
        id=device.id,
        type=device.type,
        model=device.model,
        line=device.line,
        counter=device.counter,
        gateway=device.gateway,
        state=verdict.state,
        since=care.since,
        why=verdict.why,
        todo=verdict.todo,
        cause=verdict.cause,
        firmware=seen.info.firmware if seen.info else None,
        boot=seen.boot,
        last_sign=seen.signed_at,
        last_press=seen.pressed_at,
        last_print=seen.printed_at,
        shown=seen.shown,
        paper=seen.paper,
        surfaces=dict(seen.surfaces),
        commands=list(commands),
        adopted=adopted,
    )


def alert_care(alert: Alert) -> AlertCare:
    """An alert with what to do about it."""
    return AlertCare(
        code=alert.code,
        severity=alert.severity,
        text=alert.text,
        since=alert.since,
        todo=what_to_do(alert.code),
    )
