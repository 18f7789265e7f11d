"""Pads on bad cables, counted: so many frames, how many came through whole, how many were heard, how many were wrong.

Belongs here: playing frames and answers through noise, into a driver or over a real pseudo terminal into the real
reader. Never here: how noise looks (`noise`), and how many are too many.
"""

from __future__ import annotations

import itertools
import os
import random
import threading
import tty
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from hall_controller.devices.pads import Heard, PadDriver, driver_of, models
from hall_controller.pad_reader import PadReader
from tests.hall_controller.devices.pads.noise import Cable, Piece

PATIENCE_S = 60.0
BATCH = 10_000


@dataclass
class Outcome:
    """What became of the frames of one run."""

    frames: int
    whole: int = 0
    heard: int = 0
    wrong: list[Heard] = field(default_factory=list)


def build(model: str) -> PadDriver:
    """A pad that nobody touches; a field with an example has it, any other that is needed gets a small number."""
    driver = driver_of(model)
    settings = {
        name: field.examples[0] if field.examples else 7
        for name, field in driver.model_fields.items()
        if field.examples or field.is_required()
    }
    pad = driver.model_validate(settings)
    pad.feed(pad.sent(Heard(None)))
    return pad


def pressed(pad: PadDriver, bytes_: bytes) -> list[Heard]:
    """The presses among what is heard."""
    return [heard for heard in pad.feed(bytes_) if heard.press is not None and heard.down is not False]


def let_go(pad: PadDriver, heard: Heard) -> bytes:
    """What the pad sends when the key comes up; most send nothing."""
    return b"" if heard.down is None else pad.sent(replace(heard, down=False))


def everything(pad: PadDriver) -> list[Heard]:
    """Each press of the pad once, numbered as the pad does it."""
    said = []
    for seq, press in enumerate(pad.presses()):
        (heard,) = pressed(pad, pad.sent(Heard(press, seq % 10)))
        pad.feed(let_go(pad, heard))
        said.append(heard)
    return said


def count(said: Sequence[Heard], pieces: list[Piece], heard: list[Heard], outcome: Outcome) -> None:
    """Add what was heard of these pieces: right is what was whole, in its order."""
    whole = [said[piece.frame] for piece in pieces if piece.frame is not None]
    rest = iter(whole)
    outcome.wrong += [
        one for one in heard if one not in rest
    ]  # `in` goes on where it stopped: the order counts
    outcome.whole += len(whole)
    outcome.heard += len(heard)


def frames_run(pad: PadDriver, frames: int, seed: int) -> Outcome:
    """Frames of a pad that speaks by itself, in any portions, into its driver."""
    said, cable, outcome = everything(pad), Cable(seed), Outcome(frames)
    pieces = cable.pieces([pad.sent(heard) for heard in said], frames)
    while batch := list(itertools.islice(pieces, BATCH)):
        stream = b"".join(piece.bytes_ for piece in batch)
        heard = [one for portion in cable.portions(stream) for one in pad.feed(portion)]
        count(said, batch, heard, outcome)
    return outcome


def answers_run(pad: PadDriver, answers: int, seed: int) -> Outcome:
    """Answers of a pad that is asked, its keys pressed by chance; some are damaged, some are an answer of before."""
    cable, chance, outcome = Cable(seed), random.Random(seed), Outcome(answers)
    truths = [Heard(None), *(Heard(press, down=True) for press in pad.presses())]
    sent = {truth: pad.sent(truth) for truth in truths}
    truth = truths[0]
    for piece in cable.pieces(list(sent.values()), answers):
        truth = chance.choice(truths) if chance.random() < 0.3 else truth
        answer = piece.bytes_ if piece.frame is None else sent[truth]
        outcome.whole += piece.frame is not None
        # Half of what a driver sends is one answer: damage to one half leaves the other true.
        stands = [one for one, bytes_ in sent.items() if bytes_[: len(bytes_) // 2] in answer]
        for heard in pad.feed(answer):
            if heard.press is not None:
                outcome.heard += 1
                right = any((one.press == heard.press) == heard.down for one in stands)
                outcome.wrong += [] if right else [heard]
        pad.forget()
    return outcome


def pty_run(model: str, frames: int, seed: int, folder: Path) -> Outcome:
    """Frames over a pseudo terminal, merged and cut into portions by it and by us, into the real reader."""
    pad, cable, outcome = build(model), Cable(seed), Outcome(frames)
    said = everything(pad)
    *said, last = said
    wire = Wire(pad, folder / "pad")
    wire.until(wire.ready)
    pieces = cable.pieces([pad.sent(heard) for heard in said], frames)
    while batch := list(itertools.islice(pieces, BATCH)):
        wire.heard.clear()
        wire.done.clear()
        wire.last = last
        for portion in cable.portions(b"".join(piece.bytes_ for piece in batch)):
            wire.send(portion)
        wire.send(b"\x00" + pad.sent(last))
        wire.until(wire.done)
        count(said, batch, [heard for heard in wire.heard if heard != last], outcome)
    wire.close()
    return outcome


class Wire:
    """A pseudo terminal with the real reader at its far end."""

    def __init__(self, pad: PadDriver, port: Path) -> None:
        self.heard: list[Heard] = []
        self.last: Heard | None = None
        self.ready, self.done = threading.Event(), threading.Event()
        self._near, far = os.openpty()
        tty.setraw(far)
        port.symlink_to(os.ttyname(far))
        self._reader = PadReader(f"serial://{port}", [pad], self._hears, lambda *_: self.ready.set())
        self._reader.start()
        self._far = far

    def _hears(self, _: int, heard: Heard, __: float) -> None:
        self.heard.append(heard)
        if heard == self.last:
            self.done.set()

    def send(self, portion: bytes) -> None:
        """Returns when the terminal has taken it."""
        while portion:
            portion = portion[os.write(self._near, portion) :]

    def until(self, event: threading.Event) -> None:
        assert event.wait(PATIENCE_S)

    def close(self) -> None:
        self._reader.stop()
        self._reader.join()
        os.close(self._near)
        os.close(self._far)


def framed(*, asked: bool) -> list[str]:
    """The models whose frames carry a checksum: those that are asked, or those that speak by themselves."""
    return [m for m in models() if driver_of(m).checked and bool(driver_of(m).answer_s) == asked]
