"""The report as a page in Vietnamese, with plots, that a browser prints on A4.

No script and no inline style: served by the controller it links a style sheet (its pages allow nothing else), as a file
it brings the same sheet along.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from jinja2 import Environment, PackageLoader, StrictUndefined

from hall_controller.domain.catalogue import VIETNAM
from hall_controller.reports.formats import spelled
from hall_controller.reports.pictures import Picture, pictures
from hall_controller.reports.table import NUMBERS

if TYPE_CHECKING:
    from hall_controller.reports.table import Report, Table

LOUD: Final = (
    "received",
    "in_person",
    "per_day",
    "share_online",
    "in_person_per_weekday",
    "days_open",
    "wait_p90",
    "response",
)
"""The figures that stand large on the first page."""
STYLE_ADDRESS: Final = "/static/report.css"


@dataclass(frozen=True, slots=True)
class _Cell:
    text: str
    number: bool


@dataclass(frozen=True, slots=True)
class _Part:
    """A table as it stands on paper, with the plots before it."""

    table: Table
    heads: tuple[_Cell, ...]
    rows: tuple[tuple[_Cell, ...], ...]
    pictures: tuple[Picture, ...]

    @property
    def wide(self) -> bool:
        return len(self.heads) > 9  # noqa: PLR2004 - more do not stand upright at that size


def page(report: Report, style: str = "") -> str:
    """The page; with the text of a style sheet in it, or else a link to the controller's."""
    templates = Environment(
        loader=PackageLoader("hall_controller.reports.formats", "pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    drawn = pictures(report)
    return templates.get_template("report.html").render(
        report=report,
        style=style,
        style_address=STYLE_ADDRESS,
        made_at=report.made_at.astimezone(VIETNAM),
        loud=[report.figures[name] for name in LOUD],
        parts=[_part(table, drawn) for table in report.tables if not table.detail and table.rows],
        empty=[table for table in report.tables if not table.detail and not table.rows],
        figure=spelled.figure,
        plain=spelled.plain,
    )


def _part(table: Table, drawn: tuple[Picture, ...]) -> _Part:
    places = [n for n, column in enumerate(table.columns) if column.kind != "id"]
    number = {n: table.columns[n].kind in NUMBERS for n in places}
    return _Part(
        table,
        tuple(_Cell(table.columns[n].title.vi, number[n]) for n in places),
        tuple(
            tuple(_Cell(spelled.cell(row[n], table.columns[n]), number[n]) for n in places)
            for row in table.rows
        ),
        tuple(picture for picture in drawn if picture.table == table.id),
    )
