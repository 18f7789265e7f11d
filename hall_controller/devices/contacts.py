"""What springy contacts mean: trains of edges in, presses out, and the key that never comes up.

    level     __|‾|_|‾‾‾‾‾‾‾‾‾‾‾‾‾‾|_|‾|_____       it bounces at both ends
    pressed          <settle_s>|                    once, when it has been quiet for `settle_s`
    stuck              <------- stuck_s ------>|    told once; freed when it has come up

Pure: whoever watches the contacts gives the times, seconds of one clock that never goes back. Never here: pins,
which press a contact means, and whether two presses so close together are meant (that is a rule of the hall).
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

STUCK_S: Final = 10.0
"""Nobody holds a key that long: something lies on it, or water is in it."""

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Pressed(Generic[K]):
    """A key went down at that time and stayed down."""

    key: K
    at_s: float


@dataclass(frozen=True, slots=True)
class Stuck(Generic[K]):
    """A key has been down for too long."""

    key: K


@dataclass(frozen=True, slots=True)
class Freed(Generic[K]):
    """A key that was stuck came up."""

    key: K


@dataclass(slots=True)
class _Contact:
    """`level` as it was seen last, since when; `down` as it is believed, since when."""

    level: bool = False
    level_s: float = 0.0
    down: bool = False
    down_s: float = 0.0
    stuck: bool = False


class Contacts(Generic[K]):
    """All contacts of one pad by their key; a key that was never heard of is up.

    >>> contacts = Contacts(settle_s=0.02)
    >>> for down, at_s in ((True, 5.0), (False, 5.003), (True, 5.006)):
    ...     contacts.change("next", down, at_s)
    >>> contacts.look(5.01), contacts.look(5.03)
    ([], [Pressed(key='next', at_s=5.006)])
    >>> contacts.look(15.1)
    [Stuck(key='next')]
    """

    def __init__(self, settle_s: float, stuck_s: float = STUCK_S) -> None:
        """`settle_s`: longer than the contacts bounce, shorter than people press; 0 for keys that do not bounce."""
        self._settle_s = settle_s
        self._stuck_s = stuck_s
        self._contacts: dict[K, _Contact] = {}
        self._happened: list[Pressed[K] | Stuck[K] | Freed[K]] = []

    def change(self, key: K, down: bool, at_s: float, *, before: bool = False) -> None:  # noqa: FBT001 - its level
        """An edge, or what was seen of the contact; `before`: it was down already when we began to look."""
        contact = self._contacts.setdefault(key, _Contact())
        self._settle(key, contact, at_s)
        if down != contact.level:
            contact.level, contact.level_s = down, at_s
        if before and down and not contact.down:
            contact.down, contact.down_s = True, at_s
        self._settle(key, contact, at_s)

    def look(self, now_s: float) -> list[Pressed[K] | Stuck[K] | Freed[K]]:
        """What has become certain up to now, each told once."""
        for key, contact in self._contacts.items():
            self._settle(key, contact, now_s)
        happened, self._happened = self._happened, []
        return happened

    @property
    def due_s(self) -> float | None:
        """When something becomes certain without another edge; None when nothing will."""
        times = [time for contact in self._contacts.values() if (time := self._due_s(contact)) is not None]
        return min(times, default=None)

    def forget(self) -> None:
        """The line is away: nobody knows how the keys stand."""
        self._happened += [Freed(key) for key, contact in self._contacts.items() if contact.stuck]
        self._contacts.clear()

    def _due_s(self, contact: _Contact) -> float | None:
        if contact.level != contact.down:
            return contact.level_s + self._settle_s
        return contact.down_s + self._stuck_s if contact.down and not contact.stuck else None

    def _settle(self, key: K, contact: _Contact, now_s: float) -> None:
        """Believe what has been quiet until now."""
        if contact.level == contact.down or now_s < contact.level_s + self._settle_s:
            self._see_stuck(key, contact, now_s)
            return
        self._see_stuck(key, contact, contact.level_s)
        contact.down, contact.down_s = contact.level, contact.level_s
        if contact.down:
            self._happened.append(Pressed(key, contact.level_s))
            self._see_stuck(key, contact, now_s)
        elif contact.stuck:
            contact.stuck = False
            self._happened.append(Freed(key))

    def _see_stuck(self, key: K, contact: _Contact, until_s: float) -> None:
        if contact.down and not contact.stuck and until_s >= contact.down_s + self._stuck_s:
            contact.stuck = True
            self._happened.append(Stuck(key))
