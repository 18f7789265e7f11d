"""What befell the machines: paper that came out or not, starts of the controller, times without a journal.

For how long a device was away is counted in `devices`.
"""

from __future__ import annotations

from collections import Counter

from hall_controller.domain import facts as f
from hall_controller.reports.counting.seeing import Seeing
from hall_controller.reports.day_summary import Happening


class Machines(Seeing):
    """Counts what befell the machines while the facts of one day go by."""

    def __init__(self) -> None:
        self.happenings: Counter[Happening] = Counter()
        self.training = False
        self.ways = {
            f.TicketPrinted: lambda fact: self._count("printed", fact.printer),
            f.PrintFailed: lambda fact: self._count("print_failed", fact.printer),
            f.PrintUnknown: lambda fact: self._count("print_unknown", fact.printer),
            f.ReprintRequested: lambda _: self._count("reprints", ""),
            f.ControllerStarted: self._started,
            f.JournalRecovered: self._recovered,
            f.QueueOpened: lambda fact: self._count("queue_opened", fact.queue),
            f.WaitTargetPassed: lambda fact: self._count(f"target_{fact.measure}", fact.queue),
        }

    def _started(self, fact: f.ControllerStarted) -> None:
        self._count("starts", "controller")
        self.training = self.training or fact.training

    def _recovered(self, fact: f.JournalRecovered) -> None:
        self._count("journal_unavailable", "journal")
        lost_ms = max(0.0, (fact.at - fact.since).total_seconds() * 1000)
        self.happenings[Happening("journal_unavailable_ms", "journal")] += round(lost_ms)

    def _count(self, what: str, whom: str) -> None:
        self.happenings[Happening(what, whom)] += 1
