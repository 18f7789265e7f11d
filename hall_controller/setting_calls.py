"""How a hall calls its visitors: counters and their work profiles, priority classes, and what a call needs.

A part of `settings`; the rules that follow from it stand in `domain.order` and `domain.calls`.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from hall_controller.messages import Identifier
from hall_controller.setting_tables import Dated, Name, Table
from hall_controller.setting_values import Flag, Identifiers, Minutes, Said, Seconds, Whole


class Step(Table):
    """One step of a counter's work profile; its queues count as one line."""

    queues: Identifiers
    """The queues of this step; within them by class and longest wait."""
    first_when_oldest_waits_min: Annotated[Minutes, Field(gt=0)] | None = None
    """When somebody in one of its queues has waited so long, that queue goes before all other steps."""
    only_when_oldest_waits_min: Annotated[Minutes, Field(gt=0)] | None = None
    """Call from a queue of this step only when somebody there has waited so long."""
    only_when_waiting: Whole = 0
    """Call from a queue of this step only when at least so many wait there."""


class Counter(Dated):
    """A desk with a number."""

    id: Identifier
    name: Said
    """How people read it: the 5 of "Quầy 5"."""
    queues: Identifiers
    """The queues that it calls from by longest wait; with a profile they stand there and not here."""
    profile: tuple[Step, ...] = ()
    """Work in steps: the first step in which somebody waits is called from."""
    one_button: Flag = False
    """Its pad has only `next`: pressed twice within 3 s, the first visitor did not come."""
    transfer_to: Identifier | None = None
    """The queue or counter to which its transfer key sends a visitor, when the officer names none."""

    @model_validator(mode="before")
    @classmethod
    def _queues_of_the_profile(cls, counter: Any) -> Any:  # noqa: ANN401 - as it was read
        """The queues of a counter with a profile are those of its steps."""
        steps = counter.get("profile") if isinstance(counter, dict) else None
        if not isinstance(steps, list) or not steps:
            return counter
        if "queues" in counter:
            raise ValueError(
                "has both `queues` and `profile`: leave `queues` out, the profile's steps name them"
            )
        named = (step.get("queues") for step in steps if isinstance(step, dict))
        queues = [queue for some in named if isinstance(some, list) for queue in some]
        distinct = [queue for n, queue in enumerate(queues) if queue not in queues[:n]]
        return {**counter, "queues": distinct or ["told-by-its-steps"]}


class Calls(Table):
    """How calls behave."""

    serving_after_s: Seconds = 30.0
    """Seconds after a call until the counter is taken to be serving."""
    double_press_ms: Annotated[Whole, Field(le=5_000)] = 500
    """A press of `next` so soon after the last one is no call: nobody serves so fast; 0 takes every press."""
    recall_gap_s: Seconds = 0.0
    """Least seconds between two calls of the same visitor at a counter."""
    calls_before_miss: Whole = 0
    """How often a visitor must have been called, the first call included, before `miss` is taken."""
    cherry_pick: Flag = False
    """Whether an officer may call somebody whose turn it is not; such a call is marked."""
    missed_numbers: Whole = 0
    """A missed number stays good until so many later ones of its queue have been called; 0: calls do not matter."""
    missed_min: Minutes = 0.0
    """A missed number stays good for so many minutes, and until `missed_numbers` are over too; both 0: all day."""
    missed_returns: Literal["front", "after", "back"] = "front"
    """Where a missed visitor waits again: before everybody, after `missed_returns_after` others, or behind all."""
    missed_returns_after: Whole = 3
    """How many go before a missed visitor who waits again."""


class Priority(Table):
    """A class of visitors who may be served earlier."""

    id: Identifier
    name: Name
    rank: Annotated[Whole, Field(ge=1)]
    """The greater is called first."""
    basis: Said
    """The rule that allows it; told to whoever asks. No proof is stored."""


class Priorities(Table):
    """How priority classes and everybody else take turns."""

    mode: Literal["strict", "interleaved"] = "strict"
    """strict: classes go first; interleaved: after one of them come some without a class."""
    interleave: Annotated[Whole, Field(ge=1)] = 2
    """How many without a class a counter calls after each one with it, when interleaved."""
    ageing_min: Minutes = 0.0
    """Who has waited so long counts as of the highest class; 0 for nobody."""
