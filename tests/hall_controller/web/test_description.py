"""/openapi.json and /docs: each body that is sent has an example, and each example is one that the API would take."""

from __future__ import annotations

from typing import Any

import jsonschema
import pytest

from hall_controller.web.answer_examples import ANSWERS, REFUSALS
from hall_controller.web.examples import EXAMPLES
from tests.hall_controller.web.hall_on_the_web import WebHall


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


def test_each_body_that_is_sent_has_its_example(hall: WebHall) -> None:
    assert bodies(hall.app.openapi()) == EXAMPLES.keys()


@pytest.mark.parametrize("name", EXAMPLES)
def test_each_example_is_one_that_the_api_would_take(hall: WebHall, name: str) -> None:
    described = hall.app.openapi()
    schema = {"$ref": f"#/components/schemas/{name}", "components": described["components"]}
    jsonschema.Draft202012Validator(schema).validate(EXAMPLES[name])
    unknown = EXAMPLES[name].keys() - described["components"]["schemas"][name]["properties"].keys()
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
    hall: WebHall, name: str, example: dict[str, Any]
) -> None:
    described = hall.app.openapi()
    schema = {"$ref": f"#/components/schemas/{name}", "components": described["components"]}
    jsonschema.Draft202012Validator(schema).validate(example)
    assert example in described["components"]["schemas"][name]["examples"]


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
        name: fields(example) for name, example in ANSWERS.items()
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


def test_a_route_shows_the_refusal_of_each_status(hall: WebHall) -> None:
    answers = hall.app.openapi()["paths"]["/api/tickets"]["post"]["responses"]
    shown = {
        status: answer["content"]["application/json"].get("example") for status, answer in answers.items()
    }
    assert {status: shown[status] for status in REFUSALS} == REFUSALS
    assert shown["404"] is None
