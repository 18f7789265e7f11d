"""Programs of two tests that run beside each other never want the same port."""

from __future__ import annotations

import socket

import pytest

from tests import free_port as ports
from tests.free_port import FIRST, free_port


def test_a_port_is_given_once() -> None:
    chosen = [free_port() for _ in range(200)]
    assert len(set(chosen)) == len(chosen)


def test_two_processes_of_a_run_are_given_different_ports(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTEST_XDIST_WORKER_COUNT", "2")
    for mine in (0, 1):
        monkeypatch.setenv("PYTEST_XDIST_WORKER", f"gw{mine}")
        assert {(free_port() - FIRST) % 2 for _ in range(50)} == {mine}


class Chosen:
    """Chance that chooses these, one after the other."""

    def __init__(self, *chosen: int) -> None:
        self._chosen = iter(chosen)

    def randrange(self, *_: int) -> int:
        return next(self._chosen)


def test_a_port_where_somebody_listens_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ports, "_given", set())
    free = free_port()
    monkeypatch.setattr(ports, "_given", set())
    with socket.create_server(("127.0.0.1", 0)) as taken:
        monkeypatch.setattr(ports, "CHANCE", Chosen(taken.getsockname()[1], free))
        assert free_port() == free
