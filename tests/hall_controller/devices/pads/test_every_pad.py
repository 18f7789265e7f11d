"""What every model of pad must do; finds the drivers by itself, no model is named here."""

from __future__ import annotations

import ast
import doctest
import inspect
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

import hall_controller.devices.pads
from hall_controller.devices.contacts import Contacts, Pressed, Stuck
from hall_controller.devices.pads import Heard, PadDriver, driver_of, models
from hall_controller.messages import Ack, DeviceInput, Reason, Text
from tests.hall_controller.devices.pads.noise import Cable
from tests.hall_controller.devices.pads.noisy_runs import (
    answers_run,
    build,
    everything,
    framed,
    frames_run,
    let_go,
    pressed,
    pty_run,
)

FOLDER = Path(hall_controller.devices.pads.__file__).parent
NOISY_FRAMES = 100_000
LONGEST_ANSWER_BYTES = 512
"""Half a second at 9600 baud: longer than that nobody waits for a light."""
LONGEST_MEMORY_BYTES = 256
NO = Reason(code="none_waiting", text=Text(vi="Không có ai đang chờ.", en="Nobody is waiting."))
ACKS = {
    "done": Ack(boot=1, seq=1, result="ok"),
    "called": Ack(boot=1, seq=1, result="ok", ticket="A012"),
    "rejected": Ack(boot=1, seq=1, result="rejected", reason=NO),
}


@pytest.fixture(params=models())
def pad(request: pytest.FixtureRequest) -> PadDriver:
    return build(request.param)


@pytest.fixture(params=framed(asked=False))
def checked_pad(request: pytest.FixtureRequest) -> PadDriver:
    return build(request.param)


@pytest.fixture(params=framed(asked=True))
def asked_pad(request: pytest.FixtureRequest) -> PadDriver:
    return build(request.param)


def test_every_file_is_a_model_and_every_model_a_file() -> None:
    files = {path.stem for path in FOLDER.glob("*.py")} - {"__init__"}
    assert set(models()) == files
    assert files


@pytest.mark.parametrize("model", models())
def test_a_driver_is_named_driver_and_brings_its_data_sheet_with_an_example(model: str) -> None:
    driver = driver_of(model)
    assert driver.__name__ == "Driver"
    assert ">>>" in inspect.cleandoc(driver.__doc__ or "")
    assert doctest.testmod(sys.modules[driver.__module__]).failed == 0


@pytest.mark.parametrize("model", models())
def test_a_driver_neither_opens_nor_waits_nor_reads_a_clock(model: str) -> None:
    tree = ast.parse((FOLDER / f"{model}.py").read_text("utf-8"))
    forbidden = {"asyncio", "os", "random", "serial", "socket", "threading", "time"}
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    imported |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert not imported & forbidden


@pytest.mark.parametrize("model", models())
def test_a_setting_that_a_model_does_not_have_is_refused(model: str) -> None:
    with pytest.raises(ValueError, match="colour"):
        driver_of(model).model_validate({"colour": "blue"})


def test_a_pad_is_heard_with_the_last_byte_and_not_before(pad: PadDriver) -> None:
    for press in pad.presses():
        *begin, last = (bytes([byte]) for byte in pad.sent(Heard(press, 3)))
        assert [heard for byte in begin for heard in pressed(pad, byte)] == []
        (heard,) = pressed(pad, last)
        assert heard.press == press
        pad.feed(let_go(pad, heard))


def test_many_presses_in_one_portion_are_all_heard_in_order(pad: PadDriver) -> None:
    said = everything(pad)
    assert [heard.press for heard in said] == pad.presses()
    assert pressed(pad, b"".join(pad.sent(heard) + let_go(pad, heard) for heard in said)) == said


def test_a_repeated_press_keeps_its_number(pad: PadDriver) -> None:
    for press in pad.presses():
        (first,) = pressed(pad, pad.sent(Heard(press, 4)))
        pad.feed(let_go(pad, first))
        (again,) = pressed(pad, pad.sent(Heard(press, 4, repeated=first.seq is not None)))
        pad.feed(let_go(pad, again))
        assert (first.press, first.seq) == (again.press, again.seq)
        assert again.repeated == (first.seq is not None)


def test_a_frame_that_was_begun_is_forgotten_when_the_line_was_away(pad: PadDriver) -> None:
    for press in pad.presses():
        frame = pad.sent(Heard(press, 3))
        for cut in range(1, len(frame)):
            pad.feed(frame[:cut])
            pad.forget()
            pad.feed(frame[cut:-1])
            pad.forget()
            (heard,) = pressed(pad, frame)
            assert heard.press == press
            pad.feed(let_go(pad, heard))


def test_a_key_that_was_down_when_the_line_was_cut_is_no_press_when_it_is_back(asked_pad: PadDriver) -> None:
    for press in asked_pad.presses():
        frame = asked_pad.sent(Heard(press, 3))
        assert not any(heard.repeated for heard in pressed(asked_pad, frame))
        asked_pad.begin()
        assert all(heard.repeated for heard in pressed(asked_pad, frame))


def test_after_garbage_a_pad_is_heard_again(pad: PadDriver) -> None:
    frame = pad.sent(Heard(pad.presses()[0], 3))
    (heard,) = pressed(pad, frame)
    for garbage in (b"\x00", b"\xff\xfe", frame[:1], frame[:-1], frame[1:], frame[:3] * 5, bytes(range(256))):
        pad.feed(let_go(pad, heard) * 2)
        found = pressed(pad, garbage + frame + garbage + frame + frame)
        assert {one.press for one in found} == {pad.presses()[0]}
        pad.forget()


def test_noise_does_not_pile_up(pad: PadDriver) -> None:
    for portion in (b"\x00" * 4000, bytes(range(1, 10)) * 400, b"next " * 800):
        pad.feed(portion)
        assert sum(len(value) for value in vars_of(pad)) <= LONGEST_MEMORY_BYTES


def vars_of(pad: PadDriver) -> Iterator[bytes]:
    private = pad.__pydantic_private__ or {}
    yield from (bytes(value) for value in private.values() if isinstance(value, bytes | bytearray))


def test_whatever_a_noisy_cable_makes_of_frames_no_press_is_wrong(checked_pad: PadDriver) -> None:
    outcome = frames_run(checked_pad, NOISY_FRAMES, seed=24)
    assert not outcome.wrong
    assert outcome.whole > NOISY_FRAMES // 3
    assert outcome.heard >= 0.99 * outcome.whole


def test_whatever_a_noisy_cable_makes_of_answers_no_key_is_believed_to_stand_otherwise(
    asked_pad: PadDriver,
) -> None:
    outcome = answers_run(asked_pad, NOISY_FRAMES, seed=25)
    assert not outcome.wrong
    assert outcome.whole > NOISY_FRAMES // 3
    assert outcome.heard > NOISY_FRAMES // 20


@pytest.mark.parametrize("model", framed(asked=False))
def test_over_a_noisy_pseudo_terminal_no_press_is_wrong(model: str, tmp_path: Path) -> None:
    outcome = pty_run(model, NOISY_FRAMES, seed=26, folder=tmp_path)
    assert not outcome.wrong
    assert outcome.heard >= 0.99 * outcome.whole > NOISY_FRAMES // 4


@given(noise=some.binary(max_size=200))
def test_no_noise_is_a_press(noise: bytes) -> None:
    for model in models():
        if driver_of(model).checked:
            assert pressed(build(model), noise) == []


@given(noise=some.binary(max_size=200), seed=some.integers(0, 1000))
def test_portions_make_no_difference(noise: bytes, seed: int) -> None:
    for model in models():
        frame = build(model).sent(Heard(build(model).presses()[0], 1))
        stream = noise + frame + noise + frame
        portions, whole = build(model), build(model)
        assert [h for part in Cable(seed).portions(stream) for h in portions.feed(part)] == whole.feed(stream)


@pytest.mark.parametrize("ack", ACKS)
def test_an_answer_is_short_and_is_no_press_when_the_line_echoes_it(pad: PadDriver, ack: str) -> None:
    for heard in everything(pad):
        answer = pad.answer(heard, ACKS[ack])
        assert len(answer) <= LONGEST_ANSWER_BYTES
        assert pressed(pad, answer * 2) == []


def test_a_rejected_press_looks_different_from_one_that_was_done(pad: PadDriver) -> None:
    for heard in everything(pad):
        answer = pad.answer(heard, ACKS["done"])
        assert answer != pad.answer(heard, ACKS["rejected"]) or answer == b""


def test_a_light_that_invites_goes_on_and_off_and_is_no_press_when_the_line_echoes_it(pad: PadDriver) -> None:
    on, off = (pad.invite(on=on) for on in (True, False))
    if on is None or off is None:
        assert on is off
        return
    assert on != off
    assert 0 < max(len(on), len(off)) <= LONGEST_ANSWER_BYTES
    assert pressed(pad, on + off + on) == []
    assert [heard.press for heard in everything(pad)] == pad.presses()


def test_a_key_that_sticks_is_one_press_and_is_told_as_far_as_the_pad_can(pad: PadDriver) -> None:
    (heard,) = pressed(pad, pad.sent(Heard(pad.presses()[0], 3)))
    if heard.down is None:
        told = pad.feed(pad.sent(Heard(None, 4, faulty="stuck")))
        assert all(one.press is None and one.faulty for one in told)
        return
    contacts = Contacts[DeviceInput](pad.settle_s)
    assert heard.press is not None
    contacts.change(heard.press, heard.down, 1.0)
    told_stuck = [happened for at_s in range(1, 60) for happened in contacts.look(at_s + 0.5)]
    assert told_stuck == [Pressed(heard.press, 1.0), Stuck(heard.press)]


def test_a_pad_takes_no_press_of_another_model(pad: PadDriver) -> None:
    for model in models():
        other = build(model)
        if type(other) is not type(pad):
            frames = [other.sent(heard) for heard in everything(other)]
            assert pressed(pad, b"".join(frames)) == []
            pad.forget()


def test_a_model_without_a_file_is_not_found() -> None:
    with pytest.raises(LookupError):
        driver_of("no_such_pad")
