"""What the controller makes of single messages below `device/`, without a broker: alerts that come and go."""

from __future__ import annotations

import json
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from hall_controller.messages import IDENTIFIER_PATTERN, LARGEST_PAYLOAD_BYTES, Alert, alert_code
from hall_controller.mqtt_devices import RETAINED_TOLD_S, MqttDevices
from tests.hall_controller.live_hall import TOPICS, LiveHall

COMMAND = b'{"id": "1", "command": "reboot"}'


class Spoken:
    """The devices' side of a hall, and what the controller posted."""

    def __init__(self, hall: LiveHall) -> None:
        self.posted: list[tuple[str, bytes, bool]] = []
        self.hall = hall
        self.devices = MqttDevices(TOPICS, hall.controller, hall.devices, hall.health, self._post)

    def _post(self, topic: str, payload: bytes, *, qos: int = 1, retain: bool = False) -> None:
        assert qos == 1
        self.posted.append((topic, payload, retain))

    def says(self, leaf: str, said: Any, device: str = "pad-1", *, retained: bool = False) -> None:  # noqa: ANN401 - JSON or bytes
        payload = said if isinstance(said, bytes) else json.dumps(said).encode()
        self.devices.receive(device, leaf, payload, retained=retained)

    @property
    def alerts(self) -> set[str]:
        return set(self.hall.health.alerts)


@pytest.fixture
async def spoken(tmp_path: Path) -> AsyncIterator[Spoken]:
    async with LiveHall(tmp_path) as hall:
        yield Spoken(hall)


async def test_a_retained_command_is_told_for_an_hour_and_then_taken_back(spoken: Spoken) -> None:
    spoken.says("command", COMMAND, retained=True)
    now_s = time.monotonic()
    assert spoken.posted == [(TOPICS.device("pad-1", "command"), b"", True)]
    spoken.devices.look(now_s + RETAINED_TOLD_S - 10)
    assert spoken.alerts == {"retained-pad-1"}
    spoken.devices.look(now_s + RETAINED_TOLD_S)
    assert spoken.alerts == set()
    spoken.says("command", COMMAND, retained=True)
    assert spoken.alerts == {"retained-pad-1"}, "the program that sends them is still there"


async def test_a_retained_command_for_a_name_that_is_none_is_told_and_cleared(spoken: Spoken) -> None:
    spoken.says("command", COMMAND, "Not A Name", retained=True)
    assert spoken.posted == [(TOPICS.device("Not A Name", "command"), b"", True)]
    assert spoken.alerts == {"retained-stranger"}


@pytest.mark.parametrize(
    ("leaf", "right"),
    [
        ("status", {"shown": None}),
        ("state", {"state": "ready", "boot": 1}),
        ("input", {"boot": 1, "seq": 1, "key": "open", "age_ms": 0}),
        ("reply", {"id": "1", "result": "ok"}),
    ],
)
async def test_a_message_that_cannot_be_read_is_told_until_one_of_its_kind_can(
    spoken: Spoken, leaf: str, right: dict[str, Any]
) -> None:
    spoken.says(leaf, b"{")
    assert spoken.alerts == {"malformed-pad-1"}
    other = "state" if leaf != "state" else "status"
    spoken.says(other, {"state": "ready", "boot": 1} if other == "state" else {"shown": None})
    assert spoken.alerts == {"malformed-pad-1"}, "another kind of message proves nothing"
    spoken.says(leaf, right)
    assert spoken.alerts == set()


async def test_what_is_too_large_is_told_until_a_press_can_be_read(spoken: Spoken) -> None:
    spoken.says("command", b" " * (LARGEST_PAYLOAD_BYTES + 1))
    assert spoken.alerts == {"malformed-pad-1"}
    spoken.says("input", {"boot": 1, "seq": 1, "key": "open", "age_ms": 0})
    assert spoken.alerts == set()


def test_alerts_about_long_names_are_told_apart() -> None:
    names = [f"panel-of-the-second-hall-east-{n}" for n in range(10, 90)]
    codes = {alert_code("malformed", name) for name in names}
    assert len(codes) == len(names)
    pattern = Alert.model_json_schema()["properties"]["code"]["pattern"]
    assert pattern == IDENTIFIER_PATTERN
    assert {len(code) for code in codes} == {32}
    assert alert_code("device", "pad-1") == "device-pad-1"
