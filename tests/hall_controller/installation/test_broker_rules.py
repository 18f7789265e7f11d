"""Who may say and hear what at the hall's broker, tried at the receiver with real clients on the shipped files.

MQTT 3.1.1 answers a forbidden message with success, so that only what arrives tells whether it was allowed.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import aiomqtt
import pytest

from hall_controller.messages import Topics
from tests.debian import needs_debian
from tests.hall_controller.installation.installed_machine import ShippedBroker, shipped_broker

pytestmark = needs_debian("mosquitto", "openssl")
HALL = Topics("small")
CONNACK = b"\x20"
LAST = HALL.device("pad-1", "reply")
"""Both sides may use it: when it has come, everything said before it has come or never will."""

ELSEWHERE = [
    HALL.controller_state,
    HALL.controller_health,
    HALL.alert("broker-away"),
    HALL.display("1"),
    HALL.queue("land"),
    HALL.calls,
    HALL.announcement,
    HALL.event("ticket.rated"),
    HALL.event("ticket.called"),
    "qms/1/small/device/pad-1",
    "qms/1/small/device/pad-1/state/more",
    "qms/1/other/device/pad-1/input",
    "qms/2/small/device/pad-1/input",
    "$SYS/broker/uptime",
    "anything",
]
LEAVES = ("state", "info", "input", "reply", "status", "command", "config", "ack")
OWN, OTHERS = ([HALL.device(device, leaf) for leaf in LEAVES] for device in ("pad-1", "pad-2"))
EVERYTHING = [*OWN, *OTHERS, *ELSEWHERE]
MAY_SAY = {HALL.device("pad-1", leaf) for leaf in ("state", "info", "input", "reply", "status")}
MAY_HEAR = {
    *(HALL.device("pad-1", leaf) for leaf in ("command", "config", "ack")),
    *(HALL.display("1"), HALL.queue("land"), HALL.calls, HALL.announcement, HALL.controller_state),
}


@pytest.fixture(scope="module")
def broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ShippedBroker]:
    with shipped_broker(tmp_path_factory.mktemp("hall")) as running:
        yield running


async def heard_until(client: aiomqtt.Client, last: str) -> set[str]:
    """The topics that arrive before `last` does."""
    topics: set[str] = set()
    async with asyncio.timeout(10):
        async for message in client.messages:
            if str(message.topic) == last:
                return topics
            topics.add(str(message.topic))
    raise AssertionError("the connection ended")


@pytest.mark.parametrize("v5", [True, False], ids=["5", "3.1.1"])
async def test_what_a_device_says_arrives_only_on_its_own_topics(broker: ShippedBroker, *, v5: bool) -> None:
    async with broker.client("controller") as ear, broker.client("pad-1", v5=v5) as pad:
        await ear.subscribe("#", qos=1)
        for topic in EVERYTHING:
            if topic != LAST and not topic.startswith("$"):
                await pad.publish(topic, b"x", qos=0)
        await pad.publish(LAST, b"last", qos=0)
        assert await heard_until(ear, LAST) == MAY_SAY - {LAST}


@pytest.mark.parametrize("v5", [True, False], ids=["5", "3.1.1"])
async def test_a_device_hears_only_what_concerns_it(broker: ShippedBroker, *, v5: bool) -> None:
    last = HALL.device("pad-1", "ack")
    async with broker.client("controller") as mouth, broker.client("pad-1", v5=v5) as pad:
        await pad.subscribe([("#", 1), (HALL.event("+"), 1), (HALL.device("+", "ack"), 1), ("$SYS/#", 1)])
        for topic in EVERYTHING:
            if topic != last and topic.startswith(HALL.root):
                await mouth.publish(topic, b"x", qos=1)
        await mouth.publish(last, b"last", qos=1)
        assert await heard_until(pad, last) == MAY_HEAR - {last}


async def test_what_the_broker_kept_for_others_is_not_handed_to_a_device(broker: ShippedBroker) -> None:
    kept = [
        HALL.device("pad-2", "config"),
        HALL.alert("paper"),
        HALL.event("ticket.rated"),
        HALL.display("7"),
    ]
    async with broker.client("controller") as mouth, broker.client("pad-1") as pad:
        for topic in kept:
            await mouth.publish(topic, b"x", qos=1, retain=True)
        await pad.subscribe("#", qos=1)
        await mouth.publish(HALL.device("pad-1", "ack"), b"last", qos=1)
        heard = await heard_until(pad, HALL.device("pad-1", "ack"))
        for topic in kept:
            await mouth.publish(topic, b"", qos=1, retain=True)
    assert heard & set(kept) == {HALL.display("7")}


@pytest.mark.parametrize("tls", [False, True], ids=["plain", "encrypted"])
@pytest.mark.parametrize(
    ("name", "more"),
    [
        (None, {}),
        ("pad-1", {"password": "wrong"}),
        ("pad-1", {"password": ""}),
        ("pad-1", {"username": "controller"}),
        ("pad-1", {"username": "pad-1-look"}),
    ],
    ids=["nobody", "wrong secret", "no secret", "another's name", "unknown name"],
)
async def test_nobody_comes_in_without_a_name_and_its_own_secret(
    broker: ShippedBroker, name: str | None, more: dict[str, Any], *, tls: bool
) -> None:
    with pytest.raises(aiomqtt.MqttError, match=r"(?i)not authori[sz]ed|bad user name|refused"):
        await broker.client(name, tls=tls, **more).__aenter__()


async def test_a_device_speaks_encrypted_to_the_broker_that_the_halls_authority_vouches_for(
    broker: ShippedBroker,
) -> None:
    async with broker.client("controller") as ear, broker.client("pad-1", tls=True) as pad:
        await ear.subscribe(HALL.device("pad-1", "input"), qos=1)
        await pad.publish(HALL.device("pad-1", "input"), b"pressed", qos=1)
        message = await anext(aiter(ear.messages))
    assert message.payload == b"pressed"


async def test_another_authority_is_not_believed(broker: ShippedBroker) -> None:
    internet = ssl.create_default_context()
    with pytest.raises(ssl.SSLCertVerificationError):
        await asyncio.open_connection("localhost", broker.encrypted, ssl=internet)


async def test_the_encrypted_port_understands_nothing_that_is_not_encrypted(broker: ShippedBroker) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", broker.encrypted)
    writer.write(bytes.fromhex("101100044d5154540402000a00057061642d31"))  # CONNECT of pad-1, in clear
    answer = b""
    with suppress(ConnectionResetError):
        answer = await asyncio.wait_for(reader.read(), 5)
    writer.close()
    assert not answer.startswith(CONNACK)


async def test_no_device_can_push_another_one_off_by_taking_its_client_id(broker: ShippedBroker) -> None:
    thief = broker.client("pad-2", tls=True, identifier="controller")
    async with broker.client("controller", tls=True) as hall, thief:
        await thief.publish(HALL.device("pad-2", "input"), b"x", qos=1)
        await hall.subscribe(HALL.display("1"), qos=1)  # still there


async def test_a_device_that_comes_again_is_ready_although_its_old_connection_dies(
    broker: ShippedBroker,
) -> None:
    """Fault 13: the last will of the old session never has the last word."""
    topic = HALL.device("pad-1", "state")
    will = aiomqtt.Will(topic, b"lost", qos=1, retain=True)
    async with broker.client("controller") as ear:
        await ear.subscribe(topic, qos=1)
        old = broker.client("pad-1", tls=True, will=will)
        await old.__aenter__()
        async with broker.client("pad-1", tls=True, will=will) as new:
            await new.publish(topic, b"ready", qos=1, retain=True)
            async with asyncio.timeout(5):
                said = [(await anext(aiter(ear.messages))).payload for _ in range(2)]
            assert said == [b"lost", b"ready"]
            await new.publish(topic, b"", qos=1, retain=True)
        await old.__aexit__(None, None, None)
