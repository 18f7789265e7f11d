"""Where the pixels go: a window, the whole monitor, or memory when there is no monitor."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pygame
import pytest

from displays import app
from displays.config import ScreenSettings
from displays.screens.window import Window
from tests.displays.boards import settings
from tests.displays.broker import free_port


@pytest.fixture(autouse=True)
def pretended_monitor(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """SDL's dummy driver has windows and events, and shows them to nobody."""
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    yield
    pygame.display.quit()


def window(**fields: object) -> Window:
    return Window(ScreenSettings.model_validate({"width": 640, "height": 480, **fields}))


def test_a_window_has_the_size_of_its_settings() -> None:
    opened = window(window="window")
    assert (opened.is_open, opened.surface.get_size()) == (True, (640, 480))
    opened.show()
    opened.close()
    assert not pygame.display.get_init()


def test_without_a_monitor_the_screen_is_painted_in_memory() -> None:
    opened = window(window="auto")
    assert (opened.is_open, opened.surface.get_size()) == (False, (640, 480))
    assert opened.poll() == (False, False)
    opened.show()
    opened.close()


def test_a_monitor_that_cannot_be_used_does_not_stop_the_display(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SDL_VIDEODRIVER", "no-such-driver")
    opened = window(window="fullscreen")
    assert (opened.is_open, opened.surface.get_size()) == (False, (640, 480))


@pytest.mark.parametrize("event", [pygame.QUIT, pygame.KEYDOWN])
def test_somebody_may_close_the_window(event: int) -> None:
    opened = window(window="window")
    opened.poll()
    pygame.event.post(pygame.event.Event(event, key=pygame.K_ESCAPE))
    assert opened.poll()[0]
    opened.close()


def test_a_key_pressed_by_chance_closes_nothing() -> None:
    opened = window(window="window")
    opened.poll()
    pygame.event.post(pygame.event.Event(pygame.KEYDOWN, key=pygame.K_a))
    assert not opened.poll()[0]
    opened.close()


def test_a_window_that_was_covered_is_painted_again() -> None:
    opened = window(window="window")
    opened.poll()
    pygame.event.post(pygame.event.Event(pygame.WINDOWEXPOSED))
    assert opened.poll() == (False, True)
    opened.close()


async def test_closing_the_window_ends_the_program_in_good_order(tmp_path: Path) -> None:
    picture = tmp_path / "screen.png"
    table = {"window": "window", "width": 640, "height": 480, "picture": str(picture)}
    running = asyncio.create_task(app.run(settings(free_port(), screen=[table])))
    async with asyncio.timeout(10):
        while not picture.exists():  # noqa: ASYNC110 - a file tells nobody that it appeared
            await asyncio.sleep(0.02)
        pygame.event.post(pygame.event.Event(pygame.QUIT))
        await running
