"""The names and formats of reports, and what each format is called on the wire.

Nothing heavy: the controller imports this, and makes no report itself.
"""

from __future__ import annotations

from typing import Final, Literal

WHOLE: Final = "hall"
REPORTS: Final = frozenset(
    """
    hall agencies fields saturdays days low_volume settlement late_dossiers ratings two_levels officer_scores
    odd_scores waits_by_half_hour waits_by_queue waits counters officers stand_ins bells no_shows no_shows_by_hour
    refused_presses flagged_presses printers controller devices every_device
    """.split()
)
"""The names by which a report can be asked for: all of it, or one of its tables."""

Format = Literal["text", "csv", "json", "html", "xlsx"]
MEDIA_TYPES: Final[dict[Format, str]] = {
    "text": "text/plain; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "html": "text/html; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
