"""What is declared is what is used, what is locked is what is declared, and a wheel holds every file.

Belongs here: pyproject.toml, requirements.lock and the wheel. Never here: how a machine is set up (test_set_up.py).
"""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
import zipfile
from functools import cache
from importlib.metadata import entry_points, packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.source_tree import read

ROOT = Path(__file__).parent.parent
SHIPPED = ("hall_controller", "displays", "firmware_config", "guides")
# `name==version ; marker \` and then a hash a line, as pip's --require-hashes reads it.
PIN = re.compile(
    r"^([a-z0-9-]+)==([^ ]+)(?: ; [^\\]+)? \\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", re.MULTILINE
)


def test_what_checks_the_settings_of_devices_is_locked_apart() -> None:
    lines = (ROOT / "tools/esphome.txt").read_text("utf-8").splitlines()
    wanted = [Requirement(line) for line in lines if not line.startswith("#")]
    locked = {name: version for name, version, _ in PIN.findall(lock(LOCKS[1]))}
    assert all(requirement.specifier.contains(locked[requirement.name]) for requirement in wanted)
    assert "esphome" not in project()


@cache
def project() -> dict[str, Requirement]:
    """Return what pyproject.toml asks for, base and extras together, by canonical name."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    lines = [
        *settings["dependencies"],
        *(line for extra in settings["optional-dependencies"].values() for line in extra),
    ]
    return {canonicalize_name(Requirement(line).name): Requirement(line) for line in lines}


LOCKS = ("requirements.lock", "tools/esphome.lock")


@cache
def lock(name: str = LOCKS[0]) -> str:
    return (ROOT / name).read_text("utf-8")


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_holds_pins_with_hashes_and_nothing_else(name: str) -> None:
    remark, _, pins = lock(name).partition("\n")
    assert remark.startswith("# ")
    assert PIN.sub("", pins) == ""


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_no_address_and_no_place_of_any_machine(name: str) -> None:
    assert not re.search(r"://|file:|index|/(home|root|tmp|usr|opt)\b", lock(name))


def test_every_dependency_is_locked_at_a_version_that_the_project_allows() -> None:
    locked = {name: version for name, version, _ in PIN.findall(lock())}
    wrong = [
        str(requirement)
        for name, requirement in project().items()
        if name not in locked or not requirement.specifier.contains(locked[name])
    ]
    assert wrong == []


def test_every_library_that_is_imported_is_declared() -> None:
    owners = packages_distributions()
    imported = {
        found.target.split(".")[0]: f"{module.path}:{found.line}"
        for module in read(ROOT, "hall_controller", "displays", "tests").values()
        for found in module.imports
        if not found.for_types
    }
    strangers = {
        library: place
        for library, place in imported.items()
        if library not in {*sys.stdlib_module_names, "hall_controller", "displays", "tests"}
        and not {canonicalize_name(owner) for owner in owners.get(library, [library])} & set(project())
    }
    assert strangers == {}


@pytest.mark.parametrize("command", ["hall", "hall-display"])
def test_the_commands_are_there(command: str) -> None:
    (entry,) = entry_points(group="console_scripts", name=command)
    assert callable(entry.load())


def test_a_wheel_holds_every_file_that_a_hall_needs(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path)]
    built = subprocess.run(build, cwd=ROOT, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    (wheel,) = tmp_path.glob("*.whl")
    packed = set(zipfile.ZipFile(wheel).namelist())
    on_disk = {
        path.relative_to(ROOT).as_posix()
        for package in SHIPPED
        for path in (ROOT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert on_disk - packed == set()
