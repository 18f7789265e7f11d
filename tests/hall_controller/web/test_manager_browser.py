"""The manager's page in a real browser: live figures, one field's plot, two languages, a report, desk and telephone."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, ViewportSize, expect

from hall_controller.messages import Text
from hall_controller.web.auth import COOKIE
from tests.debian import needs_debian
from tests.hall_controller.web.browser_visit import Visit, visiting
from tests.hall_controller.web.half_a_day import half_a_day
from tests.hall_controller.web.hall_on_the_web import Printer
from tests.hall_controller.web.test_sign_in_browser import fits
from tests.pictures.axe import violations

pytestmark = [needs_debian("chromium"), pytest.mark.asyncio(loop_scope="session")]


@pytest_asyncio.fixture(loop_scope="session")
async def morning(tmp_path: Path, browser: Browser) -> AsyncIterator[Visit]:
    """A hall in mid-morning, looked at by its manager."""
    printer = Printer()
    async with half_a_day(tmp_path, printer) as hall, visiting(hall, printer, browser) as visit:
        address = f"http://127.0.0.1:{visit.server.port}"
        await visit.context.add_cookies([{"name": COOKIE, "value": hall.token("manager"), "url": address}])
        yield visit


async def opened(visit: Visit, width: int = 1280, height: int = 800) -> Page:
    page = await visit.open("/manager", width, height)
    await expect(page.locator("#waiting")).to_have_text(re.compile(r"\d"))
    return page


async def test_a_number_taken_shows_without_a_touch(morning: Visit) -> None:
    page = await opened(morning)
    before = int(await page.locator("#issued").inner_text())
    await morning.hall.take("ly-lich-tu-phap")
    await expect(page.locator("#issued")).to_have_text(str(before + 1))
    text = Text(vi="Máy in hết giấy: thay cuộn giấy.", en="The printer is out of paper: put in a roll.")
    morning.hall.health.raise_alert("paper-printer-1", "critical", text)
    await expect(page.locator("#alerts")).to_contain_text("thay cuộn giấy")
    morning.hall.health.end_alert("paper-printer-1")
    await expect(page.locator("#alerts")).to_contain_text("Không có cảnh báo nào.")


async def test_one_field_is_looked_at_in_both_languages(morning: Visit) -> None:
    page = await opened(morning)
    await expect(page.locator("#plot svg")).to_have_attribute(
        "aria-label", "Cả trung tâm: Thời gian chờ theo nửa giờ lấy số"
    )
    await page.locator("#field").select_option("dat-dai")
    await expect(page.locator("#plot svg")).to_contain_text("15 phút (2025)")
    await expect(page.locator("#plot svg")).to_have_attribute(
        "aria-label", "Đất đai: Thời gian chờ theo nửa giờ lấy số"
    )
    await page.locator("#language").click()
    await expect(page.locator("#plot svg")).to_have_attribute(
        "aria-label", "Land: Waits by half hour of arrival"
    )
    await expect(page.locator("h1 .en")).to_be_visible()
    await expect(page.locator("h1 .vi")).to_be_hidden()
    await expect(page.locator("#field")).to_have_value("dat-dai")
    row = page.locator("[data-queue=dat-dai]")
    await expect(row.locator("th .en").first).to_have_text("Land")


async def test_a_report_of_any_period_is_two_touches_away(morning: Visit) -> None:
    page = await opened(morning)
    await expect(page.locator("#from")).to_have_value("2022-03-01")
    await page.locator("[data-period=last-month]").click()
    await expect(page.locator("#from")).to_have_value("2022-02-01")
    await expect(page.locator("#to")).to_have_value("2022-02-28")
    await page.locator("#format").select_option("csv")
    async with morning.context.expect_page() as opening:
        await page.locator("#make").click()
    report = await opening.value
    await report.wait_for_load_state()
    assert "/api/reports/hall?from=2022-02-01&to=2022-02-28&format=csv" in report.url


async def test_it_fits_a_desk_a_telephone_and_paper_and_keeps_nobody_out(morning: Visit) -> None:
    page = await opened(morning)
    await page.locator("#language").click()  # the longer words
    for width, height in ((1280, 800), (1024, 700), (870, 700), (390, 844)):
        await page.set_viewport_size(ViewportSize(width=width, height=height))
        await expect(page.locator("#plot svg")).to_be_visible()
        assert await fits(page)
    assert await violations(page) == []
    await page.emulate_media(media="print")
    await expect(page.locator(".tiles")).to_be_visible()
    for button in ("#print", "#language", "#make"):
        await expect(page.locator(button)).to_be_hidden()
    ground = await page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground == "rgb(255, 255, 255)"


async def test_a_page_that_hears_nothing_says_so(morning: Visit) -> None:
    page = await opened(morning)
    await morning.kill()
    await expect(page.locator("#banner")).to_contain_text("Mất kết nối từ 10:3")
    await expect(page.locator("#banner")).to_contain_text("Số liệu dưới đây là của lúc đó")
