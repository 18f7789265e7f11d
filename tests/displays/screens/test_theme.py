"""A theme that people could not read is refused, in one line that says why."""

from __future__ import annotations

from pathlib import Path

import pytest

from displays.screens.paint import FONTS
from displays.screens.theme import COLOURS, NEEDED, Colour, Theme, contrast
from displays.screens.theme_file import MARKED, read_theme
from tests.displays.screens.example_pictures import THEME


def theme(folder: Path, text: str) -> Path:
    file = folder / "theme.toml"
    file.write_text(text, "utf-8")
    return file


def refused(folder: Path, text: str) -> str:
    with pytest.raises(ValueError, match=r".") as error:
        read_theme(theme(folder, text))
    assert "\n" not in str(error.value)
    return str(error.value)


@pytest.mark.parametrize("known", [Theme(), read_theme(THEME)], ids=["ours", "example"])
def test_every_text_of_the_themes_that_ship_stands_out_from_its_ground(known: Theme) -> None:
    assert list(known.too_faint()) == []
    for (ink, ground), needed in NEEDED.items():
        assert contrast(known.colours[ink], known.colours[ground]) >= needed


def test_contrast_is_that_of_wcag() -> None:
    assert contrast(Colour(119, 119, 119), Colour(255, 255, 255)) == pytest.approx(4.48, abs=0.01)
    assert contrast(Colour(0, 0, 0), Colour(255, 255, 255)) == pytest.approx(21)


def test_a_theme_changes_what_it_names_and_nothing_else(tmp_path: Path) -> None:
    read = read_theme(theme(tmp_path, '[colours]\naccent = "#7CFC9A"\n'))
    assert read.colours["accent"] == (0x7C, 0xFC, 0x9A)
    assert {tone: colour for tone, colour in read.colours.items() if tone != "accent"} == {
        tone: colour for tone, colour in COLOURS.items() if tone != "accent"
    }


def test_a_faint_theme_is_refused_with_every_pair_that_is_too_faint(tmp_path: Path) -> None:
    told = refused(tmp_path, '[colours]\naccent = "#806020"\nquiet = "#506070"\n')
    assert "accent on ground has a contrast of " in told
    assert "and needs 7:1" in told
    assert "quiet on raised" in told
    assert "and needs 4.5:1" in told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[colours]\naccent = "amber"', 'colours.accent = "amber": a colour is written as #FFC439'),
        ('[colours]\nacent = "#FFC439"', "did you mean accent?"),
        ("[colours", "is not TOML"),
        ('[fonts]\nbold = "none.ttf"', "is no font that can be read"),
        ('[fonts]\nbold = "theme.toml"', "choose one with the Vietnamese alphabet"),
        ('logo = "theme.toml"', "is no picture that can be read; save it as PNG"),
    ],
)
def test_each_mistake_of_a_theme_says_what_to_do(tmp_path: Path, text: str, told: str) -> None:
    assert told in refused(tmp_path, text)


def test_a_missing_theme_is_told(tmp_path: Path) -> None:
    with pytest.raises(
        ValueError, match=r"none\.toml: No such file or directory; give the path of a theme\.toml"
    ):
        read_theme(tmp_path / "none.toml")


def test_a_font_of_the_halls_own_must_have_the_vietnamese_alphabet(tmp_path: Path) -> None:
    own = tmp_path / "own.ttf"
    own.write_bytes((FONTS / "HallSans-Bold.ttf").read_bytes())
    assert read_theme(theme(tmp_path, '[fonts]\nbold = "own.ttf"\n')).fonts == {"Bold": own}
    assert len(set(MARKED)) == len(MARKED) > 90
