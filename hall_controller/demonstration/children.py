"""The demo's own processes: started, watched, and ended with it, whatever ends it.

Belongs here: how a process lives and dies. Never here: which processes a hall needs (stage).
"""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import signal
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NoReturn

from hall_controller.errors import HallError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

GOODBYE_S: Final = 1.8
"""How long the parts of a hall have to say goodbye to the broker; together with the broker's own time under 3 s."""
LAST_WORDS: Final = 300
"""Characters of a dead process's last line that are told."""
PR_SET_PDEATHSIG: Final = 1
"""prctl(2): the signal that a process gets when its parent dies."""

_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


@dataclass(slots=True)
class Child:
    """One process; what it says on stderr stands in `log`."""

    name: str
    process: asyncio.subprocess.Process
    log: Path
    may_end: bool = False
    """Whether it may end by itself without that being a fault: a window can be closed."""

    @property
    def last_words(self) -> str:
        """The last line that it wrote on stderr with a word in it."""
        lines = [line.strip(" |+-") for line in self.log.read_text("utf-8", "replace").splitlines()]
        return next((line[:LAST_WORDS] for line in reversed(lines) if line), "it said nothing")

    async def end(self, within_s: float) -> None:
        """Ask it to end; end it when it has not by then."""
        if self.process.returncode is not None:
            return
        with contextlib.suppress(ProcessLookupError):
            self.process.terminate()
        try:
            await asyncio.wait_for(self.process.wait(), within_s)
        except TimeoutError:
            with contextlib.suppress(ProcessLookupError):
                self.process.kill()
            await self.process.wait()


class Children:
    """All processes of a demo; after `end` none is left."""

    def __init__(self, logs: Path) -> None:
        self._logs = logs
        self._started: list[Child] = []
        self._started_one = asyncio.Event()

    async def start(
        self, name: str, command: Sequence[str], *, stdout: int | None = None, may_end: bool = False
    ) -> Child:
        """Start a process in a group of its own, so that Ctrl-C reaches only the demo, which ends it in its turn.

        Raises HallError when the program cannot be started.
        """
        log = self._logs / f"{name}.log"
        with log.open("ab") as errors:
            try:
                process = await asyncio.create_subprocess_exec(
                    *command,
                    stdin=asyncio.subprocess.DEVNULL,
                    stdout=errors if stdout is None else stdout,
                    stderr=errors,
                    process_group=0,
                    preexec_fn=_die_with_parent,
                )
            except OSError as error:
                raise HallError(f"{command[0]}: cannot be started ({error.strerror})") from None
        child = Child(name, process, log, may_end)
        self._started.append(child)
        self._started_one.set()
        return child

    async def watch(self) -> NoReturn:
        """Wait until a process ends that should not; raises HallError with its last words."""
        while True:
            self._started_one.clear()
            waits = [
                asyncio.create_task(self._started_one.wait()),
                *(asyncio.create_task(child.process.wait()) for child in self._started if not child.may_end),
            ]
            try:
                await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
            finally:
                for wait in waits:
                    wait.cancel()
            for child in self._started:
                if child.process.returncode is not None and not child.may_end:
                    raise HallError(
                        f"The demo cannot go on: its {child.name} ended by itself "
                        f"(code {child.process.returncode}), and last said: {child.last_words}"
                    )

    async def end(self) -> None:
        """End them all at once."""
        await asyncio.gather(*(child.end(GOODBYE_S) for child in self._started))


def _die_with_parent() -> None:
    """In the new process: end when the demo is gone, even if it was killed."""
    if _libc is not None:
        _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
