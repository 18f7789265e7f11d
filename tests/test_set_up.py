"""What tools/set_up.sh says to a person whose machine lacks something.

Belongs here: set-up tried on machines made of a folder with few programs. Never here: installing anything.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.debian import PACKAGE_LIST, listed

ROOT = Path(__file__).parent.parent
SHELL_PROGRAMS = ("bash", "cat", "dirname", "env", "grep", "head", "id", "sed", "sha256sum")


@dataclass(frozen=True)
class Machine:
    """A clone of the project on a machine that has `programs` and nothing else."""

    clone: Path
    programs: Path

    def has(self, program: str, script: str) -> None:
        path = self.programs / program
        path.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
        path.chmod(0o755)

    def is_set_up(self) -> None:
        venv = self.clone / ".venv"
        (venv / "bin").mkdir(parents=True)
        (venv / "bin/python").touch(0o755)
        sums = "".join(
            f"{hashlib.sha256((self.clone / name).read_bytes()).hexdigest()}  {name}\n"
            for name in ("requirements.lock", "pyproject.toml")
        )
        (venv / ".set-up").write_text(f"{venv}\n{sums}", "utf-8")

    def has_esphome(self) -> None:
        home = self.clone / ".venv/esphome"
        (home / "bin").mkdir(parents=True)
        (home / "bin/esphome").touch(0o755)
        lock = hashlib.sha256((self.clone / "tools/esphome.lock").read_bytes()).hexdigest()
        (home / ".set-up").write_text(f"{home}\n{lock}  tools/esphome.lock\n", "utf-8")

    def set_up(self, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["bash", "tools/set_up.sh", *words],
            cwd=self.clone,
            env={"PATH": str(self.programs), **environment},
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    clone, programs = tmp_path / "clone", tmp_path / "programs"
    clone.mkdir()
    programs.mkdir()
    shutil.copytree(ROOT / "tools", clone / "tools")
    for name in ("requirements.lock", "pyproject.toml"):
        shutil.copy(ROOT / name, clone)
    machine = Machine(clone, programs)
    for name in SHELL_PROGRAMS:  # never a link: what a test writes must not reach this machine's own programs
        machine.has(name, f'exec {shutil.which(name, path=os.defpath)} "$@"')
    return machine


def with_every_package(machine: Machine) -> None:
    machine.has("dpkg-query", "\n".join(f"echo {package} installed" for package in listed()))


def test_a_machine_that_is_set_up_hears_nothing(machine: Machine) -> None:
    with_every_package(machine)
    machine.is_set_up()
    done = machine.set_up(CI="true")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_esphome_is_installed_for_the_tests_only_and_once(machine: Machine) -> None:
    with_every_package(machine)
    machine.is_set_up()
    python = machine.clone / ".venv/bin/python"
    python.write_text(f'#!/bin/sh\necho "$@" >>{machine.clone}/ran\nexit 1\n', "utf-8")
    assert machine.set_up("tests").returncode == 1  # it tried
    assert (machine.clone / "ran").read_text("utf-8") == f"-m venv --clear {machine.clone}/.venv/esphome\n"
    machine.has_esphome()
    done = machine.set_up("tests")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_the_clips_of_the_voice_are_made_where_there_is_a_speaker_and_again_when_its_words_change(
    machine: Machine,
) -> None:
    with_every_package(machine)
    machine.is_set_up()
    sentences = machine.clone / "displays/assets/voices/vi/sentence.toml"
    shutil.copytree(ROOT / "displays/assets/voices/vi", sentences.parent)
    made, ran = machine.clone / ".venv/share/hall-voices", machine.clone / "ran"
    (made / "vi").mkdir(parents=True)
    machine.set_up()
    assert not ran.exists(), "nobody can speak here"
    machine.has("espeak-ng", "")
    program = machine.clone / ".venv/bin/hall-display"
    program.write_text(f'#!/bin/sh\necho "$@" >>{ran}\n', "utf-8")
    program.chmod(0o755)
    for _ in range(2):
        assert machine.set_up().returncode == 0
    assert ran.read_text("utf-8") == "voice make\n", "once"
    after = (made / ".set-up").stat().st_mtime + 10
    os.utime(sentences, (after, after))
    machine.set_up()
    assert ran.read_text("utf-8") == "voice make\n" * 2


def test_a_voice_that_cannot_be_made_stops_nothing(machine: Machine) -> None:
    with_every_package(machine)
    machine.is_set_up()
    machine.has("espeak-ng", "")
    shutil.copytree(ROOT / "displays/assets/voices", machine.clone / "displays/assets/voices")
    program = machine.clone / ".venv/bin/hall-display"
    program.write_text("#!/bin/sh\nexit 1\n", "utf-8")
    program.chmod(0o755)
    done = machine.set_up()
    assert done.returncode == 0
    assert "make them with: hall-display voice make" in done.stderr


def test_a_missing_package_is_named_with_the_command_that_installs_it(machine: Machine) -> None:
    machine.has("dpkg-query", "\n".join(f"echo {package} installed" for package in listed() - {"strace"}))
    machine.is_set_up()
    done = machine.set_up()
    assert done.returncode == 0
    assert "sudo apt-get install strace\n" in done.stderr


def test_continuous_integration_stops_at_a_missing_package(machine: Machine) -> None:
    machine.is_set_up()
    done = machine.set_up(CI="true")
    assert done.returncode == 1
    assert f"sudo apt-get install {' '.join(sorted(listed()))}\n" in done.stderr


def test_a_package_that_may_be_installed_is_installed_without_a_word_from_the_person(
    machine: Machine,
) -> None:
    store = machine.clone / "installed"
    store.touch()
    machine.has("id", "echo 0")
    machine.has(
        "apt-get", f'for word; do case $word in -*) ;; *) echo "$word installed" >>{store} ;; esac; done'
    )
    machine.has("dpkg-query", f"cat {store}")
    machine.is_set_up()
    assert machine.set_up(CI="true").returncode == 0
    assert set(store.read_text("utf-8").split()) >= listed()


def test_a_python_that_is_too_old_gets_one_clear_line(machine: Machine) -> None:
    with_every_package(machine)
    machine.has("python3", 'test "$1" = --version && echo Python 3.9.2')
    done = machine.set_up()
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "Python 3.11 or newer is needed and python3 is Python 3.9.2" in done.stderr


def test_a_python_without_venv_gets_one_clear_line(machine: Machine) -> None:
    with_every_package(machine)
    machine.has("python3", 'case "$2" in *ensurepip*) exit 1 ;; esac')
    done = machine.set_up()
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "sudo apt-get install python3-venv" in done.stderr


def test_every_package_in_the_list_says_what_needs_it() -> None:
    lines = [line for line in PACKAGE_LIST.read_text("utf-8").splitlines() if not line.startswith("#")]
    assert [line for line in lines if len(line.partition("#")[2].split()) < 3] == []
    assert lines == sorted(lines)
