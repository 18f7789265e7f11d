"""hall.toml as models: every setting of a hall, with its unit, its limits and its default.

What a setting may be is said here and only here; what its value does is somebody else's business. Nothing is opened,
connected or started here, and no two tables are compared: that is `references`. `config.load` reads a file.
"""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Annotated, Any, Final, Literal

from pydantic import Field, StringConstraints, model_validator

from hall_controller.messages import DeviceType, Identifier
from hall_controller.setting_calls import Calls, Counter, Priorities, Priority
from hall_controller.setting_tables import Dated, Name, Table
from hall_controller.setting_values import (
    NEAR_NETWORKS,
    Day,
    Flag,
    HostName,
    Hours,
    Identifiers,
    Letter,
    Line,
    Minutes,
    Network,
    NotEmpty,
    Port,
    Seconds,
    Timezone,
    Url,
    Weekday,
    Whole,
    parse_hours,
)


class Hall(Table):
    """The hall itself."""

    id: Identifier
    """Short name of the hall in every MQTT topic."""
    name: Name
    """What stands above the screens and on the ticket."""
    timezone: Timezone = "Asia/Ho_Chi_Minh"
    """The zone in which all times of this file are meant."""
    virtual_devices: Flag = False
    """The technician may press every device's keys on a page, to try a hall before its devices are there."""


class Mqtt(Table):
    """The broker."""

    host: NotEmpty = "127.0.0.1"
    """Name or address of the broker."""
    port: Port = 1883
    """TCP port of the broker."""
    username: str = ""
    """Empty for a broker that lets anybody in (tests and demo only)."""
    password_file: str = ""
    """File whose first line is the password; a password never stands in this file."""
    device_host: NotEmpty = "hall-controller.local"
    """Name or address under which the devices of the hall's network find the broker."""
    device_port: Port = 8883
    """Its encrypted port for them."""
    spares: Annotated[Whole, Field(le=50)] = 0
    """So many new devices, spare-1 and on, may sign in and wait for their adoption, each with its own secret."""
    spare_models: Annotated[tuple[NotEmpty, ...], Field(min_length=1)] = ("esp32_call_pad",)
    """The ESP32 model of spare-1, spare-2 and on, in turn: `hall firmware` makes their files."""


class HomeAssistant(Table):
    """The hall shown in Home Assistant, for whoever watches a building with it."""

    discovery: bool = False
    """Announce queues and devices to Home Assistant; off, an earlier announcement is taken back."""
    prefix: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*$")] = "homeassistant"
    """The discovery prefix that Home Assistant listens to."""


class Http(Table):
    """The pages and the API."""

    host: NotEmpty = "127.0.0.1"
    """Address to listen on; 0.0.0.0 for every network of this machine."""
    port: Port = 8080
    """TCP port to listen on."""
    public_url: Url = ""
    """What the QR code on a ticket leads to; empty when visitors cannot reach the hall by web."""
    allow: tuple[Network, ...] = NEAR_NETWORKS
    """Networks from which kiosk, board and officers' pages may be used."""
    hosts: tuple[HostName, ...] = ()
    """Names by which browsers call this machine, besides its address, its own name and the one in `public_url`."""


class Data(Table):
    """Where the journal lives."""

    dir: NotEmpty
    """Directory of the journal, on a disk that keeps what it says it has written."""


class Agency(Dated):
    """A department, board or office that receives visitors."""

    id: Identifier
    name: Name


class Queue(Table):
    """One line of waiting visitors."""

    id: Identifier
    letter: Letter
    """What its numbers begin with; never I, O or Q, which look like figures."""
    name: Name


class Opening(Dated):
    """Hours that services can name: on these weekdays, in these sessions."""

    weekdays: Annotated[tuple[Weekday, ...], Field(min_length=1)]
    """Any of mon tue wed thu fri sat sun."""
    sessions: Annotated[tuple[Hours, ...], Field(min_length=1)]
    """Stretches of a day in local time, such as "07:30-11:30"."""

    @model_validator(mode="after")
    def _apart(self) -> Opening:
        hours = sorted(parse_hours(session) for session in self.sessions)
        for (_, end), (start, _) in pairwise(hours):
            if start < end:
                raise ValueError(
                    f"has sessions that overlap at {start:%H:%M}: end one before the next begins"
                )
        return self


class ClosedDay(Table):
    """A day on which the whole hall is closed, besides the public holidays."""

    day: Day
    reason: str = ""


class SwapDay(Table):
    """A day that is worked like another weekday, even if it would be closed."""

    day: Day
    runs_as: Weekday
    """The weekday whose hours hold on that day."""
    reason: str = ""


class Calendar(Table):
    """Days that are different."""

    holidays: Flag = True
    """Closed on Viet Nam's public holidays; days that the State swaps are worked."""
    closed_days: tuple[ClosedDay, ...] = ()
    swap_days: tuple[SwapDay, ...] = ()


class Purpose(Table):
    """A reason to come, asked first on the kiosk."""

    id: Identifier
    name: Name


class Service(Dated):
    """A field of work that a visitor can choose."""

    id: Identifier
    agency: Identifier
    queue: Identifier
    """Services may share a queue; a field that is done only online names the queue that helps when the portal fails."""
    name: Name
    opening: Identifiers
    """Names of opening hours; they add up."""
    purposes: Identifiers | None = None
    """Which reasons to come it is offered for; left out, all of them."""
    online_only: Flag = False
    """The kiosk prints where to go on the web in place of a number."""
    portal: Url = ""
    """Address on the slip of a field that is online only."""


class Officer(Dated):
    """Somebody who serves visitors; no name, which is personal data and stands elsewhere."""

    id: Identifier
    agency: Identifier
    regular: Flag = True
    """False for a reserve, who comes in turn and signs in."""


class Assignment(Dated):
    """Who sits at a counter, for which agency, lent by which."""

    counter: Identifier
    agency: Identifier
    """The agency whose visitors are served."""
    staffing: Identifier | None = None
    """The agency whose officer it is, when another stands in."""
    officer: Identifier | None = None
    reason: str = ""
    decision: str = ""
    """Number and date of the decision."""


class Device(Table):
    """One piece of equipment."""

    id: Identifier
    """Also its MQTT client id and user name."""
    type: DeviceType
    model: NotEmpty
    """The name of its driver's file."""
    line: Line = "mqtt:"
    """How bytes travel to it."""
    counter: Identifier | None = None
    gateway: Identifier | None = None
    """The device through which it is reached: when that one is lost, so is this one."""
    settings: dict[str, Any] = Field(default_factory=dict)
    """What its model needs besides; the driver's own words."""


class Dispenser(Table):
    """Limits on giving out numbers, against touts and playing children; 0 is no limit."""

    gap_s: Seconds = 0.0
    """Least seconds between two numbers from one kiosk."""
    per_minute: Whole = 0
    """Most numbers in a minute from one kiosk."""
    forecast_limit: Flag = False
    """Refuse what cannot be served before closing."""
    burst_numbers: Whole = 0
    """More numbers than these from one kiosk within `burst_s` are told as a burst; they are given out all the same."""
    burst_s: Annotated[Seconds, Field(gt=0, le=3_600)] = 60.0
    """Seconds within which a burst is counted."""
    guard: Flag = False
    """Every number is held until the guidance desk releases it."""
    guard_on_burst: Flag = False
    """A burst turns the guard on."""
    guard_min: Minutes = 15.0
    """Minutes after which that guard is turned off, unless the burst goes on; 0: when somebody turns it off."""

    @model_validator(mode="after")
    def _burst_can_happen(self) -> Dispenser:
        """A burst that the other limits make impossible would never be told."""
        possible = [self.per_minute * math.ceil(self.burst_s / 60)] if self.per_minute else []
        possible += [math.ceil(self.burst_s / self.gap_s)] if self.gap_s else []
        if self.burst_numbers and possible and min(possible) <= self.burst_numbers:
            raise ValueError(
                f"never gives out more than {min(possible)} numbers in {self.burst_s:g} s, so a burst would never be"
                f" told: make burst_numbers less than {min(possible)}"
            )
        if self.guard_on_burst and not self.burst_numbers:
            raise ValueError("has `guard_on_burst` but no burst: set `burst_numbers`, such as 6")
        return self


class ProcedureFile(Table):
    """The list of procedures, which changes by decision."""

    file: str = ""
    """The CSV file, beside this one unless a folder is named; empty for a hall without a list."""
    stale_after_days: Whole = 365
    """An alert tells when the newest decision in the list is older; 0 for never."""


class Kiosk(Table):
    """What the kiosk page offers besides numbers."""

    dossiers: str = ""
    """The CSV file with the states of dossiers, beside this one unless a folder is named; empty for no look-up."""
    dossiers_stale_after_h: Whole = 72
    """Hours after which an alert tells that the list is old; 0 for never."""


class Targets(Table):
    """Waits that the hall does not want to pass: an alert tells when one does; 0 is no target."""

    wait_min: Minutes = 30.0
    """Minutes that nine of ten of a queue's last calls should not have waited longer (QĐ 468/QĐ-TTg: 30 in 2022)."""
    oldest_min: Minutes = 15.0
    """Minutes that nobody in a queue should have waited longer (the same decision: 15 in 2025)."""


class Rating(Table):
    """How visitors rate."""

    levels: Annotated[int, Field(strict=True, ge=2, le=5)] = 5
    """Keys of the rating pad, worst first."""
    window_s: Annotated[Seconds, Field(gt=0)] = 30.0
    """Seconds after the end of service in which a press counts."""
    change_s: Seconds = 3.0
    """Seconds after that press in which another one takes its place."""
    dead_s: Seconds = 5.0
    """Seconds after those in which no press at the counter counts."""
    later_days: Annotated[Whole, Field(le=366)] = 30
    """Days after the visit in which it can be rated with the code of the ticket."""


class Officers(Table):
    """What officers must do."""

    sign_in: Literal["required", "optional"] = "optional"
    """Required: a counter works only for the officer who has signed in there; optional: else the assigned one."""
    session_h: Annotated[float, Field(strict=True, gt=0, le=72, allow_inf_nan=False)] = 12.0
    """Hours after which everybody signs in again."""
    desk_idle_min: Annotated[Minutes, Field(gt=0)] = 240.0
    """Minutes without a key after which an officer or a guide signs in again."""
    office_idle_min: Annotated[Minutes, Field(gt=0)] = 30.0
    """The same for managers and technicians."""


class Ticket(Table):
    """The paper."""

    width_mm: Literal[58, 80] = 80
    """Width of the roll."""
    missed: Name = Name(
        vi="Nếu lỡ lượt gọi, mời quý khách đến bàn hướng dẫn.",
        en="If you miss your call, please see the guidance desk.",
    )
    """What to do when one's number was missed."""


class Retention(Table):
    """How long what tells of single people is kept; without these settings it is kept."""

    ticket_days: Annotated[int, Field(strict=True, ge=1, le=36_500)] | None = None
    """Days after which a day's rows give way to its summary; `hall retain` removes them."""
    officer_names_days: Annotated[int, Field(strict=True, ge=1, le=36_500)] | None = None
    """Days after which summaries of whole months hold codes for officers, and who has not signed in loses the name."""


PURPOSES: Final = (
    Purpose(id="submit", name=Name(vi="Nộp hồ sơ", en="Submit a dossier")),
    Purpose(id="collect", name=Name(vi="Nhận kết quả", en="Collect a result")),
    Purpose(id="guidance", name=Name(vi="Hướng dẫn", en="Ask for guidance")),
)


class Config(Table):
    """A whole hall.toml."""

    hall: Hall
    mqtt: Mqtt = Mqtt()
    http: Http = Http()
    home_assistant: HomeAssistant = HomeAssistant()
    data: Data
    agency: Annotated[tuple[Agency, ...], Field(min_length=1)]
    queue: Annotated[tuple[Queue, ...], Field(min_length=1)]
    opening: Annotated[dict[Identifier, Opening], Field(min_length=1)]
    calendar: Calendar = Calendar()
    purpose: Annotated[tuple[Purpose, ...], Field(min_length=1)] = PURPOSES
    service: Annotated[tuple[Service, ...], Field(min_length=1)]
    counter: Annotated[tuple[Counter, ...], Field(min_length=1)]
    officer: tuple[Officer, ...] = ()
    assignment: tuple[Assignment, ...] = ()
    device: tuple[Device, ...] = ()
    dispenser: Dispenser = Dispenser()
    rating: Rating = Rating()
    targets: Targets = Targets()
    catalogue: ProcedureFile = ProcedureFile()
    kiosk: Kiosk = Kiosk()
    officers: Officers = Officers()
    calls: Calls = Calls()
    priority: tuple[Priority, ...] = ()
    priorities: Priorities = Priorities()
    ticket: Ticket = Ticket()
    retention: Retention = Retention()
