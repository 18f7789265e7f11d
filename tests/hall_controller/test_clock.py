"""The clock of a machine that has none: what is believed, what is a leap, and what a month of such days does."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from hall_controller import clock as clocks
from hall_controller.clock import LEAP, LONGEST_CLOSURE, RELEASED, Clock
from hall_controller.domain.catalogue import VIETNAM
from tests.hall_controller.wrong_clock import Machine

MORNING = datetime(2027, 3, 2, 7, 30, tzinfo=VIETNAM).astimezone(UTC)


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Machine:
    return Machine(monkeypatch, tmp_path / "synchronized", MORNING)


def test_time_goes_on_in_whole_milliseconds_and_is_believed(machine: Machine) -> None:
    clock = Clock()
    machine.wait(1.23456)
    now = clock.now()
    assert now == (MORNING + timedelta(milliseconds=1_234), True)


def test_a_time_before_this_program_was_made_is_not_believed(machine: Machine) -> None:
    clock = Clock()
    machine.set(RELEASED - timedelta(seconds=1))
    assert not clock.now().trusted
    machine.set(RELEASED)
    assert clock.now().trusted


def test_a_time_before_the_last_fact_is_not_believed_until_it_has_passed(machine: Machine) -> None:
    clock = Clock()
    clock.remember(MORNING + timedelta(hours=1))
    assert not clock.now().trusted
    machine.wait(3600)
    assert clock.now().trusted


def test_a_time_far_ahead_of_the_last_fact_is_not_believed(machine: Machine) -> None:
    clock = Clock()
    clock.remember(MORNING)
    machine.set(MORNING + LONGEST_CLOSURE + timedelta(minutes=1))
    assert not clock.now().trusted
    machine.set(MORNING + timedelta(days=11))
    assert clock.now().trusted, "Tết is eleven days"


def test_a_time_set_from_the_network_is_believed_whatever_it_says(machine: Machine) -> None:
    clock = Clock()
    clock.remember(MORNING + timedelta(days=300))
    assert not clock.now().trusted
    machine.synchronise(MORNING)
    assert clock.now() == (MORNING, True)


def test_a_little_step_back_is_no_reason_for_doubt(machine: Machine) -> None:
    clock = Clock()
    assert clock.now().trusted
    machine.set(MORNING - timedelta(seconds=0.9))
    assert clock.now().trusted
    machine.set(MORNING - timedelta(seconds=2))
    assert not clock.now().trusted


def test_months_without_a_restart_are_no_leap(machine: Machine) -> None:
    clock = Clock()
    for _ in range(200):
        machine.wait(86_400 - 3)
        assert clock.now().trusted
        assert clock.leapt_s == 0


def test_a_clock_put_right_under_a_running_program_has_leapt_for_a_minute(machine: Machine) -> None:
    clock = Clock()
    assert (clock.now().trusted, clock.leapt_s) == (True, 0)
    machine.wait(1800)
    machine.synchronise(MORNING + timedelta(hours=18))
    clock.now()
    assert clock.leapt_s == 17.5 * 3600
    machine.wait(59)
    clock.now()
    assert clock.leapt_s == 17.5 * 3600
    machine.wait(2)
    clock.now()
    assert clock.leapt_s == 0


def test_a_leap_counts_from_the_first_time_when_none_was_believed(machine: Machine) -> None:
    machine.set(datetime(1970, 1, 1, tzinfo=UTC))
    clock = Clock()
    for _ in range(60):
        machine.wait(60)
        assert not clock.now().trusted
        assert clock.leapt_s == 0
    machine.synchronise(MORNING)
    assert clock.now().trusted
    assert clock.leapt_s == (MORNING - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds() - 3600


def test_what_a_time_server_does_every_day_is_no_leap(machine: Machine) -> None:
    clock = Clock()
    clock.now()
    machine.synchronise(MORNING + LEAP - timedelta(seconds=1))
    clock.now()
    assert clock.leapt_s == 0


def test_a_night_without_power_is_no_leap_of_the_program_that_starts_in_the_morning(machine: Machine) -> None:
    yesterday = Clock()
    yesterday.now()
    machine.set(MORNING + timedelta(days=1))
    today = Clock()
    today.remember(MORNING)
    assert today.now().trusted
    assert today.leapt_s == 0


def test_a_training_clock_runs_as_fast_as_wanted_and_does_not_leap(machine: Machine) -> None:
    start = datetime(2022, 3, 1, 8, tzinfo=VIETNAM)
    clock = Clock(start, speed=60)
    machine.synchronise(MORNING + timedelta(days=100))
    for _ in range(10):
        machine.wait(60)
        assert clock.now().trusted
        assert clock.leapt_s == 0
    assert clock.now().at == start + timedelta(hours=10)
    assert clock.training


def test_the_file_of_the_time_service_is_the_one_that_systemd_writes() -> None:
    assert str(clocks.SYNCHRONISED) == "/run/systemd/timesync/synchronized"
