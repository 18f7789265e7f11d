"""The pad without hardware: words on a line, for trying a hall from a terminal, a fifo or a script.

Belongs here: its words, both ways. Never here: opening a line, waiting.
"""

from __future__ import annotations

from typing import Annotated, ClassVar, Final, get_args

from pydantic import Field, PrivateAttr, ValidationError

from hall_controller.devices.pads import Heard, PadDriver
from hall_controller.messages import (
    IDENTIFIER_PATTERN,
    Ack,
    DeviceInput,
    Key,
    KeyPress,
    ScorePress,
    TicketPress,
)

LONGEST_LINE_BYTES: Final = 120
UNNUMBERED: Final = {"boot": 0, "seq": 0}


class Driver(PadDriver):
    r"""One order a line, in words; the answer is a line for people.

    Data sheet. A line ends with a line feed or a carriage return. Large or small letters do not matter.

        next recall miss complete hold resume open pause close ring     a key of a call pad
        transfer, transfer 5                                            to the usual place, or to a counter or queue
        score 4                                                         a key of a rating pad, 1 the worst
        ticket dat-dai submit, ticket dat-dai submit en                 a key of a kiosk: service, purpose, language

    With the setting `name` the pad only hears lines that begin with that name and a space, so that a whole hall can
    share one line. There is no checksum: a line of this pad must be free of noise.

    >>> pad = Driver()
    >>> pad.press("next")
    b'next\n'
    >>> [heard.press.score for heard in pad.feed(b"score 4\nscor")]
    [4]
    >>> pad.answer(Heard(None), Ack(boot=0, seq=0, result="ok", ticket="A012"))
    b'ok A012\n'
    """

    checked: ClassVar[bool] = False

    name: Annotated[str, Field(pattern=rf"^$|{IDENTIFIER_PATTERN}")] = ""

    _heard: bytes = PrivateAttr(default=b"")

    def press(self, key: Key) -> bytes:
        """What to write into the line to press a key of a call pad."""
        return self.sent(Heard(KeyPress(boot=0, seq=0, key=key)))

    def score(self, score: int) -> bytes:
        """What to write into the line to press a key of a rating pad."""
        return self.sent(Heard(ScorePress(boot=0, seq=0, score=score)))

    def take(self, service: str, purpose: str, language: str = "vi") -> bytes:
        """What to write into the line to take a number."""
        return self.sent(
            Heard(TicketPress(boot=0, seq=0, service=service, purpose=purpose, language=language))
        )

    def feed(self, heard: bytes) -> list[Heard]:
        *lines, rest = (self._heard + heard).replace(b"\r", b"\n").split(b"\n")
        # Of a line that is too long one byte too many is kept: enough to know at its end that it was no order.
        self._heard = rest[: LONGEST_LINE_BYTES + 1]
        return [Heard(press) for line in lines if (press := self._pressed(line)) is not None]

    def forget(self) -> None:
        self._heard = b""

    def answer(self, heard: Heard, ack: Ack) -> bytes:  # noqa: ARG002 - the line says it all
        words = [self.name, ack.result, ack.ticket or ""]
        if ack.reason is not None:
            words.append(f"{ack.reason.text.vi} ({ack.reason.text.en})")
        return (" ".join(filter(None, words)) + "\n").encode()

    def sent(self, heard: Heard) -> bytes:
        words: list[str] = []
        match heard.press:
            case KeyPress(key=key, to=to):
                words = [key, to or ""]
            case ScorePress(score=score):
                words = ["score", str(score)]
            case TicketPress(service=service, purpose=purpose, language=language):
                words = ["ticket", service, purpose, language]
            case None:
                return b""
        return (" ".join(filter(None, [self.name, *words])) + "\n").encode("ascii")

    def presses(self) -> list[DeviceInput]:
        keys: list[DeviceInput] = [KeyPress(boot=0, seq=0, key=key) for key in get_args(Key)]
        scores = [ScorePress(boot=0, seq=0, score=score) for score in range(1, 6)]
        return [*keys, *scores, TicketPress(boot=0, seq=0, service="dat-dai", purpose="submit")]

    def _pressed(self, line: bytes) -> DeviceInput | None:
        """The order of a line, or None when it is none."""
        words = line.decode("ascii", "replace").lower().split()
        if len(line) > LONGEST_LINE_BYTES:
            return None
        if self.name and words[:1] == [self.name]:
            words = words[1:]
        elif self.name:
            return None
        try:
            return _order(words)
        except ValidationError:
            return None


def _order(words: list[str]) -> DeviceInput | None:
    match words:
        case ["transfer", to]:
            return KeyPress(boot=0, seq=0, key="transfer", to=to)
        case ["score", score] if score.isascii() and score.isdigit():
            return ScorePress(boot=0, seq=0, score=int(score))
        case ["ticket", service, purpose]:
            return TicketPress(boot=0, seq=0, service=service, purpose=purpose)
        case ["ticket", service, purpose, language]:
            return TicketPress(boot=0, seq=0, service=service, purpose=purpose, language=language)
        case [key]:
            return KeyPress.model_validate(UNNUMBERED | {"key": key})
        case _:
            return None
