"""The table of who may use which route: how a path finds its line, and what that line asks for."""

from __future__ import annotations

import pytest
from fastapi import APIRouter

from hall_controller.staff.roles import ROLES, Person
from hall_controller.web.access import (
    ACCESS,
    ANYWHERE,
    IN_THE_HALL,
    OWN_COUNTER,
    Access,
    Found,
    Table,
    as_described,
    only,
    why_not,
)
from hall_controller.web.description import Described
from tests.hall_controller.web.hall_on_the_web import WebHall, refusal

FILLED_IN = {
    "{counter}": "1",
    "{code}": "x",
    "{guide}": "desk",
    "{file:path}": "hall.css",
    "{picture:path}": "set-up.png",
}
TABLE = Table(
    {
        ("GET", "/"): IN_THE_HALL,
        ("GET", "/static/{file:path}"): ANYWHERE,
        ("POST", "/api/desk/{number}"): only("guide"),
        ("POST", "/api/desk/guard"): only("technician"),
        ("POST", "/api/counters/{counter}/{key}"): OWN_COUNTER,
    }
)


@pytest.mark.parametrize(
    ("method", "path", "needed"),
    [
        ("GET", "/", IN_THE_HALL),
        ("HEAD", "/", IN_THE_HALL),
        ("GET", "/static/fonts/HallSans.woff2", ANYWHERE),
        ("POST", "/api/desk/A012", only("guide")),
        ("POST", "/api/desk/guard", only("technician")),
        ("POST", "/api/counters/5/next", OWN_COUNTER),
    ],
)
def test_a_path_finds_the_line_with_the_most_words_of_its_own(method: str, path: str, needed: Access) -> None:
    found = TABLE.find(method, path)
    assert found is not None
    assert found[0] == needed


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/"),
        ("POST", "/static/hall.css"),
        ("GET", "/api/desk/guard"),
        ("POST", "/api/desk/"),
        ("POST", "/api/counters/5/next/"),
        ("POST", "/api/counters//next"),
        ("OPTIONS", "/api/desk/guard"),
        ("GET", ""),
        ("GET", "static/hall.css"),
    ],
)
def test_what_has_no_line_is_not_there(method: str, path: str) -> None:
    assert TABLE.find(method, path) is None


def test_the_parts_of_a_path_have_their_names() -> None:
    assert TABLE.find("POST", "/api/counters/5/next") == (OWN_COUNTER, {"counter": "5", "key": "next"})


@pytest.mark.parametrize("role", ROLES)
def test_a_line_with_roles_is_for_them_whatever_the_settings_say(role: str) -> None:
    found: Found = (only("guide", "technician"), {})
    person = Person("somebody", role, "5")  # type: ignore[arg-type]  # each of ROLES is one
    for required in (True, False):
        assert why_not(found, None, sign_in_required=required) == "sign_in_needed"
        expected = None if role in {"guide", "technician"} else "wrong_role"
        assert why_not(found, person, sign_in_required=required) == expected


def test_keys_of_a_counter_are_its_officers_where_the_hall_says_so() -> None:
    found = (OWN_COUNTER, {"counter": "5", "key": "next"})
    here, there = Person("lan-1", "officer", "5"), Person("lan-1", "officer", "6")
    kim = Person("kim", "technician")
    assert why_not(found, None, sign_in_required=False) is None
    assert why_not(found, there, sign_in_required=False) is None
    assert why_not(found, None, sign_in_required=True) == "sign_in_needed"
    assert why_not(found, kim, sign_in_required=True) == "wrong_role"
    assert why_not(found, there, sign_in_required=True) == "other_counter"
    assert why_not(found, here, sign_in_required=True) is None


def test_every_route_of_the_description_has_its_line(hall: WebHall) -> None:
    described = {
        (method.upper(), path) for path, methods in hall.app.openapi()["paths"].items() for method in methods
    }
    lines = {(method, as_described(path)) for method, path in ACCESS}
    assert described <= lines
    lines_of_the_api = {(method, path) for method, path in lines if path.startswith("/api/")}
    assert lines_of_the_api <= described, "a line for a route that is gone"


async def test_every_page_in_the_table_exists(hall: WebHall) -> None:
    pages = [path for method, path in ACCESS if method == "GET" and not path.startswith("/api/")]
    async with hall.signed_in("technician", "kim") as kim:
        for page in pages:
            path = page
            for name, value in FILLED_IN.items():
                path = path.replace(name, value)
            exists = await kim.get(path)
            assert exists.status_code == 200, path


def test_a_route_that_somebody_forgot_to_put_into_the_table_is_told_at_once() -> None:
    router = APIRouter(prefix="/api")
    router.add_api_route("/secrets", lambda: None, methods=["POST"])
    with pytest.raises(LookupError, match=r"web/access\.py.*POST.*/api/secrets"):
        Described("test").take(router)


async def test_unknown_paths_and_methods_are_told_apart(hall: WebHall) -> None:
    assert refusal(await hall.http.get("/nowhere")) == (404, "not_found")
    assert refusal(await hall.http.post("/api/hall")) == (405, "method_not_allowed")
    assert refusal(await hall.http.get("/api/tickets")) == (405, "method_not_allowed")
    assert (await hall.http.get("/kiosk/")).status_code == 307


def test_the_description_tells_the_roles(hall: WebHall) -> None:
    paths = hall.app.openapi()["paths"]
    desk = paths["/api/desk/guard"]["post"]
    assert desk["x-roles"] == ["guide", "technician"]
    assert desk["security"] == [{"session": []}]
    assert "401" in desk["responses"]
    assert paths["/api/counters/{counter}/{key}"]["post"]["security"] == [{"session": []}, {}]
    assert "security" not in paths["/api/tickets"]["post"]
