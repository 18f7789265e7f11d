"""What the hall screen says now, before anybody thinks of pixels: boards, time and silence in, words out.

Pure. Two equal views are one picture: the screen is painted again only when the view changed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from displays.newest import Newest
from displays.screens import wording
from displays.screens.highlights import Call
from hall_controller.messages import HallBoard, QueueState

LINGER: Final = timedelta(minutes=3)
"""How long the last call stays large after its moment: the way from the farthest chair to the counter, twice."""


@dataclass(frozen=True, slots=True)
class Hero:
    """The large field: one call, or a sentence when nobody is called."""

    kind: Literal["call", "message"]
    title: str
    """The ticket's number, or the sentence."""
    counter: str = ""
    detail: str = ""
    english: str = ""
    now: bool = False
    lit: bool = True
    """Whether the accent is on: it goes off and on again a few times when a call becomes large."""


@dataclass(frozen=True, slots=True)
class Row:
    """A recent call in its fixed row."""

    ticket: str
    counter: str
    time: str
    now: bool = False


@dataclass(frozen=True, slots=True)
class QueueLine:
    """A queue in the quiet column: the letter on the ticket, how many wait, how long it may take."""

    letter: str
    waiting: str
    wait: str
    open: bool = True


@dataclass(frozen=True, slots=True)
class View:
    """Everything that the hall screen says."""

    hall: str
    hall_english: str
    date: str
    time: str
    hero: Hero
    rows: tuple[Row, ...]
    queues: tuple[QueueLine, ...]
    notice: str
    stale: str = ""
    stale_english: str = ""
    training: bool = False


def view(
    newest: Newest,
    *,
    now: datetime,
    large: Call | None,
    stale_since: datetime | None = None,
    lit: bool = True,
) -> View:
    """Say what is so; `now` and `stale_since` in the hall's time zone, `large` the call that has its moment."""
    hall = newest.hall
    now_calls = {(large.ticket, large.counter)} if large else set()
    stale, stale_english = _stale(stale_since)
    hero = _hero(newest, now, large, lit=lit)
    working = hall is None or hall.open or hero.kind == "call"
    return View(
        hall=hall.name.vi if hall else "",
        hall_english=hall.name.en if hall else "",
        date=wording.date(now),
        time=f"{now:%H:%M}",
        hero=hero,
        rows=tuple(_rows(newest, now, now_calls)) if working else (),
        queues=tuple(_queues(newest.queues.values())) if working else (),
        notice=_notice(hall, now),
        stale=stale,
        stale_english=stale_english,
        training=bool((hall and hall.training) or (newest.controller and newest.controller.training)),
    )


def _stale(since: datetime | None) -> tuple[str, str]:
    if since is None:
        return "", ""
    return (
        f"Mất kết nối từ {since:%H:%M}, mời quý khách hỏi bàn hướng dẫn",
        f"No connection since {since:%H:%M}",
    )


def _hero(newest: Newest, now: datetime, large: Call | None, *, lit: bool) -> Hero:
    if large is not None:
        return _called(large, newest, now=True, lit=lit)
    if (last := _last(newest, now)) is not None:
        return _called(last, newest, now=False, lit=True)
    hall = newest.hall
    if hall is None:
        return Hero(
            "message",
            "Quý khách vui lòng chờ",
            detail="Đang nhận thông tin từ hệ thống",
            english="Please wait",
        )
    if not hall.open:
        return _closed(hall, now)
    if any(queue.waiting for queue in newest.queues.values()):
        return Hero(
            "message",
            "Quý khách vui lòng chờ",
            detail="Số được gọi sẽ hiện tại đây",
            english="Please wait to be called",
        )
    return Hero(
        "message", "Mời quý khách lấy số", detail="Hiện không có khách chờ", english="Please take a number"
    )


def _notice(hall: HallBoard | None, now: datetime) -> str:
    """One notice at a time, the next one with the next minute of the clock: nothing moves for itself."""
    if hall is not None and not hall.open and not hall.notices:
        return ""
    if hall is None or not hall.notices:
        return "Quý khách vui lòng giữ phiếu và theo dõi số trên màn hình"
    return hall.notices[now.minute % len(hall.notices)].vi


def _closed(hall: HallBoard, now: datetime) -> Hero:
    opens = hall.next_opening.astimezone(now.tzinfo) if hall.next_opening else None
    detail, english = wording.opening(opens, now)
    return Hero("message", "Ngoài giờ làm việc", detail=detail, english=f"Closed. {english}")


def _called(call: Call, newest: Newest, *, now: bool, lit: bool) -> Hero:
    display = newest.counters.get(call.counter)
    notice = display.notice.vi if display and display.notice and display.ticket == call.ticket else ""
    english = f"Number {call.ticket}, please go to counter {call.name}"
    return Hero("call", call.ticket, f"Quầy {call.name}", notice, english, now, lit)


def _last(newest: Newest, now: datetime) -> Call | None:
    """The newest call, while its visitor may still be on the way."""
    calls = board_calls(newest)
    if not calls or now - calls[0].time > LINGER:
        return None
    display = newest.counters.get(calls[0].counter)
    return calls[0] if display is None or display.ticket == calls[0].ticket else None


def board_calls(newest: Newest) -> list[Call]:
    """The hall board's calls, newest first."""
    calls = newest.calls.calls if newest.calls else []
    return [
        Call(call.ticket, call.counter, call.name or call.counter, call.call, call.time) for call in calls
    ]


def counter_calls(newest: Newest) -> list[Call]:
    """The calls that the counters' own displays tell: a burst longer than the hall board is whole only here."""
    return [
        Call(display.ticket, counter, display.name or counter, display.call, display.since)
        for counter, display in newest.counters.items()
        if display.state == "calling" and display.ticket
    ]


def _rows(newest: Newest, now: datetime, now_calls: set[tuple[str, str]]) -> Iterable[Row]:
    for call in board_calls(newest):
        time = f"{call.time.astimezone(now.tzinfo):%H:%M}"
        yield Row(call.ticket, f"Quầy {call.name}", time, (call.ticket, call.counter) in now_calls)


def _queues(queues: Iterable[QueueState]) -> Iterable[QueueLine]:
    known = sorted((queue for queue in queues if queue.letter), key=lambda queue: queue.letter)
    if not any(queue.waiting for queue in known):
        return
    for queue in known:
        if queue.open or queue.waiting:
            yield QueueLine(
                queue.letter, str(queue.waiting), wording.wait(queue.estimated_wait_s), queue.open
            )
