"""What every model of ticket printer must do; models are found by themselves."""

from __future__ import annotations

import dataclasses
import doctest
import importlib
from types import ModuleType

import pytest

from hall_controller.devices import paper, printers
from hall_controller.devices.printers import escpos_picture
from tests.hall_controller.devices.tickets import longest_ticket, ticket

MODULES = [importlib.import_module(f"{printers.__name__}.{model}") for model in printers.models()]
EVERY_MODEL = pytest.mark.parametrize("module", MODULES, ids=printers.models())
WIDTHS = pytest.mark.parametrize("width_mm", [58, 80])
MOST_BYTES = 14 * 1024
REAL_TIME = (b"\x10\x04", b"\x10\x05", b"\x10\x14")


@EVERY_MODEL
def test_its_settings_are_fields_and_its_example_is_true(module: ModuleType) -> None:
    assert dataclasses.is_dataclass(module.Driver)
    assert module.__doc__
    result = doctest.testmod(module)
    assert result.attempted > 0
    assert result.failed == 0


def test_the_example_of_the_package_is_true() -> None:
    assert doctest.testmod(printers).failed == 0


@EVERY_MODEL
@WIDTHS
def test_a_ticket_takes_at_most_14_kb(module: ModuleType, width_mm: int) -> None:
    driver = module.Driver(width_mm=width_mm)
    longest = longest_ticket()
    papers = [ticket(), ticket(language="en"), longest, ticket(reprint=True, service_vi=longest.service_vi)]
    assert all(len(driver.ticket(each)) <= MOST_BYTES for each in papers)


@EVERY_MODEL
@WIDTHS
def test_what_comes_out_of_the_printer_looks_like_the_preview(module: ModuleType, width_mm: int) -> None:
    (printed,) = escpos_picture.pictures(module.Driver(width_mm=width_mm).ticket(ticket()), width_mm)
    preview = paper.picture(ticket(), width_mm)
    body = (0, 24, preview.width, preview.height - 24)
    assert printed.crop(body).tobytes() == preview.crop(body).tobytes()


@EVERY_MODEL
def test_a_ticket_ends_with_a_cut_and_leaves_nothing_behind(module: ModuleType) -> None:
    data = module.Driver().ticket(ticket())
    assert len(escpos_picture.pictures(data * 3, 80)) == 3
    assert data[-3:-1] == b"\x1dV"


@EVERY_MODEL
def test_no_dots_are_taken_for_a_command_to_the_printer_itself(module: ModuleType) -> None:
    driver = module.Driver()
    for number in range(0, 1000, 13):
        data = driver.ticket(ticket(number=f"K{number:03}", code=f"K{number:03}K7MQ2X4P"))
        assert not [command for command in REAL_TIME if command in data]


@EVERY_MODEL
def test_whatever_it_answers_is_a_status(module: ModuleType) -> None:
    driver = module.Driver()
    for byte in range(256):
        for question in range(4):
            answers = [b"\x12"] * 4
            answers[question] = bytes((byte,))
            found = driver.status(answers)
            assert found.paper in ("ok", "low", "out", "unknown")
    assert driver.status([]).online is False
    assert driver.status([b"", b"", b"", b""]).can_print is False


@EVERY_MODEL
@pytest.mark.parametrize(("name", "value"), [("width_mm", 72), ("cut", "both")])
def test_a_setting_that_cannot_be_is_told_in_one_sentence(
    module: ModuleType, name: str, value: object
) -> None:
    with pytest.raises(ValueError, match=rf"^{name} = .*{value}[^\n]+$"):
        module.Driver(**{name: value})
