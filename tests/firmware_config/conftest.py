"""The desk device's logic, compiled once: the very file that ESPHome compiles, its memory watched."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.debian import program
from tests.running_hall import ROOT


@pytest.fixture(scope="session")
def desk_program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program of desk_device.cpp."""
    made = tmp_path_factory.mktemp("desk") / "desk_device"
    words = "-std=c++17 -O0 -Wall -Wextra -Wpedantic -Wconversion -Werror -fsanitize=address,undefined"
    subprocess.run(
        [
            program("g++", package="g++"),
            *words.split(),
            "-fno-sanitize-recover=all",
            f"-I{ROOT}/firmware_config/esp32",
            str(Path(__file__).with_name("desk_device.cpp")),
            f"-o{made}",
        ],
        check=True,
    )
    return made
