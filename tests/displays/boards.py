"""Boards as the controller would tell them, short to write in a test.

Belongs here: messages with defaults. Never here: expectations.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

from displays.config import DisplaySettings, read
from displays.newest import Newest
from hall_controller.messages import (
    BoardCall,
    CallsBoard,
    ControllerState,
    CounterDisplay,
    CounterStateName,
    HallBoard,
    Payload,
    QueueState,
    Text,
    Topics,
)

TOPICS: Final = Topics("example")
MORNING: Final = datetime(2026, 11, 23, 1, 5, 20, tzinfo=UTC)
"""08:05:20 in Viet Nam, a Monday."""
NAME: Final = Text(
    vi="Trung tâm Phục vụ hành chính công tỉnh Tuyên Quang",
    en="Tuyên Quang Public Administration Service Centre",
)


def ready(time: datetime = MORNING, **fields: object) -> ControllerState:
    told = {"state": "ready", "epoch": 1, "time_trusted": True, "version": "1", **fields}
    return ControllerState.model_validate({"time": time, **told})


def hall(**fields: object) -> HallBoard:
    told = {"name": NAME, "timezone": "Asia/Ho_Chi_Minh", "open": True, **fields}
    return HallBoard.model_validate({"epoch": 1, "rev": 1, **told})


def call(ticket: str, counter: str, time: datetime = MORNING, times: int = 1) -> BoardCall:
    return BoardCall(ticket=ticket, counter=counter, call=times, time=time, name=counter)


def calls(rev: int, *called: BoardCall) -> CallsBoard:
    return CallsBoard(epoch=1, rev=rev, calls=list(called))


def counter(
    rev: int, state: CounterStateName, ticket: str | None = None, name: str = "5", **fields: object
) -> CounterDisplay:
    told = {"call": 1 if ticket else 0, "since": MORNING, "text": Text(vi="", en=""), **fields}
    return CounterDisplay.model_validate(
        {"epoch": 1, "rev": rev, "state": state, "ticket": ticket, "name": name, **told}
    )


def queue(letter: str, waiting: int, wait_s: int | None = None, rev: int = 1) -> QueueState:
    return QueueState(epoch=1, rev=rev, open=True, waiting=waiting, estimated_wait_s=wait_s, letter=letter)


def newest(*boards: tuple[str, Payload]) -> Newest:
    """What a display knows after these messages."""
    known = Newest("example")
    for topic, board in boards:
        assert known.take(topic, board.model_dump_json().encode()) == "new"
    return known


def busy_morning(*called: BoardCall, waiting: bool = True, **fields: object) -> Newest:
    """A hall with nine queues and these calls; `fields` go to the hall's board."""
    queues = [
        (TOPICS.queue(letter.lower()), _queue(index, letter, waiting=waiting))
        for index, letter in enumerate("ABCDEGHKL")
    ]
    return newest((TOPICS.hall_board, hall(**fields)), (TOPICS.calls, calls(2, *called)), *queues)


def _queue(index: int, letter: str, *, waiting: bool) -> QueueState:
    if not waiting:
        return queue(letter, 0)
    return queue(letter, (index * 7 + 3) % 13, [None, 700, 300, 1500][index % 4])


def recent(*pairs: tuple[str, str, int], now: datetime = MORNING) -> list[BoardCall]:
    """Calls of `(ticket, counter, seconds ago)`."""
    return [call(ticket, place, now - timedelta(seconds=ago)) for ticket, place, ago in pairs]


def settings(port: int = 1883, **tables: object) -> DisplaySettings:
    """A display machine with one screen in memory, unless `tables` say otherwise."""
    document = {
        "hall": {"id": "example"},
        "mqtt": {"host": "127.0.0.1", "port": port},
        "device": {"id": "screen-1"},
        "screen": [{"id": "big", "width": 960, "height": 540, "window": "none", "flash": False}],
        **tables,
    }
    return read(document, "display.toml")
