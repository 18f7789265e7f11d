"""By which names a request may call the hall when it wants to change something."""

from __future__ import annotations

import pytest

from hall_controller.web.hosts import Hosts

OURS = Hosts(["pi.local", "Hall.Example.gov.vn"], "https://visitors.example:8443/hall")


@pytest.mark.parametrize(
    "host",
    [
        b"192.168.1.10",
        b"192.168.1.10:8080",
        b"[fd00::10]:8080",
        b"[fe80::1%eth0]",
        b"localhost:8080",
        b"hall",
        b"pi.local",
        b"PI.local.:8080",
        b"hall.example.gov.vn",
        b"visitors.example:8443",
        b"",
        None,
    ],
)
def test_addresses_names_of_this_network_and_names_that_were_given_are_ours(host: bytes | None) -> None:
    assert OURS.is_ours(host)


@pytest.mark.parametrize(
    "host",
    [
        b"evil.example",
        b"gov.vn",
        b"example.gov.vn",
        b"evil.hall.example.gov.vn",
        b"10.0.0.1.evil.example",
        b"localhost.evil.example:8080",
        b"other.local",
        b"[fd00::10",
        b"h\xe1ll.example",
    ],
)
def test_a_name_that_anybody_may_have_is_not_ours(host: bytes) -> None:
    assert not OURS.is_ours(host)


def test_a_hall_without_names_is_called_by_its_address() -> None:
    assert Hosts([]).is_ours(b"10.0.0.9:8080")
    assert not Hosts([]).is_ours(b"visitors.example")
