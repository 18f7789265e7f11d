"""One visit from ticket to rating through the real parts, each step timed, and what it leaves behind.

    kiosk -> paper -> press on the pad -> display message, LED panel, hall screen -> complete -> rating

A step that does not happen in its time is an error; nothing half is ever called done.
"""

from __future__ import annotations

import asyncio
import json
import shutil
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from hall_controller.demonstration import pads
from hall_controller.demonstration.stage import SCREEN
from hall_controller.devices.printers import escpos_picture
from hall_controller.errors import HallError
from hall_controller.journal import Journal

if TYPE_CHECKING:
    from pathlib import Path

    from hall_controller.demonstration.pads import Pad
    from hall_controller.demonstration.stage import Prepared, Stage
    from hall_controller.messages import Ack

COUNTER: Final = "5"
SERVICE: Final = "chinh-sach-nguoi-co-cong"
PURPOSE: Final = "submit"
SCORE: Final = 5
STEP_WITHIN_S: Final = 5.0
POLL_S: Final = 0.001
"""The panel's line is a file; it is looked at this often, so its time is right to a millisecond or two."""
PANEL_FILE: Final = "panel.txt"
SCREEN_SIZE: Final = (1920, 1080)
ARTEFACTS: Final = (
    "ticket.escpos",
    "ticket.png",
    "screen.png",
    PANEL_FILE,
    "journal.sqlite",
    "trace.json",
)
FACTS: Final = ("ticket.issued", "ticket.printed", "ticket.called", "ticket.completed", "ticket.rated")
"""What the journal must hold of a visit that was whole."""


@dataclass(slots=True)
class Visit:
    """What happened: the number, and each step with its milliseconds since the press."""

    number: str = ""
    steps: list[tuple[str, float]] = field(default_factory=list)
    pressed_s: float = 0.0

    def step(self, name: str, at_s: float | None = None) -> None:
        """This step happened, now or at `at_s` of the monotonic clock."""
        ms = ((time.monotonic() if at_s is None else at_s) - self.pressed_s) * 1000
        self.steps.append((name, max(0.0, ms)))
        self.steps.sort(key=lambda step: step[1])

    def trace(self) -> str:
        """The steps as JSON."""
        return json.dumps([{"name": name, "ms": round(ms, 2)} for name, ms in self.steps], indent=1) + "\n"


async def visit(stage: Stage) -> Visit:
    """Play the visit; raises HallError when a step does not happen in its time."""
    done = Visit()
    async with (
        pads.connected("call-pad", f"pad-{COUNTER}", stage.topics, stage.mqtt_port) as pad,
        pads.connected("rating-pad", f"rating-{COUNTER}", stage.topics, stage.mqtt_port) as rating,
    ):
        done.number = await _take_a_number(stage)
        await _call(stage, pad, done)
        _must_be_ok(await pad.press("complete"), "The key complete")
        done.step("completed")
        _must_be_ok(await rating.rate(SCORE), "The rating")
        done.step("rated")
    return done


async def _take_a_number(stage: Stage) -> str:
    """A number on paper, and a hall screen that has nothing left to draw."""
    heard = stage.audience
    taken = await stage.kiosk.take(SERVICE, PURPOSE)
    if isinstance(taken, str):
        raise HallError(f"The kiosk got no number: {taken}.")
    if not taken.printed:
        raise HallError(f"The number {taken.number} was not printed: the journal says why.")
    if taken.ahead:
        raise HallError(f"{taken.ahead} people wait before {taken.number}, who should be next.")
    await heard.until(lambda: heard.queues[taken.queue].waiting > 0, STEP_WITHIN_S, "The word of the queue")
    board = heard.queues[taken.queue]
    await heard.until(
        lambda: heard.shows(SCREEN, (board.epoch, board.rev)), STEP_WITHIN_S, "The queue on the hall screen"
    )
    return taken.number


async def _call(stage: Stage, pad: Pad, done: Visit) -> None:
    """Press `next`, and see the call everywhere."""
    done.pressed_s, pressed_at = time.monotonic(), time.time()
    done.step("press sent", done.pressed_s)
    async with asyncio.TaskGroup() as group:
        pressing = group.create_task(_press(pad, done))
        group.create_task(_display(stage, done))
        group.create_task(_panel(stage, done))
        group.create_task(_screen(stage, done, pressed_at))
    ack = pressing.result()
    if ack.ticket != done.number:
        raise HallError(f"{ack.ticket} was called in place of {done.number}.")


async def _press(pad: Pad, done: Visit) -> Ack:
    ack = await pad.press("next")
    done.step("acknowledged")
    _must_be_ok(ack, "The key next")
    return ack


async def _display(stage: Stage, done: Visit) -> None:
    heard = stage.audience
    await heard.until(
        lambda: heard.counters[COUNTER].ticket == done.number, STEP_WITHIN_S, "The call's display message"
    )
    done.step("display received")


async def _panel(stage: Stage, done: Visit) -> None:
    file = stage.plan.folder / PANEL_FILE
    try:
        async with asyncio.timeout(STEP_WITHIN_S):
            while done.number not in file.read_text("utf-8"):  # noqa: ASYNC110 - nobody tells that a file has grown
                await asyncio.sleep(POLL_S)
    except TimeoutError:
        raise HallError(f"The LED panel did not show {done.number} within {STEP_WITHIN_S:g} s.") from None
    done.step("panel shown")


async def _screen(stage: Stage, done: Visit, pressed_at: float) -> None:
    """The screen says that it shows the call; its picture's own time tells when it was drawn."""
    heard = stage.audience

    def drawn() -> bool:
        calls = heard.calls
        called = calls is not None and any(call.ticket == done.number for call in calls.calls)
        return called and calls is not None and heard.shows(SCREEN, (calls.epoch, calls.rev))

    await heard.until(drawn, STEP_WITHIN_S, "The call on the hall screen")
    picture = stage.plan.folder / "calling.png"
    await asyncio.to_thread(shutil.copy2, stage.picture, picture)
    done.step("screen drawn", done.pressed_s + picture.stat().st_mtime - pressed_at)


def _must_be_ok(ack: Ack, what: str) -> None:
    if ack.result != "ok":
        why = ack.reason.text.vi if ack.reason else ack.result
        raise HallError(f"{what} was refused: {why}")


def check_the_journal(path: Path, number: str) -> None:
    """Raises HallError when a fact of the visit is missing in the closed journal."""
    with Journal.open(path) as journal:
        records = list(journal.read())
    found = {record.fact.type for record in records if getattr(record.fact, "ticket", None) == number}
    missing = [fact for fact in FACTS if fact not in found]
    if missing:
        raise HallError(f"The journal lacks {', '.join(missing)} of {number}.")


def leave(hall: Prepared, done: Visit, out: Path) -> None:
    """Put all artefacts into `out`, once the hall is closed; raises HallError or OSError."""
    folder = hall.plan.folder
    journal = folder / "copy.sqlite"
    with Journal.open(hall.journal) as opened:
        opened.backup(journal)
    escpos_picture.save(hall.paper.read_bytes(), folder / "ticket.png")
    (folder / "trace.json").write_text(done.trace(), "utf-8")
    sources = (hall.paper, folder / "ticket.png", folder / "calling.png", folder / PANEL_FILE, journal)
    for name, source in zip(ARTEFACTS, (*sources, folder / "trace.json"), strict=True):
        shutil.copyfile(source, out / name)


def clear(out: Path) -> None:
    """Make the folder, and remove what an earlier visit left there; raises OSError."""
    out.mkdir(parents=True, exist_ok=True)
    for name in ARTEFACTS:
        (out / name).unlink(missing_ok=True)
