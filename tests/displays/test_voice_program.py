"""`hall-display run` with a voice: a call over a real broker becomes sound, and the hall knows whether it can."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from displays.speech import espeak
from displays.speech.clips import load
from displays.speech.language import read_language
from displays.speech.samples import pcm
from tests.debian import needs_debian
from tests.displays.boards import TOPICS, ready
from tests.displays.broker import Broker
from tests.displays.controller_on_air import on_air
from tests.displays.speech import heard
from tests.displays.speech.calls_to_speak import announced
from tests.displays.speech.recorder import Recorder

ROOT = Path(__file__).parents[2]
pytestmark = needs_debian("mosquitto", "espeak-ng")


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A folder with every Vietnamese clip, as a hall that has recorded all of them."""
    folder = tmp_path / "voices"
    espeak.make(read_language("vi"), folder / "vi")
    return folder


@asynccontextmanager
async def display(tmp_path: Path, port: int, own: Path) -> AsyncIterator[None]:
    """The program, with a voice and nothing else."""
    file = tmp_path / "display.toml"
    file.write_text(
        f"""
        [hall]
        id = "example"
        [mqtt]
        host = "127.0.0.1"
        port = {port}
        [device]
        id = "screen-1"
        [voice]
        folder = "{own}"
        languages = ["vi"]
        volume = 100
        """,
        "utf-8",
    )
    words = (sys.executable, "-m", "displays", "run", str(file))
    program = await asyncio.create_subprocess_exec(*words, cwd=ROOT, stderr=asyncio.subprocess.DEVNULL)
    try:
        yield
    finally:
        program.terminate()
        await program.wait()


async def test_a_call_is_heard_in_the_hall(
    tmp_path: Path, broker: Broker, own: Path, recorder: Recorder
) -> None:
    figures = load("vi", read_language("vi").texts(), [own]).sounds
    async with on_air(broker.port) as controller, display(tmp_path, broker.port, own):
        await controller.tell((TOPICS.controller_state, ready(datetime.now(UTC))))
        info = await controller.hears("info", '"voice"', within_s=10)
        assert '"voice":["vi"]' in info
        await controller.hears("status", '"voice":"ok"', within_s=10)
        call = announced("A012", "5", now=datetime.now(UTC))
        for _ in range(2):
            await controller.send(TOPICS.announcement, call.model_dump_json())
        async with asyncio.timeout(10):
            while not heard.places_of(pcm(figures["5"]), recorder.heard()):  # noqa: ASYNC110 - a file tells nobody that it grows
                await asyncio.sleep(0.05)
    whole = recorder.heard()
    spoken = [
        heard.places_of(pcm(figures[clip]), whole) for clip in ("moi-so", "0", "1", "2", "den-quay", "5")
    ]
    assert [len(places) for places in spoken] == [1] * 6, "each once, though the call came twice"
    assert spoken == sorted(spoken)


async def test_a_machine_without_a_sound_card_goes_on_and_says_so(
    tmp_path: Path, broker: Broker, own: Path, recorder: Recorder
) -> None:
    recorder.pull_out()
    async with on_air(broker.port) as controller, display(tmp_path, broker.port, own):
        await controller.hears("status", '"voice":"no sound', within_s=10)
        assert '"lost"' not in "".join(controller.on("state"))
