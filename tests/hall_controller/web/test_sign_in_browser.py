"""Signing in with a real browser: set-up, PIN pad and password, by keyboard alone and by finger, on desk and telephone.

What the API answers is tried in test_sign_in_routes; here is what people see and press.
"""

from __future__ import annotations

import re
from typing import Final

import pytest
from playwright.async_api import Page, expect

from hall_controller.web.auth import COOKIE
from tests.debian import needs_debian
from tests.hall_controller.web.browser_visit import Visit
from tests.hall_controller.web.staff_on_the_web import HOA, KIM, LAN, PASSWORD, PIN, enter
from tests.pictures.axe import violations

pytestmark = [needs_debian("chromium"), pytest.mark.asyncio(loop_scope="session")]

SIZES: Final = [(1280, 800), (390, 844)]


async def fits(page: Page) -> bool:
    """Whether nothing has to be scrolled to sideways."""
    fit: bool = await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    return fit


async def test_an_officer_signs_in_by_keyboard_alone_and_the_machine_remembers_the_counter(
    visit: Visit,
) -> None:
    enter(visit.hall, HOA, LAN, KIM)
    page = await visit.open("/sign-in")
    await expect(page.locator("#counter")).to_be_focused()
    await page.keyboard.press("1")
    await page.keyboard.press("Tab")
    await expect(page.locator("#person option:not([disabled])")).to_have_text(["—", "hoa · Nguyễn Thị Hoa"])
    await page.keyboard.press("h")
    await page.keyboard.press("Tab")
    await expect(page.locator("#pin")).to_be_focused()
    await page.keyboard.type("4712")
    await page.keyboard.press("Enter")
    await expect(page.locator("#result")).to_contain_text("mã PIN hoặc mật khẩu không đúng")
    await expect(page.locator("#pin")).to_have_value("")
    for kind in ("staff", "officer"):
        await page.locator(f'[data-kind="{kind}"]').click()
    await expect(page.locator("#result")).to_be_hidden()
    await page.locator("#pin").focus()
    await page.keyboard.type(PIN)
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/counter/1")
    assert visit.hall.controller.hall.desk("1").officer == "hoa"
    await page.goto(page.url.replace("/counter/1", "/sign-in"))
    await expect(page.locator(".now")).to_contain_text("hoa, Quầy 1")
    await page.locator("#sign-out").click()
    await expect(page.locator("#counter")).to_have_value("1")
    assert visit.hall.controller.hall.desk("1").officer is None


@pytest.mark.parametrize(("width", "height"), SIZES)
async def test_a_pin_is_touched_on_keys_as_large_as_two_fingers(
    visit: Visit, width: int, height: int
) -> None:
    enter(visit.hall, HOA, KIM)
    page = await visit.open("/sign-in?next=/counter/2", width, height)
    await expect(page.locator("#counter")).to_have_value("2")
    await page.locator("#person").select_option("hoa")
    for digit in [*"47", "9", "clear", *"11"]:
        key = page.locator(f'[data-digit="{digit}"]')
        box = await key.bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 60
        await key.click()
    await expect(page.locator("#pin")).to_have_value(PIN)
    await expect(page.locator("#officer [type=submit]")).to_be_in_viewport(ratio=1)
    assert await fits(page)
    assert await violations(page) == []
    await page.locator("#officer [type=submit]").click()
    await page.wait_for_url("**/counter/2")


async def test_an_officer_who_chooses_another_counter_than_that_of_the_page_goes_on_there(
    visit: Visit,
) -> None:
    enter(visit.hall, HOA, KIM)
    page = await visit.open("/sign-in?next=/counter/1")
    await page.locator("#counter").select_option("2")
    await page.locator("#person").select_option("hoa")
    await page.locator("#pin").fill(PIN)
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/counter/2")
    assert visit.hall.controller.hall.desk("2").officer == "hoa"


async def test_guessing_is_told_with_the_seconds_to_wait(visit: Visit) -> None:
    enter(visit.hall, HOA, KIM)
    for _ in range(8):
        visit.hall.auth._guesses.wrong("hoa", "192.168.1.99")  # noqa: SLF001 - from another machine
    page = await visit.open("/sign-in?counter=1")
    await page.locator("#person").select_option("hoa")
    await page.locator("#pin").fill(PIN)
    await page.keyboard.press("Enter")
    await expect(page.locator("#result")).to_contain_text("Nhập sai quá nhiều lần")
    await expect(page.locator("#result")).to_contain_text(re.compile(r"Xin chờ [1-3]\d giây"))


@pytest.mark.parametrize(("width", "height"), SIZES)
async def test_a_new_hall_gets_its_first_technician_on_the_set_up_page(
    visit: Visit, width: int, height: int
) -> None:
    page = await visit.open("/sign-in", width, height)
    await expect(page.locator("h1")).to_contain_text("Cài đặt lần đầu")
    assert await fits(page)
    assert await violations(page) == []
    for word in (visit.hall.auth.set_up_code, "kim", PASSWORD, "another"):
        await page.keyboard.type(word)
        await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await expect(page.locator("#result")).to_contain_text("không giống nhau")
    await page.locator("#again").fill(PASSWORD)
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/sign-in")
    await expect(page.locator(".now")).to_contain_text("kim")
    await expect(page.locator(".now")).to_contain_text("Kỹ thuật viên")
    assert await violations(page) == []
    await page.goto(page.url.replace("/sign-in", "/set-up"))
    await expect(page.locator("main")).to_contain_text("đã có kỹ thuật viên")


async def test_staff_sign_in_with_a_password_and_change_it(visit: Visit) -> None:
    enter(visit.hall, KIM)
    page = await visit.open("/sign-in")
    await expect(page.locator("#officer")).to_contain_text("Chưa có cán bộ nào có mã PIN")
    await page.locator('[data-kind="staff"]').click()
    await expect(page.locator("#user")).to_be_focused()
    assert await violations(page) == []
    await page.keyboard.type("Kim")
    await page.keyboard.press("Tab")
    await page.keyboard.type(PASSWORD)
    await page.keyboard.press("Enter")
    await page.wait_for_url(lambda url: "/sign-in" not in url)
    await page.goto(f"http://127.0.0.1:{visit.server.port}/sign-in")
    await page.locator("summary").click()
    for field, word in (
        ("#old", PASSWORD),
        ("#new", "năm từ khác ghép lại"),
        ("#again", "năm từ khác ghép lại"),
    ):
        await page.locator(field).fill(word)
    await page.keyboard.press("Enter")
    await expect(page.locator("#result")).to_contain_text("Đã đổi.")


async def test_the_cookie_cannot_be_read_by_a_script(visit: Visit) -> None:
    enter(visit.hall, KIM)
    page = await visit.open("/sign-in")
    await page.locator('[data-kind="staff"]').click()
    await page.locator("#user").fill("kim")
    await page.locator("#password").fill(PASSWORD)
    await page.keyboard.press("Enter")
    await page.wait_for_url(lambda url: "/sign-in" not in url)
    (kept,) = [cookie for cookie in await visit.context.cookies() if cookie.get("name") == COOKIE]
    assert kept.get("httpOnly")
    assert kept.get("sameSite") == "Strict"
    assert COOKIE not in str(await page.evaluate("document.cookie"))


async def test_the_address_to_go_on_to_is_one_of_this_hall(visit: Visit) -> None:
    enter(visit.hall, KIM)
    for elsewhere in ("https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)"):
        page = await visit.open("")
        await page.goto(f"http://127.0.0.1:{visit.server.port}/sign-in?next={elsewhere}")
        assert await page.locator("#sign-in").get_attribute("data-next") == ""
        await page.close()
