"""The voice of a display machine: calls in, sound out; one at a time, and nothing that has no point any more."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from displays.feed import Feed
from displays.speech.samples import pcm
from displays.speech.settings import VoiceSettings
from displays.speech.sound_card import SoundCard
from displays.speech.utterance import Speaker
from displays.speech.voice import Voice
from hall_controller.messages import Announcement, DeviceCommand
from tests.displays.boards import TOPICS, settings
from tests.displays.speech import heard
from tests.displays.speech.calls_to_speak import announced
from tests.displays.speech.recorder import Recorder

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


class Hall:
    """One voice, the feed that it hears, and what comes out of it."""

    def __init__(self, made: Path, recorder: Recorder, **voice: object) -> None:
        self.recorder = recorder
        self.feed = Feed(settings(voice=voice))
        told = VoiceSettings.model_validate(voice)
        card = SoundCard(cards=recorder.cards)
        self.voice = Voice(told, self.feed, TOPICS.announcement, ZONE, card, made)

    def call(self, ticket: str, counter: str = "5", **fields: object) -> Announcement:
        call = announced(ticket, counter, now=datetime.now(UTC), **fields)  # type: ignore[arg-type]
        self.voice.take(call.model_dump_json().encode(), retained=False)
        return call

    @property
    def state(self) -> str:
        surfaces: dict[str, str] = json.loads(self.feed.told.status())["surfaces"]
        return surfaces["voice"]

    @property
    def dropped(self) -> dict[str, int]:
        dropped: dict[str, int] = json.loads(self.feed.told.status())["dropped"]
        return dropped

    async def until(self, is_so: Callable[[], bool]) -> None:
        """Wait until the voice tells the hall so; raises TimeoutError."""
        async with asyncio.timeout(10):
            while not is_so():
                self.feed.told.changed.clear()
                await self.feed.told.changed.wait()

    async def until_heard(self, parts: list[heard.Heard]) -> list[int]:
        """Where each of these sounds begins; waits until the last of them is heard."""
        async with asyncio.timeout(10):
            while True:
                places = [heard.places_of(part, self.recorder.heard()) for part in parts]
                if all(places):
                    assert [len(place) for place in places] == [1] * len(parts)
                    return [place[0] for place in places]
                await asyncio.sleep(0.05)  # the recorder's file tells nobody that it has grown


@asynccontextmanager
async def speaking(hall: Hall) -> AsyncIterator[Hall]:
    task = asyncio.create_task(hall.voice.run())
    try:
        await hall.until(lambda: hall.state != "starting")
        yield hall
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


def sentence(speaker: Speaker, ticket: str, counter: str, percent: float = 1.0) -> heard.Heard:
    tongue = speaker.tongues["vi"]
    sound = tongue.sentence(speaker.clips(tongue.language, announced(ticket, counter), follows=False))
    return pcm(sound * sound.dtype.type(percent))


async def test_calls_at_once_are_heard_one_after_another_in_their_order(
    made: Path, speaker: Speaker, recorder: Recorder
) -> None:
    pairs = [("A001", "1"), ("B002", "2"), ("C003", "3")]
    async with speaking(Hall(made, recorder, volume=100)) as hall:
        for pair in pairs:
            hall.call(*pair)
        parts = [sentence(speaker, *pair) for pair in pairs]
        begins = await hall.until_heard(parts)
        assert hall.state == "ok"
    ends = [begin + len(part) for begin, part in zip(begins, parts, strict=True)]
    assert all(end < begin for end, begin in zip(ends, begins[1:], strict=False)), "no two at the same time"
    assert not heard.is_clipped(recorder.heard())
    inside = recorder.heard()[begins[0] : ends[0]]
    assert max(heard.silences_ms(inside)) < 150
    assert len(heard.places_of(pcm(speaker.chimes["chime"]), recorder.heard())) == 1
    assert len(heard.places_of(pcm(speaker.chimes["chime-short"]), recorder.heard())) == 2


async def test_a_call_that_comes_while_another_is_spoken_waits_for_its_turn(
    made: Path, speaker: Speaker, recorder: Recorder
) -> None:
    async with speaking(Hall(made, recorder, volume=100)) as hall:
        hall.call("A001", "1")
        await hall.until_heard([pcm(speaker.chimes["chime"])])
        hall.call("B002", "2")
        first, second = (sentence(speaker, *pair) for pair in (("A001", "1"), ("B002", "2")))
        begins = await hall.until_heard([first, second])
    assert begins[0] + len(first) < begins[1]


async def test_a_late_a_kept_and_an_unreadable_call_are_not_spoken_but_counted(
    made: Path, speaker: Speaker, recorder: Recorder
) -> None:
    async with speaking(Hall(made, recorder)) as hall:
        hall.call("A001", left_s=-1)
        hall.voice.take(announced("A002", now=datetime.now(UTC)).model_dump_json().encode(), retained=True)
        for payload in (b"", b"{}", b'{"id": "1", "ticket": "nobody"}', b"x" * 20_000, b"\xff"):
            hall.voice.take(payload, retained=False)
        hall.call("A004", left_s=-1)
        await hall.until(lambda: hall.dropped == {"late": 2, "unreadable": 6})
    assert heard.lasts_ms(recorder.heard()) == 0


async def test_a_clock_that_is_ahead_is_told_because_every_call_seems_late(
    made: Path, recorder: Recorder
) -> None:
    async with speaking(Hall(made, recorder, volume=5)) as hall:
        for _ in range(3):
            hall.call("A001", left_s=-60)
        await hall.until(lambda: "set this machine's clock" in hall.state)
        hall.call("A002")
        await hall.until(lambda: hall.state == "ok")


async def test_without_a_sound_card_the_voice_says_so_and_speaks_as_soon_as_there_is_one(
    made: Path, speaker: Speaker, recorder: Recorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("displays.speech.voice.RETRY_S", 0.1)
    recorder.pull_out()
    async with speaking(Hall(made, recorder, volume=100)) as hall:
        hall.call("A001", "1")
        await hall.until(lambda: hall.state.startswith("no sound"))
        recorder.plug_in()
        await hall.until_heard([sentence(speaker, "A001", "1")])
        await hall.until(lambda: hall.state == "ok")


async def test_the_hour_decides_how_loud_a_call_is(made: Path, speaker: Speaker, recorder: Recorder) -> None:
    all_day = {"from": "00:00", "to": "00:00", "volume": 50}
    async with speaking(Hall(made, recorder, volume=100, hours=[all_day])) as hall:
        hall.call("A001", "1")
        await hall.until_heard([sentence(speaker, "A001", "1", 0.5 ** (1 / 0.6))])


async def test_in_a_quiet_hour_nothing_is_heard(made: Path, recorder: Recorder) -> None:
    quiet = {"from": "00:00", "to": "00:00", "volume": 0}
    async with speaking(Hall(made, recorder, hours=[quiet])) as hall:
        hall.call("A001", "1")
        hall.voice.take(b"", retained=False)
        await hall.until(lambda: hall.dropped == {"unreadable": 1})
    assert heard.lasts_ms(recorder.heard()) == 0


async def test_a_technician_who_asks_for_the_machine_hears_its_chime_once(
    made: Path, speaker: Speaker, recorder: Recorder
) -> None:
    async with speaking(Hall(made, recorder, volume=100)) as hall:
        now = datetime.now(UTC)
        order = DeviceCommand(id="1", command="identify", expires=now.replace(year=now.year + 1))
        reply = hall.feed.orders.take(
            order.model_dump_json().encode(), now=now, at_s=asyncio.get_running_loop().time()
        )
        assert reply is not None
        hall.call("A001", left_s=-1)  # wakes the voice, as the feed does after an order
        await hall.until_heard([pcm(speaker.chimes["chime"])])


async def test_a_missing_clip_is_told_to_the_hall(tmp_path: Path, recorder: Recorder) -> None:
    folder = tmp_path / "none"
    folder.mkdir()
    async with speaking(Hall(folder, recorder)) as hall:
        assert "run hall-display voice check" in hall.state
