"""A guide's day at the guidance desk, by keyboard alone and with a telephone in the hand, in a real browser."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from hall_controller.domain.commands import RecordPrint, RecordPrinter
from hall_controller.web.auth import COOKIE
from tests.debian import needs_debian
from tests.hall_controller.web.browser_visit import Visit
from tests.hall_controller.web.counter_pages import DESK, PHONE, counter_hall, heard, key, says
from tests.hall_controller.web.test_browser import Wire
from tests.pictures.axe import grave_violations

pytestmark = [needs_debian("chromium"), pytest.mark.asyncio(loop_scope="session")]


@pytest_asyncio.fixture(loop_scope="session")
async def visit(tmp_path: Path, browser: Browser) -> AsyncIterator[Visit]:
    """The small hall, at whose desk somebody has signed in."""
    async with counter_hall(tmp_path, browser) as hall:
        token = hall.hall.token("guide", "mai")
        url = f"http://127.0.0.1:{hall.server.port}"
        await hall.context.add_cookies([{"name": COOKIE, "value": token, "url": url}])
        yield hall


async def guide_page(visit: Visit, width: int = DESK[0], height: int = DESK[1], *, port: int = 0) -> Page:
    page = await visit.open("/guide", width, height, port=port)
    await heard(page)
    return page


async def test_numbers_are_released_put_back_given_out_and_looked_up_by_keyboard_alone(visit: Visit) -> None:
    hall = visit.hall
    page = await guide_page(visit)
    await key(page, "g", "Bật kiểm soát cấp số: đã ghi.")
    await expect(page.locator("#guard .vi")).to_have_text("Kiểm soát cấp số: BẬT")
    for _ in range(2):
        await hall.take()
    await expect(page.locator("#unreleased-count")).to_have_text("2")
    assert await grave_violations(page) == []
    await key(page, "2", "Cho vào hàng A002: đã ghi.")
    await expect(page.locator("#unreleased-count")).to_have_text("1")
    assert hall.controller.hall.queue("land").waiting == ("A002",)

    await page.keyboard.press("c")
    await page.keyboard.press("A")
    for _ in range(2):
        await page.keyboard.press("Tab")
    await page.keyboard.press("N")
    await page.keyboard.press("Enter")
    await says(page, "Đã cấp số A003, phía trước có")
    ticket = hall.controller.hall.ticket("A003")
    assert ticket
    assert (ticket.state, ticket.priority, ticket.source) == ("waiting", "elderly", "desk")

    for name in ("open", "next", "miss"):
        await hall.press("1", name)
    await page.keyboard.press("Escape")
    await page.keyboard.press("k")
    await page.keyboard.type("a3")
    await page.keyboard.press("Enter")
    await expect(page.locator("#found-number")).to_have_text("A003")
    await expect(page.locator("#story")).to_contain_text("Không có mặt khi được gọi: lỡ lượt.")
    await expect(page.locator('[data-may="requeue"]')).to_be_focused()
    assert await grave_violations(page) == []
    await key(page, "1", "Xếp lại hàng A003: đã ghi.")
    await expect(page.locator("#found-text .vi")).to_have_text("Quý khách vui lòng chờ")
    await page.locator('[data-may="void"]').focus()
    await page.keyboard.press("Enter")
    await page.keyboard.type("Khách đã về")
    await key(page, "Enter", "Hủy số A003: đã ghi.")
    await expect(page.locator("#story")).to_contain_text("Số bị hủy: Khách đã về.")
    await page.keyboard.press("Escape")
    await expect(page.locator("#found")).to_be_hidden()


async def test_guard_mode_is_turned_back_by_the_same_key_at_once_though_the_stream_has_not_told(
    visit: Visit,
) -> None:
    async with visit.hall.signed_in("guide", "mai") as guide:
        before = (await guide.get("/api/desk")).text
    page = await visit.open("")
    await page.clock.install(time=0)
    await page.clock.pause_at(1000)  # nor does the page think that it is lost
    told_once = {"content_type": "text/event-stream", "body": f"retry: 60000\n\ndata: {before}\n\n"}
    await page.route("**/api/desk/stream", lambda route: route.fulfill(**told_once))
    await page.goto(f"http://127.0.0.1:{visit.server.port}/guide")
    await heard(page)
    await key(page, "g", "Bật kiểm soát cấp số: đã ghi.")
    await key(page, "g", "Tắt kiểm soát cấp số: đã ghi.")
    await expect(page.locator("#guard")).to_have_attribute("aria-pressed", "false")


async def test_a_button_stays_under_the_finger_while_others_take_numbers(visit: Visit) -> None:
    await visit.hall.at_the_desk("guard", on=True)
    await visit.hall.take()
    page, other = await guide_page(visit), await guide_page(visit)
    await page.locator("#unreleased button").hover()
    await page.mouse.down()
    await visit.hall.take()
    await expect(other.locator("#unreleased-count")).to_have_text("2")
    await page.mouse.up()
    await says(page, "Cho vào hàng A001: đã ghi.")
    await expect(page.locator("#unreleased .number")).to_have_text(["A002"])


async def test_a_number_that_is_not_there_is_a_sentence(visit: Visit) -> None:
    page = await guide_page(visit)
    await page.keyboard.press("k")
    await page.keyboard.type("a9")
    await page.keyboard.press("Enter")
    await says(page, "A9: Hôm nay không có số này.")


async def test_the_bell_and_the_paper(visit: Visit) -> None:
    hall = visit.hall
    page = await guide_page(visit)
    await hall.take()
    await hall.controller.submit(RecordPrint("A001", "printer-1", "failed", "paper out"))
    await hall.controller.submit(RecordPrinter("printer-1", "paper_out"))
    await expect(page.locator("#printer .vi")).to_contain_text("Máy in vé hết giấy: thay cuộn giấy")
    await key(page, "i", "Máy in vé hết giấy")
    await hall.controller.submit(RecordPrinter("printer-1", "ready"))
    await key(page, "i", "Máy in vé sẵn sàng.")
    await expect(page.locator("#printer .vi")).to_have_text("Máy in vé sẵn sàng.")
    await page.locator("#unprinted button").click()
    await says(page, "In lại giấy A001: đã ghi.")
    await page.keyboard.press("b")
    await page.keyboard.press("3")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await says(page, "Chuông Quầy 3: đã ghi.")
    await expect(page.locator("#ringing .vi")).to_have_text("Quầy 3 đang gọi cán bộ, từ 08:30")


async def test_in_the_hand_every_button_is_large_and_nothing_is_wider_than_the_page(visit: Visit) -> None:
    hall = visit.hall
    await hall.at_the_desk("guard", on=True)
    await hall.take()
    page = await guide_page(visit, *PHONE)
    button = page.locator("#unreleased button")
    box = await button.bounding_box()
    assert box
    assert min(box["width"], box["height"]) >= 48
    assert await grave_violations(page) == []
    await page.locator("#asked").fill("A001")
    await page.locator("#look button").click()
    await expect(page.locator("#found")).to_be_visible()
    assert await grave_violations(page) == []
    assert not await page.evaluate("document.documentElement.scrollWidth > innerWidth")
    await button.click()
    await says(page, "Cho vào hàng A001: đã ghi.")
    await expect(page.locator("#found-text .vi")).to_have_text("Quý khách vui lòng chờ")
    await page.locator('[data-may="priority"]').click()
    await page.locator("#class-to").select_option("disabled")
    await page.locator("#class button").click()
    await says(page, "Đổi diện ưu tiên A001: đã ghi.")
    await expect(page.locator("#found-about")).to_contain_text("Ưu tiên: Người khuyết tật")


@pytest.mark.alone
async def test_two_guides_stay_in_step_and_a_dead_wire_is_told(visit: Visit) -> None:
    async with Wire(visit.server.port).laid() as wire:
        one, two = await guide_page(visit), await guide_page(visit, port=wire.port)
        await key(one, "g", "Bật kiểm soát cấp số: đã ghi.")
        await expect(two.locator("#guard")).to_have_attribute("aria-pressed", "true", timeout=1000)
        await expect(one.locator("#guard")).to_have_attribute("aria-pressed", "true")
        wire.cut()
        await expect(two.locator("#banner .vi")).to_contain_text("Mất kết nối từ 08:30")
        await key(one, "g", "Tắt kiểm soát cấp số: đã ghi.")
        wire.mend()
        await expect(two.locator("#banner")).to_be_hidden(timeout=6000)
        await expect(two.locator("#guard")).to_have_attribute("aria-pressed", "false")
        await two.close()


async def test_the_page_is_for_guides_and_technicians(visit: Visit) -> None:
    await visit.context.clear_cookies()
    page = await visit.open("/guide")
    assert "/set-up" in page.url or "/sign-in" in page.url
