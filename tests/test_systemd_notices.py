"""Both programs tell systemd that they are ready, that they live, and that they stop (sd_notify)."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.running_hall import ROOT, RunningHall

LISTEN_S = 20.0
SETTINGS = """
[hall]
id = "small"
[mqtt]
host = "127.0.0.1"
port = 1
[device]
id = "screen-1"
[[screen]]
window = "none"
"""


@pytest.fixture
def systemd(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[socket.socket]:
    """The socket on which systemd listens to its services."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ears:
        ears.bind(str(tmp_path / "notify"))
        ears.settimeout(LISTEN_S)
        monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
        yield ears


def heard(systemd: socket.socket, word: bytes) -> None:
    """Wait until the service says so."""
    while systemd.recv(64) != word:
        pass


def test_the_controller_says_that_it_is_ready_and_lives_and_stops(
    systemd: socket.socket, tmp_path: Path
) -> None:
    hall = RunningHall(tmp_path / "data")
    hall.start()
    try:
        heard(systemd, b"READY=1")
        heard(systemd, b"WATCHDOG=1")
        heard(systemd, b"WATCHDOG=1")
        assert hall.process is not None
        os.kill(hall.process.pid, signal.SIGSTOP)  # as an event loop that hangs
        systemd.settimeout(1.5)
        with pytest.raises(TimeoutError):
            heard(systemd, b"never")
        systemd.settimeout(LISTEN_S)
        os.kill(hall.process.pid, signal.SIGCONT)
        heard(systemd, b"WATCHDOG=1")
        hall.stop()
        heard(systemd, b"STOPPING=1")
    finally:
        hall.kill()


def test_a_display_says_that_it_is_ready_and_lives_and_stops(systemd: socket.socket, tmp_path: Path) -> None:
    settings = tmp_path / "display.toml"
    settings.write_text(SETTINGS, "utf-8")
    words = [sys.executable, "-m", "displays", "run", str(settings)]
    environment = os.environ | {"SDL_VIDEODRIVER": "dummy"}
    display = subprocess.Popen(words, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)
    try:
        heard(systemd, b"READY=1")
        heard(systemd, b"WATCHDOG=1")
        heard(systemd, b"WATCHDOG=1")
        display.send_signal(signal.SIGTERM)
        heard(systemd, b"STOPPING=1")
        assert display.wait(timeout=10) == 0
    finally:
        display.kill()
        display.wait(timeout=10)
