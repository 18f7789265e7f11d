"""A display machine reaches the broker of a real hall: encrypted, signed in, with nothing but its own files."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import aiomqtt
import pytest

from displays.config import load
from displays.feed import Feed
from hall_controller.installation import secret_file
from hall_controller.messages import Topics
from tests.debian import needs_debian
from tests.hall_controller.installation.installed_machine import shipped_broker

pytestmark = needs_debian("mosquitto", "openssl")
HALL = Topics("small")


async def test_a_screen_speaks_encrypted_under_its_own_name(tmp_path: Path) -> None:
    with shipped_broker(tmp_path) as broker:
        secret = tmp_path / "screen-1.secret"
        secret.write_text(secret_file.read(tmp_path / "etc/hall/secrets.yaml")["screen-1_mqtt"], "utf-8")
        settings = tmp_path / "display.toml"
        settings.write_text(
            f"""
            [hall]
            id = "small"
            [mqtt]
            host = "127.0.0.1"
            port = {broker.encrypted}
            username = "screen-1"
            password_file = "{secret}"
            ca_file = "{tmp_path}/etc/hall/tls/hall-ca.crt"
            [device]
            id = "screen-1"
            [[screen]]
            window = "none"
            """,
            "utf-8",
        )
        async with broker.client("controller") as hall:
            await hall.subscribe(HALL.device("screen-1", "state"), qos=1)
            running = asyncio.create_task(Feed(load(settings)).run())
            async with asyncio.timeout(10):
                message = await anext(aiter(hall.messages))
            assert json.loads(bytes(message.payload))["state"] == "ready"
            running.cancel()
            with pytest.raises((asyncio.CancelledError, aiomqtt.MqttError)):
                await running
