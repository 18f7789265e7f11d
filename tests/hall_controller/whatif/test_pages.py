"""The answer on paper and on a terminal says what it should, in numbers as people write them in Viet Nam."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from hall_controller.domain.catalogue import Catalogue
from hall_controller.whatif import as_html, as_text, wording
from hall_controller.whatif.change import Change
from hall_controller.whatif.comparison import Answer, Formula, Span
from tests.hall_controller.domain.small_hall import small_hall
from tests.hall_controller.whatif.recorded_days import LAND

LESS = "\N{MINUS SIGN}"
MADE_AT = datetime(2022, 4, 18, 1, 0, tzinfo=UTC)


def with_waits(answer: Answer, before: float, after: float, gained: Span) -> Answer:
    """The same answer with these mean waits; the measured ones are those before."""
    spans = {"mean": Span(before, before, before), "p50": Span(before, before, before)}
    told = dict.fromkeys(("mean", "p50", "p90"), before)
    return replace(
        answer,
        measured=answer.measured | told,
        own=answer.own | told,
        before=answer.before | spans | {"p90": Span(before, before, before)},
        after=answer.after | {"mean": Span(after, after, after)},
        gained=answer.gained | {"mean": gained},
    )


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (Change(("land",), counters=1), "Nếu thêm 1 quầy: land"),
        (Change(("land",), counters=-2), "Nếu bớt 2 quầy: land"),
        (Change(("land", "notary"), pooled=True), "Nếu gộp các hàng chờ: land và notary"),
        (Change(("land",), opening="07:00-11:30"), "Nếu mở cửa 07:00-11:30: land"),
        (Change(("land",), profiles=("2=land",)), "Nếu đổi thứ tự gọi của quầy 2: land"),
        (Change(("land",)), "Nếu không đổi gì: land"),
    ],
)
def test_the_title_is_the_question(change: Change, said: str) -> None:
    assert wording.title(change, small_hall()) == said


def test_the_headline_is_the_answer(one_more: Answer) -> None:
    less = wording.headline(with_waits(one_more, 41.2, 4.96, Span(36, 20, 50)))
    assert less.startswith("Thời gian chờ bình quân giảm từ 41 phút xuống 5,0 phút; 9/10 khách")
    more = wording.headline(with_waits(one_more, 5.0, 20.0, Span(-15, -20, -10)))
    assert more.startswith("Thời gian chờ bình quân tăng từ 5,0 phút lên 20 phút")


def test_what_may_be_chance_is_no_answer(one_more: Answer) -> None:
    said = wording.headline(with_waits(one_more, 12.0, 11.0, Span(1, -2, 3)))
    assert "không làm thời gian chờ khác đi rõ rệt" in said


def test_a_replay_that_does_not_fit_is_told_before_any_number(one_more: Answer) -> None:
    wrong = replace(one_more, own=one_more.own | {"mean": 999.0})
    assert wording.headline(wrong).startswith("Chưa nên dựa vào kết quả này")
    assert "phút: KHÔNG khớp;" in wording.calibration(wrong)
    assert "phút: khớp;" in wording.calibration(one_more)


def test_days_that_were_worse_than_such_days_usually_are_say_so(one_more: Answer) -> None:
    told = one_more.measured["mean"]
    usual, unusual = (
        replace(one_more, before=one_more.before | {"mean": span})
        for span in (Span(told, told - 1, told + 1), Span(told - 9, told - 10, told - 8))
    )
    assert "không giống mức thường gặp" not in wording.calibration(usual)
    assert wording.calibration(unusual).endswith("nên những ngày này không giống mức thường gặp.")


def test_less_waiting_is_shown_as_less_and_shares_in_points(one_more: Answer) -> None:
    spans = {"mean": Span(23.5, 16.5, 26.0), "over_15": Span(0.44, 0.36, 0.49), "over_30": Span(0, 0, 0)}
    rows = {
        row.name: row.cells[-1] for row in wording.rows(replace(one_more, gained=one_more.gained | spans))
    }
    assert rows["Chờ bình quân (phút)"] == (f"{LESS}23,5", f"{LESS}26,0 đến {LESS}16,5")
    assert rows["Khách chờ quá 15 phút"] == (f"{LESS}44 điểm %", f"{LESS}49 đến {LESS}36")
    assert rows["Khách chờ quá 30 phút"] == ("0 điểm %", "0 đến 0")


def test_the_formula_says_where_a_line_only_grows(one_more: Answer) -> None:
    said = wording.formula(
        replace(one_more, per_hour=4.5, service_min=12, formula_before=Formula(1, 1.02, None))
    )
    assert "4,5 khách mỗi giờ, mỗi khách 12,0 phút" in said
    assert "1 quầy, tải 1,02: hàng chỉ dài thêm; 2 quầy, tải" in said


def test_few_replays_and_people_who_gave_up_are_told(one_more: Answer) -> None:
    few = " ".join(wording.limits(replace(one_more, gave_up=3)))
    assert "quá ít để tin vào khoảng" in few
    assert "3 khách bỏ về trước khi được gọi" in few
    many = replace(one_more, question=replace(one_more.question, seeds=20))
    assert "quá ít" not in " ".join(wording.limits(many))


def test_the_page_holds_the_answer_the_table_the_plot_and_a_place_to_sign(one_more: Answer) -> None:
    page = as_html.page(one_more, MADE_AT, "body { color: black }")
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.split("<body>")[1]))
    assert wording.headline(one_more) in text
    assert all(line in text for line in wording.limits(one_more))
    assert "Lập lúc 08:00 ngày 18/04/2022" in text
    assert "DỮ LIỆU TẬP HUẤN" in text
    assert "Giám đốc" in text
    assert page.count("<svg") == 1
    assert "<script" not in page
    assert page.count('<td class="number">') == 4 * len(wording.MEASURES)


def test_real_days_bear_no_mark_of_training(one_more: Answer) -> None:
    real = tuple(replace(day, training=False) for day in one_more.question.days)
    answer = replace(one_more, question=replace(one_more.question, days=real))
    assert "TẬP HUẤN" not in as_html.page(answer, MADE_AT, "") + as_text.page(answer)


def test_the_terminal_tells_the_same_in_columns(one_more: Answer, desk: Catalogue) -> None:
    lines = as_text.page(one_more).splitlines()
    assert lines[0] == wording.title(Change(LAND, counters=1), desk)
    assert lines[1] == "01/03/2022 đến 04/03/2022: 4 ngày, " + f"{one_more.visitors} khách"
    head = next(line for line in lines if "Đo được" in line)
    row = next(line for line in lines if line.startswith("Chờ bình quân"))
    assert head.index("Đo được") + len("Đo được") == row.index(wording.rows(one_more)[2].cells[0][0]) + 4
    assert max(map(len, lines)) <= 140
