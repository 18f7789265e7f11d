"""`hall demo` as a process, as people start it, with everything that it leaves in a folder of the test.

Belongs here: starting it, reading what it says, finding what it started. Never here: what a test expects.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from tests.running_hall import ROOT

STARTED_WITHIN_S = 40.0
"""On two busy cores four programs start at the same time."""


class Ended(NamedTuple):
    """How a demo ended: its exit code and all that it said."""

    code: int
    said: str
    complained: str


def environment(folder: Path) -> dict[str, str]:
    """Without a display, and with `folder` for everything that is not kept."""
    known = {name: value for name, value in os.environ.items() if name not in {"DISPLAY", "WAYLAND_DISPLAY"}}
    return {**known, "TMPDIR": str(folder), "PYTHONIOENCODING": "utf-8"}


def hall_demo(folder: Path, *words: str) -> Ended:
    """Run it to its end."""
    done = subprocess.run(
        [sys.executable, "-m", "hall_controller", "demo", *words],
        cwd=ROOT,
        env=environment(folder),
        capture_output=True,
        text=True,
        timeout=STARTED_WITHIN_S + 15,
        check=False,
    )
    return Ended(done.returncode, done.stdout, done.stderr)


class RunningDemo:
    """A demo that goes on until it is ended."""

    def __init__(self, folder: Path, *words: str) -> None:
        self.folder = folder
        self.process = subprocess.Popen(
            [sys.executable, "-m", "hall_controller", "demo", *words],
            cwd=ROOT,
            env=environment(folder),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self._lines: list[str] = []
        self._more = threading.Condition()
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            with self._more:
                self._lines.append(line)
                self._more.notify_all()

    def until_it_says(self, words: str, times: int = 1) -> None:
        """Wait until so many of its lines hold these words."""
        with self._more:
            said = self._more.wait_for(
                lambda: sum(words in line for line in self._lines) >= times, STARTED_WITHIN_S
            )
        assert said, "".join(self._lines)

    def end(self, how: signal.Signals = signal.SIGINT) -> tuple[Ended, float]:
        """Send it a signal; how it ended, and after how many seconds."""
        began_s = time.monotonic()
        self.process.send_signal(how)
        return self.ended(), time.monotonic() - began_s

    def ended(self) -> Ended:
        """Wait for its end."""
        assert self.process.stderr is not None
        code = self.process.wait(timeout=20)
        complained = self.process.stderr.read() if code != -signal.SIGKILL else ""
        self._reader.join(timeout=10)
        return Ended(code, "".join(self._lines), complained)

    def parts(self) -> dict[int, str]:
        """Every living process that was started for this demo, by its id, as its command line tells."""
        found = {}
        for process in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                command = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
                if str(self.folder) in command:
                    found[int(process.name)] = command
        return found


@contextmanager
def running_demo(folder: Path, *words: str) -> Iterator[RunningDemo]:
    demo = RunningDemo(folder, *words)
    try:
        yield demo
    finally:
        if demo.process.poll() is None:
            demo.process.kill()
            demo.process.wait(timeout=10)
        for process in demo.parts():
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        for pipe in (demo.process.stdout, demo.process.stderr):
            assert pipe is not None
            pipe.close()
