"""What stands on a panel of few letters, in every state of its counter: words that fit, never a wrong number.

Belongs here: which words, and what is left out when they are too long. Never here: dots, bytes, marks.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from typing import Final

from pydantic import field_validator

from displays.panels import Face, PanelDriver
from displays.spelling import plain

LOOK_UP: Final = ("XEM BANG", "XEM")
"""In place of a number that the panel is too short for: "look at the board"; half a number would be a wrong one."""
LEAST_WORDS: Final = 2
"""One word of a sentence says nothing."""

Fits = Callable[[str], bool]


class WordsDriver(PanelDriver):
    """A panel that shows letters; each of its texts is a list, of which the first that fits is shown."""

    idle: tuple[str, ...] = ()
    """While nobody is called; without it the panel shows dashes."""
    paused: tuple[str, ...] = ("TAM DUNG", "NGHI")
    closed: tuple[str, ...] = ("DA DONG", "DONG")
    stand_in: bool = True
    """Whether an idle panel says who stands in for whom, as far as whole words fit."""

    @field_validator("idle", "paused", "closed")
    @classmethod
    def _without_marks(cls, texts: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(plain(text) for text in texts)

    @abstractmethod
    def fits(self, text: str) -> bool:
        """Whether the panel can show all of a text."""

    @property
    @abstractmethod
    def dashes(self) -> str:
        """What stands there while there is nothing to say."""

    def words(self, face: Face) -> str:
        """The text of a board; a technician's wish is the model's own affair."""
        display = face.display
        if display is None:
            return self.dashes
        match display.state:
            case "paused":
                return first(self.fits, *self.paused) or self.dashes[:1]
            case "closed":
                return first(self.fits, *self.closed)
            case _ if display.ticket:
                return first(self.fits, *self.called(plain(display.ticket), plain(face.name)), *LOOK_UP)
            case _:
                notice = plain(display.notice.vi).upper() if display.notice and self.stand_in else ""
                return shortened(notice, self.fits) or first(self.fits, *self.idle) or self.dashes

    def called(self, number: str, counter: str) -> tuple[str, ...]:  # noqa: ARG002 - a longer panel says it too
        """How a called number is told at a counter, the longest way first; each holds the whole number."""
        return (number,)


def first(fits: Fits, *candidates: str) -> str:
    """The first candidate that fits; nothing when none does.

    >>> first(lambda text: len(text) <= 4, "TAM DUNG", "NGHI")
    'NGHI'
    """
    return next((candidate for candidate in candidates if fits(candidate)), "")


def shortened(text: str, fits: Fits) -> str:
    """The text, else as many of its first words as fit; nothing when these are too few to say something.

    >>> shortened("BUU DIEN TIEP NHAN THAY SO Y TE", lambda text: len(text) <= 12)
    'BUU DIEN'
    """
    words = text.split()
    for count in range(len(words), LEAST_WORDS - 1, -1):
        if fits(" ".join(words[:count])):
            return " ".join(words[:count])
    return ""
