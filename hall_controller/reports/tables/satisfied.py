"""How satisfied visitors said they are: never a share without its response rate, its interval and its stage.

No single score of an officer: only whole calendar months that are over, in groups of five or more, so that asking for
one day more tells nobody's score.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Final

from hall_controller.domain.catalogue import Text
from hall_controller.reports.implausible import RARE, Count, implausible
from hall_controller.reports.satisfaction import GROUP, HEADLINE_STAGE, is_satisfied, wilson
from hall_controller.reports.table import Table
from hall_controller.reports.tables.sources import ALL, Sources, codes, column, share

if TYPE_CHECKING:
    from hall_controller.reports.period import OfMonth, Period
    from hall_controller.reports.table import Cell

STAGES: Final = ("collect", "submit", "guidance")
ONE_IN_A_HUNDRED: Final = 0.01


def tables(sources: Sources) -> list[Table]:
    return [stages(sources), two_levels(sources), officer_scores(sources), odd_officers(sources)]


def too_good(satisfied: int, answered: int) -> bool:
    """Whether all are satisfied where that is no evidence of it.

    Were only one visitor in a hundred not satisfied, so many answers without one of them would be rarer than `RARE`:
    that is so from 459 answers on.
    """
    return satisfied == answered and (1 - ONE_IN_A_HUNDRED) ** answered < RARE


def stages(sources: Sources) -> Table:
    """The headline stage first: who has the result in hand can judge."""
    whole = sources.period.whole
    answers: Counter[str] = Counter()
    satisfied: Counter[str] = Counter()
    for score, count in whole.scores.items():
        answers[score.stage] += count
        satisfied[score.stage] += count * is_satisfied(score.score, score.levels)
    seen = {key.stage for key in whole.stages}
    rows = []
    for stage in [*STAGES, *sorted(seen - set(STAGES)), ""]:
        visits, invited = (
            sum(n for key, n in whole.stages.items() if key.what == what and stage in ("", key.stage))
            for what in ("visits", "invited")
        )
        answered, good = (of.total() if stage == "" else of[stage] for of in (answers, satisfied))
        low, high = wilson(good, answered)
        rows.append(
            (
                stage or "all",
                sources.names.purpose(stage) if stage else ALL,
                visits,
                invited,
                answered,
                share(answered, visits),
                good,
                share(good, answered),
                low if answered else None,
                high if answered else None,
                1 - low if answered else None,
                too_good(good, answered),
            )
        )
    return Table(
        "ratings",
        Text("Mức độ hài lòng theo giai đoạn", "Satisfaction by stage"),
        (
            column("stage", "Mã", "Id", "id"),
            column("name", "Giai đoạn", "Stage"),
            column("visits", "Lượt kết thúc", "Visits ended", "count"),
            column("invited", "Được mời", "Invited", "count"),
            column("answered", "Trả lời", "Answered", "count"),
            column("response", "Tỷ lệ trả lời", "Response", "share"),
            column("satisfied", "Hài lòng", "Satisfied", "count"),
            column("share", "Tỷ lệ", "Share", "share"),
            column("satisfied_low", "từ (95 %)", "from (95 %)", "share"),
            column("satisfied_high", "đến", "to", "share"),
            column(
                "not_satisfied_high", "Không hài lòng, cận trên 95 %", "Not satisfied at most", "share", 3
            ),
            column("implausible", "Nghi vấn", "Implausible", "yes"),
        ),
        tuple(rows),
        (
            Text(
                "Chỉ số chính: giai đoạn nhận kết quả; khoảng Wilson 95 %; đánh giá bằng mã tính vào ngày đánh giá.",
                "The headline is the collect-result stage; Wilson 95 %; a rating by code counts on its own day.",
            ),
        ),
        last_is_sum=True,
    )


def headline(sources: Sources) -> list[Text]:
    """What must be read before anybody quotes a share."""
    table = stages(sources)
    places = {column.id: n for n, column in enumerate(table.columns)}
    said = []
    every = table.rows[-1]
    answered, good = int(str(every[places["answered"]])), int(str(every[places["satisfied"]]))
    if too_good(good, answered):
        upper = wilson(answered - good, answered).high * 100
        vi, en = f"{upper:.3f}".replace(".", ","), f"{upper:.3f}"
        said.append(
            Text(
                f"{answered} trên {answered} lượt đánh giá hài lòng (100 %) chưa phải bằng chứng: "
                f"không hài lòng có thể đến {vi} %.",
                f"{good} of {answered} ratings satisfied (100 %) is no evidence: up to {en} % may not be satisfied.",
            )
        )
    collect = next(row for row in table.rows if row[0] == HEADLINE_STAGE)
    if answered and not collect[places["answered"]]:
        said.append(
            Text(
                "Không có đánh giá nào ở giai đoạn nhận kết quả: chưa có chỉ số hài lòng chính.",
                "No rating at the collect-result stage: there is no headline figure of satisfaction.",
            )
        )
    return said


def two_levels(sources: Sources) -> Table:
    """The ministry's table, from whatever scale the pads have."""
    found: Counter[tuple[str, bool]] = Counter()
    for score, count in sources.period.whole.scores.items():
        found[score.stage, is_satisfied(score.score, score.levels)] += count
    names = sources.names
    rows: list[tuple[Cell, ...]] = []
    for stage in sorted({stage for stage, _ in found}):
        good, bad = found[stage, True], found[stage, False]
        rows.append(
            (
                stage,
                names.purpose(stage),
                good + bad,
                good,
                bad,
                share(good, good + bad),
                wilson(bad, good + bad).high,
            )
        )
    return Table(
        "two_levels",
        Text("Đánh giá theo hai mức", "Ratings on two levels"),
        (
            column("stage", "Mã", "Id", "id"),
            column("name", "Giai đoạn", "Stage"),
            column("ratings", "Lượt đánh giá", "Ratings", "count"),
            column("satisfied", "Hài lòng", "Satisfied", "count"),
            column("not_satisfied", "Không hài lòng", "Not satisfied", "count"),
            column("share", "Tỷ lệ hài lòng", "Share satisfied", "share"),
            column(
                "not_satisfied_high",
                "Không hài lòng, cận trên 95 %",
                "Not satisfied at most (95 %)",
                "share",
                3,
            ),
        ),
        tuple(rows),
        (
            Text(
                "Thang 2: mức 2 là hài lòng; thang 3: mức 3; thang 4: mức 3, 4; thang 5: mức 4, 5.",
                "Of 2 levels satisfied is 2; of 3: 3; of 4: 3 and 4; of 5: 4 and 5.",
            ),
        ),
    )


def officer_scores(sources: Sources) -> Table:
    """Officers' answers by calendar month, where there were five or more."""
    rows: list[tuple[Cell, ...]] = []
    for of, (good, answered) in sorted(_released(sources.period).items()):
        rows.append(
            (
                of.officer,
                f"{of.year}-{of.month:02}",
                answered,
                good,
                share(good, answered),
                *wilson(good, answered),
            )
        )
    return Table(
        "officer_scores",
        Text("Đánh giá theo cán bộ, theo tháng", "Scores of officers by month"),
        (
            column("officer", "Cán bộ", "Officer"),
            column("month", "Tháng", "Month"),
            column("answered", "Trả lời", "Answered", "count"),
            column("satisfied", "Hài lòng", "Satisfied", "count"),
            column("share", "Tỷ lệ", "Share", "share"),
            column("low", "từ (95 %)", "from (95 %)", "share"),
            column("high", "đến", "to", "share"),
        ),
        tuple(rows),
        (
            Text(
                "Chỉ các tháng trọn vẹn đã qua, từ 5 lượt trở lên.",
                "Only whole months that are over, with 5 answers or more.",
            ),
            *codes(rows),
        ),
        detail=True,
    )


def odd_officers(sources: Sources) -> Table:
    """Officers whose released scores chance cannot explain: a question to ask, no verdict."""
    counts: dict[str, Count] = {}
    for of, (good, answered) in _released(sources.period).items():
        before = counts.get(of.officer, Count(0, 0))
        counts[of.officer] = Count(before.satisfied + good, before.of + answered)
    rows = tuple(
        (
            odd.officer,
            odd.ratings.of,
            share(odd.ratings.satisfied, odd.ratings.of),
            odd.hall,
            f"{odd.p_value:.1e}",
        )
        for odd in implausible(counts)
    )
    return Table(
        "odd_scores",
        Text("Đánh giá khó giải thích bằng ngẫu nhiên", "Scores that chance hardly explains"),
        (
            column("officer", "Cán bộ", "Officer"),
            column("answered", "Trả lời", "Answered", "count"),
            column("share", "Hài lòng", "Satisfied", "share"),
            column("hall", "Cả trung tâm", "Whole hall", "share"),
            column("p_value", "Xác suất ngẫu nhiên", "By chance"),
        ),
        rows,
        codes(rows),
    )


def _released(period: Period) -> dict[OfMonth, tuple[int, int]]:
    """Satisfied and answered of each officer's whole month that is over, in groups of five or more."""
    newest = max(period.by_day, default=date.min)
    found = {}
    for of, scores in period.months.items():
        first = date(of.year, of.month, 1)
        after = date(of.year + of.month // 12, of.month % 12 + 1, 1)
        over = (
            period.first_day <= first
            and (after - date.resolution) <= period.last_day
            and newest >= after - date.resolution
        )
        answered = scores.total()
        if over and of.officer and answered >= GROUP:
            good = sum(n for score, n in scores.items() if is_satisfied(score.score, score.levels))
            found[of] = (good, answered)
    return found
