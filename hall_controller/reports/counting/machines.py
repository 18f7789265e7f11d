"""What befell the machines: paper that came out or not, starts of the controller, times without a journal.

For how long a device was away is counted in `devices`.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from hall_controller.domain import facts as f
from hall_controller.reports.day_summary import Happening

if TYPE_CHECKING:
    from hall_controller.domain.facts import Fact


class Machines:
    """Counts what befell the machines while the facts of one day go by."""

    def __init__(self) -> None:
        self.happenings: Counter[Happening] = Counter()
        self.training = False

    def see(self, fact: Fact) -> None:
        match fact:
            case f.TicketPrinted():
                self._count("printed", fact.printer)
            case f.PrintFailed():
                self._count("print_failed", fact.printer)
            case f.PrintUnknown():
                self._count("print_unknown", fact.printer)
            case f.ReprintRequested():
                self._count("reprints", "")
            case f.ControllerStarted():
                self._count("starts", "controller")
                self.training = self.training or fact.training
            case f.JournalRecovered():
                self._count("journal_unavailable", "journal")
                lost_ms = max(0.0, (fact.at - fact.since).total_seconds() * 1000)
                self.happenings[Happening("journal_unavailable_ms", "journal")] += round(lost_ms)
            case f.QueueOpened():
                self._count("queue_opened", fact.queue)
            case f.WaitTargetPassed():
                self._count(f"target_{fact.measure}", fact.queue)
            case _:
                pass

    def _count(self, what: str, whom: str) -> None:
        self.happenings[Happening(what, whom)] += 1
