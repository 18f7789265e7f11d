"""A new list of procedures is checked, told as a difference, and taken while the hall works; a wrong one is not."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from hall_controller import config
from hall_controller.__main__ import cli
from hall_controller.catalogue_difference import difference, lines
from hall_controller.clock import Clock
from hall_controller.controller import Controller
from hall_controller.domain.facts import CatalogueLoaded
from hall_controller.errors import ConfigError
from hall_controller.health import Health
from hall_controller.journal import Journal
from hall_controller.procedures import Procedures, describe, load
from tests.hall_controller.domain.small_hall import TUESDAY, local, small_hall
from tests.hall_controller.settings_files import EXAMPLE, FIRMWARE_CONFIG

HEADER = "agency,service,code,name,level,online_only,decision,decided,from,to,bring,fee_vnd,time_limit_days"
ONE = "tnmt,dat-dai,X-1,Tách thửa,2,no,01/QĐ,2021-06-15,,,Đơn,,15"
TWO = "tnmt,dat-dai,X-2,Hợp thửa,3,no,02/QĐ,2021-12-01,,,Đơn,,15"
HALL = config.load(EXAMPLE)


def write(path: Path, *rows: str) -> Path:
    """Put a list in the place of the one before; what the clock of the disk says does not matter."""
    later_ns = path.stat().st_mtime_ns + 1_000_000 if path.exists() else None
    path.write_text("\n".join([HEADER, *rows]), "utf-8")
    if later_ns:
        os.utime(path, ns=(later_ns, later_ns))
    return path


@dataclass
class Listed:
    """A hall that follows a list."""

    path: Path
    procedures: Procedures
    health: Health
    journal: Journal

    def told(self) -> list[CatalogueLoaded]:
        return [record.fact for record in self.journal.read() if isinstance(record.fact, CatalogueLoaded)]


@asynccontextmanager
async def a_hall(folder: Path, *rows: str, stale_after_days: int = 365) -> AsyncIterator[Listed]:
    path = folder / "catalogue.csv"
    if rows:
        write(path, *rows)
    setting = HALL.catalogue.model_copy(update={"file": str(path), "stale_after_days": stale_after_days})
    with Journal.open(folder / "journal.sqlite") as journal:
        clock = Clock(local(TUESDAY, "08:00"))
        controller = Controller(small_hall(), journal, clock)
        health = Health([], lambda: clock.now().at)
        await controller.start("test", 1)
        yield Listed(
            path,
            Procedures(HALL.model_copy(update={"catalogue": setting}), controller, health),
            health,
            journal,
        )
        await controller.stop()


async def test_a_list_is_taken_once_and_again_when_it_has_changed(tmp_path: Path) -> None:
    async with a_hall(tmp_path, ONE) as hall:
        for _ in range(3):
            await hall.procedures.look()
        (first,) = hall.told()
        assert (first.rows, first.decision, first.decided) == (1, "01/QĐ", date(2021, 6, 15))
        write(hall.path, ONE.replace(",15", ",10"), TWO)
        await hall.procedures.look()
        _, second = hall.told()
        assert (second.rows, second.added, second.removed, second.changed) == (2, 1, 0, 1)
        assert second.decision == "02/QĐ"
        assert hall.procedures.current is not None
        assert [procedure.code for procedure in hall.procedures.current.procedures] == ["X-1", "X-2"]


async def test_a_wrong_list_is_not_taken_and_the_one_before_it_stays(tmp_path: Path) -> None:
    async with a_hall(tmp_path, ONE) as hall:
        await hall.procedures.look()
        write(hall.path, ONE.replace(",2,no,", ",7,no,"), TWO)
        for _ in range(3):
            await hall.procedures.look()
        _, refused = hall.told()
        assert not refused.taken
        assert "level: is '7'" in refused.reason
        assert hall.procedures.current is not None
        assert len(hall.procedures.current.procedures) == 1
        assert "level: is '7'" in hall.health.alerts["catalogue"].text.vi
        write(hall.path, ONE, TWO)
        await hall.procedures.look()
        assert hall.health.alerts == {}
        assert hall.procedures.current.sha256 == hall.told()[-1].sha256


async def test_a_list_that_is_missing_is_an_alert_until_it_is_there(tmp_path: Path) -> None:
    async with a_hall(tmp_path) as hall:
        await hall.procedures.look()
        await hall.procedures.look()
        assert "cannot be read" in hall.health.alerts["catalogue"].text.en
        assert [fact.taken for fact in hall.told()] == [False]
        write(hall.path, ONE)
        await hall.procedures.look()
        assert hall.health.alerts == {}


@pytest.mark.parametrize(("days", "stale"), [(258, True), (259, False), (0, False)])
async def test_a_list_older_than_its_limit_is_an_alert(tmp_path: Path, days: int, *, stale: bool) -> None:
    async with a_hall(tmp_path, ONE, stale_after_days=days) as hall:
        await hall.procedures.look()
        assert ("catalogue-stale" in hall.health.alerts) is stale
        write(hall.path, ONE, TWO)
        await hall.procedures.look()
        assert hall.health.alerts == {}


def test_a_difference_names_every_cell_that_changed(tmp_path: Path) -> None:
    old = load(write(tmp_path / "old.csv", ONE, TWO), HALL).procedures
    changed = ONE.replace(",2,no,", ",2,yes,").replace("2021-06-15,,", "2021-06-15,2022-01-01,")
    new = load(write(tmp_path / "new.csv", changed, TWO.replace("X-2", "X-3")), HALL).procedures
    found = difference(old, new)
    assert found.sentence == "1 added, 1 removed, 1 changed"
    assert list(lines(found)) == [
        "+ X-3  Hợp thửa (dat-dai; 02/QĐ)",
        "- X-2  Hợp thửa (dat-dai)",
        "~ X-1  Tách thửa: online_only no -> yes; from 0001-01-01 -> 2022-01-01",
    ]
    assert list(lines(difference(old, old))) == []


def run(*words: str) -> Result:
    return CliRunner().invoke(cli, list(words))


def test_the_command_line_compares_two_lists(tmp_path: Path) -> None:
    old, new = write(tmp_path / "old.csv", ONE), write(tmp_path / "new.csv", ONE, TWO)
    answer = run("catalogue", "diff", str(old), str(new))
    assert answer.exit_code == 0
    assert answer.output.splitlines()[-1] == "1 added, 0 removed, 0 changed; 2 procedures in all."


def test_the_command_line_checks_a_list_before_the_hall_takes_it(tmp_path: Path) -> None:
    right = run("catalogue", "check", str(write(tmp_path / "right.csv", ONE, TWO)), str(EXAMPLE))
    assert right.exit_code == 0
    assert right.output.startswith("2 procedures of 1 services, newest decision 02/QĐ of 2021-12-01.")
    wrong = run(
        "catalogue",
        "check",
        str(write(tmp_path / "wrong.csv", ONE.replace("dat-dai", "dat-dia"))),
        str(EXAMPLE),
    )
    assert wrong.exit_code == 1
    assert "did you mean 'dat-dai'?" in wrong.output
    assert "Traceback" not in wrong.output


def test_the_check_of_a_hall_reads_its_list_beside_its_settings(tmp_path: Path) -> None:
    assert Path(HALL.catalogue.file) == FIRMWARE_CONFIG / "catalogue.example.csv"
    said = describe(HALL, date(2022, 3, 1))
    assert said is not None
    assert "stale" not in said
    assert "stale" in (describe(HALL, date(2032, 3, 1)) or "")
    hall = tmp_path / "hall.toml"
    hall.write_text(EXAMPLE.read_text("utf-8"), "utf-8")
    with pytest.raises(ConfigError, match=r"catalogue\.example\.csv: cannot be read"):
        describe(config.load(hall), date(2022, 3, 1))
    without = config.load(hall, ["catalogue.file="])
    assert describe(without, date(2022, 3, 1)) is None
