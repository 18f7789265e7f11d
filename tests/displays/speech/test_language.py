"""A call in words: Vietnamese and English as they ship, and a third language that is only a folder."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from displays.speech.language import Language, known, read_language
from hall_controller.errors import ConfigError

TAY = """
name = "Tày"
espeak = ""
numbers = "table"
[sentences]
call = "xin-moi {ticket} pay {counter}"
next = "{ticket} pay {counter}"
place = "xin-moi {ticket} pay {place}"
screen = "xin-moi {ticket}"
[clips]
xin-moi = "Slinh mời slố"
pay = "pây ăn bàn slố"
0 = "khôông"
1 = "nưng"
2 = "slong"
3 = "slam"
4 = "slí"
5 = "hả"
6 = "hốc"
7 = "chất"
8 = "pét"
9 = "cẩu"
10 = "slíp"
[table]
0 = "0"
1 = "1"
2 = "2"
3 = "3"
4 = "4"
5 = "5"
6 = "6"
7 = "7"
8 = "8"
9 = "9"
10 = "10"
20 = "{times} 10 {rest}"
[letters]
A = "a"
[places]
le-tan = "bàn đón"
"""


def own_language(folder: Path, text: str = TAY) -> Path:
    (folder / "tay").mkdir()
    (folder / "tay" / "sentence.toml").write_text(text, "utf-8")
    return folder


def said(language: Language, *words: str, **settings: object) -> str:
    texts = language.texts()
    return " ".join(texts[clip] for clip in language.call(*words, **settings))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def vietnamese() -> Language:
    return read_language("vi")


@pytest.fixture(scope="module")
def english() -> Language:
    return read_language("en")


def test_a_call_is_vietnamese_as_the_hall_speaks_it(vietnamese: Language) -> None:
    assert said(vietnamese, "A012", "5") == "Mời số a không một hai đến quầy số năm"


@pytest.mark.parametrize(
    ("ticket", "counter", "sentence"),
    [
        ("A015", "5", "Mời số a mười lăm đến quầy số năm"),
        ("B021", "11", "Mời số bê hai mươi mốt đến quầy số mười một"),
        ("K105", "21", "Mời số ca một trăm linh năm đến quầy số hai mươi mốt"),
        ("A1025", "64", "Mời số a một nghìn không trăm hai mươi lăm đến quầy số sáu mươi bốn"),
    ],
)
def test_numbers_are_cardinals_when_the_hall_wants_them(
    ticket: str, counter: str, sentence: str, vietnamese: Language
) -> None:
    assert said(vietnamese, ticket, counter, numbers="cardinal") == sentence


def test_a_missing_ten_is_said_as_in_the_south_when_the_hall_wants_it(vietnamese: Language) -> None:
    spoken = said(vietnamese, "A105", "5", numbers="cardinal", missing_ten="lẻ")
    assert spoken == "Mời số a một trăm lẻ năm đến quầy số năm"


def test_a_counters_number_is_a_cardinal_even_where_tickets_are_figures(vietnamese: Language) -> None:
    assert said(vietnamese, "A012", "15") == "Mời số a không một hai đến quầy số mười lăm"


def test_a_call_in_english(english: Language) -> None:
    assert said(english, "A012", "25") == "Number A zero one two please go to counter twenty five"
    assert said(english, "A112", "5", numbers="cardinal").startswith("Number A one hundred twelve please")


def test_the_second_call_in_one_breath_is_shorter(vietnamese: Language, english: Language) -> None:
    assert said(vietnamese, "A012", "5", follows=True) == "số a không một hai đến quầy số năm"
    assert said(english, "A012", "5", follows=True) == "Number A zero one two counter five"


@pytest.mark.parametrize(
    ("counter", "end"), [("5a", "quầy số năm a"), ("B2", "quầy số bê hai"), ("C", "quầy số xê")]
)
def test_a_counter_with_a_letter_is_spoken(counter: str, end: str, vietnamese: Language) -> None:
    assert said(vietnamese, "A012", counter).endswith(end)


@pytest.mark.parametrize("counter", ["Lễ tân", "", "5-6", "12345", "Ô cửa 3"])
def test_a_counter_that_cannot_be_spoken_is_shown(counter: str, vietnamese: Language) -> None:
    assert said(vietnamese, "A012", counter).endswith("không một hai xem quầy trên màn hình")


def test_every_ticket_can_be_called_in_both_languages(vietnamese: Language, english: Language) -> None:
    for language in (vietnamese, english):
        texts = language.texts()
        for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ":
            for numbers in ("digits", "cardinal"):
                clips = language.call(f"{letter}0407", "17", numbers=numbers)
                assert set(clips) <= set(texts)
                assert f"letter-{letter.lower()}" in clips


def test_a_third_language_is_added_by_adding_a_folder(tmp_path: Path) -> None:
    own = own_language(tmp_path)
    assert known(own) == ["en", "tay", "vi"]
    tay = read_language("tay", own)
    assert said(tay, "A012", "25") == "Slinh mời slố a khôông nưng slong pây ăn bàn slố slong slíp hả"
    assert said(tay, "B012", "5") == "Slinh mời slố khôông nưng slong pây ăn bàn slố hả"
    assert (
        said(tay, "A012", "Lễ tân", place="le-tan")
        == "Slinh mời slố a khôông nưng slong pây ăn bàn slố bàn đón"
    )


def test_a_number_beyond_a_languages_table_is_said_in_figures(tmp_path: Path) -> None:
    tay = read_language("tay", own_language(tmp_path, TAY.replace("20 = ", "# 20 = ")))
    assert tay.call("A1", "25")[-2:] == ["2", "5"]


def test_the_halls_own_sentences_come_before_those_that_ship(tmp_path: Path) -> None:
    (tmp_path / "vi").mkdir()
    (tmp_path / "vi" / "sentence.toml").write_text(TAY, "utf-8")
    assert read_language("vi", tmp_path).name == "Tày"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            ('call = "xin-moi {ticket} pay {counter}"', 'call = "xin-moi {ticket}"'),
            "give it {counter} and {ticket}",
        ),
        (('screen = "xin-moi {ticket}"', ""), "[sentences] lacks screen"),
        (('pay = "pây ăn bàn slố"', ""), "[clips] lacks pay"),
        (('7 = "chất"\n8 = "pét"', ""), "[clips] lacks 7, 8"),
        (('numbers = "table"', 'numbers = "vietnamese"'), "[clips] lacks a clip that says ba"),
        (('numbers = "table"', 'numbers = "roman"'), "numbers"),
        (('name = "Tày"', 'nam = "Tày"'), "there is no such setting"),
        (("[sentences]", "[sentences"), "tay/sentence.toml"),
    ],
)
def test_a_mistake_in_a_language_is_told_with_the_file(
    change: tuple[str, str], told: str, tmp_path: Path
) -> None:
    assert change[0] in TAY
    with pytest.raises(ConfigError, match=re.escape(told)) as error:
        read_language("tay", own_language(tmp_path, TAY.replace(*change)))
    assert "tay/sentence.toml" in str(error.value)


def test_a_language_that_nobody_has_is_told_with_those_there_are() -> None:
    with pytest.raises(ConfigError, match="no language tay; there is en, vi"):
        read_language("tay")
