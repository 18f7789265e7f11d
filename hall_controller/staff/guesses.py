"""Wrong secrets make the next try wait, longer each time: for that person, and for that address.

Kept in the register, so that a restart forgives nothing, and forgotten after an hour without a wrong one. Four
digits last 100 days of guessing that nobody stops: every quarter of an hour one, each in the journal.
"""

from __future__ import annotations

import hashlib
import math
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from hall_controller.staff.register import Register

FREE_FOR_PERSON: Final = 4
FREE_FOR_ADDRESS: Final = 12
"""Several people may share a machine, and one address may be a whole office."""
LONGEST_WAIT_S: Final = 900
FORGOTTEN_AFTER_S: Final = 3600


def wait_s(wrong: int, free: int) -> int:
    """Seconds until the next try: none at first, then 2, 4, 8 … up to a quarter of an hour."""
    return 0 if wrong < free else min(2 ** min(wrong - free + 1, 20), LONGEST_WAIT_S)


@dataclass(frozen=True, slots=True)
class Guesses:
    """The wrong secrets of late in a register."""

    register: Register
    wall: Callable[[], float] = time.time

    def __post_init__(self) -> None:
        """A machine that wakes up in the past forgives nothing."""
        with self.register.writing() as file:
            file.execute("UPDATE guess SET at = ?1 WHERE at > ?1", (self.wall(),))

    def wait_s(self, person: str, address: str) -> int:
        """Whole seconds until this person may try again from this address; 0 for now."""
        return max(
            self._left(_person(person), FREE_FOR_PERSON), self._left(_address(address), FREE_FOR_ADDRESS)
        )

    def wrong(self, person: str, address: str) -> int:
        """One more wrong secret; how many there were of late for that person."""
        now = self.wall()
        with self.register.writing() as file:
            file.execute("DELETE FROM guess WHERE at < ? OR at > ?", (now - FORGOTTEN_AFTER_S, now))
            for who in (_person(person), _address(address)):
                file.execute(
                    "INSERT INTO guess VALUES (?, 1, ?)"
                    " ON CONFLICT (who) DO UPDATE SET wrong = wrong + 1, at = excluded.at",
                    (who, now),
                )
            (wrong,) = file.execute("SELECT wrong FROM guess WHERE who = ?", (_person(person),)).fetchone()
        return int(wrong)

    def right(self, person: str) -> None:
        """The person was recognised; the address is not forgiven, or whoever has one secret could guess for ever."""
        with self.register.writing() as file:
            file.execute("DELETE FROM guess WHERE who = ?", (_person(person),))

    def _left(self, who: str, free: int) -> int:
        with self.register.reading() as file:
            row = file.execute("SELECT wrong, at FROM guess WHERE who = ?", (who,)).fetchone()
        if row is None:
            return 0
        wrong, at = row
        passed = self.wall() - at
        in_time = 0 <= passed < FORGOTTEN_AFTER_S
        return max(math.ceil(wait_s(wrong, free) - passed), 0) if in_time else 0


def _person(typed: str) -> str:
    """People type their passwords into the wrong field: what was typed is not kept."""
    return "person " + hashlib.sha256(typed.encode()).hexdigest()[:16]


def _address(address: str) -> str:
    return "address " + address
