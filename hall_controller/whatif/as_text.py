"""The answer for a terminal: the sentences of the page, and its table in columns.

Belongs here: lines and widths. Never here: a word of the answer.
"""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING, Final

from hall_controller.whatif import wording

if TYPE_CHECKING:
    from hall_controller.whatif.comparison import Answer

WIDTH: Final = 110
GAP: Final = 2


def page(answer: Answer) -> str:
    """The whole answer, lines of at most 110 letters."""
    question = answer.question
    first, last = question.days[0].day, question.days[-1].day
    parts = [
        wording.title(question.change, question.before),
        f"{first:%d/%m/%Y} đến {last:%d/%m/%Y}: {len(question.days)} ngày, {answer.visitors} khách",
        *(["DỮ LIỆU TẬP HUẤN hoặc mô phỏng, không phải số đo thật."] if wording.training(answer) else []),
        "",
        fill(wording.headline(answer), WIDTH),
        "",
        *_table(answer),
        "",
    ]
    sentences = (wording.calibration(answer), wording.formula(answer), *wording.limits(answer))
    return "\n".join([*parts, *(fill(sentence, WIDTH) for sentence in sentences), ""])


def _table(answer: Answer) -> list[str]:
    lines = [wording.HEADS]
    for name, cells in wording.rows(answer):
        said = [f"{value} ({interval})" if interval else value for value, interval in cells]
        lines.append((name, *said))  # type: ignore[arg-type]  # as many cells as heads
    widths = [max(len(line[place]) for line in lines) for place in range(len(wording.HEADS))]
    return [
        (" " * GAP)
        .join(
            cell.ljust(width) if place == 0 else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(line, widths, strict=True))
        )
        .rstrip()
        for line in lines
    ]
