"""Halls that nobody would think of: any number of calls, fields and notices, with the longest names.

Belongs here: making them. Never here: what must hold.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from hypothesis import strategies as some

from displays.screens.examples import (
    LONG_FIELD,
    LONG_NAME,
    LONG_STAND_IN,
    MORNING,
    NAME,
    NOTICES,
    NOW,
    STAND_IN,
    called,
    desk,
    field,
    hall,
    known,
)
from displays.screens.view import Place, View, Way, board_calls, view
from hall_controller.messages import Text

TICKETS: Final = some.from_regex(r"\A[A-HJ-NPR-Z][0-9]{3,4}\Z")
COUNTERS: Final = some.sampled_from(
    ["1", "5", "28", "64", "128", "Một cửa 12", "Tiếp nhận hồ sơ 128", "A-12"]
)
VIETNAMESE: Final = some.sampled_from(
    ["Đất đai", "Y tế", "Lao động - Thương binh và Xã hội", LONG_FIELD[0], "Cấp đổi giấy phép lái xe", "Ửng"]
)
SENTENCES: Final = some.builds(
    lambda words, times: " ".join([words] * times), VIETNAMESE, some.integers(1, 12)
)
TEXTS: Final = some.builds(
    lambda vi, en: Text(vi=vi, en=en), SENTENCES, some.one_of(some.just(""), SENTENCES)
)
WAYS: Final = some.builds(
    Way,
    some.sampled_from([None, "left", "right", "up", "down", "up-left", "down-right"]),
    some.one_of(some.just(""), VIETNAMESE),
    some.sampled_from(["", "Zone A, ground floor", LONG_FIELD[1]]),
)
QUEUES: Final = some.tuples(
    some.sampled_from("ABCDEFGHJKLMNPRSTUVWXYZ"),
    VIETNAMESE,
    some.sampled_from(["Land", "", LONG_FIELD[1]]),
    some.integers(0, 1500),
    some.one_of(some.none(), some.integers(0, 40_000)),
)


@some.composite
def views(draw: some.DrawFn) -> View:
    """What a screen says in any hall, whether or not such a hall makes sense."""
    calls = draw(some.lists(some.tuples(TICKETS, COUNTERS, some.integers(0, 600)), max_size=12))
    queues = draw(some.lists(QUEUES, max_size=23))
    stand_in = draw(some.sampled_from([None, STAND_IN, LONG_STAND_IN]))
    desks = [
        desk(counter.split()[-1].lower(), "calling", name=counter, ticket=ticket, call=1, notice=stand_in)
        for ticket, counter, _ in calls
    ]
    desks += [desk(number, "paused") for number in range(1, draw(some.sampled_from([1, 3, 65])))]
    board = hall(
        name=draw(some.sampled_from([NAME, LONG_NAME, Text(vi="Hội trường", en="")])),
        notices=draw(some.one_of(some.just(NOTICES), some.lists(TEXTS, max_size=3))),
        open=draw(some.booleans()),
        next_opening=draw(some.sampled_from([None, MORNING, MORNING + timedelta(days=3)])),
        training=draw(some.booleans()),
    )
    lower = [
        (ticket, counter.lower() if counter == "A-12" else counter, ago) for ticket, counter, ago in calls
    ]
    newest = known(board, called(*lower), *(field(*queue) for queue in queues), *desks)
    large = draw(some.sampled_from([None, *board_calls(newest)]))
    ways = {call.counter: draw(WAYS) for call in board_calls(newest)}
    return view(
        newest,
        now=NOW + timedelta(seconds=draw(some.integers(0, 300))),
        large=large,
        fresh=board_calls(newest)[: draw(some.integers(0, 3))],
        stale_since=draw(some.sampled_from([None, NOW])),
        place=Place(ways, draw(some.lists(TEXTS, max_size=2)), 15),
    )
