"""What the manager's page is told of the day so far.

Shapes only. Numbers of the whole day; no ticket, no officer, and no score outside of a group of five.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import AwareDatetime, Field

from hall_controller.messages import Count, Identifier, Text
from hall_controller.web.bodies import Body

Share = Annotated[float, Field(ge=0, le=1)]


class FieldToday(Body):
    """One queue's day, or the hall's."""

    queue: Identifier | None
    """Null for the whole hall."""
    name: Text
    open: bool
    waiting: Count
    oldest_wait_min: Count | None
    """Whole minutes that whoever has waited longest has waited; null when nobody waits."""
    issued: Count
    served: Count
    missed: Count
    called: Count
    """Visitors called for the first time; the waits are theirs."""
    wait_p50_min: Count | None
    wait_p90_min: Count | None
    share_over_15: Share | None
    share_over_30: Share | None
    late: bool
    """Whether a target of the hall's settings is passed now."""


class CounterToday(Body):
    """One counter's day."""

    counter: Identifier
    name: str
    state: Literal["open", "paused", "closed"]
    since: AwareDatetime | None
    serving: bool
    """Whether a visitor is called or there."""
    served: Count
    missed: Count
    load: Share | None
    """The share of its open time with a visitor; null for a counter that was not open."""


class StageToday(Body):
    """Ratings of today's visits by the reason to come."""

    stage: str
    name: Text
    visits: Count
    answered: Count
    response: Share | None
    released: Count
    """How many of the answers are in the share: whole groups of five."""
    satisfied: Share | None
    low: Share | None
    """The ends of the interval in which the true share lies, 95 % sure (Wilson)."""
    high: Share | None


class AlertToday(Body):
    """What must be mended."""

    severity: str
    code: str
    text: Text
    since: AwareDatetime


class TodaySeen(Body):
    """The day so far at a glance."""

    rev: Count
    """The number of the last fact that is in it."""
    day: date
    time: AwareDatetime
    local: str
    time_trusted: bool
    unavailable_since: AwareDatetime | None
    training: bool
    slips: Count
    hall: FieldToday
    fields: list[FieldToday]
    """Queues at which something has happened or that are open."""
    counters: list[CounterToday]
    stages: list[StageToday]
    alerts: list[AlertToday]
