"""A new configuration is on trial until the hall has run with it for a while; one that does not start is taken back.

    apply -> on trial -> start -> ready for 10 s -> kept
                               -> stopped in order -> on trial again at the next start
                               -> an error, or a second start -> the version before it, told as an alert

So a power cut, a crash and a hang that the watchdog ended are all the same case: the second start. Who starts while the
hall runs starts nothing (`run` looks first). Files only.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
from typing import TYPE_CHECKING, Final, NamedTuple

from hall_controller.journal_copy import name_durably

if TYPE_CHECKING:
    from hall_controller.configuration.versions import Version, Versions

NAME: Final = "on-trial.json"
KEPT_AFTER_S: Final = 10.0
"""So long the hall must have run with new settings; whatever breaks later is not theirs."""


class OnTrial(NamedTuple):
    """The version on trial, the one before it, and how often the hall has started with it."""

    number: int
    before: int
    starts: int = 0


class Trial:
    """The trial of one hall's newest version, if there is one."""

    def __init__(self, versions: Versions) -> None:
        self._versions = versions
        self._path = versions.folder / NAME

    def begin(self, number: int, before: int) -> None:
        """From the next start on this version has to show that the hall runs with it; raises OSError."""
        self._write(OnTrial(number, before))

    def starting(self) -> Version | None:
        """The hall starts: the version that was put in place when the one on trial did not come up last time."""
        trial = self._read()
        if trial is None:
            return None
        if trial.starts:
            return self.take_back("the hall did not come up with it")
        self._write(trial._replace(starts=1))
        return None

    def take_back(self, why: str) -> Version | None:
        """Put the version before the one on trial in place again; None when there is none on trial."""
        trial = self._read()
        before = self._versions.text(trial.before) if trial else None
        if trial is None or before is None:
            return None
        reason = f"version {trial.before} again, because of version {trial.number}: {why}"
        version = self._versions.replace(before, "", reason, took_back=trial.number)
        self.passed()
        return version

    async def run(self) -> None:
        """The hall is ready: after a while of that the version has passed; cancelled before, it is tried again."""
        try:
            await asyncio.sleep(KEPT_AFTER_S)
        except asyncio.CancelledError:
            if trial := self._read():
                self._write(trial._replace(starts=0))
            raise
        self.passed()

    def passed(self) -> None:
        """The hall runs with it."""
        self._path.unlink(missing_ok=True)

    def _read(self) -> OnTrial | None:
        with contextlib.suppress(FileNotFoundError, ValueError, TypeError):
            return OnTrial(**json.loads(self._path.read_text("utf-8")))
        return None

    def _write(self, trial: OnTrial) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        partial = self._path.with_name(f"{NAME}.partial")
        partial.write_text(json.dumps(trial._asdict()), "utf-8")
        name_durably(partial, self._path)
