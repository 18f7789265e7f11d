"""The whole hall in one answer, and the stream that tells it again whenever it changes.

State is told whole, so a page that missed something is right after the next telling. However many pages listen and
however slow they are, the controller only ever marks that something changed.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from hall_controller.messages import CallsBoard, CounterDisplay, HallBoard, QueueState
from hall_controller.web.bodies import DeskSeen, Whole

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from hall_controller.boards import Key
    from hall_controller.controller import Controller
    from hall_controller.messages import Board

BEAT_S: Final = 1.0
"""The state is told this often even when nothing changed: a page that hears nothing for three of these says so."""
GAP_S: Final = 0.1
"""A stream tells at most ten states a second; an eye does not see more."""
RECONNECT_MS: Final = 500


def whole(controller: Controller) -> Whole | None:
    """The whole hall as its boards show it; None as long as no day is open."""
    hall, shown, now = controller.hall, controller.boards.shown, controller.clock.now()
    calls, hall_board = shown.get(("board", "calls")), shown.get(("board", "hall"))
    if hall.day is None or not isinstance(calls, CallsBoard) or not isinstance(hall_board, HallBoard):
        return None
    return Whole.model_construct(
        epoch=hall.epoch,
        rev=controller.rev,
        hall=hall_board,
        counters={id_: board for (_, id_), board in shown.items() if isinstance(board, CounterDisplay)},
        queues={id_: board for (_, id_), board in shown.items() if isinstance(board, QueueState)},
        calls=calls.calls,
        desks={
            id_: DeskSeen.model_construct(held=list(desk.held), sent=list(desk.waiting))
            for id_, desk in hall.desks.items()
            if desk.held or desk.waiting
        },
        time=now.at,
        time_trusted=now.trusted,
        local=now.at.astimezone(hall.catalogue.timezone).isoformat(timespec="milliseconds"),
        unavailable_since=controller.unavailable_since.at if controller.unavailable_since else None,
    )


class Stream:
    """Tells the whole hall to every page that listens: at once, on every change, and every beat."""

    def __init__(self, controller: Controller) -> None:
        self._controller = controller
        self._loop = asyncio.get_running_loop()
        self.change: asyncio.Future[None] = self._loop.create_future()
        """Done when the next thing changes; take it before looking, so that nothing is missed."""
        self.commit: asyncio.Future[None] = self._loop.create_future()
        """Done when the next thing is written down, whether a board shows it or not."""
        self._told = b""
        self._told_at_s = 0.0
        self._fresh = False
        self.closed = False
        """Whether all streams end now."""
        controller.on_board.append(self._mark)
        controller.on_commit.append(self._committed)

    def close(self) -> None:
        """Every stream ends now; pages connect again by themselves."""
        self.closed = True
        self._wake()
        self._committed()

    async def events(self) -> AsyncIterator[bytes]:
        """Server-sent events: `data` is a `Whole`, `id` its number."""
        yield f"retry: {RECONNECT_MS}\n\n".encode()
        while not self.closed:
            changed = self.change
            yield self._tell()
            await asyncio.sleep(GAP_S)
            if not self.closed:
                await asyncio.wait({changed}, timeout=BEAT_S - GAP_S)

    def _tell(self) -> bytes:
        """The event with the state of now; made once for all who listen."""
        now_s = self._loop.time()
        if not self._fresh or now_s - self._told_at_s > GAP_S:
            state = whole(self._controller)
            if state is None:
                return b": no day is open yet\n\n"
            self._told = b"id: %d.%d\ndata: %s\n\n" % (
                state.epoch,
                state.rev,
                state.model_dump_json().encode(),
            )
            self._told_at_s, self._fresh = now_s, True
        return self._told

    def _mark(self, _key: Key, _board: Board) -> None:
        self._fresh = False
        self._wake()

    def _committed(self, _told: object = None) -> None:
        committed, self.commit = self.commit, self._loop.create_future()
        if not committed.done():
            committed.set_result(None)

    def _wake(self) -> None:
        changed, self.change = self.change, self._loop.create_future()
        if not changed.done():
            changed.set_result(None)
