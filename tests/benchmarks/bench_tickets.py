"""How many durable tickets a second: over HTTP, inside the controller, and raw fsyncs of the same run.

Prints a table; judges nothing. Everything happens in a temporary folder, which BENCH_DIR may name (a card, a disk).
"""

from __future__ import annotations

import asyncio
import os
import tempfile
import time
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import uvloop

from hall_controller import config
from hall_controller.clock import Clock
from hall_controller.controller import Controller
from hall_controller.domain.commands import IssueTicket
from hall_controller.hall_catalogue import catalogue
from hall_controller.journal import Journal
from tests.running_hall import A_TUESDAY, EXAMPLE, RunningHall

FSYNCS: Final = 500
TICKETS: Final = 800
"""Fewer than the 999 numbers that a queue has in a day."""
AT_ONCE: Final = 64


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_DIR"), prefix="bench-tickets-") as name:
        folder = Path(name)
        fsyncs = raw_fsyncs(folder)
        print(f"{'':34}{'per second':>12}{'of raw fsync':>14}")
        print(f"{'raw 4 KB write and fsync':34}{fsyncs:12.0f}{1:14.2f}")
        for at_once in (1, AT_ONCE):
            rate = uvloop.run(inside(folder / f"inside-{at_once}.sqlite", at_once))
            print(f"{f'tickets in the controller, {at_once} at once':34}{rate:12.0f}{rate / fsyncs:14.2f}")
        hall = RunningHall(folder / "hall")
        started_s = hall.start()
        services = open_services(hall)
        for clients, service in ((1, services[0]), (8, services[1])):
            rate = uvloop.run(over_http(hall, service, clients))
            print(f"{f'tickets over HTTP, {clients} clients':34}{rate:12.0f}{rate / fsyncs:14.2f}")
        print(f"\nstart to ready: {started_s:.2f} s; resident after it: {resident_mb(hall)} MB")
        hall.stop()


def raw_fsyncs(folder: Path) -> float:
    """Appended pages made durable one by one, per second."""
    file = os.open(folder / "raw", os.O_CREAT | os.O_WRONLY)
    page = os.urandom(4096)
    began_s = time.perf_counter()
    for _ in range(FSYNCS):
        os.write(file, page)
        os.fsync(file)
    took_s = time.perf_counter() - began_s
    os.close(file)
    return FSYNCS / took_s


async def inside(data: Path, at_once: int) -> float:
    """Tickets a second by group commit, `at_once` of them asked for together."""
    settings = config.load(EXAMPLE)
    with Journal.open(data) as journal:
        controller = Controller(
            catalogue(settings, b"key"), journal, Clock(datetime.fromisoformat(A_TUESDAY))
        )
        await controller.start("bench", 1)
        began_s = time.perf_counter()
        for _ in range(TICKETS // at_once):
            await asyncio.gather(
                *(controller.submit(IssueTicket("dat-dai", "submit", paper=False)) for _ in range(at_once))
            )
        took_s = time.perf_counter() - began_s
        await controller.stop()
    return TICKETS // at_once * at_once / took_s


async def over_http(hall: RunningHall, service: str, clients: int) -> float:
    """Acknowledged tickets a second; the clients are on this machine and take their share of it."""
    acknowledged: list[dict[str, Any]] = []
    began_s = time.perf_counter()
    await hall.burst(service, clients, acknowledged, each=TICKETS // clients)
    return len(acknowledged) / (time.perf_counter() - began_s)


def open_services(hall: RunningHall) -> list[str]:
    """One open service of each queue."""
    offered = hall.get("/api/catalogue")[1]["services"]
    by_queue = {service["queue"]: service["id"] for service in offered if service["open"]}
    return list(by_queue.values())


def resident_mb(hall: RunningHall) -> int:
    """Resident memory of the controller's process."""
    if hall.process is None:
        return 0
    status = Path(f"/proc/{hall.process.pid}/status").read_text("ascii")
    return next(int(line.split()[1]) // 1024 for line in status.splitlines() if line.startswith("VmRSS"))
