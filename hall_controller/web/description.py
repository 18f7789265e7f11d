"""The API describes itself: what `access` says of who may use a route, with examples of what is sent and answered.

What a route takes and gives is said beside the route.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from fastapi import FastAPI

from hall_controller.web.access import ACCESS, as_described
from hall_controller.web.answer_examples import ANSWERS, REFUSALS
from hall_controller.web.auth import COOKIE
from hall_controller.web.examples import EXAMPLES
from hall_controller.web.replies import documented

if TYPE_CHECKING:
    from hall_controller.web.access import Access

DESCRIBED: Final = {(method, as_described(path)): needed for (method, path), needed in ACCESS.items()}
SCHEME: Final = "session"
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
            for name, example in (EXAMPLES | ANSWERS).items():
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
