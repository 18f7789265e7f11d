"""What a long, badly shielded cable does to frames: a stream of whole and damaged ones, and which are whole.

Belongs here: flipping, cutting, merging and inventing bytes, from a seed. Never here: what a pad makes of them.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from typing import NamedTuple


class Piece(NamedTuple):
    """Some bytes of a stream; `frame` is the place of the whole frame that they are, None when they are not one."""

    bytes_: bytes
    frame: int | None


class Cable:
    """Every second frame or so comes through whole; the rest is damaged in a way of its own."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)
        self._ways = (
            self._bits_flipped,
            self._one_wire_flipped,
            self._byte_changed,
            self._cut_short,
            self._beginning_lost,
            self._byte_lost,
            self._byte_doubled,
            self._swapped,
        )

    def pieces(self, frames: Sequence[bytes], how_many: int) -> Iterator[Piece]:
        """So many frames, whole and damaged, taken from `frames` by chance; some with garbage around them."""
        for _ in range(how_many):
            number = self._chance.randrange(len(frames))
            if self._chance.random() < 0.2:
                yield self._damaged(self._chance.randbytes(self._chance.randrange(1, 24)))
            damaged = frames[number]
            if self._chance.random() < 0.6:
                damaged = self._chance.choice(self._ways)(damaged)
            if damaged != frames[number] and self._chance.random() < 0.3:
                other = self._chance.randrange(len(frames))
                damaged = self._collision(damaged, frames[other])
                number = (
                    other if damaged == frames[other] else number
                )  # the other one won, and was sent as well
            yield Piece(damaged, number) if damaged == frames[number] else self._damaged(damaged)

    def _damaged(self, bytes_: bytes) -> Piece:
        """With a byte that is in no frame before it, so that two halves do not happen to be a whole one again."""
        return Piece(b"\x00" + bytes_, None)

    def portions(self, stream: bytes) -> Iterator[bytes]:
        """The stream as a port hands it out: a byte, or some."""
        start = 0
        while start < len(stream):
            size = self._chance.choice((1, 2, 3, 7, 16, 64))
            yield stream[start : start + size]
            start += size

    def _bits_flipped(self, frame: bytes) -> bytes:
        damaged = bytearray(frame)
        for bit in self._chance.sample(range(8 * len(frame)), self._chance.randrange(1, 7)):
            damaged[bit // 8] ^= 1 << bit % 8
        return bytes(damaged)

    def _one_wire_flipped(self, frame: bytes) -> bytes:
        """The same bit of two bytes: an exclusive or of all bytes does not see it."""
        damaged = bytearray(frame)
        for place in self._chance.sample(range(len(frame)), 2):
            damaged[place] ^= 1 << (len(frame) % 8)
        return bytes(damaged)

    def _byte_changed(self, frame: bytes) -> bytes:
        place = self._chance.randrange(len(frame))
        return frame[:place] + self._chance.randbytes(1) + frame[place + 1 :]

    def _cut_short(self, frame: bytes) -> bytes:
        return frame[: self._chance.randrange(1, len(frame))]

    def _beginning_lost(self, frame: bytes) -> bytes:
        return frame[self._chance.randrange(1, len(frame)) :]

    def _byte_lost(self, frame: bytes) -> bytes:
        place = self._chance.randrange(len(frame))
        return frame[:place] + frame[place + 1 :]

    def _byte_doubled(self, frame: bytes) -> bytes:
        """Not the first or the last: a whole frame with a byte beside it is a whole frame."""
        place = self._chance.randrange(1, len(frame) - 1)
        return frame[:place] + frame[place : place + 1] + frame[place:]

    def _swapped(self, frame: bytes) -> bytes:
        place = self._chance.randrange(len(frame) - 1)
        return frame[:place] + frame[place : place + 2][::-1] + frame[place + 2 :]

    def _collision(self, frame: bytes, other: bytes) -> bytes:
        cut = self._chance.randrange(min(len(frame), len(other)))
        return frame[:cut] + bytes(a & b for a, b in zip(frame[cut:], other[cut:], strict=False))
