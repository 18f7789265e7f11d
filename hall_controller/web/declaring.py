"""Declares a route that takes and gives JSON, in one line: what is asked, what answers, what it gives, which refusals.

Only how routes are described to FastAPI; streams and files, which give something else, say so themselves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hall_controller.web.replies import documented

if TYPE_CHECKING:
    from collections.abc import Callable

    from fastapi import APIRouter
    from pydantic import BaseModel


def declare(
    router: APIRouter,
    asked: str,
    do: Callable[..., object],
    gives: type[BaseModel],
    refusals: tuple[int, ...],
    summary: str,
    status: int | None = None,
) -> None:
    """`asked` is method and path below the router's, as in "POST /{code}/rating"."""
    method, _, path = asked.partition(" ")
    router.add_api_route(
        path,
        do,
        methods=[method],
        response_model=gives,
        responses=documented(*refusals),
        summary=summary,
        status_code=status,
    )
