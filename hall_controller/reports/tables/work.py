"""Counters and officers: how long they were open, paused and busy, and who stood in for whom.

Officers are told by their ids: a name stands elsewhere, in a table that can forget.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final

from hall_controller.domain.catalogue import Text
from hall_controller.reports.table import Table
from hall_controller.reports.tables.sources import Sources, codes, column, share

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from hall_controller.reports.day_summary import Desk
    from hall_controller.reports.table import Cell

HOUR_MS: Final = 3_600_000
MINUTE_MS: Final = 60_000
NOTE: Final = Text(
    "Tải: thời gian có khách trên thời gian mở quầy. Tạm dừng gồm cả nghỉ trưa khi quầy không đóng.",
    "Load: time with a visitor of the time open. Pauses hold the lunch break too, where a counter was not closed.",
)
_COLUMNS: Final = (
    column("calls", "Lượt gọi", "Calls", "count"),
    column("served", "Phục vụ", "Served", "count"),
    column("missed", "Không đến", "Missed", "count"),
    column("open_h", "Giờ mở", "Hours open", "hours"),
    column("busy_h", "Giờ có khách", "Hours busy", "hours"),
    column("idle_h", "Giờ rảnh", "Hours idle", "hours"),
    column("paused_h", "Giờ tạm dừng", "Hours paused", "hours"),
    column("pauses", "Lần tạm dừng", "Pauses", "count"),
    column("load", "Tải", "Load", "share"),
    column("minutes_each", "Phút mỗi lượt gọi", "Minutes a call", "number"),
)


def tables(sources: Sources) -> list[Table]:
    return [counters(sources), officers(sources), stand_ins(sources), bells(sources)]


def counters(sources: Sources) -> Table:
    rows = [
        (counter, sources.names.counter(counter), *_cells(of))
        for counter, of in _by(sources, lambda desk: desk.counter).items()
    ]
    known = {str(row[0]) for row in rows}
    places = sources.period.catalogue.counters if sources.period.catalogue else {}
    idle = [(id_, places[id_].name, *_cells({})) for id_ in places if id_ not in known]
    order = {id_: place for place, id_ in enumerate(places)}
    return Table(
        "counters",
        Text("Quầy", "Counters"),
        (column("counter", "Mã", "Id", "id"), column("name", "Quầy", "Counter"), *_COLUMNS),
        tuple(sorted([*rows, *idle], key=lambda row: (order.get(str(row[0]), len(order)), str(row[0])))),
        (NOTE,),
    )


def officers(sources: Sources) -> Table:
    rows = [
        (officer or "-", *_cells(of))
        for officer, of in sorted(_by(sources, lambda desk: desk.officer).items())
    ]
    return Table(
        "officers",
        Text("Cán bộ", "Officers"),
        (column("officer", "Cán bộ", "Officer"), *_COLUMNS),
        tuple(rows),
        (NOTE, *codes(rows)),
        detail=True,
    )


def stand_ins(sources: Sources) -> Table:
    """Who received visitors of another agency; the one ticket and day is told by `hall explain`."""
    names = sources.names
    found = sources.period.whole.stand_ins
    rows = [
        (names.counter(k.counter), names.agency(k.agency), names.agency(k.staffing), k.officer, k.decision, n)
        for k, n in sorted(found.items(), key=lambda item: (-item[1], item[0]))
    ]
    return Table(
        "stand_ins",
        Text("Tiếp nhận thay cơ quan khác", "Received on behalf of another agency"),
        (
            column("counter", "Quầy", "Counter"),
            column("agency", "Cơ quan", "Agency"),
            column("staffing", "Người của", "Staff of"),
            column("officer", "Cán bộ", "Officer"),
            column("decision", "Quyết định", "Decision"),
            column("visits", "Lượt gọi", "Calls", "count"),
        ),
        tuple(rows),
        (
            Text(
                "Ai đã tiếp nhận một số cụ thể: hall explain --journal … SỐ --day NGÀY.",
                "Who received one number: hall explain --journal … NUMBER --day DATE.",
            ),
            *codes(rows, 3),
        ),
    )


def bells(sources: Sources) -> Table:
    whole = sources.period.whole.happenings
    counters_ = sorted({key.whom for key in whole if key.what in ("bell_rings", "bells")})
    of = {(key.what, key.whom): count for key, count in whole.items()}
    rows: list[tuple[Cell, ...]] = []
    for counter in counters_:
        answered = of.get(("bells", counter), 0)
        response_ms = of.get(("bell_response_ms", counter), 0)
        rows.append(
            (
                sources.names.counter(counter),
                of.get(("bell_rings", counter), 0),
                answered,
                response_ms / answered / MINUTE_MS if answered else None,
            )
        )
    return Table(
        "bells",
        Text("Chuông gọi cán bộ", "Bells for the back office"),
        (
            column("counter", "Quầy", "Counter"),
            column("rings", "Lần rung", "Rings", "count"),
            column("answered", "Có người đến", "Answered", "count"),
            column("response_min", "Phút chờ bình quân", "Mean minutes", "number"),
        ),
        tuple(rows),
    )


def _by(sources: Sources, key: Callable[[Desk], str]) -> dict[str, Counter[str]]:
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for desk, count in sources.period.whole.desks.items():
        found[key(desk)][desk.what] += count
    return found


def _cells(of: Mapping[str, int]) -> tuple[Cell, ...]:
    open_ms, busy_ms = of.get("open_ms", 0), of.get("busy_ms", 0)
    return (
        of.get("calls", 0),
        of.get("served", 0),
        of.get("missed", 0),
        open_ms / HOUR_MS,
        busy_ms / HOUR_MS,
        max(0, open_ms - busy_ms) / HOUR_MS,
        of.get("paused_ms", 0) / HOUR_MS,
        of.get("pauses", 0),
        share(busy_ms, open_ms),
        busy_ms / of["calls"] / MINUTE_MS if of.get("calls") else None,
    )
