"""`hall device adopt` on a running hall: a technician's command, a key on a spare pad, the code of its label."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from typer.testing import CliRunner

from hall_controller.__main__ import cli
from hall_controller.command_line.device import prove
from hall_controller.errors import HallError
from hall_controller.messages import Topics, adoption_code
from tests.broker import RunningBroker
from tests.debian import needs_debian
from tests.mqtt_peers import Listener, Pad
from tests.running_hall import EXAMPLE, ROOT, RunningHall

pytestmark = needs_debian("mosquitto")
TOPICS = Topics("tuyen-quang")
CODE = adoption_code("spare-1", "its own secret")
PASSWORD = "bốn từ ghép lại"
INFO = {"type": "call-pad", "model": "esp32_call_pad", "firmware": "1.0", "capabilities": {"code": CODE}}


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[RunningBroker]:
    with RunningBroker(tmp_path) as running:
        yield running


@pytest.fixture
def hall(broker: RunningBroker, tmp_path: Path) -> Iterator[RunningHall]:
    """The reference hall at work, with a technician."""
    hall = RunningHall(tmp_path / "data", mqtt_port=broker.port)
    try:
        hall.start()
        told = ["officer", "add", str(EXAMPLE), "kim", "--role", "technician", "--data", str(hall.data)]
        assert CliRunner().invoke(cli, told, input=f"{PASSWORD}\n").exit_code == 0
        yield hall
        assert hall.stop() == 0
    finally:
        hall.kill()


def test_where_the_secrets_may_be_read_a_device_that_does_not_say_its_own_code_is_not_taken(
    tmp_path: Path,
) -> None:
    hall, secrets = tmp_path / "hall.toml", tmp_path / "secrets.yaml"
    prove(hall, "spare-1", "000000")  # nothing to compare with: the label alone tells
    secrets.write_text("spare-1_mqtt: its own secret\n", "utf-8")
    prove(hall, "spare-1", CODE)
    prove(hall, "other-1", "000000")
    for wrong in ("000000", adoption_code("spare-1", ""), ""):
        with pytest.raises(HallError, match="does not say the code of its secret"):
            prove(hall, "spare-1", wrong)


@asynccontextmanager
async def spare_pad(port: int) -> AsyncIterator[Pad]:
    """A pad that nobody knows, and that the hall has refused once."""
    async with Pad(port, "spare-1", TOPICS) as spare:
        await spare.say(TOPICS.device("spare-1", "info"), INFO, retain=True)
        await spare.say(TOPICS.device("spare-1", "state"), {"state": "ready", "boot": 1}, retain=True)
        assert (await spare.press("ring"))["reason"]["code"] == "unknown_device"
        yield spare


async def adopts(hall: RunningHall, spare: Pad, typed: str) -> tuple[int, str, str]:
    """The technician asks, presses a key when told to and types the code; exit code and what was said."""
    told = ["device", "adopt", str(EXAMPLE), "pad-1", "--data", str(hall.data)]
    told += ["--set", f"http.port={hall.http_port}", "--set", "http.host=127.0.0.1"]
    pipe = asyncio.subprocess.PIPE
    command = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "hall_controller", *told, cwd=ROOT, stdin=pipe, stdout=pipe, stderr=pipe
    )
    assert command.stdout is not None
    async with asyncio.timeout(30):
        assert b"Press a key on the new device now" in await command.stdout.readline()
        assert (await spare.press("ring"))["result"] == "rejected", "proposed, not yet adopted"
        said, complaint = await command.communicate(f"{typed}\n".encode())
        return await command.wait(), said.decode(), complaint.decode()


async def test_a_spare_takes_a_pads_place_with_the_code_of_its_label_and_no_other(
    hall: RunningHall, broker: RunningBroker
) -> None:
    config = TOPICS.device("spare-1", "config")
    async with spare_pad(broker.port) as spare, Listener(broker.port, "ear", config) as ear:
        exit_code, _, complaint = await adopts(hall, spare, "000000")
        assert exit_code == 1
        assert "Traceback" not in complaint
        assert len(complaint.strip().splitlines()) == 1
        assert ear.heard == []
        exit_code, said, complaint = await adopts(hall, spare, f"{CODE[:3]} {CODE[3:]}")
        assert (exit_code, complaint) == (0, "")
        assert "spare-1 stands at counter 1 now; pad-1 is retired." in said
        assert (await ear.until(config, bool)).said["counter"] == "1"
        answer = await spare.press("ring")
        assert (answer["reason"] or {}).get("code") != "unknown_device", answer
    async with Pad(broker.port, "pad-1", TOPICS) as old:
        assert (await old.press("ring"))["reason"]["code"] == "unknown_device"
