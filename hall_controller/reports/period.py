"""Days added up to a period: what a report is made of, in memory that does not grow with the number of tickets.

Per day only one number is kept, and per officer the scores of whole calendar months; all else is added.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from hall_controller.domain.opening import sessions
from hall_controller.reports.day_summary import DaySummary, Score

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hall_controller.domain.catalogue import Catalogue

SATURDAY: Final = 5
SUNDAY: Final = 6


class OfAgency(NamedTuple):
    """An agency, on Saturdays or on other days."""

    agency: str
    saturday: bool


class OfMonth(NamedTuple):
    """A calendar month of an officer."""

    officer: str
    year: int
    month: int


@dataclass(slots=True)
class Period:
    """Business days added up; `whole` is what they all came to."""

    first_day: date
    last_day: date
    catalogue: Catalogue | None = None
    whole: DaySummary = field(default_factory=lambda: DaySummary(date.min))
    by_day: Counter[date] = field(default_factory=Counter)
    """Numbers given out; every day that the journal has is a key."""
    opened: set[date] = field(default_factory=set)
    """Days on which a queue gave out numbers, or would have."""
    visits: Counter[OfAgency] = field(default_factory=Counter)
    days_with_visitors: Counter[str] = field(default_factory=Counter)
    months: dict[OfMonth, Counter[Score]] = field(default_factory=dict)
    training_days: int = 0

    def add(self, summary: DaySummary) -> None:
        """Take a day in, when it belongs to the period; a day may come in parts."""
        day = summary.day
        if not self.first_day <= day <= self.last_day:
            return
        self.whole.add(summary)
        self.by_day[day] += summary.visits
        self.training_days += summary.training
        if summary.visits or any(key.what == "queue_opened" for key in summary.happenings):
            self.opened.add(day)
        agencies: Counter[str] = Counter()
        for ticket, count in summary.tickets.items():
            if ticket.what == "issued":
                agencies[self.agency_of(ticket.agency, ticket.service)] += count
        for agency, count in agencies.items():
            self.visits[OfAgency(agency, self.saturday(day))] += count
            self.days_with_visitors[agency] += 1
        for score, count in summary.scores.items():
            of = OfMonth(score.officer, day.year, day.month)
            self.months.setdefault(of, Counter())[score] += count

    def agency_of(self, agency: str, service: str) -> str:
        """The ticket's agency; for facts that did not hold it yet, the service's."""
        known = self.catalogue.services.get(service) if self.catalogue and not agency else None
        return known.agency if known else agency

    def saturday(self, day: date) -> bool:
        """Whether the hours of a Saturday hold on that day."""
        weekday = self.catalogue.extra_days.get(day, day.weekday()) if self.catalogue else day.weekday()
        return weekday == SATURDAY

    def days(self) -> Iterator[date]:
        """Every date of the period."""
        for ahead in range((self.last_day - self.first_day).days + 1):
            yield self.first_day + timedelta(ahead)

    def open_days(self) -> list[date]:
        """Days on which any service was open by its rules; without the hall's settings, those that the facts show."""
        if self.catalogue is None:
            return sorted(self.opened)
        return [day for day in self.days() if any(self.open_agencies(day))]

    def listed_days(self) -> list[date] | None:
        """Mondays to Saturdays that are no holidays, as the centres count; needs the hall's settings."""
        catalogue = self.catalogue
        if catalogue is None:
            return None
        return [
            day
            for day in self.days()
            if day not in catalogue.closed_days and catalogue.extra_days.get(day, day.weekday()) != SUNDAY
        ]

    def open_agencies(self, day: date) -> Iterator[str]:
        """The agencies of which a service with numbers is open on that day, each as often as it has such services."""
        for service in self.catalogue.services.values() if self.catalogue else ():
            if not service.online_only and service.purposes and sessions(self.catalogue, service, day):  # type: ignore[arg-type]  # no service without a catalogue
                yield service.agency


def added_up(
    first_day: date, last_day: date, catalogue: Catalogue | None, summaries: Iterable[DaySummary]
) -> Period:
    """The period that these days make; days outside of it are left out."""
    period = Period(first_day, last_day, catalogue)
    for summary in summaries:
        period.add(summary)
    return period
