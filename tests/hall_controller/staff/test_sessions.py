"""Sessions: whose a browser is, for how long, and what ends it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from hall_controller.staff.register import NAME, Register
from hall_controller.staff.roles import Person
from hall_controller.staff.sessions import Lengths, Sessions
from tests.hall_controller.staff.registers import GIANG, KIM, LAN, MAI, Hands, register

LAN_AT_5 = Person("lan-1", "officer", "5")
LAN_AT_6 = Person("lan-1", "officer", "6")
MAI_AT_5 = Person("mai-2", "officer", "5")
KIM_ANYWHERE = Person("kim", "technician")
GUIDE = Person("giang", "guide")
HOUR_S = 3600.0


class Book:
    """Sessions of four people, with a clock on the wall and one that never leaps."""

    def __init__(self, staff: Register) -> None:
        self.staff, self.wall, self.steady = staff, Hands(), Hands(5.0)
        self.sessions = self.after_a_restart()

    def after_a_restart(self) -> Sessions:
        return Sessions(self.staff, Lengths(), self.wall, self.steady)

    def go(self, seconds: float) -> None:
        self.wall.go(seconds)
        self.steady.go(seconds)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with register(tmp_path, LAN, MAI, KIM, GIANG) as staff:
        yield Book(staff)


def test_a_token_is_its_persons_and_nobody_elses(book: Book) -> None:
    lan, kim = book.sessions.open(LAN_AT_5), book.sessions.open(KIM_ANYWHERE)
    assert book.sessions.person(lan) == LAN_AT_5
    assert book.sessions.person(kim) == KIM_ANYWHERE
    assert book.sessions.person(lan + "x") is None
    assert book.sessions.person("") is None


def test_a_token_has_256_bits_and_is_not_in_the_file(book: Book, tmp_path: Path) -> None:
    token = book.sessions.open(LAN_AT_5)
    assert len(token) == 43
    assert token != book.sessions.open(LAN_AT_5)
    written = b"".join((tmp_path / name).read_bytes() for name in (NAME, f"{NAME}-wal"))
    assert token.encode() not in written


def test_a_session_ends_after_twelve_hours_however_busy(book: Book) -> None:
    token = book.sessions.open(LAN_AT_5)
    for _ in range(11):
        book.go(HOUR_S)
        assert book.sessions.person(token) == LAN_AT_5
    book.go(HOUR_S)
    assert book.sessions.person(token) is None


@pytest.mark.parametrize(
    ("person", "idle_s"), [(LAN_AT_5, 4 * HOUR_S), (GUIDE, 4 * HOUR_S), (KIM_ANYWHERE, HOUR_S / 2)]
)
def test_a_session_that_lies_idle_ends_sooner_in_an_office_than_at_a_desk(
    book: Book, person: Person, idle_s: float
) -> None:
    token = book.sessions.open(person)
    assert book.sessions.person(token) == person
    book.go(idle_s - 1)
    assert book.sessions.person(token) == person
    book.go(idle_s)
    assert book.sessions.person(token) is None


def test_a_clock_that_leaps_ends_no_session_and_lengthens_none(book: Book) -> None:
    token = book.sessions.open(LAN_AT_5)
    assert book.sessions.person(token) == LAN_AT_5
    book.wall.go(400 * 24 * HOUR_S)
    book.sessions.open(KIM_ANYWHERE)
    assert book.sessions.person(token) == LAN_AT_5
    book.wall.go(-800 * 24 * HOUR_S)
    assert book.sessions.person(token) == LAN_AT_5
    book.steady.go(12 * HOUR_S)
    assert book.sessions.person(token) is None


def test_sessions_outlive_a_restart_but_not_their_length(book: Book) -> None:
    token = book.sessions.open(LAN_AT_5)
    book.go(HOUR_S)
    again = book.after_a_restart()
    assert again.person(token) == LAN_AT_5
    book.wall.go(-100 * 24 * HOUR_S)
    third = book.after_a_restart()
    assert third.person(token) == LAN_AT_5
    book.go(12 * HOUR_S)
    assert third.person(token) is None


def test_who_sits_down_elsewhere_has_left_the_first_counter(book: Book) -> None:
    at_5 = book.sessions.open(LAN_AT_5)
    at_6 = book.sessions.open(LAN_AT_6)
    assert book.sessions.person(at_5) is None
    assert book.sessions.person(at_6) == LAN_AT_6


def test_who_sits_down_takes_the_place_of_whoever_sat_there(book: Book) -> None:
    lan, kim = book.sessions.open(LAN_AT_5), book.sessions.open(KIM_ANYWHERE)
    mai = book.sessions.open(MAI_AT_5)
    assert book.sessions.person(lan) is None
    assert book.sessions.person(mai) == MAI_AT_5
    assert book.sessions.person(kim) == KIM_ANYWHERE


def test_two_browsers_of_one_officer_at_one_counter_are_signed_out_together(book: Book) -> None:
    first, second = book.sessions.open(LAN_AT_5), book.sessions.open(LAN_AT_5)
    assert book.sessions.person(first) == book.sessions.person(second) == LAN_AT_5
    book.sessions.close(second)
    assert book.sessions.person(first) is None


def test_a_technician_signs_out_of_one_browser_at_a_time(book: Book) -> None:
    first, second = book.sessions.open(KIM_ANYWHERE), book.sessions.open(KIM_ANYWHERE)
    book.sessions.close(second)
    assert book.sessions.person(second) is None
    assert book.sessions.person(first) == KIM_ANYWHERE


def test_a_new_pin_ends_the_sessions_of_its_person(book: Book) -> None:
    lan, mai = book.sessions.open(LAN_AT_6), book.sessions.open(MAI_AT_5)
    book.staff.put(LAN._replace(hash="another"))
    assert book.sessions.person(lan) is None
    assert book.sessions.person(mai) == MAI_AT_5


def test_what_is_over_is_swept_away_when_somebody_signs_in(book: Book) -> None:
    for _ in range(5):
        book.sessions.open(KIM_ANYWHERE)
    book.go(HOUR_S)
    book.sessions.open(GUIDE)
    with book.staff.reading() as file:
        assert file.execute("SELECT person FROM session").fetchall() == [("giang",)]
