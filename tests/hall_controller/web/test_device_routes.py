"""What the technician sees of the devices over HTTP, and what a kiosk's page and Prometheus have to do with it."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from hall_controller.equipment.adoption import Place
from hall_controller.messages import DeviceInfo, DeviceState, KeyPress, Text
from hall_controller.web.device_routes import DeviceRoutes
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


async def test_the_page_of_the_devices_is_told_what_changes_and_else_only_the_time(hall: WebHall) -> None:
    events = DeviceRoutes(hall.devices, hall.controller, hall.app.state.stream)
    told = aiter((await events.listen()).body_iterator)

    async def next_one() -> dict[str, Any]:
        async with asyncio.timeout(5):
            said: dict[str, Any] = json.loads(bytes(await anext(told)).removeprefix(b"data: "))  # type: ignore[arg-type]
        return said

    assert bytes(await anext(told)).startswith(b"retry: ")  # type: ignore[arg-type]  # bytes, as we send them
    first = await next_one()
    assert [one["id"] for one in first["devices"]] == ["kiosk-1", "pad-1", "printer-1"]
    assert [(one["id"], one["state"]) for one in first["counters"]][:1] == [("1", "closed")]
    assert first["window"] is None
    assert set(await next_one()) == {"time", "local", "unavailable_since"}
    hall.devices.open_window(Place("call-pad", "1", "pad-1"))
    window = (await next_one())["window"]
    assert (window["replaces"], window["counter"], window["proposed"]) == ("pad-1", "1", None)
    await hall.press("1", "open")
    assert (await next_one())["counters"][0]["state"] == "open"


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


async def test_a_technician_adopts_the_pad_on_which_a_key_was_pressed(hall: WebHall) -> None:
    info = DeviceInfo(type="call-pad", model="esp32_call_pad", firmware="1", capabilities={"code": "123456"})
    hall.devices.roster.heard("spare-1", info)
    async with hall.signed_in("technician") as technician:
        (stranger,) = (await technician.get("/api/devices")).json()["strangers"]
        assert (stranger["code"], stranger["unproven"]) == ("123456", False)
        opened = (await technician.post("/api/adoption", json={"replaces": "pad-1"})).json()["window"]
        assert (opened["type"], opened["counter"], opened["proposed"]) == ("call-pad", "1", None)
        hall.devices.adoption.heard("spare-1", KeyPress(boot=1, seq=1, key="next"))
        window = (await technician.get("/api/adoption")).json()["window"]
        assert (window["proposed"], window["code"]) == ("spare-1", "123456")
        yes = {"device": "spare-1", "code": "000000"}
        assert refusal(await technician.post("/api/adoption/confirm", json=yes)) == (409, "wrong_device_code")
        done = await technician.post("/api/adoption/confirm", json=yes | {"code": "123 456"})
        assert done.json() == {"device": "spare-1", "counter": "1", "replaces": "pad-1"}
        told = {device["id"]: device for device in (await technician.get("/api/devices")).json()["devices"]}
    assert set(told) == {"kiosk-1", "printer-1", "spare-1"}
    assert told["spare-1"]["adopted"]


async def test_a_window_can_be_refused_closed_and_asked_for_at_no_place_that_is_not_there(
    hall: WebHall,
) -> None:
    async with hall.signed_in("technician") as technician:
        for wish, code in (
            ({"replaces": "nobody"}, "unknown_device"),
            ({"counter": "99"}, "unknown_counter"),
        ):
            assert refusal(await technician.post("/api/adoption", json=wish)) == (404, code)
        opened = await technician.post("/api/adoption", json={"type": "rating-pad", "counter": "1"})
        assert opened.json()["window"]["type"] == "rating-pad"
        no = await technician.post("/api/adoption/refuse", json={"device": "spare-1"})
        assert no.json()["window"]["proposed"] is None
        assert (await technician.delete("/api/adoption")).json() == {"window": None}
        confirm = await technician.post("/api/adoption/confirm", json={"device": "spare-1", "code": "1"})
        assert refusal(confirm) == (409, "nothing_proposed")
