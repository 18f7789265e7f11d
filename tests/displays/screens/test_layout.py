"""Everything stands on the screen, large enough and apart, in every size and shape, whatever the boards say."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import PurePath

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from displays.config import ScreenSettings
from displays.screens import theme
from displays.screens.edges import Logo
from displays.screens.examples import CALLED, EXAMPLES, FIELDS, NOW, called, fields, hall, known
from displays.screens.layout import layout
from displays.screens.sheet import Page, Photo, Words
from displays.screens.still import said
from displays.screens.view import Place, View, Way, board_calls, view
from tests.displays.screens.any_hall import views
from tests.displays.screens.laid_out import PAINTER, lines, on_a_picture, outside, overlapping, texts

WIDE, UPRIGHT, UHD, UHD_UPRIGHT = (1920, 1080), (1080, 1920), (3840, 2160), (2160, 3840)
ODD = [(1366, 768), (1024, 768), (1280, 1024), (2560, 1080), (720, 1280)]
LEAST = {"number": 240, "row": 88, "notice": 40}
"""Heights of capitals in pixels of a Full HD screen, by what a text is for."""


def page(state: str, size: tuple[int, int]) -> Page:
    return layout(said(EXAMPLES[state](), ScreenSettings()), *size, PAINTER.measure)


@pytest.mark.parametrize("size", [WIDE, UPRIGHT, UHD, UHD_UPRIGHT, *ODD])
@pytest.mark.parametrize("state", EXAMPLES)
def test_nothing_leaves_the_screen_and_no_ink_touches_other_ink(state: str, size: tuple[int, int]) -> None:
    laid = page(state, size)
    assert not outside(laid)
    assert not overlapping(laid)


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(
    anything=views(),
    size=some.sampled_from([WIDE, UPRIGHT]),
    slide=some.sampled_from([None, PurePath("a.png")]),
)
def test_whatever_the_boards_say_it_fits_and_keeps_its_sizes(
    anything: View, size: tuple[int, int], slide: PurePath | None
) -> None:
    laid = layout(replace(anything, slide=slide), *size, PAINTER.measure, Logo(PurePath("logo.png"), 3.0))
    assert not outside(laid)
    assert not overlapping(laid)
    assert not on_a_picture(laid)
    for words in lines(laid):
        assert words.cap >= least(words), words


def least(words: Words) -> float:
    """A number of a letter and four figures has one smaller step; quiet text may be missed."""
    if words.role == "number" and len(words.text) > len("A012"):
        return theme.LONG_NUMBER_CAP
    return LEAST.get(words.role, theme.SMALL_CAP)


@pytest.mark.parametrize("size", [WIDE, UPRIGHT])
@pytest.mark.parametrize("state", ["calling", "several-calls", "stand-in", "training", "64-counters"])
def test_sizes_follow_distance_on_a_full_hd_screen(state: str, size: tuple[int, int]) -> None:
    laid = page(state, size)
    for role, cap in LEAST.items():
        of_role = [words for words in lines(laid) if words.role == role]
        assert of_role
        assert min(words.cap for words in of_role) >= cap


def test_a_screen_of_twice_the_pixels_shows_the_same_twice_as_large() -> None:
    for small, large in ((WIDE, UHD), (UPRIGHT, UHD_UPRIGHT)):
        here, there = lines(page("64-counters", small)), lines(page("64-counters", large))
        assert [words.text for words in here] == [words.text for words in there]
        assert [words.cap * 2 for words in here] == pytest.approx([words.cap for words in there])


def test_the_call_takes_a_third_of_the_screen_and_nothing_is_as_large() -> None:
    largest, second, third, *_ = sorted(lines(page("calling", WIDE)), key=lambda words: -words.cap)
    assert [largest.text, second.text] == ["A012", "5"]
    assert largest.cap > 1.3 * second.cap
    assert second.cap > 1.5 * third.cap


@pytest.mark.parametrize("state", EXAMPLES)
def test_every_text_lies_on_a_ground_that_themes_are_checked_for(state: str) -> None:
    for words in lines(page(state, WIDE)):
        needed = 7.0 if words.role in {"number", "row"} else 4.5
        assert theme.NEEDED[words.tone, words.on] >= needed, words


def test_only_calls_happening_now_have_the_accent() -> None:
    accented = {words.text for words in lines(page("calling", WIDE)) if words.tone == "accent"}
    assert accented == {"A012", "Quầy", "5"}
    for state in ("normal", "nobody-waiting", "closed", "stale", "disconnected"):
        assert all(getattr(item, "tone", "") != "accent" for item in page(state, WIDE).items)


def test_the_accent_is_never_the_only_sign() -> None:
    known_now = EXAMPLES["calling"]()
    settled = layout(view(known_now.known, now=NOW, large=None), *WIDE, PAINTER.measure)
    lit = page("calling", WIDE)
    assert len(lit.items) > len(settled.items), "a bar stands beside the call, for eyes that see no colour"


@pytest.mark.parametrize("size", [WIDE, UPRIGHT])
def test_a_row_keeps_its_place_while_highlights_go_on(size: tuple[int, int]) -> None:
    known_now = EXAMPLES["calling"]().known
    places = []
    for large in board_calls(known_now)[:4]:
        laid = layout(view(known_now, now=NOW, large=large), *size, PAINTER.measure)
        places.append({(words.text, words.baseline) for words in lines(laid) if words.cap == theme.ROW_CAP})
    assert all(place == places[0] for place in places)
    assert {"A012", "C103", "B047", "A011"} <= {text for text, _ in places[0]}


def test_a_text_that_does_not_fit_loses_words_never_size() -> None:
    short, long = page("calling", WIDE), page("longest-names", WIDE)
    cap_of_a_field = {words.cap for words in lines(short) if words.text in {name for _, name, _ in FIELDS}}
    shortened = [words for words in lines(long) if words.text.startswith("Đăng ký biện pháp")]
    assert shortened
    assert all(words.text.endswith("…") and {words.cap} == cap_of_a_field for words in shortened)


def test_the_end_of_a_counters_name_is_what_stays() -> None:
    for size in (WIDE, UPRIGHT):
        told = [text for text in texts(page("longest-names", size)) if text.endswith("128") and text != "128"]
        assert all(text.startswith("…") for text in told)
        assert "M8888" in texts(page("longest-names", size))


def test_a_long_notice_takes_two_lines_before_it_is_cut() -> None:
    told = " ".join(texts(page("longest-names", WIDE)))
    assert "Sở Lao động - Thương binh và Xã hội và Ban Quản lý các khu công nghiệp" in told


def test_fields_that_do_not_fit_take_turns_and_none_is_left_out() -> None:
    newest, seen = known(hall(), called(*CALLED), *fields()), set[str]()
    for turn in range(3):
        now = NOW + timedelta(seconds=15 * turn)
        seen |= set(texts(layout(view(newest, now=now, large=None), *UPRIGHT, PAINTER.measure)))
    assert {"Đất đai", "Đầu tư", "Công chứng", "Y tế", "1/3", "2/3", "3/3"} <= seen


def test_an_arrow_and_a_zone_stand_where_the_hall_has_set_them_and_nowhere_else() -> None:
    example = EXAMPLES["calling"]()
    place = Place({"5": Way("left", "Khu A", "Zone A")})
    pointed = layout(view(example.known, now=NOW, large=example.large, place=place), *WIDE, PAINTER.measure)
    assert {"Khu A", "Zone A"} <= set(texts(pointed))
    count = {
        name: [type(item).__name__ for item in laid.items].count("Shape")
        for name, laid in (("set", pointed), ("not", page("calling", WIDE)))
    }
    assert count == {"set": 2, "not": 0}, "in the large field and in the row"


def test_a_picture_takes_the_place_of_the_large_field_and_leaves_the_fields() -> None:
    example = EXAMPLES["normal"]()
    quiet = replace(view(example.known, now=NOW, large=None), slide=PurePath("town.jpg"))
    for size in (WIDE, UPRIGHT):
        laid = layout(quiet, *size, PAINTER.measure)
        assert [item.file.name for item in laid.items if isinstance(item, Photo)] == ["town.jpg"]
        assert "Đang chờ" in texts(laid)
        assert "A012" not in texts(laid)


def test_the_halls_mark_stands_left_of_its_name() -> None:
    laid = layout(
        said(EXAMPLES["calling"](), ScreenSettings()), *WIDE, PAINTER.measure, Logo(PurePath("l.png"), 2.0)
    )
    (mark,) = (item for item in laid.items if isinstance(item, Photo))
    name = next(words for words in lines(laid) if words.text.startswith("Trung tâm"))
    assert mark.x + mark.width < name.x


@settings(deadline=None, max_examples=25)
@given(width=some.integers(640, 4000), height=some.integers(640, 4000))
def test_any_size_of_screen_can_be_laid_out(width: int, height: int) -> None:
    laid = page("calling", (width, height))
    assert (laid.width, laid.height) == (width, height)
    assert {"A012", "Quầy", "5", "08:05"} <= set(texts(laid))
    assert not outside(laid)
