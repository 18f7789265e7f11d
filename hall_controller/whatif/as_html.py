"""The answer as one page of A4 in Vietnamese, with a plot, and a place to sign.

Belongs here: what goes where. Never here: a word of the answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined

from hall_controller.domain.catalogue import VIETNAM
from hall_controller.reports.plots import Mark, Series, plot
from hall_controller.whatif import wording

if TYPE_CHECKING:
    from datetime import datetime

    from hall_controller.whatif.comparison import Answer


def page(answer: Answer, made_at: datetime, style: str) -> str:
    """The page, with the text of a style sheet in it."""
    templates = Environment(
        loader=PackageLoader("hall_controller.whatif", "pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    question = answer.question
    return templates.get_template("whatif.html").render(
        style=style,
        hall=question.before.name.vi,
        title=wording.title(question.change, question.before),
        first_day=question.days[0].day,
        last_day=question.days[-1].day,
        answer=answer,
        training=wording.training(answer),
        headline=wording.headline(answer),
        heads=wording.HEADS,
        rows=wording.rows(answer),
        calibration=wording.calibration(answer),
        formula=wording.formula(answer),
        limits=wording.limits(answer),
        plot=_plot(answer),
        made_at=made_at.astimezone(VIETNAM),
    )


def _plot(answer: Answer) -> str:
    """Mean waits by half hour: measured, as it was, changed."""
    halves = sorted(answer.means_measured.keys() | answer.means_before.keys() | answer.means_after.keys())
    series = (
        Series("đo được", tuple(answer.means_measured.get(half) for half in halves)),
        Series("diễn lại như cũ", tuple(answer.means_before.get(half) for half in halves), line=True),
        Series("sau thay đổi", tuple(answer.means_after.get(half) for half in halves), line=True),
    )
    marks = [Mark("30 phút (2022)", 30), Mark("15 phút (2025)", 15)]
    labels = [wording.clock(half) for half in halves]
    return plot("Thời gian chờ bình quân theo nửa giờ lấy số", "phút", labels, series, marks)
