"""Sessions: which browser is whose, for how long.

A browser holds 256 random bits; the register holds their hash, so that whoever reads the file can be nobody. Lengths
are measured with the monotonic clock as long as the program runs: a Raspberry Pi's wall clock may leap.
"""

from __future__ import annotations

import hashlib
import secrets
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from hall_controller.staff import presence
from hall_controller.staff.roles import Person

if TYPE_CHECKING:
    from collections.abc import Callable

    from hall_controller.staff.register import Register
    from hall_controller.staff.roles import Role

COOKIE: Final = "hall-session"
"""The name under which a browser keeps its token."""
TOKEN_BYTES: Final = 32
ALL: Final = "SELECT session.hash, role, ends FROM session JOIN person ON person.id = person"
DESK_ROLES: Final = frozenset({"officer", "guide"})
"""Who presses keys among visitors, with pauses; the others sit in an office and go away from it."""


@dataclass(frozen=True, slots=True)
class Lengths:
    """How long a session lasts at most, and how long without being used."""

    longest_s: float = 12 * 3600
    desk_idle_s: float = 4 * 3600
    office_idle_s: float = 30 * 60

    def idle_s(self, role: Role) -> float:
        return self.desk_idle_s if role in DESK_ROLES else self.office_idle_s


@dataclass(slots=True)
class Sessions:
    """The sessions in a register; after a restart they go on, and count as just used."""

    register: Register
    lengths: Lengths = field(default_factory=Lengths)
    wall: Callable[[], float] = time.time
    monotonic: Callable[[], float] = time.monotonic
    _ends: dict[bytes, float] = field(default_factory=dict)
    _used: dict[bytes, float] = field(default_factory=dict)

    def open(self, person: Person) -> str:
        """A new session's token; an officer's older sessions elsewhere end, and those of others at the counter."""
        token = secrets.token_urlsafe(TOKEN_BYTES)
        hashed, ends = _hash(token), self.wall() + self.lengths.longest_s
        with self.register.writing() as file:
            over = [(known,) for known, *row in file.execute(ALL).fetchall() if self._over(known, *row)]
            file.executemany("DELETE FROM session WHERE hash = ?", over)
            if person.counter is not None:
                file.execute(
                    "DELETE FROM session WHERE counter IS NOT NULL AND (counter = ?1) <> (person = ?2)",
                    (person.counter, person.id),
                )
            file.execute("INSERT INTO session VALUES (?, ?, ?, ?)", (hashed, person.id, person.counter, ends))
            presence.seen(file, person.id, self.wall())
            alive = {row[0] for row in file.execute("SELECT hash FROM session")}
        self._used[hashed] = self.monotonic()
        self._ends[hashed] = self._used[hashed] + self.lengths.longest_s
        for known in (self._ends, self._used):
            for gone in known.keys() - alive:
                del known[gone]
        return token

    def person(self, token: str) -> Person | None:
        """Whose session it is, which thereby has been used; None when it is over, or never was."""
        person = self._present(token)
        if person is not None:
            self._used[_hash(token)] = self.monotonic()
        return person

    def holds(self, token: str) -> bool:
        """Whether a session is still there, which is no use of it."""
        return self._present(token) is not None

    def _present(self, token: str) -> Person | None:
        hashed = _hash(token)
        with self.register.reading() as file:
            row = file.execute(
                "SELECT person, role, session.counter, ends FROM session JOIN person ON person.id = person"
                " WHERE session.hash = ?",
                (hashed,),
            ).fetchone()
        if row is None:
            return None
        person = Person(*row[:3])
        return None if self._over(hashed, person.role, row[3]) else person

    def _over(self, hashed: bytes, role: Role, ends: float) -> bool:
        """Whether a session has lasted too long, or lain idle too long, on the clock that never leaps."""
        now = self.monotonic()
        left = min(max(ends - self.wall(), 0), self.lengths.longest_s)
        over = now >= self._ends.setdefault(hashed, now + left)
        return over or now - self._used.setdefault(hashed, now) >= self.lengths.idle_s(role)

    def close(self, token: str) -> None:
        """Sign out: an officer's sessions at the counter end with this one, because it is the person who leaves."""
        hashed = _hash(token)
        with self.register.writing() as file:
            file.execute(
                "DELETE FROM session WHERE hash = ?1 OR (person, counter) ="
                " (SELECT person, counter FROM session WHERE hash = ?1)",
                (hashed,),
            )


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
