"""Looking up at the kiosk: a field without diacritics, a procedure, a dossier by its barcode; each gives a number."""

from __future__ import annotations

import pytest
from playwright.async_api import Page, expect

from tests.debian import needs_debian
from tests.hall_controller.web.browser_visit import Visit
from tests.hall_controller.web.test_kiosk import (
    A_FINGER_MS,
    A_LOOK_MS,
    NUMBER,
    kiosk_of,
    later,
    ticket,
    touch,
    use,
)

pytestmark = [needs_debian("chromium"), pytest.mark.asyncio(loop_scope="session")]

A_READER_MS = 8
"""Between two characters of a keyboard-wedge reader."""


async def type_on_the_glass(kiosk: Page, text: str) -> None:
    for letter in text:
        await kiosk.locator(f'.keys [data-key="{letter}"]').click()


async def scan(kiosk: Page, code: str) -> None:
    await kiosk.keyboard.type(code, delay=A_READER_MS)
    await kiosk.keyboard.press("Enter")


async def test_dat_dai_on_the_glass_finds_land_and_gives_its_number(centre: Visit) -> None:
    kiosk = await kiosk_of(centre)
    await use(kiosk, "search")
    async with kiosk.expect_response(lambda one: one.url.endswith("q=dat%20dai")):
        await type_on_the_glass(kiosk, "dat dai")
    first = kiosk.locator(".found li").first
    await expect(first).to_contain_text("Đất đai")
    await expect(first).to_contain_text("Sở Tài nguyên và Môi trường")
    await later(kiosk, A_FINGER_MS)
    await first.locator("button").click()
    await expect(kiosk.locator("#question")).to_contain_text("Quý khách cần làm gì?")
    await touch(kiosk, "collect")
    await expect(kiosk.locator(NUMBER)).to_have_text("A001")
    assert (await ticket(centre, kiosk)).purpose == "collect"


async def test_a_procedure_says_what_to_bring_and_gives_its_number(centre: Visit) -> None:
    kiosk = await kiosk_of(centre, 1920, 1080)
    await use(kiosk, "search")
    await kiosk.keyboard.type("tach thua", delay=10)
    found = kiosk.locator(".found button", has_text="Tách thửa hoặc hợp thửa đất")
    await found.wait_for()
    await later(kiosk, A_FINGER_MS)
    await found.click()
    outcome = kiosk.locator("#outcome")
    for told in ("Đơn đề nghị", "Giấy chứng nhận đã cấp", "15 ngày làm việc", "Quầy 1, 2"):
        await expect(outcome).to_contain_text(told)
    await touch(kiosk, "take")
    await expect(kiosk.locator(NUMBER)).to_have_text("A001")
    assert (await ticket(centre, kiosk)).purpose == "submit"


@pytest.mark.alone
async def test_a_receipt_is_scanned_on_any_page_and_its_result_is_collected(centre: Visit) -> None:
    kiosk = await kiosk_of(centre)
    await touch(kiosk, "guidance")
    await scan(kiosk, "H60.04-220223-0019")
    await expect(kiosk.locator("#outcome")).to_contain_text("Đã có kết quả, mời quý khách nhận")
    await expect(kiosk.locator("#outcome")).to_contain_text("từ ngày 28/02/2022")
    await touch(kiosk, "take")
    await kiosk.locator(NUMBER).wait_for()
    taken = await ticket(centre, kiosk)
    assert (taken.service, taken.purpose) == ("ly-lich-tu-phap", "collect")


@pytest.mark.alone
async def test_a_dossier_without_a_field_leads_to_the_agencies(centre: Visit) -> None:
    kiosk = await kiosk_of(centre)
    await scan(kiosk, "H60.09-220228-0002")
    await expect(kiosk.locator("#outcome")).to_contain_text("Hồ sơ đã được tiếp nhận")
    await touch(kiosk, "take")
    await expect(kiosk.locator("#question")).to_contain_text("cơ quan nào")


@pytest.mark.alone
async def test_an_unknown_code_is_told_and_typed_slowly_is_no_scan(centre: Visit) -> None:
    kiosk = await kiosk_of(centre)
    await kiosk.keyboard.type("H60.01-220215-0007", delay=90)
    await kiosk.keyboard.press("Enter")
    await expect(kiosk.locator('[data-id="submit"]')).to_be_visible()
    await use(kiosk, "dossier")
    await type_on_the_glass(kiosk, "h60.01-9")
    await kiosk.locator(".keys .action").click()
    await expect(kiosk.locator("#outcome")).to_contain_text("Không tìm thấy hồ sơ này")
    await expect(kiosk.locator("#outcome .code")).to_have_text("H60.01-9")


async def test_what_is_nowhere_is_said(centre: Visit) -> None:
    kiosk = await kiosk_of(centre)
    await use(kiosk, "search")
    await type_on_the_glass(kiosk, "zzz")
    await expect(kiosk.locator(".how")).to_contain_text("Không tìm thấy")
    await kiosk.locator("#back").click()
    await expect(kiosk.locator('[data-id="submit"]')).to_be_visible()


@pytest.mark.alone
async def test_who_looks_up_too_much_reads_a_sentence_and_may_go_on(centre: Visit) -> None:
    kiosk = await kiosk_of(centre)
    for n in range(5):
        answer = await centre.context.request.get(
            f"http://127.0.0.1:{centre.server.port}/api/dossiers/NONE-{n}"
        )
        assert answer.status == 404
    await scan(kiosk, "H60.04-220223-0019")
    await expect(kiosk.locator("#outcome")).to_contain_text(
        "Quý khách đã nhập sai nhiều lần, xin chờ một phút"
    )
    await later(kiosk, A_LOOK_MS)
    await kiosk.locator("#back").click()
    await kiosk.route("**/api/procedures?**", lambda route: route.fulfill(status=429, body="{}"))
    await use(kiosk, "search")
    await kiosk.locator(".line").fill("dat dai")
    await expect(kiosk.locator(".how")).to_contain_text("Many people are searching")
    await expect(kiosk.locator(".found li").first).to_contain_text("Đất đai")
