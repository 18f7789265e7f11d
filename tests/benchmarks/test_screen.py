"""The benchmark of the hall screen measures what it says: a few calls, and an idle screen for a moment."""

from __future__ import annotations

from pathlib import Path

import pytest

from displays.screens import highlights
from tests.benchmarks.bench_screen import HOLD_S, calls_to_pixels, idle
from tests.broker import RunningBroker
from tests.debian import needs_debian

pytestmark = needs_debian("mosquitto")
A_HALL_ASKS_FOR_MS = 100


@pytest.fixture(autouse=True)
def no_monitor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    for name in ("LONGEST_S", "SHORTEST_S"):
        monkeypatch.setattr(highlights, name, HOLD_S)


@pytest.mark.alone
async def test_a_call_is_in_the_pixels_before_a_tenth_of_a_second(tmp_path: Path) -> None:
    with RunningBroker(tmp_path) as broker:
        times_ms = await calls_to_pixels(broker.port, (1920, 1080), 7)
    assert len(times_ms) == 7
    assert 0 < times_ms[3] < A_HALL_ASKS_FOR_MS


@pytest.mark.alone
async def test_an_idle_screen_leaves_the_processor_to_others(tmp_path: Path) -> None:
    with RunningBroker(tmp_path) as broker:
        share = await idle(broker.port, tmp_path, settled_s=2, idle_s=3)
    assert 0 <= share < 0.1, (
        "a turn of the fields may fall into these seconds; a busy loop would take all of one"
    )
