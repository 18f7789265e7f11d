"""What the demo says in the terminal: where to look, a line for each call, and how it ended.

Belongs here: words and their look, Vietnamese first. Never here: anything that happens in the hall.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Self

from rich.console import Console
from rich.live import Live
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from hall_controller.devices.ticket_words import date_vi, time_vi

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from pathlib import Path

    from hall_controller.demonstration.tally import Tally
    from hall_controller.journal_check import Verdict
    from hall_controller.messages import QueueState

NOW: Final = "bold yellow"
"""The one accent, for the number that is called."""
QUIET: Final = "bright_black"
EDGE: Final = (0, 0, 0, 2)
STEP_NAMES: Final = {
    "press sent": "Cán bộ nhấn nút gọi",
    "display received": "Bảng quầy nhận tin gọi",
    "acknowledged": "Ghi vào nhật ký, báo lại nút gọi",
    "panel shown": "Bảng LED hiện số",
    "screen drawn": "Màn hình lớn hiện số",
    "completed": "Phục vụ xong",
    "rated": "Khách đánh giá",
}


class Told:
    """The terminal of a demo; use as a context so that the line at the bottom goes away in the end."""

    def __init__(self, console: Console | None = None) -> None:
        self._console = console or Console(highlight=False, soft_wrap=False)
        self._live = Live(console=self._console, auto_refresh=False, transient=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._live.stop()

    def title(self, vi: str, en: str, clock: tuple[str, str]) -> None:
        """The hall's name above everything, and which time it is there."""
        self._console.print()
        self._say(Text(vi, "bold"))
        self._say(Text(en, QUIET))
        self._console.print()
        self._say(Text(clock[0]))
        self._say(Text(clock[1], QUIET))
        self._console.print()

    def starting(self) -> None:
        """While the parts of the hall start, which takes some seconds."""
        self._bottom("Đang chuẩn bị…  Starting…")

    def places(self, places: Iterable[tuple[str, str, str]]) -> None:
        """Where to look: what it is in both languages, and its address."""
        table = Table.grid(padding=(0, 2))
        table.add_column(no_wrap=True)
        table.add_column(no_wrap=True, style=QUIET)
        table.add_column(overflow="fold")
        for vi, en, address in places:
            table.add_row(vi, en, Text(address, "cyan" if "://" in address else ""))
        self._say(table)
        self._console.print()

    def note(self, vi: str, en: str) -> None:
        """A sentence on how things are."""
        self._say(Text.assemble(vi, "  ", (en, QUIET)))
        self._console.print()

    def call(self, time: str, ticket: str, counter: str, call: int, queue: QueueState | None) -> None:
        """One call, as an LED panel showed it."""
        again = f"gọi lại lần {call}" if call > 1 else ""
        field = queue.name.vi if queue and queue.name else ""
        waiting = f"còn {queue.waiting} khách chờ" if queue and queue.waiting else ""
        line = Text.assemble(
            (f"{time}  ", QUIET),
            (f"{ticket}", NOW),
            ("  →  ", QUIET),
            (f"{counter:<8}", "bold"),
            f"  {field:<31}",
            (again or waiting, QUIET),
        )
        self._console.print(Padding(line, EDGE, expand=False), no_wrap=True, overflow="ellipsis")

    def state(self, tally: Tally, waiting: int, serving: int) -> None:
        """The line at the bottom; only where there is a terminal that can move its cursor."""
        self._bottom(f"Đang chờ {waiting}   Tại quầy {serving}   {tally.sentence}")

    def _bottom(self, words: str) -> None:
        if not self._console.is_terminal:
            return
        if not self._live.is_started:
            self._live.start()
        line = Text(words, QUIET, no_wrap=True, overflow="ellipsis")
        self._live.update(Padding(line, (1, 0, 0, 2)), refresh=True)

    def _say(self, what: Text | Table) -> None:
        self._console.print(Padding(what, EDGE, expand=False))

    def steps(self, number: str, steps: Iterable[tuple[str, float]]) -> None:
        """What happened to the number, and when."""
        self._live.stop()
        self._say(Text.assemble("Số ", (number, NOW), " từ lúc gọi đến lúc đánh giá"))
        table = Table.grid(padding=(0, 2))
        table.add_column(justify="right", no_wrap=True)
        table.add_column(no_wrap=True)
        table.add_column(style=QUIET, no_wrap=True)
        for name, ms in steps:
            table.add_row(f"{ms:8.1f} ms", STEP_NAMES.get(name, name), name)
        self._say(table)
        self._console.print()

    def left(self, out: Path, names: Iterable[str]) -> None:
        """Where the artefacts are."""
        self._say(Text.assemble("Kết quả trong ", (f"{out}/", "cyan")))
        self._say(Text("  ".join(names), QUIET))
        self._console.print()

    def end(self, tally: Tally, journal: Verdict) -> None:
        """How the demo ended."""
        self._live.stop()
        self._console.print()
        self._say(Text(f"Đã dừng.  {tally.sentence}"))
        good = f"Nhật ký nguyên vẹn: {journal.head.seq} sự kiện.  The journal is whole."
        self._say(Text(good if journal.good else journal.sentence, QUIET))
        self._console.print()


def clock_sentences(starts_at: datetime | None) -> tuple[str, str]:
    """Which time it is in the hall, when it is not the real one."""
    if starts_at is None:
        return "Trung tâm đang mở cửa: đồng hồ là giờ thật.", "The hall is open: its clock is right."
    return (
        f"Đồng hồ tập huấn: bắt đầu lúc {time_vi(starts_at)}, {date_vi(starts_at)}.",
        "Training clock: screens and tickets say so.",
    )
