"""What every model of pad must do; finds the drivers by itself, no model is named here."""

from __future__ import annotations

import ast
import doctest
import inspect
import random
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

import hall_controller.devices.pads
from hall_controller.devices.contacts import Contacts, Pressed, Stuck
from hall_controller.devices.pads import Heard, PadDriver, driver_of, models
from hall_controller.messages import Ack, DeviceInput, Reason, Text
from tests.hall_controller.devices.pads.noise import Cable

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


@pytest.fixture(params=models())
def pad(request: pytest.FixtureRequest) -> PadDriver:
    return build(request.param)


@pytest.fixture(params=[m for m in models() if driver_of(m).checked and not driver_of(m).answer_s])
def checked_pad(request: pytest.FixtureRequest) -> PadDriver:
    return build(request.param)


@pytest.fixture(params=[model for model in models() if driver_of(model).answer_s])
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
    said = everything(checked_pad)
    cable = Cable(seed=24)
    pieces = list(cable.pieces([checked_pad.sent(heard) for heard in said], NOISY_FRAMES))
    stream = b"".join(piece.bytes_ for piece in pieces)
    heard = [one for portion in cable.portions(stream) for one in checked_pad.feed(portion)]
    whole = [said[piece.frame] for piece in pieces if piece.frame is not None]
    rest = iter(whole)
    wrong = [one for one in heard if one not in rest]  # `in` goes on where it stopped: the order counts
    assert not wrong
    assert len(whole) > NOISY_FRAMES // 3
    assert len(heard) >= 0.99 * len(whole)


def test_whatever_a_noisy_cable_makes_of_answers_no_key_is_believed_to_stand_otherwise(
    asked_pad: PadDriver,
) -> None:
    cable, chance = Cable(seed=25), random.Random(25)
    truths = [Heard(None), *(Heard(press, down=True) for press in asked_pad.presses())]
    answers = {truth: asked_pad.sent(truth) for truth in truths}
    changes, wrong, truth = 0, [], truths[0]
    for piece in cable.pieces(list(answers.values()), NOISY_FRAMES):
        truth = chance.choice(truths) if chance.random() < 0.3 else truth
        answer = piece.bytes_ if piece.frame is None else answers[truth]
        stands = truth if piece.frame is not None else None
        for heard in asked_pad.feed(answer):
            if heard.press is not None:
                changes += 1
                wrong += [heard] if not _stands_so(heard, stands, answer, answers) else []
        asked_pad.forget()
    assert not wrong
    assert changes > NOISY_FRAMES // 20


def _stands_so(heard: Heard, stands: Heard | None, answer: bytes, answers: dict[Heard, bytes]) -> bool:
    """A change that was heard is what a whole answer said; a damaged one may hold a whole answer beside the damage."""
    said = [stands] if stands else [t for t, sent in answers.items() if sent[: len(sent) // 2] in answer]
    return any((truth.press == heard.press) == heard.down for truth in said)


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
