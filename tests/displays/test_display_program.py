"""The program `hall-display` as a technician meets it: real processes, exit codes, one clear line for every fault."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image
from typer.testing import CliRunner, Result

from displays.__main__ import cli
from tests.debian import needs_debian
from tests.displays.boards import TOPICS, call, calls, counter, hall, ready
from tests.displays.broker import Broker
from tests.displays.controller_on_air import OnAir, on_air
from tests.free_port import free_port

ROOT = Path(__file__).parents[2]
HEADLESS = {**os.environ, "SDL_VIDEODRIVER": "dummy"}


def machine(folder: Path, port: int) -> Path:
    path = folder / "display.toml"
    path.write_text(
        f"""
        [hall]
        id = "example"
        [mqtt]
        host = "127.0.0.1"
        port = {port}
        [device]
        id = "screen-1"
        [[screen]]
        width = 960
        height = 540
        picture = "{folder}/screen.png"
        [[panel]]
        id = "p5"
        model = "console"
        line = "file://{folder}/panel.txt"
        counter = "5"
        """,
        "utf-8",
    )
    return path


def hall_display(*words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "displays", *map(str, words)],
        cwd=ROOT,
        env=HEADLESS,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )


@asynccontextmanager
async def running(*words: str | Path) -> AsyncIterator[asyncio.subprocess.Process]:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "displays",
        "run",
        *map(str, words),
        cwd=ROOT,
        env=HEADLESS,
        stderr=subprocess.PIPE,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def a_morning(controller: OnAir) -> None:
    now = datetime.now(UTC)
    await controller.tell(
        (TOPICS.controller_state, ready(now)),
        (TOPICS.hall_board, hall()),
        (TOPICS.display("5"), counter(2, "calling", "A012", since=now)),
        (TOPICS.calls, calls(2, call("A012", "5", now))),
    )


@needs_debian("mosquitto")
async def test_a_display_machine_shows_a_call_and_stops_when_asked(broker: Broker, tmp_path: Path) -> None:
    async with on_air(broker.port) as controller, running(machine(tmp_path, broker.port)) as process:
        await controller.hears("state", '"ready"', within_s=10)
        await a_morning(controller)
        await controller.hears("status", '"rev":2')
        process.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(process.wait(), 5) == 0
        await controller.hears("state", '"disconnected"')
    assert "Quầy 5  A012  calling 1" in (tmp_path / "panel.txt").read_text("utf-8")
    with Image.open(tmp_path / "screen.png") as picture:
        assert picture.size == (960, 540)


@needs_debian("mosquitto")
async def test_a_display_machine_that_is_killed_is_told_to_be_lost(broker: Broker, tmp_path: Path) -> None:
    async with on_air(broker.port) as controller, running(machine(tmp_path, broker.port)) as process:
        await controller.hears("state", '"ready"', within_s=10)
        process.kill()
        await controller.hears("state", '"lost"')


@needs_debian("mosquitto")
@pytest.mark.alone
async def test_a_hall_in_which_nothing_happens_costs_next_to_nothing(broker: Broker, tmp_path: Path) -> None:
    async with on_air(broker.port) as controller, running(machine(tmp_path, broker.port)) as process:
        await controller.hears("state", '"ready"', within_s=10)
        await controller.tell((TOPICS.controller_state, ready(datetime.now(UTC))), (TOPICS.calls, calls(2)))
        await controller.hears("status", '"rev":2')
        used_s, began_s = cpu_s(process.pid), time.monotonic()
        await asyncio.sleep(2)  # the time over which idleness is measured
        share = (cpu_s(process.pid) - used_s) / (time.monotonic() - began_s)
        assert share < 0.04, "2 % is wanted; a minute of the clock may fall into the two seconds"


def cpu_s(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text("utf-8").rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@needs_debian("mosquitto")
async def test_a_picture_can_be_taken_beside_a_running_display(broker: Broker, tmp_path: Path) -> None:
    settings, out = machine(tmp_path, broker.port), tmp_path / "now.png"
    async with on_air(broker.port) as controller, running(settings):
        await controller.hears("state", '"ready"', within_s=10)
        await a_morning(controller)
        done = await asyncio.to_thread(hall_display, "picture", settings, "--out", out)
        assert (done.returncode, done.stdout) == (0, "")
        assert '"lost"' not in "".join(controller.on("state"))
    with Image.open(out) as picture:
        assert picture.size == (960, 540)
        assert len(picture.convert("RGB").getcolors(1 << 20) or []) > 20, "words, not an empty screen"


@needs_debian("mosquitto")
@pytest.mark.parametrize(
    ("state", "size"), [("64-counters", (1920, 1080)), ("stale", (1080, 1920)), ("calling", (2160, 3840))]
)
def test_an_example_hall_is_drawn_without_a_broker_in_any_size(
    state: str, size: tuple[int, int], tmp_path: Path
) -> None:
    settings, out = machine(tmp_path, free_port()), tmp_path / "example.png"
    sizes = [
        f"--set=screen.0.{name}={pixels}" for name, pixels in zip(("width", "height"), size, strict=True)
    ]
    done = CliRunner().invoke(cli, ["picture", str(settings), "--out", str(out), "--state", state, *sizes])
    assert done.exit_code == 0, done.output
    with Image.open(out) as picture:
        assert picture.size == size


def test_a_state_that_does_not_exist_is_wrong_usage(tmp_path: Path) -> None:
    words = ["picture", str(machine(tmp_path, free_port())), "--out", "x.png", "--state", "stail"]
    done = CliRunner().invoke(cli, words)
    assert done.exit_code == 2
    assert "did you mean stale?" in done.output


async def test_a_picture_of_a_hall_whose_controller_is_lost_says_so(broker: Broker, tmp_path: Path) -> None:
    settings, out = machine(tmp_path, broker.port), tmp_path / "now.png"
    async with on_air(broker.port) as controller:
        await a_morning(controller)
        await asyncio.to_thread(hall_display, "picture", settings, "--out", out)
        assert band_of(out) < 100, "dark: the foot of an ordinary screen"
        await controller.tell((TOPICS.controller_state, ready(datetime.now(UTC), state="lost")))
        await asyncio.to_thread(hall_display, "picture", settings, "--out", out)
        assert band_of(out) > 200, "the band of a lost connection is printed in reverse"


def band_of(file: Path) -> int:
    """How light the lowest line of a screen is, 0 to 255."""
    with Image.open(file) as picture:
        corner = picture.convert("L").crop(
            (picture.width - 4, picture.height - 4, picture.width, picture.height)
        )
    return corner.tobytes()[0]


def test_a_picture_without_a_controller_says_so(broker: Broker, tmp_path: Path) -> None:
    done = hall_display("picture", machine(tmp_path, broker.port), "--out", tmp_path / "now.png")
    assert done.returncode == 0
    assert "no controller has spoken" in done.stderr


def test_a_picture_without_a_broker_is_refused_in_one_line(tmp_path: Path) -> None:
    port = free_port()
    done = hall_display("picture", machine(tmp_path, port), "--out", tmp_path / "now.png")
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        f"hall-display: no MQTT broker answers at 127.0.0.1:{port}; start mosquitto or give --set mqtt.port=..."
    ]


def told(*words: str) -> Result:
    """The same command line in this process, which is quicker."""
    return CliRunner().invoke(cli, list(words))


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["run", "nowhere.toml"], "nowhere.toml: No such file or directory"),
        (["run", "{file}", "--set", "mqtt.prot=1"], "did you mean port?"),
        (["run", "{file}", "--set", "mqtt"], "write KEY=VALUE"),
        (["run", "{file}", "--set", "screen.0.window=full"], "screen.0.window"),
        (["run", "{file}", "--set", "mqtt.password_file=/no/secret"], "put the device's secret there"),
        (["run", "."], "Is a directory"),
    ],
)
def test_a_mistake_is_told_in_one_line_and_ends_with_1(words: list[str], says: str, tmp_path: Path) -> None:
    file = str(machine(tmp_path, free_port()))
    done = told(*(word.replace("{file}", file) for word in words))
    assert done.exit_code == 1
    assert len(done.stderr.splitlines()) == 1
    assert says in done.stderr


@pytest.mark.parametrize("words", [["run"], ["picture", "x.toml"], ["dance"], ["run", "x.toml", "--loud"]])
def test_wrong_usage_ends_with_2(words: list[str]) -> None:
    assert told(*words).exit_code == 2


@pytest.mark.parametrize("command", ["run", "picture"])
def test_help_says_what_a_command_does_and_gives_an_example(command: str) -> None:
    done = told(command, "--help")
    assert done.exit_code == 0
    assert f"Example: hall-display {command} /etc/hall/display.toml" in " ".join(done.stdout.split())


def test_no_fault_reaches_a_technician_as_a_traceback(tmp_path: Path) -> None:
    done = hall_display("run", tmp_path)
    assert done.returncode == 1
    assert done.stderr == f"hall-display: {tmp_path}: Is a directory; give the path of a display.toml\n"
