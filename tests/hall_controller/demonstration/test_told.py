"""What the demo says: Vietnamese first, one calm line a call, nothing that moves where nothing can."""

from __future__ import annotations

import io
import re
from datetime import datetime
from pathlib import Path

from rich.console import Console

from hall_controller.demonstration.tally import Tally
from hall_controller.demonstration.told import Told, clock_sentences
from hall_controller.domain.catalogue import VIETNAM
from hall_controller.journal_check import Verdict
from hall_controller.journal_rows import Flaw, Head
from hall_controller.messages import CloudEvent, QueueState, Text

LAND = QueueState(epoch=1, rev=1, open=True, waiting=4, name=Text(vi="Đất đai", en="Land"), letter="A")


def terminal(*, moves: bool = False) -> tuple[Told, io.StringIO]:
    said = io.StringIO()
    return Told(Console(file=said, width=80, force_terminal=moves, highlight=False)), said


def event(type_: str, **data: object) -> CloudEvent:
    return CloudEvent(
        id="1-1",
        source="/qms/1/hall",
        type=type_,
        time=datetime(2026, 11, 23, tzinfo=VIETNAM),
        sequence="1",
        data=dict(data),
    )


def test_a_call_is_one_line_with_number_counter_field_and_who_still_waits() -> None:
    told, said = terminal()
    told.call("08:35:02", "A012", "Quầy 5", 1, LAND)
    assert said.getvalue().split() == "08:35:02 A012 → Quầy 5 Đất đai còn 4 khách chờ".split()
    assert said.getvalue().count("\n") == 1


def test_a_second_call_says_so() -> None:
    told, said = terminal()
    told.call("08:35:02", "A012", "Quầy 5", 2, LAND)
    assert "gọi lại lần 2" in said.getvalue()
    assert "chờ" not in said.getvalue()


def test_a_call_of_a_queue_that_is_not_known_is_told_all_the_same() -> None:
    told, said = terminal()
    told.call("08:35:02", "A012", "Quầy 28", 1, None)
    assert said.getvalue().split() == "08:35:02 A012 → Quầy 28".split()


def test_the_line_at_the_bottom_stands_only_where_a_cursor_can_move() -> None:
    for moves in (False, True):
        told, said = terminal(moves=moves)
        with told:
            told.starting()
            told.state(Tally(issued=3), 7, 2)
        assert ("Đang chờ 7" in said.getvalue()) is moves


def test_a_long_line_at_the_bottom_is_cut_and_never_wraps() -> None:
    told, said = terminal(moves=True)
    with told:
        told.state(Tally(1000, 1000, 1000, [5] * 1000), 1000, 1000)
    plain = re.sub(r"\x1b\[[0-9?]*[A-Za-z]", "\n", said.getvalue())
    assert max(map(len, plain.splitlines())) == 80


def test_everything_that_happened_is_counted() -> None:
    tally = Tally()
    for heard in (
        event("ticket.issued"),
        event("ticket.issued"),
        event("ticket.called"),
        event("ticket.recalled"),
        event("ticket.completed"),
        event("ticket.rated", score=4),
        event("ticket.rated", score=3),
        event("queue.opened"),
    ):
        tally.hear(heard)
    assert (tally.issued, tally.called, tally.completed, tally.scores) == (2, 1, 1, [4, 3])
    assert tally.sentence == "Đã phát 2 số   Gọi 1   Xong 1   2 đánh giá (3,5/5)"


def test_a_demo_that_rated_nothing_says_no_mean() -> None:
    assert Tally(issued=1).sentence == "Đã phát 1 số   Gọi 0   Xong 0"


def test_the_end_tells_whether_the_journal_is_whole() -> None:
    told, said = terminal()
    told.end(Tally(), Verdict(Head(455, b"\0" * 32), None))
    assert "Nhật ký nguyên vẹn: 455 sự kiện" in said.getvalue()
    told, said = terminal()
    told.end(Tally(), Verdict(Head(3, b"\0" * 32), Flaw(4, "changed")))
    assert "wrong from row 4" in said.getvalue()
    assert "nguyên vẹn" not in said.getvalue()


def test_the_steps_of_a_visit_stand_in_vietnamese_with_their_milliseconds() -> None:
    told, said = terminal()
    told.steps("E009", [("press sent", 0.0), ("panel shown", 9.04)])
    told.left(Path("out"), ["ticket.png"])
    assert "9.0 ms  Bảng LED hiện số" in said.getvalue()
    assert "Kết quả trong out/" in said.getvalue()


def test_the_title_and_the_addresses_fit_a_terminal_of_eighty_columns() -> None:
    told, said = terminal()
    name = "Trung tâm Phục vụ hành chính công tỉnh Tuyên Quang"
    told.title(name, "A hall", clock_sentences(datetime(2026, 11, 23, 8, 35, tzinfo=VIETNAM)))
    told.places([("Quầy 2, dành cho bạn", "yours to call", "http://127.0.0.1:8080/counter/2")])
    told.note("Ctrl-C để dừng.", "Ctrl-C ends everything.")
    lines = said.getvalue().splitlines()
    assert name in lines[1]
    assert any("bắt đầu lúc 08:35, Thứ Hai, 23/11/2026." in line for line in lines)
    assert max(map(len, lines)) <= 80


def test_a_hall_that_is_really_open_says_so() -> None:
    assert clock_sentences(None)[0].startswith("Trung tâm đang mở cửa")
