"""The kiosk in a real browser, in the reference hall: a number in three touches, and whatever else may happen there."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, Page, Request, expect

from tests.debian import needs_debian
from tests.hall_controller.web.browser_visit import Visit, visiting
from tests.hall_controller.web.hall_on_the_web import Printer
from tests.hall_controller.web.reference_web import reference_hall

pytestmark = [needs_debian("chromium"), pytest.mark.asyncio(loop_scope="session")]

SATURDAY_MORNING = datetime(2022, 3, 5, 1, 30, tzinfo=UTC)
LARGEST_PAGE_BYTES = 150_000
NUMBER = "#outcome .number"


A_FINGER_MS = 350
"""A finger is no quicker, and a bounce is not meant; the page's own clock goes on by it."""
A_LOOK_MS = 1300
"""The hand that took a number does not also send it away."""
BEFORE_IT_LEAVES_MS = 4000
"""After that look; a number that nobody sends away stands for six seconds."""


async def kiosk_of(visit: Visit, width: int = 1080, height: int = 1920) -> Page:
    await visit.context.clock.install()
    page = await visit.open("/kiosk?kiosk=kiosk-1", width, height)
    await page.locator('[data-id="submit"]').wait_for()
    return page


async def touch(kiosk: Page, *answers: str) -> None:
    for answer in answers:
        button = kiosk.locator(f'[data-id="{answer}"]')
        await button.wait_for()
        await later(kiosk, A_FINGER_MS)
        await button.click()


async def later(kiosk: Page, wait_ms: int) -> None:
    """So much time passes on the page's own clock; where that was too long for its stream, it is heard again."""
    await kiosk.clock.fast_forward(wait_ms)
    await expect(kiosk.locator("html.stale")).to_have_count(0)


async def use(kiosk: Page, tool: str) -> None:
    await kiosk.locator(f'[data-tool="{tool}"]').wait_for()
    await later(kiosk, A_FINGER_MS)
    await kiosk.locator(f'[data-tool="{tool}"]').click()


async def ticket(visit: Visit, kiosk: Page) -> Any:  # noqa: ANN401 - the ticket of the hall, or an error of the test
    number = await kiosk.locator(NUMBER).text_content()
    return visit.hall.controller.hall.ticket(number or "")


async def test_three_touches_give_a_number_and_the_wait_is_known_before(centre: Visit) -> None:
    await centre.hall.press("1", "open")
    for _ in range(7):
        await centre.hall.take("dat-dai")
    for _ in range(6):
        await centre.hall.press("1", "next")
    kiosk = await kiosk_of(centre)
    await touch(kiosk, "submit", "tnmt")
    about = kiosk.locator('[data-id="dat-dai"] .about')
    await expect(about).to_contain_text("1 người đang chờ, chờ dưới 5 phút")
    await expect(about).to_contain_text("1 waiting, under 5 minutes")
    await touch(kiosk, "dat-dai")
    await expect(kiosk.locator(NUMBER)).to_have_text("A008")
    await expect(kiosk.locator("#outcome")).to_contain_text("Còn 1 người trước quý khách")
    await expect(kiosk.locator("#outcome")).to_contain_text("Quầy 1, 2")
    assert (await ticket(centre, kiosk)).source == "kiosk-1"


async def test_an_agency_with_one_field_gives_the_number_at_once(centre: Visit) -> None:
    kiosk = await kiosk_of(centre)
    await touch(kiosk, "submit")
    await expect(kiosk.locator('[data-id="sct"]')).to_contain_text("Không phải chờ")
    await touch(kiosk, "sct")
    await expect(kiosk.locator(NUMBER)).to_be_visible()


async def test_the_number_stands_six_seconds_and_then_the_next_visitor_begins(centre: Visit) -> None:
    kiosk = await kiosk_of(centre)
    await touch(kiosk, "submit", "sct")
    await kiosk.locator(NUMBER).wait_for()
    await kiosk.clock.run_for(2000)
    await kiosk.clock.run_for(2000)
    await expect(kiosk.locator(NUMBER)).to_be_visible()
    await kiosk.clock.run_for(2500)
    await expect(kiosk.locator('[data-id="submit"]')).to_be_visible(timeout=1500)


async def test_who_walks_away_leaves_the_first_question_in_vietnamese(centre: Visit) -> None:
    kiosk = await centre.open("", 1080, 1920)
    await kiosk.clock.install()
    await kiosk.goto(f"http://127.0.0.1:{centre.server.port}/kiosk")
    await kiosk.locator("#language").click()
    await kiosk.locator('[data-id="submit"]').wait_for()
    await kiosk.clock.run_for(400)
    await kiosk.locator('[data-id="submit"]').click()
    await expect(kiosk.locator("#question")).to_contain_text("Which agency?")
    await kiosk.clock.run_for(23_000)
    await expect(kiosk.locator("#hint")).to_contain_text("About to start over")
    await kiosk.clock.run_for(8_000)
    await expect(kiosk.locator("#question")).to_contain_text("Quý khách cần làm gì?")
    await expect(kiosk.locator("html")).to_have_attribute("data-language", "vi")


async def test_a_closed_field_stays_visible_with_its_next_opening(browser: Browser, tmp_path: Path) -> None:
    printer = Printer()
    async with (
        reference_hall(tmp_path, printer, start=SATURDAY_MORNING) as hall,
        visiting(hall, printer, browser) as visit,
    ):
        kiosk = await kiosk_of(visit)
        await touch(kiosk, "submit")
        closed = kiosk.locator('[data-id="sct"]')
        await expect(closed).to_have_class("closed")
        await expect(closed).to_contain_text("Mở lại Thứ Hai lúc 07:30")
        await expect(kiosk.locator('[data-id="tnmt"]')).not_to_have_class("closed")
        await touch(kiosk, "sct")
        await expect(kiosk.locator("#outcome")).to_contain_text("Opens on Monday at 07:30")
        assert hall.controller.hall.tickets == {}


async def test_what_is_online_only_says_so_and_prints_where_to_go(centre: Visit) -> None:
    kiosk = await kiosk_of(centre)
    await touch(kiosk, "submit", "khdt")
    online = kiosk.locator('[data-id="dang-ky-kinh-doanh-truc-tuyen"]')
    await expect(online).to_contain_text("Chỉ nhận hồ sơ trực tuyến")
    await touch(kiosk, "dang-ky-kinh-doanh-truc-tuyen")
    await expect(kiosk.locator("#outcome")).to_contain_text("Mời quý khách nhận phiếu hướng dẫn bên dưới")
    await expect(kiosk.locator("#outcome .url")).not_to_have_text("—")
    assert len(centre.printer.asked) == 1
    assert centre.hall.controller.hall.tickets == {}


async def test_who_goes_first_says_so_and_reads_why(centre: Visit) -> None:
    kiosk = await kiosk_of(centre)
    await touch(kiosk, "submit")
    await use(kiosk, "priority")
    await expect(kiosk.locator('[data-id="elderly"]')).to_contain_text("Nghị định 107/2021/NĐ-CP")
    await expect(kiosk.locator("#tools")).to_contain_text("Quý khách tự khai, không cần giấy tờ")
    await touch(kiosk, "elderly")
    await expect(kiosk.locator('[data-tool="priority"]')).to_contain_text("Ưu tiên: Người cao tuổi")
    await touch(kiosk, "sct")
    await kiosk.locator(NUMBER).wait_for()
    assert (await ticket(centre, kiosk)).priority == "elderly"


async def test_without_paper_the_kiosk_says_so_before_and_after(centre: Visit) -> None:
    centre.printer.paper = False
    kiosk = await kiosk_of(centre)
    await expect(kiosk.locator("#notes")).to_contain_text("Máy in hết giấy: quý khách vẫn lấy được số")
    await touch(kiosk, "submit", "sct")
    await expect(kiosk.locator("#outcome .paper")).to_contain_text("Please remember this number")
    centre.printer.paper = True
    await expect(kiosk.locator("#notes")).to_be_hidden()


async def test_in_guard_mode_the_visitor_is_sent_to_the_desk(centre: Visit) -> None:
    await centre.hall.at_the_desk("guard", on=True)
    kiosk = await kiosk_of(centre)
    await expect(kiosk.locator("#notes")).to_contain_text("mời quý khách đến bàn hướng dẫn để được xếp hàng")
    await touch(kiosk, "submit", "sct")
    await expect(kiosk.locator("#outcome .paper")).to_contain_text("Mời quý khách đến bàn hướng dẫn")


@pytest.mark.alone
async def test_fifty_presses_in_five_seconds_are_capped_and_answered(centre: Visit) -> None:
    kiosk = await kiosk_of(centre)
    await touch(kiosk, "submit", "tnmt")
    await kiosk.clock.fast_forward(A_FINGER_MS)
    box = await kiosk.locator('[data-id="dat-dai"]').bounding_box()
    assert box
    began_s = asyncio.get_running_loop().time()
    told = 0
    for n in range(50):
        await kiosk.mouse.click(box["x"] + 20, box["y"] + 20)
        told += await kiosk.locator("#veil").is_visible()
        await asyncio.sleep(max(0.0, began_s + (n + 1) * 0.1 - asyncio.get_running_loop().time()))
    assert told > 20, "the hand is told to rest"
    assert centre.hall.controller.hall.ticket("A001")
    assert not centre.hall.controller.hall.ticket("A002")
    assert centre.printer.asked == ["A001"], "what was given out was printed"
    await expect(kiosk.locator("#veil")).to_be_hidden()


async def test_everything_can_be_done_with_a_keyboard(centre: Visit) -> None:
    kiosk = await kiosk_of(centre)
    await expect(kiosk.locator("#question")).to_be_visible()
    for answer in ("submit", "tnmt", "dat-dai"):
        await kiosk.locator(f'[data-id="{answer}"]').wait_for()
        for _ in range(30):
            await kiosk.keyboard.press("Tab")
            if await kiosk.evaluate("document.activeElement.dataset.id") == answer:
                break
        await later(kiosk, A_FINGER_MS)
        await kiosk.keyboard.press("Enter")
    await expect(kiosk.locator(NUMBER)).to_have_text("A001")
    await later(kiosk, A_LOOK_MS)
    await kiosk.keyboard.press("Escape")
    await expect(kiosk.locator('[data-id="submit"]')).to_be_visible(timeout=BEFORE_IT_LEAVES_MS)


@pytest.mark.parametrize(("width", "height"), [(1080, 1920), (1920, 1080)])
async def test_every_answer_is_two_centimetres_tall_and_the_language_stays_in_its_corner(
    centre: Visit, width: int, height: int
) -> None:
    kiosk = await kiosk_of(centre, width, height)
    corner = await kiosk.locator("#language").bounding_box()
    for step in ("submit", "tnmt"):
        await smallest_is_large(kiosk)
        await touch(kiosk, step)
    await smallest_is_large(kiosk)
    await use(kiosk, "search")
    await smallest_is_large(kiosk)
    assert await kiosk.locator("#language").bounding_box() == corner


async def smallest_is_large(kiosk: Page) -> None:
    """Every button on the page is 2 cm high by CSS (76 px), and 2 cm at the 102 dpi of a 21.5 inch glass."""
    heights = await kiosk.evaluate(
        "[...document.querySelectorAll('button')].filter(b => b.offsetHeight).map(b => b.offsetHeight)"
    )
    assert min(heights) >= 80
    assert not await kiosk.evaluate("document.documentElement.scrollWidth > innerWidth")


async def test_the_page_weighs_less_than_150_kilobytes_with_fonts_and_data(centre: Visit) -> None:
    page = await centre.context.new_page()
    finished: list[Request] = []

    def keep(request: Request) -> None:
        finished.append(request)

    page.on("requestfinished", keep)
    await page.goto(f"http://127.0.0.1:{centre.server.port}/kiosk")
    await page.locator('[data-id="submit"]').wait_for()
    await page.evaluate("document.fonts.ready")
    async with asyncio.timeout(15):
        while len(_fonts(finished)) < 3:
            await page.wait_for_timeout(50)
    await page.wait_for_timeout(300)  # one more than the three would come now
    weighed = 0
    for request in finished:
        sizes = await request.sizes()
        weighed += sizes["responseBodySize"] + sizes["responseHeadersSize"]
    told = len((await centre.hall.http.get("/api/hall")).content)
    fonts = _fonts(finished)
    print(f"kiosk: {weighed + told} bytes, {len(fonts)} fonts, first state {told}")  # noqa: T201 - it is measured
    assert len(fonts) == 3
    assert weighed + told < LARGEST_PAGE_BYTES


def _fonts(requests: list[Request]) -> list[Request]:
    return [request for request in requests if request.url.endswith(".woff2")]
