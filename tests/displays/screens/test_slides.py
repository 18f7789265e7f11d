"""Pictures while nobody is called: never in the way of a call, and a folder without pictures is no fault."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from displays.screens.examples import NOW
from displays.screens.slides import Slides


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("b.jpg", "a.png", "notes.txt", "c.WEBP"):
        (tmp_path / name).write_bytes(b"")
    return tmp_path


def wanted(slides: Slides, at_s: float, *, quiet: bool = True) -> str | None:
    file = slides.wanted(quiet=quiet, now=NOW + timedelta(seconds=at_s), at_s=at_s)
    return file.name if file else None


def test_pictures_come_when_nobody_was_called_for_a_while_and_go_with_the_next_call(folder: Path) -> None:
    slides = Slides(folder, after_s=60, each_s=20)
    assert [wanted(slides, at_s) is not None for at_s in (0, 59, 60, 90)] == [False, False, True, True]
    assert wanted(slides, 95, quiet=False) is None
    assert wanted(slides, 96) is None, "the quiet begins anew"
    assert wanted(slides, 157) is not None


def test_each_picture_has_its_turn_and_other_files_have_none(folder: Path) -> None:
    slides = Slides(folder, after_s=0, each_s=20)
    seen = [wanted(slides, at_s) for at_s in range(0, 60, 20)]
    assert sorted(name for name in seen if name) == ["a.png", "b.jpg", "c.WEBP"]


def test_a_folder_that_is_empty_missing_or_not_wanted_shows_nothing(tmp_path: Path) -> None:
    for slides in (Slides(tmp_path, 0, 20), Slides(tmp_path / "none", 0, 20), Slides(None, 0, 20)):
        assert wanted(slides, 100) is None


def test_the_screen_wakes_for_the_first_picture_and_for_each_next_one(folder: Path) -> None:
    slides = Slides(folder, after_s=60, each_s=20)
    assert slides.next_s(NOW, 0) is None
    wanted(slides, 0)
    assert slides.next_s(NOW, 10) == 50
    late = NOW + timedelta(seconds=100)
    assert slides.next_s(late, 100) == 20 - late.timestamp() % 20
