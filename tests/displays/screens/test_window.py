"""Where the pixels go: a window, the whole monitor, or memory when there is no monitor."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pygame
import pytest

from displays import app
from displays.config import ScreenSettings
from displays.screens.window import RETRY_S, Window
from tests.displays.boards import settings
from tests.free_port import free_port


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


def sockets(folder: Path, **statuses: str) -> None:
    """What Linux tells of a graphics card: a folder for each socket, `HDMI_A_1="connected"`."""
    for socket, status in statuses.items():
        file = folder / f"card1-{socket.replace('_', '-')}" / "status"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"{status}\n", "ascii")


@pytest.fixture
def pi(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A Raspberry Pi without a desktop, whose monitor is what its sockets say."""
    for name in ("SDL_VIDEODRIVER", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("displays.screens.window.DRM", tmp_path)
    monkeypatch.setattr(
        "displays.screens.window.pygame.display.set_mode", lambda *_: pygame.Surface((1920, 1080))
    )
    for call in ("init", "set_caption", "quit"):
        monkeypatch.setattr(f"displays.screens.window.pygame.display.{call}", lambda *_: None)
    monkeypatch.setattr("displays.screens.window.pygame.mouse.set_visible", lambda _: None)
    return tmp_path


def test_a_monitor_that_is_plugged_in_later_is_found_within_five_seconds(pi: Path) -> None:
    sockets(pi, HDMI_A_1="disconnected")
    opened = window(window="auto")
    assert not opened.is_open
    sockets(pi, HDMI_A_1="connected")
    assert opened.tend(100.0)
    assert (opened.is_open, opened.surface.get_size()) == (True, (1920, 1080))
    assert opened.next_s(100.0) == RETRY_S <= 5


def test_a_monitor_that_was_unplugged_is_taken_again_when_it_comes_back(pi: Path) -> None:
    sockets(pi, HDMI_A_1="connected")
    opened = window(window="auto")
    assert opened.is_open
    assert not opened.tend(100.0)
    sockets(pi, HDMI_A_1="disconnected")
    assert not opened.tend(103.0), "whoever looks at no monitor sees nothing; it stays open"
    sockets(pi, HDMI_A_1="connected")
    assert opened.tend(106.0), "opened anew, because the monitor forgot its picture"


def test_a_missing_monitor_is_told_once_and_not_at_every_look(
    pi: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    opened = window(window="auto")
    for at_s in range(100, 200, 3):
        opened.tend(float(at_s))
    assert capsys.readouterr().out.count("no monitor here") == 1


def test_a_full_screen_whose_window_was_closed_comes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    opened = window(window="fullscreen")
    opened.poll()
    pygame.event.post(pygame.event.Event(pygame.QUIT))
    assert (opened.poll(), opened.is_open) == ((False, False), False), (
        "nobody closes a hall's screen for good"
    )
    assert (opened.tend(100.0), opened.is_open) == (True, True)
    opened.close()


def test_a_screen_in_memory_looks_for_no_monitor() -> None:
    opened = window(window="none")
    assert opened.next_s(100.0) is None
    assert not opened.tend(100.0)


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
