"""What is played is heard sample by sample; a machine without a sound card says so and goes on when it has one."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator

import pygame
import pytest

from displays.speech.samples import pcm
from displays.speech.sound_card import NoSound, SoundCard
from tests.displays.speech import heard
from tests.displays.speech.recorder import Recorder
from tests.displays.speech.test_samples import tone


@pytest.fixture
def card(recorder: Recorder) -> Iterator[SoundCard]:
    card = SoundCard(cards=recorder.cards)
    yield card
    card.close()


def all_heard(card: SoundCard, recorder: Recorder) -> heard.Heard:
    """Everything to the last sample, which SDL writes when the card is closed."""
    card.close()
    return recorder.heard()


async def test_every_sample_is_heard_and_none_is_changed(card: SoundCard, recorder: Recorder) -> None:
    await card.play(tone(2.0))
    whole = all_heard(card, recorder)
    assert len(heard.places_of(pcm(tone(2.0)), whole)) == 1
    assert heard.lasts_ms(whole) == pytest.approx(2000, abs=3)


async def test_one_sound_ends_before_the_next_begins(card: SoundCard, recorder: Recorder) -> None:
    for hertz in (300, 500, 700):
        await card.play(tone(0.5, hertz))
    whole = all_heard(card, recorder)
    places = [heard.places_of(pcm(tone(0.5, hertz)), whole) for hertz in (300, 500, 700)]
    (first,), (second,), (third,) = places
    assert first + heard.RATE // 2 <= second
    assert second + heard.RATE // 2 <= third


async def test_a_machine_that_is_stopped_is_silent_at_once(card: SoundCard, recorder: Recorder) -> None:
    await card.play(tone(0.2, 700))
    playing = asyncio.create_task(card.play(tone(30.0)))
    async with asyncio.timeout(5):
        while len(heard.starts_ms(recorder.heard(), 20)) < 2:  # noqa: ASYNC110 - a file tells nobody that it grows
            await asyncio.sleep(0.02)
    playing.cancel()
    await asyncio.gather(playing, return_exceptions=True)
    card.close()
    assert heard.lasts_ms(recorder.heard()) < 25_000


async def test_a_machine_without_a_card_says_so_and_has_sound_when_one_is_there(
    card: SoundCard, recorder: Recorder
) -> None:
    recorder.pull_out()
    for _ in range(2):
        with pytest.raises(NoSound, match=r"no sound: .*; plug in a sound card"):
            await card.play(tone())
    recorder.plug_in()
    await card.play(tone())
    assert len(heard.places_of(pcm(tone()), all_heard(card, recorder))) == 1


async def test_a_card_that_does_not_open_is_tried_less_and_less_often(
    card: SoundCard, recorder: Recorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[float] = []

    def mixer(*_: object) -> None:
        tried.append(now_s)
        raise pygame.error("busy")

    now_s = 1000.0
    monkeypatch.setattr(pygame.mixer, "init", mixer)
    monkeypatch.setattr(time, "monotonic", lambda: now_s)
    while now_s < 1000 + 3600:
        with pytest.raises(NoSound, match="no sound: busy"):
            await card.open()
        now_s += 2
    assert tried[:5] == [1000, 1002, 1006, 1014, 1030]
    assert len(tried) < 25
    recorder.cards.write_text(" 0 [USB ]\n 1 [HDMI ]\n", "utf-8")
    with pytest.raises(NoSound):
        await card.open()
    assert tried[-1] == now_s, "a card that was plugged in is tried at once"


async def test_a_card_that_was_pulled_out_and_put_back_is_opened_again(
    card: SoundCard, recorder: Recorder
) -> None:
    await card.play(tone())
    recorder.pull_out()
    with pytest.raises(NoSound):
        await card.open()
    recorder.plug_in()
    await card.play(tone(0.3, 700))
    assert len(heard.places_of(pcm(tone(0.3, 700)), all_heard(card, recorder))) == 1


async def test_a_card_of_another_name_is_told(recorder: Recorder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SDL_AUDIODRIVER", "alsa")
    with pytest.raises(NoSound, match=r"set voice\.output"):
        await SoundCard("Card of nobody", recorder.cards).open()
