"""The hall screen looks as it was last looked at and found good.

When a change is meant, look at both pictures that the failure names, then: make pictures ARGS="--renew-golden screens".
"""

from __future__ import annotations

from pathlib import Path

import pygame
import pytest

from tests.displays.screens import golden
from tests.displays.screens.example_pictures import golden_pictures

PICTURES = golden_pictures()
A_REPOSITORY_CAN_BEAR = 5_000_000


@pytest.mark.parametrize("name", PICTURES)
def test_the_screen_looks_as_it_did(name: str, tmp_path: Path) -> None:
    found = golden.difference(PICTURES[name](), golden.FOLDER / f"{name}.png", tmp_path / f"{name}.png")
    if found:
        pytest.fail(found, pytrace=False)


def test_nothing_is_kept_that_no_state_shows_and_all_of_it_is_small() -> None:
    kept = {file.stem: file.stat().st_size for file in golden.FOLDER.glob("*.png")}
    assert set(kept) == set(PICTURES)
    assert sum(kept.values()) < A_REPOSITORY_CAN_BEAR


def test_a_word_that_moved_by_a_few_pixels_is_found_and_shown_beside_the_old_picture(tmp_path: Path) -> None:
    before, after = (pygame.Surface((400, 200)) for _ in range(2))
    for surface, x in ((before, 100), (after, 103)):
        surface.fill("black")
        pygame.draw.rect(surface, "white", (x, 50, 30, 80))
    golden.keep(before, tmp_path / "kept.png")
    assert not golden.difference(before, tmp_path / "kept.png", tmp_path / "beside.png")
    found = golden.difference(after, tmp_path / "kept.png", tmp_path / "beside.png")
    assert str(tmp_path / "beside.png") in found
    assert pygame.image.load(tmp_path / "beside.png").get_size() == (2 * 200 + 8, 100)


def test_a_missing_golden_picture_is_told_with_what_to_do(tmp_path: Path) -> None:
    found = golden.difference(pygame.Surface((40, 20)), tmp_path / "none.png", tmp_path / "drawn.png")
    assert "make pictures ARGS=--renew-golden" in found
    assert (tmp_path / "drawn.png").exists()


def test_another_size_is_another_picture(tmp_path: Path) -> None:
    golden.keep(pygame.Surface((40, 20)), tmp_path / "kept.png")
    assert golden.difference(pygame.Surface((60, 20)), tmp_path / "kept.png", tmp_path / "beside.png")
