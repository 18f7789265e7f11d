"""Reads a line of pads that speak only when asked: the one owner of its port, which asks them in turn.

    rounds.next -> ask -> answer within answer_s -> driver.feed -> on_heard     none five times -> on_state(place, why)

Belongs here: whose turn it is, silences between frames, lights between two questions. Never here: what an answer means.
"""

from __future__ import annotations

import queue
import time
from typing import TYPE_CHECKING, Final

from hall_controller.devices.rounds import Rounds
from hall_controller.pad_reader import MOST_BYTES, WRITE_S, PadReader

if TYPE_CHECKING:
    from hall_controller.devices.lines import Line

GAP_S: Final = 0.002
"""The silence between two frames: 3.5 bytes at 19,200 baud, and more than the 1.75 ms that hold for faster lines."""
ASKED_AGAIN: Final = 3
IDLE_S: Final = 0.05
NO_ANSWER: Final = (
    "{} does not answer there: check its power, its address and its baud rate, and the wires A and B"
)


class PadPoller(PadReader):
    """One line whose pads are asked."""

    def send(self, place: int, answer: bytes) -> None:
        """Write between two questions, until it is answered; a line that is away is told when it is back."""
        if self._open is not None:
            super().send(place, answer)

    def _write(self) -> None:
        """Nothing by itself: two that speak at once on one pair of wires destroy both."""

    def _hear(self, line: Line) -> None:
        self._rounds = Rounds(len(self._drivers))
        while not self._stop.is_set():
            self._send_one(line)
            place = self._rounds.next(time.monotonic())
            if place is None:
                self._stop.wait(IDLE_S)
                continue
            driver = self._drivers[place]
            answered = self._exchange(line, place, driver.ask())
            for _ in range(ASKED_AGAIN):
                if not (answered and driver.unsure):
                    break
                answered = self._exchange(line, place, driver.ask())
            self._tell(place, answered=answered)

    def _send_one(self, line: Line) -> None:
        """A light that is to be changed; whoever keeps the lights tells a pad that is lost when it is back."""
        try:
            waiting = self._answers.get_nowait()
        except queue.Empty:
            return
        if waiting is None or self._rounds.lost(waiting[0]):
            return
        answered = self._exchange(line, *waiting)
        self._tell(waiting[0], answered=answered)
        if not answered:
            self._answers.put(waiting)

    def _exchange(self, line: Line, place: int, question: bytes) -> bool:
        """Ask, and pass on what is answered; whether anything was."""
        driver = self._drivers[place]
        self._stop.wait(GAP_S)
        while line.read(MOST_BYTES, 0):
            pass  # a late answer to the last question is no answer to this one
        driver.forget()
        line.write(question, WRITE_S)
        until_s = time.monotonic() + driver.answer_s
        answered = False
        while not answered and (left_s := until_s - time.monotonic()) > 0:
            for said in driver.feed(line.read(MOST_BYTES, left_s)):
                answered = True
                if said.press is not None or said.faulty is not None:
                    self._on_heard(place, said, self._clock_s())
        return answered

    def _tell(self, place: int, *, answered: bool) -> None:
        change = self._rounds.asked(place, answered=answered, now_s=time.monotonic())
        if change is not None:
            if not change:
                self._drivers[place].begin()
            self._on_state(place, None if change else NO_ANSWER.format(self.line))
