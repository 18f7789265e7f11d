"""/openapi.json and /docs: each body that is sent has an example, and each example is one that the API would take."""

from __future__ import annotations

from typing import Any

import jsonschema
import pytest

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
