"""The counter page in a real browser: quick, never ahead of the truth, in step with other tabs and the pad."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, Route, expect

from hall_controller.domain.catalogue import Assignment, Calls
from tests.debian import needs_debian
from tests.hall_controller.web.browser_visit import Visit
from tests.hall_controller.web.counter_pages import PHONE, counter_hall, counter_page, key, pad, says
from tests.hall_controller.web.test_browser import Wire
from tests.pictures.axe import grave_violations

pytestmark = [needs_debian("chromium"), pytest.mark.asyncio(loop_scope="session")]

FEEDBACK_MS = 100
STALE_MS = 3000
WHEN_TOLD = """() => {
  const cut = performance.now();
  new MutationObserver(() => (window.toldAfter ??= performance.now() - cut)).observe(banner, { attributes: true });
}"""
WATCH = """addEventListener("keydown", (event) => {
  const seen = new MutationObserver(() => {
    if (!document.querySelector('[data-mark="sent"]')) return;
    seen.disconnect();
    requestAnimationFrame(() => setTimeout(() => took.push(performance.now() - event.timeStamp)));
  });
  seen.observe(document.body, { subtree: true, attributes: true, attributeFilter: ["data-mark"] });
}, true); window.took = [];"""


@pytest_asyncio.fixture(loop_scope="session")
async def desk(tmp_path: Path, browser: Browser) -> AsyncIterator[Visit]:
    """A hall where nobody need sign in, with three visitors and counter 1 open."""
    async with counter_hall(tmp_path, browser) as visit:
        for _ in range(3):
            await visit.hall.take()
        await visit.hall.press("1", "open")
        yield visit


@pytest.mark.alone
async def test_a_press_is_seen_within_100_ms_and_accepted_only_when_it_is_written_down(desk: Visit) -> None:
    page = await counter_page(desk)
    await page.evaluate(WATCH)
    desk.hall.disk.slow_s = 0.6
    for letter in ("Space", "r", "c"):
        await page.keyboard.press(letter)
        await expect(page.locator('[data-mark="sent"]')).to_have_count(1)
        assert "sent" in (await page.locator("#result").get_attribute("class") or "")
        assert "đã ghi" not in (await page.locator("#result").text_content() or "")
        await says(page, "đã ghi.")
        await expect(page.locator('[data-mark="sent"]')).to_have_count(0)
    desk.hall.disk.slow_s = 0.0
    took_ms = await page.evaluate("took")
    print(f"from the key to the picture: {[round(ms) for ms in took_ms]} ms")  # noqa: T201 - it is measured
    assert len(took_ms) == 3
    assert sorted(took_ms)[1] < FEEDBACK_MS


async def test_a_key_that_is_held_or_hit_again_before_the_answer_is_one_press(desk: Visit) -> None:
    page = await counter_page(desk)
    told = asyncio.Event()

    async def when_told(route: Route) -> None:
        await told.wait()
        await route.continue_()

    await page.route("**/api/counters/1/next", when_told)
    await page.keyboard.down("Space")
    await page.keyboard.down("Space")
    await page.keyboard.down("Space")
    await page.keyboard.up("Space")
    await page.keyboard.press("Space")
    await says(page, "Đang chờ phím trước, xin đợi rồi bấm lại.")
    told.set()
    await says(page, "Gọi tiếp A001: đã ghi.")
    assert desk.hall.controller.hall.queue("land").waiting == ("A002", "A003")


async def test_a_bounce_is_told_as_one(tmp_path: Path, browser: Browser) -> None:
    async with counter_hall(tmp_path, browser, calls=Calls(double_press_s=30.0)) as visit:
        for _ in range(2):
            await visit.hall.take()
        page = await counter_page(visit)
        await key(page, "o", "Mở quầy: đã ghi.")
        await key(page, "Space", "Gọi tiếp A001: đã ghi.")
        await key(page, "Space", "Gọi tiếp: Phím vừa được bấm, lần bấm này không tính.")
        await expect(page.locator("#number")).to_have_text("A001")


@pytest.mark.alone
async def test_two_tabs_and_a_pad_stay_in_step(desk: Visit) -> None:
    one, two = await counter_page(desk), await counter_page(desk)
    await key(one, "Space", "Gọi tiếp A001: đã ghi.")
    await expect(two.locator("#number")).to_have_text("A001", timeout=1000)
    await pad(desk, "1", "hold")
    for page in (one, two):
        await expect(page.locator("#number")).to_be_hidden(timeout=1000)
        await expect(page.locator('#aside [data-number="A001"]')).to_contain_text("đang giữ", timeout=1000)
    await key(two, "Space", "Gọi tiếp A002: đã ghi.")
    await pad(desk, "1", "next")
    for page in (one, two):
        await expect(page.locator("#number")).to_have_text("A003", timeout=1000)
        await expect(page.locator('[data-queue="land"] .count')).to_have_text("0")


@pytest.mark.alone
async def test_after_a_dead_wire_the_page_shows_what_really_happened_meanwhile(desk: Visit) -> None:
    async with Wire(desk.server.port).laid() as wire:
        page = await counter_page(desk, port=wire.port)
        await key(page, "Space", "Gọi tiếp A001: đã ghi.")
        await page.evaluate(WHEN_TOLD)
        wire.cut()
        await expect(page.locator("#banner .vi")).to_contain_text("Mất kết nối từ 08:30")
        assert await page.evaluate("toldAfter") < STALE_MS
        await pad(desk, "1", "next")
        await expect(page.locator("#number")).to_have_text("A001")
        wire.mend()
        await expect(page.locator("#banner")).to_be_hidden(timeout=6000)
        await expect(page.locator("#number")).to_have_text("A002")
        await page.close()


async def test_a_press_into_a_dead_wire_happens_once_when_the_wire_is_back(desk: Visit) -> None:
    async with Wire(desk.server.port).laid() as wire:
        page = await counter_page(desk, port=wire.port)
        wire.cut()
        async with page.expect_request("**/next"):
            await page.keyboard.press("Space")
        await says(page, "Gọi tiếp: đang ghi…")
        await page.wait_for_event(
            "request", lambda one: one.url.endswith("/next")
        )  # no answer came: it asks again
        wire.mend()
        await says(page, "Gọi tiếp A001: đã ghi.")
        assert desk.hall.controller.hall.queue("land").waiting == ("A002", "A003")
        await page.close()


async def test_a_journal_that_cannot_be_written_is_a_sentence_that_stays(desk: Visit) -> None:
    page = await counter_page(desk)
    desk.hall.disk.full = True
    await key(page, "Space", "Gọi tiếp: Hệ thống tạm thời không ghi được dữ liệu, chưa có gì thay đổi.")
    await expect(page.locator("#banner .vi")).to_contain_text("Hệ thống không ghi được dữ liệu từ 08:30")
    desk.hall.disk.full = False
    await expect(page.locator("#banner")).to_be_hidden()
    assert "no" in (await page.locator("#result").get_attribute("class") or "").split()
    await key(page, "Space", "Gọi tiếp A001: đã ghi.")


async def test_a_number_out_of_turn_can_be_chosen_only_where_the_hall_allows_it(
    desk: Visit, tmp_path: Path, browser: Browser
) -> None:
    page = await counter_page(desk)
    await expect(page.locator("#queues li").first).to_contain_text("A001")
    assert await page.locator("#queues button").count() == 0
    async with counter_hall(tmp_path / "free", browser, calls=Calls(cherry_pick=True)) as visit:
        for _ in range(2):
            await visit.hall.take()
        await visit.hall.press("1", "open")
        free = await counter_page(visit)
        await free.locator('#queues [data-number="A002"] button').click()
        await says(free, "Gọi tiếp A002: đã ghi.")


async def test_who_stands_in_for_whom_is_told(tmp_path: Path, browser: Browser) -> None:
    stand_in = (Assignment("1", "tnmt", "bd", "lan", decision="số 01"),)
    async with counter_hall(tmp_path, browser, assignments=stand_in) as visit:
        page = await counter_page(visit)
        await expect(page.locator("#notice .vi")).to_have_text("bd tiếp nhận thay tnmt")
        await head_is_in_order(page)


async def head_is_in_order(page: Page) -> None:
    """In training, with a stand-in: the clock ends the first line, and the tools are one line."""
    for width in (1280, 1100):
        await page.set_viewport_size({"width": width, "height": 800})
        tops = await page.evaluate(
            "Array.from(document.querySelectorAll('.tools > *'), (one) => Math.round(one.getBoundingClientRect().top))"
        )
        clock, name = await page.locator("#time").bounding_box(), await page.locator("h1").bounding_box()
        assert len(set(tops)) == 1, f"{width} px: the tools stand in lines at {tops}"
        assert clock
        assert name
        assert abs(clock["y"] - name["y"]) < name["height"] / 2
        assert clock["x"] + clock["width"] > width - 40


async def test_english_and_sounds_are_remembered(desk: Visit) -> None:
    page = await counter_page(desk)
    await page.keyboard.press("e")
    await expect(page.locator("h1")).to_have_text("Counter 1", use_inner_text=True)
    await page.keyboard.press("s")
    await page.reload()
    await expect(page.locator('[data-key="next"] b')).to_have_text("Next", use_inner_text=True)
    await expect(page.locator("html")).to_have_attribute("lang", "en")
    await expect(page.locator("#sounds")).to_have_attribute("aria-pressed", "true")
    await page.keyboard.press("Space")
    await expect(page.locator("#result .en")).to_have_text("Next A001: done.")
    await page.keyboard.press("e")
    await page.keyboard.press("s")


PANELS = ("t", "p", "u", "d")


@pytest.mark.parametrize("width", [1280, 360])
async def test_nothing_keeps_anybody_out_and_nothing_is_wider_than_the_page(desk: Visit, width: int) -> None:
    for name in ("next", "hold", "next", "miss", "next"):
        await desk.hall.press("1", name)
    page = await counter_page(desk, width=width)
    await expect(page.locator("#aside button")).to_have_count(2)
    assert await grave_violations(page) == []
    for letter in PANELS:
        await page.keyboard.press(letter)
        await expect(page.locator(".panel:not([hidden])")).to_have_count(1)
        await fits(page)
        assert await grave_violations(page) == []
        await page.keyboard.press("Escape")
        await expect(page.locator(".panel:not([hidden])")).to_have_count(0)


async def fits(page: Page) -> None:
    assert not await page.evaluate("document.documentElement.scrollWidth > innerWidth")


async def test_resume_right_after_a_missed_call_asks_which_of_the_two_though_the_news_is_slow(
    desk: Visit,
) -> None:
    page = await counter_page(desk)
    for letter, answer in (("Space", "A001: đã ghi."), ("h", "Giữ lại: đã ghi."), ("Space", "A002: đã ghi.")):
        await key(page, letter, answer)
    await expect(page.locator("#aside button")).to_have_count(1)

    async def slowly(route: Route) -> None:
        await asyncio.sleep(0.3)
        await route.continue_()

    await page.route("**/api/counters/1", slowly)
    await key(page, "m", "Vắng mặt: đã ghi.")
    await page.keyboard.press("u")
    await expect(page.locator("#resume-choices button b")).to_have_text(["A001", "A002"])
    await page.unroute_all(behavior="wait")


async def test_what_was_asked_for_before_is_not_shown_after_what_was_told_since(desk: Visit) -> None:
    await desk.hall.press("1", "next")
    older = (await desk.hall.http.get("/api/counters/1")).text
    await desk.hall.press("1", "hold")
    newer = (await desk.hall.http.get("/api/counters/1")).text
    page = await desk.open("")
    await page.clock.install(time=0)
    await page.clock.pause_at(1000)  # the page does not ask again
    told = [newer, older, '{"unavailable_since": "2022-03-01T01:30:00Z"}']
    body = "retry: 60000\n\n" + "".join(f"data: {one}\n\n" for one in told)
    kind = "text/event-stream"
    await page.route("**/api/counters/1/stream", lambda route: route.fulfill(content_type=kind, body=body))
    await page.goto(f"http://127.0.0.1:{desk.server.port}/counter/1")
    await expect(page.locator("#banner")).to_be_visible()
    assert await page.locator('#aside [data-number="A001"]').count() == 1


async def test_a_round_by_touch_in_english_on_a_telephone(desk: Visit) -> None:
    page = await counter_page(desk, width=PHONE[0])
    await page.locator('[data-tool="e"]').click()

    async def touch(name: str, answer: str = "") -> None:
        await page.locator(f'[data-key="{name}"]').click()
        if answer:
            await expect(page.locator("#result .en")).to_have_text(answer)

    await touch("next", "Next A001: done.")
    await expect(page.locator("#said .en")).to_have_text("A001, please go to counter 1")
    await expect(page.locator("#waited .en").first).to_have_text("Waited ")
    await touch("hold", "Hold: done.")
    await touch("next", "Next A002: done.")
    await touch("miss", "Missed: done.")
    await touch("resume")
    await page.locator("#resume-choices button").first.click()
    await expect(page.locator("#result .en")).to_have_text("Resume A001: done.")
    await touch("transfer")
    await page.locator("#to").select_option("notary")
    await page.locator("#why").fill("copy missing")
    await page.locator('#transfer-panel [type="submit"]').click()
    await expect(page.locator("#result .en")).to_have_text("Transfer: done.")
    ticket = desk.hall.controller.hall.ticket("A001")
    assert ticket
    assert (ticket.queue, ticket.sent_from, ticket.sent_why) == ("notary", "1", "copy missing")
    await touch("ring", "Ring: done.")
    await expect(page.locator("#bell .en")).to_contain_text("The bell calls")
    await touch("pause")
    await page.locator('[data-reason="Nghỉ trưa"]').click()
    await expect(page.locator("#state .en")).to_have_text("Paused")
    await touch("close", "Close: done.")
    await expect(page.locator("#day")).to_contain_text("Lunch")
    await fits(page)
    await page.locator("#day-close").click()
    await page.locator('[data-tool="e"]').click()
