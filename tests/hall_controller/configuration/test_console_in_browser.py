"""The pages of the technician's console in Debian's Chromium: stand-ins, backups, the support bundle, live facts.

The real program and the real pages, in Vietnamese at a desk and in English on a telephone; axe-core looks at each page.
"""

from __future__ import annotations

import asyncio
import json
import re
import tarfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Final

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Route, expect

from hall_controller.domain.audit_facts import DataExported
from tests.debian import needs_debian
from tests.hall_controller.configuration.console_hall import NEW_HALL, ConsoleHall
from tests.hall_controller.web.signed_in_browser import (
    DESK,
    PHONE,
    findings,
    opened,
    technicians_browser,
)

pytestmark = [needs_debian("chromium"), pytest.mark.asyncio(loop_scope="session")]

RESTART_MS: Final = 60_000


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ConsoleHall]:
    """A hall in which the first visitor has been called, with a backup."""
    running = ConsoleHall(tmp_path_factory.mktemp("hall"), NEW_HALL)
    running.open()
    running.take()
    for key in ("open", "next"):
        running.ask("POST", "/api/trying/pad-1", key=key)
    running.ask("POST", "/api/backups")
    yield running
    running.close()


@pytest_asyncio.fixture(loop_scope="session")
async def windows(hall: ConsoleHall, browser: Browser) -> AsyncIterator[BrowserContext]:
    async with technicians_browser(browser, hall.address, hall.token) as context:
        yield context


async def test_a_stand_in_is_entered_seen_as_a_change_and_ended(
    hall: ConsoleHall, windows: BrowserContext
) -> None:
    page = await opened(windows, "/technician/lists")
    await expect(page.locator("#agency option")).to_have_count(1, timeout=RESTART_MS)
    await page.locator("#to").fill("2022-03-14")
    await page.locator("#why").fill("Hỗ trợ đất đai")
    await page.locator("#decision").fill("12/QĐ")
    assert await findings(page) == []
    await page.locator("#assign button").click()
    await expect(page.locator("#difference .added", has_text="decision")).to_have_text(
        '+decision = "12/QĐ"', timeout=RESTART_MS
    )
    await page.locator("#apply").click()
    await expect(page.locator("#result.done")).to_be_visible(timeout=RESTART_MS)
    await page.goto("/technician/lists")
    await expect(page.locator("#assignments tr")).to_contain_text("14/03/2022", timeout=RESTART_MS)
    await page.locator("#assignments button").click()
    await expect(page.locator("#difference .added")).to_have_text("+to = 2022-03-01", timeout=RESTART_MS)
    await page.close()


async def test_what_is_written_while_the_text_is_being_checked_is_not_written_over(
    windows: BrowserContext,
) -> None:
    page = await opened(windows, "/technician/configuration")
    await expect(page.locator("#versions li").first).to_be_visible()
    asked, go_on = asyncio.Event(), asyncio.Event()

    async def slowly(route: Route) -> None:
        asked.set()
        await go_on.wait()
        await route.continue_()

    await page.route("**/api/configuration/check", slowly)
    await page.locator("#text").fill("[[[")
    await page.locator("#check").click()
    await asked.wait()
    written = f"{await page.locator('#text').input_value()}\n# more"
    await page.locator("#text").fill(written)
    go_on.set()
    await expect(page.locator("#result.no .vi")).to_contain_text(
        "đã đổi trong lúc kiểm tra", timeout=RESTART_MS
    )
    assert await page.locator("#text").input_value() == written
    await expect(page.locator("#mistakes")).to_be_hidden()
    await page.close()


async def test_what_was_not_applied_is_still_there_after_another_page(windows: BrowserContext) -> None:
    page = await opened(windows, "/technician/configuration")
    await expect(page.locator("#versions li").first).to_be_visible()
    held = await page.locator("#text").input_value()
    await page.locator("#text").fill(f"{held}# more\n")
    await page.goto("/technician/backups")
    await page.goto("/technician/configuration")
    await expect(page.locator("#result.done .vi")).to_contain_text("Thay đổi chưa áp dụng vẫn còn đây")
    assert await page.locator("#text").input_value() == f"{held}# more\n"
    await page.locator("#undo").click()
    assert await page.locator("#text").input_value() == held
    await page.reload()
    await expect(page.locator("#versions li").first).to_be_visible()
    assert await page.locator("#text").input_value() == held
    await page.close()


async def test_a_backup_is_fetched_and_brought_back_and_restored_by_nobody_who_does_not_name_the_hall(
    hall: ConsoleHall, windows: BrowserContext, tmp_path: Path
) -> None:
    page = await opened(windows, "/technician/backups")
    async with page.expect_download() as download:
        await page.locator("#backups a").first.click()
    fetched = tmp_path / "fetched.sqlite"
    await (await download.value).save_as(fetched)
    await page.locator("#upload").set_input_files(fetched)
    await expect(page.locator("#result.done")).to_contain_text("Tệp tốt", timeout=RESTART_MS)
    await page.locator('[data-restore="uploaded.sqlite"]').click()
    await page.locator("#confirm").fill("another-hall")
    await page.locator("#restore button[type=submit]").click()
    await expect(page.locator("#result.no")).to_contain_text("Mã trung tâm nhập vào không đúng")
    assert await findings(page) == []
    assert [fact.what for fact in hall.told(DataExported) if isinstance(fact, DataExported)] == ["backup"]
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
    about = page.locator("#facts td:nth-child(4)")
    await expect(about.filter(has_not_text="ticket A001")).to_have_count(0)
    await expect(about.filter(has_text="counter 1").first).to_contain_text("ticket A001")
    await expect(page.locator("#counters li")).to_contain_text("A001")
    await expect(page.locator("#queues th[title=land]")).to_have_text("A Đất đai", use_inner_text=True)
    await page.close()


async def test_a_fact_that_was_written_before_the_page_could_listen_is_there_too(
    hall: ConsoleHall, windows: BrowserContext
) -> None:
    taken = asyncio.Event()

    async def late(route: Route) -> None:
        await taken.wait()
        await route.continue_()

    await windows.route("**/api/facts/stream", late)
    page = await opened(windows, "/technician/live")
    await page.locator("#facts tr").first.wait_for()
    number = hall.take()
    taken.set()
    await expect(page.locator("#facts tr").first).to_contain_text(f"ticket {number}")
    await page.close()


async def test_a_number_is_tried_by_who_presses_before_the_page_knows_its_devices(
    hall: ConsoleHall, windows: BrowserContext
) -> None:
    known = asyncio.Event()

    async def late(route: Route) -> None:
        await known.wait()
        await route.continue_()

    await windows.route("**/api/devices", late)
    page = await opened(windows, "/technician/try")
    await page.locator("#take button").click()
    known.set()
    await expect(page.locator("#result.done")).to_contain_text(re.compile(r"Số A\d{3}"))
    assert page.url == f"{hall.address}/technician/try"
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
