"""`hall demo`: the reference hall with people in it, or one visit with all that it leaves behind.

Belongs here: the order of a demo, and its end. Never here: how a part of it works (demonstration).
"""

from __future__ import annotations

import asyncio
import contextlib
import signal
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from hall_controller.demonstration import people, stage, visit
from hall_controller.demonstration.connection import LOOPBACK
from hall_controller.demonstration.stage import Plan, Prepared, Stage
from hall_controller.demonstration.tally import Tally
from hall_controller.demonstration.told import Told, clock_sentences
from hall_controller.journal_check import verify

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterator

    from hall_controller.demonstration.brokers import BrokerChoice

YOURS: Final = "2"
"""The counter that is left to whoever watches: the busiest queue, and nobody there to call."""
STATE_EVERY_S: Final = 0.5


def once(out: Path, choice: BrokerChoice) -> None:
    """One visit through the real parts; its artefacts in `out`. Raises HallError when a step does not happen."""
    visit.clear(out)
    with _folder() as folder, Told() as told:
        plan = Plan(
            folder,
            folder / "data",
            choice,
            always_training=True,
            free=visit.COUNTER,
            free_is_staffed=True,
            panel_line=f"file://{folder / visit.PANEL_FILE}",
            panels=(visit.COUNTER,),
        )
        _until_stopped(_once(plan, out, told))


def run(choice: BrokerChoice, speed: float) -> None:
    """The hall with visitors and officers until Ctrl-C; raises HallError when a part of it ends by itself."""
    with _folder() as folder, Told() as told:
        plan = Plan(
            folder,
            folder / "data",
            choice,
            always_training=False,
            free=YOURS,
            free_is_staffed=False,
            panel_line="console:",
            window=stage.has_display(),
        )
        _until_stopped(_run(plan, people.Pace(speed), told))


async def _once(plan: Plan, out: Path, told: Told) -> None:
    hall = _introduced(plan, told)
    async with stage.opened(hall) as running:
        done = await visit.visit(running)
    visit.check_the_journal(hall.journal, done.number)
    visit.leave(hall, done, out)
    told.steps(done.number, done.steps)
    told.left(out, visit.ARTEFACTS)


async def _run(plan: Plan, pace: people.Pace, told: Told) -> None:
    hall, tally = _introduced(plan, told), Tally()
    try:
        async with stage.opened(hall) as running:
            running.audience.on_event.append(tally.hear)
            _show_places(running, told)
            await _play(running, pace, tally, told)
    finally:
        told.end(tally, verify(hall.journal))


def _introduced(plan: Plan, told: Told) -> Prepared:
    hall = stage.prepared(plan)
    name = hall.config.hall.name
    told.title(name.vi, name.en, clock_sentences(hall.starts_at))
    told.starting()
    return hall


async def _play(hall: Stage, pace: people.Pace, tally: Tally, told: Told) -> None:
    """Everybody in the hall, until cancelled."""
    async with asyncio.TaskGroup() as group:
        group.create_task(_tell_calls(hall, told))
        group.create_task(_tell_state(hall, tally, told))
        group.create_task(people.come(hall, pace, seed=0))
        for seed, counter in enumerate(hall.catalogue.counters.values()):
            if counter.id != YOURS:
                group.create_task(people.work(hall, pace, counter, seed))


async def _tell_calls(hall: Stage, told: Told) -> None:
    """A line for each call that an LED panel shows: the display program writes them, as the console model does."""
    lines = hall.parts["panels"].process.stdout
    if lines is None:
        return
    async for line in lines:
        match line.decode("utf-8", "replace").strip().split("  "):
            case [time, counter, ticket, state] if state.startswith("calling "):
                queue = next((q for q in hall.audience.queues.values() if q.letter == ticket[0]), None)
                told.call(time[:8], ticket, counter, int(state.split()[1]), queue)
            case _:
                pass


async def _tell_state(hall: Stage, tally: Tally, told: Told) -> None:
    while True:
        heard = hall.audience
        waiting = sum(queue.waiting for queue in heard.queues.values())
        at_counters = sum(display.ticket is not None for display in heard.counters.values())
        told.state(tally, waiting, at_counters)
        await asyncio.sleep(STATE_EVERY_S)


def _show_places(hall: Stage, told: Told) -> None:
    web = f"http://{LOOPBACK}:{hall.http_port}"
    screen = "cửa sổ · a window" if hall.plan.window else str(hall.picture)
    told.places(
        [
            ("Lấy số", "kiosk", f"{web}/kiosk"),
            (f"Quầy {YOURS}, dành cho bạn", "yours to call", f"{web}/counter/{YOURS}"),
            ("Bảng gọi số", "board", f"{web}/board"),
            ("Đăng nhập", f"{stage.TECHNICIAN}, {hall.password}", f"{web}/sign-in"),
            ("Màn hình lớn", "hall screen", screen),
            ("MQTT", hall.broker, f"mqtt://{LOOPBACK}:{hall.mqtt_port}"),
        ]
    )
    told.note("Ctrl-C để dừng.", "Ctrl-C ends everything.")


@contextlib.contextmanager
def _folder() -> Iterator[Path]:
    """A place for what is not kept."""
    with tempfile.TemporaryDirectory(prefix="hall-demo-", ignore_cleanup_errors=True) as folder:
        yield Path(folder).resolve()


def _until_stopped(work: Coroutine[None, None, None]) -> None:
    """Run until done, or until Ctrl-C, SIGTERM or the closing of the terminal, which all end it tidily."""

    async def stoppable() -> None:
        working = asyncio.ensure_future(work)
        for wish in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            asyncio.get_running_loop().add_signal_handler(wish, _cancel_once(working))
        await asyncio.wait({working})
        if not working.cancelled():
            working.result()

    asyncio.run(stoppable())


def _cancel_once(working: asyncio.Future[None]) -> Callable[[], None]:
    """A second Ctrl-C must not interrupt the tidying up."""
    wished: list[bool] = []

    def cancel() -> None:
        if not wished:
            wished.append(True)
            working.cancel()

    return cancel
