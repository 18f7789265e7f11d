"""A new model of panel is one file and nothing else: found, its settings checked, and usable from display.toml on."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

import displays.panels
from displays import app
from displays.config import load
from displays.panels import models
from hall_controller.errors import ConfigError
from tests.debian import needs_debian
from tests.displays.boards import TOPICS, counter, ready
from tests.displays.broker import Broker
from tests.displays.controller_on_air import on_air
from tests.displays.kept_panels import kept, tell, until_told

NAME = "village_board"
VILLAGE_BOARD = '''
"""A board with one row of letters that a carpenter built.

Belongs here: its row. Never here: anything else.
"""

from displays.panels import Face, PanelDriver, Verdict


class Driver(PanelDriver):
    """Takes the row between two bars.

    >>> Driver(bars=2).encode(Face("5"))
    b"||5||"
    """

    bars: int

    def text(self, face: Face) -> str:
        if face.display and face.display.ticket == "Z999":
            raise ZeroDivisionError("a number that its author never saw")
        return (face.display and face.display.ticket) or face.name

    def encode(self, face: Face) -> bytes:
        return (self.bars * "|" + self.text(face) + self.bars * "|").encode()

    def judge(self, heard: bytes) -> Verdict:
        return "taken"
'''


@pytest.fixture
def dropped_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The file, in a folder in which models are looked for."""
    folder = tmp_path / "panels"
    folder.mkdir()
    (folder / f"{NAME}.py").write_text(VILLAGE_BOARD, "utf-8")
    monkeypatch.setattr(displays.panels, "__path__", [*displays.panels.__path__, str(folder)])
    yield NAME
    sys.modules.pop(f"{displays.panels.__name__}.{NAME}", None)


def settings_file(folder: Path, port: int, settings: str) -> Path:
    path = folder / "display.toml"
    path.write_text(
        f"""
        hall.id = "example"
        mqtt = {{ host = "127.0.0.1", port = {port} }}
        device.id = "screen-1"
        [[panel]]
        id = "p5"
        model = "{NAME}"
        line = "file://{folder}/row"
        counter = "5"
        {settings}
        """,
        "utf-8",
    )
    return path


def test_a_new_model_is_found_and_its_settings_are_checked(dropped_in: str, tmp_path: Path) -> None:
    assert dropped_in in models()
    with pytest.raises(ConfigError) as caught:
        load(settings_file(tmp_path, 1883, "barss = 2"))
    told = [mistake.partition("display.toml: ")[2] for mistake in caught.value.mistakes]
    assert told == [
        "panel.0.bars: is missing; add it",
        "panel.0.barss = 2: there is no such setting; did you mean bars?",
    ]


@needs_debian("mosquitto")
async def test_a_new_model_shows_calls_from_the_settings_file_on(
    dropped_in: str, broker: Broker, tmp_path: Path
) -> None:
    running = asyncio.create_task(app.run(load(settings_file(tmp_path, broker.port, "bars = 1"))))
    async with on_air(broker.port) as controller:
        await controller.hears("state", '"ready"')
        now = datetime.now(UTC)
        await controller.tell(
            (TOPICS.controller_state, ready(now)), (TOPICS.display("5"), counter(2, "calling", "A012"))
        )
        await controller.hears("status", '"shown":{"epoch":1,"rev":2}')
        await controller.hears("info", f'"model":"{NAME}"')
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
    assert "|A012|" in (tmp_path / "row").read_text("utf-8")


async def test_a_driver_that_fails_is_told_and_tried_again_and_stops_nobody(
    dropped_in: str, tmp_path: Path
) -> None:
    tables = [
        {"id": f"p{place}", "model": NAME, "line": f"file://{tmp_path}/{place}", "counter": place, "bars": 1}
        for place in "56"
    ]
    async with kept(*tables) as feed:
        tell(feed, "5", counter(2, "calling", "Z999"))
        told = await asyncio.wait_for(until_told(feed, "ZeroDivisionError"), 15)
        assert "please report this line" in told
        tell(feed, "6", counter(3, "calling", "A012"))
        await asyncio.wait_for(until_told(feed, '"p6":"ok"'), 15)
        tell(feed, "5", counter(4, "calling", "A013"))
        await asyncio.wait_for(until_told(feed, '"p5":"ok"'), 15)
    assert (tmp_path / "5").read_text("utf-8").endswith("|A013|")
