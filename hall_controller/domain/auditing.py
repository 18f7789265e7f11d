"""What must be remembered of people's doings: commands that are never decided, only written down.

They do not touch the hall, so no rule has a say.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from hall_controller.domain import audit_facts as f
from hall_controller.domain.paper_facts import PaperChanged

if TYPE_CHECKING:
    from hall_controller.domain.audit_facts import AuditFact
    from hall_controller.domain.commands import Now


@dataclass(frozen=True, slots=True)
class RecordStaff:
    """A guide, manager or technician came or went."""

    person: str
    role: str
    came: bool


@dataclass(frozen=True, slots=True)
class RecordRefusedSignIn:
    """Somebody did not get in, and `untold` others before."""

    code: str
    person: str = ""
    counter: str | None = None
    untold: int = 0


@dataclass(frozen=True, slots=True)
class RecordStaffChange:
    """The register of staff was changed."""

    person: str
    role: str
    change: Literal["added", "secret", "removed"]
    by: str = ""


@dataclass(frozen=True, slots=True)
class RecordConfiguration:
    """The hall runs with another version of its settings from now on."""

    version: str
    person: str = ""
    changed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RecordExport:
    """Somebody took data out: `what` is report, backup, facts or support."""

    what: str
    person: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class RecordAdoption:
    """A technician gave a new device a place."""

    device: str
    counter: str | None = None
    replaces: str | None = None
    person: str = ""


@dataclass(frozen=True, slots=True)
class RecordRestore:
    """A backup took the journal's place."""

    backup: str
    person: str = ""
    carried: int = 0
    complete: bool = True


@dataclass(frozen=True, slots=True)
class RecordTrial:
    """A technician presses a key of a device on the console."""

    device: str
    key: str
    person: str = ""


@dataclass(frozen=True, slots=True)
class RecordPaper:
    """Somebody at the guidance desk says that the printer's paper was changed."""

    person: str


AuditCommand = (
    RecordStaff
    | RecordRefusedSignIn
    | RecordStaffChange
    | RecordConfiguration
    | RecordExport
    | RecordAdoption
    | RecordRestore
    | RecordTrial
    | RecordPaper
)


def recorded(command: AuditCommand, now: Now) -> tuple[AuditFact | PaperChanged]:  # noqa: PLR0911 - one case a command
    """The fact of it."""
    match command:
        case RecordStaff(person, role, came):
            return ((f.StaffSignedIn if came else f.StaffSignedOut)(*now, person, role),)
        case RecordRefusedSignIn(code, person, counter, untold):
            return (f.SignInRefused(*now, code, person, counter, untold),)
        case RecordStaffChange(person, role, change, by):
            return (f.StaffChanged(*now, person, role, change, by),)
        case RecordConfiguration(version, person, changed):
            return (f.ConfigurationChanged(*now, version, person, changed),)
        case RecordExport(what, person, detail):
            return (f.DataExported(*now, what, person, detail),)
        case RecordAdoption(device, counter, replaces, person):
            return (f.DeviceAdopted(*now, device, counter, replaces, person),)
        case RecordRestore(backup, person, carried, complete):
            return (f.JournalRestored(*now, backup, person, carried, complete),)
        case RecordTrial(device, key, person):
            return (f.DeviceTried(*now, device, key, person),)
        case RecordPaper(person):
            return (PaperChanged(*now, person),)
