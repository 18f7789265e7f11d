"""Everything stands on the screen, large enough and apart, in every size and shape."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta, timezone
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from displays.screens import theme
from displays.screens.layout import layout
from displays.screens.paint import Painter
from displays.screens.sheet import Page, Words
from displays.screens.theme import CAP_PER_EM, contrast
from displays.screens.view import View, board_calls, view
from hall_controller.messages import Text
from tests.displays.boards import MORNING, busy_morning, recent

NOW = MORNING.astimezone(timezone(timedelta(hours=7)))
CALLS = recent(
    ("A012", "5", 2), ("C103", "28", 50), ("B047", "12", 130), ("A011", "3", 190), ("D008", "7", 300)
)
PRINTER = [Text(vi="Máy in hết giấy, mời quý khách lấy số tại bàn hướng dẫn", en="")]
SIZES = [
    (1920, 1080),
    (1080, 1920),
    (3840, 2160),
    (1366, 768),
    (1024, 768),
    (1280, 1024),
    (2560, 1080),
    (720, 1280),
]
PAINTER = Painter()


def calling() -> View:
    known = busy_morning(*CALLS, notices=PRINTER)
    return view(known, now=NOW, large=board_calls(known)[0])


STATES: dict[str, View] = {
    "calling": calling(),
    "settled": view(busy_morning(*CALLS), now=NOW, large=None),
    "waiting": view(busy_morning(), now=NOW, large=None),
    "idle": view(busy_morning(waiting=False), now=NOW, large=None),
    "closed": view(busy_morning(open=False, next_opening=MORNING + timedelta(days=1)), now=NOW, large=None),
    "stale": view(busy_morning(*CALLS), now=NOW, large=None, stale_since=NOW),
    "training": view(busy_morning(*CALLS, training=True), now=NOW, large=None),
    "long name": replace(calling(), hall="Bộ phận Tiếp nhận và Trả kết quả " * 6),
    "long number": replace(calling(), hero=replace(calling().hero, title="A1012", counter="Quầy 128")),
}


def page(state: str, size: tuple[int, int]) -> Page:
    return layout(STATES[state], *size, PAINTER.measure)


def lines(laid: Page) -> list[Words]:
    return [item for item in laid.items if isinstance(item, Words)]


def cap(words: Words) -> float:
    return words.em * CAP_PER_EM


def box(words: Words) -> tuple[float, float, float, float]:
    """What a reader sees of a line: left, top of the capitals, right, baseline."""
    return words.x, words.baseline - cap(words), words.x + words.width, words.baseline


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("state", STATES)
def test_nothing_leaves_the_screen_and_no_line_lies_on_another(state: str, size: tuple[int, int]) -> None:
    laid = page(state, size)
    for words in lines(laid):
        left, top, right, bottom = box(words)
        assert left >= 0, words
        assert top >= 0, words
        assert right <= size[0], words
        assert bottom <= size[1], words
    for one, other in combinations(lines(laid), 2):
        apart_x = box(one)[2] <= box(other)[0] or box(other)[2] <= box(one)[0]
        apart_y = box(one)[3] <= box(other)[1] or box(other)[3] <= box(one)[1]
        assert apart_x or apart_y, (one.text, other.text)


def test_sizes_follow_distance_on_a_full_hd_screen() -> None:
    for size in ((1920, 1080), (1080, 1920)):
        by_role = {
            role: [words for words in lines(page("calling", size)) if words.role == role]
            for role in ("number", "row", "notice")
        }
        assert min(cap(words) for words in by_role["number"]) >= 240
        assert min(cap(words) for words in by_role["row"]) >= 87.5
        assert min(cap(words) for words in by_role["notice"]) >= 39.5


def test_the_call_takes_a_third_of_the_screen_and_nothing_is_as_large() -> None:
    laid = page("calling", (1920, 1080))
    largest, second, third, *_ = sorted(lines(laid), key=cap, reverse=True)
    assert [largest.text, second.text] == ["A012", "Quầy 5"]
    assert cap(largest) > 1.5 * cap(second)
    assert cap(second) > 1.5 * cap(third)


@pytest.mark.parametrize("state", STATES)
def test_every_text_stands_out_from_what_lies_behind_it(state: str) -> None:
    for words in lines(page(state, (1920, 1080))):
        least = 7.0 if words.role in {"number", "row"} else 4.5
        assert contrast(words.colour, words.on) >= least, words


def test_only_the_call_happening_now_has_the_accent() -> None:
    accented = {words.text for words in lines(page("calling", (1920, 1080))) if words.colour == theme.ACCENT}
    assert accented == {"A012", "Quầy 5", "5"}
    for state in ("settled", "waiting", "idle", "closed", "stale"):
        assert all(item.colour != theme.ACCENT for item in page(state, (1920, 1080)).items)


def test_the_accent_is_never_the_only_sign() -> None:
    lit, settled = page("calling", (1920, 1080)), page("settled", (1920, 1080))
    assert len(lit.items) > len(settled.items), "a bar stands beside the call, for eyes that see no colour"


def test_a_row_keeps_its_place_while_highlights_go_on() -> None:
    known = busy_morning(*CALLS)
    places = []
    for large in board_calls(known)[:4]:
        laid = layout(view(known, now=NOW, large=large), 1920, 1080, PAINTER.measure)
        rows = [words for words in lines(laid) if words.em == round(theme.em(theme.ROW_CAP))]
        places.append({(words.text, words.baseline) for words in rows})
    assert all(place == places[0] for place in places)
    assert {"A012", "C103", "B047", "A011"} <= {text for text, _ in places[0]}


def test_a_text_that_does_not_fit_loses_words_never_size() -> None:
    short, long = page("calling", (1920, 1080)), page("long name", (1920, 1080))
    names = [words for words in lines(long) if words.text.startswith("Bộ phận") or words.text.endswith("…")]
    assert any(words.text.endswith("…") for words in names)
    assert {words.em for words in names} == {
        words.em for words in lines(short) if words.text.startswith("Trung tâm")
    }


def test_a_notice_of_two_lines_is_whole_on_an_upright_screen() -> None:
    texts = [words.text for words in lines(page("calling", (1080, 1920)))]
    assert PRINTER[0].vi in " ".join(texts)


def test_queues_that_do_not_fit_are_counted() -> None:
    texts = [words.text for words in lines(page("calling", (1920, 1080)))]
    assert "và 4 hàng khác" in texts
    assert {"B", "D", "G"} <= set(texts)


@settings(deadline=None, max_examples=40)
@given(width=some.integers(640, 4000), height=some.integers(640, 4000))
def test_any_size_of_screen_can_be_laid_out(width: int, height: int) -> None:
    laid = page("calling", (width, height))
    assert (laid.width, laid.height) == (width, height)
    texts = {words.text for words in lines(laid)}
    assert {"A012", "Quầy 5", "08:05"} <= texts
    assert all(box(words)[2] <= width and box(words)[3] <= height for words in lines(laid))
