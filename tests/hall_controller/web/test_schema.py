"""Whatever is sent to the API, the answer is one that its description names, and never "something went wrong"."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Iterator
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

from hall_controller.web.serving import Server, listen
from tests.hall_controller.web.hall_on_the_web import Printer, web_hall

EXAMPLES: Final = 20
STREAMS: Final = ["/api/hall/stream", "/api/tickets/{code}/stream"]
CHECKS: Final = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


class HallInThread:
    """A hall that is served beside the tests, because schemathesis waits for answers and does nothing meanwhile."""

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
        async with web_hall(self._folder, printing=Printer()) as hall:
            for _ in range(5):
                await hall.take()
            await hall.press("1", "open")
            with listen("127.0.0.1", 0) as listening:
                server = Server(hall.app, listening)
                self.url = f"http://127.0.0.1:{server.port}"
                serving = asyncio.create_task(server.run())
                self._ready.set()
                await self._stop.wait()
                server.stop()
                await serving


@pytest.fixture(scope="module")
def hall_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with HallInThread(tmp_path_factory.mktemp("hall")) as hall:
        yield hall.url


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_every_answer_is_one_that_is_described(hall_url: str, mode: GenerationMode) -> None:
    with requests.get(f"{hall_url}/openapi.json", timeout=5) as answer:
        schema = schemathesis.openapi.from_dict(answer.json()).exclude(
            path=["/api/hall/stream", "/api/tickets/{code}/stream"]
        )
    operations = [found.ok() for found in schema.get_all_operations() if isinstance(found, Ok)]
    assert len(operations) >= 10
    with requests.Session() as session:
        for operation in operations:
            _try_many(operation.as_strategy(generation_mode=mode), hall_url, session)


def _try_many(cases: SearchStrategy[Any], hall_url: str, session: requests.Session) -> None:
    @given(cases)
    @settings(max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    def answered_as_described(case: Any) -> None:  # noqa: ANN401 - a case of schemathesis, whose type is generic
        case.call_and_validate(base_url=hall_url, session=session, checks=CHECKS)

    with contextlib.suppress(Unsatisfiable):  # a route without parameters cannot be asked wrongly
        answered_as_described()
