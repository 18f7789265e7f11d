"""What people did is written down as they did it, and changes nothing in the hall."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from hall_controller.domain import auditing as a
from hall_controller.domain import facts as f
from hall_controller.domain.codec import FACTS, decode, encode
from hall_controller.domain.commands import Now
from hall_controller.domain.hall import Hall, evolve
from hall_controller.domain.rules import decide
from tests.hall_controller.domain.small_hall import small_hall

MORNING = Now(datetime(2022, 3, 1, 0, 30, tzinfo=UTC))

DONE = [
    (a.RecordStaff("kim", "technician", came=True), f.StaffSignedIn(*MORNING, "kim", "technician")),
    (a.RecordStaff("kim", "technician", came=False), f.StaffSignedOut(*MORNING, "kim", "technician")),
    (
        a.RecordRefusedSignIn("wrong_secret", "lan", "1", untold=3),
        f.SignInRefused(*MORNING, "wrong_secret", "lan", "1", 3),
    ),
    (
        a.RecordStaffChange("lan", "officer", "secret", by="kim"),
        f.StaffChanged(*MORNING, "lan", "officer", "secret", "kim"),
    ),
    (
        a.RecordConfiguration("5feceb66", "kim", ("rating.levels",)),
        f.ConfigurationChanged(*MORNING, "5feceb66", "kim", ("rating.levels",)),
    ),
    (
        a.RecordExport("report", "mai", "waits 2022-03-01"),
        f.DataExported(*MORNING, "report", "mai", "waits 2022-03-01"),
    ),
    (
        a.RecordAdoption("spare-1", "3", "pad-3", "kim"),
        f.DeviceAdopted(*MORNING, "spare-1", "3", "pad-3", "kim"),
    ),
    (
        a.RecordRestore("journal-e0001-s0000000040.sqlite", "kim", 7, complete=False),
        f.JournalRestored(*MORNING, "journal-e0001-s0000000040.sqlite", "kim", 7, complete=False),
    ),
    (a.RecordTrial("pad-5", "next", "kim"), f.DeviceTried(*MORNING, "pad-5", "next", "kim")),
    (a.RecordPaper("mai"), f.PaperChanged(*MORNING, "mai")),
]


@pytest.mark.parametrize(("command", "fact"), DONE, ids=lambda one: type(one).__name__)
def test_what_was_done_is_written_down_and_the_hall_stays_as_it_was(
    command: a.AuditCommand, fact: f.AuditFact
) -> None:
    hall = Hall(small_hall())
    assert decide(hall, command, MORNING) == (fact,)
    assert evolve(hall, fact) is hall
    assert decode(fact.type, encode(fact), fact.at, time_trusted=True) == fact


def test_no_fact_about_staff_has_a_field_for_a_name_or_an_address() -> None:
    told = {
        name
        for kind, fact in FACTS.items()
        if kind.startswith(("staff.", "sign_in.", "officer.", "configuration.", "data."))
        for name in fact.__slots__
    }
    assert told == {
        "person", "role", "code", "counter", "untold", "change", "by", "version", "changed", "what", "detail", "officer"
    }  # fmt: skip
