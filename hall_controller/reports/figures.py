"""The numbers that people know a report by, each with its name for ever: 267.2 dossiers a day, 33.4 % online.

Belongs here: how each is worked out of the days and the imported counts. Never here: whether somebody printed another
number (`checks`).
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from hall_controller.domain.catalogue import Text
from hall_controller.reports import minutes
from hall_controller.reports.satisfaction import is_satisfied, wilson
from hall_controller.reports.table import Figure, Kind

if TYPE_CHECKING:
    from hall_controller.reports.imports import Imports
    from hall_controller.reports.period import Period

Value = float | None

# name | Vietnamese | English | kind | decimals
_TITLES: Final = """
days_listed | Số ngày thứ Hai - thứ Bảy, trừ ngày lễ | Mondays to Saturdays that are no holidays | count | 0
days_open | Số ngày thực mở cửa | Days really open | count | 0
weekdays_open | Trong đó ngày thường | Of these weekdays | count | 0
saturdays_open | Trong đó thứ Bảy | Of these Saturdays | count | 0
received | Tổng tiếp nhận qua các kênh | Received through all channels | count | 0
in_person | Trực tiếp (số đã cấp, đo được) | In person (numbers given out, measured) | count | 0
online | Trực tuyến (nhập) | Online (imported) | count | 0
post | Bưu chính (nhập) | By post (imported) | count | 0
per_day | Bình quân tiếp nhận một ngày (theo số ngày trừ lễ) | Received per day (of those without holidays) | number | 1
share_online | Tỷ lệ trực tuyến | Share online | share | 1
share_post | Tỷ lệ qua bưu chính | Share by post | share | 1
in_person_per_weekday | Trực tiếp bình quân một ngày thường | In person per open weekday | number | 1
in_person_per_saturday | Trực tiếp bình quân một thứ Bảy | In person per open Saturday | number | 1
saturday_received | Tiếp nhận ngày thứ Bảy, mọi kênh | Received on Saturdays, all channels | count | 0
saturday_in_person | Trực tiếp ngày thứ Bảy | In person on Saturdays | count | 0
saturday_online | Trực tuyến ngày thứ Bảy | Online on Saturdays | count | 0
saturday_post | Bưu chính ngày thứ Bảy | By post on Saturdays | count | 0
saturday_agencies | Số cơ quan có khách ngày thứ Bảy | Agencies with visitors on Saturdays | count | 0
to_settle | Hồ sơ phải giải quyết | Dossiers to settle | count | 0
settled | Đã giải quyết | Settled | count | 0
early | Trước hạn | Early | count | 0
on_time | Đúng hạn | On time | count | 0
late | Trễ hạn | Late | count | 0
open | Đang giải quyết | Still open | count | 0
share_early | Tỷ lệ trước hạn | Share early | share | 3
share_on_time | Tỷ lệ đúng hạn | Share on time | share | 3
share_late | Tỷ lệ trễ hạn | Share late | share | 3
home_delivery | Đăng ký nhận kết quả tại nhà | Results to be delivered home | count | 0
moved | Bưu chính chuyển đến cơ quan | Moved to agencies by post | count | 0
post_total | Tổng qua bưu chính: chuyển, nhận, trả tại nhà | Post in all: moved, received, delivered | count | 0
ratings | Lượt đánh giá | Ratings | count | 0
response | Tỷ lệ khách đánh giá | Share of visitors who rated | share | 1
satisfied | Hài lòng | Satisfied | share | 3
not_satisfied_upper | Không hài lòng, cận trên 95 % | Not satisfied, upper bound 95 % | share | 3
low_volume_received | Cơ quan ít khách: tổng | Agencies with few visitors: all | count | 0
low_volume_in_person | Cơ quan ít khách: trực tiếp | Agencies with few visitors: in person | count | 0
low_volume_online | Cơ quan ít khách: trực tuyến | Agencies with few visitors: online | count | 0
low_volume_post | Cơ quan ít khách: bưu chính | Agencies with few visitors: by post | count | 0
wait_p50 | Thời gian chờ, trung vị | Wait, median | minutes | 0
wait_p90 | Thời gian chờ, 9/10 khách không quá | Wait of nine in ten at most | minutes | 0
share_over_15 | Chờ quá 15 phút | Waited over 15 minutes | share | 1
share_over_30 | Chờ quá 30 phút | Waited over 30 minutes | share | 1
no_shows | Không đến khi được gọi | Did not come when called | count | 0
"""
NAMES: Final = tuple(line.split("|")[0].strip() for line in _TITLES.strip().splitlines())
"""What a file of imports may say was printed."""


def figures(period: Period, imports: Imports) -> dict[str, Figure]:
    """Every figure, in the order of a report; None where something is not known."""
    values = _days(period) | _channels(period, imports) | _settlement(imports) | _ratings(period)
    values |= _low_volume(period, imports) | _waits(period)
    found = {}
    for line in _TITLES.strip().splitlines():
        name, vi, en, kind, digits = (cell.strip() for cell in line.split("|"))
        found[name] = Figure(Text(vi, en), values[name], _kind(kind), int(digits))
    return found


def low_volume(period: Period) -> list[str]:
    """Agencies with fewer visitors than open days, fewest first, and those with none: candidates for one counter."""
    days = len(period.open_days())
    catalogue = period.catalogue
    of = Counter(dict.fromkeys(catalogue.agencies if catalogue else (), 0))
    for key, count in period.visits.items():
        of[key.agency] += count
    return [agency for agency, count in sorted(of.items(), key=lambda item: item[1]) if count < days]


def _kind(text: str) -> Kind:
    kinds: dict[str, Kind] = {"count": "count", "number": "number", "share": "share", "minutes": "minutes"}
    return kinds[text]


def _days(period: Period) -> dict[str, Value]:
    listed, opened = period.listed_days(), period.open_days()
    saturdays = sum(period.saturday(day) for day in opened)
    return {
        "days_listed": len(listed) if listed is not None else None,
        "days_open": len(opened),
        "weekdays_open": len(opened) - saturdays,
        "saturdays_open": saturdays,
    }


def _channels(period: Period, imports: Imports) -> dict[str, Value]:
    days = _days(period)
    saturday = sum(count for key, count in period.visits.items() if key.saturday)
    in_person = period.whole.visits
    online, post = imports.total("online"), imports.total("post")
    received = _sum(in_person, online, post)
    on_saturdays = [imports.total(channel, "saturdays") for channel in ("online", "post")]
    return {
        "in_person": in_person,
        "online": online,
        "post": post,
        "received": received,
        "per_day": _per(received, days["days_listed"]),
        "share_online": _per(online, received),
        "share_post": _per(post, received),
        "in_person_per_weekday": _per(in_person - saturday, days["weekdays_open"]),
        "in_person_per_saturday": _per(saturday, days["saturdays_open"]),
        "saturday_in_person": saturday,
        "saturday_online": on_saturdays[0],
        "saturday_post": on_saturdays[1],
        "saturday_received": _sum(saturday, *on_saturdays),
        "saturday_agencies": sum(1 for key, count in period.visits.items() if key.saturday and count),
    }


def _settlement(imports: Imports) -> dict[str, Value]:
    early, on_time, late = (imports.total(figure) for figure in ("early", "on_time", "late"))
    settled, still_open = _sum(early, on_time, late), imports.total("open")
    moved, post, home = (imports.total(figure) for figure in ("moved", "post", "home_delivery"))
    return {
        "early": early,
        "on_time": on_time,
        "late": late,
        "settled": settled,
        "open": still_open,
        "to_settle": _sum(settled, still_open),
        "share_early": _per(early, settled),
        "share_on_time": _per(on_time, settled),
        "share_late": _per(late, settled),
        "home_delivery": home,
        "moved": moved,
        "post_total": _sum(moved, post, home),
    }


def _ratings(period: Period) -> dict[str, Value]:
    scores = period.whole.scores
    answered = sum(scores.values())
    satisfied = sum(n for key, n in scores.items() if is_satisfied(key.score, key.levels))
    return {
        "ratings": answered,
        "response": _per(answered, period.whole.visits),
        "satisfied": _per(satisfied, answered),
        "not_satisfied_upper": wilson(answered - satisfied, answered).high if answered else None,
    }


def _low_volume(period: Period, imports: Imports) -> dict[str, Value]:
    agencies = low_volume(period)
    visits: Counter[str] = Counter()
    for key, count in period.visits.items():
        visits[key.agency] += count
    in_person = sum(visits[agency] for agency in agencies)
    online, post = (
        _sum(*(imports.total(channel, agency=agency) for agency in agencies)) if agencies else None
        for channel in ("online", "post")
    )
    return {
        "low_volume_in_person": in_person,
        "low_volume_online": online,
        "low_volume_post": post,
        "low_volume_received": _sum(in_person, online, post),
    }


def _waits(period: Period) -> dict[str, Value]:
    counts: Counter[int] = Counter()
    for wait, count in period.whole.waits.items():
        counts[wait.minutes] += count
    return {
        "wait_p50": minutes.percentile(counts, 0.5),
        "wait_p90": minutes.percentile(counts, 0.9),
        "share_over_15": minutes.share_over(counts, 15),
        "share_over_30": minutes.share_over(counts, 30),
        "no_shows": sum(n for ticket, n in period.whole.tickets.items() if ticket.what == "no_show"),
    }


def _sum(*parts: int | None) -> int | None:
    """The sum; unknown when a part is."""
    known = [part for part in parts if part is not None]
    return sum(known) if len(known) == len(parts) else None


def _per(part: float | None, whole: float | None) -> float | None:
    return part / whole if part is not None and whole else None
