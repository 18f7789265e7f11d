"""Every route for every role, from our own page and from another site, where officers must sign in and where not.

The routes come from the API's description and the table of pages; what must happen is worked out here once more,
from the table's words alone. A route is only knocked at: as soon as it answers, the knocker goes away.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, Final, NamedTuple

import pytest
import pytest_asyncio
from fastapi import FastAPI

from hall_controller.staff.roles import Role
from hall_controller.web.access import ACCESS, Access, as_described
from hall_controller.web.auth import COOKIE
from tests.hall_controller.web.hall_on_the_web import IN_THE_HALL, OUTSIDE, WebHall, catalogue, web_hall

pytestmark = pytest.mark.asyncio(loop_scope="module")

DOOR: Final = frozenset(
    {"not_allowed", "cross_site", "sign_in_needed", "wrong_role", "other_counter", "not_found"}
)
FILLED_IN: Final = {
    "counter": "1",
    "version": "1",
    "backup": "none",
    "key": "recall",
    "number": "A001",
    "device": "kiosk-1",
    "wish": "reprint",
    "report": "hall",
    "guide": "officer",
    "code:path": "none",
    "code": "none",
    "file:path": "hall.css",
    "picture:path": "set-up.png",
}
OPEN_TO_THE_HALL: Final = {
    ("POST", "/api/tickets"),
    ("POST", "/api/tickets/{code}/rating"),
    ("POST", "/api/slips"),
    ("POST", "/api/counters/{counter}/ratings"),
    ("POST", "/api/session"),
    ("DELETE", "/api/session"),
    ("POST", "/api/set-up"),
}
"""All that changes anything without a role; whoever adds a line here opens it to every kiosk and telephone."""


class Actor(NamedTuple):
    """Somebody at a browser; no role is nobody."""

    role: Role | None
    counter: str | None = None

    def __str__(self) -> str:
        return f"{self.role or 'nobody'} {self.counter or ''}".strip()


NOBODY: Final = Actor(None)
ACTORS: Final = (
    NOBODY,
    Actor("officer", "1"),
    Actor("officer", "2"),
    Actor("guide"),
    Actor("manager"),
    Actor("technician"),
)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def halls(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[dict[bool, WebHall]]:
    """One hall where sign-in is required, and one where it is optional."""
    folder: Path = tmp_path_factory.mktemp("halls")
    async with (
        web_hall(folder / "required", catalogue(sign_in_required=True)) as required,
        web_hall(folder / "optional", catalogue(sign_in_required=False)) as optional,
    ):
        yield {True: required, False: optional}


async def knock(
    app: FastAPI, method: str, path: str, headers: dict[str, str], address: str = IN_THE_HALL
) -> str:
    """The code of the refusal at the door, or "in" and the status."""
    began, answered = asyncio.get_running_loop().create_future(), bytearray()
    sent = [{"type": "http.request", "body": b"{}", "more_body": False}]

    async def receive() -> dict[str, Any]:
        return sent.pop() if sent else await asyncio.Future()

    async def send(message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            status.append(message["status"])
            return
        answered.extend(message.get("body", b""))
        if not began.done():
            began.set_result(None)

    status: list[int] = []
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": b"",
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
        "client": (address, 40_000),
        "server": ("hall.test", 80),
    }
    asked = asyncio.create_task(app(scope, receive, send))  # type: ignore[arg-type]  # ASGI's own shapes
    await asyncio.wait({asked, began}, return_when=asyncio.FIRST_COMPLETED, timeout=10)
    asked.cancel()
    await asyncio.wait({asked})
    body = json.loads(answered) if answered.startswith(b'{"code"') else {}
    return body["code"] if body.get("code") in DOOR else f"in {status[0]}"


def must_happen(needed: Access, actor: Actor, *, required: bool, foreign: bool, method: str) -> str:
    """What the table's words mean."""
    if foreign and method != "GET":
        return "cross_site"
    if not needed.roles or (needed.at_counter and not required):
        return "in"
    if actor.role is None:
        return "sign_in_needed"
    if actor.role not in needed.roles:
        return "wrong_role"
    return "other_counter" if needed.at_counter and actor.counter != FILLED_IN["counter"] else "in"


def filled_in(path: str) -> str:
    for name, value in FILLED_IN.items():
        path = path.replace(f"{{{name}}}", value)
    assert "{" not in path, f"say in FILLED_IN what stands for the parameter of {path}"
    return path


@pytest.mark.parametrize("required", [True, False], ids=["required", "optional"])
@pytest.mark.parametrize(("method", "path"), ACCESS, ids=lambda part: part)
async def test_each_role_gets_in_where_the_table_says_so_and_nowhere_else(
    halls: dict[bool, WebHall], method: str, path: str, *, required: bool
) -> None:
    hall, needed = halls[required], ACCESS[method, path]
    wrong = []
    for actor in ACTORS:
        for foreign in (False, True):
            headers = {"sec-fetch-site": "cross-site" if foreign else "same-origin"}
            headers["content-type"] = "application/json"
            if actor.role is not None:
                token = hall.token(actor.role, f"{actor.role}-{actor.counter or 0}", actor.counter)
                headers["cookie"] = f"{COOKIE}={token}"
            happened = await knock(hall.app, method, filled_in(path), headers)
            expected = must_happen(needed, actor, required=required, foreign=foreign, method=method)
            if not happened.startswith(expected) or happened == "in 500":
                wrong.append(f"{actor}, {'foreign' if foreign else 'own'} page: {happened}, not {expected}")
    assert wrong == []


@pytest.mark.parametrize(("method", "path"), ACCESS, ids=lambda part: part)
async def test_from_outside_only_what_is_for_visitors(
    halls: dict[bool, WebHall], method: str, path: str
) -> None:
    hall = halls[True]
    headers = {"cookie": f"{COOKIE}={hall.token('technician')}", "content-type": "application/json"}
    happened = await knock(hall.app, method, filled_in(path), headers, OUTSIDE)
    assert happened.startswith("in" if ACCESS[method, path].anywhere else "not_allowed")


async def test_every_route_of_the_description_is_in_the_matrix(halls: dict[bool, WebHall]) -> None:
    described = {
        (method.upper(), path)
        for path, methods in halls[True].app.openapi()["paths"].items()
        for method in methods
    }
    assert described <= {(method, as_described(path)) for method, path in ACCESS}


async def test_nothing_is_changed_without_a_role_but_what_visitors_do() -> None:
    open_writes = {
        line for line, needed in ACCESS.items() if line[0] != "GET" and (not needed.roles or needed.anywhere)
    }
    assert open_writes == OPEN_TO_THE_HALL


async def test_a_page_leads_to_the_sign_in_and_back(halls: dict[bool, WebHall]) -> None:
    page = {"accept": "text/html,application/xhtml+xml"}
    answer = await halls[True].http.get("/counter/1?a=b", headers=page)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/sign-in?why=sign_in_needed&next=%2Fcounter%2F1%3Fa%3Db"
    async with halls[True].signed_in("officer", "officer-2", "2") as officer:
        answer = await officer.get("/counter/1", headers=page)
        assert answer.headers["location"].startswith("/sign-in?why=other_counter&")
        assert (await officer.get("/counter/2", headers=page)).status_code == 200
    assert (await halls[False].http.get("/counter/1", headers=page)).status_code == 200


async def test_there_are_no_web_sockets(halls: dict[bool, WebHall]) -> None:
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "websocket.connect"}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    scope = {"type": "websocket", "path": "/api/hall/stream", "headers": [], "client": (IN_THE_HALL, 1)}
    await halls[True].app(scope, receive, send)  # type: ignore[arg-type]  # ASGI's own shapes
    assert sent == [{"type": "websocket.close", "code": 1008}]
