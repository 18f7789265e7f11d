"""What is past its retention goes by itself: the unit's own command lines, in the order in which systemd runs them."""

from __future__ import annotations

import re
import shlex
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from hall_controller.__main__ import cli
from hall_controller.domain.catalogue import VIETNAM
from hall_controller.installation.pi_files import pi_files
from hall_controller.journal import Journal
from hall_controller.journal_check import verify
from tests.debian import needs_debian, program
from tests.hall_controller.kept_days import Week, among
from tests.hall_controller.settings_files import SMALL

FOLDER = "etc/systemd/system"
FILES = {
    file.path.name: file.content.decode()
    for file in pi_files("controller", {"HALL": "small", "ZONE": "Asia/Ho_Chi_Minh"})
    if str(file.path).startswith(f"{FOLDER}/hall-")
}
UNIT = FILES["hall-retain.service"]


def lines(kind: str) -> list[str]:
    return re.findall(rf"^{kind}=(.+)$", UNIT, re.MULTILINE)


def word_for_word(line: str, week: Week) -> list[str]:
    """The line on this machine: this program, these settings, this folder."""
    places = {
        "/opt/hall/.venv/bin/hall": f"{sys.executable} -m hall_controller",
        "/etc/hall/hall.toml": str(week.folder.parent / "hall.toml"),
        "/var/lib/hall": str(week.folder),
    }
    for there, here in places.items():
        assert there in line
        line = line.replace(there, here)
    return line.split()


@pytest.fixture
def week(tmp_path: Path) -> Week:
    around = [(datetime.now(VIETNAM) + timedelta(n)).date() for n in (-1, 0, 1)]
    closed = ", ".join(f'{{ day = {one}, reason = "-" }}' for one in around)
    settings = "[rating]\nlater_days = 2\n[retention]\nticket_days = 2\n"
    (tmp_path / "hall.toml").write_text(f"{SMALL}{settings}[calendar]\nclosed_days = [{closed}]\n", "utf-8")
    return Week(tmp_path / "data")


def run(line: str, week: Week) -> Result:
    return CliRunner().invoke(cli, word_for_word(line, week)[3:])


def test_the_controller_is_asked_stopped_and_started_again_whatever_happens() -> None:
    assert lines("ExecCondition")[0] == "+/usr/bin/systemctl is-active --quiet hall-controller.service"
    stop, _, start, _ = lines("ExecStart")
    assert stop == "+/usr/bin/systemctl stop hall-controller.service"
    assert start == "+/usr/bin/systemctl start --no-block hall-controller.service"
    controller = FILES["hall-controller.service"]
    assert "Restart=always" in controller, "a start that finds the journal busy is tried again"
    same = re.findall(r"--data \S+|User=\S+", controller)
    assert all(setting in UNIT for setting in same)


@pytest.mark.parametrize(
    ("result", "started"),
    [("success", True), ("exit-code", True), ("signal", True), ("timeout", True), ("exec-condition", False)],
)
def test_whatever_becomes_of_the_work_the_controller_is_started_but_never_one_that_was_stopped_before(
    result: str, tmp_path: Path, *, started: bool
) -> None:
    """systemd.exec(5) names the results; systemd.service(5) says that ExecStopPost= follows a false condition too."""
    (line,) = lines("ExecStopPost")
    assert line.startswith("-+/bin/sh -c ")
    asked = tmp_path / "asked"
    (tmp_path / "systemctl").write_text(f'#!/bin/sh\necho "$*" > {asked}\n', "utf-8")
    (tmp_path / "systemctl").chmod(0o755)
    words = shlex.split(line.removeprefix("-+").replace("$$", "$"))
    subprocess.run(words, env={"PATH": str(tmp_path), "SERVICE_RESULT": result}, check=True)
    assert asked.exists() is started
    assert not started or asked.read_text() == "start --no-block hall-controller.service\n"


def test_on_a_real_journal_the_lines_do_the_work_once(week: Week) -> None:
    condition, (work, rest) = lines("ExecCondition")[1], lines("ExecStart")[1::2]
    week.backup()
    with Journal.open(week.path):
        assert run(condition, week).exit_code == 0, "asked while the controller runs"
        refused = run(work, week)
        assert refused.exit_code == 1
        assert "stop that one first" in refused.output
    assert run(work, week).exit_code == 0
    assert verify(week.path).good
    assert among(week.codes(0, 1, 2, 3), week.path.read_bytes()) == set()
    with Journal.open(week.path):
        assert run(rest, week).exit_code == 0, "the controller runs again"
    assert among(week.codes(0, 1, 2, 3), week.bytes_of_all_files()) == set()
    assert run(condition, week).exit_code == 1, "the controller is left alone"


def test_killed_in_the_middle_the_hall_opens_and_the_next_week_ends_the_work(week: Week) -> None:
    work = word_for_word(lines("ExecStart")[1], week)
    traced = "import os, sys, hall_controller.journal_cutting as cutting, hall_controller.__main__ as m;"
    deadly = "cutting._write = lambda *_: os.kill(os.getpid(), 9); sys.argv[0] = 'hall'; m.main()"
    killed = subprocess.run([sys.executable, "-c", traced + deadly, *work[3:]], check=False)
    assert killed.returncode == -signal.SIGKILL
    with Journal.open(week.path) as journal:
        assert journal.last_seq == len(week.play.facts)
    assert run(lines("ExecStart")[1], week).exit_code == 0
    assert among(week.codes(0, 1, 2, 3), week.bytes_of_all_files()) == set()


@needs_debian("systemd")
def test_the_timer_goes_off_in_the_night_to_sunday_by_the_halls_clock() -> None:
    analyze = program("systemd-analyze", package="systemd")
    timer = FILES["hall-retain.timer"]
    (calendar,) = re.findall(r"^OnCalendar=(.+)$", timer, re.MULTILINE)
    done = subprocess.run(
        [analyze, "calendar", "--iterations=5", calendar], capture_output=True, text=True, check=True
    )
    told = re.findall(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC", done.stdout)
    times = {
        datetime.strptime(one, "%Y-%m-%d %H:%M:%S %Z").replace(tzinfo=UTC).astimezone(VIETNAM) for one in told
    }
    assert len(times) == 5
    assert {(one.weekday(), one.minute, one.hour < 4) for one in times} == {(6, 40, True)}


@needs_debian("systemd")
def test_systemd_understands_service_and_timer_together(tmp_path: Path) -> None:
    analyze = program("systemd-analyze", package="systemd")
    for name, content in FILES.items():
        (tmp_path / name).write_text(content.replace("/opt/hall/.venv/bin/hall", "/bin/true"), "utf-8")
    units = [str(tmp_path / name) for name in FILES if "retain" in name]
    done = subprocess.run(
        [analyze, "verify", "--man=no", *units], capture_output=True, text=True, check=False
    )
    complaints = [line for line in done.stderr.splitlines() if "hall-retain" in line]
    assert (done.returncode, complaints) == (0, []), done.stderr
