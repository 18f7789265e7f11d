"""Halls to look at: every state that a hall screen can be in, made up and named, without a broker or a controller.

`hall-display picture --state NAME`, `make pictures` and the golden pictures show these. Belongs here: what a hall would
have said. Never here: what the screen makes of it. Pure.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from types import MappingProxyType
from typing import Any, Final

from displays.newest import Newest
from displays.screens.highlights import Call
from displays.screens.view import board_calls
from hall_controller.messages import (
    BoardCall,
    CallsBoard,
    ControllerState,
    CounterDisplay,
    HallBoard,
    Payload,
    QueueState,
    Text,
    Topics,
)

MORNING: Final = datetime(2026, 11, 23, 1, 5, 20, tzinfo=UTC)
VIET_NAM: Final = timezone(timedelta(hours=7))
NOW: Final = MORNING.astimezone(VIET_NAM)
TOPICS: Final = Topics("example")
NAME: Final = Text(
    vi="Trung tâm Phục vụ hành chính công tỉnh Tuyên Quang",
    en="Tuyên Quang Public Administration Service Centre",
)
LONG_NAME: Final = Text(
    vi="Trung tâm Phục vụ hành chính công và Kiểm soát thủ tục hành chính thành phố Hồ Chí Minh - Cơ sở số 2",
    en="Ho Chi Minh City Public Administration Service and Administrative Procedure Control Centre - Second site",
)
FIELDS: Final = (
    ("A", "Đất đai", "Land"),
    ("B", "Giao dịch bảo đảm", "Secured transactions"),
    ("C", "Đăng ký kinh doanh", "Business registration"),
    ("D", "Đầu tư", "Investment"),
    ("E", "Chính sách người có công", "People with merit"),
    ("G", "Công chứng", "Notary"),
    ("H", "Lý lịch tư pháp", "Criminal records"),
    ("K", "Xây dựng", "Construction"),
    ("L", "Y tế", "Health"),
)
LONG_FIELD: Final = (
    "Đăng ký biện pháp bảo đảm bằng quyền sử dụng đất và tài sản gắn liền với đất của hộ gia đình",
    "Registration of security measures with land use rights and assets attached to land",
)
NOTICES: Final = (
    Text(
        vi="Quý khách vui lòng giữ phiếu và theo dõi số trên màn hình",
        en="Please keep your ticket and watch this screen",
    ),
)
STAND_IN: Final = Text(
    vi="Bưu điện tỉnh tiếp nhận thay Sở Tài nguyên và Môi trường",
    en="Provincial Post Office for Department of Natural Resources and Environment",
)
LONG_STAND_IN: Final = Text(
    vi="Bưu điện tỉnh tiếp nhận thay Sở Lao động - Thương binh và Xã hội và Ban Quản lý các khu công nghiệp",
    en="Provincial Post Office for Department of Labour, Invalids and Social Affairs and the Industrial Zones Board",
)
PRINTER_OUT: Final = Text(
    vi="Máy in hết giấy, mời quý khách lấy số tại bàn hướng dẫn",
    en="The printer is out of paper, please take a number at the guidance desk",
)
CALLED: Final = (
    ("A012", "5", 2),
    ("C103", "28", 50),
    ("B047", "12", 130),
    ("A011", "3", 190),
    ("D008", "7", 300),
    ("E021", "14", 420),
    ("A010", "5", 500),
)
AT_ONCE: Final = (("A013", "5", 0), ("B048", "12", 0), ("C104", "28", 1), ("D009", "7", 1), *CALLED[:3])


@dataclass(frozen=True, slots=True)
class Example:
    """One hall at one moment, as a screen would know it."""

    about: str
    known: Newest
    now: datetime = NOW
    large: Call | None = None
    fresh: tuple[Call, ...] = ()
    """Calls that wait for their moment in the large field."""
    stale_since: datetime | None = None


def known(*boards: tuple[str, Payload]) -> Newest:
    """What a display knows after these messages."""
    newest = Newest("example")
    for topic, board in boards:
        newest.take(topic, board.model_dump_json().encode())
    return newest


def hall(**fields: Any) -> tuple[str, HallBoard]:  # noqa: ANN401 - any field of the board
    told = {"name": NAME, "timezone": "Asia/Ho_Chi_Minh", "open": True, "notices": NOTICES, **fields}
    return TOPICS.hall_board, HallBoard.model_validate({"epoch": 1, "rev": 1, **told})


def called(*calls: tuple[str, str, int], now: datetime = MORNING) -> tuple[str, CallsBoard]:
    """The board of calls of `(ticket, counter, seconds ago)`, newest first."""
    board = [
        BoardCall(
            ticket=ticket, counter=desk.split()[-1], call=1, time=now - timedelta(seconds=ago), name=desk
        )
        for ticket, desk, ago in calls
    ]
    return TOPICS.calls, CallsBoard(epoch=1, rev=2, calls=board)


def field(letter: str, vi: str, en: str, waiting: int, wait_s: int | None = None) -> tuple[str, QueueState]:
    state = QueueState(
        epoch=1,
        rev=1,
        open=True,
        waiting=waiting,
        estimated_wait_s=wait_s,
        name=Text(vi=vi, en=en),
        letter=letter,
    )
    return TOPICS.queue(letter.lower()), state


def fields(*, waiting: bool = True) -> list[tuple[str, QueueState]]:
    """Nine fields of the reference hall; with `waiting` false nobody waits in any."""
    waits = (None, 700, 300, 1500)
    return [
        field(*named, (index * 7 + 3) % 13 if waiting else 0, waits[index % 4] if waiting else None)
        for index, named in enumerate(FIELDS)
    ]


def desk(number: int | str, state: str, **fields: Any) -> tuple[str, CounterDisplay]:  # noqa: ANN401 - any field
    told = {"since": MORNING, "text": Text(vi="", en=""), "name": str(number), **fields}
    display = CounterDisplay.model_validate({"epoch": 1, "rev": 3, "state": state, **told})
    return TOPICS.display(str(number)), display


def working(*boards: tuple[str, Payload], **of_hall: Any) -> Newest:  # noqa: ANN401 - any field of the hall's board
    """An ordinary morning, and these boards besides."""
    return known(hall(**of_hall), called(*CALLED), *fields(), *boards)


def _calling(about: str, newest: Newest, index: int = 0, **more: Any) -> Example:  # noqa: ANN401 - of Example
    calls = board_calls(newest)
    return Example(about, newest, large=calls[index], fresh=tuple(calls[:index]), **more)


def _at(hour: int, minute: int, *, day: int = 23) -> datetime:
    return datetime(2026, 11, day, hour, minute, 20, tzinfo=VIET_NAM)


def _normal() -> Example:
    return Example(
        "Nobody has been called for a while; visitors wait.", working(), now=_at(8, 5) + timedelta(minutes=5)
    )


def _call() -> Example:
    return _calling("A visitor is called.", working())


def _at_once() -> Example:
    newest = known(hall(), called(*AT_ONCE), *fields())
    return _calling("Four counters call within a second: each call has its moment.", newest, 2)


def _nobody() -> Example:
    newest = known(hall(), called(), *fields(waiting=False))
    return Example("Nobody waits.", newest, now=_at(10, 20))


def _closed() -> Example:
    newest = known(hall(open=False, next_opening=_at(7, 30, day=30)), called(), *fields(waiting=False))
    return Example("Closed; when it opens again.", newest, now=_at(9, 12, day=29))


def _paused() -> Example:
    return Example(
        "Two counters are paused.",
        working(desk(3, "paused"), desk(7, "paused"), notices=[]),
        now=_at(8, 5) + timedelta(minutes=5, seconds=15),
    )


def _stand_in() -> Example:
    newest = working(desk(5, "calling", ticket="A012", call=1, notice=STAND_IN), notices=[])
    return _calling("The post office stands in for a department.", newest)


def _stale() -> Example:
    return Example("The hall has been silent since 08:05.", working(), now=_at(8, 6), stale_since=_at(8, 5))


def _disconnected() -> Example:
    return Example(
        "The screen started and has heard nobody yet.",
        Newest("example"),
        now=_at(8, 6),
        stale_since=_at(8, 5),
    )


def _printer_out() -> Example:
    return _calling("The printer is out of paper.", working(notices=[PRINTER_OUT]))


def _start() -> Example:
    newest = known(hall(open=False, next_opening=_at(7, 30)), called(), *fields(waiting=False))
    return Example("The doors open in some minutes.", newest, now=_at(7, 12))


def _end() -> Example:
    board = hall(open=False, next_opening=_at(7, 30, day=24))
    evening = _at(17, 2)
    newest = known(board, called(("A112", "5", 240), ("C203", "28", 320), now=evening), *fields()[:3])
    return Example("No more numbers today; who has one is still served.", newest, now=evening)


def _training() -> Example:
    controller = ControllerState(state="ready", epoch=1, time=MORNING, time_trusted=True, version="1")
    told = (TOPICS.controller_state, controller.model_copy(update={"training": True}))
    return _calling("The clock is set for a lesson.", working(told, training=True))


def _longest() -> Example:
    long_fields = [
        field(letter, *LONG_FIELD, 128, 3 * 3600) for letter in ("W", "M", "X", "Y", "A", "B", "C", "D")
    ]
    newest = known(
        hall(name=LONG_NAME, notices=[Text(vi=LONG_FIELD[0], en=LONG_FIELD[1])]),
        called(
            ("M8888", "Một cửa 128", 2),
            ("W8888", "Một cửa 128", 60),
            ("M8887", "128", 70),
            ("M8886", "28", 80),
        ),
        *long_fields,
        desk("128", "calling", name="Một cửa 128", ticket="M8888", call=1, notice=LONG_STAND_IN),
    )
    return _calling("Everything is as long as it can be.", newest)


def _many() -> Example:
    rows = [(f"{'ABCDEGHKLMNPRSTUVWXY'[n % 20]}{(n + 1) * 13:03}", str(64 - n), n * 7) for n in range(12)]
    queues = [
        field(letter, FIELDS[index % 9][1], FIELDS[index % 9][2], 3 + index * 5 % 37, 300 + index * 240)
        for index, letter in enumerate("ABCDEGHKLMNPRSTUVWXY")
    ]
    desks = [
        desk(number, "calling" if number > 50 else "serving", ticket=f"A{number:03}", call=1)  # noqa: PLR2004 - some
        for number in range(1, 65)
    ]
    return _calling("64 counters, 20 fields.", known(hall(), called(*rows), *queues, *desks))


EXAMPLES: Final[Mapping[str, Callable[[], Example]]] = MappingProxyType(
    {
        "normal": _normal,
        "calling": _call,
        "several-calls": _at_once,
        "nobody-waiting": _nobody,
        "closed": _closed,
        "paused": _paused,
        "stand-in": _stand_in,
        "stale": _stale,
        "disconnected": _disconnected,
        "printer-out": _printer_out,
        "start-of-day": _start,
        "end-of-day": _end,
        "training": _training,
        "longest-names": _longest,
        "64-counters": _many,
    }
)
