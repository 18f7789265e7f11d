"""A technician's work in Debian's Chromium: a new hall from an empty file to its first call, a change and the way back.

The real program and the real pages, in Vietnamese at a desk and in English on a telephone; axe-core looks at each page.
"""

from __future__ import annotations

import json
import tarfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Final

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Page, expect

from hall_controller.domain.audit_facts import DataExported, DeviceTried, JournalRestored
from hall_controller.domain.facts import Fact
from hall_controller.journal_newest import Wanted, newest
from tests.debian import needs_debian
from tests.hall_controller.configuration.console_hall import WHOLE_WEEK, ConsoleHall
from tests.hall_controller.web.signed_in_browser import DESK, PHONE, findings, opened, technicians_browser

pytestmark = [needs_debian("chromium"), pytest.mark.asyncio(loop_scope="module")]

RESTART_MS: Final = 60_000
NEW_HALL: Final = WHOLE_WEEK.replace('id = "small"', 'id = "small"\nvirtual_devices = true') + "".join(
    f'[[device]]\nid = "{name}-1"\ntype = "{kind}"\nmodel = "mqtt"\ncounter = "1"\n'
    for name, kind in (("pad", "call-pad"), ("rating", "rating-pad"), ("panel", "panel"))
)


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ConsoleHall]:
    running = ConsoleHall(tmp_path_factory.mktemp("hall"), "")
    running.open()
    yield running
    running.close()


@pytest_asyncio.fixture(loop_scope="module")
async def windows(hall: ConsoleHall, browser: Browser) -> AsyncIterator[BrowserContext]:
    address = f"http://127.0.0.1:{hall.http_port}"
    async with technicians_browser(browser, address, hall.token) as context:
        yield context


def told(hall: ConsoleHall, kind: type[Fact]) -> list[Fact]:
    """The newest facts of a kind, the newest first."""
    records = newest(hall.data / "journal.sqlite", Wanted(kind=kind.type))
    return [record.fact for record in records]


async def applied(page: Page, text: str) -> None:
    """Check the text on the page, look at the difference, and apply it."""
    await page.locator("#text").fill(text)
    await page.keyboard.press("Control+Enter")
    await expect(page.locator("#outcome")).to_be_visible()
    await page.locator("#apply").click()
    await expect(page.locator("#result.done")).to_be_visible(timeout=RESTART_MS)


async def test_a_new_hall_from_an_empty_file_to_the_first_call(
    hall: ConsoleHall, windows: BrowserContext
) -> None:
    assert 'hall.id = "new-hall"' in hall.file.read_text("utf-8"), "an empty file became a hall to begin with"
    page = await opened(windows, "/technician/configuration")
    await expect(page.locator("#versions li")).to_have_count(1)
    await page.locator("#text").fill("")
    await page.locator("#check").click()
    await expect(page.locator("#result.no")).to_be_visible()
    mistakes = await page.locator("#mistakes-list li").all_text_contents()
    assert any("hall" in one and "is missing" in one for one in mistakes)
    assert await findings(page) == []

    await applied(page, NEW_HALL)
    await expect(page.locator("#result")).to_contain_text("Bản 2 đang được dùng")
    assert hall.file.read_text("utf-8") == NEW_HALL

    await page.goto("/technician/try")
    await page.locator("#take button").click()
    await expect(page.locator("#result.done")).to_contain_text("A001")
    pad = page.get_by_role("group", name="pad-1")
    await pad.locator('[data-key="open"]').click()
    await expect(page.locator("#result.done")).to_contain_text("pad-1: Mở quầy")
    await pad.locator('[data-key="next"]').click()
    await expect(page.locator(".led-number")).to_have_text("A001")
    await expect(page.locator("#screen-now")).to_have_text("A001 → 1")
    assert await findings(page) == []
    tried = [fact for fact in told(hall, DeviceTried) if isinstance(fact, DeviceTried)]
    assert [(one.device, one.key, one.person) for one in tried] == [
        ("pad-1", "next", "kim"),
        ("pad-1", "open", "kim"),
    ]
    await page.close()


async def test_a_configuration_is_applied_and_reverted_on_a_telephone_in_english(
    hall: ConsoleHall, windows: BrowserContext
) -> None:
    page = await opened(windows, "/technician/configuration", PHONE, "en")
    held = await page.locator("#text").input_value()
    await applied(page, held.replace("Trung tâm nhỏ", "Trung tâm lớn"))
    await expect(page.locator("#result")).to_contain_text("Version 3 holds")
    await page.locator('[data-version="2"]').click()
    await expect(page.locator("#difference .removed")).to_contain_text("Trung tâm lớn")
    await expect(page.locator("#reason")).to_have_value("back to version 2")
    assert await findings(page) == []
    await page.locator("#apply").click()
    await expect(page.locator("#result")).to_contain_text("Version 4 holds", timeout=RESTART_MS)
    assert hall.file.read_text("utf-8") == held
    await page.close()


async def test_a_stand_in_is_entered_seen_as_a_change_and_ended(
    hall: ConsoleHall, windows: BrowserContext
) -> None:
    page = await opened(windows, "/technician/lists")
    await expect(page.locator("#agency option")).to_have_count(1)
    await page.locator("#to").fill("2022-03-14")
    await page.locator("#why").fill("Hỗ trợ đất đai")
    await page.locator("#decision").fill("12/QĐ")
    assert await findings(page) == []
    await page.locator("#assign button").click()
    await expect(page.locator("#difference .added", has_text="decision")).to_have_text('+decision = "12/QĐ"')
    await page.locator("#apply").click()
    await expect(page.locator("#result.done")).to_be_visible(timeout=RESTART_MS)
    await page.goto("/technician/lists")
    await expect(page.locator("#assignments tr")).to_contain_text("2022-03-14")
    await page.locator("#assignments button").click()
    await expect(page.locator("#difference .added")).to_have_text("+to = 2022-03-01")
    await page.close()


async def test_a_backup_is_made_fetched_brought_back_and_restored(
    hall: ConsoleHall, windows: BrowserContext, tmp_path: Path
) -> None:
    page = await opened(windows, "/technician/backups")
    await page.locator("#make").click()
    await expect(page.locator("#result.done")).to_be_visible()
    async with page.expect_download() as download:
        await page.locator("#backups a").first.click()
    fetched = tmp_path / "fetched.sqlite"
    await (await download.value).save_as(fetched)
    numbers = [hall.take() for _ in range(2)]
    await page.locator("#upload").set_input_files(fetched)
    await expect(page.locator("#result.done")).to_contain_text("Tệp tốt")
    await page.locator('[data-restore="uploaded.sqlite"]').click()
    await page.locator("#confirm").fill("another-hall")
    await page.locator("#restore button[type=submit]").click()
    await expect(page.locator("#result.no")).to_contain_text("Mã trung tâm nhập vào không đúng")
    assert await findings(page) == []
    await page.locator("#confirm").fill("small")
    await page.locator("#restore button[type=submit]").click()
    await expect(page.locator("#result.done")).to_contain_text("Đã khôi phục", timeout=RESTART_MS)
    (restored,) = told(hall, JournalRestored)
    assert isinstance(restored, JournalRestored)
    assert (restored.backup, restored.person, restored.complete) == ("uploaded.sqlite", "kim", True)
    assert hall.take() > max(numbers)
    assert [fact.what for fact in told(hall, DataExported) if isinstance(fact, DataExported)] == ["backup"]
    await page.close()


async def test_the_support_bundle_holds_what_helps_and_no_secret(
    hall: ConsoleHall, windows: BrowserContext, tmp_path: Path
) -> None:
    secret = hall.data.parent / "settings" / "broker.secret"
    secret.write_text("hush-hush-4711\n")
    page = await opened(windows, "/technician/backups")
    async with page.expect_download() as download:
        await page.locator("#support").click()
    bundle = tmp_path / "support.tar.gz"
    await (await download.value).save_as(bundle)
    await page.close()
    with tarfile.open(bundle) as packed:
        members = {one.name: packed.extractfile(one).read().decode() for one in packed.getmembers()}  # type: ignore[union-attr]
    assert {Path(name).name for name in members} == {
        *("alerts.json", "devices.json", "facts.jsonl", "hall.toml", "health.json", "log.txt", "versions.txt")
    }
    everything = "\n".join(members.values())
    assert "hush-hush" not in everything
    assert "Seq" not in everything
    assert '"score"' not in everything
    assert '"kim"' not in everything
    lines = [json.loads(line) for line in members["support/facts.jsonl"].splitlines()]
    assert {"ticket.issued", "device.tried"} <= {line["type"] for line in lines}
    assert not any("code" in line for line in lines if line["type"] == "ticket.issued")


async def test_facts_arrive_as_they_happen_and_are_filtered(
    hall: ConsoleHall, windows: BrowserContext
) -> None:
    page = await opened(windows, "/technician/live")
    await page.locator("#facts tr").first.wait_for()
    number = hall.take()
    await expect(page.locator("#facts tr").first).to_contain_text(f"ticket {number}")
    await page.locator("#ticket").fill("a001")
    await page.locator("#filter button[type=submit]").click()
    await expect(page.locator("#facts td:nth-child(4)", has_text="counter 1").first).to_contain_text(
        "ticket A001"
    )
    for told_of in await page.locator("#facts td:nth-child(4)").all_text_contents():
        assert "ticket A001" in told_of
    await expect(page.locator("#counters li")).to_contain_text("A001")
    await page.close()


@pytest.mark.parametrize("page_of", ["", "/live", "/configuration", "/lists", "/backups", "/try"])
@pytest.mark.parametrize(("size", "language"), [(DESK, "en"), (PHONE, "vi")], ids=["desk", "phone"])
async def test_every_page_is_open_to_everybody_and_fits_its_window(
    windows: BrowserContext, page_of: str, size: tuple[int, int], language: str
) -> None:
    page = await opened(windows, f"/technician{page_of}", size, language)
    await expect(page.locator("nav [aria-current]")).to_be_visible()
    shown = await page.locator("h1").inner_text()
    assert shown.strip()
    assert await findings(page) == []
    await page.close()
