"""A chain of MAX7219 modules at the end of an SPI bus, read from the chip's data sheet and not from luma.

    chain = LedMatrix(4); chain.transfer(bytes of one chip select); chain.rows() is what people see

Belongs here: shift registers, latches, and dots as rows of `#` and `.`. Never here: the driver.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw

SIDE: Final = 8
DOT: Final = 12
LIT, DARK, GROUND = (255, 60, 30), (52, 36, 36), (20, 20, 20)
DECODE, INTENSITY, SCAN_LIMIT, AWAKE, TEST = 0x09, 0x0A, 0x0B, 0x0C, 0x0F


class LedMatrix:
    """Modules from the data wire on; `turned` is how far each board is turned against the chip's own rows."""

    def __init__(self, modules: int, turned: int = -90) -> None:
        self.registers = [dict.fromkeys(range(16), 0) for _ in range(modules)]
        self.transfers = 0
        self._turned = turned

    def transfer(self, data: bytes) -> None:
        """One chip select: 16 bits a module, and what was sent first ends farthest away."""
        if len(data) != 2 * len(self.registers):
            raise ValueError(f"{len(data)} bytes for {len(self.registers)} modules")
        self.transfers += 1
        words = [data[at : at + 2] for at in range(0, len(data), 2)]
        for chip, (register, value) in zip(self.registers, reversed(words), strict=True):
            if register:
                chip[register] = value

    def take(self, stream: bytes) -> None:
        """Transfers one after the other, as a file keeps them."""
        size = 2 * len(self.registers)
        for at in range(0, len(stream), size):
            self.transfer(stream[at : at + size])

    def picture(self) -> Image.Image:
        """What people see, a dot a pixel; a chip that sleeps or was never set up is dark."""
        seen = Image.new("1", (SIDE * len(self.registers), SIDE))
        for place, chip in enumerate(self.registers):
            if chip[AWAKE] != 1 or chip[SCAN_LIMIT] != 7 or chip[DECODE]:
                continue
            board = Image.new("1", (SIDE, SIDE))
            for column in range(SIDE):
                for row in range(SIDE):
                    board.putpixel((column, row), chip[column + 1] >> row & 1)
            # luma's own counting: register n + 1 holds column n, bit 0 the top row, before the board is turned
            seen.paste(board.rotate(-self._turned), (place * SIDE, 0))
        return seen

    def rows(self) -> list[str]:
        dots = self.picture()
        return [
            "".join("#" if dots.getpixel((x, y)) else "." for x in range(dots.width)) for y in range(SIDE)
        ]

    def save(self, path: Path) -> None:
        """A picture as large as a hand, to be looked at."""
        large(self.picture()).save(path)


def large(dots: Image.Image) -> Image.Image:
    """Each dot as a round light."""
    seen = Image.new("RGB", (dots.width * DOT, dots.height * DOT), GROUND)
    brush = ImageDraw.Draw(seen)
    for x in range(dots.width):
        for y in range(dots.height):
            corner = (x * DOT + 1, y * DOT + 1, x * DOT + DOT - 2, y * DOT + DOT - 2)
            brush.ellipse(corner, fill=LIT if dots.getpixel((x, y)) else DARK)
    return seen
