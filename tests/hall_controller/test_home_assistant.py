"""The hall in Home Assistant: announced with what its documentation asks for, read from real boards, and taken back.

What a device's discovery message may hold is written down here from home-assistant.io: the pages mqtt, sensor.mqtt and
binary_sensor.mqtt.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import jinja2
import pytest

from hall_controller import config, hall_catalogue, home_assistant
from hall_controller.domain.commands import OpenCounter
from hall_controller.messages import DeviceState, Health
from tests.broker import RunningBroker
from tests.debian import needs_debian
from tests.hall_controller.live_hall import TOPICS, LiveHall, hall_of
from tests.hall_controller.settings_files import EXAMPLE
from tests.mqtt_peers import Listener

CONFIG: Final = "homeassistant/device/hall-small/config"
SHARED: Final = {
    "device",
    "origin",
    "components",
    "availability",
    "availability_mode",
    "state_topic",
    "qos",
    "encoding",
}
OF_DEVICE: Final = {
    *("identifiers", "connections", "name", "manufacturer", "model", "model_id", "serial_number"),
    *("hw_version", "sw_version", "suggested_area", "configuration_url", "via_device"),
}
OF_EVERY: Final = {
    *(
        "platform",
        "unique_id",
        "name",
        "icon",
        "device_class",
        "entity_category",
        "state_topic",
        "value_template",
    ),
    *("availability", "enabled_by_default", "expire_after", "qos", "json_attributes_topic"),
}
OF: Final = {
    "sensor": OF_EVERY | {"unit_of_measurement", "state_class", "suggested_display_precision", "options"},
    "binary_sensor": OF_EVERY | {"payload_on", "payload_off", "off_delay"},
}
UNITS: Final = {"duration": {"ms", "s", "min", "h"}, "data_size": {"MB", "MiB", "GB"}, "temperature": {"°C"}}
CLASSES: Final = {"problem", "connectivity"}


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[RunningBroker]:
    with RunningBroker(tmp_path) as running:
        yield running


def kept(prefix: str = "homeassistant") -> dict[str, bytes]:
    return home_assistant.announced(hall_of(2), TOPICS, ["pad-1", "pad-2"], prefix, "1.0")


def message() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(kept()[CONFIG])
    return found


def rendered(template: str, payload: bytes) -> str:
    """The value that Home Assistant makes of a message."""
    environment = jinja2.Environment(autoescape=False)  # noqa: S701 - a sensor's value is no page
    return environment.from_string(template).render(value_json=json.loads(payload))


def test_the_message_has_what_a_devices_discovery_must_have_and_nothing_unknown() -> None:
    told = message()
    assert set(told) <= SHARED
    assert {"device", "origin", "components"} <= set(told)
    assert set(told["device"]) <= OF_DEVICE
    assert told["device"]["identifiers"]
    assert told["origin"]["name"]
    assert set(told["origin"]) <= {"name", "sw_version", "support_url"}
    assert all(set(one) <= {"topic", "value_template", "payload_available"} for one in told["availability"])


@pytest.mark.parametrize("name", sorted(message()["components"]))
def test_every_component_is_one_that_home_assistant_takes(name: str) -> None:
    component = message()["components"][name]
    assert component["unique_id"] == f"hall-small-{name}"
    assert set(component) <= OF[component["platform"]]
    assert {"state_topic", "value_template", "name"} <= set(component)
    assert component.get("entity_category", "diagnostic") in {"diagnostic", "config"}
    if component["platform"] == "binary_sensor":
        assert component["device_class"] in CLASSES
    elif "device_class" in component:
        assert component["unit_of_measurement"] in UNITS[component["device_class"]]


def test_ids_are_unique_and_the_topic_is_one_that_is_listened_to() -> None:
    ids = [component["unique_id"] for component in message()["components"].values()]
    assert len(ids) == len(set(ids)) == 1 + 3 + 2 + 2
    assert list(kept("ha/test")) == ["ha/test/device/hall-small/config"]


@pytest.mark.parametrize(
    ("state", "there", "trouble"), [("ready", "online", "OFF"), ("degraded", "online", "ON")]
)
def test_a_hall_in_trouble_is_there_and_says_so(state: str, there: str, trouble: str) -> None:
    payload = json.dumps({"state": state}).encode()
    assert rendered(message()["availability"][0]["value_template"], payload) == there
    assert rendered(message()["components"]["journal"]["value_template"], payload) == trouble
    assert rendered(message()["availability"][0]["value_template"], b'{"state": "lost"}') == "offline"


def test_the_settings_say_whether_and_where() -> None:
    def kept_by(**wanted: object) -> dict[str, bytes]:
        example = config.load(EXAMPLE)
        table = example.home_assistant.model_copy(update=wanted)
        offered = hall_catalogue.catalogue(example, b"a key")
        return home_assistant.kept(example.model_copy(update={"home_assistant": table}), offered, "1.0")

    assert kept_by() == {"homeassistant/device/hall-tuyen-quang/config": b""}, "off by default"
    ((topic, payload),) = kept_by(discovery=True, prefix="ha").items()
    assert topic == "ha/device/hall-tuyen-quang/config"
    parts = json.loads(payload)["components"]
    assert parts["waiting-dat-dai"]["name"] == "Đất đai: đang chờ"
    assert any(name.startswith("device-") for name in parts)


def test_devices_and_the_controllers_health_are_read() -> None:
    parts = message()["components"]
    for state, said in (("ready", "ON"), ("lost", "OFF"), ("sleeping", "OFF")):
        payload = DeviceState.model_validate({"state": state, "boot": 1}).model_dump_json().encode()
        assert rendered(parts["device-pad-1"]["value_template"], payload) == said
    health = Health(uptime_s=1, journal_ms=2.5, outbox=0, devices={}, disk_free_mb=900, temperature_c=None)
    told = health.model_dump_json().encode()
    values = [rendered(parts[name]["value_template"], told) for name in ("journal-ms", "disk", "heat")]
    assert values == ["2.5", "900", "None"], "None is `unknown` to Home Assistant"


@needs_debian("mosquitto")
async def test_home_assistant_finds_the_hall_reads_it_and_forgets_it_again(
    broker: RunningBroker, tmp_path: Path
) -> None:
    async with LiveHall(tmp_path) as hall:
        hall.speak(broker.port).kept = kept()
        await hall.do(OpenCounter("1"))
        await hall.take(3)
        async with Listener(broker.port, "home-assistant") as listening:
            found = await listening.until(CONFIG, bool)
            parts = json.loads(found.payload)["components"]
            board = await listening.until(TOPICS.queue("land"), lambda board: board["waiting"] == 3)
            assert parts["waiting-land"]["state_topic"] == board.topic
            assert rendered(parts["waiting-land"]["value_template"], board.payload) == "3"
            assert rendered(parts["wait-land"]["value_template"], board.payload)
    assert await retained(broker) == kept()[CONFIG], "also while the hall is away"
    async with LiveHall(tmp_path) as hall:
        async with Listener(broker.port, "ear", TOPICS.controller_state, retained=False) as ears:
            hall.speak(broker.port).kept = home_assistant.taken_back(hall.catalogue, "homeassistant")
            await ears.until(TOPICS.controller_state, lambda state: state["state"] == "ready")
        assert await retained(broker) is None


async def retained(broker: RunningBroker) -> bytes | None:
    """What somebody who comes later hears of the hall's announcement; the mark after it says that there is no more."""
    async with Listener(broker.port, "newcomer") as newcomer:
        await newcomer.client.publish("mark", b"true", qos=1)
        await newcomer.until("mark", bool)
        found = [heard.payload for heard in newcomer.heard if heard.topic == CONFIG]
    return found[-1] if found else None
