"""What is heard of a call: chime, sentence, the ticket's own language after it; no gap, nothing cut off."""

from __future__ import annotations

from dataclasses import replace

import pytest

from displays.speech.samples import pcm
from displays.speech.utterance import SENTENCE_GAP_S, Speaker, Tongue
from tests.displays.speech import heard
from tests.displays.speech.calls_to_speak import announced

LONGEST_GAP_MS = 150


def sentence(speaker: Speaker, ticket: str, counter: str, language: str = "vi") -> heard.Heard:
    tongue = speaker.tongues[language]
    return pcm(tongue.sentence(speaker.clips(tongue.language, announced(ticket, counter), follows=False)))


@pytest.mark.parametrize("numbers", ["digits", "cardinal"])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_no_sentence_has_a_gap_or_is_cut_off(numbers: str, language: str, speaker: Speaker) -> None:
    spoken = replace(speaker, numbers=numbers)  # type: ignore[arg-type]
    for number in range(0, 1000, 37):
        for letter in "ABDGJSXY"[number % 8]:
            samples = sentence(spoken, f"{letter}{number:03}", str(number % 64 + 1), language)
            assert max(heard.silences_ms(samples)) < LONGEST_GAP_MS
            assert not heard.is_clipped(samples)


def test_the_chime_comes_first_then_vietnamese_then_english(speaker: Speaker) -> None:
    sound, missing = speaker.utterance([announced("A012", languages=["vi", "en"])], "chime")
    whole = pcm(sound)
    begins = [
        heard.places_of(part, whole)
        for part in (
            pcm(speaker.chimes["chime"]),
            sentence(speaker, "A012", "5"),
            sentence(speaker, "A012", "5", "en"),
        )
    ]
    assert missing == []
    (chimed,), (first,), (second,) = begins
    assert chimed < first < second
    assert not heard.is_clipped(whole)


def test_english_is_spoken_only_when_the_ticket_asks(speaker: Speaker) -> None:
    sound, _ = speaker.utterance([announced("A012")], "chime")
    assert heard.places_of(sentence(speaker, "A012", "5", "en"), pcm(sound)) == []


def test_a_language_that_nobody_here_speaks_is_called_in_the_first(speaker: Speaker) -> None:
    vietnamese, _ = speaker.utterance([announced("A012")], "chime")
    lao, _ = speaker.utterance([announced("A012", languages=["lo"])], "chime")
    assert pcm(lao).tobytes() == pcm(vietnamese).tobytes()


def test_calls_in_one_breath_have_one_chime_and_each_its_number(speaker: Speaker) -> None:
    calls = [announced("A001", "1"), announced("B002", "2", languages=["vi", "en"]), announced("A003", "3")]
    whole = pcm(speaker.utterance(calls, "chime-short")[0])
    assert len(heard.places_of(pcm(speaker.chimes["chime-short"]), whole)) == 1
    assert len(heard.places_of(sentence(speaker, "A001", "1"), whole)) == 1
    assert heard.places_of(sentence(speaker, "B002", "2"), whole) == [], "the second call is shorter"
    assert len(heard.places_of(sentence(speaker, "B002", "2", "en"), whole)) == 1
    starts = heard.starts_ms(whole, int(SENTENCE_GAP_S * 1000) - 20)
    assert len(starts) == 4, "three calls in Vietnamese, one in English"


def test_a_sentence_that_lacks_a_clip_is_left_out_whole_and_told(speaker: Speaker) -> None:
    english = speaker.tongues["en"]
    poor = Tongue(english.language, {name: sound for name, sound in english.sounds.items() if name != "5"})
    lacking = replace(speaker, tongues={**speaker.tongues, "en": poor})
    sound, missing = lacking.utterance([announced("A012", languages=["vi", "en"])], "chime")
    assert missing == ["en/5.wav"]
    assert len(heard.places_of(sentence(speaker, "A012", "5"), pcm(sound))) == 1
    assert heard.lasts_ms(pcm(sound)) < 6000
