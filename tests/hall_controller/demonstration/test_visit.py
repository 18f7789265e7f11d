"""A visit is called done only when it was whole, and leaves nothing of an earlier one."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from hall_controller.demonstration.visit import ARTEFACTS, Visit, check_the_journal, clear
from hall_controller.domain import facts as f
from hall_controller.errors import HallError
from hall_controller.journal import Entry, Journal

AT = (datetime(2026, 11, 23, 1, 35, tzinfo=UTC), True)
WHOLE: list[f.Fact] = [
    f.TicketIssued(*AT, "E009", "nguoi-co-cong", "chinh-sach-nguoi-co-cong", "submit", "E0094X2QNHS1"),
    f.TicketPrinted(*AT, "E009", "printer-1"),
    f.TicketCalled(*AT, "E009", "5"),
    f.TicketCompleted(*AT, "E009", "5"),
    f.TicketRated(*AT, "E009", 5, 5, "submit"),
]


def journal(folder: Path, facts: list[f.Fact]) -> Path:
    path = folder / "journal.sqlite"
    with Journal.open(path) as opened:
        opened.append([Entry(fact, None) for fact in facts])
    return path


def test_a_journal_with_the_whole_visit_is_enough(tmp_path: Path) -> None:
    check_the_journal(journal(tmp_path, WHOLE), "E009")


@pytest.mark.parametrize("missing", WHOLE, ids=lambda fact: str(fact.type))
def test_a_visit_that_lacks_a_fact_is_never_called_done(tmp_path: Path, missing: f.Fact) -> None:
    path = journal(tmp_path, [fact for fact in WHOLE if fact is not missing])
    with pytest.raises(HallError, match=rf"lacks {missing.type} of E009"):
        check_the_journal(path, "E009")


def test_facts_of_another_number_do_not_count(tmp_path: Path) -> None:
    with pytest.raises(HallError, match=r"of E010"):
        check_the_journal(journal(tmp_path, WHOLE), "E010")


def test_what_an_earlier_visit_left_is_removed_and_nothing_else(tmp_path: Path) -> None:
    out = tmp_path / "new" / "out"
    clear(out)
    for name in (*ARTEFACTS, "notes.txt"):
        (out / name).touch()
    clear(out)
    assert [file.name for file in out.iterdir()] == ["notes.txt"]


def test_the_trace_is_in_the_order_in_which_things_happened() -> None:
    done = Visit(pressed_s=100.0)
    done.step("press sent", 100.0)
    done.step("screen drawn", 100.21)
    done.step("panel shown", 100.009)
    done.step("completed", 100.5)
    assert json.loads(done.trace()) == [
        {"name": "press sent", "ms": 0.0},
        {"name": "panel shown", "ms": 9.0},
        {"name": "screen drawn", "ms": 210.0},
        {"name": "completed", "ms": 500.0},
    ]


def test_a_file_time_that_is_a_little_too_early_is_never_before_the_press() -> None:
    done = Visit(pressed_s=100.0)
    done.step("screen drawn", 99.998)
    assert done.steps == [("screen drawn", 0.0)]
