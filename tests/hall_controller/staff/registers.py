"""Registers of staff and clocks that the tests of this folder use.

Belongs here: how one is made. Never here: what a test expects of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hall_controller.staff.register import NAME, Entry, Register

LAN = Entry("lan-1", "officer", "hash of 4711", "Nguyễn Thị Lan")
MAI = Entry("mai-2", "officer", "hash of 0815", counters=("5", "6"))
KIM = Entry("kim", "technician", "hash of a few words")
GIANG = Entry("giang", "guide", "hash of other words")


@contextmanager
def register(folder: Path, *people: Entry) -> Iterator[Register]:
    """A register with these people in it."""
    with Register(folder / NAME) as opened:
        for person in people:
            opened.put(person)
        yield opened


class Hands:
    """A clock that goes when it is told to."""

    def __init__(self, now: float = 1_000_000.0) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now

    def go(self, seconds: float) -> None:
        self.now += seconds
