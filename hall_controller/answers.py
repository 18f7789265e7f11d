"""What the controller answered to a command, and the memory of it: the same press again gets the first answer.

An answer follows from the facts that the command caused, so the memory is rebuilt from the journal after a restart.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from hall_controller.domain import facts as f
from hall_controller.domain.refusals import Refusal, refuse

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hall_controller.domain.facts import Fact
    from hall_controller.journal import Record


class Answer(NamedTuple):
    """The facts that followed, or the refusal; `duplicate` when it repeats the first answer."""

    facts: tuple[Fact, ...] = ()
    refusal: Refusal | None = None
    duplicate: bool = False

    @property
    def ticket(self) -> str | None:
        """The number that was issued or rated, else the one at the counter after the press."""
        number = None
        for fact in self.facts:
            match fact:
                case (
                    f.TicketIssued()
                    | f.TicketCalled()
                    | f.TicketRecalled()
                    | f.TicketResumed()
                    | f.TicketRated()
                ):
                    number = fact.ticket
                case _:
                    pass
        return number

    @property
    def issued(self) -> f.TicketIssued | None:
        """The number that was given out, when one was."""
        return next((fact for fact in self.facts if isinstance(fact, f.TicketIssued)), None)


class Answers:
    """First answers by cause (a request's id, or a device's boot and seq), of this business day and the one before."""

    def __init__(self, records: Iterable[Record] = ()) -> None:
        self._today: dict[str, Answer] = {}
        self._before: dict[str, Answer] = {}
        for record in records:
            self.remember(record.cause, record.fact)

    def first(self, cause: str | None) -> Answer | None:
        """The first answer to this cause, marked as a duplicate."""
        answer = self._known(cause) if cause else None
        return answer._replace(duplicate=True) if answer else None

    def remember(self, cause: str | None, fact: Fact) -> None:
        """One more fact that this cause had; a new day makes room for its own."""
        if isinstance(fact, f.DayOpened):
            self._today, self._before = {}, self._today
        elif cause is None:
            pass
        elif isinstance(fact, f.PressRefused):
            self._today[cause] = Answer(refusal=refuse(fact.code))
        else:
            known = self._known(cause) or Answer()
            self._today[cause] = known._replace(facts=(*known.facts, fact))

    def _known(self, cause: str) -> Answer | None:
        return self._today.get(cause) or self._before.get(cause)
