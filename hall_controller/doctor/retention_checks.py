"""Whether what the settings want removed goes by itself, and has gone; pure.

The limit of time stands in the settings. Never here: reading a journal.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Final

from hall_controller.doctor.finding import Finding, finding

TIMER: Final = "hall-retain.timer"
PATIENCE: Final = timedelta(days=15)
"""The timer goes off every Sunday: after this, two of them did not do their work."""


def retention_findings(journal: str, days: Sequence[date], ticket_days: int | None) -> Iterator[Finding]:
    """The journal still holds tickets of days long past the limit; `days` are those with rows, oldest first."""
    if ticket_days is None or len(days) < 2:  # noqa: PLR2004 - the last day always stays
        return
    oldest = days[0]
    if days[-1] - oldest > timedelta(ticket_days) + PATIENCE:
        yield finding(
            "files",
            journal,
            (
                f"Vẫn còn từng phiếu từ ngày {oldest:%d/%m/%Y}, đã quá hạn lưu giữ.",
                f"Single tickets of {oldest} are still there, past retention.ticket_days.",
            ),
            (
                "Sau giờ làm việc chạy: sudo systemctl start hall-retain; xem: journalctl -u hall-retain.",
                "When the hall is closed, run: sudo systemctl start hall-retain; see: journalctl -u hall-retain.",
            ),
        )
