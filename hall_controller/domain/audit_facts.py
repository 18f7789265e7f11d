"""Who signed in, what was changed and what was taken out of the hall; a part of `facts`.

Identifiers of staff only: no name, no address, nothing that was typed. They change nothing in the hall; an officer
who sits down at a counter is `officer.signed_in`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from hall_controller.domain.happened import Happened


@dataclass(frozen=True, slots=True)
class StaffSignedIn(Happened):
    """A guide, manager or technician signed in."""

    type: ClassVar[str] = "staff.signed_in"
    person: str
    role: str


@dataclass(frozen=True, slots=True)
class StaffSignedOut(Happened):
    """A guide, manager or technician signed out; a session that ran out is not told."""

    type: ClassVar[str] = "staff.signed_out"
    person: str
    role: str


@dataclass(frozen=True, slots=True)
class SignInRefused(Happened):
    """Somebody did not get in; `person` is empty unless the register knows that identifier."""

    type: ClassVar[str] = "sign_in.refused"
    code: str
    person: str = ""
    counter: str | None = None
    untold: int = 0
    """How many more there were since the last that was written down."""


@dataclass(frozen=True, slots=True)
class StaffChanged(Happened):
    """Somebody was entered in the register of staff (`added`), got a new PIN or password (`secret`), or `removed`."""

    type: ClassVar[str] = "staff.changed"
    person: str
    role: str
    change: str
    by: str = ""
    """Who did it; empty for set-up, @terminal for `hall officer`."""


@dataclass(frozen=True, slots=True)
class ConfigurationChanged(Happened):
    """The hall's settings became another version; `changed` names the settings."""

    type: ClassVar[str] = "configuration.changed"
    version: str
    person: str = ""
    changed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DeviceAdopted(Happened):
    """A new device stands at the counter from now on; the one that it replaces is retired."""

    type: ClassVar[str] = "device.adopted"
    device: str
    counter: str | None = None
    replaces: str | None = None
    person: str = ""


@dataclass(frozen=True, slots=True)
class DataExported(Happened):
    """Data left the hall: `what` is report, backup, facts or support; `detail` says which."""

    type: ClassVar[str] = "data.exported"
    what: str
    person: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class JournalRestored(Happened):
    """A backup took the journal's place at this start, because a technician wished it."""

    type: ClassVar[str] = "journal.restored"
    backup: str
    person: str = ""
    carried: int = 0
    """How many later facts of the old journal were taken over."""
    complete: bool = True
    """Whether nothing was lost."""


@dataclass(frozen=True, slots=True)
class DeviceTried(Happened):
    """A technician pressed a key of a device on the console; what it caused follows as if the device had sent it."""

    type: ClassVar[str] = "device.tried"
    device: str
    key: str
    person: str = ""


AuditFact = (
    StaffSignedIn
    | StaffSignedOut
    | SignInRefused
    | StaffChanged
    | ConfigurationChanged
    | DataExported
    | DeviceAdopted
    | JournalRestored
    | DeviceTried
)
