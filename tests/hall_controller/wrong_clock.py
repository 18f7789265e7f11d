"""A machine whose clocks a test sets: the wall clock, the monotonic one, and the time service's mark.

Belongs here: time as the operating system tells it. Never here: what the hall makes of it.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from types import SimpleNamespace

import pytest

from hall_controller import clock


class Machine:
    """What `time.monotonic` and `datetime.now` say inside hall_controller.clock while a test lasts."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, mark: Path, wall: datetime) -> None:
        self.wall = wall
        self.monotonic_s = 1000.0
        self._mark = mark
        machine = self

        class WallClock(datetime):
            @classmethod
            def now(cls, tz: tzinfo | None = None) -> WallClock:
                at = machine.wall.astimezone(tz)
                return cls.combine(at.date(), at.timetz())

        monkeypatch.setattr(clock, "datetime", WallClock)
        monkeypatch.setattr(clock, "time", SimpleNamespace(monotonic=lambda: self.monotonic_s))
        monkeypatch.setattr(clock, "SYNCHRONISED", mark)

    def wait(self, seconds: float) -> None:
        """Time passes, on both clocks."""
        self.wall += timedelta(seconds=seconds)
        self.monotonic_s += seconds

    def set(self, wall: datetime) -> None:
        """Somebody sets the wall clock."""
        self.wall = wall.astimezone(UTC)

    def synchronise(self, wall: datetime) -> None:
        """The time service sets it, and leaves its mark."""
        self.set(wall)
        self._mark.touch()

    def boot(self, wall: datetime) -> None:
        """The machine starts with this on its wall clock, and nobody has set it yet."""
        self.set(wall)
        self.monotonic_s = 5.0
        self._mark.unlink(missing_ok=True)
