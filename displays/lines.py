"""How frames travel to the panels of one line, one exchange at a time.

    async with line.turn(has_news):                who has news goes first
        await line.exchange(step, timeout_s)       one frame out, its answer judged, in the line's own thread

Belongs here: taking turns, time-outs, opening again after a failure. Never here: what a byte means. Everything that
blocks does so in the one thread of its line, so panels that share a line take turns and nothing else waits.
"""

from __future__ import annotations

import asyncio
import termios
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Final

import serial

from displays.line_address import parse
from displays.panels import Judge, Step, Verdict
from displays.ports import Port, open_port
from displays.turns import Turns
from hall_controller.errors import LineError, LineTimeout

LONGEST_ANSWER_BYTES: Final = 256
"""More than this between question and answer is noise, not an answer."""


class Line:
    """One address, opened when first needed and again after every failure."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.turn = Turns().turn
        self._parts = parse(address)
        self._port: Port | None = None
        self._quiet_since_s = 0.0
        self._thread = ThreadPoolExecutor(1, thread_name_prefix=f"line {address}")

    async def exchange(self, step: Step, timeout_s: float) -> None:
        """Send a frame and wait for the answer that its judge takes.

        Raises LineTimeout without an answer in `timeout_s`, LineError when the line breaks or the panel refuses.
        """
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(self._thread, self._exchange, step, timeout_s)

    async def close(self) -> None:
        """Close the port after the frame that is under way; the line cannot be used again."""
        await asyncio.get_running_loop().run_in_executor(self._thread, self._shut)
        self._thread.shutdown(wait=False)

    def _shut(self) -> None:
        if self._port is not None:
            self._port.close()
            self._port = None

    def _exchange(self, step: Step, timeout_s: float) -> None:
        try:
            if self._port is None:
                self._port = open_port(self._parts)
            time.sleep(max(0.0, self._quiet_since_s + step.gap_s - time.monotonic()))
            for piece in _pieces(step):
                self._port.write(piece)
            verdict = _listen(self._port, step.judge, timeout_s)
        except (OSError, serial.SerialException, termios.error) as error:
            self._shut()
            raise LineError(f"{self.address}: {error}; check the cable and the address") from error
        finally:
            self._quiet_since_s = time.monotonic()
        if verdict == "refused":
            raise LineError(
                f"{self.address}: the panel did not accept the frame; check the wiring's noise and length"
            )
        if verdict == "more":
            raise LineTimeout(
                f"{self.address}: no answer within {timeout_s:g} s; is the panel on, its address right?"
            )


def _pieces(step: Step) -> list[bytes]:
    size = step.latch_bytes or len(step.frame)
    return [step.frame[at : at + size] for at in range(0, len(step.frame), size)]


def _listen(port: Port, judge: Judge, timeout_s: float) -> Verdict:
    """Read until the judge decides or the time is over; the monotonic clock counts."""
    heard = b""
    verdict = judge(heard)
    deadline = time.monotonic() + timeout_s
    while verdict == "more" and (left := deadline - time.monotonic()) > 0:
        heard = (heard + port.read(left))[-LONGEST_ANSWER_BYTES:]
        verdict = judge(heard)
    return verdict
