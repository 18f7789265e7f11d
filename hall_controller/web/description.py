"""The API describes itself: what `access` says of who may use a route, with examples of what is sent and answered.

What a route takes and gives is said beside the route.
"""

from __future__ import annotations

import json
import shlex
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from fastapi import FastAPI

from hall_controller.web.access import ACCESS, as_described
from hall_controller.web.answer_examples import PARTS, REFUSALS, answers
from hall_controller.web.auth import COOKIE
from hall_controller.web.examples import EXAMPLES
from hall_controller.web.replies import documented

if TYPE_CHECKING:
    from hall_controller.web.access import Access

DESCRIBED: Final = {(method, as_described(path)): needed for (method, path), needed in ACCESS.items()}
SCHEME: Final = "session"
HERE: Final = "http://hall:8080"
REFUSED_SCHEMA: Final = {"$ref": "#/components/schemas/Refused"}
REFUSED: Final = {"application/json": {"schema": REFUSED_SCHEMA}}
NOT_SIGNED_IN: Final = {"description": documented(401)[401]["description"], "content": REFUSED}


class Described(FastAPI):
    """FastAPI whose OpenAPI description tells the roles."""

    def openapi(self) -> dict[str, Any]:
        """The description, made once."""
        if self.openapi_schema is None:
            schema = super().openapi()
            schema["components"]["securitySchemes"] = {
                SCHEME: {"type": "apiKey", "in": "cookie", "name": COOKIE}
            }
            for path, methods in schema["paths"].items():
                for method, route in methods.items():
                    _tell_access(route, DESCRIBED[method.upper(), path])
                    _show_refusals(route)
                    _show_parts(route)
            for name, example in (EXAMPLES | answers()).items():
                if name in schema["components"]["schemas"]:  # a hall has only the routes of what it was given
                    schema["components"]["schemas"][name]["examples"] = [example]
            schema["components"]["schemas"]["Refused"]["examples"] = list(REFUSALS.values())
        return self.openapi_schema or {}


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
        if answer.get("content", {}).get("application/json", {}).get("schema") == REFUSED_SCHEMA:
            answer["content"]["application/json"]["example"] = example


def _show_parts(route: dict[str, Any]) -> None:
    for part in route.get("parameters", ()):
        if part["name"] in PARTS:
            part["example"] = PARTS[part["name"]]
        elif "enum" in part["schema"]:
            part["example"] = part["schema"]["enum"][0]


def as_asked(api: dict[str, Any], method: str, path: str) -> str:
    """A request to that route that may be copied, as curl would send it."""
    route = api["paths"][path][method]
    asked = []
    for part in route.get("parameters", ()):
        value = quote(str(part.get("example", "")))
        if part["in"] == "path":
            path = path.replace(f"{{{part['name']}}}", value)
        elif part.get("required"):
            asked.append(f"{part['name']}={value}")
    words = ["curl", *(["-X", method.upper()] if method != "get" else [])]
    words.append(shlex.quote(HERE + path + ("?" + "&".join(asked) if asked else "")))
    body = _body(api, route)
    if body is not None:
        words += ["-H", "'content-type: application/json'", "-d", shlex.quote(as_written(body))]
    if "x-roles" in route:
        words += ["-b", f"{COOKIE}=…"]
    return " ".join(words)


def _body(api: dict[str, Any], route: dict[str, Any]) -> object:
    """The example of the body that the route is sent, if it is sent one."""
    schema = route.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
    for one in (schema, *schema.get("anyOf", ())):
        if "$ref" in one:
            return api["components"]["schemas"][one["$ref"].rsplit("/", 1)[1]]["examples"][0]
    return None


def as_written(example: object) -> str:
    """JSON as a person would write it."""
    return json.dumps(example, ensure_ascii=False)
