"""Debian packages that tests need: absent, a test is skipped and names the command; with CI=true it fails.

    @needs_debian("mosquitto-clients")                      a test, or `pytestmark = ...` for a whole file
    program("mosquitto", package="mosquitto")               in a fixture: demands it and says where it is

Every package asked for must stand in tools/debian-packages.txt, so that set-up installs it.
"""

from __future__ import annotations

import functools
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

PACKAGE_LIST = Path(__file__).parent.parent / "tools" / "debian-packages.txt"
SYSTEM_FOLDERS = "/usr/local/sbin:/usr/sbin:/sbin"  # where Debian puts daemons, off the PATH of most people


def needs_debian(*packages: str) -> pytest.MarkDecorator:
    """Mark a test that cannot run without these Debian packages."""
    return pytest.mark.needs_debian(*packages)


def demand(*packages: str) -> None:
    """Skip the test that is running, or fail it when CI=true, unless all these packages are installed."""
    if unlisted := sorted(set(packages) - listed()):
        pytest.fail(
            f"add to {PACKAGE_LIST.name}, so that set-up installs it: {' '.join(unlisted)}", pytrace=False
        )
    missing = sorted(set(packages) - installed())
    if not missing:
        return
    sentence = f"needs Debian's {', '.join(missing)}: sudo apt-get install {' '.join(missing)}"
    if os.environ.get("CI") == "true":
        pytest.fail(sentence, pytrace=False)
    pytest.skip(sentence)


def program(name: str, *, package: str) -> str:
    """Return the path of a program of this package, demanding the package first."""
    demand(package)
    path = shutil.which(name, path=f"{os.environ.get('PATH', '')}:{SYSTEM_FOLDERS}")
    assert path is not None, f"{package} is installed, but {name} is nowhere on PATH"
    return path


def listed(package_list: Path = PACKAGE_LIST) -> frozenset[str]:
    """Return the packages that set-up installs."""
    return frozenset(re.findall(r"^([a-z0-9][a-z0-9+.-]+)", package_list.read_text("utf-8"), re.MULTILINE))


@functools.cache
def installed() -> frozenset[str]:
    """Return those listed packages that dpkg holds as installed; none where there is no dpkg."""
    if shutil.which("dpkg-query") is None:
        return frozenset()
    form = "${Package} ${db:Status-Status}\n"
    answer = subprocess.run(
        ["dpkg-query", "-W", f"-f={form}", *listed()], capture_output=True, text=True, check=False
    )
    lines = (line.split() for line in answer.stdout.splitlines())
    return frozenset(name for name, status in lines if status == "installed")
