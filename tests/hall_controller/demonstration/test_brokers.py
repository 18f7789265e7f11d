"""The demo's broker: found, started on a free port, answering, and ended; or one line that says what to install."""

from __future__ import annotations

import asyncio
import socket
from pathlib import Path

import aiomqtt
import pytest

from hall_controller.demonstration import brokers
from hall_controller.demonstration.brokers import BrokerChoice, broker, free_port
from hall_controller.demonstration.children import Children
from hall_controller.errors import HallError
from tests.debian import needs_debian


def test_the_preferred_port_is_taken_when_it_is_free_and_another_when_not() -> None:
    preferred = free_port(0)
    assert free_port(preferred) == preferred
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", preferred))
        busy.listen()
        assert free_port(preferred) != preferred


async def carries_a_message(port: int) -> bool:
    """Whether what one client says, another one hears."""
    async with (
        aiomqtt.Client("127.0.0.1", port, protocol=aiomqtt.ProtocolVersion.V311) as listener,
        aiomqtt.Client("127.0.0.1", port, protocol=aiomqtt.ProtocolVersion.V311) as speaker,
    ):
        await listener.subscribe("hall")
        await speaker.publish("hall", "open", qos=1)
        async with asyncio.timeout(5):
            message = await anext(aiter(listener.messages))
        return message.payload == b"open"


@pytest.mark.parametrize(
    ("choice", "name"),
    [
        pytest.param(BrokerChoice.MOSQUITTO, "mosquitto", marks=needs_debian("mosquitto")),
        pytest.param(BrokerChoice.AUTO, "mosquitto", marks=needs_debian("mosquitto")),
        (BrokerChoice.EMBEDDED, "amqtt"),
    ],
)
async def test_each_broker_carries_messages_and_is_gone_afterwards(
    choice: BrokerChoice, name: str, tmp_path: Path
) -> None:
    port = free_port(0)
    async with broker(choice, port, Children(tmp_path), tmp_path) as started:
        assert started == name
        assert await carries_a_message(port)
    with pytest.raises(OSError, match=r"127\.0\.0\.1"):
        await asyncio.open_connection("127.0.0.1", port)


@pytest.fixture
def no_mosquitto(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(brokers, "SYSTEM_FOLDERS", str(tmp_path))


async def test_without_mosquitto_the_embedded_broker_is_taken(no_mosquitto: None, tmp_path: Path) -> None:
    async with broker(BrokerChoice.AUTO, free_port(0), Children(tmp_path), tmp_path) as started:
        assert started == "amqtt"


async def test_mosquitto_asked_for_and_missing_is_one_line_that_says_what_to_do(
    no_mosquitto: None, tmp_path: Path
) -> None:
    with pytest.raises(HallError, match="apt-get install mosquitto, or use --broker embedded"):
        async with broker(BrokerChoice.MOSQUITTO, free_port(0), Children(tmp_path), tmp_path):
            pass
