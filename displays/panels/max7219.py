"""A dot matrix of 8 x 8 modules with a MAX7219 each, chained on an SPI bus.

Belongs here: which dots are lit for a face. Never here: opening a bus, waiting, flashing. What goes to the chips is
luma.led_matrix's; its fonts too.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal, Self

from pydantic import Field, model_validator

from displays.panel_words import WordsDriver, first
from displays.panels import Face, Step, Verdict
from hall_controller.errors import LineError

if TYPE_CHECKING:
    from PIL import Image

SIDE: Final = 8
NO_OPERATION: Final = b"\x00\x00"
LAST_DIGIT: Final = 8
"""Registers 1 to 8 hold the rows, the higher ones the settings (MAX7219 data sheet, table 2)."""
MISSING: Final = "luma.led_matrix is not installed; write: pip install 'hall-controller[led]'"


class Driver(WordsDriver):
    r"""Three to sixteen modules in a row, on `spi:///dev/spidev0.0`; switch SPI on in raspi-config.

    Data sheet. Each chip takes 16 bits (register, value) and passes on what it had; the rising chip select makes all of
    them take over. A register 0 means "not for you", so several panels can share one chain and one bus: `first` counts
    the modules between the data wire and a panel's own, `chain` all of them together, the same for every panel.

        orientation   how each module is turned: 0, 90, -90 or 180; the usual boards of four (FC-16) need -90
        rotate        180 when the row hangs upside down
        backwards     when the data wire is at the right end
        brightness    0 to 15; every lit dot costs current: all dots of 4 modules at 15 take 1.3 A
        with_counter  whether a called number is followed by its counter where there is room (8 modules)

    The zero is barred, so that it is no O. A dotted line at the bottom is the stale mark. The chips cannot blink, so
    the number is sent dark and lit in turn, at `flash_hz`. They have no clock: when the bus falls silent they go on
    showing the last dots; every frame sets their settings anew, so that a chip that lost its power comes back.

    >>> from datetime import UTC, datetime
    >>> from hall_controller.messages import CounterDisplay, Text
    >>> display = CounterDisplay(epoch=1, rev=2, state="calling", ticket="A012", call=1, name="5",
    ...     since=datetime(2026, 11, 23, tzinfo=UTC), text=Text(vi="Mời số A012", en="Number A012"))
    >>> face = Face(counter="5", display=display)
    >>> [Driver(cascaded=modules, with_counter=True).text(face) for modules in (3, 4, 8)]
    ['A012', 'A012', 'A012 QUAY 5']
    """

    cascaded: Annotated[int, Field(ge=3, le=16)] = 4
    first: Annotated[int, Field(ge=0, le=31)] = 0
    chain: Annotated[int, Field(ge=0, le=32)] = 0
    """0 = this panel is alone."""
    orientation: Literal[0, 90, -90, 180] = -90
    rotate: Literal[0, 180] = 0
    backwards: bool = False
    brightness: Annotated[int, Field(ge=0, le=15)] = 4
    with_counter: bool = False
    blink_s: Annotated[float, Field(ge=0, le=5)] = 3.0
    flash_hz: Annotated[float, Field(gt=0, le=3)] = 2.0
    refresh_s: Annotated[float, Field(ge=0, le=3600)] = 10.0

    @model_validator(mode="after")
    def _in_the_chain(self) -> Self:
        if self.chain and self.first + self.cascaded > self.chain:
            raise ValueError(
                f"{self.cascaded} modules from {self.first} on do not fit into a chain of {self.chain}"
            )
        return self

    @property
    def places(self) -> tuple[str, ...]:
        return tuple(f"module {self.first + at}" for at in range(self.cascaded))

    @property
    def agreed(self) -> str:
        return f"chain = {self._modules}"

    @property
    def _modules(self) -> int:
        return self.chain or self.first + self.cascaded

    @property
    def dashes(self) -> str:
        return "---"

    def fits(self, text: str) -> bool:
        return _font(text, self.cascaded * SIDE) is not None

    def called(self, number: str, counter: str) -> tuple[str, ...]:
        with_counter = (f"{number} QUAY {counter}", f"{number} Q{counter}")
        return (*with_counter, number) if self.with_counter else (number,)

    def text(self, face: Face) -> str:
        match face.wanted:
            case "test":
                return "\u2588" * self.cascaded
            case "identify":
                return first(self.fits, f"ID {face.name}", face.name, "ID")
            case _:
                return self.words(face)

    def picture(self, face: Face) -> Image.Image:
        """The dots, one a pixel, 8 high, as people see them; raises LineError without the library for the chips."""
        _, text_on, canvas, image = _library()
        width = self.cascaded * SIDE
        drawn: Image.Image = image.new("1", (width, SIDE), 1 if face.wanted == "test" else 0)
        text = self.text(face)
        font = _font(text, width)
        if font is not None and not face.dark and face.wanted != "test":
            text_on(canvas(drawn), ((width - _width(text, font)) // 2, 0), text, fill=1, font=font)
        if face.stale_since is not None:
            for column in range(0, width, 2):
                drawn.putpixel((column, SIDE - 1), 0 if face.wanted == "test" else 1)
        return drawn

    def encode(self, face: Face) -> bytes:
        max7219, *_ = _library()
        recorded = _Recorder(self.first, self._modules - self.first - self.cascaded)
        chips = max7219(
            recorded,
            cascaded=self.cascaded,
            rotate=self.rotate // 90,
            block_orientation=self.orientation,
            blocks_arranged_in_reverse_order=self.backwards,
            contrast=self.brightness << 4,
        )
        recorded.forget_rows()
        chips.display(self.picture(face))
        return b"".join(recorded.pieces)

    def steps(self, face: Face) -> Sequence[Step]:
        return [Step(self.encode(face), self.judge, latch_bytes=self._modules * len(NO_OPERATION))]

    def judge(self, heard: bytes) -> Verdict:
        """The chips answer nothing."""
        return "refused" if heard else "taken"


class _Recorder:
    """Takes what luma sends to the chips of one panel, for a chain in which others stand before and after them."""

    def __init__(self, before: int, after: int) -> None:
        self._before, self._after = NO_OPERATION * before, NO_OPERATION * after
        self._registers: list[int] = []
        self.pieces: list[bytes] = []

    def data(self, values: Sequence[int]) -> None:
        """One transfer; what is sent first ends in the module that is farthest away."""
        self._registers.append(values[0])
        self.pieces.append(self._after + bytes(values) + self._before)

    def forget_rows(self) -> None:
        """Leave out the darkness with which luma begins: the number would flicker at every refresh."""
        told = zip(self._registers, self.pieces, strict=True)
        self.pieces = [piece for register, piece in told if register > LAST_DIGIT]


def _library() -> tuple[Any, Any, Any, Any]:
    """What draws and what speaks to the chips; raises LineError, in one sentence, where it is not installed."""
    try:
        from luma.core.legacy import text
        from luma.led_matrix.device import max7219
        from PIL import Image, ImageDraw
    except ImportError as error:
        raise LineError(MISSING) from error
    return max7219, text, ImageDraw.Draw, Image


def _font(text: str, width: int) -> Any:  # noqa: ANN401 - luma has no types
    """The boldest font in which a text is at most so many dots wide; None when there is none."""
    _library()
    from luma.core.legacy.font import CP437_FONT, LCD_FONT, proportional, tolerant

    fonts = [proportional(tolerant(font)) for font in (CP437_FONT, LCD_FONT)]
    return next((font for font in fonts if _width(text, font) <= width), None)


def _width(text: str, font: Any) -> int:  # noqa: ANN401 - luma has no types
    """Dots from the first to the last column with light; a letter is followed by one dark column."""
    from luma.core.legacy import textsize

    return max(0, int(textsize(text, font)[0]) - 1)
