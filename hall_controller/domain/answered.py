"""How facts about ratings change the hall: who may still press, and which press counted last.

Only folding, a part of `hall`; what counts is decided in `rating`, and for how long in `windows`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from hall_controller.domain.parts import with_desk, with_ticket
from hall_controller.domain.state import RatingPress

if TYPE_CHECKING:
    from hall_controller.domain.rating_facts import RatingInvited, TicketRated
    from hall_controller.domain.state import Hall

PRESSES_REMEMBERED: Final = 10


def invited(hall: Hall, fact: RatingInvited) -> Hall:
    """The visit that has just ended may be rated on the pad."""
    desk = hall.desk(fact.counter)
    return with_desk(hall, fact.counter, invited=(*desk.invited, *desk.visits[-1:]))


def not_ended(hall: Hall, number: str) -> Hall:
    """The visit goes on: there is nothing to rate yet."""
    ticket = hall.ticket(number)
    if ticket is None or ticket.state != "completed" or ticket.counter is None:
        return hall
    hall = no_more_invited(hall, ticket.counter, number)
    visits = tuple(visit for visit in hall.desk(ticket.counter).visits if visit.ticket != number)
    return with_desk(hall, ticket.counter, visits=visits)


def no_more_invited(hall: Hall, counter: str, number: str) -> Hall:
    """The visitor has answered, or cannot any more."""
    asked = hall.desk(counter).invited
    left = tuple(visit for visit in asked if visit.ticket != number)
    return hall if left == asked else with_desk(hall, counter, invited=left)


def rated(hall: Hall, fact: TicketRated) -> Hall:
    """The visit has its rating; a press on the pad is remembered with the moment from which a mind may be changed."""
    if fact.day is not None and fact.day != hall.day:
        return replace(hall, rated_earlier=hall.rated_earlier | {(fact.day, fact.ticket)})
    hall = with_ticket(hall, fact.ticket, rated=True)
    if fact.counter is None:
        return hall
    hall = no_more_invited(hall, fact.counter, fact.ticket)
    if fact.pressed_at is None:
        return hall
    presses = hall.desk(fact.counter).presses
    if fact.replaces and presses:
        last = replace(presses[-1], score=fact.score)
        return with_desk(hall, fact.counter, presses=(*presses[:-1], last))
    press = RatingPress(fact.ticket, fact.score, fact.pressed_at)
    return with_desk(hall, fact.counter, presses=(*presses, press)[-PRESSES_REMEMBERED:])
