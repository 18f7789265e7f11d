"""An installed hall at work: the real controller on its own broker, and a pad that signs in encrypted."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

from hall_controller.installation.install import install
from hall_controller.messages import Topics
from tests.debian import needs_debian
from tests.hall_controller.installation.installed_machine import ShippedBroker
from tests.running_hall import RunningHall

pytestmark = needs_debian("mosquitto", "openssl")
HALL = Topics("tuyen-quang")


async def test_what_is_installed_runs_and_a_pad_is_answered_encrypted(tmp_path: Path) -> None:
    install(tmp_path, "controller")
    with ShippedBroker(tmp_path) as broker:
        hall = RunningHall(
            tmp_path / "data",
            mqtt_port=broker.plain,
            hall=tmp_path / "etc/hall/hall.toml",
            settings=(f"mqtt.password_file={tmp_path}/etc/hall/controller.secret",),
        )
        hall.start()
        try:
            async with broker.client("pad-5", tls=True, v5=False) as pad, asyncio.timeout(10):
                await pad.subscribe([(HALL.controller_state, 1), (HALL.device("pad-5", "ack"), 1)])
                messages = aiter(pad.messages)
                assert json.loads((await anext(messages)).payload)["state"] == "ready"
                press = {"boot": 1, "seq": 1, "key": "open"}
                await pad.publish(HALL.device("pad-5", "input"), json.dumps(press), qos=1)
                answer = await anext(messages)
            assert str(answer.topic) == HALL.device("pad-5", "ack")
            assert json.loads(answer.payload)["result"] == "ok"
        finally:
            hall.kill()
