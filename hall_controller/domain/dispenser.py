"""The dispenser against touts: how fast numbers may be given out, what a burst is, and numbers held at the desk.

Nobody is identified. A tout takes many numbers to sell them; so each source gives out only so many, a burst is told,
and in guard mode a number counts for nothing until the guidance desk has seen who holds it. Then it waits behind those
who wait already: a number taken early and sold later is worth no more than a new one.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from hall_controller.domain import facts as f
from hall_controller.domain.parts import changed, with_queue, with_ticket
from hall_controller.domain.refusals import Refusal, refuse

if TYPE_CHECKING:
    from hall_controller.domain.commands import IssueTicket, Now, ReleaseTicket, TurnGuard
    from hall_controller.domain.state import Hall

MINUTE: Final = timedelta(minutes=1)


def too_quick(hall: Hall, command: IssueTicket, now: Now) -> Refusal | None:
    """Why the same kiosk gives no number so soon after the last ones."""
    limits = hall.catalogue.dispenser
    if not limits.limits:
        return None
    lately = [at for source, at in hall.lately if source == command.source and at <= now.at]
    if lately and now.at - lately[-1] < timedelta(seconds=limits.gap_s):
        return refuse("too_fast")
    within_minute = sum(now.at - at < MINUTE for at in lately)
    return refuse("too_many") if 0 < limits.per_minute <= within_minute else None


def besides(hall: Hall, issued: f.TicketIssued, now: Now) -> tuple[f.Fact, ...]:
    """What else follows from giving out this number."""
    limits, guarded = hall.catalogue.dispenser, on_guard(hall)
    found: list[f.Fact] = []
    numbers = 1 + _lately_from(hall.lately, issued.source, now.at, limits.burst_s)
    if 0 < limits.burst_numbers < numbers and issued.source not in hall.bursting:
        found.append(f.DispenserBurst(*now, source=issued.source, numbers=numbers, within_s=limits.burst_s))
        if limits.guard_on_burst and not guarded:
            guarded = True
            found.append(f.GuardTurned(*now, on=True, reason="burst"))
    if guarded:
        found.append(f.TicketGuarded(*now, ticket=issued.ticket))
    return tuple(found)


def burst_is_over(hall: Hall, now: Now) -> tuple[f.GuardTurned, ...]:
    """A guard that a burst turned on is turned off after a while, when numbers are asked for as usual again."""
    limits, since = hall.catalogue.dispenser, hall.guarded_since
    if since is None or limits.guard_s == 0 or now.at - since < timedelta(seconds=limits.guard_s):
        return ()
    if bursts(hall, now.at):
        return ()
    return (f.GuardTurned(*now, on=False, reason="burst_over"),)


def bursts(hall: Hall, at: datetime) -> frozenset[str]:
    """The sources whose burst goes on at that moment."""
    limits = hall.catalogue.dispenser
    return frozenset(
        source
        for source in hall.bursting
        if _lately_from(hall.lately, source, at, limits.burst_s) > limits.burst_numbers
    )


def on_guard(hall: Hall) -> bool:
    """Whether numbers are held at the guidance desk: as it was turned today, else as the settings say."""
    return hall.catalogue.dispenser.guard if hall.guard is None else hall.guard


def turn_guard(hall: Hall, command: TurnGuard, now: Now) -> tuple[f.GuardTurned, ...] | Refusal:
    """Numbers are held at the guidance desk from now on, or no longer; those held already stay until released."""
    if command.on == on_guard(hall):
        return refuse("guard_is_on" if command.on else "guard_is_off")
    return (f.GuardTurned(*now, on=command.on, person=command.person),)


def release(hall: Hall, command: ReleaseTicket, now: Now) -> tuple[f.TicketReleased, ...] | Refusal:
    """The guidance desk lets a held number wait."""
    ticket = hall.ticket(command.ticket)
    if ticket is None:
        return refuse("unknown_ticket")
    if ticket.state != "unreleased":
        return refuse("not_guarded")
    return (f.TicketReleased(*now, ticket=ticket.number, person=command.person),)


# How these facts change the hall.


def remembered(hall: Hall, fact: f.TicketIssued) -> Hall:
    """Which source gave out a number when, as long as a limit asks for it; and which bursts go on."""
    limits = hall.catalogue.dispenser
    if not limits.limits:
        return hall
    forgotten = fact.at - max(MINUTE, timedelta(seconds=max(limits.gap_s, limits.burst_s)))
    lately = (*(issue for issue in hall.lately if issue[1] > forgotten), (fact.source, fact.at))
    over = _lately_from(lately, fact.source, fact.at, limits.burst_s) <= limits.burst_numbers
    return changed(hall, lately=lately, bursting=hall.bursting - {fact.source} if over else hall.bursting)


def guarded(hall: Hall, fact: f.TicketGuarded) -> Hall:
    """The number waits nowhere."""
    ticket = hall.ticket(fact.ticket)
    if ticket is None:
        return hall
    waiting = tuple(number for number in hall.queue(ticket.queue).waiting if number != ticket.number)
    return with_ticket(with_queue(hall, ticket.queue, waiting=waiting), ticket.number, state="unreleased")


def released(hall: Hall, fact: f.TicketReleased) -> Hall:
    """The number waits behind everybody who waits in any queue, and before the next one that is given out."""
    ticket = hall.ticket(fact.ticket)
    if ticket is None:
        return hall
    lasts = (hall.ticket(line.waiting[-1]) for line in hall.queues.values() if line.waiting)
    lower = max((last.turn for last in lasts if last), default=0)
    turn = Fraction(max(lower, hall.issued - 1) + hall.issued) / 2
    hall = with_ticket(hall, ticket.number, state="waiting", turn=turn, requeued_at=fact.at)
    return with_queue(hall, ticket.queue, waiting=(*hall.queue(ticket.queue).waiting, ticket.number))


def _lately_from(
    lately: tuple[tuple[str, datetime], ...], source: str, until: datetime, seconds: float
) -> int:
    """How many numbers a source gave out in the seconds before a moment, that moment included."""
    window = timedelta(seconds=seconds)
    return sum(who == source and timedelta(0) <= until - at < window for who, at in lately)
