"""The three pages in a real browser: a number touched at the kiosk, called by keyboard, seen on the board."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Page, ViewportSize, async_playwright, expect

from hall_controller.domain.catalogue import Dispenser
from hall_controller.web.serving import Server, listen
from tests.debian import needs_debian, program
from tests.hall_controller.web.hall_on_the_web import LAND, Printer, WebHall, application, catalogue, web_hall

pytestmark = [needs_debian("chromium"), pytest.mark.asyncio(loop_scope="module")]

QUIET_BROWSER = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
SOON_MS = 5000


@dataclass
class Visit:
    """A hall on a port of this machine, and pages that look at it."""

    hall: WebHall
    printer: Printer
    server: Server
    serving: asyncio.Task[None]
    context: BrowserContext
    problems: list[str] = field(default_factory=list)
    """What went wrong in a page's own script."""

    async def open(self, path: str, width: int = 1280, height: int = 800, *, port: int = 0) -> Page:
        page = await self.context.new_page()
        await page.set_viewport_size(ViewportSize(width=width, height=height))
        page.set_default_timeout(SOON_MS)
        page.on("pageerror", lambda error: self.problems.append(str(error)))
        await page.goto(f"http://127.0.0.1:{port or self.server.port}{path}")
        return page

    async def kill(self) -> None:
        """The controller is gone: nobody listens, and open connections end."""
        self.server.stop()
        await self.serving


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    path = program("chromium", package="chromium")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=QUIET_BROWSER)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="module")
async def visit(tmp_path: Path, browser: Browser) -> AsyncIterator[Visit]:
    printer = Printer()
    limits = Dispenser(gap_s=3.0)
    async with web_hall(tmp_path, catalogue(dispenser=limits), printing=printer) as hall:
        context = await browser.new_context()
        with listen("127.0.0.1", 0) as listening:
            server = Server(hall.app, listening)
            visit = Visit(hall, printer, server, asyncio.create_task(server.run()), context)
            yield visit
            await context.close()
            await visit.kill()
    assert visit.problems == []


class Wire:
    """A wire between the pages and the hall, which can be dead without either end noticing."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._carries = asyncio.Event()
        self._carries.set()
        self._flows: set[asyncio.Task[None]] = set()
        self.port = 0

    def cut(self) -> None:
        self._carries.clear()

    def mend(self) -> None:
        self._carries.set()

    @asynccontextmanager
    async def laid(self) -> AsyncIterator[Wire]:
        async with await asyncio.start_server(self._plug, "127.0.0.1", 0) as server:
            self.port = server.sockets[0].getsockname()[1]
            yield self
        for flow in self._flows:
            flow.cancel()
        await asyncio.gather(*self._flows, return_exceptions=True)

    async def _plug(self, here: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        there, on = await asyncio.open_connection("127.0.0.1", self._port)
        for source, sink in ((here, on), (there, back)):
            flow = asyncio.create_task(self._flow(source, sink))
            self._flows.add(flow)

    async def _flow(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        try:
            while data := await source.read(65_536):
                await self._carries.wait()
                sink.write(data)
        except ConnectionError:
            pass
        finally:
            sink.close()


async def touch(kiosk: Page, *answers: str) -> None:
    for answer in answers:
        button = kiosk.locator(f'[data-id="{answer}"]')
        await button.wait_for()
        await kiosk.wait_for_timeout(350)  # a finger is no quicker, and a bounce is not meant
        await button.click()


async def test_a_number_is_touched_called_by_keyboard_and_seen_on_the_board(visit: Visit) -> None:
    kiosk, board = await visit.open("/kiosk", 1080, 1920), await visit.open("/board", 1920, 1080)
    counter = await visit.open("/counter/1")
    await expect(board.locator("#hero")).to_contain_text("Mời quý khách lấy số")

    await touch(kiosk, "submit", "tnmt", "land")
    await expect(kiosk.locator("#outcome .number")).to_have_text("A001")
    await expect(kiosk.locator("#outcome")).to_contain_text("Mời quý khách nhận phiếu bên dưới")

    await expect(counter.locator('[data-queue="land"] td >> nth=2')).to_have_text("1")
    await counter.keyboard.press("o")
    await expect(counter.locator("#result")).to_contain_text("Mở quầy: đã ghi.")
    await counter.keyboard.press("Space")
    await expect(counter.locator("#result")).to_contain_text("Gọi tiếp A001: đã ghi.")
    await expect(counter.locator("#number")).to_have_text("A001")

    await expect(board.locator(".hero.now .number")).to_have_text("A001")
    await expect(board.locator(".hero.now .desk")).to_have_text("Quầy 1")
    await expect(board.locator('[data-ticket="A001"]')).to_be_visible()
    await expect(board.locator("#training")).to_be_visible()

    await counter.keyboard.press("Space")
    await expect(counter.locator("#number")).to_be_hidden()
    await counter.keyboard.press("r")
    await expect(counter.locator("#result")).to_contain_text("Không có khách ở quầy.")
    await expect(kiosk.locator("#question")).to_contain_text("Quý khách cần làm gì?", timeout=8000)


async def test_calls_a_blink_apart_are_all_seen_large(visit: Visit) -> None:
    board = await visit.open("/board", 1920, 1080)
    await expect(board.locator("#hero")).to_contain_text("Mời quý khách lấy số")
    for counter, service in (("1", "land"), ("2", "notary"), ("3", "guidance")):
        await visit.hall.take(service, kiosk=f"kiosk-{counter}") if counter != "3" else await visit.hall.take(
            service
        )
        await visit.hall.press(counter, "open")
    seen: set[str] = set()
    await asyncio.gather(*(visit.hall.press(counter, "next") for counter in ("1", "2", "3")))
    for _ in range(60):
        seen.update(await board.locator(".hero.now .number").all_text_contents())
        if len(seen) == 3:
            break
        await board.wait_for_timeout(150)
    assert seen == {"A001", "B001", "C001"}


async def test_pages_say_within_three_seconds_that_the_hall_is_gone_and_come_back_alone(visit: Visit) -> None:
    board, kiosk = await visit.open("/board", 1920, 1080), await visit.open("/kiosk")
    await kiosk.locator('[data-id="submit"]').wait_for()
    await expect(board.locator("#hero")).to_contain_text("Mời quý khách lấy số")
    port = visit.server.port
    await visit.kill()
    await expect(board.locator("#banner")).to_contain_text("Mất kết nối từ 08:30", timeout=3000)
    await expect(kiosk.locator("#banner")).to_contain_text(
        "mời quý khách lấy số tại bàn hướng dẫn", timeout=1000
    )
    with listen("127.0.0.1", port) as listening:
        visit.server = Server(application(visit.hall.controller, visit.hall.auth, visit.printer), listening)
        visit.serving = asyncio.create_task(visit.server.run())
        await expect(board.locator("#banner")).to_be_hidden(timeout=6000)
        await expect(kiosk.locator("#banner")).to_be_hidden(timeout=6000)
        await board.close()
        await kiosk.close()
        await visit.kill()


async def test_a_dead_wire_is_told_within_three_seconds_too(visit: Visit) -> None:
    async with Wire(visit.server.port).laid() as wire:
        board = await visit.open("/board", 1920, 1080, port=wire.port)
        await visit.hall.take()
        await expect(board.locator("#queues")).to_contain_text("1 chờ")
        wire.cut()
        await expect(board.locator("#banner")).to_contain_text("Mất kết nối từ 08:30", timeout=3000)
        wire.mend()
        await expect(board.locator("#banner")).to_be_hidden()
        await board.close()


async def test_a_journal_that_cannot_be_written_is_a_banner_and_never_nobody_waiting(visit: Visit) -> None:
    for kiosk_id in ("kiosk-1", "kiosk-2"):
        await visit.hall.take(kiosk=kiosk_id)
    board, kiosk = await visit.open("/board", 1920, 1080), await visit.open("/kiosk")
    await expect(board.locator("#queues")).to_contain_text("2 chờ")
    visit.hall.disk.full = True
    await touch(kiosk, "submit", "tnmt", "land")
    await expect(kiosk.locator("#outcome")).to_contain_text("Hệ thống tạm thời không ghi được dữ liệu")
    await expect(kiosk.locator("#outcome")).to_contain_text("Mời quý khách lấy số tại bàn hướng dẫn")
    await expect(board.locator("#banner")).to_contain_text("Hệ thống không ghi được dữ liệu từ 08:30")
    await expect(board.locator("#queues")).to_contain_text("2 chờ")


async def test_a_child_hammers_the_kiosk_and_gets_one_number_and_an_answer(visit: Visit) -> None:
    kiosk = await visit.open("/kiosk")
    await touch(kiosk, "submit", "tnmt")
    land = kiosk.locator('[data-id="land"]')
    await land.wait_for()
    await kiosk.wait_for_timeout(350)
    box = await land.bounding_box()
    assert box
    for _ in range(30):
        await kiosk.mouse.click(box["x"] + 20, box["y"] + 20)
    await expect(kiosk.locator("#outcome .number")).to_have_text("A001")
    assert visit.printer.asked == ["A001"]


async def test_two_visitors_too_quick_for_the_dispenser_are_told_to_wait(visit: Visit) -> None:
    kiosk = await visit.open("/kiosk")
    await touch(kiosk, "submit", "tnmt")
    await visit.hall.take()
    await touch(kiosk, "land")
    await expect(kiosk.locator("#outcome")).to_contain_text("Xin chờ vài giây rồi lấy số.")


async def test_without_paper_the_number_stands_with_what_to_do(visit: Visit) -> None:
    visit.printer.paper = False
    kiosk = await visit.open("/kiosk")
    await kiosk.locator("#language").click()
    await touch(kiosk, "submit", "tnmt", "land")
    await expect(kiosk.locator("#outcome .number")).to_have_text("A001")
    await expect(kiosk.locator("#outcome .paper")).to_contain_text("Máy in hết giấy")
    await expect(kiosk.locator("#outcome .paper")).to_contain_text("Please remember this number")
    ticket = visit.hall.controller.hall.ticket("A001")
    assert ticket is not None
    assert ticket.language == "en"


async def test_the_kiosk_has_a_way_back_and_shows_what_is_online_only(visit: Visit) -> None:
    kiosk = await visit.open("/kiosk")
    await touch(kiosk, "submit", "khdt", "business")
    await expect(kiosk.locator("#outcome")).to_contain_text("chỉ nhận hồ sơ trực tuyến")
    await kiosk.locator("#back").click()
    await expect(kiosk.locator("#question")).to_contain_text("Quý khách cần làm gì?")
    await touch(kiosk, "collect", "tp")
    await expect(kiosk.locator("#question")).to_contain_text("lĩnh vực")
    await kiosk.locator("#back").click()
    await expect(kiosk.locator("#question")).to_contain_text("cơ quan nào")


async def test_an_answer_is_as_large_as_two_fingers(visit: Visit) -> None:
    kiosk = await visit.open("/kiosk")
    for answer in ("submit", "tnmt", "land"):
        box = await kiosk.locator(f'[data-id="{answer}"]').bounding_box()
        assert box
        assert box["height"] >= 76, "2 cm at 96 pixels an inch"
        await touch(kiosk, answer)


async def test_a_visitor_follows_the_ticket_on_a_telephone(visit: Visit) -> None:
    answer = await visit.hall.http.post("/api/tickets", json=LAND)
    phone = await visit.open(f"/t/{answer.json()['code']}", 390, 844)
    await expect(phone.locator("#number")).to_have_text("A001")
    await expect(phone.locator("#more")).to_contain_text("Còn 0 người trước quý khách")
