"""What every board of the hall shows, whole; pure.

A board changes only because a fact changed the hall, so its number `(epoch, rev)` is the journal's: rev is the
number of the last fact when the board's content changed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hall_controller.domain.estimate import expected_wait_s
from hall_controller.messages import Board, BoardCall, CallsBoard, CounterDisplay, HallBoard, QueueState, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hall_controller.domain.hall import Desk, Hall

Key = tuple[str, str]
"""("counter", its id), ("queue", its id), ("board", "calls") or ("board", "hall")."""

CALLS: Final[Key] = ("board", "calls")
HALL: Final[Key] = ("board", "hall")
NO_PAPER: Final = Text(
    vi="Máy in hết giấy, mời quý khách lấy số tại bàn hướng dẫn",
    en="The printer is out of paper, please take a number at the guidance desk",
)
NO_PRINTER: Final = Text(
    vi="Máy in tạm ngừng hoạt động, mời quý khách lấy số tại bàn hướng dẫn",
    en="The ticket printer is out of order, please take a number at the guidance desk",
)


def counter_display(hall: Hall, counter: str, rev: int) -> CounterDisplay:
    """All that the panel of a counter needs."""
    desk = hall.desk(counter)
    state = desk.status if desk.ticket is None else ("serving" if desk.serving else "calling")
    return CounterDisplay(
        epoch=hall.epoch,
        rev=rev,
        state=state,
        ticket=desk.ticket,
        call=desk.call,
        since=desk.since or hall.since,
        text=_counter_text(hall, counter, desk),
        name=hall.catalogue.counters[counter].name,
        notice=_notice(hall, counter),
    )


def _counter_text(hall: Hall, counter: str, desk: Desk) -> Text:
    name = hall.catalogue.counters[counter].name
    if desk.ticket is not None:
        if desk.serving:
            return Text(vi=f"Đang phục vụ số {desk.ticket}", en=f"Now serving {desk.ticket}")
        return Text(
            vi=f"Mời số {desk.ticket} đến Quầy {name}", en=f"{desk.ticket}, please go to counter {name}"
        )
    match desk.status:
        case "open":
            return Text(vi="Quý khách vui lòng chờ", en="Please wait to be called")
        case "paused":
            return Text(vi="Quầy tạm dừng", en="Counter paused")
        case "closed":
            return Text(vi="Quầy đóng", en="Counter closed")


def _notice(hall: Hall, counter: str) -> Text | None:
    """Who stands in for whom at the counter today."""
    assignment = hall.catalogue.assignment(counter, hall.day) if hall.day else None
    if assignment is not None and assignment.staffing != assignment.agency:
        served = hall.catalogue.agencies[assignment.agency].name
        staffing = hall.catalogue.agencies[assignment.staffing].name
        return Text(vi=f"{staffing.vi} tiếp nhận thay {served.vi}", en=f"{staffing.en} for {served.en}")
    return None


def queue_state(hall: Hall, queue: str, rev: int) -> QueueState:
    """A queue as the hall sees it."""
    line, settings = hall.queue(queue), hall.catalogue.queues[queue]
    return QueueState(
        epoch=hall.epoch,
        rev=rev,
        open=line.open,
        waiting=len(line.waiting),
        last_called=line.last_called,
        estimated_wait_s=expected_wait_s(hall, queue, len(line.waiting)),
        next_opening=line.next_opening,
        name=Text(vi=settings.name.vi, en=settings.name.en),
        letter=settings.letter,
    )


def calls_board(hall: Hall, rev: int) -> CallsBoard:
    """The calls, newest first."""
    counters = hall.catalogue.counters
    calls = [
        BoardCall(
            ticket=call.ticket,
            counter=call.counter,
            call=call.call,
            time=call.at,
            name=counters[call.counter].name,
        )
        for call in hall.calls
    ]
    return CallsBoard(epoch=hall.epoch, rev=rev, calls=calls)


def hall_board(hall: Hall, rev: int) -> HallBoard:
    """The hall itself: its name, whether it is open, and what everybody should know, the most urgent first."""
    lines = [hall.queue(queue) for queue in hall.catalogue.queues]
    is_open = any(line.open for line in lines)
    openings = [line.next_opening for line in lines if line.next_opening is not None]
    return HallBoard(
        epoch=hall.epoch,
        rev=rev,
        name=Text(vi=hall.catalogue.name.vi, en=hall.catalogue.name.en),
        timezone=str(hall.catalogue.timezone),
        open=is_open,
        next_opening=None if is_open else min(openings, default=None),
        training=hall.training,
        notices=[
            *(_without_tickets(hall) if is_open else ()),
            *(Text(vi=notice.vi, en=notice.en) for notice in hall.catalogue.notices),
        ],
    )


def _without_tickets(hall: Hall) -> list[Text]:
    """Where to take a number while the printer gives none; nothing when it does."""
    if not hall.printers:
        return []
    return [NO_PAPER if "paper_out" in hall.printers.values() else NO_PRINTER]


class Boards:
    """The newest version of every board; `shown` is what displays should show now."""

    def __init__(self) -> None:
        self.shown: dict[Key, Board] = {}
        self._hall: Hall | None = None

    def update(self, hall: Hall, rev: int) -> Iterator[tuple[Key, Board]]:
        """The boards whose content differs from before, those first that panels wait for."""
        before, self._hall = self._hall, hall
        for key, board in _candidates(before, hall, rev):
            shown = self.shown.get(key)
            if shown is None or not _same(shown, board):
                self.shown[key] = board
                yield key, board


def _same(shown: Board, board: Board) -> bool:
    """Whether the two show the same; their numbers do not matter."""
    return {**vars(shown), "rev": board.rev} == vars(board)


def _candidates(before: Hall | None, hall: Hall, rev: int) -> Iterator[tuple[Key, Board]]:
    """Every board that may have changed, those first that panels wait for."""
    if before is None or before.epoch != hall.epoch or before.day != hall.day:
        yield from _all(hall, rev)
        return
    moved = [counter for counter, desk in hall.desks.items() if before.desks.get(counter) is not desk]
    for counter in moved:
        if counter in hall.catalogue.counters:
            yield ("counter", counter), counter_display(hall, counter, rev)
    if before.calls is not hall.calls:
        yield CALLS, calls_board(hall, rev)
    staffed = any(before.desk(counter).status != hall.desk(counter).status for counter in moved)
    for queue, line in hall.queues.items():
        if queue not in hall.catalogue.queues:
            continue  # other settings have held since then
        if staffed or before.queues.get(queue) is not line:
            yield ("queue", queue), queue_state(hall, queue, rev)
    if before.queues is not hall.queues or before.printers is not hall.printers:
        yield HALL, hall_board(hall, rev)


def _all(hall: Hall, rev: int) -> Iterator[tuple[Key, Board]]:
    for counter in hall.catalogue.counters:
        yield ("counter", counter), counter_display(hall, counter, rev)
    yield CALLS, calls_board(hall, rev)
    for queue in hall.catalogue.queues:
        yield ("queue", queue), queue_state(hall, queue, rev)
    yield HALL, hall_board(hall, rev)
