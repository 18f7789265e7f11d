"""The stand-in panel: a line per change, for people."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta, timezone

from displays.panels import Face
from displays.panels.console import Driver
from tests.displays.boards import MORNING, counter

VIET_NAM = timezone(timedelta(hours=7))
FACE = Face("5", counter(1, "calling", "A012"), time=MORNING.astimezone(VIET_NAM))


def line(face: Face) -> str:
    return Driver().encode(face).decode()


def test_a_call_is_a_line_with_time_counter_number_and_how_often() -> None:
    assert line(FACE) == "08:05:20.000  Quầy 5  A012  calling 1\n"


def test_a_counter_without_a_ticket_shows_dashes() -> None:
    assert line(replace(FACE, display=counter(2, "paused"))) == "08:05:20.000  Quầy 5  ----  paused\n"


def test_before_the_first_board_nothing_is_claimed() -> None:
    assert line(Face("7")) == "--:--:--.---  Quầy 7  ----  unknown\n"


def test_silence_is_told_with_its_beginning() -> None:
    stale = replace(FACE, stale_since=MORNING.astimezone(VIET_NAM))
    assert line(stale).endswith("calling 1  stale since 08:05\n")


def test_a_technicians_wish_is_written_down() -> None:
    assert "identify" in line(replace(FACE, wanted="identify"))
