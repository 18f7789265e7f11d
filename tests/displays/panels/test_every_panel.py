"""What every model of LED panel must do; finds the drivers by itself, no model is named here."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some
from pydantic_core import PydanticUndefined

import displays.panels
from displays.panels import Face, PanelDriver, driver_of, models
from hall_controller.messages import CounterDisplay
from tests.displays.boards import MORNING, counter

FOLDER = Path(displays.panels.__file__).parent
FACES = {
    "nothing": Face("5"),
    "calling": Face("5", counter(1, "calling", "A012"), blink=True),
    "called again": Face("5", counter(1, "calling", "A012", call=2), blink=True),
    "serving": Face("5", counter(1, "serving", "A012")),
    "another ticket": Face("5", counter(1, "serving", "B1047")),
    "open": Face("5", counter(1, "open")),
    "paused": Face("5", counter(1, "paused")),
    "closed": Face("5", counter(1, "closed")),
}


def settings_of(driver: type[PanelDriver]) -> dict[str, int]:
    """The least that a driver's settings need: every field without a default gets a small number."""
    fields = driver.model_fields.items()
    return {name: 7 for name, field in fields if field.default is PydanticUndefined}


def build(model: str) -> PanelDriver:
    driver = driver_of(model)
    return driver.model_validate(settings_of(driver))


def every_display() -> Iterator[CounterDisplay]:
    for face in FACES.values():
        if face.display is not None:
            yield face.display


def sent(driver: PanelDriver, face: Face) -> bytes:
    """All that goes out for a face."""
    return b"".join(step.frame for step in driver.steps(face))


@pytest.fixture(params=models())
def driver(request: pytest.FixtureRequest) -> PanelDriver:
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


@pytest.mark.parametrize("model", models())
def test_a_driver_neither_opens_nor_waits_nor_reads_a_clock(model: str) -> None:
    tree = ast.parse((FOLDER / f"{model}.py").read_text("utf-8"))
    forbidden = {"asyncio", "os", "random", "serial", "socket", "threading", "time"}
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    imported |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert not imported & forbidden


@pytest.mark.parametrize("face", FACES)
def test_a_face_becomes_bytes_and_the_same_face_the_same_bytes(driver: PanelDriver, face: str) -> None:
    assert driver.encode(FACES[face])
    assert all(step.frame for step in driver.steps(FACES[face]))
    assert sent(driver, FACES[face]) == sent(driver, FACES[face])


def test_what_people_must_tell_apart_looks_different(driver: PanelDriver) -> None:
    faces = [FACES[name] for name in ("serving", "another ticket", "open", "paused", "closed")]
    assert len({sent(driver, face) for face in faces}) == len(faces)
    assert len({driver.text(face) for face in faces}) == len(faces)


def test_the_ticket_that_is_called_can_be_read_on_the_panel(driver: PanelDriver) -> None:
    assert "A012" in driver.text(FACES["calling"])


@given(
    number=some.from_regex(r"\A[A-HJ-NPR-Z][0-9]{3}\Z"), other=some.from_regex(r"\A[A-HJ-NPR-Z][0-9]{3}\Z")
)
def test_two_numbers_never_look_the_same(number: str, other: str) -> None:
    for model in models():
        driver = build(model)
        shown = [sent(driver, Face("5", counter(1, "serving", each))) for each in (number, other)]
        assert (shown[0] == shown[1]) == (number == other)


@pytest.mark.parametrize("face", FACES)
def test_a_stale_board_is_marked(driver: PanelDriver, face: str) -> None:
    stale = replace(FACES[face], stale_since=MORNING)
    assert sent(driver, stale) != sent(driver, FACES[face])


def test_identify_and_test_do_not_look_like_a_board(driver: PanelDriver) -> None:
    boards = {sent(driver, face) for face in FACES.values()}
    assert sent(driver, replace(FACES["open"], wanted="identify")) not in boards
    assert sent(driver, replace(FACES["open"], wanted="test")) not in boards


def test_a_call_blinks_at_most_five_seconds_and_three_hertz(driver: PanelDriver) -> None:
    assert 0 <= driver.blink_s <= timedelta(seconds=5).total_seconds()
    assert 0 <= driver.flash_hz <= 3
    for much in ({"blink_s": 5.1}, {"flash_hz": 3.1}):
        with pytest.raises(ValueError, match=next(iter(much))):
            type(driver).model_validate({**driver.model_dump(), **much})


def test_a_panel_that_blinks_shows_the_same_call_steady_afterwards(driver: PanelDriver) -> None:
    calling, steady = FACES["calling"], replace(FACES["calling"], blink=False)
    assert driver.text(steady) == driver.text(calling)
    if driver.flash_hz:
        assert sent(driver, replace(calling, dark=True)) != sent(driver, calling)
    elif driver.blink_s:
        assert sent(driver, steady) != sent(driver, calling)


def test_flashing_can_be_switched_off(driver: PanelDriver) -> None:
    assert type(driver).model_validate({**driver.model_dump(), "blink_s": 0}).blink_s == 0


def test_silence_is_no_answer_of_a_panel_that_answers(driver: PanelDriver) -> None:
    assert driver.judge(b"") == ("more" if driver.answer_timeout_s else "taken")


@given(noise=some.binary(max_size=64))
def test_noise_is_never_taken_for_an_answer(noise: bytes) -> None:
    for model in models():
        driver = build(model)
        if driver.answer_timeout_s:
            assert driver.judge(noise) == "more"


@given(text=some.text(max_size=40), name=some.text(max_size=12))
def test_no_text_of_a_hall_stops_a_panel(text: str, name: str) -> None:
    for model in models():
        for display in every_display():
            told = display.model_copy(
                update={"name": name, "text": display.text.model_copy(update={"vi": text})}
            )
            assert sent(build(model), Face("5", told))


@pytest.mark.parametrize("model", models())
def test_a_setting_that_a_model_does_not_have_is_refused(model: str) -> None:
    driver = driver_of(model)
    with pytest.raises(ValueError, match="colour"):
        driver.model_validate({**settings_of(driver), "colour": "blue"})


def test_a_model_without_a_file_is_not_found() -> None:
    with pytest.raises(LookupError):
        driver_of("no_such_panel")
