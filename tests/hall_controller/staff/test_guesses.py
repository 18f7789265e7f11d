"""Wrong secrets: how long they make somebody wait, at which address, and when that is forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from hall_controller.staff.guesses import FREE_FOR_ADDRESS, FREE_FOR_PERSON, Guesses, wait_s
from hall_controller.staff.register import NAME, Register
from tests.hall_controller.staff.registers import Hands, register

HERE, THERE = "192.168.1.20", "192.168.1.21"


class Book:
    """Guesses in a register, and the clock on the wall."""

    def __init__(self, staff: Register) -> None:
        self.staff, self.wall = staff, Hands()
        self.guesses = Guesses(staff, self.wall)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with register(tmp_path) as staff:
        yield Book(staff)


@pytest.mark.parametrize(
    ("wrong", "seconds"), [(0, 0), (3, 0), (4, 2), (5, 4), (6, 8), (12, 512), (13, 900), (4000, 900)]
)
def test_each_wrong_pin_doubles_the_wait_up_to_a_quarter_of_an_hour(wrong: int, seconds: int) -> None:
    assert wait_s(wrong, FREE_FOR_PERSON) == seconds


def test_a_mistyped_pin_costs_nothing(book: Book) -> None:
    for _ in range(FREE_FOR_PERSON - 1):
        book.guesses.wrong("lan-1", HERE)
    assert book.guesses.wait_s("lan-1", HERE) == 0


def test_guessing_makes_that_person_wait_at_every_address_and_no_other_person(book: Book) -> None:
    for _ in range(FREE_FOR_PERSON):
        book.guesses.wrong("lan-1", HERE)
    assert book.guesses.wait_s("lan-1", THERE) == 2
    assert book.guesses.wait_s("mai-2", HERE) == 0
    book.wall.go(1.5)
    assert book.guesses.wait_s("lan-1", THERE) == 1
    book.wall.go(0.5)
    assert book.guesses.wait_s("lan-1", THERE) == 0


def test_one_pin_tried_on_everybody_makes_the_address_wait(book: Book) -> None:
    for officer in range(FREE_FOR_ADDRESS):
        book.guesses.wrong(f"cb-{officer}", HERE)
    assert book.guesses.wait_s("cb-99", HERE) == 2
    assert book.guesses.wait_s("cb-99", THERE) == 0


def test_the_right_pin_forgives_the_person_and_not_the_address(book: Book) -> None:
    for _ in range(FREE_FOR_ADDRESS):
        book.guesses.wrong("lan-1", HERE)
    book.guesses.right("lan-1")
    assert book.guesses.wait_s("lan-1", THERE) == 0
    assert book.guesses.wait_s("lan-1", HERE) == 2


def test_a_restart_forgives_nothing_even_with_a_clock_in_the_past(book: Book) -> None:
    for _ in range(10):
        book.guesses.wrong("lan-1", HERE)
    assert book.guesses.wait_s("lan-1", HERE) == 128
    book.wall.go(-10_000_000)
    assert Guesses(book.staff, book.wall).wait_s("lan-1", HERE) == 128


def test_an_hour_without_a_wrong_one_forgives_everything(book: Book) -> None:
    for _ in range(20):
        book.guesses.wrong("lan-1", HERE)
    book.wall.go(3599)
    assert book.guesses.wrong("lan-1", HERE) == 21
    book.wall.go(3601)
    assert book.guesses.wait_s("lan-1", HERE) == 0
    assert book.guesses.wrong("lan-1", HERE) == 1


def test_a_password_typed_into_the_wrong_field_is_not_kept(book: Book, tmp_path: Path) -> None:
    book.guesses.wrong("correct horse battery", HERE)
    written = b"".join((tmp_path / name).read_bytes() for name in (NAME, f"{NAME}-wal"))
    assert b"correct horse" not in written


def test_four_digits_last_a_hundred_days_of_guessing() -> None:
    seconds = sum(wait_s(wrong, FREE_FOR_PERSON) for wrong in range(10_000))
    assert seconds / 86_400 > 100
