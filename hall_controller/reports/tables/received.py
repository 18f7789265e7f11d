"""What was received, through which channel: by agency, by field and purpose, day by day.

In person is measured: a number that was given out. Online and post are imported, and empty where they were not.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from hall_controller.domain.catalogue import Text
from hall_controller.reports.table import Table
from hall_controller.reports.tables.sources import ALL, NOT_TOLD, Sources, column, plus, share, sum_row

if TYPE_CHECKING:
    from hall_controller.reports.table import Cell

PURPOSES: Final = ("submit", "collect", "guidance")
MEASURED: Final = Text(
    "Trực tiếp: số thứ tự đã cấp cho khách, mọi mục đích đến. Trực tuyến, bưu chính: số liệu nhập.",
    "In person: numbers given out, whatever visitors came for. Online and post: imported.",
)


def tables(sources: Sources) -> list[Table]:
    return [agencies(sources), fields(sources), saturdays(sources), days(sources)]


def agencies(sources: Sources) -> Table:
    """Every agency of the hall, most received first."""
    period, imports = sources.period, sources.imports
    in_person: Counter[str] = Counter()
    for key, count in period.visits.items():
        in_person[key.agency] += count
    known = set(in_person) | set(period.catalogue.agencies if period.catalogue else ())
    known |= {line.agency for line in imports.lines if line.figure in ("online", "post")}
    rows: list[tuple[Cell, ...]] = []
    for agency in known:
        online, post = (_imported(sources, channel, agency) for channel in ("online", "post"))
        visits = in_person[agency] if agency else None
        title = sources.names.agency(agency) if agency else NOT_TOLD
        rows.append((agency, title, visits, online, post, plus(visits, online, post)))
    rows.sort(key=lambda row: (row[0] == "", -int(str(row[5] or 0)), str(row[0])))
    total = sum_row("", rows, lambda place: place > 1)
    rows = [*rows, (total[0], ALL, *total[2:])] if rows else []
    whole = rows[-1][-1] if rows else None
    rows = [(*row, share(_int(row[-1]), _int(whole))) for row in rows]
    return Table(
        "agencies",
        Text("Tiếp nhận theo cơ quan", "Received by agency"),
        (
            column("agency", "Mã", "Id", "id"),
            column("name", "Cơ quan", "Agency"),
            column("in_person", "Trực tiếp", "In person", "count"),
            column("online", "Trực tuyến", "Online", "count"),
            column("post", "Bưu chính", "Post", "count"),
            column("total", "Tổng", "Total", "count"),
            column("share", "Tỷ lệ", "Share", "share"),
        ),
        tuple(rows),
        (MEASURED,),
        last_is_sum=bool(rows),
    )


def fields(sources: Sources) -> Table:
    """Every field of work, by the reasons for which visitors came."""
    period = sources.period
    counts: Counter[tuple[str, str, str]] = Counter()
    for ticket, count in period.whole.tickets.items():
        if ticket.what == "issued":
            agency = period.agency_of(ticket.agency, ticket.service)
            counts[agency, ticket.service, ticket.purpose] += count
    slips = Counter({k.whom: n for k, n in period.whole.happenings.items() if k.what == "slips"})
    online = sources.imports.by_service("online")
    known = {(agency, service) for agency, service, _ in counts}
    known |= {(agency, service) for agency, service in online if service}
    if period.catalogue is not None:
        known |= {(service.agency, service.id) for service in period.catalogue.services.values()}
    rows: list[tuple[Cell, ...]] = []
    for agency, service in sorted(known):
        of = [counts[agency, service, purpose] for purpose in PURPOSES]
        every = sum(n for (a, s, _), n in counts.items() if (a, s) == (agency, service))
        told = online.get((agency, service))
        name = sources.names.service(service)
        rows.append(
            (service, name, sources.names.agency(agency), *of, every - sum(of), every, told, slips[service])
        )
    total = sum_row("", rows, lambda place: place > 2)  # noqa: PLR2004 - the names
    return Table(
        "fields",
        Text("Khách đến theo lĩnh vực và mục đích", "Visitors by field and purpose"),
        (
            column("service", "Mã", "Id", "id"),
            column("name", "Lĩnh vực", "Field"),
            column("agency", "Cơ quan", "Agency"),
            column("submit", "Nộp hồ sơ", "Submit", "count"),
            column("collect", "Nhận kết quả", "Collect", "count"),
            column("guidance", "Hướng dẫn", "Guidance", "count"),
            column("other", "Khác", "Other", "count"),
            column("in_person", "Cộng trực tiếp", "In person", "count"),
            column("online", "Trực tuyến", "Online", "count"),
            column("slips", "Phiếu hướng dẫn trực tuyến", "Slips to the portal", "count"),
        ),
        (*rows, (total[0], ALL, *total[2:])) if rows else (),
        (MEASURED,),
        last_is_sum=bool(rows),
    )


def saturdays(sources: Sources) -> Table:
    """Agencies that are open on Saturdays, or had visitors then."""
    period = sources.period
    opened = [day for day in period.open_days() if period.saturday(day)]
    offering = Counter(agency for day in opened for agency in set(period.open_agencies(day)))
    visits = Counter({key.agency: n for key, n in period.visits.items() if key.saturday})
    known = sorted({*offering, *visits}, key=lambda agency: (-visits[agency], agency))
    rows: list[tuple[Cell, ...]] = [
        (
            agency,
            sources.names.agency(agency),
            offering[agency] or None,
            visits[agency],
            share(visits[agency], offering[agency]),
        )
        for agency in known
    ]
    total = (len(opened), visits.total(), share(visits.total(), len(opened)))
    return Table(
        "saturdays",
        Text("Ngày thứ Bảy", "Saturdays"),
        (
            column("agency", "Mã", "Id", "id"),
            column("name", "Cơ quan", "Agency"),
            column("days_open", "Số thứ Bảy mở cửa", "Saturdays open", "count"),
            column("in_person", "Trực tiếp", "In person", "count"),
            column("per_day", "Bình quân", "Per Saturday", "number"),
        ),
        (*rows, ("", ALL, *total)) if rows else (),
        (
            Text(
                "Một ngày chỉ tính cho lĩnh vực có mở cửa trong ngày đó.",
                "A day counts for a field only if that field was open.",
            ),
        ),
        last_is_sum=bool(rows),
    )


def days(sources: Sources) -> Table:
    """Every day that was open or had visitors."""
    period = sources.period
    opened = set(period.open_days())
    rows = tuple(
        (day, period.saturday(day), day in opened, day in period.by_day, period.by_day.get(day, 0))
        for day in sorted(opened | {day for day, count in period.by_day.items() if count})
    )
    return Table(
        "days",
        Text("Từng ngày", "Day by day"),
        (
            column("day", "Ngày", "Day", "day"),
            column("saturday", "Thứ Bảy", "Saturday", "yes"),
            column("open", "Mở cửa", "Open", "yes"),
            column("recorded", "Có trong nhật ký", "In the journal", "yes"),
            column("in_person", "Trực tiếp", "In person", "count"),
        ),
        rows,
        detail=True,
    )


def _imported(sources: Sources, channel: str, agency: str) -> int | None:
    """The agency's count; None where nobody told one for it."""
    told = any(line.figure == channel and line.agency == agency for line in sources.imports.lines)
    return sources.imports.total(channel, agency=agency) if told else None


def _int(cell: Cell) -> int | None:
    return cell if isinstance(cell, int) else None
