"""Who is next: the one place that decides which waiting visitor a counter calls, and says why.

Who was sent to this very counter, then the work profile says from which queues, the class who of them, and the longest
wait who of the class. `TicketCalled.reason` keeps the code, and the fact what the code compared:

    code             why this visitor                                                   told besides in the fact
    sent_here        another counter sent the visitor to this one                       -
    overdue:QUEUE    somebody in QUEUE had waited `limit_s`: QUEUE before other steps   step, queues = (QUEUE,), limit_s
    priority:CLASS   has this class; nobody of a higher one waited in `queues`          step, queues
    interleaved      it was the turn of one without a class, though one with it waited  step, queues
    aged             had waited `limit_s` and so counted as of the highest class        step, queues, limit_s
    longest_wait     had waited longest in `queues`                                     step, queues
    chosen           the officer chose, where the hall allows it; out_of_order          instead_of = whose turn it was

`queues` are those of the step that chose: the steps before it had nobody to call. Whoever waited elsewhere was not this
counter's to call then. Pure; a call looks at each waiting visitor of the step once.
"""

from __future__ import annotations

from datetime import timedelta
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from hall_controller.domain.estimate import open_for
from hall_controller.domain.state import by_turn

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from hall_controller.domain.catalogue import WorkStep
    from hall_controller.domain.hall import Hall, Ticket


class Choice(NamedTuple):
    """The number to call, and why it and no other; the fields are those of TicketCalled."""

    ticket: str
    reason: str
    queues: tuple[str, ...] = ()
    step: int = 0
    limit_s: float | None = None
    instead_of: str | None = None


def next_ticket(hall: Hall, counter: str, at: datetime) -> Choice | None:
    """Whom the counter calls next; None when nobody waits for it."""
    sent_here = hall.desk(counter).waiting
    if sent_here:
        return Choice(sent_here[0], "sent_here")
    steps = hall.catalogue.counters[counter].steps
    for number, step in enumerate(steps, 1):
        for queue in _overdue(hall, step, at):
            choice = _of_these(hall, counter, (queue,), at)
            if choice:
                return choice._replace(reason=f"overdue:{queue}", step=number, limit_s=step.first_after_s)
    for number, step in enumerate(steps, 1):
        choice = _of_these(hall, counter, _called_from(hall, step, at), at)
        if choice:
            return choice._replace(step=number)
    return None


def rank(hall: Hall, ticket: Ticket) -> int:
    """The rank of the ticket's priority class; 0 for everybody else."""
    priority = hall.catalogue.priorities.get(ticket.priority or "")
    return priority.rank if priority else 0


def place(hall: Hall, ticket: Ticket) -> int:
    """How many of the same queue will be called before this ticket, if nobody comes any more and nobody ages.

    Where classes take turns, the open counters of the queue are taken to call one after the other.
    """
    waiting = [other for number in hall.queue(ticket.queue).waiting if (other := hall.ticket(number))]
    own = rank(hall, ticket)
    same = [other for other in waiting if (rank(hall, other) > 0) == (own > 0)]
    before = sum((-rank(hall, other), by_turn(other)) < (-own, by_turn(ticket)) for other in same)
    return _calls_before(hall, ticket.queue, before, len(waiting) - len(same), has_class=own > 0)


def place_of_newcomer(hall: Hall, queue: str, priority: str | None) -> int:
    """How many will be called before somebody of that class who joins the queue now; as `place` counts."""
    ranks = [rank(hall, other) for number in hall.queue(queue).waiting if (other := hall.ticket(number))]
    known = hall.catalogue.priorities.get(priority or "")
    own = known.rank if known else 0
    same = [other for other in ranks if (other > 0) == (own > 0)]
    before = sum(other >= own for other in same)
    return _calls_before(hall, queue, before, len(ranks) - len(same), has_class=own > 0)


def _calls_before(hall: Hall, queue: str, before: int, others: int, *, has_class: bool) -> int:
    """Calls before one who has `before` ahead among those with a class (or without), while so many others wait."""
    precedence = hall.catalogue.precedence
    if precedence.mode == "strict":
        return before if has_class else before + others
    turns = [hall.desk(counter.id).without_class for counter in open_for(hall, queue)] or [None]
    calls = 0
    while before or others:
        called = turns[calls % len(turns)]
        turn_of_a_class = called is None or called >= precedence.interleave
        mine = not others or turn_of_a_class == has_class
        if mine and not before:
            break
        before, others = (before - 1, others) if mine else (before, others - 1)
        with_class = mine == has_class
        turns[calls % len(turns)] = 0 if with_class else None if called is None else called + 1
        calls += 1
    return calls


def _overdue(hall: Hall, step: WorkStep, at: datetime) -> Iterator[str]:
    """The queues of the step that go before everything else now."""
    if step.first_after_s is not None:
        yield from (queue for queue in step.queues if _waits(hall, queue, step.first_after_s, at))


def _called_from(hall: Hall, step: WorkStep, at: datetime) -> tuple[str, ...]:
    """The queues of the step whose conditions hold now."""
    return tuple(
        queue
        for queue in step.queues
        if len(hall.queue(queue).waiting) >= step.only_when_waiting
        and (step.only_after_s is None or _waits(hall, queue, step.only_after_s, at))
    )


def _waits(hall: Hall, queue: str, seconds: float, at: datetime) -> bool:
    """Whether somebody in the queue has waited so long."""
    since = at - timedelta(seconds=seconds)
    tickets = (hall.ticket(number) for number in hall.queue(queue).waiting)
    return any(ticket.waits_since <= since for ticket in tickets if ticket)


def _of_these(hall: Hall, counter: str, queues: tuple[str, ...], at: datetime) -> Choice | None:
    """Of those who wait in the queues the one to be called first."""
    firsts = [ticket for queue in queues for ticket in _first_of_each_class(hall, queue)]
    if not firsts:
        return None
    without = [ticket for ticket in firsts if not rank(hall, ticket)]
    if without and len(without) < len(firsts) and not _turn_of_a_class(hall, counter):
        return Choice(min(without, key=by_turn).number, "interleaved", queues)
    ageing_s = hall.catalogue.precedence.ageing_s
    highest = max(rank(hall, ticket) for ticket in firsts)

    def counts_as(ticket: Ticket) -> int:
        aged = ageing_s is not None and at - ticket.waits_since >= timedelta(seconds=ageing_s)
        return highest if aged else rank(hall, ticket)

    first = min(firsts, key=lambda ticket: (-counts_as(ticket), by_turn(ticket)))
    if rank(hall, first) < highest:
        return Choice(first.number, "aged", queues, limit_s=ageing_s)
    return Choice(first.number, f"priority:{first.priority}" if highest else "longest_wait", queues)


def _turn_of_a_class(hall: Hall, counter: str) -> bool:
    """Whether the counter calls somebody of a priority class before somebody without one."""
    precedence, called = hall.catalogue.precedence, hall.desk(counter).without_class
    return precedence.mode == "strict" or called is None or called >= precedence.interleave


def _first_of_each_class(hall: Hall, queue: str) -> Iterator[Ticket]:
    """Of each class the visitor whose turn it is in the queue."""
    waiting, known = hall.queue(queue).waiting, hall.catalogue.priorities
    firsts = [
        *(n for n in waiting if n in hall.classed),
        *islice((n for n in waiting if n not in hall.classed), 1),
    ]
    seen: set[str | None] = set()
    for ticket in sorted((t for number in firsts if (t := hall.ticket(number))), key=by_turn):
        class_ = ticket.priority if ticket.priority in known else None
        if class_ not in seen:
            seen.add(class_)
            yield ticket
