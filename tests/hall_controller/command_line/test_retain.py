"""`hall retain`: removes what the settings say, and tells beforehand what that would be."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from hall_controller import journal_days
from hall_controller.__main__ import cli
from hall_controller.domain.catalogue import VIETNAM
from hall_controller.journal import Journal
from hall_controller.journal_check import verify
from hall_controller.staff.register import NAME as REGISTER
from hall_controller.staff.register import Entry, Register
from tests.hall_controller.kept_days import Week
from tests.hall_controller.settings_files import SMALL, loaded, mistakes


@pytest.fixture
def week(tmp_path: Path) -> Week:
    return Week(tmp_path / "data")


def run(week: Week, *words: str, keep: str = "2", settings: str = SMALL) -> Result:
    hall = week.folder.parent / "hall.toml"
    setting = f"[rating]\nlater_days = 2\n[retention]\nticket_days = {keep}\n" if keep else ""
    hall.write_text(settings + setting, encoding="utf-8")
    return CliRunner().invoke(cli, ["retain", str(hall), "--data", str(week.folder), *words])


def test_days_past_the_limit_are_removed_and_told(week: Week) -> None:
    week.backup()
    done = run(week)
    assert done.exit_code == 0, done.output
    assert (
        "4 days (2022-03-01 to 2022-03-04) give way to their summaries; backups without them: 1"
        in done.output
    )
    assert verify(week.path).good
    assert len(week.days_with_rows()) == 3


def test_a_dry_run_removes_nothing_and_says_by_its_exit_whether_something_is_due(week: Week) -> None:
    before = week.path.read_bytes()
    first = run(week, "--dry-run")
    assert (first.exit_code, week.path.read_bytes()) == (0, before)
    done = run(week)
    assert done.output == first.output
    assert run(week, "--dry-run").exit_code == 1
    assert run(week).exit_code == 0


def test_without_the_setting_everything_is_kept(week: Week) -> None:
    done = run(week, keep="")
    assert (done.exit_code, len(week.days_with_rows())) == (0, 7)
    assert "the settings have no retention.ticket_days" in done.output
    assert loaded(SMALL).retention.ticket_days is None


def test_a_running_hall_is_told_to_be_stopped_first(week: Week) -> None:
    with Journal.open(week.path):
        done = run(week)
    assert done.exit_code == 1
    assert "stop that one first" in done.output
    assert len(week.days_with_rows()) == 7


def these_days(setting: str, more: str = "") -> str:
    """A hall whose calendar says so of today and the days beside it; else it is open all day on Mondays."""
    around = [(datetime.now(VIETNAM) + timedelta(n)).date() for n in (-1, 0, 1)]
    days = ", ".join(f'{{ day = {one}, reason = "-"{more} }}' for one in around)
    return f"{SMALL}[calendar]\n{setting} = [{days}]\n".replace("08:00-12:00", "00:00-23:59")


def test_while_visitors_may_come_nothing_is_removed_by_itself(week: Week) -> None:
    done = run(week, "--when-closed", settings=these_days("swap_days", ', runs_as = "mon"'))
    assert done.exit_code == 1
    assert done.output == "The hall is open, has just closed or opens soon: nothing was removed.\n"
    assert len(week.days_with_rows()) == 7


def test_in_a_hall_that_is_closed_for_hours_it_goes_by_itself(week: Week) -> None:
    assert run(week, "--when-closed", settings=these_days("closed_days")).exit_code == 0
    assert len(week.days_with_rows()) == 3


def test_a_folder_without_a_journal_is_an_error_of_one_line(week: Week) -> None:
    week.path.unlink()
    done = run(week)
    assert done.exit_code == 1
    assert "There is no journal at" in done.output
    assert len(done.output.splitlines()) == 1


@pytest.mark.parametrize("value", ["0", "-1", "1.5", '"30"', "true"])
def test_a_limit_is_a_whole_number_of_days(value: str) -> None:
    found = mistakes(f"{SMALL}\n[retention]\nticket_days = {value}\n")
    assert len(found) == 1
    assert "ticket_days" in found[0]


@pytest.mark.parametrize("value", ["0", "-1", "1.5", '"30"', "true"])
def test_officers_are_kept_for_a_whole_number_of_days(value: str) -> None:
    found = mistakes(f"{SMALL}\n[retention]\nticket_days = 60\nofficer_names_days = {value}\n")
    assert len(found) == 1
    assert "officer_names_days" in found[0]


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ("ticket_days = 60\nofficer_names_days = 60", None),
        ("ticket_days = 60\nofficer_names_days = 59", "make it at least 60"),
        ("officer_names_days = 400", "needs retention.ticket_days beside it"),
    ],
)
def test_officers_are_kept_as_long_as_tickets_say_who_served(settings: str, said: str | None) -> None:
    found = mistakes(f"{SMALL}\n[retention]\n{settings}\n")
    assert len(found) == (said is not None)
    assert all(said is not None and said in sentence for sentence in found)


def test_with_the_setting_officers_of_past_months_and_names_go_too(tmp_path: Path) -> None:
    week = Week(tmp_path / "data")
    week.visitors(date(2022, 4, 20), 1)
    with Register(week.folder / REGISTER) as register:
        register.put(Entry("gone", "officer", "-", "Trần Văn Gone"))
        with register.writing() as file:
            file.execute("UPDATE presence SET at = 0")
    done = run(week, keep="2\nofficer_names_days = 10")
    assert done.exit_code == 0, done.output
    assert "7 days (2022-03-01 to 2022-03-07)" in done.output
    assert "names forgotten: 1." in done.output
    assert b"Gone" not in week.bytes_of_all_files()
    assert all('"#' in cut.summary and '"lan"' not in cut.summary for cut in journal_days.cut_days(week.path))


@pytest.mark.parametrize(("kept", "later", "wrong"), [(29, 30, 1), (30, 30, 0), (5, 0, 0)])
def test_rows_are_kept_as_long_as_their_visits_can_be_rated(kept: int, later: int, wrong: int) -> None:
    found = mistakes(f"{SMALL}\n[rating]\nlater_days = {later}\n[retention]\nticket_days = {kept}\n")
    assert len(found) == wrong
    assert all("make it at least 30" in sentence for sentence in found)


def test_without_a_word_about_ratings_their_thirty_days_count() -> None:
    assert len(mistakes(f"{SMALL}\n[retention]\nticket_days = 29\n")) == 1
