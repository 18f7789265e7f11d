"""`hall report`: reads the journal day by day, adds the imported counts, writes the report.

Belongs here: files, options and what goes to which place. Never here: a figure.
"""

from __future__ import annotations

import base64
import re
import sys
from collections import deque
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
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
from hall_controller.reports.rendering import ready_for, rendered
from hall_controller.summary_file import SummaryFile, beside

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import tzinfo

    from hall_controller.journal_days import Span
    from hall_controller.reports.day_summary import DaySummary
    from hall_controller.reports.kinds import Format
    from hall_controller.reports.table import Report
    from hall_controller.settings import Config

STYLE = Path(__file__).with_name("web") / "static" / "report.css"
LONGEST_DAYS = 366 * 12
AT_A_TIME = 25
"""Twice so many days are in memory together: while some are added up, the next ones are counted."""


def made(
    journal: Path,
    first_day: date,
    last_day: date,
    imports: Path | None,
    hall: Config | None,
    format_: Format = "text",
) -> Report:
    """The report of a period, both days included, to be written in that format soon; raises HallError."""
    if first_day > last_day:
        raise HallError(f"--from {first_day} is after --to {last_day}: swap the two days")
    if (last_day - first_day).days > LONGEST_DAYS:
        raise HallError(f"--from {first_day} --to {last_day}: a report is of 12 years at most")
    offered = catalogue(hall) if hall else None
    counts = _imported(imports, offered, first_day, last_day)
    zone = offered.timezone if offered else VIETNAM
    days = summaries(journal, first_day, last_day, zone, meanwhile=partial(ready_for, format_))
    period = added_up(first_day, last_day, offered, days)
    return report(period, counts, datetime.now(UTC))


def only(whole: Report, table: str) -> Report:
    """The report with that table alone; raises HallError when it has none of that name."""
    if table == WHOLE:
        return whole
    known = {one.id: one for one in whole.tables}
    if table not in known:
        raise HallError(f"--table {table}: there is no such table; there are {', '.join(sorted(known))}")
    return replace(whole, tables=(replace(known[table], detail=False),))


def summaries(
    journal: Path, first_day: date, last_day: date, zone: tzinfo, meanwhile: Callable[[], None] | None = None
) -> Iterator[DaySummary]:
    """The days of the journal, few in memory at a time, those that were counted before without their tickets.

    Days that were cut come first, however old: whoever adds days up leaves out those of another period. While other
    processes count the first days, this one does what is to be done `meanwhile`. Raises JournalError.
    """
    spans = journal_days.spans(journal, first_day, last_day)
    yield from (cut_summary.read(cut.summary) for cut in journal_days.cut_days(journal))
    with SummaryFile(beside(journal), zone) as kept, Counting(journal, zone) as counting:
        ahead: Iterator[DaySummary] = iter(())
        for first in range(0, len(spans), AT_A_TIME):
            after = _summaries(spans[first : first + AT_A_TIME], kept, counting)
            if meanwhile is not None and not first:
                meanwhile()
            yield from ahead
            ahead = after
        yield from ahead


def keep_days(journal: Path, first_day: date, last_day: date, zone: tzinfo) -> None:
    """Have the days counted, so that no report waits for it, as a hall does when a day is over; raises JournalError."""
    deque(summaries(journal, first_day, last_day, zone), maxlen=0)


def _summaries(spans: Sequence[Span], kept: SummaryFile, counting: Counting) -> Iterator[DaySummary]:
    """Have what is not kept counted from now on; it is kept for the next time when it is asked for."""
    known = {span: kept.get(span) for span in spans}
    missing = [span for span, summary in known.items() if summary is None]
    counted = counting.of(missing)

    def told() -> Iterator[DaySummary]:
        for span, summary in zip(missing, counted, strict=True):
            if summary is not None:
                kept.keep(span, summary)
                known[span] = summary
        yield from (summary for summary in known.values() if summary is not None)

    return told()


def write(made_report: Report, format_: Format, out: Path | None, *, linked_style: bool = False) -> None:
    """To the file, else to standard output; raises HallError."""
    sheet = "" if linked_style or format_ != "html" else style()
    put(rendered(made_report, format_, sheet), out)


def put(content: bytes, out: Path | None) -> None:
    """To the file, which appears whole or not at all, else to standard output; raises HallError."""
    if out is None:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    new = out.with_name(f".{out.name}.new")
    try:
        new.write_bytes(content)
        new.replace(out)
    except OSError as error:
        with suppress(OSError):
            new.unlink(missing_ok=True)
        raise HallError(
            f"--out {out}: {error.strerror}; name a file in a folder that can be written"
        ) from error


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
