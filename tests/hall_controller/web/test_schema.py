"""Whatever is sent to the API, by nobody, an officer or a technician, the answer is one that its description names.

Never here: who may do what (test_role_matrix).
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, Final, Self

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from hypothesis.strategies import SearchStrategy
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from hall_controller.staff.roles import Person, Role
from hall_controller.web.auth import COOKIE
from hall_controller.web.serving import Server, listen
from tests.hall_controller.web.hall_on_the_web import Printer, WebHall, catalogue, web_hall
from tests.hall_controller.web.staff_on_the_web import HOA, KIM, PIN, enter, sign_in

RIGHT, WRONG = GenerationMode.POSITIVE, GenerationMode.NEGATIVE
TRIED: Final[list[tuple[Role | None, GenerationMode, int]]] = [
    (None, RIGHT, 3),
    ("officer", RIGHT, 3),
    ("technician", RIGHT, 10),
    ("technician", WRONG, 10),
]
"""Who, what, and how many requests to a route: others than a technician are refused or answered by the same code."""
STREAMS: Final = r"/stream$"
"""Routes whose answers have no end."""
CHECKS: Final = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


class HallInThread:
    """A hall that is served beside the tests, because schemathesis waits for answers and does nothing meanwhile."""

    hall: WebHall

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._loop = asyncio.new_event_loop()
        self._stop = asyncio.Event()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._loop.run_until_complete, args=(self._serve(),))
        self.url = ""

    def __enter__(self) -> Self:
        self._thread.start()
        assert self._ready.wait(10)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(10)
        self._loop.close()

    async def _serve(self) -> None:
        required = catalogue(sign_in_required=True)
        async with web_hall(self._folder, required, printing=Printer()) as hall:
            self.hall = hall
            for _ in range(5):
                await hall.take()
            enter(hall, HOA, KIM)
            await sign_in(hall.http, "hoa", PIN, "1")
            await hall.press("1", "open")
            with listen("127.0.0.1", 0) as listening:
                server = Server(hall.app, listening)
                self.url = f"http://127.0.0.1:{server.port}"
                serving = asyncio.create_task(server.run())
                self._ready.set()
                await self._stop.wait()
                server.stop()
                await serving

    def cookies(self, role: Role | None) -> dict[str, str]:
        """What a browser of that role sends."""
        if role is None:
            return {}
        person, counter = ("hoa", "1") if role == "officer" else ("kim", None)
        return {COOKIE: self.hall.auth.sessions.open(Person(person, role, counter))}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HallInThread]:
    with HallInThread(tmp_path_factory.mktemp("hall")) as hall:
        yield hall


@pytest.mark.parametrize(("role", "mode", "examples"), TRIED, ids=str)
def test_every_answer_is_one_that_is_described(
    served: HallInThread, role: Role | None, mode: GenerationMode, examples: int
) -> None:
    schema = schemathesis.openapi.from_dict(described(served.url)).exclude(path_regex=STREAMS)
    operations = [found.ok() for found in schema.get_all_operations() if isinstance(found, Ok)]
    assert len(operations) >= 16
    statuses: Counter[tuple[str, int]] = Counter()
    with requests.Session() as session:
        for operation in operations:
            cookies = served.cookies(role)  # new ones each time, since one of the operations is signing out
            call = partial(_call, base_url=served.url, session=session, cookies=cookies)
            _try_many(operation.as_strategy(generation_mode=mode), call, statuses, examples)
    told = {status for _, status in statuses}
    assert 500 not in told
    assert (200 if mode is RIGHT else 422) in told
    assert (("/api/desk/guard", 401) in statuses) is (role is None), "the cookie is sent, and counts"


def described(url: str) -> dict[str, Any]:
    """The description without its cookies, which are ours to send and not to be made up."""
    with requests.get(f"{url}/openapi.json", timeout=5) as answer:
        schema: dict[str, Any] = answer.json()
    del schema["components"]["securitySchemes"]
    for methods in schema["paths"].values():
        for route in methods.values():
            route.pop("security", None)
    return schema


def _call(case: Any, **how: Any) -> requests.Response:  # noqa: ANN401 - schemathesis' own types are generic
    answer: requests.Response = case.call_and_validate(checks=CHECKS, **how)
    return answer


def _try_many(
    cases: SearchStrategy[Any],
    call: Callable[[Any], requests.Response],
    statuses: Counter[tuple[str, int]],
    examples: int,
) -> None:
    @given(cases)
    @settings(max_examples=examples, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    def answered_as_described(case: Any) -> None:  # noqa: ANN401 - a case of schemathesis, whose type is generic
        statuses[case.operation.path, call(case).status_code] += 1

    with contextlib.suppress(Unsatisfiable):  # a route without parameters cannot be asked wrongly
        answered_as_described()
