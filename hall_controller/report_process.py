"""Makes reports for the web in a process of their own: a report needs more memory and time than the controller has.

One at a time, with little claim on the processor, and ended when it takes too long. What a report says is none of its
business: it starts `hall report` and hands back a file.
"""

from __future__ import annotations

import asyncio
import contextlib
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

import structlog

from hall_controller.errors import ReportBehind, ReportBusy, ReportFailed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from hall_controller.reports.kinds import Format

log = structlog.get_logger()

TIME_LIMIT_S: Final = 60.0
NICE: Final = ("nice", "-n", "10")
IMPORTS_NAME: Final = "imports.csv"
"""Beside the journal; a hall without it has no counts of other channels in its reports."""


class DaysLeft:
    """What reports and the counting of finished days know of each other."""

    def __init__(self) -> None:
        self.some = True
        """Days may be left that nobody has counted yet."""
        self.due = asyncio.Event()
        """They are to be counted."""
        self.wanted = asyncio.Event()
        """A report could not wait for it: now."""
        self.alone = asyncio.Lock()
        """Held by whatever counts days of the journal."""

    def hasten(self) -> None:
        """Have them counted now."""
        self.due.set()
        self.wanted.set()


class ReportProcess:
    """The reports of one hall."""

    def __init__(self, settings: Sequence[str], journal: Path, *, time_limit_s: float = TIME_LIMIT_S) -> None:
        """`settings` are the words that name the hall's settings: --hall FILE --set KEY=VALUE."""
        self._settings = tuple(settings)
        self._journal = journal
        self._time_limit_s = time_limit_s
        self._busy = False
        self.days_left = DaysLeft()

    async def make(self, report: str, first_day: date, last_day: date, format_: Format) -> Path:
        """A file with the report, which the caller deletes.

        Raises ReportBusy while another one is made, ReportBehind when its days must be counted first, and ReportFailed
        with its sentence when it cannot be made.
        """
        if self._busy:
            raise ReportBusy("Another report is being made: try again in some seconds.")
        self._busy = True
        try:
            async with self.days_left.alone:
                return await self._make(report, first_day, last_day, format_)
        finally:
            self._busy = False

    async def _make(self, report: str, first_day: date, last_day: date, format_: Format) -> Path:
        with tempfile.NamedTemporaryFile(prefix="hall-report-", delete=False) as file:
            out = Path(file.name)
        try:
            await self._run(
                *(*self._settings, "--journal", str(self._journal), "--out", str(out), "--linked-style"),
                *("--from", f"{first_day}", "--to", f"{last_day}", "--format", format_, "--table", report),
            )
        except BaseException:  # also when whoever asked has gone: no half report stays behind
            _discard(out)
            raise
        return out

    def _imports(self) -> tuple[str, ...]:
        imports = self._journal.with_name(IMPORTS_NAME)
        return ("--imports", str(imports)) if imports.exists() else ()

    async def _run(self, *options: str) -> None:
        process = await asyncio.create_subprocess_exec(
            *(*NICE, sys.executable, "-m", "hall_controller", "report", *options, *self._imports()),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
        )
        try:
            async with asyncio.timeout(self._time_limit_s):
                _, told = await process.communicate()
        except TimeoutError:
            raise self._late() from None
        finally:
            if process.returncode is None:
                with contextlib.suppress(ProcessLookupError):
                    process.kill()
                await process.wait()
        if process.returncode:
            sentence = " ".join(told.decode("utf-8", "replace").split())
            log.warning("A report could not be made.", why=sentence)
            raise ReportFailed(sentence[:400] or "The report could not be made.")

    def _late(self) -> ReportFailed:
        if self.days_left.some:
            self.days_left.hasten()
            return ReportBehind("Days of the report are still being counted: ask again in a minute.")
        return ReportFailed(f"The report was not ready within {self._time_limit_s:g} s: ask for fewer days.")


def _discard(file: Path) -> None:
    file.unlink(missing_ok=True)
