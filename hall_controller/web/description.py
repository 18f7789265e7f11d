"""What the API says of itself, as it was written beforehand: served at /openapi.json, shown at /docs.

    routes -> describing.made() -> openapi.json, checked in -> Described.openapi()

Making it from the routes costs a running controller 6 MB for good and a Raspberry Pi seconds, so it is made when
a route changes. What a route takes and gives is said beside the route.
"""

from __future__ import annotations

import json
import shlex
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute

from hall_controller.web.access import ACCESS, as_described
from hall_controller.web.auth import COOKIE

WRITTEN: Final = Path(__file__).with_name("openapi.json")
HERE: Final = "http://hall:8080"


class Described(FastAPI):
    """FastAPI whose OpenAPI description tells the roles, and was written beforehand."""

    def __init__(self, version: str) -> None:
        super().__init__(title="Hall Controller", version=version, docs_url=None, redoc_url=None)
        self._held: set[tuple[str, str]] = set()

    def take(self, router: APIRouter) -> None:
        """Serve its routes from now on; LookupError when `access` does not say of each who may use it."""
        routes = [route for route in router.routes if isinstance(route, APIRoute)]
        ours = {(method, route.path) for route in routes for method in route.methods or ()}
        if missing := ours - ACCESS.keys():
            raise LookupError(f"no line in web/access.py says who may use {sorted(missing)}")
        self._held |= {(method.lower(), as_described(path)) for method, path in ours}
        self.include_router(router)

    def openapi(self) -> dict[str, Any]:
        """The description as it was written: of the routes that this hall has."""
        schema: dict[str, Any] = json.loads(WRITTEN.read_bytes())
        schema["info"]["version"] = self.version
        for path, methods in list(schema["paths"].items()):
            held = {method: route for method, route in methods.items() if (method, path) in self._held}
            schema["paths"] |= {path: held}
            if not held:
                del schema["paths"][path]
        return schema


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
