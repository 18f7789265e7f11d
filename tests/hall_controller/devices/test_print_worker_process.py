"""The print worker as the controller starts it: a process that takes jobs on its input."""

from __future__ import annotations

import json
import resource
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from hall_controller.devices.printers.fake_tcp import FakePrinter
from tests.hall_controller.devices.tickets import ticket

WORKER = [sys.executable, "-m", "hall_controller.devices.print_worker"]
Worker = subprocess.Popen[str]


@pytest.fixture
def start() -> Iterator[Callable[..., Worker]]:
    started: list[Worker] = []

    def begin(*arguments: str) -> Worker:
        worker = subprocess.Popen(
            [*WORKER, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(worker)
        return worker

    yield begin
    for worker in started:
        with worker:
            worker.kill()


def asked(worker: Worker, **job: object) -> dict[str, Any]:
    assert worker.stdin
    assert worker.stdout
    worker.stdin.write(json.dumps(job) + "\n")
    worker.stdin.flush()
    answer: dict[str, Any] = json.loads(worker.stdout.readline())
    return answer


def ended(worker: Worker) -> tuple[int, str]:
    _, complaints = worker.communicate(timeout=10)
    return worker.returncode, complaints


def test_a_worker_answers_in_order_and_ends_with_its_input(start: Callable[..., Worker]) -> None:
    with FakePrinter() as fake:
        worker = start(json.dumps({"model": "escpos", "line": fake.line, "width_mm": 58}))
        assert asked(worker, job="status") == {"paper": "ok", "online": True, "detail": ""}
        for known in ("A012", "A013"):
            answer = asked(worker, job="print", id=known, paper=ticket(number=known).to_json())
            assert answer == {"id": known, "outcome": "printed", "paper": "ok", "online": True, "detail": ""}
        assert ended(worker) == (0, "")
        assert fake.tickets == 2


def test_settings_may_come_on_the_first_line(start: Callable[..., Worker]) -> None:
    with FakePrinter() as fake:
        worker = start()
        assert worker.stdin
        worker.stdin.write(json.dumps({"model": "escpos", "line": fake.line}) + "\n")
        assert asked(worker, job="status")["online"] is True
        assert ended(worker) == (0, "")


def test_a_worker_with_wrong_settings_says_so_at_every_job(start: Callable[..., Worker]) -> None:
    worker = start(json.dumps({"model": "escpos", "line": "tcp://printer"}))
    assert "has no port" in asked(worker, job="status")["detail"]
    assert asked(worker, job="print", id=1, paper=ticket().to_json())["outcome"] == "failed"
    assert ended(worker) == (0, "")


def test_ctrl_c_ends_the_controller_and_not_the_ticket_on_its_way(start: Callable[..., Worker]) -> None:
    with FakePrinter() as fake:
        worker = start(json.dumps({"model": "escpos", "line": fake.line}))
        asked(worker, job="status")
        worker.send_signal(signal.SIGINT)
        assert asked(worker, job="print", id=1, paper=ticket().to_json())["outcome"] == "printed"
        assert ended(worker) == (0, "")


def test_importing_the_worker_does_nothing_and_starting_is_quick() -> None:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [sys.executable, "-c", "import hall_controller.devices.print_worker"],
        capture_output=True,
        text=True,
        check=True,
        stdin=subprocess.DEVNULL,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert (done.stdout, done.stderr) == ("", "")
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 0.5
