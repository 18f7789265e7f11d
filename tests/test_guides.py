"""The guides tell what is so: every key, page, alert and picture, in Vietnamese and in English alike.

Commands, settings and files that they name are checked with all other documents, in test_documentation.
"""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from typing import Final

import pytest
from PIL import Image

from hall_controller.equipment.advice import ADVICE
from hall_controller.web.access import ACCESS, Table
from hall_controller.web.page_routes import KEYS
from tests.pictures.surfaces import guides

GUIDES: Final = Path(__file__).parent.parent / "guides"
PAIRS: Final = (
    ("can-bo", "officer"),
    ("ban-huong-dan", "desk"),
    ("ky-thuat", "technician"),
    ("quan-ly", "manager"),
)
ALL: Final = sorted(GUIDES.glob("*/*.md"))
NAMES: Final = [str(path.relative_to(GUIDES)) for path in ALL]
ONE_SHEET: Final = 60


def read(name: str) -> str:
    return (GUIDES / f"{name}.md").read_text("utf-8")


def test_every_guide_is_there_in_both_languages_and_named_on_the_first_page() -> None:
    assert sorted([*(f"vi/{vi}.md" for vi, _ in PAIRS), *(f"en/{en}.md" for _, en in PAIRS)]) == NAMES
    for name in NAMES:
        assert f"({name})" in read("README")


@pytest.mark.parametrize(("vi", "en"), PAIRS, ids=lambda name: name)
def test_both_languages_tell_the_same(vi: str, en: str) -> None:
    def shape(text: str) -> list[str]:
        """Headings, steps, rows and pictures, in their order."""
        return re.findall(r"^(#+ |\d+\. |\||!)", text, re.MULTILINE)

    def code(text: str) -> list[str]:
        return sorted(re.findall(r"`([^`]+)`", text))

    told, again = read(f"vi/{vi}"), read(f"en/{en}")
    assert shape(told) == shape(again)
    assert code(told) == code(again), "a command that only one of them names"


@pytest.mark.parametrize(("language", "name"), [("vi", "can-bo"), ("en", "officer")])
def test_the_officers_sheet_has_every_key_and_its_letter(language: str, name: str) -> None:
    text = read(f"{language}/{name}")
    for _, vi, en, letter in KEYS:
        assert f"| **{vi if language == 'vi' else en}** | `{letter}` |" in text
    assert len(text.splitlines()) < ONE_SHEET


@pytest.mark.parametrize(("language", "name"), [("vi", "ky-thuat"), ("en", "technician")])
def test_every_alert_of_the_hall_stands_in_the_technicians_guide_with_what_to_do(
    language: str, name: str
) -> None:
    rows = re.findall(
        r"^\| `([a-z-]+)(…?)` \| ([^|]+) \| ([^|]+) \|$", read(f"{language}/{name}"), re.MULTILINE
    )
    told = {code: (more, advice) for code, more, _, advice in rows}
    assert told == {
        code: ("…" if code.endswith("-") else "", text.vi if language == "vi" else text.en)
        for code, text in ADVICE.items()
    }
    assert all(means.strip() for _, _, means, _ in rows)


@pytest.mark.parametrize("path", ALL, ids=NAMES)
def test_every_page_that_a_guide_opens_exists(path: Path) -> None:
    opened = set(re.findall(r"`(/[a-z-]+(?:/[a-z0-9-]+)?)`", path.read_text("utf-8")))
    pages = {page for page in opened if not page.startswith(("/etc", "/opt", "/var", "/media"))}
    assert pages
    assert not [page for page in pages if Table(ACCESS).find("GET", page) is None]


@pytest.mark.parametrize("path", ALL, ids=NAMES)
def test_every_guide_has_a_picture_with_words_beside_it(path: Path) -> None:
    shown = re.findall(r"!\[([^\]]+)\]\(\.\./pictures/([a-z-]+)\.png\)", path.read_text("utf-8"))
    assert shown
    for words, name in shown:
        assert len(words) > 10
        assert name in guides.NAMES, "make pictures draws no such picture"
        with Image.open(guides.FOLDER / f"{name}.png") as picture:
            assert picture.width == guides.SIZE[0]


def test_no_picture_lies_there_that_no_guide_shows() -> None:
    text = "".join(path.read_text("utf-8") for path in ALL)
    assert {path.stem for path in guides.FOLDER.glob("*.png")} == set(guides.NAMES)
    assert all(f"{name}.png" in text for name in guides.NAMES)


@pytest.mark.parametrize("path", [*ALL, GUIDES / "README.md"], ids=[*NAMES, "README.md"])
def test_marks_are_whole_letters(path: Path) -> None:
    text = path.read_text("utf-8")
    assert unicodedata.is_normalized("NFC", text)
    assert max(len(line) for line in text.splitlines() if not line.startswith("|")) <= 190


@pytest.mark.parametrize("name", ["en/technician", "vi/ky-thuat"])
def test_commands_of_a_new_machine_are_found_and_may_read_what_only_the_controller_may(name: str) -> None:
    text = read(name)
    found = text.index("/opt/hall/.venv/bin/hall /opt/hall/.venv/bin/hall-display /usr/local/bin/")
    assert found < text.index("hall install")
    for command in ("officer add", "device adopt", "backup", "restore", "verify", "install", "firmware"):
        named = re.findall(rf"`(sudo (?:-u hall )?|)hall {command}", text)
        assert named, command
        assert all(named), command


@pytest.mark.parametrize("name", ["en/technician", "vi/ky-thuat"])
def test_a_technician_is_told_how_a_spare_takes_the_place_of_a_pad(name: str) -> None:
    assert "`sudo hall device adopt /etc/hall/hall.toml pad-5`" in read(name)
    assert "`mqtt.spares`" in read(name)
