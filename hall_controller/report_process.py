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

from hall_controller.errors import ReportBusy, ReportFailed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from hall_controller.reports.kinds import Format

log = structlog.get_logger()

TIME_LIMIT_S: Final = 60.0
NICE: Final = ("nice", "-n", "10")
IMPORTS_NAME: Final = "imports.csv"
"""Beside the journal; a hall without it has no counts of other channels in its reports."""


class ReportProcess:
    """The reports of one hall."""

    def __init__(self, settings: Sequence[str], journal: Path, *, time_limit_s: float = TIME_LIMIT_S) -> None:
        """`settings` are the words that name the hall's settings: --hall FILE --set KEY=VALUE."""
        self._settings = tuple(settings)
        self._journal = journal
        self._time_limit_s = time_limit_s
        self._busy = False
        self.alone = asyncio.Lock()
        """Held by whatever counts days of the journal."""

    async def make(self, report: str, first_day: date, last_day: date, format_: Format) -> Path:
        """A file with the report, which the caller deletes.

        Raises ReportBusy while another one is made, ReportFailed with its sentence when it cannot be made.
        """
        if self._busy:
            raise ReportBusy("Another report is being made: try again in some seconds.")
        self._busy = True
        try:
            async with self.alone:
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
            raise ReportFailed(
                f"The report was not ready within {self._time_limit_s:g} s: ask for fewer days."
            ) from None
        finally:
            if process.returncode is None:
                with contextlib.suppress(ProcessLookupError):
                    process.kill()
                await process.wait()
        if process.returncode:
            sentence = " ".join(told.decode("utf-8", "replace").split())
            log.warning("A report could not be made.", why=sentence)
            raise ReportFailed(sentence[:400] or "The report could not be made.")


def _discard(file: Path) -> None:
    file.unlink(missing_ok=True)
