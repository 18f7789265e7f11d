"""Makes the description of the API from its routes: what `access` says of who may use one, with examples.

    python -m tests.hall_controller.web.describe       writes openapi.json with it

Never here: what a route takes and gives, which is said beside the route. A running controller has no use for this file.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from fastapi import FastAPI

from hall_controller.web.access import ACCESS, as_described
from hall_controller.web.answer_examples import PARTS, REFUSALS, answers
from hall_controller.web.auth import COOKIE
from hall_controller.web.bodies import Refused
from hall_controller.web.examples import EXAMPLES
from hall_controller.web.replies import REFUSED, documented

if TYPE_CHECKING:
    from hall_controller.web.access import Access

DESCRIBED: Final = {(method, as_described(path)): needed for (method, path), needed in ACCESS.items()}
SCHEME: Final = "session"
NOT_SIGNED_IN: Final = documented(401)[401]


def made(app: FastAPI) -> dict[str, Any]:
    """The description of an application that has every route; its version is left empty."""
    schema = FastAPI.openapi(app)
    schema["info"]["version"] = ""
    schema["components"]["securitySchemes"] = {SCHEME: {"type": "apiKey", "in": "cookie", "name": COOKIE}}
    for path, methods in schema["paths"].items():
        for method, route in methods.items():
            _tell_access(route, DESCRIBED[method.upper(), path])
            _show_refusals(route)
            _show_parts(route)
    for name, example in (EXAMPLES | answers()).items():
        schema["components"]["schemas"][name]["examples"] = [example]
    schema["components"]["schemas"] |= _refused()
    return schema


def as_json(schema: dict[str, Any]) -> str:
    """As it stands in openapi.json: a line for each thing, so that a change is seen."""
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


def _refused() -> dict[str, Any]:
    """The schema of a refusal and of what it holds, which no route names as its model."""
    schema = Refused.model_json_schema(ref_template="#/components/schemas/{model}")
    return {**schema.pop("$defs"), "Refused": {**schema, "examples": list(REFUSALS.values())}}


def _tell_access(route: dict[str, Any], needed: Access) -> None:
    if not needed.roles:
        return
    route["responses"].setdefault("401", NOT_SIGNED_IN)
    route["responses"] = dict(sorted(route["responses"].items()))
    route["security"] = [{SCHEME: []}, *([{}] if needed.at_counter else [])]
    route["x-roles"] = sorted(needed.roles)


def _show_refusals(route: dict[str, Any]) -> None:
    for status, example in REFUSALS.items():
        answer = route["responses"].get(status, {})
        if answer.get("content") == REFUSED:
            answer["content"] = {"application/json": {**REFUSED["application/json"], "example": example}}


def _show_parts(route: dict[str, Any]) -> None:
    for part in route.get("parameters", ()):
        if part["name"] in PARTS:
            part["example"] = PARTS[part["name"]]
        elif "enum" in part["schema"]:
            part["example"] = part["schema"]["enum"][0]
