"""How the people of a hall behave, as models: who comes when for what, how long it takes, what goes wrong how often.

Belongs here: every number that the simulation draws from, with its unit and default; `load` reads them from a file.
Never here: chance itself, or a rule of the hall.
"""

from __future__ import annotations

import tomllib
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from hall_controller.errors import ConfigError

Share = Annotated[float, Field(ge=0, le=1)]
Amount = Annotated[float, Field(ge=0)]
Positive = Annotated[float, Field(gt=0)]
Range = tuple[Amount, Amount]
"""The least and the most; every value between is as likely."""


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class FieldOfWork(_Table):
    """The visitors of one service."""

    per_weekday: Amount = 8.0
    """Mean visitors from Monday to Friday, when the service is open the whole day."""
    per_saturday: Amount = 0.5
    service_min: Positive = 8.0
    """Median minutes at the counter of a visitor who submits a dossier."""
    spread: Amount = 0.5
    """Standard deviation of the logarithm of the time at the counter (log-normal)."""
    purposes: dict[str, Amount] = {}
    """Weights of the reasons to come; left out, those of all visitors."""


class Visitors(_Table):
    """Everybody who comes."""

    half_hours: dict[str, Amount] = {}
    """How many come in the half hour that begins at "07:30", beside 1.0 in an ordinary one."""
    weekdays: dict[str, Amount] = {}
    """How many come on a "mon", beside 1.0 on an ordinary one; the mean of all five should be 1."""
    purposes: dict[str, Amount] = {"submit": 0.6, "collect": 0.25, "guidance": 0.15}
    purpose_time: dict[str, Positive] = {"collect": 0.5, "guidance": 0.6}
    """Time at the counter beside that of a visitor who submits."""
    english: Share = 0.01
    priorities: dict[str, Share] = {}
    """Share of visitors in each priority class that the hall has."""
    walk_s: Range = (8.0, 25.0)
    late: Share = 0.05
    """Share who come only when called again."""
    absent: Share = 0.03
    """Share who do not come at all."""
    come_back: Share = 0.4
    """Of the absent, who ask at the counter later."""
    back_after_min: Range = (5.0, 40.0)
    wait_again: Share = 0.5
    """Of those who come back, who ask at the guidance desk and wait again, and do not go to the counter."""
    held: Share = 0.03
    """Share who fetch a copy first and are held."""
    hold_min: Range = (3.0, 20.0)
    sent_on: Share = 0.01
    """Share who are sent on to another queue of the hall."""
    rate: Share = 0.24
    """Share of the served who press the rating pad."""
    rate_after_s: Range = (4.0, 20.0)
    scores: tuple[Amount, ...] = (0.01, 0.02, 0.07, 0.35, 0.55)
    """Weights of the scores, worst first."""


class Officers(_Table):
    """Everybody who sits at a counter."""

    late_min: Range = (0.0, 4.0)
    """How long after the beginning of a session the counter opens."""
    overtime_min: Amount = 45.0
    """How long after the end of a session people who wait are still called."""
    notice_s: Range = (2.0, 5.0)
    """How soon an idle officer calls a visitor of the own agency."""
    help_s: Range = (10.0, 25.0)
    """How soon an idle officer calls a visitor of another agency."""
    guidance_s: Range = (3.0, 20.0)
    """How soon the guidance desk releases a number, where it has to."""
    between_s: Range = (3.0, 12.0)
    """From the end of one visit to the key that calls the next."""
    complete_key: Share = 0.3
    """Share of visits that are ended with their own key, and not with `next`."""
    recall_after_s: Range = (25.0, 45.0)
    calls: Annotated[int, Field(ge=1)] = 3
    """Calls until a visitor counts as missed."""
    pauses: Share = 0.3
    """Share of sessions with a pause."""
    pause_min: Range = (5.0, 15.0)
    reserve: Share = 0.08
    """Share of days on which a reserve of the same agency signs in."""


class Paper(_Table):
    """What becomes of the tickets' paper."""

    failed: Share = 0.002
    unknown: Share = 0.0005
    takes_s: Range = (1.2, 2.5)


class Devices(_Table):
    """Pads, panels, kiosk and printer."""

    away: Share = 0.01
    """Share of days on which a device is lost once while the counters work."""
    away_min: Range = (1.0, 30.0)


class Published(_Table):
    """Counts that somebody published for a period, to be met exactly."""

    first_day: date
    last_day: date
    tickets: int
    saturday_tickets: int
    saturday_agencies: tuple[str, ...]
    ratings: int
    """All of them satisfied, all pressed right after a dossier was handed in."""
    agencies: dict[str, int]
    """Tickets of the agencies for which they were published; all others share the rest."""


class Habits(_Table):
    """All that is known about the people of a hall."""

    visitors: Visitors = Visitors()
    officers: Officers = Officers()
    paper: Paper = Paper()
    devices: Devices = Devices()
    other: FieldOfWork = FieldOfWork()
    """Services that are not named."""
    service: dict[str, FieldOfWork] = {}
    published: Published | None = None


EXAMPLE: Final = Path(str(files("firmware_config").joinpath("simulation.example.toml")))


def load(path: Path = EXAMPLE) -> Habits:
    """Read the habits; raises ConfigError with a sentence for every mistake."""
    try:
        return Habits.model_validate(tomllib.loads(path.read_text("utf-8")))
    except ValidationError as error:
        raise ConfigError([_sentence(path, one["loc"], one["msg"]) for one in error.errors()]) from error
    except ValueError as error:
        raise ConfigError([f"{path.name}: is not TOML ({error}); mend that place"]) from error
    except OSError as error:
        raise ConfigError(
            [
                f"{path}: cannot be read ({error.strerror}); firmware_config/simulation.example.toml is an example"
            ]
        ) from error


def _sentence(path: Path, place: tuple[int | str, ...], message: str) -> str:
    where = ".".join(str(part) for part in place)
    return f"{path.name} {where}: {message[:1].lower()}{message[1:]}; see firmware_config/simulation.example.toml"
