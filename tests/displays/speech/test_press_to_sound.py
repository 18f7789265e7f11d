"""From an officer's key to the loudspeaker, all parts real: a pad, the controller, the broker, a voice.

Belongs here: what a visitor hears of what an officer pressed. Never here: what a single part does.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from displays.feed import Feed
from displays.speech.samples import pcm
from displays.speech.settings import VoiceSettings
from displays.speech.sound_card import SoundCard
from displays.speech.utterance import Speaker
from displays.speech.voice import Voice
from hall_controller.clock import Clock
from hall_controller.domain.commands import IssueTicket
from tests.debian import needs_debian
from tests.displays.boards import settings
from tests.displays.broker import Broker
from tests.displays.speech import heard
from tests.displays.speech.calls_to_speak import announced
from tests.displays.speech.recorder import Recorder
from tests.hall_controller.live_hall import TOPICS, LiveHall
from tests.mqtt_peers import Listener, Pad

pytestmark = needs_debian("mosquitto", "espeak-ng")


@asynccontextmanager
async def loudspeaker(port: int, made: Path, recorder: Recorder) -> AsyncIterator[None]:
    """A display machine of this hall that only speaks; entered when it would hear a call."""
    feed = Feed(settings(port, hall={"id": TOPICS.hall}, voice={}))
    told = VoiceSettings(volume=100)
    card = SoundCard(cards=recorder.cards)
    voice = Voice(told, feed, TOPICS.announcement, ZoneInfo("Asia/Ho_Chi_Minh"), card, made)
    async with Listener(port, "technician", TOPICS.device("screen-1", "status")) as technician:
        running = [asyncio.create_task(part) for part in (feed.run(), voice.run())]
        try:
            await technician.until(
                TOPICS.device("screen-1", "status"), lambda status: status["surfaces"].get("voice") == "ok"
            )
            yield
        finally:
            for task in running:
                task.cancel()
            await asyncio.gather(*running, return_exceptions=True)


def sentence(speaker: Speaker, language: str, ticket: str, counter: str) -> heard.Heard:
    tongue = speaker.tongues[language]
    return pcm(tongue.sentence(speaker.clips(tongue.language, announced(ticket, counter), follows=False)))


async def times_heard(part: heard.Heard, recorder: Recorder, times: int) -> list[int]:
    """Where these samples begin, as soon as they were heard so often; raises TimeoutError."""
    async with asyncio.timeout(15):
        while len(places := heard.places_of(part, recorder.heard())) < times:  # noqa: ASYNC110 - a file tells nobody
            await asyncio.sleep(0.05)
    return places


@pytest.mark.parametrize("clock", ["2022-03-01", "today"])
async def test_a_visitor_hears_the_call_and_the_recall_in_the_language_of_the_ticket(
    clock: str, broker: Broker, made: Path, speaker: Speaker, recorder: Recorder, tmp_path: Path
) -> None:
    own_clock = {} if clock == "2022-03-01" else {"clock": Clock()}
    async with LiveHall(tmp_path, **own_clock) as hall:  # type: ignore[arg-type]
        await hall.connect(broker.port)
        async with loudspeaker(broker.port, made, recorder), Pad(broker.port, "pad-1", TOPICS) as pad:
            await hall.do(IssueTicket("land", "submit", language="en"))
            await hall.take()
            await pad.press("open")
            await pad.press("next")
            (vietnamese,) = await times_heard(sentence(speaker, "vi", "A001", "1"), recorder, 1)
            (english,) = await times_heard(sentence(speaker, "en", "A001", "1"), recorder, 1)
            assert vietnamese < english
            await pad.press("recall")
            assert len(await times_heard(sentence(speaker, "vi", "A001", "1"), recorder, 2)) == 2
            await pad.press("next")
            await times_heard(sentence(speaker, "vi", "A002", "1"), recorder, 1)
    assert heard.places_of(sentence(speaker, "en", "A002", "1"), recorder.heard()) == []
    assert not heard.is_clipped(recorder.heard())
