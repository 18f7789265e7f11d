"""The guides as pages: the same words as in guides/, readable on a desk and in the hand, in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.async_api import expect

from hall_controller.web import handbook_process
from hall_controller.web.handbook_routes import FOLDER, GUIDES, PICTURES
from tests.debian import needs_debian
from tests.hall_controller.web.browser_visit import Visit
from tests.hall_controller.web.hall_on_the_web import IN_THE_HALL, OUTSIDE, WebHall
from tests.pictures.axe import violations

DESK, PHONE = (1280, 800), (360, 740)
LOADED = "Array.from(document.images, (one) => one.complete && one.naturalWidth > 0)"


def test_every_guide_of_the_folder_has_a_page_and_every_page_a_guide() -> None:
    served = {name for guide in GUIDES.values() for name in (guide.vi, guide.en)}
    assert served == {str(path.relative_to(FOLDER)) for path in FOLDER.glob("*/*.md")}


def test_pictures_come_from_the_hall_and_html_in_a_guide_is_only_text() -> None:
    html = handbook_process.as_html("![a picture](../pictures/set-up.png)\n\n<script>x</script>")
    assert '<img src="/guides/pictures/set-up.png" alt="a picture" />' in html
    assert "<script>" not in html


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*/*.md")), ids=lambda path: path.stem)
def test_every_word_of_a_guide_stands_on_its_page(file: Path) -> None:
    text = file.read_text("utf-8")
    html = re.sub(r"<[^>]+>", " ", handbook_process.as_html(text))
    shown = re.sub(r"!\[[^\]]*\]\([^)]*\)|https?://\S+|&\w+;", " ", text)
    missing = set(re.findall(r"\w{2,}", shown)) - set(re.findall(r"\w{2,}", html))
    assert missing == set()


async def test_a_guide_is_for_everybody_in_the_hall_and_for_nobody_outside(hall: WebHall) -> None:
    async with hall.client(OUTSIDE) as stranger:
        assert (await stranger.get("/guides/officer")).status_code == 403
        assert (await stranger.get("/guides/pictures/set-up.png")).status_code == 403
    async with hall.client(IN_THE_HALL) as somebody:
        assert (await somebody.get("/guides/nobody")).status_code == 422
        assert (await somebody.get("/guides/pictures/%2e%2e/README.md")).status_code == 404
        picture = await somebody.get("/guides/pictures/set-up.png")
    assert picture.content == (PICTURES / "set-up.png").read_bytes()


@needs_debian("chromium")
@pytest.mark.asyncio(loop_scope="session")
async def test_every_guide_can_be_read_on_a_desk_and_in_the_hand_in_both_languages(visit: Visit) -> None:
    for guide in GUIDES:
        page = await visit.open(f"/guides/{guide}", *DESK)
        for language, size in (("vi", DESK), ("en", PHONE)):
            await page.set_viewport_size({"width": size[0], "height": size[1]})
            if await page.locator("html").get_attribute("lang") != language:
                await page.locator("#language").click()
            article = page.locator(f"article.{language}")
            await expect(article.locator("h1")).to_be_visible()
            await expect(article.locator("td").first).to_be_visible()
            assert await violations(page) == [], (guide, language)
            assert not await page.evaluate("document.documentElement.scrollWidth > innerWidth"), guide
        await page.wait_for_load_state("networkidle")
        assert all(await page.evaluate(LOADED))
        await page.close()


@needs_debian("chromium")
@pytest.mark.asyncio(loop_scope="session")
async def test_a_question_mark_opens_the_officers_guide_beside_the_counter_page(visit: Visit) -> None:
    page = await visit.open("/counter/1", *DESK)
    await page.locator("[data-queue]").first.wait_for()
    async with visit.context.expect_page() as opened:
        await page.keyboard.press("?")
    guide = await opened.value
    await guide.wait_for_url("**/guides/officer")
    await expect(guide.locator("h1:visible")).to_have_text("Cán bộ tại quầy: một trang")
    assert page.url.endswith("/counter/1")
    await guide.emulate_media(media="print")
    await expect(guide.locator("header")).to_be_hidden()
