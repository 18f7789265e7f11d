"""The contract with devices and other people's clients: MQTT topics and payloads.

Names and meanings here never change; a field may be added with a default. Receivers ignore unknown fields; a known
field with an illegal value drops the whole message. Nothing here decides, reads a clock or moves a byte.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from typing import Annotated, Any, Final, Literal

from pydantic import (
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    StringConstraints,
    Tag,
    TypeAdapter,
)

IDENTIFIER_PATTERN: Final = r"^[a-z0-9][a-z0-9-]{0,31}$"
LONGEST_IDENTIFIER: Final = 32
TICKET_PATTERN: Final = r"^[A-Z][0-9]{3,4}$"
LARGEST_PAYLOAD_BYTES: Final = 16_384

Identifier = Annotated[str, StringConstraints(pattern=IDENTIFIER_PATTERN)]
TicketNumber = Annotated[str, StringConstraints(pattern=TICKET_PATTERN)]
Count = Annotated[int, Field(strict=True, ge=0, le=2**53)]
"""Strict: `true` is no 1 and `"4"` no 4, or a pad that sends nonsense would give the worst score."""
Seconds = Annotated[int, Field(strict=True, ge=0)]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,8}$")]
Key = Literal[
    "next", "recall", "miss", "complete", "hold", "resume", "transfer", "open", "pause", "close", "ring"
]
CounterStateName = Literal["calling", "serving", "open", "paused", "closed"]
DeviceType = Literal["call-pad", "rating-pad", "panel", "screen", "printer", "kiosk", "gateway"]


class Payload(BaseModel):
    """A message of the contract: immutable, unknown fields ignored."""

    model_config = ConfigDict(frozen=True, extra="ignore", ser_json_inf_nan="null")


class Text(Payload):
    """A sentence for people, Vietnamese first."""

    vi: str
    en: str


class ControllerState(Payload):
    """Retained, and the controller's last will: is there a controller, and may its clock be believed."""

    state: Literal["init", "ready", "degraded", "disconnected", "lost"]
    epoch: Count = 0
    time: AwareDatetime
    time_trusted: bool
    version: str
    training: bool = False


class Health(Payload):
    """How the controller is, every 30 s, QoS 0; times in the unit their name says."""

    uptime_s: Count
    journal_ms: float | None
    outbox: Count
    devices: dict[str, Count]
    disk_free_mb: Count | None
    temperature_c: float | None


class Alert(Payload):
    """Something a technician should mend; an empty payload on its topic says that it is over."""

    severity: Literal["info", "warning", "critical"]
    code: Identifier
    text: Text
    since: AwareDatetime


class Board(Payload):
    """What is shown somewhere, whole; `(epoch, rev)` only ever grows and a display shows nothing older."""

    epoch: Count
    rev: Count


class CounterDisplay(Board):
    """All that a counter's LED panel needs; `ticket` is null unless calling or serving."""

    state: CounterStateName
    ticket: TicketNumber | None = None
    call: Count = 0
    since: AwareDatetime
    text: Text
    name: str = ""
    notice: Text | None = None
    """A stand-in or another remark beside the state; null when there is none."""


class QueueState(Board):
    """A queue as the hall sees it; `estimated_wait_s` is null when it is not known."""

    open: bool
    waiting: Count
    last_called: TicketNumber | None = None
    estimated_wait_s: Seconds | None = None
    next_opening: AwareDatetime | None = None
    name: Text | None = None
    letter: str = ""


class BoardCall(Payload):
    """One call on the hall board; `name` is the counter as people read it ("5" of "Quầy 5")."""

    ticket: TicketNumber
    counter: Identifier
    call: Count
    time: AwareDatetime
    name: str = ""


class CallsBoard(Board):
    """The hall board: calls, newest first, at most 12, each ticket once."""

    calls: Annotated[list[BoardCall], Field(max_length=12)]


class HallBoard(Board):
    """The hall itself for screens: its name, whether any queue is open, and whether this is only training."""

    name: Text
    timezone: str
    open: bool
    next_opening: AwareDatetime | None = None
    training: bool = False
    notices: list[Text] = []


class Announcement(Payload):
    """One call to be spoken once; after `expires` it is dropped and never spoken."""

    id: str
    ticket: TicketNumber
    counter: Identifier
    call: Count
    languages: list[Language]
    expires: AwareDatetime
    name: str = ""


class CloudEvent(Payload):
    """A fact as a CloudEvents 1.0 structured event; `type` is the fact's name, `sequence` its number in the journal."""

    specversion: Literal["1.0"] = "1.0"
    id: str
    source: str
    type: str
    time: AwareDatetime
    sequence: str
    subject: Annotated[str | None, Field(exclude_if=lambda subject: subject is None)] = None
    """Left out when the event is about the whole hall: the specification knows no attribute that is null."""
    datacontenttype: Literal["application/json"] = "application/json"
    data: dict[str, Any]


class DeviceState(Payload):
    """Retained, and the device's last will; `boot` counts the starts of the device."""

    state: Literal["init", "ready", "sleeping", "disconnected", "lost"]
    boot: Count = 0


class DeviceInfo(Payload):
    """What a device says it is."""

    type: DeviceType
    model: str
    firmware: str
    capabilities: dict[str, Any] = {}


class Numbered(Payload):
    """A press, executed once per `(device, boot, seq)`; `age_ms` is how long ago the key was pressed, when known."""

    boot: Count
    seq: Count
    age_ms: Count = 0


class KeyPress(Numbered):
    """A key of a call pad."""

    key: Key
    to: Identifier | None = None
    ticket: TicketNumber | None = None
    reason: Annotated[str, StringConstraints(max_length=200)] | None = None


class ScorePress(Numbered):
    """A key of a rating pad; 1 is the worst score."""

    score: Annotated[int, Field(strict=True, ge=1, le=5)]


class TicketPress(Numbered):
    """A key of a kiosk's button box."""

    service: Identifier
    purpose: Identifier
    language: Language = "vi"
    priority: Identifier | None = None


DeviceInput = KeyPress | ScorePress | TicketPress


class Reason(Payload):
    """Why something was refused."""

    code: str
    text: Text


class Ack(Payload):
    """The controller's answer to a press, sent after the facts are durable; `duplicate` repeats the first answer."""

    boot: Count
    seq: Count
    result: Literal["ok", "duplicate", "rejected"]
    ticket: TicketNumber | None = None
    reason: Reason | None = None


class DeviceCommand(Payload):
    """An order to a device; never retained, ignored after `expires`."""

    id: str
    command: Literal["identify", "test", "reboot"]
    expires: AwareDatetime


class DeviceReply(Payload):
    """A device's answer to a command."""

    id: str
    result: Literal["ok", "error", "duplicate", "expired"]
    data: dict[str, Any] = {}


class DeviceConfig(Payload):
    """Retained settings of a device: the counter that it belongs to, and what its model needs besides."""

    model_config = ConfigDict(frozen=True, extra="allow")

    rev: Count
    counter: Identifier | None = None


class Shown(Payload):
    """The number of the board that a display shows."""

    epoch: Count
    rev: Count


class DeviceStatus(Payload):
    """What a device shows, or how its paper is."""

    shown: Shown | None = None
    paper: Literal["ok", "low", "out", "unknown"] = "unknown"
    surfaces: dict[str, str] = {}
    """Of a display machine: each panel and screen, and "ok", "starting" or the sentence that says what is wrong."""


def alert_code(kind: str, about: str) -> str:
    """The code of an alert about a device or a queue; one that is too long for an identifier ends with its own sum.

    >>> alert_code("device", "pad-1"), alert_code("malformed", "panel-of-the-second-hall-east-1")
    ('device-pad-1', 'malformed-panel-of-the-se-d1599e')
    """
    code = f"{kind}-{about}"
    if len(code) <= LONGEST_IDENTIFIER:
        return code
    sum_ = hashlib.sha256(code.encode()).hexdigest()[:6]
    return f"{code[: LONGEST_IDENTIFIER - 7]}-{sum_}"


def adoption_code(device: str, secret: str) -> str:
    """The six figures on a device's label: its own secret's proof, which a technician compares at its adoption.

    HMAC-SHA256 (RFC 2104) of its identifier under its secret, cut as RFC 4226 does. A device tells it in `info`, as
    `capabilities.code`.

    >>> adoption_code("spare-1", "a secret")
    '730512'
    """
    digest = hmac.digest(secret.encode(), f"adopt:{device}".encode(), "sha256")
    at = digest[-1] & 0x0F
    return f"{(int.from_bytes(digest[at : at + 4]) & 0x7FFFFFFF) % 1_000_000:06}"


def _meaning(press: object) -> str | None:
    """The one field that says what is meant; None when there is none, or more than one."""
    fields = [name for name in ("key", "score", "service") if isinstance(press, dict) and name in press]
    return fields[0] if len(fields) == 1 else None


_device_input: TypeAdapter[DeviceInput] = TypeAdapter(
    Annotated[
        Annotated[KeyPress, Tag("key")]
        | Annotated[ScorePress, Tag("score")]
        | Annotated[TicketPress, Tag("service")],
        Discriminator(_meaning),
    ]
)


def parse_input(payload: bytes) -> DeviceInput:
    """Read the payload of `device/{device}/input`; raises pydantic's ValidationError."""
    return _device_input.validate_json(payload)


@dataclass(frozen=True, slots=True)
class Topics:
    """The topics of one hall, all below `qms/1/{hall}/`."""

    hall: str

    @property
    def root(self) -> str:
        """The common beginning of every topic, ending in a slash."""
        return f"qms/1/{self.hall}/"

    @property
    def controller_state(self) -> str:
        """Where the controller says that it lives: retained, last will."""
        return f"{self.root}controller/state"

    @property
    def controller_health(self) -> str:
        """Where the controller's health is told."""
        return f"{self.root}controller/health"

    @property
    def calls(self) -> str:
        """Where the hall board's calls are told: retained."""
        return f"{self.root}board/calls"

    @property
    def hall_board(self) -> str:
        """Where the hall itself is told: retained."""
        return f"{self.root}board/hall"

    @property
    def announcement(self) -> str:
        """Where calls to be spoken are told: never retained."""
        return f"{self.root}board/announcement"

    def alert(self, alert: str) -> str:
        """Where one alert is told: retained, empty when over."""
        return f"{self.root}controller/alert/{alert}"

    def display(self, counter: str) -> str:
        """Where a counter's display is told: retained; `+` for all."""
        return f"{self.root}counter/{counter}/display"

    def queue(self, queue: str) -> str:
        """Where a queue's state is told: retained; `+` for all."""
        return f"{self.root}queue/{queue}/state"

    def event(self, fact: str) -> str:
        """Where facts of one name are told as events: never retained."""
        return f"{self.root}event/{fact}"

    def device(self, device: str, leaf: str) -> str:
        """A topic of one device: state info input ack command reply config status; `+` for all devices."""
        return f"{self.root}device/{device}/{leaf}"
