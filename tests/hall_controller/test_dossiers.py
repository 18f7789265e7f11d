"""The list of dossiers is followed while the hall works; a wrong one is not taken, an old one is told."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from hall_controller import config
from hall_controller.__main__ import cli
from hall_controller.clock import Clock
from hall_controller.dossiers import Dossiers, describe
from hall_controller.health import Health
from hall_controller.settings import Config
from tests.hall_controller.settings_files import EXAMPLE

HALL = config.load(EXAMPLE)


def hall_with(path: Path | str, stale_after_h: int = 72) -> Config:
    setting = HALL.kiosk.model_copy(update={"dossiers": str(path), "dossiers_stale_after_h": stale_after_h})
    return HALL.model_copy(update={"kiosk": setting})


def follow(path: Path | str, stale_after_h: int = 72) -> tuple[Dossiers, Health]:
    health = Health([], lambda: Clock().now().at)
    return Dossiers(hall_with(path, stale_after_h), health), health


def write(path: Path, *rows: str, age_h: float = 0) -> Path:
    path.write_text("\n".join(["code,state,date", *rows]), "utf-8")
    at_s = time.time() - age_h * 3600
    os.utime(path, (at_s, at_s))
    return path


async def test_a_new_list_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    path = write(tmp_path / "d.csv", "H60-001,processing,2022-02-21", age_h=1)
    dossiers, health = follow(path)
    await dossiers.look()
    write(path, "H60-001,ready,2022-02-28", "H60-002,received,2022-02-28")
    await dossiers.look()
    assert dossiers.current is not None
    assert dossiers.current.number == 2
    found = dossiers.current.find("H60-001")
    assert found is not None
    assert found.state == "ready"
    assert health.alerts == {}


async def test_a_wrong_list_is_told_and_the_one_before_it_stays(tmp_path: Path) -> None:
    path = write(tmp_path / "d.csv", "H60-001,ready,2022-02-28", age_h=1)
    dossiers, health = follow(path)
    await dossiers.look()
    write(path, "H60-001,lost,2022-02-28")
    await dossiers.look()
    assert dossiers.current is not None
    assert dossiers.current.find("H60-001") is not None
    assert "d.csv line 2, state: is 'lost'" in health.alerts["dossiers"].text.en
    write(path, "H60-001,collected,2022-03-01", age_h=-1)
    await dossiers.look()
    assert health.alerts == {}


async def test_a_list_that_is_gone_is_told_once(tmp_path: Path) -> None:
    dossiers, health = follow(tmp_path / "absent.csv")
    told: list[str] = []
    health.on_alert.append(lambda code, _: told.append(code))
    for _ in range(3):
        await dossiers.look()
    assert told == ["dossiers"]
    assert "cannot be read" in health.alerts["dossiers"].text.en


@pytest.mark.parametrize(("stale_after_h", "stale"), [(72, True), (100, False), (0, False)])
async def test_an_old_list_is_still_shown_and_told(
    tmp_path: Path, stale_after_h: int, *, stale: bool
) -> None:
    path = write(tmp_path / "d.csv", "H60-001,ready,2022-02-28", age_h=80)
    dossiers, health = follow(path, stale_after_h)
    await dossiers.look()
    assert dossiers.stale is stale
    assert ("dossiers-stale" in health.alerts) is stale
    assert dossiers.current is not None


async def test_a_hall_without_a_list_looks_at_nothing() -> None:
    dossiers, health = follow("")
    await dossiers.run()
    assert not dossiers.kept
    assert health.alerts == {}
    assert describe(hall_with("")) is None


def test_the_check_of_the_settings_tells_what_the_list_holds() -> None:
    answer = CliRunner().invoke(cli, ["check", str(EXAMPLE)])
    assert answer.exit_code == 0, answer.output
    assert "7 dossiers, imported" in answer.output
