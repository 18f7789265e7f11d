"""The hall board in a browser says what the hall screen says: the same examples, looked at with Chromium."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from tests.debian import needs_debian
from tests.hall_controller.web.browser_visit import Visit, visiting
from tests.hall_controller.web.hall_on_the_web import Printer, catalogue, web_hall
from tests.pictures.surfaces.board import A_TURN_S, LYING, UPRIGHT, WAYS, shown, tell

pytestmark = [needs_debian("chromium"), pytest.mark.asyncio(loop_scope="session")]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def visit(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> AsyncIterator[Visit]:
    """One hall for all: what its boards show are examples, and nobody does anything in it."""
    async with (
        web_hall(tmp_path_factory.mktemp("hall"), catalogue()) as hall,
        visiting(hall, Printer(), browser) as visit,
    ):
        yield visit


async def letters(board: Page) -> list[str]:
    """The fields that are to be seen now, each of them whole."""
    seen: list[str] = await board.evaluate(
        """() => {
          const list = document.getElementById("queues").getBoundingClientRect();
          const whole = (item) => item.offsetHeight && item.getBoundingClientRect().bottom <= list.bottom + 1;
          const items = [...document.querySelectorAll("#queues li")].filter(whole);
          return items.map((item) => item.querySelector("b").textContent);
        }"""
    )
    return seen


async def cut(board: Page, *places: str) -> list[str]:
    """Texts in these places of which something is out of sight."""
    found: list[str] = await board.evaluate(
        """(places) => {
          const lines = "h1, footer span, .name";
          const low = (text) => text.matches(lines) && text.scrollHeight > text.clientHeight + 4;
          const cut = (text) => text.offsetHeight && (low(text) || text.scrollWidth > text.clientWidth + 1);
          return [...document.querySelectorAll(places.join(","))].filter(cut).map((text) => text.textContent);
        }""",
        list(places),
    )
    return found


async def test_twenty_fields_take_turns_and_none_is_left_out(visit: Visit) -> None:
    async with shown(visit, "64-counters", LYING) as board:
        seen = await letters(board)
        pages = [await board.locator("#pages").inner_text()]
        for turn in range(1, int(pages[0].split("/")[1])):
            await tell(board, board.url, "64-counters", turn * A_TURN_S)
            seen += await letters(board)
            pages.append(await board.locator("#pages").inner_text())
    assert sorted(seen) == sorted("ABCDEGHKLMNPRSTUVWXY")
    assert len(set(pages)) == len(pages), "each page has its turn"


async def test_closed_fields_say_in_both_languages_when_they_open(visit: Visit) -> None:
    async with shown(visit, "lunch", LYING) as board:
        closed = board.locator("#queues .closed")
        assert await closed.count() == 6, "who is open and waited for by nobody is no news"
        await expect(closed.first).to_contain_text("Đóng")
        await expect(closed.first).to_contain_text("Closed")
        await expect(closed.first).to_contain_text("Mở lúc 13:30 · Opens at 13:30")
        await expect(closed.last).to_contain_text("Mở 08:30, Thứ Ba · Opens Tuesday")


@pytest.mark.parametrize(
    ("example", "later_s", "told"),
    [
        ("stand-in", 0, ("Quầy 5: Bưu điện tỉnh tiếp nhận thay", "Counter 5: Provincial Post Office for")),
        ("paused", 0, ("Quầy 3, 7 tạm dừng, quý khách vui lòng chờ", "Counters 3, 7 are paused")),
        ("printer-out", 0, ("Máy in hết giấy, mời quý khách lấy số tại bàn hướng dẫn", "out of paper")),
    ],
)
async def test_what_everybody_should_know_stands_at_the_foot_in_both_languages(
    visit: Visit, example: str, later_s: int, told: tuple[str, str]
) -> None:
    async with shown(visit, example, LYING, later_s=later_s) as board:
        for sentence in told:
            await expect(board.locator("#notice")).to_contain_text(sentence)


async def test_at_the_end_of_the_day_whoever_has_a_number_is_still_served(visit: Visit) -> None:
    async with shown(visit, "end-of-day", LYING) as board:
        await expect(board.locator("#hero")).to_contain_text("Đã hết giờ lấy số, số đã lấy vẫn được phục vụ")
        await expect(board.locator("#hero")).to_contain_text("No more numbers today; those taken are served")
        await expect(board.locator("#queues")).to_contain_text("Đăng ký kinh doanh")


async def test_the_way_is_shown_where_the_television_s_address_tells_it(visit: Visit) -> None:
    async with shown(visit, "calling", LYING, WAYS) as board:
        await expect(board.locator(".hero .arrow")).to_have_text("←")
        await expect(board.locator(".hero .zone")).to_contain_text("Zone A, ground floor")
        await expect(board.locator('[data-ticket="C103"] .arrow')).to_have_text("↗")
        await expect(board.locator('[data-ticket="B047"] .arrow')).to_be_hidden()


@pytest.mark.parametrize("size", [LYING, UPRIGHT])
async def test_the_longest_names_are_shortened_by_words_and_never_cut(
    visit: Visit, size: tuple[int, int]
) -> None:
    async with shown(visit, "longest-names", size) as board:
        assert await cut(board, ".number", ".desk", ".word", "h1", "#notice span", ".queues .name") == []
        names = await board.locator(".queues .name").all_text_contents()
        assert all(name.endswith("… ") and name[:-2].split()[-1] in LONG_WORDS for name in names)


LONG_WORDS = "Đăng ký biện pháp bảo đảm bằng quyền sử dụng đất và tài sản gắn liền với đất".split()


@pytest.mark.parametrize("example", ["training", "longest-names"])
async def test_name_training_mark_date_and_clock_share_the_header(visit: Visit, example: str) -> None:
    async with shown(visit, example, LYING) as board:
        right = await board.evaluate("document.querySelector('.clock').getBoundingClientRect().right")
        assert right <= LYING[0]
        assert await board.evaluate("document.documentElement.scrollWidth") == LYING[0]
        assert not (await board.locator("h1").inner_text()).endswith("…")
        assert await board.locator("#english").is_hidden(), "the name takes both lines"
