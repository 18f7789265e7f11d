"""Asks the running controller over its own HTTP, as the technician who stands at this machine.

Whoever may read the register of staff may already enter a technician (`hall officer`), so a session of the one that is
there is opened in it, used for one command and closed. Belongs here: that, and one request at a time.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from hall_controller.errors import HallError
from hall_controller.staff.register import NAME, Register
from hall_controller.staff.roles import Person
from hall_controller.staff.sessions import COOKIE, Sessions

if TYPE_CHECKING:
    from hall_controller.settings import Config

ANSWER_S: Final = 10.0
EVERYWHERE: Final = frozenset({"0.0.0.0", "::", ""})  # noqa: S104 - read from the settings, not bound
OK: Final = 200


class Running:
    """The running controller, asked by a technician."""

    def __init__(self, host: str, port: int, token: str) -> None:
        self._host = "127.0.0.1" if host in EVERYWHERE else host
        self._port = port
        self._token = token

    def ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:  # noqa: ANN401 - any JSON
        """The JSON of the answer; raises HallError with the controller's own sentence."""
        connection = HTTPConnection(self._host, self._port, timeout=ANSWER_S)
        headers = {"cookie": f"{COOKIE}={self._token}", "content-type": "application/json"}
        try:
            connection.request(method, path, None if body is None else json.dumps(body), headers)
            answer = connection.getresponse()
            said = json.loads(answer.read())
        except (OSError, HTTPException, ValueError) as error:
            raise HallError(
                f"no controller answers at {self._host}:{self._port}; is hall-controller running? ({error})"
            ) from None
        finally:
            connection.close()
        if answer.status != OK:
            raise HallError(f"{said['text']['vi']} {said['text']['en']}")
        return said


@contextlib.contextmanager
def running(config: Config, data: Path | None = None) -> Iterator[Running]:
    """The controller of these settings; raises HallError when the hall has no technician yet."""
    folder = data or Path(config.data.dir)
    if not (folder / NAME).exists():
        raise HallError(f"{folder / NAME} is not there: the controller has not run here yet")
    with Register(folder / NAME) as register:
        technicians = [entry for entry in register.people() if entry.role == "technician"]
        if not technicians:
            raise HallError("the hall has no technician yet: hall officer add HALL.toml ID --role technician")
        sessions = Sessions(register)
        token = sessions.open(Person(technicians[0].id, "technician"))
        try:
            yield Running(config.http.host, config.http.port, token)
        finally:
            sessions.close(token)
