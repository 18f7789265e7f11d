"""Signing in and out: who is it, may they, and what is written down about it.

    PIN or password -> wait after wrong ones -> checked in a process of its own -> fact -> session -> cookie

Belongs here: the order of those steps. Never here: what a role may do (`access`), and HTTP (`sign_in_routes`).
"""

from __future__ import annotations

import asyncio
import contextlib
import hmac
import time
from collections import deque
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from hall_controller.domain.auditing import RecordRefusedSignIn, RecordStaff, RecordStaffChange
from hall_controller.domain.commands import SignIn, SignOut
from hall_controller.domain.refusals import Refusal
from hall_controller.errors import JournalUnavailable
from hall_controller.staff import changes, secrets_allowed, sessions
from hall_controller.staff.guesses import Guesses
from hall_controller.staff.hashing import Hashing, TooBusy
from hall_controller.staff.register import Entry
from hall_controller.staff.roles import Person
from hall_controller.staff.sessions import Lengths, Sessions
from hall_controller.web.replies import no

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hall_controller.controller import Controller
    from hall_controller.domain.auditing import AuditCommand
    from hall_controller.staff.register import Register

COOKIE: Final = sessions.COOKIE
SET_UP_LETTERS: Final = 8
"""Forty bits, guessed at most once a quarter of an hour."""
SET_UP: Final = "set-up"
"""Whose guesses those of the set-up code are; no identifier of a person is refused for it."""
BUSY_WAIT_S: Final = 5
REFUSALS_TOLD: Final = 60
"""Refused sign-ins in an hour that are written down one by one: guessing must not fill the card."""
HOUR_S: Final = 3600
TERMINAL: Final = "@terminal"
"""Who does what `hall officer` does: the machine knows an account, not a person; no identifier looks like it."""
LOOK_EVERY_S: Final = 1.0


class SignedIn(NamedTuple):
    """A person and the new session's token."""

    person: Person
    token: str


class Refused(NamedTuple):
    """Not signed in, and after how many seconds another try is worth it."""

    refusal: Refusal
    retry_after_s: int | None = None


class Auth:
    """Knows who asks, and signs people in and out; one for each hall."""

    def __init__(self, controller: Controller, register: Register, lengths: Lengths | None = None) -> None:
        self.register = register
        self.sessions = Sessions(register, lengths or Lengths())
        self.set_up_code = secrets_allowed.in_groups(SET_UP_LETTERS)
        """Whoever reads the controller's log may enter the first technician with it; new at each start."""
        self._controller = controller
        self._guesses = Guesses(register)
        self._hashing = Hashing()
        self._setting_up = asyncio.Lock()
        self._told: deque[float] = deque()
        self._untold = 0

    @property
    def sign_in_required(self) -> bool:
        """Whether keys of a counter need its officer's session."""
        return self._controller.hall.catalogue.sign_in_required

    def person(self, headers: Mapping[bytes, bytes]) -> Person | None:
        """Who sends a request with these headers; None for nobody that we know."""
        token = token_in(headers)
        return self.sessions.person(token) if token else None

    async def sign_in(self, who: str, secret: str, counter: str | None, address: str) -> SignedIn | Refused:
        """An officer's `counter` is where they sit down; the others need none."""
        entry = await self._recognised(who, secret, counter, address)
        if isinstance(entry, Refused):
            return entry
        person = Person(entry.id, entry.role, counter if entry.role == "officer" else None)
        if person.role != "officer":
            await self.record(RecordStaff(person.id, person.role, came=True))
        elif person.counter is None:
            return Refused(no("counter_needed"))
        elif entry.counters and person.counter not in entry.counters:
            return Refused(no("not_at_this_counter"))
        else:
            answer = await self._controller.submit(SignIn(person.counter, person.id))
            if answer.refusal is not None:
                return Refused(answer.refusal)
        return SignedIn(person, await asyncio.to_thread(self.sessions.open, person))

    async def sign_out(self, headers: Mapping[bytes, bytes]) -> None:
        """The session is over even when that cannot be written down now."""
        token, person = token_in(headers), self.person(headers)
        if token is None or person is None:
            return
        await asyncio.to_thread(self.sessions.close, token)
        if person.counter is None:
            await self.record(RecordStaff(person.id, person.role, came=False))
        elif self._controller.hall.desk(person.counter).officer == person.id:
            await self._controller.submit(SignOut(person.counter))

    async def set_up(self, code: str, who: str, password: str, address: str) -> SignedIn | Refused:
        """The first technician; the code stands in the controller's log, and works as long as there is none."""
        async with self._setting_up:
            if self.register.has_technician():
                return Refused(no("set_up_is_done"))
            wait_s = self._guesses.wait_s(SET_UP, address)
            if wait_s:
                return Refused(no("too_many_guesses"), wait_s)
            if not hmac.compare_digest(_plain(code), _plain(self.set_up_code)):
                await asyncio.to_thread(self._guesses.wrong, SET_UP, address)
                await self._refused("wrong_code", None, None)
                return Refused(no("wrong_code"))
            person = Person(who, "technician")
            refused = await self._entered(Entry(who, "technician", ""), password, "added", by="")
            if refused is not None:
                return refused
        await self.record(RecordStaff(person.id, person.role, came=True))
        return SignedIn(person, await asyncio.to_thread(self.sessions.open, person))

    async def change_secret(self, person: Person, old: str, new: str, address: str) -> SignedIn | Refused:
        """Another PIN or password for oneself; all other sessions of the person are over."""
        entry = await self._recognised(person.id, old, person.counter, address)
        if isinstance(entry, Refused):
            return entry
        refused = await self._entered(entry, new, "secret", by=person.id)
        return refused or SignedIn(person, await asyncio.to_thread(self.sessions.open, person))

    async def record(self, command: AuditCommand) -> None:
        """Write down what a person did; raises JournalUnavailable, and then it must not be done."""
        await self._controller.submit(command)

    async def run(self) -> None:
        """Write down what `hall officer` changes, also while the controller did not run; until cancelled."""
        while True:
            with contextlib.suppress(JournalUnavailable):
                for change in await asyncio.to_thread(changes.untold, self.register):
                    fact = RecordStaffChange(change.person, change.role, change.change, TERMINAL)
                    await self._controller.submit(fact, change.cause)
                    await asyncio.to_thread(changes.told, self.register, change)
            await asyncio.sleep(LOOK_EVERY_S)

    async def _recognised(self, who: str, secret: str, counter: str | None, address: str) -> Entry | Refused:
        """The person with that secret."""
        wait_s = self._guesses.wait_s(who, address)
        if wait_s:
            return Refused(no("too_many_guesses"), wait_s)
        entry = self.register.person(who)
        try:
            fits = await self._hashing.fits(entry.hash if entry else None, secret)
        except TooBusy:
            return Refused(no("too_many_guesses"), BUSY_WAIT_S)
        if entry is None or not fits:
            await asyncio.to_thread(self._guesses.wrong, who, address)
            await self._refused("wrong_secret", entry, counter)
            return Refused(no("wrong_secret"))
        await asyncio.to_thread(self._guesses.right, who)
        return entry

    async def _entered(
        self, entry: Entry, secret: str, change: Literal["added", "secret"], *, by: str
    ) -> Refused | None:
        """Put a person into the register with a new secret, and write that down first."""
        try:
            secrets_allowed.check(entry.role, entry.id, secret)
            hashed = await self._hashing.made(secret)
        except secrets_allowed.WeakSecret as error:
            return Refused(Refusal("weak_secret", error.text))
        except TooBusy:
            return Refused(no("too_many_guesses"), BUSY_WAIT_S)
        await self.record(RecordStaffChange(entry.id, entry.role, change, by))
        await asyncio.to_thread(self.register.put, entry._replace(hash=hashed))
        return None

    async def _refused(self, code: str, entry: Entry | None, counter: str | None) -> None:
        """Write down that somebody did not get in, but not every time when there are very many."""
        now = time.monotonic()
        while self._told and now - self._told[0] > HOUR_S:
            self._told.popleft()
        if len(self._told) >= REFUSALS_TOLD:
            self._untold += 1
            return
        self._told.append(now)
        known = counter if counter in self._controller.hall.catalogue.counters else None
        told = RecordRefusedSignIn(code, entry.id if entry else "", known, self._untold)
        self._untold = 0
        try:
            await self._controller.submit(told)
        except JournalUnavailable:
            self._untold = told.untold + 1


def token_in(headers: Mapping[bytes, bytes]) -> str | None:
    """The session's token that a browser sent."""
    try:
        cookie = SimpleCookie(headers.get(b"cookie", b"").decode("latin-1")).get(COOKIE)
    except CookieError:
        return None
    return cookie.value if cookie else None


def _plain(code: str) -> bytes:
    """A code however it was typed."""
    return "".join(code.upper().split()).replace("-", "").encode()
