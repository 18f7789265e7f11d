"""What a director reads: the question, the answer, how far it can be trusted, and its limits, in plain Vietnamese.

Sentences and cells only; where they stand is said in `as_text` and `as_html`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from hall_controller.reports.formats.spelled import number

if TYPE_CHECKING:
    from hall_controller.domain.catalogue import Catalogue
    from hall_controller.whatif.change import Change
    from hall_controller.whatif.comparison import Answer, Formula, Span

MEASURES: Final = {
    "p50": "Một nửa số khách chờ không quá (p50, phút)",
    "p90": "9/10 khách chờ không quá (p90, phút)",
    "mean": "Chờ bình quân (phút)",
    "over_15": "Khách chờ quá 15 phút",
    "over_30": "Khách chờ quá 30 phút",
    "by_closing": "Được gọi trước giờ đóng cửa",
}
MINUTES: Final = frozenset({"p50", "p90", "mean"})
HEADS: Final = ("", "Đo được", "Diễn lại như cũ", "Sau thay đổi", "Chênh lệch")
UNSURE_SEEDS: Final = 10
UNUSUAL: Final = ", nên những ngày này không giống mức thường gặp"
MINUS: Final = "\N{MINUS SIGN}"


class Row(NamedTuple):
    """A measure as it stands on paper: its name and, of each column, the value and the interval beneath it."""

    name: str
    cells: tuple[tuple[str, str], ...]


def title(change: Change, hall: Catalogue) -> str:
    """What is tried."""
    queues = " và ".join(hall.queues[queue].name.vi for queue in change.queues)
    parts = []
    if change.counters:
        parts.append(f"{'thêm' if change.counters > 0 else 'bớt'} {abs(change.counters)} quầy")
    if change.pooled:
        parts.append("gộp các hàng chờ")
    if change.opening:
        parts.append(f"mở cửa {change.opening.replace(',', ' và ')}")
    if change.profiles:
        parts.append("đổi thứ tự gọi của quầy " + ", ".join(typed.split("=")[0] for typed in change.profiles))
    return f"Nếu {', '.join(parts) or 'không đổi gì'}: {queues}"


def headline(answer: Answer) -> str:
    """The answer in one sentence, or why there is none."""
    before, after = answer.before, answer.after
    if not answer.calibrated:
        return (
            "Chưa nên dựa vào kết quả này: diễn lại những ngày đã ghi không cho ra thời gian chờ đã đo được "
            "(xem bảng). Có thể có quầy làm việc mà không bấm phím, hoặc tệp cấu hình không phải của những ngày ấy."
        )
    gained = answer.gained["mean"]
    if gained.low <= 0 <= gained.high:
        return (
            f"Thay đổi này không làm thời gian chờ khác đi rõ rệt: bình quân {_plain(before['mean'].middle)} phút "
            f"như cũ và {_plain(after['mean'].middle)} phút sau thay đổi, trong khoảng sai số của cách tính."
        )
    turn, to = ("giảm từ", "xuống") if gained.middle > 0 else ("tăng từ", "lên")
    return (
        f"Thời gian chờ bình quân {turn} {_plain(before['mean'].middle)} phút {to} "
        f"{_plain(after['mean'].middle)} phút; 9/10 khách được gọi trong {_plain(after['p90'].middle)} phút "
        f"thay vì {_plain(before['p90'].middle)} phút; khách phải chờ quá 30 phút: "
        f"{_share(after['over_30'].middle)} thay vì {_share(before['over_30'].middle)}."
    )


def calibration(answer: Answer) -> str:
    """Whether the replay comes to what was measured."""
    told, span, own = answer.measured["mean"], answer.before["mean"], answer.own["mean"]
    verdict = "khớp" if answer.calibrated else "KHÔNG khớp"
    return (
        f"Kiểm chứng, chờ bình quân: đo được {_plain(told)} phút; diễn lại như cũ với đúng thời gian tại quầy đã ghi "
        f"{_plain(own)} phút: {verdict}; với thời gian rút ngẫu nhiên {_plain(span.middle)} phút "
        f"({_plain(span.low)} đến {_plain(span.high)}){'' if answer.usual else UNUSUAL}."
    )


def formula(answer: Answer) -> str:
    """The formula beside it, and why a day that starts empty waits less."""
    before, after = answer.formula_before, answer.formula_after
    same = before == after
    return (
        f"Đối chiếu công thức Erlang C ({number(answer.per_hour, 'number', 1)} khách mỗi giờ, mỗi khách "
        f"{number(answer.service_min, 'number', 1)} phút, kể cả các hàng chung quầy): {_formula(before)}"
        + ("" if same else f"; {_formula(after)}")
        + ". Công thức coi khách đến đều và mãi không nghỉ. Buổi thật bắt đầu khi chưa có ai chờ, nên khi tải gần 1"
        " khách chờ ít hơn công thức; giờ cao điểm thì làm khách chờ nhiều hơn."
    )


def limits(answer: Answer) -> tuple[str, str, str]:
    """Method and limits, three lines."""
    question = answer.question
    seeds = question.seeds
    left_out = f" {answer.gave_up} khách bỏ về trước khi được gọi không được tính." if answer.gave_up else ""
    unsure = "; quá ít để tin vào khoảng" if seeds < UNSURE_SEEDS else ""
    how = (
        f"Cách làm: {len(question.days)} ngày đã ghi được diễn lại {seeds} lần bằng chính quy tắc gọi số của hệ thống; "
        "khách đến đúng lúc, đúng việc như đã ghi; thời gian tại quầy rút ngẫu nhiên từ thời gian đo được của cùng "
        "lĩnh vực."
    )
    interval = (
        f"Khoảng trong ngoặc chứa 9/10 số lần diễn lại{unsure}. Ai đến cuối ngày chưa được gọi thì tính là chờ đến giờ "
        f"đóng cửa.{left_out}"
    )
    unknown = (
        "Không tính được: chờ ngắn hơn có thể làm khách đến đông hơn hoặc đến giờ khác; quầy thêm được coi là làm "
        "nhanh và nghỉ như quầy đang có; thời gian làm thủ tục không đổi."
    )
    return how, interval, unknown


def rows(answer: Answer) -> list[Row]:
    """The table."""
    return [
        Row(
            name,
            (
                (_value(id_, answer.measured[id_]), ""),
                _cell(id_, answer.before[id_]),
                _cell(id_, answer.after[id_]),
                _gained(id_, answer.gained[id_]),
            ),
        )
        for id_, name in MEASURES.items()
    ]


def training(answer: Answer) -> bool:
    """Whether any of the days was simulated or for training."""
    return any(day.training for day in answer.question.days)


def clock(half_hour: int) -> str:
    """When a half hour begins.

    >>> clock(15)
    '07:30'
    """
    return f"{half_hour // 2:02}:{half_hour % 2 * 30:02}"


def _cell(id_: str, span: Span) -> tuple[str, str]:
    return _value(id_, span.middle), f"{_value(id_, span.low)} đến {_value(id_, span.high)}"


def _gained(id_: str, span: Span) -> tuple[str, str]:
    """Less waiting is shown as less: how the figure changes, and not what is gained; shares in points of per cent."""
    unit = "" if id_ in MINUTES else " điểm %"
    return f"{_signed(id_, -span.middle)}{unit}", f"{_signed(id_, -span.high)} đến {_signed(id_, -span.low)}"


def _signed(id_: str, value: float) -> str:
    size, digits = (abs(value), 1) if id_ in MINUTES else (100 * abs(value), 0)
    said = number(size, "number", digits)
    if said == number(0.0, "number", digits):
        return said
    return f"{'+' if value > 0 else MINUS}{said}"


def _value(id_: str, value: float) -> str:
    return number(value, "number", 1) if id_ in MINUTES else _share(value)


def _plain(minutes: float) -> str:
    return number(minutes, "number", 1 if minutes < 10 else 0)  # noqa: PLR2004 - a tenth of a minute says nothing above


def _share(value: float) -> str:
    return number(value, "share", 0)


def _formula(one: Formula) -> str:
    wait = one.mean_wait_min
    said = "hàng chỉ dài thêm" if wait is None else f"chờ bình quân {_plain(wait)} phút"
    return f"{one.counters} quầy, tải {number(one.load, 'number', 2)}: {said}"
