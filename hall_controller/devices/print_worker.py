"""Prints tickets on one printer, as a process of its own that nothing can hold up for more than three seconds.

    {"job": "print", "id": 7, "paper": {...}}
                        ->  {"id": 7, "outcome": "printed", "paper": "ok", "online": true, "detail": ""}
    {"job": "status"}   ->  {"paper": "low", "online": true, "detail": ""}
                        ->  {"paper": "ok", "online": false, "cover": "open", "detail": "its cover is open"}
    {"job": "check"}    ->  {"mistake": ""}: what is wrong with its settings

`python -m hall_controller.devices.print_worker '{"model": "escpos", "line": "tcp://192.168.1.50:9100"}'` reads a job a
line and answers each with a line, in order. Belongs here: when to print, and what became of it. Never here: how a
ticket looks, a printer's commands, a second try. The outcome is "failed" only when no dot can have reached the paper;
once the ticket has begun to leave, every doubt is "unknown".
"""

from __future__ import annotations

import importlib
import json
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any, Final, Protocol, TextIO

from hall_controller.devices import printers
from hall_controller.devices.line_address import parse
from hall_controller.devices.lines import Line, open_line
from hall_controller.devices.printers.escpos import Status
from hall_controller.devices.ticket import TicketPaper
from hall_controller.errors import ConfigError, HallError, LineError

JOB_S: Final = 2.8
"""A visitor waits no longer for an answer; after it the number stands on the screen alone."""
OPEN_S: Final = 0.7
ANSWER_S: Final = 0.4
"""A printer answers DLE EOT within milliseconds, over a slow serial line within 50."""
KEPT_FOR_STATUS_S: Final = 0.4
SLOWEST_BAUD: Final = 115_200
LONGEST_DETAIL: Final = 200


class Driver(Protocol):
    """What every file of printers/ offers."""

    @property
    def answers_status(self) -> bool: ...
    @property
    def reports_when_done(self) -> bool: ...
    @property
    def status_requests(self) -> tuple[bytes, ...]: ...
    @property
    def done_request(self) -> bytes: ...
    @property
    def recovery(self) -> bytes: ...
    def ticket(self, ticket: TicketPaper) -> bytes: ...
    def is_answer(self, byte: int) -> bool: ...
    def status(self, answers: list[bytes]) -> Status: ...


def driver_of(settings: dict[str, Any]) -> Driver:
    """The driver of `settings["model"]` with its own settings; raises ConfigError in one sentence."""
    model = settings.get("model", "")
    if model not in printers.models():
        raise ConfigError([f'model = "{model}" is no printer that is known: {", ".join(printers.models())}'])
    kind = importlib.import_module(f"{printers.__name__}.{model}").Driver
    own = {name: value for name, value in settings.items() if name not in ("model", "line")}
    known = [field.name for field in fields(kind)]
    if strangers := sorted(set(own) - set(known)):
        raise ConfigError([f"{strangers[0]} is no setting of the printer {model}: it has {', '.join(known)}"])
    try:
        driver: Driver = kind(**own)
    except (TypeError, ValueError) as error:
        raise ConfigError([str(error)]) from None
    return driver


@dataclass(frozen=True, slots=True)
class Unusable:
    """A printer whose settings are wrong: every job fails, and says why."""

    sentence: str

    def print(self, _paper: TicketPaper) -> dict[str, Any]:
        return _told("failed", Status("unknown", online=False), self.sentence)

    def status(self) -> dict[str, Any]:
        return _status_told(Status("unknown", online=False), self.sentence)


@dataclass(slots=True)
class Printer:
    """A driver and the address of its line, which is opened anew for every job: a printer that went comes back.

    `torn`: the last ticket may have been cut off in the middle of a command, which would swallow the next one.
    """

    driver: Driver
    line: str
    torn: bool = False
    open_line: Callable[[str, float], Line] = open_line

    @classmethod
    def of(cls, settings: dict[str, Any]) -> Printer:
        """A printer from its settings; raises LineError or ConfigError in one sentence."""
        address = parse(settings.get("line", ""))
        baud = address.settings.get("baudrate", SLOWEST_BAUD) if address.scheme == "serial" else SLOWEST_BAUD
        if int(baud) < SLOWEST_BAUD:
            raise LineError(
                f"{address} is too slow for tickets: set the printer to 115,200 baud and write baudrate={SLOWEST_BAUD}"
            )
        return cls(driver_of(settings), settings["line"])

    def print(self, paper: TicketPaper) -> dict[str, Any]:
        """Print one ticket; raises nothing, says what became of it."""
        deadline = time.monotonic() + JOB_S
        try:
            line = self.open_line(self.line, OPEN_S)
        except LineError as error:
            return _told("failed", Status("unknown", online=False), str(error))
        try:
            told = self._print(line, paper, deadline)
        finally:
            line.close()
        self.torn = told["outcome"] == "unknown" or (self.torn and told["outcome"] == "failed")
        return told

    def _print(self, line: Line, paper: TicketPaper, deadline: float) -> dict[str, Any]:
        data = self.driver.recovery * self.torn + self.driver.ticket(paper)
        try:
            before = self._ask(line, deadline)
        except LineError as error:
            return _told("failed", Status("unknown", online=False), str(error))
        if not before.can_print:
            return _told("failed", before, _why(before))
        try:
            line.write(data, deadline - KEPT_FOR_STATUS_S * 2 - time.monotonic())
            confirmed = self._await_done(line, deadline)
            after = self._ask(line, deadline)
        except LineError as error:
            return _told("unknown", Status("unknown", online=False), str(error))
        if not after.can_print:
            return _told("unknown", after, f"{_why(after)} after the ticket was sent")
        return _told("printed", after, "" if confirmed else "the printer does not tell when it is done")

    def _await_done(self, line: Line, deadline: float) -> bool:
        """Wait until the printer has worked through all that it was sent, or the time is up."""
        if not (self.driver.answers_status and line.answers):
            return True
        if not self.driver.reports_when_done:
            return False
        line.write(self.driver.done_request, ANSWER_S)
        return bool(line.read(1, deadline - KEPT_FOR_STATUS_S - time.monotonic()))

    def status(self) -> dict[str, Any]:
        """What the printer says of itself; raises nothing."""
        try:
            line = self.open_line(self.line, OPEN_S)
        except LineError as error:
            return _status_told(Status("unknown", online=False), str(error))
        try:
            found = self._ask(line, time.monotonic() + JOB_S)
        except LineError as error:
            return _status_told(Status("unknown", online=False), str(error))
        finally:
            line.close()
        return _status_told(found, _why(found))

    def _ask(self, line: Line, deadline: float) -> Status:
        """Its status; a printer that cannot answer counts as ready, one that should and does not is not online."""
        if not (self.driver.answers_status and line.answers):
            return Status("unknown", online=True)
        while line.read(64, 0):  # what it reported unasked
            pass
        answers: list[bytes] = []
        for request in self.driver.status_requests:
            line.write(request, ANSWER_S)
            answers.append(self._answer(line, min(deadline, time.monotonic() + ANSWER_S)))
            if not answers[0]:
                break
        return self.driver.status(answers)

    def _answer(self, line: Line, deadline: float) -> bytes:
        while found := line.read(1, deadline - time.monotonic()):
            if self.driver.is_answer(found[-1]):
                return found[-1:]
        return b""


def _why(status: Status) -> str:
    if not status.online and status.paper == "unknown":
        return "the printer does not answer: check its power and its cable"
    if status.paper == "out":
        return "out of paper"
    if status.cover_open:
        return "its cover is open"
    if status.error:
        return "it reports an error: look at its lamp, open and close its cover"
    return "" if status.online else "it is offline: press its feed or online key"


def _told(outcome: str, status: Status, detail: str) -> dict[str, Any]:
    return {"outcome": outcome, **_status_told(status, detail)}


def _status_told(status: Status, detail: str) -> dict[str, Any]:
    told = {"paper": status.paper, "online": status.can_print, "detail": detail[:LONGEST_DETAIL]}
    return {**told, "cover": "open"} if status.cover_open else told


def answer(printer: Printer | Unusable, line: str) -> dict[str, Any]:
    """Do the job that stands on one line; what is no job is answered with an `error`."""
    job: Any = None
    try:
        job = json.loads(line)
        match job:
            case {"job": "print", "id": known, "paper": dict(paper)}:
                return {"id": known, **printer.print(TicketPaper.from_json(paper))}
            case {"job": "check"}:
                return {"mistake": printer.sentence if isinstance(printer, Unusable) else ""}
            case {"job": "status"}:
                return ({"id": job["id"]} if "id" in job else {}) | printer.status()
            case _:
                sentence = 'no job: neither {"job": "print", "id", "paper"} nor {"job": "status"}'
    except ValueError as error:
        sentence = str(error)
    known = job.get("id") if isinstance(job, dict) else None
    return {"id": known, **_told("failed", Status("unknown", online=True), sentence)}


def printer_of(settings: str) -> Printer | Unusable:
    """The printer of these settings, a JSON object; with wrong ones a printer that says what is wrong."""
    try:
        match json.loads(settings):
            case dict(found):
                return Printer.of(found)
            case other:
                return Unusable(f"{other!r} are no settings of a printer")
    except (HallError, ValueError) as error:
        return Unusable(str(error))


def serve(printer: Printer | Unusable, jobs: TextIO, answers: TextIO) -> None:
    """Answer every line until there are no more."""
    for line in jobs:
        answers.write(json.dumps(answer(printer, line), ensure_ascii=False) + "\n")
        answers.flush()


def main() -> None:
    """Run as `python -m`: settings as JSON in the argument, else on the first line."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C ends the controller, which then ends this
    sys.stdin.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    serve(printer_of(sys.argv[1] if len(sys.argv) > 1 else sys.stdin.readline()), sys.stdin, sys.stdout)


if __name__ == "__main__":
    main()
