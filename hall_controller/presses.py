"""From a press to a command: the keys of a call pad, a rating pad and a kiosk, whichever way they came in.

Pure: who pressed what, when, and at which counter is given; whether it happens is for the rules.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from hall_controller.domain import commands as c
from hall_controller.domain.refusals import Refusal, refuse
from hall_controller.messages import DeviceInput, Key, KeyPress, ScorePress, TicketPress

if TYPE_CHECKING:
    from collections.abc import Callable

OLDEST_CALL_PRESS: Final = timedelta(seconds=10)
"""An officer who pressed longer ago has pressed again or walked on: a late call would surprise the hall."""
OLDEST_RATING: Final = timedelta(hours=24)

_PLAIN: Final[dict[Key, Callable[[str], c.CounterCommand]]] = {
    "recall": c.Recall,
    "miss": c.Miss,
    "complete": c.Complete,
    "hold": c.Hold,
    "open": c.OpenCounter,
    "close": c.CloseCounter,
    "ring": c.Ring,
}


def key_command(
    key: Key, counter: str, *, to: str | None = None, ticket: str | None = None, reason: str | None = None
) -> c.CounterCommand:
    """The command of a counter's key."""
    match key:
        case "next":
            return c.CallNext(counter, ticket)
        case "resume":
            return c.Resume(counter, ticket)
        case "transfer":
            return c.Transfer(counter, to, reason or "")
        case "pause":
            return c.PauseCounter(counter, reason or "")
        case _:
            return _PLAIN[key](counter)


def device_command(
    device: str, counter: str | None, press: DeviceInput, now: datetime
) -> c.Command | Refusal:
    """The command of a press on a device at `counter`, or why a press so old or so homeless is none."""
    age = timedelta(milliseconds=press.age_ms)
    if still_valid_s(press) < 0:
        return refuse("press_too_old")
    if isinstance(press, TicketPress):
        return c.IssueTicket(press.service, press.purpose, press.language, press.priority, device)
    if counter is None:
        return refuse("unknown_device")
    if isinstance(press, KeyPress):
        return key_command(press.key, counter, to=press.to, ticket=press.ticket, reason=press.reason)
    return c.Rate(counter, press.score, now - age, device)


def still_valid_s(press: DeviceInput) -> float:
    """For how many more seconds the press may be executed."""
    oldest = OLDEST_RATING if isinstance(press, ScorePress) else OLDEST_CALL_PRESS
    return oldest.total_seconds() - press.age_ms / 1000


def press_cause(device: str, press: DeviceInput) -> str:
    """What makes the press the same press: `(device, boot, seq)`."""
    return f"{device}/{press.boot}/{press.seq}"
