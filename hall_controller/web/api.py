"""Builds the web of one hall: every route, the guard around them, and one shape for every refusal.

`build(controller, ...)` is called once for each hall; there is no application object in any module.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import Response
from starlette.staticfiles import StaticFiles

from hall_controller.errors import JournalUnavailable
from hall_controller.web.access import Table
from hall_controller.web.adoption_routes import AdoptionRoutes
from hall_controller.web.counter_routes import CounterRoutes
from hall_controller.web.description import Described
from hall_controller.web.desk_routes import DeskRoutes
from hall_controller.web.device_routes import DeviceRoutes
from hall_controller.web.dossier_routes import DossierRoutes
from hall_controller.web.guard import Guard
from hall_controller.web.hall_routes import HallRoutes
from hall_controller.web.handbook_routes import PICTURES, HandbookRoutes
from hall_controller.web.hosts import Hosts
from hall_controller.web.machine_routes import MachineRoutes
from hall_controller.web.metrics import Metrics
from hall_controller.web.page_routes import PageRoutes
from hall_controller.web.procedure_routes import ProcedureRoutes
from hall_controller.web.replies import malformed, no, refused
from hall_controller.web.report_routes import ReportRoutes, Reports
from hall_controller.web.sign_in_pages import SignInPages
from hall_controller.web.sign_in_routes import SignInRoutes
from hall_controller.web.skeletons import HERE, Skeletons
from hall_controller.web.slip_routes import SlipRoutes
from hall_controller.web.ticket_routes import Papers, TicketRoutes
from hall_controller.web.ticket_stream import TicketStream
from hall_controller.web.timing import Timing
from hall_controller.web.today_routes import TodayRoutes
from hall_controller.web.whole import Stream

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from ipaddress import IPv4Network, IPv6Network

    from hall_controller.controller import Controller
    from hall_controller.dossiers import Dossiers
    from hall_controller.equipment.devices import Devices
    from hall_controller.procedures import Procedures
    from hall_controller.web.auth import Auth
    from hall_controller.web.console import Console

log = structlog.get_logger()

NOT_FOUND, METHOD_NOT_ALLOWED = 404, 405
SMALL_BYTES = 1_000
"""What fits into one packet is sent as it is. Answers of the API are not compressed: they are waited for."""


def build(  # noqa: PLR0913 - the parts that the web is given, each by name
    controller: Controller,
    *,
    auth: Auth,
    printing: Papers | None,
    asyncapi: str,
    allow: Iterable[IPv4Network | IPv6Network],
    hosts: Iterable[str] = (),
    version: str,
    kiosks: Collection[str] = (),
    public_url: str = "",
    procedures: Procedures | None = None,
    dossiers: Dossiers | None = None,
    reports: Reports | None = None,
    devices: Devices | None = None,
    console: Console | None = None,
) -> FastAPI:
    """The web of the hall; `app.state.stream.close()` ends its streams, as `serving.Server` does when it stops.

    auth        who may do what
    printing    whatever prints, or None where no printer is configured
    asyncapi    the text of asyncapi.yaml
    allow       networks from which pages, kiosk and officers' routes may be used (http.allow)
    hosts       names by which the hall's web is called, besides addresses and the host of public_url (http.hosts)
    kiosks      ids of the hall's kiosks; numbers asked for by another one count as the web's
    reports     whatever makes reports, or None where there are none
    console     what the technician's console works on, or None for a hall without it
    public_url  where visitors reach the hall by web; empty when they cannot
    procedures  the list of procedures that holds; None for a hall without one
    dossiers    the list of dossiers, or None where the hall keeps none
    devices     how every device is, and what it can be told; None where nobody looks after them
    """
    metrics = Metrics(controller, devices, version)
    app = Described(version)
    stream, skeletons = Stream(controller), Skeletons(controller)
    app.state.stream = stream
    tickets = TicketRoutes(controller, printing, kiosks=kiosks, public_url=public_url)
    for routes in (
        tickets,
        TicketStream(tickets, stream),
        DossierRoutes(controller, dossiers),
        SlipRoutes(controller, printing, kiosks=kiosks),
        CounterRoutes(controller, stream),
        DeskRoutes(controller, stream, tickets, printing),
        HallRoutes(controller, stream, printing, devices, dossiers=dossiers is not None),
        ProcedureRoutes(controller, procedures),
        MachineRoutes(controller, asyncapi, metrics),
        SignInRoutes(auth),
        SignInPages(controller, auth, skeletons),
        TodayRoutes(controller, stream, skeletons, devices),
        PageRoutes(controller, skeletons, prints=printing is not None),
        HandbookRoutes(skeletons),
    ):
        app.take(routes.router())
    if devices is not None:
        app.take(DeviceRoutes(devices, controller, stream).router())
        app.take(AdoptionRoutes(devices).router())
    if console is not None and devices is not None:
        for router in console.routers(controller, stream, skeletons, devices):
            app.take(router)
    if reports is not None:
        app.take(ReportRoutes(reports, auth, skeletons).router())
    app.mount("/static", GZipMiddleware(StaticFiles(directory=HERE / "static"), minimum_size=SMALL_BYTES))
    app.mount("/guides/pictures", StaticFiles(directory=PICTURES))
    ours = Hosts(hosts, public_url)
    app.add_middleware(Guard, allow=tuple(allow), hosts=ours, auth=auth, table=Table())
    app.add_middleware(Timing, metrics=metrics)
    app.add_exception_handler(JournalUnavailable, _journal_unavailable)
    app.add_exception_handler(RequestValidationError, _malformed)
    app.add_exception_handler(HTTPException, _no_such_route)
    app.add_exception_handler(Exception, _unexpected)
    return app


async def _journal_unavailable(_request: Request, _error: Exception) -> Response:
    return refused(no("journal_unavailable"))


async def _malformed(_request: Request, error: Exception) -> Response:
    """One line for the first thing that is wrong: where, and what it should be."""
    found = error.errors() if isinstance(error, RequestValidationError) else []
    first: dict[str, Any] = found[0] if found else {}
    place = ".".join(str(part) for part in first.get("loc", ()))
    what = str(first.get("msg", "is malformed"))
    if place == "body":
        what = f"{what}; send a JSON object with Content-Type: application/json"
    return refused(malformed(place, what))


async def _no_such_route(_request: Request, error: Exception) -> Response:
    """Starlette's own refusals, in our shape."""
    status = error.status_code if isinstance(error, HTTPException) else NOT_FOUND
    if status == NOT_FOUND:
        return refused(no("not_found"))
    if status == METHOD_NOT_ALLOWED:
        return refused(no("method_not_allowed"))
    return refused(malformed("body", str(getattr(error, "detail", "cannot be read"))))


async def _unexpected(request: Request, error: Exception) -> Response:
    log.error("web.unexpected", path=request.url.path, error=repr(error))
    return refused(no("internal"))
