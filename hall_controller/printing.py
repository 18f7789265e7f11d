"""Tickets on paper: one worker process a printer, so that no printer can ever hold up the hall.

Paper cannot be repeated as a board can: the ticket is in the journal first, then it is printed, then the outcome is
written down. On doubt nothing is printed again by itself; a marked reprint of the same number is asked for.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

import structlog

from hall_controller.devices.ticket import TicketPaper
from hall_controller.domain import facts as f
from hall_controller.domain.commands import RecordPrint, RecordPrinter
from hall_controller.errors import JournalUnavailable
from hall_controller.messages import Text, alert_code

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hall_controller.controller import Controller, Told
    from hall_controller.domain.hall import Hall, Ticket
    from hall_controller.health import Health

log = structlog.get_logger()

JOB_TIMEOUT_S: Final = 3.5
"""The worker itself gives up after 3 s; one that has not answered by now hangs and is ended."""
WAIT_FOR_PAPER_S: Final = 3.0
PROBE_S: Final = 2.0
STEADY_S: Final = 6.0
"""A printer that comes and goes is not told to everybody each time: it must have been ready for so long."""
LONGEST_BACKLOG: Final = 50
COUNTERS_NAMED: Final = 4
NO_NUMBER: Final = ""
"""What stands in place of the number of a test page: it is no ticket, and nothing is written down about it."""
TEST_WITHIN_S: Final = 8.0
"""A ticket under way, a test page, and a worker that is started for them."""

Outcome = Literal["printed", "failed", "unknown"]
PrinterState = Literal["ready", "paper_out", "not_ready"]


@dataclass(frozen=True, slots=True)
class PrinterSettings:
    """One printer: its device id, and what its worker needs (model, line, width_mm and the model's own settings)."""

    id: str
    worker: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class PaperSettings:
    """What stands on every ticket of this hall: where its QR code leads, and what to do when one's call was missed."""

    public_url: str
    missed: Text


def paper_of(hall: Hall, ticket: Ticket, fact: f.TicketIssued | None, settings: PaperSettings) -> TicketPaper:
    """What stands on the paper of a ticket; without the fact of its issue it is a reprint."""
    catalogue = hall.catalogue
    service = catalogue.services.get(ticket.service)  # None: a reprint, and other settings hold by now
    purpose = catalogue.purposes.get(ticket.purpose)
    priority = catalogue.priorities.get(ticket.priority or "")
    counters = tuple(c.name for c in catalogue.counters.values() if ticket.queue in c.queues)
    return TicketPaper(
        hall_name=catalogue.name.vi,
        number=ticket.number,
        service_vi=service.name.vi if service else ticket.service,
        service_en=service.name.en if service else "",
        purpose_vi=purpose.vi if purpose else "",
        purpose_en=purpose.en if purpose else "",
        counters=counters if len(counters) <= COUNTERS_NAMED else (),
        ahead=fact.ahead if fact else None,
        estimated_wait_s=fact.estimated_wait_s if fact else None,
        issued_at=ticket.issued_at.astimezone(catalogue.timezone),
        code=ticket.code,
        url=f"{settings.public_url.rstrip('/')}/t/{ticket.code}" if settings.public_url else "",
        language="vi" if ticket.language == "vi" else "en",
        reprint=fact is None,
        training=hall.training,
        priority_vi=priority.name.vi if priority else "",
        priority_en=priority.name.en if priority else "",
        missed_vi=settings.missed.vi,
        missed_en=settings.missed.en,
        guarded=ticket.state == "unreleased",
    )


def slip_of(hall: Hall, fact: f.SlipIssued) -> TicketPaper:
    """What stands on the slip of a field that is done only online: the portal's address, and no number."""
    service = hall.catalogue.services[fact.service]
    return TicketPaper(
        hall_name=hall.catalogue.name.vi,
        number="",
        service_vi=service.name.vi,
        service_en=service.name.en,
        issued_at=fact.at.astimezone(hall.catalogue.timezone),
        code="",
        url=fact.portal,
        language="vi" if fact.language == "vi" else "en",
        training=hall.training,
        kind="instruction-slip",
    )


class Printing:
    """All printers of the hall; tickets go to the first one that is configured."""

    def __init__(
        self, printers: list[PrinterSettings], paper: PaperSettings, controller: Controller, health: Health
    ) -> None:
        self._paper = paper
        self._controller = controller
        self.printers = [
            Printer(settings, controller, health, told=place == 0) for place, settings in enumerate(printers)
        ]
        self._outcomes: dict[str, asyncio.Future[Outcome]] = {}
        controller.on_commit.append(self._print_issued)

    @property
    def ready(self) -> bool | None:
        """Whether paper would come out now; None before the printer has been asked."""
        return self.printers[0].ready if self.printers else None

    async def run(self) -> None:
        """Serve every printer until cancelled."""
        async with asyncio.TaskGroup() as group:
            for printer in self.printers:
                group.create_task(printer.run())

    async def printed(self, ticket: str) -> bool | None:
        """Whether the paper of a ticket came out, within 3 s; None when the hall has no printer."""
        outcome = self._outcomes.get(ticket)
        if outcome is None:
            return None
        done, _ = await asyncio.wait({outcome}, timeout=WAIT_FOR_PAPER_S)
        return bool(done) and outcome.result() == "printed"

    async def test(self, printer: str) -> dict[str, Any] | None:
        """Print a test page there, which says that it is no number; None when there is no such printer."""
        catalogue, now = self._controller.hall.catalogue, self._controller.clock.now()
        paper = TicketPaper(
            hall_name=catalogue.name.vi,
            number="",
            service_vi=printer,
            issued_at=now.at.astimezone(catalogue.timezone),
            code="",
            training=self._controller.hall.training,
            kind="test-page",
        )
        found = next((one for one in self.printers if one.id == printer), None)
        return await found.test(paper) if found else None

    async def look(self) -> bool | None:
        """Whether tickets come out now; somebody has just seen to the printer. None when the hall has none."""
        return await self.printers[0].look() if self.printers else None

    def _print_issued(self, told: Told) -> None:
        if not self.printers:
            return
        for record in told.records:
            match record.fact:
                case f.TicketIssued(paper=True) as issued:
                    self._print(told.hall, issued.ticket, issued)
                case f.ReprintRequested(ticket=number):
                    self._print(told.hall, number, None)
                case f.SlipIssued(paper=True, portal=str(portal)) as slip if portal:
                    self._hand_over(slip.slip, slip_of(told.hall, slip))
                case _:
                    pass

    def _print(self, hall: Hall, number: str, issued: f.TicketIssued | None) -> None:
        ticket = hall.ticket(number)
        if ticket is not None:
            self._hand_over(number, paper_of(hall, ticket, issued, self._paper))

    def _hand_over(self, number: str, paper: TicketPaper) -> None:
        outcome: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        self._outcomes[number] = outcome
        outcome.add_done_callback(lambda done: self._forget(number, done))
        self.printers[0].print(number, paper, outcome)

    def _forget(self, number: str, outcome: asyncio.Future[Outcome]) -> None:
        def forget() -> None:
            if self._outcomes.get(number) is outcome:
                del self._outcomes[number]

        asyncio.get_running_loop().call_later(WAIT_FOR_PAPER_S, forget)


class Printer:
    """One printer and its worker process; while it is known not to print, tickets fail at once.

    `told`: whether visitors are told when it prints no tickets.
    """

    def __init__(
        self, settings: PrinterSettings, controller: Controller, health: Health, *, told: bool = False
    ) -> None:
        self._settings = settings
        self._controller = controller
        self._health = health
        self._jobs: asyncio.Queue[tuple[str, TicketPaper, asyncio.Future[Outcome]]] = asyncio.Queue()
        self._last: dict[str, Any] = {}
        self._worker: asyncio.subprocess.Process | None = None
        self.ready: bool | None = None
        """Whether it prints; None before it has been asked."""
        self._told = told
        self._seen_to = False
        self._learnt = asyncio.Event()
        self._ready_since_s: float | None = None
        self._recording: asyncio.Future[Any] | None = None

    @property
    def id(self) -> str:
        """Its device id."""
        return self._settings.id

    async def test(self, paper: TicketPaper) -> dict[str, Any]:
        """Print a page that is no number, in its turn; what the printer said afterwards."""
        outcome: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        self._jobs.put_nowait((NO_NUMBER, paper, outcome))
        done, _ = await asyncio.wait({outcome}, timeout=TEST_WITHIN_S)
        return self._last if done else {"detail": "the printer is still busy"}

    async def look(self) -> bool:
        """Whether it prints, as it says at the next look at it; what visitors are told does not wait any longer."""
        self._seen_to = True
        self._learnt.clear()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._learnt.wait(), PROBE_S + JOB_TIMEOUT_S)
        self._seen_to = False
        if self._recording is not None:
            await asyncio.wait({self._recording})
        return self.ready is True

    def print(self, number: str, paper: TicketPaper, outcome: asyncio.Future[Outcome]) -> None:
        """Print soon, or fail at once when the printer is known to be out of order or far behind."""
        if self.ready is False:
            self._finish(number, outcome, "failed", "printer not ready")
        elif self._jobs.qsize() >= LONGEST_BACKLOG:
            self._finish(number, outcome, "failed", f"{LONGEST_BACKLOG} tickets are waiting for the printer")
        else:
            self._jobs.put_nowait((number, paper, outcome))

    async def run(self) -> None:
        """Print what comes, and look at the printer every few seconds; until cancelled."""
        try:
            while True:
                try:
                    number, paper, outcome = await asyncio.wait_for(self._jobs.get(), PROBE_S)
                except TimeoutError:
                    self._learn(await self._ask({"job": "status"}))
                    continue
                answer = await self._ask({"job": "print", "id": number, "paper": paper.to_json()})
                self._last = answer
                self._finish(number, outcome, answer.get("outcome", "unknown"), str(answer.get("detail", "")))
                self._learn(answer)
        finally:
            await self.end_worker()

    async def _ask(self, job: dict[str, Any]) -> dict[str, Any]:
        """The worker's answer; one that hangs or breaks is ended, and what became of the paper is unknown."""
        try:
            async with asyncio.timeout(JOB_TIMEOUT_S):
                worker = self._worker = self._worker or await self._start_worker()
                if worker.stdin is None or worker.stdout is None:
                    raise BrokenPipeError
                worker.stdin.write(json.dumps(job, ensure_ascii=False).encode() + b"\n")
                await worker.stdin.drain()
                answer: dict[str, Any] = json.loads(await worker.stdout.readline())
                return answer
        except (TimeoutError, OSError, ValueError) as error:
            await self.end_worker()
            return {"outcome": "unknown", "online": False, "detail": f"print worker: {type(error).__name__}"}

    async def _start_worker(self) -> asyncio.subprocess.Process:
        return await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "hall_controller.devices.print_worker",
            json.dumps(dict(self._settings.worker)),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )

    async def end_worker(self) -> None:
        """End the worker process, whatever it is doing; the next job starts a new one."""
        worker, self._worker = self._worker, None
        if worker is not None:
            if worker.returncode is None:
                worker.kill()
            await worker.communicate()

    def _learn(self, answer: dict[str, Any]) -> None:
        """What the answer says about the printer; the next tickets depend on it."""
        paper = str(answer.get("paper", "unknown"))
        self.ready = bool(answer.get("online", answer.get("outcome") == "printed")) and paper != "out"
        cover_open = answer.get("cover") == "open"
        state = "ready" if self.ready else "faulty" if paper == "out" or cover_open else "lost"
        self._health.device_is(self._settings.id, state)
        self._tell(
            "device",
            "critical",
            None if self.ready else _out_of_order(self._settings.id, paper, cover_open=cover_open),
        )
        self._tell("paper", "info", _paper_low(self._settings.id) if paper == "low" else None)
        self._record("ready" if self.ready else "paper_out" if paper == "out" else "not_ready")
        self._learnt.set()

    def _record(self, state: PrinterState) -> None:
        """Write down that the printer of the tickets stopped or prints again, since the boards say so."""
        now_s = asyncio.get_running_loop().time()
        self._ready_since_s = (self._ready_since_s or now_s) if state == "ready" else None
        known = self._controller.hall.printers.get(self._settings.id, "ready")
        under_way = self._recording is not None and not self._recording.done()
        steady = self._seen_to or self._ready_since_s is None or now_s - self._ready_since_s >= STEADY_S
        if not self._told or state == known or under_way or not steady:
            return
        self._recording = self._controller.submit(RecordPrinter(self._settings.id, state))
        self._recording.add_done_callback(_not_recorded)

    def _tell(self, about: str, severity: Literal["info", "critical"], text: Text | None) -> None:
        """Raise an alert, or end it without a text; another reason than before is told anew."""
        alert = alert_code(about, self._settings.id)
        told = self._health.alerts.get(alert)
        if told is not None and told.text != text:
            self._health.end_alert(alert)
        if text is not None:
            self._health.raise_alert(alert, severity, text)

    def _finish(self, number: str, outcome: asyncio.Future[Outcome], result: Outcome, detail: str) -> None:
        if not outcome.done():
            outcome.set_result(result)
        if number == NO_NUMBER:
            return
        recorded = self._controller.submit(RecordPrint(number, self._settings.id, result, detail))
        recorded.add_done_callback(_not_recorded)


def _not_recorded(recorded: asyncio.Future[Any]) -> None:
    error = None if recorded.cancelled() else recorded.exception()
    if isinstance(error, JournalUnavailable):
        log.error("print.outcome_not_recorded", reason=str(error))


def _paper_low(printer: str) -> Text:
    return Text(
        vi=f"Máy in {printer} sắp hết giấy: hãy để sẵn một cuộn giấy mới.",
        en=f"Printer {printer} is running low on paper: have a new roll ready.",
    )


def _out_of_order(printer: str, paper: str, *, cover_open: bool) -> Text:
    if paper == "out":
        return Text(
            vi=f"Máy in {printer} hết giấy: hãy thay cuộn giấy.",
            en=f"Printer {printer} is out of paper: change the roll.",
        )
    if cover_open:
        return Text(
            vi=f"Nắp máy in {printer} đang mở: đóng nắp lại cho đến khi nghe tiếng tách.",
            en=f"The cover of printer {printer} is open: close it until it clicks.",
        )
    return Text(
        vi=f"Máy in {printer} không sẵn sàng: kiểm tra nguồn điện, nắp máy và cáp.",
        en=f"Printer {printer} is not ready: check its power, its cover and its cable.",
    )
