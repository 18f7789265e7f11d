"""A small hall with its web, and what the tests do with it: take a number, press a key, look at the state.

Real parts: the journal on a disk, the controller, the application; only the printer and a broken disk are stand-ins.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cached_property
from ipaddress import ip_network
from pathlib import Path
from typing import Any, Final

import httpx
from fastapi import FastAPI

from hall_controller.clock import Clock
from hall_controller.configuration.applying import Configuration
from hall_controller.configuration.check_process import answer
from hall_controller.configuration.procedure_file import ProcedureFile
from hall_controller.configuration.versions import Versions
from hall_controller.controller import Controller
from hall_controller.domain.catalogue import Catalogue, Text
from hall_controller.dossiers import Dossiers
from hall_controller.equipment.adoption import Adoption
from hall_controller.equipment.devices import Devices
from hall_controller.equipment.orders import Orders
from hall_controller.equipment.places import Places
from hall_controller.equipment.roster import Roster
from hall_controller.equipment.seen import Equipment
from hall_controller.errors import JournalUnavailable, ReportBusy
from hall_controller.health import Health
from hall_controller.journal import Entry, Journal
from hall_controller.messages import Payload
from hall_controller.procedures import Procedures
from hall_controller.reports.kinds import Format
from hall_controller.safekeeping.backups import Backups
from hall_controller.staff.register import Entry as StaffEntry
from hall_controller.staff.register import Register
from hall_controller.staff.roles import Person, Role
from hall_controller.web import api
from hall_controller.web.auth import COOKIE, Auth
from hall_controller.web.console import Console
from hall_controller.web.report_routes import Reports
from hall_controller.web.ticket_routes import Papers
from tests.hall_controller.domain.small_hall import small_hall
from tests.hall_controller.settings_files import SMALL

HALF_PAST_EIGHT: Final = datetime(2022, 3, 1, 1, 30, tzinfo=UTC)
"""On a Tuesday, on the clocks of Viet Nam."""
IN_THE_HALL: Final = "192.168.1.20"
OUTSIDE: Final = "203.0.113.9"
NETWORKS: Final = tuple(ip_network(network) for network in ("127.0.0.0/8", "192.168.0.0/16", "::1/128"))
PURPOSES: Final = {
    "submit": Text("Nộp hồ sơ", "Submit a dossier"),
    "collect": Text("Nhận kết quả", "Collect a result"),
    "guidance": Text("Hướng dẫn", "Ask for guidance"),
}
LAND: Final = {"service": "land", "purpose": "submit"}


def catalogue(**settings: object) -> Catalogue:
    """The small hall of the rules' tests, with reasons to come, and these settings besides."""
    return replace(small_hall(), purposes=PURPOSES, **settings)  # type: ignore[arg-type]  # replace checks the names


class Disk(Journal):
    """The real journal on a disk that can be full, or slow."""

    full = False
    slow_s = 0.0

    def append(self, entries: Sequence[Entry]) -> int:
        time.sleep(self.slow_s)
        if self.full:
            raise JournalUnavailable("No space left on the disk.")
        return super().append(entries)


class Printer:
    """A printer that has paper or not."""

    def __init__(self) -> None:
        self.paper = True
        self.asked: list[str] = []

    @property
    def ready(self) -> bool:
        return self.paper

    async def printed(self, ticket: str) -> bool | None:
        self.asked.append(ticket)
        return self.paper

    async def look(self) -> bool:
        return self.paper


class BusyReports:
    """Somebody who makes reports, and always makes another one just now."""

    async def make(self, report: str, first_day: date, last_day: date, format_: Format) -> Path:
        raise ReportBusy(f"{report} of {first_day} to {last_day} as {format_} has to wait.")


@dataclass
class WebHall:
    """The hall, its disk, its application, and a client in the hall."""

    controller: Controller
    disk: Disk
    auth: Auth
    devices: Devices
    health: Health
    build: Callable[[], FastAPI]

    @cached_property
    def app(self) -> FastAPI:
        """Built for the first who asks for it: a hall that only stays open over a night needs none."""
        return self.build()

    @cached_property
    def http(self) -> httpx.AsyncClient:
        """Somebody in the hall; closed with it."""
        return self.client()

    async def close(self) -> None:
        """Nobody asks any more."""
        if "http" in vars(self):
            await self.http.aclose()

    def client(self, address: str = IN_THE_HALL) -> httpx.AsyncClient:
        """Somebody else, at that address."""
        transport = httpx.ASGITransport(self.app, raise_app_exceptions=False, client=(address, 40_000))
        return httpx.AsyncClient(transport=transport, base_url="http://hall.test")

    def signed_in(self, role: Role, person: str = "", counter: str | None = None) -> httpx.AsyncClient:
        """Somebody of that role at the address of the hall, signed in as if a moment ago."""
        client = self.client()
        client.cookies.set(COOKIE, self.token(role, person, counter))
        return client

    def token(self, role: Role, person: str = "", counter: str | None = None) -> str:
        """What a browser holds of a person who has signed in."""
        entry = StaffEntry(person or f"the-{role}", role, "no secret fits this")
        if self.auth.register.person(entry.id) is None:
            self.auth.register.put(entry)
        return self.auth.sessions.open(Person(entry.id, role, counter))

    async def take(self, service: str = "land", **besides: object) -> dict[str, Any]:
        """A visitor takes a number."""
        answer = await self.http.post(
            "/api/tickets", json={"service": service, "purpose": "submit"} | besides
        )
        assert answer.status_code == 201, answer.text
        given: dict[str, Any] = answer.json()
        return given

    async def press(self, counter: str, key: str, **besides: object) -> dict[str, Any]:
        """An officer presses a key, which is accepted."""
        answer = await self.http.post(f"/api/counters/{counter}/{key}", json=besides)
        assert answer.status_code == 200, answer.text
        pressed: dict[str, Any] = answer.json()
        return pressed

    async def at_the_desk(self, path: str, **wish: object) -> httpx.Response:
        """A guide does something at the guidance desk: `A001/release`, `guard`."""
        async with self.signed_in("guide") as guide:
            return await guide.post(f"/api/desk/{path}", json=wish)

    async def state(self) -> dict[str, Any]:
        answer = await self.http.get("/api/hall")
        assert answer.status_code == 200, answer.text
        whole: dict[str, Any] = answer.json()
        return whole


class Untold:
    """A broker that is away."""

    def configure(self, device: str, settings: Payload | None) -> None:
        """Nobody hears it."""


def equipment(controller: Controller, folder: Path) -> tuple[Devices, Health]:
    """A kiosk, a pad and a printer, as the hall's technician sees them."""
    known = [
        Equipment("kiosk-1", "kiosk", "web"),
        Equipment("pad-1", "call-pad", "mqtt", counter="1"),
        Equipment("printer-1", "printer", "escpos", "tcp://printer"),
    ]
    health = Health([device.id for device in known], lambda: controller.clock.now().at)
    roster = Roster(known, health, time.monotonic)
    adoption = Adoption(roster.strangers, time.monotonic)
    counters: dict[str, str | None] = {device.id: device.counter for device in known}
    places = Places(folder / "adopted.json", controller, health, roster, counters, Untold())
    orders = Orders(roster, health.hall_time)
    return Devices(roster, health, orders, adoption, places, list(controller.hall.catalogue.counters)), health


class OwnSettings(Configuration):
    """The settings of the hall on the web, checked here at once; `restarts` counts how often it would begin again."""

    def __init__(self, folder: Path, controller: Controller) -> None:
        file = folder / "settings" / "hall.toml"
        if not file.exists():
            file.parent.mkdir(parents=True)
            file.write_text(SMALL, "utf-8")
        super().__init__(Versions(file, folder), (), controller, self.begin_again)
        self.restarts = 0
        self.take_in()

    def begin_again(self) -> None:
        """Count it; the newest version holds from then on."""
        self.restarts += 1
        self.running = max((version.number for version in self.versions.all()), default=0)

    async def _ask(self, question: dict[str, Any]) -> dict[str, Any]:
        return answer(question)


def console_of(folder: Path, controller: Controller) -> Console:
    """What the console of the hall on the web works on; nothing begins again."""
    settings = OwnSettings(folder, controller)
    backups = Backups(folder / "journal.sqlite", folder / "backups", settings.begin_again)
    list_ = settings.versions.file.with_name("catalogue.example.csv")
    procedures = ProcedureFile(str(list_) if list_.exists() else "", settings.versions.file, (), folder)
    return Console(settings, backups, procedures, virtual_devices=True)


def application(  # noqa: PLR0913, PLR0917 - the parts that the web is given
    controller: Controller,
    auth: Auth,
    printing: Papers | None,
    procedures: Procedures | None = None,
    dossiers: Dossiers | None = None,
    reports: Reports | None = None,
    devices: Devices | None = None,
    console: Console | None = None,
) -> FastAPI:
    """The web of a hall with two kiosks, in the networks of a hall."""
    return api.build(
        controller,
        auth=auth,
        printing=printing,
        asyncapi="asyncapi: 3.0.0\n",
        allow=NETWORKS,
        hosts=("hall.test",),
        version="test",
        kiosks=("kiosk-1", "kiosk-2"),
        public_url="https://hall.example",
        procedures=procedures,
        dossiers=dossiers,
        reports=reports or BusyReports(),
        devices=devices,
        console=console,
    )


@asynccontextmanager
async def web_hall(
    folder: Path,
    offered: Catalogue | None = None,
    *,
    printing: Papers | None = None,
    start: datetime = HALF_PAST_EIGHT,
    open_for_business: bool = True,
    dossiers: Dossiers | None = None,
    reports: Reports | None = None,
) -> AsyncIterator[WebHall]:
    """A hall that works until the block ends."""
    with Disk.open(folder / "journal.sqlite") as disk, Register(folder / "staff.sqlite") as register:
        assert isinstance(disk, Disk)
        controller = Controller(offered or catalogue(), disk, Clock(start))
        auth = Auth(controller, register)
        devices, health = equipment(controller, folder)

        def build() -> FastAPI:
            console = console_of(folder, controller)
            return application(
                controller,
                auth,
                printing,
                dossiers=dossiers,
                reports=reports,
                devices=devices,
                console=console,
            )

        hall = WebHall(controller, disk, auth, devices, health, build)
        if not open_for_business:
            yield hall
            await hall.close()
            return
        await controller.start("test", 1)
        ticking = asyncio.create_task(controller.run())
        try:
            yield hall
        finally:
            await hall.close()
            ticking.cancel()
            await controller.stop()


def refusal(answer: httpx.Response) -> tuple[int, str]:
    """Status and code of a refusal, which has its shape."""
    body = answer.json()
    assert set(body) == {"code", "text"}, body
    assert set(body["text"]) == {"vi", "en"}
    assert all(body["text"].values())
    assert "\n" not in body["text"]["en"]
    assert answer.headers["content-type"] == "application/json"
    return answer.status_code, body["code"]
