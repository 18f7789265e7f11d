"""Turns the settings into the catalogue and the opening rules that the domain works with.

A translation, field by field: whatever could be wrong was told when the settings were loaded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from hall_controller import holidays_of_vietnam, setting_calls, setting_tables, settings
from hall_controller.domain import catalogue as c
from hall_controller.domain.opening import OpeningRule, Session
from hall_controller.setting_values import WEEKDAYS, parse_hours

if TYPE_CHECKING:
    from datetime import date, tzinfo


def catalogue(config: settings.Config, code_key: bytes = b"") -> c.Catalogue:
    """Everything about one hall; `code_key` signs the codes on tickets and never stands in a settings file."""
    purposes = {purpose.id: _text(purpose.name) for purpose in config.purpose}
    openings = {name: _rule(opening) for name, opening in config.opening.items()}
    closed, extra = different_days(config.calendar)
    return c.Catalogue(
        hall=config.hall.id,
        name=_text(config.hall.name),
        queues={q.id: c.Queue(q.id, q.letter, _text(q.name)) for q in config.queue},
        services={s.id: _service(s, openings, tuple(purposes)) for s in config.service},
        counters={d.id: _counter(d) for d in config.counter},
        agencies={a.id: c.Agency(a.id, _text(a.name), _valid(a)) for a in config.agency},
        officers={o.id: c.Officer(o.id, o.agency, o.regular, _valid(o)) for o in config.officer},
        assignments=tuple(_assignment(assignment) for assignment in config.assignment),
        priorities={p.id: c.Priority(p.id, _text(p.name), p.rank, p.basis) for p in config.priority},
        purposes=purposes,
        closed_days=closed,
        extra_days=extra,
        timezone=timezone_named(config.hall.timezone),
        dispenser=_dispenser(config.dispenser),
        rating=c.Rating(**config.rating.model_dump()),
        rating_pads=frozenset(d.counter for d in config.device if d.type == "rating-pad" and d.counter),
        sign_in_required=config.officers.sign_in == "required",
        serving_after_s=config.calls.serving_after_s,
        calls=_calls(config.calls),
        targets=c.Targets(config.targets.wait_min * 60, config.targets.oldest_min * 60),
        precedence=_precedence(config.priorities),
        code_key=code_key,
    )


def different_days(calendar: settings.Calendar) -> tuple[frozenset[date], dict[date, int]]:
    """Days closed for everybody, and days worked like another weekday (Monday is 0); what the hall says goes first."""
    swapped = {swap.day: WEEKDAYS.index(swap.runs_as) for swap in calendar.swap_days}
    own = {closed.day for closed in calendar.closed_days}
    public = holidays_of_vietnam.closed_days() if calendar.holidays else frozenset()
    worked = holidays_of_vietnam.worked_days() if calendar.holidays else {}
    return (public - swapped.keys()) | own, worked | swapped


def timezone_named(name: str) -> tzinfo:
    """Viet Nam's own zone is a constant: it needs no tables of the system and compares quicker."""
    return c.VIETNAM if name == "Asia/Ho_Chi_Minh" else ZoneInfo(name)


def _text(name: setting_tables.Name) -> c.Text:
    return c.Text(name.vi, name.en)


def _valid(dated: setting_tables.Dated) -> c.Valid:
    return c.Valid(dated.first_day, dated.last_day)


def _rule(opening: settings.Opening) -> OpeningRule:
    weekdays = frozenset(WEEKDAYS.index(weekday) for weekday in opening.weekdays)
    sessions = sorted(parse_hours(hours) for hours in opening.sessions)
    return OpeningRule(weekdays, tuple(Session(start, end) for start, end in sessions), _valid(opening))


def _service(
    service: settings.Service, openings: dict[str, OpeningRule], purposes: tuple[str, ...]
) -> c.Service:
    return c.Service(
        service.id,
        service.agency,
        service.queue,
        _text(service.name),
        tuple(openings[name] for name in service.opening),
        service.purposes or purposes,
        service.online_only,
        service.portal,
        _valid(service),
    )


def _counter(counter: setting_calls.Counter) -> c.Counter:
    steps = tuple(_step(step) for step in counter.profile)
    return c.Counter(
        counter.id,
        counter.name,
        counter.queues,
        counter.transfer_to,
        _valid(counter),
        steps,
        counter.one_button,
    )


def _step(step: setting_calls.Step) -> c.WorkStep:
    return c.WorkStep(
        step.queues,
        _seconds(step.first_when_oldest_waits_min),
        _seconds(step.only_when_oldest_waits_min),
        step.only_when_waiting,
    )


def _dispenser(dispenser: settings.Dispenser) -> c.Dispenser:
    limits = dispenser.model_dump(exclude={"guard_min"})
    return c.Dispenser(**limits, guard_s=dispenser.guard_min * 60)


def _precedence(priorities: setting_calls.Priorities) -> c.Precedence:
    return c.Precedence(priorities.mode, priorities.interleave, _seconds(priorities.ageing_min or None))


def _calls(calls: setting_calls.Calls) -> c.Calls:
    behind = {"front": 0, "after": calls.missed_returns_after, "back": None}
    return c.Calls(
        double_press_s=calls.double_press_ms / 1000,
        recall_gap_s=calls.recall_gap_s,
        calls_before_miss=calls.calls_before_miss,
        cherry_pick=calls.cherry_pick,
        missed_numbers=calls.missed_numbers,
        missed_s=calls.missed_min * 60,
        missed_returns_behind=behind[calls.missed_returns],
    )


def _seconds(minutes: float | None) -> float | None:
    return None if minutes is None else minutes * 60


def _assignment(assignment: settings.Assignment) -> c.Assignment:
    return c.Assignment(
        assignment.counter,
        assignment.agency,
        assignment.staffing or assignment.agency,
        assignment.officer,
        _valid(assignment),
        assignment.reason,
        assignment.decision,
    )
