"""The doctor tries the broker's rules with a device's own name, on the files that `hall install` puts there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from hall_controller.__main__ import cli
from hall_controller.doctor.broker_rules import TOPIC, Login, Tried, lender, try_rules
from hall_controller.doctor.network_checks import rules_findings
from hall_controller.installation import secret_file
from hall_controller.messages import Topics
from tests.debian import needs_debian
from tests.free_port import free_port
from tests.hall_controller.installation.installed_machine import ShippedBroker, shipped_broker

pytestmark = needs_debian("mosquitto", "openssl")
HALL = Topics("small")


@pytest.fixture(scope="module")
def broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ShippedBroker]:
    with shipped_broker(tmp_path_factory.mktemp("hall")) as running:
        yield running


def login(broker: ShippedBroker, name: str) -> Login:
    secrets = secret_file.read(broker.root / "etc/hall/secrets.yaml")
    return Login(name, secrets[secret_file.mqtt_secret(name)])


async def tried(broker: ShippedBroker, device: Login) -> Tried:
    return await try_rules("127.0.0.1", broker.plain, login(broker, "controller"), device, HALL)


async def test_the_shipped_rules_are_kept_and_the_device_stays_connected(broker: ShippedBroker) -> None:
    async with broker.client("pad-1") as pad:
        assert await tried(broker, login(broker, "pad-1")) == Tried("kept")
        await pad.publish(HALL.device("pad-1", "state"), b"{}", qos=1)


@pytest.mark.parametrize("word", ["write", "read"])
async def test_a_rule_too_many_is_found_whether_it_lets_a_device_say_or_hear(
    tmp_path: Path, word: str
) -> None:
    shipped = shipped_broker(tmp_path)
    rules = tmp_path / "etc/mosquitto/hall.acl"
    rules.chmod(0o644)
    rules.write_text(rules.read_text("utf-8") + f"\npattern {word} {HALL.root}{TOPIC}\n", "utf-8")
    with shipped as broker:
        assert await tried(broker, login(broker, "pad-1")) == Tried("broken", "pad-1")


async def test_a_device_whose_secret_is_not_the_brokers_is_told(broker: ShippedBroker) -> None:
    found = await tried(broker, Login("pad-1", "another secret"))
    assert found.rules == "untried"
    assert found.why.startswith("pad-1: ")


def test_a_name_is_borrowed_of_a_device_that_is_not_there() -> None:
    known = {"pad-1": "one", "pad-2": "two"}
    assert lender("10.0.0.5", known, {"pad-1": "ready", "pad-2": "lost"}) == Login("pad-2", "two")
    assert lender("10.0.0.5", known, dict.fromkeys(known, "ready")) is None, "it would push that one off"
    assert lender("127.0.0.1", known, dict.fromkeys(known, "ready")) == Login("pad-1", "one")
    assert lender("127.0.0.1", {}, {}) is None


def test_what_was_found_says_what_to_do() -> None:
    assert list(rules_findings("here:1883", Tried("kept"))) == []
    (broken,) = rules_findings("here:1883", Tried("broken", "pad-1"))
    assert "pad-1" in broken.what.vi
    assert "hall.acl" in broken.todo.en
    (untried,) = rules_findings("here:1883", Tried("untried", "no secret"))
    assert "sudo" in untried.todo.vi
    assert "could not be tried (no secret)" in untried.what.en


def examined(broker: ShippedBroker, hall: Path) -> list[dict[str, Any]]:
    password = broker.root / "controller.password"
    password.write_text(login(broker, "controller").secret, "utf-8")
    settings = {
        "mqtt.port": broker.plain,
        "mqtt.username": "controller",
        "mqtt.password_file": password,
        "http.port": free_port(),
    }
    words = [word for key, value in settings.items() for word in ("--set", f"{key}={value}")]
    asked = ["doctor", str(hall), "--data", str(broker.root), "--root", str(broker.root), "--format", "json"]
    done = CliRunner().invoke(cli, [*asked, *words])
    found: list[dict[str, Any]] = json.loads(done.stdout)["findings"]
    return [one for one in found if one["area"] == "broker"]


def test_the_doctor_on_the_controller_tries_the_rules_and_elsewhere_says_that_it_cannot(
    broker: ShippedBroker, tmp_path: Path
) -> None:
    hall = broker.root / "etc/hall/hall.toml"
    assert examined(broker, hall) == []
    alone = tmp_path / "hall.toml"
    alone.write_text(hall.read_text("utf-8"), "utf-8")
    (untried,) = examined(broker, alone)
    assert "could not be tried" in untried["what"]["en"]
