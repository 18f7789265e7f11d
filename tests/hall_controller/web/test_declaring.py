"""A route declared in one line is described like one that was declared at length."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from fastapi import APIRouter, FastAPI
from pydantic import BaseModel

from hall_controller.web.declaring import declare


class Bell(BaseModel):
    """What the route gives."""

    rung: bool


async def ring() -> Bell:
    return Bell(rung=True)


@pytest.fixture
def app() -> FastAPI:
    router = APIRouter(prefix="/api/bells")
    declare(router, "GET /{counter}", ring, Bell, (404,), "The bell of a counter")
    declare(router, "POST ", ring, Bell, (409, 503), "Ring it", 201)
    app = FastAPI()
    app.include_router(router)
    return app


def route(app: FastAPI, method: str, path: str) -> dict[str, Any]:
    found: dict[str, Any] = app.openapi()["paths"][path][method]
    return found


def test_method_path_and_summary_are_as_they_were_said(app: FastAPI) -> None:
    assert route(app, "get", "/api/bells/{counter}")["summary"] == "The bell of a counter"
    assert route(app, "post", "/api/bells")["summary"] == "Ring it"


def test_every_refusal_is_described_and_another_site_is_always_one(app: FastAPI) -> None:
    assert {"200", "403", "404"} <= set(route(app, "get", "/api/bells/{counter}")["responses"])
    assert {"201", "403", "409", "503"} == set(route(app, "post", "/api/bells")["responses"])


async def test_it_answers_with_its_status(app: FastAPI) -> None:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://hall") as client:
        assert (await client.post("/api/bells")).status_code == 201
        assert (await client.get("/api/bells/5")).json() == {"rung": True}
