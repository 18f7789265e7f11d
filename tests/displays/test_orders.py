"""What a technician may ask of a display machine from afar."""

from __future__ import annotations

from datetime import timedelta

import pytest

from displays.orders import ORDER_S, Orders
from hall_controller.messages import DeviceCommand
from tests.displays.boards import MORNING


def command(**fields: object) -> bytes:
    told = {"id": "c1", "command": "identify", "expires": MORNING + timedelta(seconds=10), **fields}
    return DeviceCommand.model_validate(told).model_dump_json().encode()


def test_a_display_says_which_one_it_is_and_then_shows_its_board_again() -> None:
    orders = Orders()
    reply = orders.take(command(), now=MORNING, at_s=100)
    assert reply is not None
    assert (reply.id, reply.result) == ("c1", "ok")
    assert (orders.wanted(100), orders.ends_in_s(101)) == ("identify", ORDER_S - 1)
    assert (orders.wanted(100 + ORDER_S), orders.ends_in_s(100 + ORDER_S)) == ("board", None)


def test_a_command_that_comes_twice_is_obeyed_once() -> None:
    orders = Orders()
    orders.take(command(), now=MORNING, at_s=0)
    again = orders.take(command(), now=MORNING, at_s=50)
    assert again is not None
    assert again.result == "duplicate"
    assert orders.wanted(50) == "board"


def test_a_command_that_expired_on_its_way_is_not_obeyed() -> None:
    orders = Orders()
    late = orders.take(command(), now=MORNING + timedelta(seconds=11), at_s=0)
    assert late is not None
    assert late.result == "expired"
    assert orders.wanted(0) == "board"


def test_a_reboot_is_refused_with_what_to_do_instead() -> None:
    reply = Orders().take(command(command="reboot"), now=MORNING, at_s=0)
    assert reply is not None
    assert reply.result == "error"
    assert "restart" in reply.data["reason"]


@pytest.mark.parametrize("payload", [b"", b"{}", b"identify", b'{"id":"x"}', b"{" * 20_000])
def test_a_command_that_cannot_be_read_is_ignored(payload: bytes) -> None:
    assert Orders().take(payload, now=MORNING, at_s=0) is None


def test_a_test_lights_everything() -> None:
    orders = Orders()
    orders.take(command(command="test"), now=MORNING, at_s=0)
    assert orders.wanted(1) == "test"
