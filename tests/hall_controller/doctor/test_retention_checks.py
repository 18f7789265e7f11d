"""The doctor names tickets that should be gone, and the timer that would have removed them."""

from __future__ import annotations

import unicodedata
from datetime import date, timedelta
from pathlib import Path

import pytest

from hall_controller.doctor.examination import examine
from hall_controller.doctor.retention_checks import TIMER, retention_findings
from tests.free_port import free_port
from tests.hall_controller.kept_days import Week
from tests.hall_controller.settings_files import SMALL, loaded

NEWEST = date(2027, 3, 1)


def kept_for(days: int) -> list[date]:
    return [NEWEST - timedelta(days), NEWEST]


@pytest.mark.parametrize(
    ("days", "limit", "told"), [(45, 30, 0), (46, 30, 1), (400, 30, 1), (400, 400, 0), (400, None, 0)]
)
def test_days_are_missed_when_two_sundays_have_passed_over_their_limit(
    days: int, limit: int | None, told: int
) -> None:
    assert len(list(retention_findings("journal.sqlite", kept_for(days), limit))) == told


def test_the_finding_names_the_oldest_day_and_what_to_do() -> None:
    (found,) = retention_findings("journal.sqlite", kept_for(50), 30)
    assert "10/01/2027" in found.what.vi
    assert "2027-01-10" in found.what.en
    for text in (found.what, found.todo):
        assert text.vi == unicodedata.normalize("NFC", text.vi)
    for said in (found.todo.vi, found.todo.en):
        assert "systemctl start hall-retain" in said


@pytest.mark.parametrize("days", [[], [date(2001, 1, 1)]])
def test_the_last_day_stays_and_nobody_is_blamed_for_it(days: list[date]) -> None:
    assert list(retention_findings("journal.sqlite", days, 1)) == []


def test_the_timer_is_missed_only_in_a_hall_that_lets_tickets_go(tmp_path: Path) -> None:
    ports = f"[mqtt]\nport = {free_port()}\n[http]\nport = {free_port()}\n"
    limited = f"{SMALL}{ports}[rating]\nlater_days = 2\n[retention]\nticket_days = 2\n"
    Week(tmp_path / "data", days=22)

    def places(text: str) -> list[str]:
        return [one.place for one in examine(loaded(text), tmp_path / "data", tmp_path)]

    assert TIMER not in places(SMALL + ports)
    assert {TIMER, str(tmp_path / "data/journal.sqlite")} <= set(places(limited))
