"""Every sum is made in two ways where there are two; where they do not meet, the report says so and corrects nothing.

Belongs here: which numbers must agree. Never here: which of two is the right one.
"""

from __future__ import annotations

from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from hall_controller.domain.catalogue import Text
from hall_controller.reports.imports import LATE_DOSSIER, PART, PRINTED
from hall_controller.reports.table import Check

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from hall_controller.reports.imports import Imported, Imports
    from hall_controller.reports.period import Period
    from hall_controller.reports.table import Figure


def checks(period: Period, imports: Imports, figures: Mapping[str, Figure]) -> tuple[Check, ...]:
    """Contradictions first, each kind in the order of its source."""
    found = [
        *_within(period, figures),
        *_printed(imports, figures),
        *_parts(imports),
        *_late_dossiers(imports),
        *_late_count(imports, figures),
    ]
    return tuple(sorted(found, key=lambda check: check.right))


def _within(period: Period, figures: Mapping[str, Figure]) -> Iterator[Check]:
    """The journal against itself, and against the hall's opening rules."""
    became = sum(n for key, n in period.whole.tickets.items() if key.what in ("served", "no_show", "left"))
    yield _check(
        Text(
            "Số đã cấp = đã phục vụ + không đến + khác", "Numbers given out = served + did not come + other"
        ),
        became,
        figures["in_person"].value or 0,
    )
    given = sum(n for key, n in period.whole.given.items() if key.what == "issued")
    yield _check(
        Text("Số đã cấp theo giờ = số đã cấp theo lĩnh vực", "Numbers by hour of the day = numbers by field"),
        given,
        figures["in_person"].value or 0,
    )
    if period.catalogue is not None:
        recorded = set(period.by_day)
        yield _check(
            Text(
                "Ngày mở cửa theo quy định đều có trong nhật ký", "Days open by the rules are in the journal"
            ),
            len([day for day in period.open_days() if day in recorded]),
            len(period.open_days()),
        )


def _printed(imports: Imports, figures: Mapping[str, Figure]) -> Iterator[Check]:
    """Numbers that were printed against the figures of this report, as exactly as they were printed."""
    for line in imports.of(PRINTED):
        figure = figures.get(line.name)
        if figure is None or figure.value is None:
            continue
        value = Decimal(str(figure.value)) * (100 if figure.kind == "share" else 1)
        exponent = line.count.as_tuple().exponent
        places = Decimal(1).scaleb(min(0, int(exponent)))
        found = value.quantize(places, ROUND_HALF_UP)
        title = figure.title
        yield _check(
            Text(f"{title.vi}: số đã công bố", f"{title.en}: as printed"),
            float(line.count),
            float(found),
            Text(f"dòng {line.line} của tệp nhập", f"line {line.line} of the imports"),
        )


def _parts(imports: Imports) -> Iterator[Check]:
    """Printed sums against the sum of their printed parts."""
    parts: defaultdict[str, list[Imported]] = defaultdict(list)
    for line in imports.of(PART):
        parts[line.name].append(line)
    for line in imports.of(PRINTED):
        of = parts.get(line.name)
        if of:
            terms = " + ".join(f"{part.count:f}" for part in of)
            yield _check(
                Text(line.name, line.name),
                float(line.count),
                float(sum(part.count for part in of)),
                Text(f"các phần: {terms}", f"its parts: {terms}"),
            )


def _late_dossiers(imports: Imports) -> Iterator[Check]:
    """Days late as printed, against the two dates."""
    for line in imports.of(LATE_DOSSIER):
        yield _check(
            Text(f"{line.name}: số ngày trễ hạn", f"{line.name}: days late"),
            float(line.count),
            (line.last_day - line.first_day).days,
            Text(
                f"hẹn trả {line.first_day:%d/%m/%Y}, trả ngày {line.last_day:%d/%m/%Y}",
                f"due {line.first_day}, settled {line.last_day}",
            ),
        )


def _late_count(imports: Imports, figures: Mapping[str, Figure]) -> Iterator[Check]:
    listed, late = imports.of(LATE_DOSSIER), figures["late"].value
    if listed and late is not None:
        yield _check(
            Text("Hồ sơ trễ hạn được liệt kê từng hồ sơ", "Late dossiers that are listed one by one"),
            len(listed),
            late,
        )


def _check(about: Text, told: float, found: float, why: Text | None = None) -> Check:
    return Check(about, told, found, told == found, why or Text("", ""))
