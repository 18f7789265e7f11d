"""What the doctor says about a machine, limit by limit; and what it sees of one that is only a folder."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from hall_controller.doctor.machine import Machine, look
from hall_controller.doctor.machine_checks import machine_findings

NOON = datetime(2027, 3, 1, 5, 0, tzinfo=UTC)
WELL = Machine(
    now=NOON,
    data="/var/lib/hall",
    data_there=True,
    writable=True,
    free_mb=20_000,
    fsync_ms=4.0,
    card_made=NOON - timedelta(days=400),
    card_worn=1,
    synchronised=True,
    units={"hall-controller.service": (True, True)},
    boot_config="dtparam=audio=on\ninclude hall.txt\n",
    boot_line="root=/dev/mmcblk0p2 rootwait",
    udev_rules=True,
    newest_backup=NOON - timedelta(hours=20),
    open_secrets=(),
    is_pi=True,
)
WRONG = [
    ({"now": datetime(2016, 1, 1, tzinfo=UTC)}, "The clock is wrong."),
    ({"synchronised": False}, "The time is not synchronised."),
    ({"data_there": False}, "There is no data folder."),
    ({"writable": False}, "The data folder cannot be written."),
    ({"free_mb": 499}, "Only 499 MB are free."),
    ({"fsync_ms": 250.4}, "A durable write takes 250 ms, which is too slow."),
    ({"card_worn": 2}, "The card says that it is nearly worn out."),
    ({"card_made": NOON - timedelta(days=5 * 365)}, "The card is of 03/2022."),
    ({"units": {"mosquitto.service": (False, False)}}, "This service is not installed."),
    ({"units": {"mosquitto.service": (True, False)}}, "This service does not start with the machine."),
    ({"boot_config": "dtparam=audio=on"}, "The hall's boot settings are not read."),
    ({"boot_line": "console=serial0,115200 rootwait"}, "The kernel talks on the RS-485 line."),
    ({"udev_rules": False}, "Ports have no names of their own."),
    ({"open_secrets": ("/var/lib/hall/code.key",)}, "Everybody may read this secret."),
    ({"newest_backup": None}, "There is no backup."),
    ({"newest_backup": NOON - timedelta(days=3)}, "The newest backup is 3 days old."),
]


def test_a_machine_that_is_well_has_no_findings() -> None:
    assert list(machine_findings(WELL)) == []


@pytest.mark.parametrize(
    ("change", "sentence"), WRONG, ids=lambda part: part if isinstance(part, str) else ""
)
def test_each_thing_that_is_wrong_is_one_finding_that_says_what_to_do(
    change: dict[str, object], sentence: str
) -> None:
    findings = list(machine_findings(replace(WELL, **change)))  # type: ignore[arg-type]  # replace checks the names
    (told,) = [finding for finding in findings if finding.what.en == sentence]
    for text in (told.what, told.todo):
        assert text.vi
        assert text.en
        assert "{" not in text.vi + text.en
    if "now" not in change:
        assert len(findings) == 1


def test_a_machine_that_is_no_pi_has_no_boot_settings_to_check() -> None:
    assert list(machine_findings(replace(WELL, is_pi=False, boot_config=None))) == []


def test_a_look_sees_what_is_installed_below_the_root(tmp_path: Path) -> None:
    root, data = tmp_path / "root", tmp_path / "data"
    units = root / "etc/systemd/system"
    (units / "multi-user.target.wants").mkdir(parents=True)
    (root / "lib/systemd/system").mkdir(parents=True)
    (units / "hall-controller.service").touch()
    (root / "lib/systemd/system/mosquitto.service").touch()
    (units / "multi-user.target.wants/mosquitto.service").touch()
    (root / "boot/firmware").mkdir(parents=True)
    (root / "boot/firmware/config.txt").write_text("include hall.txt\n")
    (root / "sys/block/mmcblk0/device").mkdir(parents=True)
    (root / "sys/block/mmcblk0/device/date").write_text("03/2021\n")
    (root / "sys/block/mmcblk0/device/pre_eol_info").write_text("0x02\n")
    (root / "run/systemd/timesync").mkdir(parents=True)
    (root / "run/systemd/timesync/synchronized").touch()
    (data / "backups").mkdir(parents=True)
    backup = data / "backups/journal-e0001-s0000000007.sqlite"
    backup.touch()
    os.utime(backup, (0, 1_600_000_000))
    (data / "code.key").touch(mode=0o604)
    (data / "staff.sqlite").touch(mode=0o600)
    (data / "code.key").chmod(0o604)
    seen = look(root, data, [data / "code.key", data / "staff.sqlite", data / "none"])
    assert seen.units == {
        "hall-controller.service": (True, False),
        "mosquitto.service": (True, True),
        "chrony.service": (False, False),
    }
    assert (seen.card_made, seen.card_worn) == (datetime(2021, 3, 1, tzinfo=UTC), 2)
    assert seen.newest_backup == datetime.fromtimestamp(1_600_000_000, UTC)
    assert seen.open_secrets == (str(data / "code.key"),)
    assert (seen.synchronised, seen.udev_rules, seen.is_pi) == (True, False, False)
    assert seen.free_mb
    assert seen.fsync_ms is not None
    assert sorted(file.name for file in data.iterdir()) == ["backups", "code.key", "staff.sqlite"]


def test_a_look_at_a_bare_folder_raises_nothing(tmp_path: Path) -> None:
    seen = look(tmp_path / "nowhere", tmp_path / "no-data", [])
    assert (seen.data_there, seen.writable, seen.fsync_ms, seen.newest_backup) == (False, False, None, None)
    assert (seen.card_made, seen.boot_config) == (None, None)
