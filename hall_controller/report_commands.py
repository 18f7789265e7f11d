"""`hall report`: reads the journal day by day, adds the imported counts, writes the report.

Belongs here: files, options and what goes to which place. Never here: a figure.
"""

from __future__ import annotations

import base64
import re
import sys
from collections import deque
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from hall_controller import imports_file, journal_days
from hall_controller.counting_days import Counting
from hall_controller.domain.catalogue import VIETNAM, Catalogue
from hall_controller.errors import HallError
from hall_controller.hall_catalogue import catalogue
from hall_controller.reports import cut_summary
from hall_controller.reports.figures import NAMES
from hall_controller.reports.imports import Imports, within
from hall_controller.reports.kinds import WHOLE
from hall_controller.reports.making import report
from hall_controller.reports.period import added_up
from hall_controller.reports.rendering import rendered
from hall_controller.summary_file import SummaryFile, beside

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import tzinfo

    from hall_controller.journal_days import Span
    from hall_controller.reports.day_summary import DaySummary
    from hall_controller.reports.kinds import Format
    from hall_controller.reports.table import Report
    from hall_controller.settings import Config

STYLE = Path(__file__).with_name("web") / "static" / "report.css"
LONGEST_DAYS = 366 * 12
AT_A_TIME = 40
"""So many days are in memory together."""


def made(journal: Path, first_day: date, last_day: date, imports: Path | None, hall: Config | None) -> Report:
    """The report of a period, both days included; raises HallError."""
    if first_day > last_day:
        raise HallError(f"--from {first_day} is after --to {last_day}: swap the two days")
    if (last_day - first_day).days > LONGEST_DAYS:
        raise HallError(f"--from {first_day} --to {last_day}: a report is of 12 years at most")
    offered = catalogue(hall) if hall else None
    counts = _imported(imports, offered, first_day, last_day)
    zone = offered.timezone if offered else VIETNAM
    period = added_up(first_day, last_day, offered, summaries(journal, first_day, last_day, zone))
    return report(period, counts, datetime.now(UTC))


def only(whole: Report, table: str) -> Report:
    """The report with that table alone; raises HallError when it has none of that name."""
    if table == WHOLE:
        return whole
    known = {one.id: one for one in whole.tables}
    if table not in known:
        raise HallError(f"--table {table}: there is no such table; there are {', '.join(sorted(known))}")
    return replace(whole, tables=(replace(known[table], detail=False),))


def summaries(journal: Path, first_day: date, last_day: date, zone: tzinfo) -> Iterator[DaySummary]:
    """The days of the journal, one in memory at a time, those that were counted before without their tickets.

    Days that were cut come first, however old: whoever adds days up leaves out those of another period.

    Raises JournalError.
    """
    spans = journal_days.spans(journal, first_day, last_day)
    yield from (cut_summary.read(cut.summary) for cut in journal_days.cut_days(journal))
    with SummaryFile(beside(journal), zone) as kept, Counting(journal, zone) as counting:
        for first in range(0, len(spans), AT_A_TIME):
            yield from _summaries(spans[first : first + AT_A_TIME], kept, counting)


def keep_days(journal: Path, first_day: date, last_day: date, zone: tzinfo) -> None:
    """Have the days counted, so that no report waits for it, as a hall does when a day is over; raises JournalError."""
    deque(summaries(journal, first_day, last_day, zone), maxlen=0)


def _summaries(spans: Sequence[Span], kept: SummaryFile, counting: Counting) -> Iterator[DaySummary]:
    """What is not kept is counted, and kept for the next time."""
    known = {span: kept.get(span) for span in spans}
    missing = [span for span, summary in known.items() if summary is None]
    for span, summary in zip(missing, counting.of(missing), strict=True):
        if summary is not None:
            kept.keep(span, summary)
            known[span] = summary
    yield from (summary for summary in known.values() if summary is not None)


def write(made_report: Report, format_: Format, out: Path | None, *, linked_style: bool = False) -> None:
    """To the file, which appears whole or not at all, else to standard output."""
    sheet = "" if linked_style or format_ != "html" else style()
    content = rendered(made_report, format_, sheet)
    if out is None:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    new = out.with_name(f".{out.name}.new")
    new.write_bytes(content)
    new.replace(out)


def style() -> str:
    """The style sheet with its fonts in it: nothing lies beside a file that somebody keeps."""

    def embedded(font: re.Match[str]) -> str:
        content = base64.b64encode((STYLE.parent / font[1]).read_bytes()).decode()
        return f'url("data:font/woff2;base64,{content}")'

    return re.sub(r'url\("(fonts/[^"]+)"\)', embedded, STYLE.read_text("utf-8"))


def _imported(path: Path | None, offered: Catalogue | None, first_day: date, last_day: date) -> Imports:
    if path is None:
        return Imports()
    return within(imports_file.read(path, offered, NAMES), first_day, last_day)
