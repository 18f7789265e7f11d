"""The files that a Raspberry Pi gets, read by the programs that will read them there where these can be had."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from hall_controller.installation.pi_files import PiFile, pi_files
from tests.debian import needs_debian, program
from tests.running_hall import ROOT

WORDS = {"HALL": "small", "BROKER": "10.1.2.3", "ZONE": "Asia/Ho_Chi_Minh"}
FILES: dict[str, PiFile] = {
    f"{role}:{file.path}": file for role in ("controller", "display") for file in pi_files(role, WORDS)
}
UNITS = [name for name in FILES if re.search(r"/system/hall-\w+\.service$", name)]
SERVICES = [name for name in UNITS if not name.endswith("retain.service")]
"""What is always there; the others do their work and end."""
MOST_EXPOSED = 3.0
"""Of 10; systemd itself calls up to 4 OK."""


def text(name: str) -> str:
    return FILES[name].content.decode()


def placed(folder: Path, name: str) -> Path:
    path = folder / FILES[name].path
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(FILES[name].content)
    return path


def test_there_are_the_units_that_the_hall_needs() -> None:
    assert [name.rpartition("/")[2] for name in UNITS] == [
        "hall-controller.service",
        "hall-retain.service",
        "hall-display.service",
        "hall-kiosk.service",
    ]


@needs_debian("systemd")
@pytest.mark.parametrize("name", UNITS)
def test_a_unit_is_understood_and_its_sandbox_is_tight(name: str, tmp_path: Path) -> None:
    analyze = program("systemd-analyze", package="systemd")
    done = subprocess.run(
        [analyze, "security", "--offline=true", "--no-pager", str(placed(tmp_path, name))],
        capture_output=True,
        text=True,
        check=False,
    )
    verdict = re.search(r"Overall exposure level for \S+: ([\d.]+)", done.stdout)
    assert verdict is not None, done.stderr
    assert float(verdict[1]) <= MOST_EXPOSED
    assert done.stderr == ""  # unknown settings and values would be told here


@pytest.mark.parametrize("name", SERVICES)
def test_a_unit_always_comes_back(name: str) -> None:
    assert re.search(r"^Restart=always$", text(name), re.MULTILINE)
    assert re.search(r"^StartLimitIntervalSec=0$", text(name), re.MULTILINE)


@pytest.mark.parametrize("name", SERVICES[:2])
def test_a_program_of_ours_is_watched(name: str) -> None:
    """Fault 30: hung, ended after 10 s, dead at once or 2 s later, started again 1 s after: less than 20 s."""
    settings = dict(re.findall(r"^(\w+)=(\w+)$", text(name), re.MULTILINE))
    assert settings["Type"] == "notify"
    seconds = [int(settings[key]) for key in ("WatchdogSec", "TimeoutAbortSec", "RestartSec")]
    assert sum(seconds) <= 15


@needs_debian("systemd")
@pytest.mark.parametrize("role", ["controller", "display"])
def test_the_users_that_units_and_secrets_name_are_made(role: str, tmp_path: Path) -> None:
    name = f"{role}:etc/sysusers.d/hall-{role}.conf"
    sysusers = program("systemd-sysusers", package="systemd")
    path = placed(tmp_path, name)
    (tmp_path / "etc/group").write_text("".join(f"{g}:x:{n}:\n" for n, g in enumerate(DEBIANS_GROUPS, 900)))
    subprocess.run([sysusers, f"--root={tmp_path}", path.name], check=True)
    users = re.findall(r"^([\w-]+):", (tmp_path / "etc/passwd").read_text("utf-8"), re.MULTILINE)
    wanted = {
        user
        for unit in UNITS
        if unit.startswith(role)
        for user in re.findall(r"^User=(.+)$", text(unit), re.MULTILINE)
    }
    assert wanted <= set(users)


DEBIANS_GROUPS = ("tty", "dialout", "lp", "audio", "video", "input", "mosquitto")


@pytest.mark.parametrize("name", [name for name in FILES if name.endswith(".rules")])
def test_a_port_is_named_by_where_it_is_plugged_in(name: str) -> None:
    rules = [line for line in text(name).splitlines() if line and not line.startswith("#")]
    pair = r'[A-Z]+(\{\w+\})?(==|\+=|=)"[^"]+"'
    assert rules
    for rule in rules:
        assert re.fullmatch(rf"{pair}(, {pair})*", rule), rule
    named = [rule for rule in rules if "SYMLINK" in rule]
    links = [link for rule in named for link in re.findall(r'SYMLINK\+="([^"]+)"', rule)]
    assert all(link.startswith("hall/") for link in links)
    assert len(set(links)) == len(links)
    for rule in named:
        assert "ENV{ID_PATH}==" in rule or 'KERNEL=="ttyAMA0"' in rule, rule
        assert not re.search(r"ttyUSB|ttyACM", rule), rule


def test_the_log_cannot_fill_the_card() -> None:
    for role in ("controller", "display"):
        limits = text(f"{role}:etc/systemd/journald.conf.d/hall.conf")
        assert "SystemMaxUse=64M" in limits
        assert "SyncIntervalSec=5m" in limits


def test_the_broker_keeps_nothing_and_lets_nobody_in_unknown() -> None:
    settings = text("controller:etc/mosquitto/mosquitto.conf").splitlines()
    for line in (
        "persistence false",
        "allow_anonymous false",
        "set_tcp_nodelay true",
        "listener 1883 127.0.0.1",
    ):
        assert line in settings
    plain = [line for line in settings if line.startswith("listener") and "8883" not in line]
    assert all(line.endswith(" 127.0.0.1") for line in plain)


def test_the_screen_and_its_service_agree() -> None:
    unit = text("display:etc/systemd/system/hall-display.service")
    assert "/etc/hall/display.toml" in unit
    assert "video=HDMI-A-1" in text("display:boot/firmware/hall-cmdline.txt")
    assert "dtoverlay=vc4-kms-v3d" in text("display:boot/firmware/hall.txt").splitlines()
    assert "dtparam=spi=on" in text("display:boot/firmware/hall.txt").splitlines()


def test_a_word_that_nobody_fills_in_is_an_error() -> None:
    with pytest.raises(KeyError, match="BROKER"):
        pi_files("display", {})


def test_the_readme_says_of_every_file_where_it_goes() -> None:
    readme = (ROOT / "firmware_config/README.md").read_text("utf-8")
    missing = [name for name in FILES if f"`/{FILES[name].path}`" not in readme]
    assert missing == []


@needs_debian("systemd")
def test_who_may_read_the_secrets_is_understood(tmp_path: Path) -> None:
    tmpfiles = program("systemd-tmpfiles", package="systemd")
    (tmp_path / "etc").mkdir()
    for name in ("passwd", "group"):
        shutil.copy(f"/etc/{name}", tmp_path / "etc" / name)
    with (tmp_path / "etc/group").open("a") as groups:
        groups.write("hall:x:4321:\nmosquitto:x:4322:\n")
    with (tmp_path / "etc/passwd").open("a") as users:
        users.write("hall:x:4321:4321::/:/bin/false\n")
    for role in ("controller", "display"):
        path = placed(tmp_path, f"{role}:etc/tmpfiles.d/hall-{role}.conf")
        done = subprocess.run(
            [tmpfiles, f"--root={tmp_path}", "--create", path.name],
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, "")
