"""`hall explain` tells the whole story of a ticket, why it was called when it was, and no score."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from hall_controller.__main__ import cli
from hall_controller.domain import facts as f
from hall_controller.domain.catalogue import Text
from hall_controller.domain.commands import (
    CallNext,
    ClassTicket,
    CloseCounter,
    Hold,
    Miss,
    Rate,
    Recall,
    RecordPrint,
    Reprint,
    Requeue,
    Resume,
    Transfer,
    VoidTicket,
)
from hall_controller.domain.hall import Hall
from hall_controller.explain import page, story
from hall_controller.explain_calls import Names, who_waited_longer, why
from hall_controller.journal import Entry, Journal
from hall_controller.journal_days import day_records, days
from tests.hall_controller.domain.small_hall import TUESDAY, HallInPlay, small_hall
from tests.hall_controller.one_of_each_fact import RELEASE_0_1
from tests.hall_controller.settings_files import EXAMPLE

WEDNESDAY = TUESDAY + timedelta(days=1)


def told(play: HallInPlay, number: str) -> str:
    return page(number, TUESDAY, story(play.facts, number, Names(play.hall.catalogue)))


def a_priority_visit() -> HallInPlay:
    """A002 has priority, is printed, called before two who had waited longer, and rated after five minutes."""
    play = HallInPlay(clock="07:40")
    play.open("1")
    play.take("land")
    play.take("notary")
    play.wait(minutes=5)
    play.do(RecordPrint(play.take("land", "elderly"), "printer-1", "printed"))
    play.wait(minutes=2)
    play.next("1")
    play.wait(minutes=5)
    play.do(CallNext("1"))
    play.wait(seconds=10)
    play.do(Rate("1", 2, play.now.at, "pad"))
    play.wait(minutes=1)
    return play


def test_the_story_of_a_visitor_with_priority() -> None:
    assert (
        told(a_priority_visit(), "A002")
        == """\
A002 · Thứ Ba, 01/03/2022
A002 · Tuesday, 01/03/2022

07:45:00  Lấy số cho land (nộp hồ sơ) của tnmt, diện ưu tiên Người cao tuổi; phía trước có 0 người.
          Number taken for land (submit a dossier) of tnmt, with priority Elderly; 0 ahead.

          Đã in phiếu (printer-1).
          The ticket was printed (printer-1).

07:47:00  Gọi đến Quầy 1 sau 2 phút chờ; cán bộ lan, tnmt.
          Called to counter 1 after 2 min; officer lan, tnmt.

          Lý do: thuộc diện ưu tiên Người cao tuổi.
          Why: the visitor has priority: Elderly.

          Đã chờ lâu hơn: A001 (7 phút, không thuộc diện ưu tiên đó); B001 (7 phút, không thuộc diện ưu tiên đó).
          Had waited longer: A001 (7 min, not of that priority class); B001 (7 min, not of that priority class).

07:52:00  Bắt đầu phục vụ ở Quầy 1.
          Being served at counter 1.

          Kết thúc ở Quầy 1, 5 phút sau khi được gọi (cán bộ gọi người tiếp theo); cán bộ lan, tnmt.
          Ended at counter 1, 5 min after the call (the officer called the next visitor); officer lan, tnmt.

07:52:10  Đã đánh giá, ở giai đoạn nộp hồ sơ; điểm của một lượt không được nêu.
          Rated, at the stage submit a dossier; the score of a single visit is not told."""
    )


def test_a_visitor_who_did_not_come_and_came_back_and_is_still_there() -> None:
    play = HallInPlay(clock="07:40")
    play.open("1")
    number = play.take("land")
    play.next("1")
    play.wait(seconds=20)
    play.do(Recall("1"))
    play.do(Miss("1"))
    play.wait(minutes=3)
    play.do(Resume("1", number))
    play.do(Hold("1"))
    words = told(play, number)
    sentences = [
        "Gọi lần thứ 2 đến Quầy 1.",
        "Không có mặt khi được gọi: lỡ lượt.",
        "Trở lại Quầy 1; cán bộ lan, tnmt.",
        "Quầy 1 giữ lại số này.",
        "Số A001 được quầy giữ lại.",
    ]
    places = [words.index(sentence) for sentence in sentences]
    assert places == sorted(places)
    assert words.endswith("A001 is held by the counter.")


def test_who_was_sent_on_is_followed_from_counter_to_counter() -> None:
    play = HallInPlay(clock="07:40")
    play.open("1", "3", "4")
    number = play.take("land")
    waiting = play.take("land")
    play.next("1")
    play.do(Transfer("1", "4", "hồ sơ khác"))
    play.next("4")
    play.do(Transfer("4", "notary"))
    words = told(play, number)
    assert "Sent on to counter 4: hồ sơ khác." in words
    assert "Why: another counter had sent the visitor to this one." in words
    assert "Sent on to the queue notary." in words
    assert "is still waiting" in told(play, waiting)


def test_why_somebody_in_another_queue_was_not_called_first() -> None:
    play = HallInPlay(clock="07:40")
    play.open("3")
    play.take("notary")
    play.wait(minutes=4)
    number = play.take("land")
    play.next("3")
    assert "Had waited longer: B001 (4 min, in notary, from which the counter did not call then)." in told(
        play, number
    )


def one_who_came_back() -> HallInPlay:
    """A001 missed its call, came back ten minutes later to the front, and was called before A002 and A003."""
    play = HallInPlay(clock="07:40")
    play.open("1")
    play.take("land")
    play.wait(minutes=1)
    play.take("land")
    play.take("land")
    play.wait(minutes=5)
    play.next("1")
    play.do(Miss("1"))
    play.wait(minutes=10)
    play.do(Requeue("A001"))
    play.wait(minutes=1)
    play.next("1")
    return play


def test_who_came_back_after_a_missed_call_is_not_said_to_have_waited_longest() -> None:
    words = told(one_who_came_back(), "A001").partition("Called to counter 1 after 1 min")[2]
    assert "nobody had waited longer" not in words
    assert "Lý do: quay lại sau khi lỡ lượt" in words
    assert (
        "Had waited longer: A002 (16 min, A001 had come back after a missed call and was put before)" in words
    )
    assert "had missed a call and was put back" not in words, "it was not A002 who missed a call"


@pytest.mark.parametrize(
    ("number", "other", "en"),
    [
        ("A001", "A002", "Why not A002 (5 min, had not waited as long)."),
        ("A001", "A002", "Why not A002 (16 min, A001 had come back after a missed call and was put before)."),
        ("A001", "A009", "A009 had not been taken yet."),
        ("A002", "A003", "Why not A003 (16 min, took the later number)."),
        ("A002", "A001", "A001 was not waiting then: it had been served."),
    ],
)
def test_the_technician_asks_why_one_number_came_before_another(number: str, other: str, en: str) -> None:
    play = one_who_came_back()
    play.next("1")
    told_of = page(number, TUESDAY, story(play.facts, number, Names(), other))
    assert en in told_of
    assert told_of.count(other) >= told_of.count("Called to"), "told at every call"


def test_the_command_line_takes_the_other_number(tmp_path: Path) -> None:
    path = tmp_path / "j.sqlite"
    with Journal.open(path) as journal:
        journal.append([Entry(fact) for fact in one_who_came_back().facts])
    done = CliRunner().invoke(cli, ["explain", "--journal", str(path), "a001", "--before", " a002"])
    assert done.exit_code == 0
    assert "Sao không gọi A002 (16 phút, A001 quay lại sau khi lỡ lượt và được xếp trước)." in done.stdout


def test_of_many_who_waited_longer_the_first_are_named_and_the_rest_counted() -> None:
    play = HallInPlay(clock="07:40")
    play.open("2")
    for _ in range(8):
        play.take("land")
    play.wait(seconds=5)
    number = play.take("notary")
    play.next("2")
    words = told(play, number)
    assert "A005 (5 s, in land, from which the counter did not call then); and 3 more." in words
    assert "A006" not in words


def test_paper_and_void_numbers_are_told() -> None:
    play = HallInPlay(clock="07:40")
    number = play.take("land")
    play.do(RecordPrint(number, "printer-1", "failed", "paper out"))
    play.do(RecordPrint(number, "printer-1", "unknown"))
    play.do(Reprint(number))
    play.do(VoidTicket(number, "left"))
    words = told(play, number)
    assert "Không in được phiếu (printer-1): paper out." in words
    assert "Whether paper came out is not known (printer-1)." in words
    assert "A reprint was asked for." in words
    assert "The number became void: left." in words


def test_a_closing_counter_and_a_stand_in_are_told() -> None:
    play = HallInPlay(clock="07:40", day=WEDNESDAY)
    play.open("2")
    number = play.take("notary")
    play.next("2")
    play.do(Hold("2"))
    play.do(CloseCounter("2"))
    words = told(play, number)
    assert "cán bộ hoa của bd, trực thay cho tp." in words
    assert "officer hoa of bd, standing in for tp." in words
    assert "Chuyển sang hàng notary: quầy đóng." in words


@pytest.mark.parametrize(
    ("reason", "limit_s", "vi", "en"),
    [
        ("longest_wait", None, "chờ lâu nhất trong a, b", "nobody had waited longer in a, b"),
        ("aged", 1200.0, "đã chờ quá 20 phút", "the visitor had waited over 20 min"),
        ("overdue:a", 900.0, "trong hàng a có người đã chờ quá 15 phút", "somebody in a had waited over 15"),
        ("interleaved", None, "đến lượt người không thuộc diện", "it was the turn of somebody without"),
        ("chosen", None, "cán bộ tự chọn", "the officer chose"),
        ("", None, "không ghi lý do", "no reason was written down"),
        ("by_moonlight", None, "by_moonlight", "by_moonlight"),
    ],
)
def test_every_rule_of_the_order_has_words_and_an_unknown_one_is_told_as_it_stands(
    reason: str, limit_s: float | None, vi: str, en: str
) -> None:
    fact = f.TicketCalled(
        *HallInPlay().now, ticket="A001", counter="1", reason=reason, queues=("a", "b"), limit_s=limit_s
    )
    words = why(fact, Names())
    assert words.vi.startswith(vi)
    assert words.en.startswith(en)


@pytest.mark.parametrize(
    ("reason", "en"),
    [
        ("sent_here", "who was sent to the counter comes first"),
        ("chosen", "the officer chose another"),
        ("longest_wait", "by the rule of the queue"),
    ],
)
def test_why_another_of_the_same_queue_came_later(reason: str, en: str) -> None:
    play = HallInPlay(clock="07:40")
    play.take("land")
    play.wait(minutes=1)
    number = play.take("land")
    fact = f.TicketCalled(*play.now, ticket=number, counter="1", reason=reason)
    longer = who_waited_longer(play.hall, fact, Names())
    assert longer is not None
    assert longer.en == f"Had waited longer: A001 (1 min, {en})."


def test_a_call_of_a_number_that_was_never_given_out_says_nothing_of_others() -> None:
    fact = f.TicketCalled(HallInPlay().now.at, time_trusted=True, ticket="A001", counter="1")
    assert who_waited_longer(Hall(small_hall()), fact, Names()) is None


def test_names_without_the_halls_settings_are_the_identifiers() -> None:
    names = Names()
    assert names.queue("land") == names.service("land") == names.agency("land") == Text("land", "land")
    assert names.purpose("collect") == Text("nhận kết quả", "collect a result")
    assert names.priority("elderly").vi == "elderly"
    assert names.counter("5") == "5"


@pytest.mark.parametrize("number", ["A001", "A012", "A013", "B017"])
def test_every_kind_of_fact_of_an_old_journal_can_be_told(number: str) -> None:
    lines = story([entry.fact for entry in RELEASE_0_1], number, Names())
    assert all(line.text.vi and line.text.en for line in lines)


# Out of a journal, on the command line.


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    """Tuesday with A001 and A002, Wednesday with A001."""
    play = a_priority_visit()
    play.at(WEDNESDAY, "08:00")
    play.take("land")
    with Journal.open(tmp_path / "j.sqlite") as opened:
        opened.append([Entry(fact) for fact in play.facts])
    return tmp_path / "j.sqlite"


def explain(journal: Path, *words: str) -> Result:
    return CliRunner().invoke(cli, ["explain", "--journal", str(journal), *words])


def test_the_command_tells_the_last_day_on_which_the_number_was_given_out(journal: Path) -> None:
    assert explain(journal, "a001").stdout.startswith("A001 · Thứ Tư, 02/03/2022\n")
    assert explain(journal, "a002").stdout.startswith("A002 · Thứ Ba, 01/03/2022\n")
    assert explain(journal, "A001", "--day", "2022-03-01").stdout.startswith("A001 · Thứ Ba")


def test_the_score_of_a_visit_is_never_told(journal: Path) -> None:
    words = explain(journal, "A002").stdout
    assert "Đã đánh giá" in words
    assert "score 2" not in words
    assert "2/5" not in words


def test_names_are_told_when_the_settings_are_at_hand(journal: Path) -> None:
    words = explain(journal, "A002", "--hall", str(EXAMPLE)).stdout
    assert "của Sở Tài nguyên và Môi trường" in words
    assert "with priority Elderly" in words


def test_what_the_guidance_desk_does_is_told_with_who_did_it_and_nothing_else_is() -> None:
    play = HallInPlay(clock="07:40")
    play.open("1")
    number = play.take("land")
    play.do(Reprint(number, "kim"))
    play.do(ClassTicket(number, "elderly", "minh"))
    play.do(VoidTicket(number, "left", "kim"))
    lines = [line.text for line in story(play.facts, number, Names(play.hall.catalogue))]
    persons = [(before.en, line.en) for before, line in pairwise(lines) if line.en.startswith("Done by")]
    assert persons == [
        ("A reprint was asked for.", "Done by kim at the guidance desk."),
        ("Given priority at the desk: Elderly.", "Done by minh at the guidance desk."),
        ("The number became void: left.", "Done by kim at the guidance desk."),
    ]
    assert "Người thực hiện: minh (bàn hướng dẫn)." in [line.vi for line in lines]


def test_what_was_done_before_it_was_written_down_by_whom_names_nobody() -> None:
    play = HallInPlay(clock="07:40")
    play.open("1")
    number = play.take("land")
    play.do(VoidTicket(number, "left"))
    assert "Done by" not in told(play, number)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["A999"], "A999 was not given out in the last 31 business days: name another with --day"),
        (["A002", "--day", "2022-03-02"], "A002 was not given out on 2022-03-02"),
        (["A002", "--day", "yesterday"], "--day yesterday: not a day; write it as 2022-03-01"),
    ],
)
def test_what_cannot_be_explained_is_told_in_one_line(words: list[str], sentence: str, journal: Path) -> None:
    result = explain(journal, *words)
    assert (result.exit_code, result.stdout, result.stderr) == (1, "", sentence + "\n")


def test_a_day_or_a_journal_that_is_not_there_is_told_in_one_line(journal: Path, tmp_path: Path) -> None:
    other_day = explain(journal, "A001", "--day", "2020-01-01")
    assert other_day.stderr.endswith("holds nothing of 2020-01-01: its days are 2022-03-01 to 2022-03-02\n")
    nowhere = explain(tmp_path / "none.sqlite", "A001")
    assert nowhere.stderr == f"There is no journal at {tmp_path / 'none.sqlite'}: check the name.\n"
    Journal.open(tmp_path / "empty.sqlite").close()
    empty = explain(tmp_path / "empty.sqlite", "A001")
    assert empty.stderr == f"{tmp_path / 'empty.sqlite'} holds no business day yet\n"


def test_a_journal_is_read_day_by_day_while_it_is_being_written(journal: Path) -> None:
    with Journal.open(journal):
        assert days(journal) == [TUESDAY, WEDNESDAY]
        tuesday, wednesday = day_records(journal, TUESDAY), day_records(journal, WEDNESDAY)
        assert isinstance(tuesday[0].fact, f.DayOpened)
        assert tuesday[-1].seq + 1 == wednesday[0].seq
        assert wednesday[0].fact == f.DayOpened(wednesday[0].fact.at, time_trusted=True, day=WEDNESDAY)
        assert day_records(journal, date(2022, 3, 3)) == []
