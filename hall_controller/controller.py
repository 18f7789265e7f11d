"""The only place where a command becomes a fact: decide, write down, tell.

Commands that arrive while the disk is busy are decided together, written in one transaction and answered after its
fsync. Nothing is told before that. If the journal cannot take them, every one of them is refused and nothing happened.

    submit -> decide against the hall in memory -> append (writer thread) -> hall := decided -> tell boards -> answer
"""

from __future__ import annotations

import asyncio
import queue
import threading
import time
from collections import deque
from typing import TYPE_CHECKING, NamedTuple

import structlog

from hall_controller import journal_days
from hall_controller.answers import Answer, Answers
from hall_controller.boards import Boards
from hall_controller.domain.commands import Rate, RecordOutage, StartController, Tick
from hall_controller.domain.days import business_day
from hall_controller.domain.earlier import earlier_visit
from hall_controller.domain.facts import PressRefused
from hall_controller.domain.hall import Hall, evolve
from hall_controller.domain.refusals import Refusal, refuse
from hall_controller.domain.rules import decide
from hall_controller.errors import JournalError, JournalUnavailable
from hall_controller.journal import Entry, Record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from hall_controller.boards import Key
    from hall_controller.clock import Clock
    from hall_controller.domain.catalogue import Catalogue
    from hall_controller.domain.commands import Command, Now
    from hall_controller.domain.earlier import EarlierVisit
    from hall_controller.journal import Journal
    from hall_controller.messages import Board

log = structlog.get_logger()

LARGEST_BATCH = 256
PASSING = frozenset({"too_fast", "too_many"})
"""Refusals that only say "not yet": they are not remembered, so that the same request may succeed later."""


class Told(NamedTuple):
    """What a commit changed, for everybody who tells it on: the facts, now durable, and the hall after them."""

    records: tuple[Record, ...]
    hall: Hall
    written_ms: float = 0.0
    """How long the disk took for them."""


class Pending(NamedTuple):
    """A command on its way, and where its answer goes."""

    command: Command
    cause: str | None
    answer: asyncio.Future[Answer]
    not_after_s: float | None = None


class Batch(NamedTuple):
    """Commands decided together: what to write, the hall afterwards, and the answers to give then."""

    entries: list[Entry]
    hall: Hall
    answers: list[tuple[Pending, Answer]]


class Controller:
    """Owns the hall's state; everybody else asks (`submit`) or is told (`on_board`, `on_commit`)."""

    def __init__(self, catalogue: Catalogue, journal: Journal, clock: Clock) -> None:
        self.clock = clock
        self.boards = Boards()
        self.journal_ms: float | None = None
        self.unavailable_since: Now | None = None
        self.on_board: list[Callable[[Key, Board], None]] = []
        self.on_commit: list[Callable[[Told], None]] = []
        self._journal = journal
        self._empty = Hall(catalogue)
        self._answers = Answers()
        self._waiting: deque[Pending] = deque()
        self._busy = True
        self._stale = False
        self._writer = Writer()
        self._failed: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._idle: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._started = self._stopping = False
        self.hall, self.rev = self._empty, 0
        self._load()

    @property
    def busy(self) -> bool:
        """Whether anything is being written or waits to be decided."""
        return self._busy or bool(self._waiting)

    @property
    def outbox(self) -> int:
        """How many commands wait to be decided."""
        return len(self._waiting)

    async def start(self, version: str, epoch: int, first: Iterable[Command] = ()) -> None:
        """Begin to answer: the start itself is the first fact, and numbers every board; `first` is written with it."""
        loop = asyncio.get_running_loop()
        starting = StartController(version, epoch, self.clock.training)
        asked = [Pending(command, None, loop.create_future()) for command in (starting, *first)]
        self._waiting.extendleft(reversed(asked))
        self._writer.start()
        self._started, self._busy = True, False
        self._decide_waiting()
        await asked[0].answer

    async def run(self) -> None:
        """Let time pass, every second; ends only with the error that ended the controller."""
        while True:
            await asyncio.wait({self._failed}, timeout=1.0)
            if self._failed.done():
                self._failed.result()
            if not self._busy:
                outage = self.unavailable_since
                self.submit(RecordOutage(outage.at) if outage else Tick()).add_done_callback(_seen)

    async def stop(self) -> None:
        """Answer what has been asked, refuse what comes later, then let go of the writer thread."""
        self._stopping = True
        if self._started and (self._busy or self._waiting) and not self._failed.done():
            await asyncio.wait({self._failed, self._idle}, return_when=asyncio.FIRST_COMPLETED)
        self._busy = True
        self._writer.stop()

    def submit(
        self, command: Command, cause: str | None = None, *, not_after_s: float | None = None
    ) -> asyncio.Future[Answer]:
        """Ask the hall to do something; the answer comes when it is durable.

        `cause` identifies the press or request: the same cause again gets the first answer. Later than `not_after_s`
        on the monotonic clock it is refused, because who pressed has gone on meanwhile. The future raises
        JournalUnavailable when nothing can be written now; then nothing happened.
        """
        answer: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        if self._stopping:
            answer.set_exception(JournalUnavailable("The hall is being stopped: ask again when it is back."))
            return answer
        self._waiting.append(Pending(command, cause, answer, not_after_s))
        if not self._busy:
            self._step(
                self._decide_waiting
            )  # at once: whatever the caller does next, the disk is at work already
        return answer

    async def visit_of(self, day: date, ticket: str) -> EarlierVisit | None:
        """What became of a ticket of an earlier day, as the journal tells it; raises JournalUnavailable."""
        try:
            told = await asyncio.to_thread(journal_days.naming, self._journal.path, day, ticket)
        except JournalError as error:
            raise JournalUnavailable(str(error)) from error
        return earlier_visit(day, ticket, (record.fact for record in told))

    async def today(self, after: int = 0) -> list[Record]:
        """All that was written down since the day was opened, and after that number; raises JournalUnavailable."""
        try:
            return await asyncio.to_thread(journal_days.latest, self._journal.path, after)
        except JournalError as error:
            raise JournalUnavailable(str(error)) from error

    def _step(self, step: Callable[..., None], *given: object) -> None:
        """Take a step; one that breaks off ends the controller, instead of leaving it busy for ever."""
        try:
            step(*given)
        except Exception as error:  # noqa: BLE001 - told by run()
            self._fail(error)

    def _decide_waiting(self) -> None:
        """Decide all that waits, until something is on its way to the writer or nothing waits any more."""
        while self._waiting and not self._busy:
            if self._stale:
                self._reload()
                return
            batch = self._next_batch()
            if batch.entries:
                self._busy = True
                self._write(batch)
            else:
                self._reply(batch)
        if self._stopping and not self._busy and not self._idle.done():
            self._idle.set_result(None)

    def _next_batch(self) -> Batch:
        """What waits, decided; of several commands with one cause the first, and when it is written the others."""
        now = self.clock.now()
        batch = Batch([], self.hall, [])
        if business_day(self.hall, now) != self.hall.day:
            nobody: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
            nobody.add_done_callback(_seen)
            batch = self._decided(batch, Pending(Tick(), None, nobody), now)
        repeats: list[Pending] = []
        causes: set[str] = set()
        while self._waiting and len(batch.answers) < LARGEST_BATCH:
            pending = self._waiting.popleft()
            if pending.cause in causes:
                repeats.append(pending)
                continue
            if pending.cause is not None and self._answers.first(pending.cause) is None:
                causes.add(pending.cause)
            batch = self._decided(batch, pending, now)
        self._waiting.extendleft(reversed(repeats))
        return batch

    def _decided(self, batch: Batch, pending: Pending, now: Now) -> Batch:
        """The batch with one more command decided."""
        first = self._answers.first(pending.cause)
        if first is not None:
            batch.answers.append((pending, first))
            return batch
        if pending.not_after_s is not None and time.monotonic() > pending.not_after_s:
            batch.answers.append((pending, Answer(refusal=refuse("press_too_old"))))
            return batch
        result = decide(batch.hall, pending.command, now)
        if isinstance(result, Refusal):
            batch.answers.append((pending, Answer(refusal=result)))
            if (pending.cause or isinstance(pending.command, Rate)) and result.code not in PASSING:
                refused = _refused(pending.command, result, now)
                batch.entries.append(Entry(refused, pending.cause))
                return batch._replace(hall=evolve(batch.hall, refused))
            return batch
        hall = batch.hall
        for fact in result:
            hall = evolve(hall, fact)
            batch.entries.append(Entry(fact, pending.cause))
        batch.answers.append((pending, Answer(tuple(result))))
        return batch._replace(hall=hall)

    def _write(self, batch: Batch) -> None:
        loop = asyncio.get_running_loop()
        began_s = time.perf_counter()

        def append() -> None:
            try:
                last = self._journal.append(batch.entries)
            except JournalUnavailable as error:
                loop.call_soon_threadsafe(self._step, self._not_written, batch, error)
            except BaseException as error:  # noqa: BLE001 - whatever it is, it must end the controller, not this thread
                loop.call_soon_threadsafe(self._fail, error)
            else:
                loop.call_soon_threadsafe(self._step, self._written, batch, last, began_s)

        self._writer.do(append)

    def _written(self, batch: Batch, last: int, began_s: float) -> None:
        """The facts are durable: now they are true, and may be told."""
        took_ms = (time.perf_counter() - began_s) * 1000
        self.journal_ms = took_ms if self.journal_ms is None else 0.9 * self.journal_ms + 0.1 * took_ms
        self.unavailable_since = None
        self.hall, self.rev = batch.hall, last
        self._tell_boards()
        self._reply(batch)
        first = last - len(batch.entries) + 1
        records = tuple(Record(first + i, entry.fact, entry.cause) for i, entry in enumerate(batch.entries))
        for record in records:
            self._answers.remember(record.cause, record.fact)
        self._go_on()  # first: the disk can work while the rest is told
        for told in self.on_commit:
            told(Told(records, batch.hall, took_ms))

    def _tell_boards(self) -> None:
        for key, board in self.boards.update(self.hall, self.rev):
            for tell in self.on_board:
                tell(key, board)

    def _not_written(self, batch: Batch, error: JournalUnavailable) -> None:
        """Nothing of the batch happened; the state is what the journal says."""
        log.error("journal.unavailable", reason=str(error), refused=len(batch.answers))
        self.unavailable_since = self.unavailable_since or self.clock.now()
        for pending, _ in batch.answers:
            if not pending.answer.done():
                pending.answer.set_exception(JournalUnavailable(str(error)))
        self._reload()

    def _reload(self) -> None:
        """Read the state from the journal again; while that fails, commands are refused and nothing is decided."""
        loop = asyncio.get_running_loop()
        self._busy = self._stale = True

        def load() -> None:
            try:
                self._load()
            except JournalError as error:
                loop.call_soon_threadsafe(self._step, self._not_read, error)
            except BaseException as error:  # noqa: BLE001 - as in append()
                loop.call_soon_threadsafe(self._fail, error)
            else:
                loop.call_soon_threadsafe(self._step, self._read)

        self._writer.do(load)

    def _read(self) -> None:
        """The state is what the journal says; should it hold a fact of a batch that failed, that is shown now."""
        self._stale = False
        self._tell_boards()
        self._go_on()

    def _not_read(self, error: JournalError) -> None:
        """The journal cannot even be read: refuse what waits; the next command tries again."""
        log.error("journal.unreadable", reason=str(error))
        while self._waiting:
            pending = self._waiting.popleft()
            if not pending.answer.done():
                pending.answer.set_exception(JournalUnavailable(str(error)))
        self._go_on()

    def _load(self) -> None:
        """The hall as the journal tells it, since the day was opened."""
        hall, rev = self._empty, 0
        for record in self._journal.replay():
            hall, rev = evolve(hall, record.fact), record.seq
            self.clock.remember(record.fact.at)
        answers = Answers(self._journal.answered())
        self.hall, self.rev, self._answers = hall, rev, answers

    def _reply(self, batch: Batch) -> None:
        for pending, answer in batch.answers:
            if not pending.answer.done():
                pending.answer.set_result(answer)

    def _go_on(self) -> None:
        self._busy = False
        self._decide_waiting()

    def _fail(self, error: BaseException) -> None:
        if not self._failed.done():
            self._failed.set_exception(error)


class Writer:
    """The one thread that writes the journal: jobs are done one after the other."""

    def __init__(self) -> None:
        self._jobs: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._work, name="journal", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def do(self, job: Callable[[], None]) -> None:
        self._jobs.put(job)

    def stop(self) -> None:
        self._jobs.put(None)
        if self._thread.is_alive():
            self._thread.join(timeout=5)

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            job()


def _refused(command: Command, refusal: Refusal, now: Now) -> PressRefused:
    return PressRefused(
        *now,
        command=type(command).__name__,
        code=refusal.code,
        counter=getattr(command, "counter", None),
        score=getattr(command, "score", None),
        device=getattr(command, "device", None),
        flags=refusal.flags,
        pressed_at=getattr(command, "pressed_at", None),
    )


def _seen(answer: asyncio.Future[Answer]) -> None:
    """A tick needs no answer; that it failed has been told already."""
    if not answer.cancelled():
        answer.exception()
