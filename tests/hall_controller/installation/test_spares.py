"""New devices that wait for adoption have a name, a secret and a label of their own, as many as the hall wants."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import aiomqtt
import pytest
import yaml

from hall_controller.esp32_models import spares
from hall_controller.installation import secret_file
from hall_controller.installation.firmware import clients, firmware
from hall_controller.installation.install import install
from hall_controller.messages import Topics, adoption_code
from tests.debian import needs_debian
from tests.hall_controller.installation.installed_machine import ShippedBroker, hall_with_devices
from tests.hall_controller.settings_files import SMALL, loaded, mistakes

HALL = Topics("small")
LEAVES = ("state", "info", "input", "reply", "status", "command", "config", "ack")
DEVICES = ("spare-1", "spare-2", "pad-1")


def test_a_hall_has_as_many_spare_names_as_it_asks_for() -> None:
    assert clients(loaded(SMALL)) == ["controller"]
    assert clients(loaded(SMALL, "mqtt.spares=2")) == ["controller", "spare-1", "spare-2"]


def test_spares_are_of_the_chosen_models_in_turn() -> None:
    wish = '[mqtt]\nspares = 3\nspare_models = ["esp32_rating_pad", "esp32_call_pad"]\n'
    assert list(spares(loaded(SMALL + wish)).values()) == [
        "esp32_rating_pad",
        "esp32_call_pad",
        "esp32_rating_pad",
    ]
    (said,) = mistakes(SMALL + wish.replace("esp32_call_pad", "esp32_call_pda"))
    assert "'esp32_call_pda', which is no ESP32 model; did you mean 'esp32_call_pad'?" in said


def test_a_spare_that_hall_toml_names_is_a_device_as_any_other() -> None:
    named = '[[device]]\nid = "spare-1"\ntype = "call-pad"\nmodel = "esp32_call_pad"\ncounter = "1"\n'
    config = loaded(SMALL + named, "mqtt.spares=2")
    assert list(spares(config)) == ["spare-2"]
    assert clients(config) == ["controller", "spare-1", "spare-2"]


@needs_debian("openssl")
def test_a_spare_is_flashed_in_advance_and_its_label_printed(tmp_path: Path) -> None:
    hall = hall_with_devices(tmp_path, "[mqtt]\nspares = 1\n")
    told, out = firmware(hall, tmp_path / "out"), tmp_path / "out"
    secrets = secret_file.read(out / "secrets.yaml")
    code = adoption_code("spare-1", secrets["spare-1_mqtt"])
    assert f"label: spare-1 {code[:3]} {code[3:]} (esp32_call_pad)" in str(told).splitlines()
    text = (out / "spare-1.yaml").read_text("utf-8")
    assert yaml.safe_load(text.partition("packages:")[0])["substitutions"]["code"] == code
    assert "password: !secret spare-1_mqtt\n" in text
    assert secrets["spare-1_mqtt"] not in text
    assert secrets["spare-1_ota"]
    assert str(firmware(hall, out)) == str(told), "a label stays right"


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[ShippedBroker]:
    """The shipped rules and passwords of a hall with two spares, in a real mosquitto."""
    hall_with_devices(tmp_path, "[mqtt]\nspares = 2\n")
    install(tmp_path, "controller")
    with ShippedBroker(tmp_path) as running:
        yield running


async def heard(client: aiomqtt.Client, last: str) -> dict[str, bytes]:
    """What arrives before `last` does."""
    said: dict[str, bytes] = {}
    async with asyncio.timeout(10):
        async for message in client.messages:
            if str(message.topic) == last:
                return said
            said[str(message.topic)] = bytes(message.payload)
    raise AssertionError("the connection ended")


@needs_debian("mosquitto", "openssl")
async def test_a_spare_says_only_what_is_its_own_and_hears_nobody_elses_place(broker: ShippedBroker) -> None:
    last, own = HALL.device("spare-1", "reply"), HALL.device("spare-1", "ack")
    async with broker.client("controller") as hall, broker.client("spare-1", v5=False, tls=True) as spare:
        await hall.subscribe("#", qos=1)
        for topic in [HALL.device(device, leaf) for device in DEVICES for leaf in LEAVES]:
            if topic != last:
                await spare.publish(topic, b"spare", qos=0)
        for topic in (HALL.display("1"), HALL.controller_state, HALL.event("ticket.called")):
            await spare.publish(topic, b"spare", qos=0)
        await spare.publish(last, b"last", qos=0)
        mine = {HALL.device("spare-1", leaf) for leaf in ("state", "info", "input", "status")}
        assert set(await heard(hall, last)) == mine

        for device in DEVICES:
            await hall.publish(HALL.device(device, "config"), device.encode(), qos=1, retain=True)
            await hall.publish(HALL.device(device, "info"), device.encode(), qos=1, retain=True)
        await spare.subscribe(
            [("#", 1), (HALL.device("+", "config"), 1), (HALL.device("pad-1", "config"), 1)]
        )
        await hall.publish(own, b"last", qos=1)
        assert await heard(spare, own) == {HALL.device("spare-1", "config"): b"spare-1"}


@needs_debian("mosquitto", "openssl")
@pytest.mark.parametrize("name", ["spare-2", "pad-1", "controller"])
async def test_a_spares_secret_opens_no_other_name(broker: ShippedBroker, name: str) -> None:
    with pytest.raises(aiomqtt.MqttError, match="Not authorized"):
        async with broker.client("spare-1", username=name):
            pass
