"""What the technician sees of the devices over HTTP, and what a kiosk's page and Prometheus have to do with it."""

from __future__ import annotations

import asyncio

import pytest

from hall_controller.messages import DeviceState, Text
from tests.hall_controller.web.hall_on_the_web import WebHall, refusal

MOMENT_S = 60


async def test_a_technician_sees_every_device_and_every_alert(hall: WebHall) -> None:
    hall.health.device_is("pad-1", "ready")
    hall.devices.roster.heard("pad-1", DeviceState(state="ready", boot=3))
    hall.health.raise_alert("device-printer-1", "critical", Text(vi="Hết giấy.", en="Out of paper."))
    hall.health.device_is("printer-1", "lost")
    async with hall.signed_in("technician") as technician:
        told = (await technician.get("/api/devices")).json()
    assert [(device["id"], device["state"]) for device in told["devices"]] == [
        ("kiosk-1", "init"),
        ("pad-1", "ready"),
        ("printer-1", "lost"),
    ]
    printer = told["devices"][2]
    assert printer["why"]["vi"] == "Hết giấy."
    assert printer["todo"]["vi"].startswith("Kiểm tra nguồn điện, giấy")
    assert told["counts"] == {"init": 1, "lost": 1, "ready": 1}
    (alert,) = told["alerts"]
    assert (alert["code"], alert["severity"]) == ("device-printer-1", "critical")
    assert alert["todo"]["en"]


@pytest.mark.parametrize("role", ["officer", "guide", "manager"])
async def test_nobody_else_sees_them(hall: WebHall, role: str) -> None:
    async with hall.signed_in(role, counter="1") as somebody:  # type: ignore[arg-type]  # as parametrized
        assert refusal(await somebody.get("/api/devices")) == (403, "wrong_role")


async def test_a_kiosk_is_ready_as_long_as_its_page_listens(hall: WebHall) -> None:
    events = hall.devices.to_kiosk("kiosk-1", hall.app.state.stream.events())
    assert await anext(events)
    assert hall.devices.devices()[0].state == "ready"
    async with asyncio.timeout(5):
        assert b"data: " in await anext(events)


async def test_prometheus_sees_each_device_and_each_alert(hall: WebHall) -> None:
    hall.health.device_is("pad-1", "ready")
    hall.health.raise_alert("journal", "critical", Text(vi="Không ghi được.", en="Cannot write."))
    lines = (await hall.http.get("/metrics")).text.splitlines()
    assert 'hall_device{device="pad-1",state="ready",type="call-pad"} 1.0' in lines
    assert 'hall_device{device="pad-1",state="lost",type="call-pad"} 0.0' in lines
    assert 'hall_alert{code="journal",severity="critical"} 1.0' in lines
    since = next(line for line in lines if line.startswith('hall_device_since_seconds{device="pad-1"}'))
    assert 0 <= hall.controller.clock.now().at.timestamp() - float(since.split()[1]) < MOMENT_S


async def test_a_technician_sends_an_order_to_a_kiosk_and_its_page_hears_it(hall: WebHall) -> None:
    async with hall.signed_in("technician") as technician:
        assert refusal(await technician.post("/api/devices/kiosk-1/identify")) == (409, "device_silent")
        events = hall.devices.to_kiosk("kiosk-1", hall.app.state.stream.events())
        await anext(events)
        answer = await technician.post("/api/devices/kiosk-1/identify")
        assert answer.status_code == 200, answer.text
        assert answer.json()["result"] == "ok"
        heard = [await anext(events) for _ in range(2)]
        assert b'event: order\ndata: {"command": "identify", "kiosk": "kiosk-1"}\n\n' in heard
        assert refusal(await technician.post("/api/devices/nobody/test")) == (404, "unknown_device")
        assert refusal(await technician.post("/api/devices/printer-1/reboot")) == (409, "order_not_possible")
        assert refusal(await technician.post("/api/devices/kiosk-1/dance")) == (422, "malformed")
