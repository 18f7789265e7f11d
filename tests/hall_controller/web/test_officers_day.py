"""An officer's whole day at a counter by keyboard alone, from the PIN to the sums, in a real browser."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from hall_controller.domain.commands import OpenCounter, SignIn
from tests.debian import needs_debian
from tests.hall_controller.web.browser_visit import Visit
from tests.hall_controller.web.counter_pages import counter_hall, heard, key, says
from tests.hall_controller.web.staff_on_the_web import HOA, KIM, PIN, enter

ASKED = re.compile("/sign-in[?]")

pytestmark = [needs_debian("chromium"), pytest.mark.asyncio(loop_scope="session")]


@pytest_asyncio.fixture(loop_scope="session")
async def strict(tmp_path: Path, browser: Browser) -> AsyncIterator[Visit]:
    """A hall where officers sign in before they touch a key."""
    async with counter_hall(tmp_path, browser, sign_in_required=True) as visit:
        enter(visit.hall, HOA, KIM)
        yield visit


async def sign_in(page: Page) -> None:
    await page.wait_for_url(ASKED)
    await page.locator("#person").focus()
    await page.keyboard.press("h")
    await page.keyboard.press("Tab")
    await page.keyboard.type(PIN)
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/counter/1")
    await heard(page)


async def test_a_whole_day_by_keyboard_alone(strict: Visit) -> None:
    hall = strict.hall
    for service in ("land", "land", "notary", "land"):
        await hall.take(service)
    page = await strict.open("/counter/1")
    await expect(page.locator("#counter")).to_have_value("1")
    await sign_in(page)
    await expect(page.locator("#who .vi")).to_have_text("Cán bộ hoa")

    await key(page, "Space", "Gọi tiếp: Quầy đang đóng, hãy mở quầy trước.")
    await key(page, "o", "Mở quầy: đã ghi.")
    await expect(page.locator("#said .vi")).to_have_text("Tiếp theo: A001")
    await key(page, "Space", "Gọi tiếp A001: đã ghi.")
    await expect(page.locator("#field .vi").first).to_have_text("Nộp hồ sơ")
    await key(page, "r", "Gọi lại A001: đã ghi.")
    await expect(page.locator("#said .vi")).to_contain_text("(lần 2)")
    await key(page, "m", "Vắng mặt: đã ghi.")

    await key(page, "Space", "Gọi tiếp A002: đã ghi.")
    await key(page, "h", "Giữ lại: đã ghi.")
    await page.keyboard.press("u")
    await expect(page.locator("#resume-choices button")).to_have_text(
        ["1A002 đang giữheld", "2A001 đã vắngmissed"]
    )
    await key(page, "2", "Gọi số giữ A001: đã ghi.")
    await expect(page.locator("#aside li button")).to_have_text(["A002"])
    await key(page, "c", "Hoàn tất: đã ghi.")
    await key(page, "u", "Gọi số giữ A002: đã ghi.")

    for command in (SignIn("3", "minh"), OpenCounter("3")):
        await hall.controller.submit(command)
    await page.keyboard.press("t")
    await expect(page.locator("#to")).to_be_focused()
    await key(page, "Enter", "Chuyển: Hãy chọn nơi chuyển đến.")
    await page.keyboard.press("t")
    await page.keyboard.type("3")
    await page.keyboard.press("Tab")
    await page.keyboard.type("thiếu bản sao")
    await key(page, "Enter", "Chuyển: đã ghi.")
    ticket = hall.controller.hall.ticket("A002")
    assert ticket
    assert (ticket.counter, ticket.sent_from, ticket.sent_why) == ("3", "1", "thiếu bản sao")
    await ends_the_day(page)
    assert hall.controller.hall.desk("1").officer is None


async def ends_the_day(page: Page) -> None:
    """From the bell to the sums, and out."""
    await key(page, "b", "Gọi cán bộ: đã ghi.")
    await expect(page.locator("#bell .vi")).to_have_text("Chuông đang gọi lan, tnmt, từ 08:30")
    await page.keyboard.press("p")
    await expect(page.locator("#pause-now")).to_be_focused()
    await key(page, "2", "Tạm dừng: đã ghi.")
    await expect(page.locator("#state .vi")).to_have_text("Tạm dừng")
    await key(page, "o", "Mở quầy: đã ghi.")
    await key(page, "Space", "Gọi tiếp B001: đã ghi.")
    await key(page, "x", "Đóng quầy: đã ghi.")
    day = page.locator("#day")
    await expect(day.locator("dd .vi").first).to_have_text("2 lượt")
    await expect(day).to_contain_text("1, 1")
    await expect(day).to_contain_text("Nghỉ trưa")
    await expect(day).to_contain_text("chưa đủ 5 lượt, nên chưa được xem")

    await page.keyboard.press("Escape")
    await page.keyboard.press("l")
    await page.keyboard.press("Enter")
    await page.wait_for_url(ASKED)


async def test_whose_session_is_over_is_led_to_sign_in_and_back(strict: Visit) -> None:
    page = await strict.open("/counter/1")
    await sign_in(page)
    await strict.context.clear_cookies()
    await key(page, "o", "Hãy đăng nhập trước. Bấm L để đăng nhập.")
    await page.keyboard.press("l")
    await page.keyboard.press("Enter")
    await sign_in(page)
    await key(page, "o", "Mở quầy: đã ghi.")


async def test_another_officer_at_the_same_counter_is_told(strict: Visit) -> None:
    page = await strict.open("/counter/1")
    await sign_in(page)
    await strict.hall.controller.submit(SignIn("1", "minh"))
    await expect(page.locator("#who .vi")).to_have_text("Ở quầy này đang là minh, không phải hoa")
    await says(page, "Bấm một phím để bắt đầu.")


async def test_reasons_that_the_hall_writes_down_are_told_in_words_of_both_languages(strict: Visit) -> None:
    await strict.hall.take("land")
    page = await strict.open("/counter/1")
    await sign_in(page)
    await key(page, "o", "Mở quầy: đã ghi.")
    await key(page, "Space", "Gọi tiếp A001: đã ghi.")
    await key(page, "h", "Giữ lại: đã ghi.")
    await key(page, "x", "Đóng quầy: đã ghi.")
    await key(page, "o", "Mở quầy: đã ghi.")
    await key(page, "Space", "Gọi tiếp A001: đã ghi.")
    await expect(page.locator("#note .vi")).to_have_text("Từ Quầy 1: Quầy đã đóng")
    await expect(page.locator("#note .en")).to_have_text("From counter 1: Counter closed")
    await page.keyboard.press("p")
    await key(page, "2", "Tạm dừng: đã ghi.")
    await key(page, "o", "Mở quầy: đã ghi.")

    await page.keyboard.press("l")
    await page.keyboard.press("Enter")
    await sign_in(page)
    await page.keyboard.press("d")
    day = page.locator("#day")
    await expect(day).to_contain_text("Cán bộ đăng xuất")
    await expect(day.locator(".en", has_text="Officer signed out")).to_have_count(1)
    await expect(day.locator(".en", has_text="Lunch")).to_have_count(1)
    await expect(day).not_to_contain_text("signed_out")
