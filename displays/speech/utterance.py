"""What is heard for a row of calls: a chime, the calls in Vietnamese, then in the languages that tickets ask for.

Pure: calls and languages in, one sound out, so that there can be no gap where a program is late.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from displays.speech.language import Language, Numbers
from displays.speech.samples import Sound, joined, silence
from displays.speech.vietnamese_numbers import MissingTen
from hall_controller.messages import Announcement

Opening = Literal["chime", "chime-short"]

WORD_GAP_S: Final = 0.045
"""Between two clips of a sentence: figures must not run into one another, and nobody may think it is over."""
SENTENCE_GAP_S: Final = 0.35
"""Between two calls, or two languages."""
AFTER_CHIME_S: Final = 0.06


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language with its sounds."""

    language: Language
    sounds: Mapping[str, Sound]

    def sentence(self, clips: Sequence[str]) -> Sound:
        """The clips one after another; raises LookupError with the first that is missing."""
        if missing := [clip for clip in clips if clip not in self.sounds]:
            raise LookupError(missing[0])
        parts = [part for clip in clips for part in (silence(WORD_GAP_S), self.sounds[clip])]
        return joined(parts[1:])


@dataclass(frozen=True, slots=True)
class Speaker:
    """The languages of a machine, in the order of its settings, and how numbers are said."""

    tongues: Mapping[str, Tongue]
    chimes: Mapping[str, Sound]
    numbers: Numbers = "digits"
    missing_ten: MissingTen = "linh"

    def utterance(self, calls: Sequence[Announcement], opening: Opening) -> tuple[Sound, list[str]]:
        """The sound for these calls, and the clips that are missing: a sentence that lacks one is left out whole."""
        parts, missing = [self.chimes[opening], silence(AFTER_CHIME_S)], []
        for name, tongue in self.tongues.items():
            follows = False
            for call in calls:
                if name not in _asked(call, list(self.tongues)):
                    continue
                try:
                    spoken = tongue.sentence(self.clips(tongue.language, call, follows=follows))
                except LookupError as error:
                    missing.append(f"{name}/{error.args[0]}.wav")
                    continue
                parts += [spoken, silence(SENTENCE_GAP_S)]
                follows = True
        return joined(parts), missing

    def clips(self, language: Language, call: Announcement, *, follows: bool) -> list[str]:
        return language.call(
            call.ticket,
            call.name or call.counter,
            place=call.counter,
            follows=follows,
            numbers=self.numbers,
            missing_ten=self.missing_ten,
        )


def _asked(call: Announcement, spoken: list[str]) -> list[str]:
    """The languages of a call that are spoken here; the first language of this machine when there is none of them."""
    return [name for name in spoken if name in call.languages] or spoken[:1]
