"""What noise could still do to frames with a checksum, computed from all frames that a pad can send.

On a line where each bit is wrong with probability e, a frame of n bits becomes a certain other one that differs in w
bits with e^w * (1 - e)^(n - w). Summed over all other frames of the pad that mean another press.
"""

from __future__ import annotations

import pytest

from hall_controller.devices.pad_keys import Button
from hall_controller.devices.pads import Heard
from hall_controller.devices.pads.ascii_serial import Driver as AsciiPad
from hall_controller.devices.pads.modbus_inputs import Driver as ModbusPad

ONE_IN = (1_000, 100, 20, 12)
"""From a bad line to one on which next to nothing comes through."""


def became(frame: bytes, other: bytes, wrong: float) -> float:
    """The probability that noise makes one of the other."""
    bits = sum((one ^ two).bit_count() for one, two in zip(frame, other, strict=True))
    return wrong**bits * (1 - wrong) ** (8 * len(frame) - bits)


def ascii_frames() -> dict[tuple[object, int | None], list[bytes]]:
    """By press and number: the frames that say so, sent first and repeated."""
    buttons = {
        chr(code): Button(service=f"s-{code}", purpose="submit") for code in range(ord("a"), ord("z") + 1)
    }
    pad = AsciiPad(address=8, buttons=buttons)
    return {
        (press, seq): [pad.sent(Heard(press, seq, repeated=again)) for again in (False, True)]
        for press in pad.presses()
        for seq in range(10)
    }


@pytest.mark.parametrize(("one_in", "most"), list(zip(ONE_IN, (1e-11, 1e-7, 2e-7, 2e-7), strict=True)))
def test_a_frame_of_a_pad_hardly_ever_becomes_another_press(one_in: int, most: float) -> None:
    frames = ascii_frames()
    sent = list(frames.items())[::20]
    risk = sum(
        became(frame, other, 1 / one_in)
        for said, (frame, _) in sent
        for meant, others in frames.items()
        if meant != said
        for other in others
    )
    assert 0 < risk / len(sent) < most


@pytest.mark.parametrize(("one_in", "most"), list(zip(ONE_IN, (1e-20, 1e-15, 1e-11, 1e-11), strict=True)))
def test_an_answer_of_a_module_hardly_ever_becomes_another_key_twice(one_in: int, most: float) -> None:
    pad = ModbusPad(unit=7, keys={str(score): score for score in range(1, 6)})
    answers = [pad.sent(Heard(None)), *(pad.sent(Heard(press, down=True)) for press in pad.presses())]
    frames = [answer[: len(answer) // 2] for answer in answers]
    once = [became(one, other, 1 / one_in) for one in frames for other in frames if one != other]
    assert sum(once) / len(frames) > most, "one answer would not be enough"
    assert sum(chance**2 for chance in once) / len(frames) < most


def test_different_presses_differ_in_at_least_four_bits() -> None:
    frames = ascii_frames()
    first = next(iter(frames.items()))
    for meant, others in frames.items():
        for other in others:
            bits = sum((a ^ b).bit_count() for a, b in zip(first[1][0], other, strict=True))
            assert bits >= 4 or meant == first[0]
