"""/openapi.json and /docs: each body that is sent has an example, and each example is one that the API would take."""

from __future__ import annotations

import html
import json
import shlex
from typing import Any

import jsonschema
import pytest
import pytest_asyncio

from hall_controller.web.answer_examples import REFUSALS, answers
from hall_controller.web.describing import as_json, made
from hall_controller.web.description import WRITTEN, Described, as_asked
from hall_controller.web.examples import EXAMPLES
from hall_controller.web.machine_routes import MachineRoutes
from hall_controller.web.metrics import Metrics
from tests.hall_controller.web.hall_on_the_web import Printer, WebHall, web_hall

ANSWERS = answers()
OF_THE_WHOLE = ("TicketGiven", "TicketSeen", "Pressed", "Whole")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def api(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The description of a hall that has every part."""
    folder = tmp_path_factory.mktemp("described")
    async with web_hall(folder, printing=Printer(), open_for_business=False) as hall:
        described: dict[str, Any] = hall.app.openapi()
    return described


def bodies(described: dict[str, Any]) -> set[str]:
    """The names of all bodies that a client sends."""
    found = set()
    for methods in described["paths"].values():
        for route in methods.values():
            schema = (
                route.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
            )
            for one in [schema, *schema.get("anyOf", [])]:
                if "$ref" in one:
                    found.add(one["$ref"].rsplit("/", 1)[1])
    return found


def test_the_file_that_is_served_is_the_one_that_the_routes_give(hall: WebHall) -> None:
    again = ".venv/bin/python -m tests.hall_controller.web.describe"
    assert WRITTEN.read_text("utf-8") == as_json(made(hall.app)), f"openapi.json is old; write it:  {again}"


async def test_it_tells_the_version_and_only_the_routes_that_the_hall_has(hall: WebHall) -> None:
    described = (await hall.http.get("/openapi.json")).json()
    assert described["info"] == {"title": "Hall Controller", "version": "test"}
    small = Described("1.2.3")
    small.take(MachineRoutes(hall.controller, "", Metrics(hall.controller, None, "1.2.3")).router())
    assert small.openapi()["paths"].keys() == {"/livez", "/readyz", "/metrics", "/asyncapi.yaml"}


def test_each_body_that_is_sent_has_its_example(api: dict[str, Any]) -> None:
    assert bodies(api) == EXAMPLES.keys()


@pytest.mark.parametrize("name", EXAMPLES)
def test_each_example_is_one_that_the_api_would_take(api: dict[str, Any], name: str) -> None:
    schema = {"$ref": f"#/components/schemas/{name}", "components": api["components"]}
    jsonschema.Draft202012Validator(schema).validate(EXAMPLES[name])
    unknown = EXAMPLES[name].keys() - api["components"]["schemas"][name]["properties"].keys()
    assert not unknown


async def test_the_docs_show_the_examples_and_who_may(hall: WebHall) -> None:
    page = (await hall.http.get("/docs")).text
    assert "&#34;secret&#34;: &#34;4711&#34;" in page
    assert "Công chứng trước" in page
    assert "Needs: guide, technician." in page
    assert "Needs: officer, where the hall requires officers to sign in." in page


@pytest.mark.parametrize(
    ("name", "example"), [*ANSWERS.items(), *(("Refused", refusal) for refusal in REFUSALS.values())]
)
def test_each_example_of_an_answer_is_one_that_the_api_may_give(
    api: dict[str, Any], name: str, example: dict[str, Any]
) -> None:
    schema = {"$ref": f"#/components/schemas/{name}", "components": api["components"]}
    jsonschema.Draft202012Validator(schema).validate(example)
    assert example in api["components"]["schemas"][name]["examples"]


async def test_the_examples_have_the_fields_of_a_hall_that_answers(hall: WebHall) -> None:
    given = await hall.take("land")
    await hall.press("1", "open")
    told = {
        "TicketGiven": given,
        "TicketSeen": (await hall.http.get(f"/api/tickets/{given['code']}")).json(),
        "Pressed": (await hall.http.post("/api/counters/1/next", json={})).json(),
        "Whole": (await hall.http.get("/api/hall")).json(),
    }
    assert {name: fields(answer) for name, answer in told.items()} == {
        name: fields(ANSWERS[name]) for name in OF_THE_WHOLE
    }
    assert fields(told["Whole"]["counters"]["1"]) == fields(ANSWERS["Whole"]["counters"]["5"])
    assert fields(told["Whole"]["queues"]["land"]) == fields(ANSWERS["Whole"]["queues"]["dat-dai"])
    assert fields(told["Whole"]["hall"]) == fields(ANSWERS["Whole"]["hall"])
    assert fields(told["Pressed"]["display"]) == fields(ANSWERS["Pressed"]["display"])


def fields(body: dict[str, Any]) -> set[str]:
    return set(body)


async def test_the_refusals_shown_are_those_of_the_hall(hall: WebHall) -> None:
    await hall.press("1", "open")
    nobody = await hall.http.post("/api/counters/1/complete", json={})
    without = await hall.http.post("/api/tickets", json={"purpose": "submit"})
    assert {"409": nobody.json(), "422": without.json()} == {k: REFUSALS[k] for k in ("409", "422")}
    assert (nobody.status_code, without.status_code) == (409, 422)


def test_a_route_shows_the_refusal_of_each_status(api: dict[str, Any]) -> None:
    answers = api["paths"]["/api/tickets"]["post"]["responses"]
    shown = {
        status: answer["content"]["application/json"].get("example") for status, answer in answers.items()
    }
    assert {status: shown[status] for status in REFUSALS} == REFUSALS
    assert shown["404"] is None


def test_every_route_shows_what_may_be_asked_and_what_is_answered(api: dict[str, Any]) -> None:
    without = []
    for path, methods in api["paths"].items():
        for method, route in methods.items():
            parts = [part for part in route.get("parameters", ()) if part.get("required")]
            without += [f"{method} {path}: {part['name']}" for part in parts if "example" not in part]
            told = {answer["$ref"].rsplit("/", 1)[1] for answer in told_as_json(route) if "$ref" in answer}
            without += [f"{method} {path}: {name}" for name in told - ANSWERS.keys()]
            asked = as_asked(api, method, path)
            assert "{" not in asked.split(" -d ")[0], asked
    assert without == [], "put it into web/answer_examples.json, or PARTS in web/answer_examples.py"


def told_as_json(route: dict[str, Any]) -> list[dict[str, Any]]:
    """The schemas of what a route answers when all is well."""
    return [
        content.get("schema", {})
        for status, answer in route["responses"].items()
        for kind, content in answer.get("content", {}).items()
        if status.startswith("2") and kind == "application/json"
    ]


def test_an_example_of_no_answer_is_one_too_many(api: dict[str, Any]) -> None:
    routes = [route for methods in api["paths"].values() for route in methods.values()]
    told = {answer.get("$ref", "/").rsplit("/", 1)[1] for route in routes for answer in told_as_json(route)}
    assert ANSWERS.keys() <= told


async def test_what_the_docs_show_can_be_sent_and_is_understood(hall: WebHall, api: dict[str, Any]) -> None:
    shown = as_asked(api, "post", "/api/counters/{counter}/{key}")
    assert shown.startswith("curl -X POST http://hall:8080/api/counters/5/next -H ")
    body = json.loads(shlex.split(shown)[shlex.split(shown).index("-d") + 1])
    assert (await hall.http.post("/api/counters/1/open", json=body)).status_code == 200
    report = as_asked(api, "get", "/api/reports/{report}")
    assert "'http://hall:8080/api/reports/waits?from=2022-03-01&to=2022-03-31'" in report
    assert shown in html.unescape((await hall.http.get("/docs")).text)
