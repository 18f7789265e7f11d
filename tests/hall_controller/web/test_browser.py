"""The three pages in a real browser: a number touched at the kiosk, called by keyboard, seen on the board."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import Page, expect

from hall_controller.web.serving import Server, listen
from tests.debian import needs_debian
from tests.hall_controller.web.browser_visit import Visit, touch
from tests.hall_controller.web.hall_on_the_web import application

pytestmark = [needs_debian("chromium"), pytest.mark.asyncio(loop_scope="session")]


A_BROWSER_S_CONNECTIONS = 6
"""To one server, by HTTP/1.1; a page that listens keeps one."""
TURNED = """(hidden) => {
  Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
  document.dispatchEvent(new Event("visibilitychange"));
}"""

KEEP_WHAT_IS_LARGE = """() => {
  window.wereLarge = new Set();
  const look = () => document.querySelectorAll(".hero.now .number").forEach((one) => wereLarge.add(one.textContent));
  new MutationObserver(look).observe(hero, { childList: true, subtree: true, attributes: true });
}"""


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
            try:
                yield self
            finally:
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


async def test_a_number_is_touched_called_by_keyboard_and_seen_on_the_board(visit: Visit) -> None:
    kiosk, board = await visit.open("/kiosk", 1080, 1920), await visit.open("/board", 1920, 1080)
    counter = await visit.open("/counter/1")
    await expect(board.locator("#hero")).to_contain_text("Mời quý khách lấy số")

    await touch(kiosk, "submit", "tnmt", "land")
    await expect(kiosk.locator("#outcome .number")).to_have_text("A001")
    await expect(kiosk.locator("#outcome")).to_contain_text("Mời quý khách nhận phiếu bên dưới")

    await expect(counter.locator('[data-queue="land"] .count')).to_have_text("1")
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
    await expect(counter.locator("#result")).to_contain_text("Gọi tiếp: đã ghi.")
    await expect(counter.locator("#number")).to_be_hidden()
    await counter.keyboard.press("r")
    await expect(counter.locator("#result")).to_contain_text("Không có khách ở quầy.")


async def test_calls_a_blink_apart_are_all_seen_large(visit: Visit) -> None:
    await visit.context.clock.install()
    board = await visit.open("/board", 1920, 1080)
    await expect(board.locator("#hero")).to_contain_text("Mời quý khách lấy số")
    for counter, service in (("1", "land"), ("2", "notary"), ("3", "guidance")):
        await visit.hall.take(service, kiosk=f"kiosk-{counter}") if counter != "3" else await visit.hall.take(
            service
        )
        await visit.hall.press(counter, "open")
    await board.evaluate(KEEP_WHAT_IS_LARGE)
    await asyncio.gather(*(visit.hall.press(counter, "next") for counter in ("1", "2", "3")))
    for number in ("A001", "B001", "C001"):
        await board.locator(f'[data-ticket="{number}"]').wait_for()
    for _ in range(20):
        await board.clock.run_for(600)
    assert sorted(await board.evaluate("[...wereLarge]")) == ["A001", "B001", "C001"]


@pytest.mark.alone
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
        await expect(board.locator("#banner")).to_be_hidden()
        await expect(kiosk.locator("#banner")).to_be_hidden()
        await board.close()
        await kiosk.close()
        await visit.kill()


@pytest.mark.alone
async def test_a_dead_wire_is_told_within_three_seconds_too(visit: Visit) -> None:
    async with Wire(visit.server.port).laid() as wire:
        board = await visit.open("/board", 1920, 1080, port=wire.port)
        await visit.hall.take()
        await expect(board.locator("#queues .waiting").first).to_have_text("1")
        wire.cut()
        await expect(board.locator("#banner")).to_contain_text("Mất kết nối từ 08:30", timeout=3000)
        wire.mend()
        await expect(board.locator("#banner")).to_be_hidden()
        await board.close()


async def test_a_journal_that_cannot_be_written_is_a_banner_and_never_nobody_waiting(visit: Visit) -> None:
    for kiosk_id in ("kiosk-1", "kiosk-2"):
        await visit.hall.take(kiosk=kiosk_id)
    board, kiosk = await visit.open("/board", 1920, 1080), await visit.open("/kiosk")
    await expect(board.locator("#queues .waiting").first).to_have_text("2")
    visit.hall.disk.full = True
    await touch(kiosk, "submit", "tnmt", "land")
    await expect(kiosk.locator("#outcome")).to_contain_text("Hiện chưa cấp được số")
    await expect(kiosk.locator("#outcome")).to_contain_text("Mời quý khách lấy số tại bàn hướng dẫn")
    await expect(board.locator("#banner")).to_contain_text("Hệ thống gọi số tạm ngừng từ 08:30")
    await expect(board.locator("#queues .waiting").first).to_have_text("2")


async def test_pages_behind_others_leave_the_connections_to_the_one_that_is_seen(visit: Visit) -> None:
    boards: list[Page] = []
    for _ in range(A_BROWSER_S_CONNECTIONS):
        boards.append(await visit.open("/board"))
        await expect(boards[-1].locator("#hero")).to_contain_text("Mời quý khách lấy số")
        await boards[-1].evaluate(TURNED, arg=True)
    kiosk = await visit.open("/kiosk")
    await touch(kiosk, "submit", "tnmt", "land")
    await expect(kiosk.locator("#outcome .number")).to_have_text("A001")
    await expect(boards[0].locator("#hero")).to_contain_text("Mời quý khách lấy số")
    await boards[0].evaluate(TURNED, arg=False)
    await expect(boards[0].locator("#queues .waiting").first).to_have_text("1")
    await expect(boards[0].locator("#banner")).to_be_hidden()
