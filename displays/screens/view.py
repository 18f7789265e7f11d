"""What the hall screen says now, before anybody thinks of pixels: boards, time and silence in, words out.

Pure. Two equal views are one picture: the screen is painted again only when the view changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import PurePath
from typing import Final, Literal

from displays.newest import Newest
from displays.screens import wording
from displays.screens.highlights import Call
from displays.screens.notices import notice, turn
from hall_controller.messages import HallBoard, QueueState, Text

LINGER: Final = timedelta(minutes=3)
"""How long the last call stays large after its moment: the way from the farthest chair to the counter, twice."""
Arrow = Literal["left", "right", "up", "down", "up-left", "up-right", "down-left", "down-right"]


@dataclass(frozen=True, slots=True)
class Way:
    """The way to a counter from where the screen hangs; nothing is shown that the hall has not set."""

    arrow: Arrow | None = None
    zone: str = ""
    zone_english: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """What one screen knows besides the boards: ways to counters, texts of its own, and how long a turn lasts."""

    ways: Mapping[str, Way] = field(default_factory=dict)
    texts: Sequence[Text] = ()
    turn_s: float = 15.0


@dataclass(frozen=True, slots=True)
class Hero:
    """The large field: one call, or a sentence when nobody is called."""

    kind: Literal["call", "message"]
    title: str
    """The ticket's number, or the sentence."""
    counter: str = ""
    """The counter's name without its word: `5` of *Quầy 5*."""
    way: Way = Way()
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
    arrow: Arrow | None = None


@dataclass(frozen=True, slots=True)
class QueueLine:
    """A field whose visitors wait: the letter on their tickets, its name, how many, how long it may take."""

    letter: str
    waiting: str
    wait: str
    name: str = ""
    english: str = ""


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
    turn: int = 0
    """Which page of the queues is shown, where they do not all fit; 0 where nothing takes turns."""
    notice: str = ""
    notice_english: str = ""
    stale: str = ""
    stale_english: str = ""
    training: bool = False
    slide: PurePath | None = None
    """A picture in the place of the large field, while nobody is called."""


def view(
    newest: Newest,
    *,
    now: datetime,
    large: Call | None,
    fresh: Iterable[Call] = (),
    stale_since: datetime | None = None,
    lit: bool = True,
    place: Place | None = None,
) -> View:
    """Say what is so; `now` and `stale_since` in the hall's time zone.

    `large` is the call that has its moment, `fresh` are those that wait for theirs.
    """
    here = place or Place()
    hall = newest.hall
    now_calls = {(call.ticket, call.counter) for call in [*fresh, *([large] if large else [])]}
    stale, stale_english = wording.stale(stale_since)
    shown = large or _last(newest, now)
    hero = _called(shown, here, now=large is not None, lit=lit) if shown else _message(newest, now)
    working = hall is None or hall.open or hero.kind == "call" or _waiting(newest) > 0
    told = notice(newest, here.texts, shown, turn(now, here.turn_s))
    return View(
        hall=hall.name.vi if hall else "",
        hall_english=hall.name.en if hall else "",
        date=wording.date(now),
        time=f"{now:%H:%M}",
        hero=hero,
        rows=tuple(_rows(newest, now, now_calls, here)) if working else (),
        queues=tuple(_queues(newest.queues.values())) if working else (),
        turn=turn(now, here.turn_s),
        notice=told.vi if told else "",
        notice_english=told.en if told else "",
        stale=stale,
        stale_english=stale_english,
        training=bool((hall and hall.training) or (newest.controller and newest.controller.training)),
    )


def _message(newest: Newest, now: datetime) -> Hero:
    hall = newest.hall
    if hall is None:
        return _sentence("Quý khách vui lòng chờ", "Đang nhận thông tin từ hệ thống", "Please wait")
    if _waiting(newest):
        detail = (
            "Số được gọi sẽ hiện tại đây" if hall.open else "Đã hết giờ lấy số, số đã lấy vẫn được phục vụ"
        )
        english = "Please wait to be called" if hall.open else "No more numbers today; those taken are served"
        return _sentence("Quý khách vui lòng chờ", detail, english)
    if not hall.open:
        return _closed(hall, now)
    return _sentence("Mời quý khách lấy số", "Hiện không có khách chờ", "Please take a number")


def _sentence(title: str, detail: str, english: str) -> Hero:
    return Hero("message", title, detail=detail, english=english)


def _closed(hall: HallBoard, now: datetime) -> Hero:
    opens = hall.next_opening.astimezone(now.tzinfo) if hall.next_opening else None
    detail, english = wording.opening(opens, now)
    return _sentence("Ngoài giờ làm việc", detail, f"Closed. {english}")


def _called(call: Call, place: Place, *, now: bool, lit: bool) -> Hero:
    english = f"Number {call.ticket}, please go to counter {call.name}"
    way = place.ways.get(call.counter, Way())
    return Hero("call", call.ticket, call.name, way, english=english, now=now, lit=lit or not now)


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


def _rows(newest: Newest, now: datetime, now_calls: set[tuple[str, str]], place: Place) -> Iterable[Row]:
    for call in board_calls(newest):
        time = f"{call.time.astimezone(now.tzinfo):%H:%M}"
        arrow = place.ways.get(call.counter, Way()).arrow
        yield Row(call.ticket, call.name, time, (call.ticket, call.counter) in now_calls, arrow)


def _waiting(newest: Newest) -> int:
    return sum(queue.waiting for queue in newest.queues.values())


def _queues(queues: Iterable[QueueState]) -> Iterable[QueueLine]:
    """The fields in which somebody waits, by letter."""
    for queue in sorted((queue for queue in queues if queue.letter and queue.waiting), key=_letter):
        name = queue.name or Text(vi="", en="")
        wait = wording.wait(queue.estimated_wait_s)
        yield QueueLine(queue.letter, str(queue.waiting), wait, name.vi, name.en)


def _letter(queue: QueueState) -> str:
    return queue.letter
