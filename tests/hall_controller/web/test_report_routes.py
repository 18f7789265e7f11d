"""A report over HTTP is made by another process, one at a time, and whatever goes wrong is a sentence."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import httpx
import pytest

from hall_controller.domain.facts import DataExported
from hall_controller.errors import ReportBehind, ReportBusy, ReportFailed
from hall_controller.report_process import ReportProcess
from hall_controller.reports.kinds import MEDIA_TYPES, Format
from hall_controller.staff.roles import Role
from tests.hall_controller.settings_files import EXAMPLE
from tests.hall_controller.web.hall_on_the_web import (
    OUTSIDE,
    WebHall,
    refusal,
    web_hall,
)

DAY = "2022-03-01"


class Scribe:
    """Somebody who writes what is asked for into a file, as soon as `go` is set."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.asked: list[tuple[str, date, date, str]] = []
        self.fails: ReportFailed | None = None

    async def make(self, report: str, first_day: date, last_day: date, format_: Format) -> Path:
        self.asked.append((report, first_day, last_day, format_))
        if self.fails is not None:
            raise self.fails
        path = self.folder / f"made-{len(self.asked)}"
        path.write_bytes(b'{"made": true}')
        return path


@pytest.fixture
def scribe(tmp_path: Path) -> Scribe:
    return Scribe(tmp_path)


@pytest.fixture
async def hall(tmp_path: Path, scribe: Scribe) -> AsyncIterator[WebHall]:
    async with web_hall(tmp_path, reports=scribe) as found:
        yield found


@pytest.fixture
async def real_hall(tmp_path: Path) -> AsyncIterator[WebHall]:
    """A hall whose reports are made by the real process."""
    async with web_hall(tmp_path, reports=maker(tmp_path / "journal.sqlite")) as found:
        yield found


def left(folder: Path) -> list[str]:
    return [path.name for path in folder.glob("made-*")]


async def ask(hall: WebHall, path: str, **query: str) -> httpx.Response:
    """The manager asks for a report; `from_` stands for the word that Python keeps for itself."""
    renamed = {name.rstrip("_"): value for name, value in query.items()}
    async with hall.signed_in("manager") as manager:
        return await manager.get(f"/api/reports/{path}", params=renamed)


async def test_a_report_is_asked_for_by_name_days_and_format(hall: WebHall, scribe: Scribe) -> None:
    answer = await ask(hall, "agencies", from_=DAY, to="2022-03-31", format="csv")
    assert answer.status_code == 200
    assert scribe.asked == [("agencies", date(2022, 3, 1), date(2022, 3, 31), "csv")]
    assert answer.headers["content-type"] == MEDIA_TYPES["csv"]
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("format_", list(MEDIA_TYPES))
async def test_every_format_says_what_it_is(hall: WebHall, scribe: Scribe, format_: Format) -> None:
    answer = await ask(hall, "hall", from_=DAY, to=DAY, format=format_)
    assert answer.headers["content-type"] == MEDIA_TYPES[format_]
    downloaded = "hall-2022-03-01-2022-03-01.xlsx" in answer.headers.get("content-disposition", "")
    assert downloaded is (format_ == "xlsx"), "a spreadsheet is a file, the others are shown"


async def test_who_took_which_report_is_written_down(hall: WebHall, scribe: Scribe) -> None:
    await ask(hall, "hall", from_="2022-03-01", to="2022-03-01", format="csv")
    (taken,) = [record.fact for record in hall.disk.read() if isinstance(record.fact, DataExported)]
    assert (taken.what, taken.person) == ("report", "the-manager")
    assert taken.detail == "hall 2022-03-01 2022-03-01 csv"


async def test_no_report_leaves_the_hall_while_that_cannot_be_written_down(
    hall: WebHall, scribe: Scribe, tmp_path: Path
) -> None:
    hall.disk.full = True
    answer = await ask(hall, "hall", from_="2022-03-01", to="2022-03-01")
    assert refusal(answer) == (503, "journal_unavailable")
    assert left(tmp_path) == []


async def test_the_file_is_gone_once_it_was_sent(hall: WebHall, scribe: Scribe, tmp_path: Path) -> None:
    answer = await ask(hall, "hall", from_=DAY, to=DAY)
    assert answer.json() == {"made": True}
    assert left(tmp_path) == []


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ({}, "query.from: Field required"),
        ({"from_": DAY}, "query.to: Field required"),
        ({"from_": "yesterday", "to": DAY}, "query.from: Input should be a valid date"),
        ({"from_": DAY, "to": "2022-02-30"}, "query.to: Input should be a valid date"),
        ({"from_": DAY, "to": DAY, "format": "doc"}, "query.format: Input should be 'text'"),
        (
            {"from_": DAY, "to": "2022-02-01"},
            "query.to: is 2022-02-01, before from (2022-03-01); swap the two days",
        ),
        ({"from_": "1990-01-01", "to": DAY}, "query.to: a report is of ten years at most"),
    ],
)
async def test_a_malformed_question_is_answered_with_what_is_wrong(
    hall: WebHall, scribe: Scribe, query: dict[str, str], told: str
) -> None:
    answer = await ask(hall, "hall", **query)
    assert refusal(answer) == (422, "malformed")
    assert answer.json()["text"]["en"].startswith(told)
    assert scribe.asked == []


async def test_a_report_that_there_is_not_is_not_found(hall: WebHall, scribe: Scribe) -> None:
    assert refusal(await ask(hall, "turnips", from_=DAY, to=DAY)) == (404, "not_found")


async def test_while_one_is_made_another_is_asked_to_wait(hall: WebHall, scribe: Scribe) -> None:
    scribe.fails = ReportBusy("busy")
    answer = await ask(hall, "hall", from_=DAY, to=DAY)
    assert refusal(answer) == (429, "report_busy")
    assert int(answer.headers["retry-after"]) > 0


async def test_while_days_are_still_counted_it_is_said_when_to_ask_again(
    hall: WebHall, scribe: Scribe
) -> None:
    scribe.fails = ReportBehind("behind")
    answer = await ask(hall, "hall", from_=DAY, to=DAY)
    assert refusal(answer) == (503, "report_behind")
    assert answer.headers["retry-after"] == "30"
    assert "kept" in answer.json()["text"]["en"]


async def test_a_report_that_could_not_be_made_says_why(hall: WebHall, scribe: Scribe) -> None:
    scribe.fails = ReportFailed("imports.csv line 2, count: is 'x', but must be a whole number")
    answer = await ask(hall, "hall", from_=DAY, to=DAY)
    assert refusal(answer) == (503, "report_failed")
    assert "imports.csv line 2" in answer.json()["text"]["en"]


BROWSER = {"accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


@pytest.mark.parametrize(
    ("fails", "status", "wait_s", "told"),
    [
        (ReportBusy("busy"), 429, "5", "Đang lập một báo cáo khác"),
        (ReportBehind("behind"), 503, "30", "Các ngày trong kỳ còn đang được tổng hợp"),
    ],
)
async def test_a_browser_that_has_to_wait_gets_a_page_that_asks_again(
    hall: WebHall, scribe: Scribe, fails: ReportFailed, status: int, wait_s: str, told: str
) -> None:
    scribe.fails = fails
    async with hall.signed_in("manager") as manager:
        answer = await manager.get(f"/api/reports/hall?from={DAY}&to={DAY}&format=html", headers=BROWSER)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["retry-after"] == wait_s
    assert f'<meta http-equiv="refresh" content="{wait_s}">' in answer.text
    assert told in answer.text
    assert f"sau {wait_s} giây" in answer.text


async def test_what_waiting_does_not_mend_is_a_page_that_says_so_and_does_not_ask_again(
    hall: WebHall, scribe: Scribe
) -> None:
    scribe.fails = ReportFailed("imports.csv line 2, count: is '<x>', but must be a whole number")
    async with hall.signed_in("manager") as manager:
        failed = await manager.get(f"/api/reports/hall?from={DAY}&to={DAY}", headers=BROWSER)
        swapped = await manager.get(f"/api/reports/hall?from={DAY}&to=2022-02-01", headers=BROWSER)
    assert (failed.status_code, swapped.status_code) == (503, 422)
    assert "imports.csv line 2, count: is &#39;&lt;x&gt;&#39;" in failed.text
    assert "swap the two days" in swapped.text
    for answer in (failed, swapped):
        assert "http-equiv" not in answer.text
        assert "retry-after" not in answer.headers


@pytest.mark.parametrize("role", [None, "officer", "guide"])
async def test_only_managers_and_technicians_get_a_report(
    hall: WebHall, scribe: Scribe, role: Role | None
) -> None:
    async with hall.signed_in(role) if role else hall.client() as somebody:
        answer = await somebody.get("/api/reports/hall", params={"from": DAY, "to": DAY})
    assert answer.status_code in (401, 403)
    assert scribe.asked == []


async def test_nobody_outside_of_the_hall_gets_a_report(hall: WebHall, scribe: Scribe) -> None:
    async with hall.client(OUTSIDE) as http:
        answer = await http.get("/api/reports/hall", params={"from": DAY, "to": DAY})
    assert refusal(answer) == (403, "not_allowed")
    assert scribe.asked == []


def maker(journal: Path, *, time_limit_s: float = 30.0) -> ReportProcess:
    return ReportProcess(("--hall", str(EXAMPLE)), journal, time_limit_s=time_limit_s)


async def test_the_real_process_reads_the_journal_of_the_running_hall(real_hall: WebHall) -> None:
    rows = f"first_day,figure,count\n{DAY},online,5\n{DAY},post,2\n"
    real_hall.disk.path.with_name("imports.csv").write_text(rows, encoding="utf-8")
    await real_hall.take("land")
    await real_hall.take("notary")
    answer = await ask(real_hall, "hall", from_=DAY, to=DAY)
    assert answer.status_code == 200, answer.text
    whole = answer.json()
    assert whole["figures"]["in_person"] == 2
    assert "Tuyên Quang" in whole["report"]["hall"]["vi"]
    assert whole["figures"]["received"] == 9, "what lies beside the journal is imported"


async def test_the_page_is_one_that_the_guard_lets_a_browser_show(real_hall: WebHall) -> None:
    await real_hall.take("land")
    answer = await ask(real_hall, "counters", from_=DAY, to=DAY, format="html")
    assert "default-src 'self'" in answer.headers["content-security-policy"]
    assert '<link rel="stylesheet" href="/static/report.css">' in answer.text
    assert "<style" not in answer.text
    assert (await real_hall.http.get("/static/report.css")).status_code == 200


async def test_one_at_a_time_and_the_hall_goes_on_meanwhile(real_hall: WebHall) -> None:
    reports = maker(real_hall.disk.path)
    first = asyncio.create_task(reports.make("hall", date(2022, 3, 1), date(2022, 3, 1), "json"))
    await asyncio.sleep(0)
    with pytest.raises(ReportBusy):
        await reports.make("hall", date(2022, 3, 1), date(2022, 3, 1), "json")
    assert (await real_hall.take("land"))["number"] == "A001", "numbers are given out while a report is made"
    file = await first
    assert file.stat().st_size > 1000
    file.unlink()


async def test_a_report_that_takes_too_long_is_ended(real_hall: WebHall) -> None:
    reports = maker(real_hall.disk.path, time_limit_s=0.05)
    reports.days_left.some = False
    with pytest.raises(ReportFailed, match="not ready within"):
        await reports.make("hall", date(2022, 3, 1), date(2022, 3, 1), "json")


async def test_a_mistake_of_the_report_reaches_who_asked(real_hall: WebHall, tmp_path: Path) -> None:
    real_hall.disk.path.with_name("imports.csv").write_text(
        "first_day,figure,count\nx,online,5\n", encoding="utf-8"
    )
    with pytest.raises(ReportFailed, match=r"imports\.csv line 2, first_day: is 'x'"):
        await maker(real_hall.disk.path).make("hall", date(2022, 3, 1), date(2022, 3, 1), "json")
