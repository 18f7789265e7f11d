"""A new list of procedures, brought through the page in Debian's Chromium: mistakes, the difference, and taken.

The list is the example's with one line changed, and once with a wrong one; the hall is the example's too.
"""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from playwright.async_api import Browser, expect

from tests.debian import needs_debian
from tests.hall_controller.configuration.console_hall import ConsoleHall
from tests.hall_controller.settings_files import EXAMPLE, FIRMWARE_CONFIG
from tests.hall_controller.web.signed_in_browser import findings, opened, technicians_browser

pytestmark = [needs_debian("chromium"), pytest.mark.asyncio(loop_scope="session")]

LIST: Final = "catalogue.example.csv"
OLD, NEW = "Tách thửa hoặc hợp thửa đất", "Tách thửa hoặc hợp nhất thửa đất"
FOUND: Final = """async (name) => {
  const answer = await fetch("/api/procedures?q=VD-TNMT-03");
  return (await answer.json()).procedures.some((one) => one.name === name);
}"""
"""Whether a visitor finds it under that name; the hall looks at its file every few seconds."""
CHECKED_MS: Final = 30_000
"""A list is checked by a process of its own, which takes a loaded machine some seconds."""


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[ConsoleHall]:
    """The example's hall with files of its own, which it may change."""
    running = ConsoleHall(tmp_path, EXAMPLE.read_text("utf-8"))
    for name in (LIST, "dossiers.example.csv"):
        shutil.copy(FIRMWARE_CONFIG / name, running.file.parent)
    running.open()
    yield running
    running.close()


async def test_a_list_with_a_wrong_line_is_not_taken_and_the_mended_one_is_seen_by_visitors(
    hall: ConsoleHall, browser: Browser, tmp_path: Path
) -> None:
    held = (hall.file.parent / LIST).read_text("utf-8")
    changed, wrong = tmp_path / "changed.csv", tmp_path / "wrong.csv"
    await asyncio.to_thread(changed.write_text, held.replace(OLD, NEW), "utf-8")
    await asyncio.to_thread(
        wrong.write_text, held.replace(OLD, NEW).replace("tnmt,dat-dai,VD-TNMT-01", "tnmt,dat-dia,VD-TNMT-01")
    )
    async with technicians_browser(browser, hall.address, hall.token) as windows:
        page = await opened(windows, "/technician/lists")
        await page.locator("#csv").set_input_files(wrong)
        await page.locator("#compare").click()
        await expect(page.locator("#list-mistakes li")).to_have_text(
            "Dòng 8, cột service: là 'dat-dia', nhưng hall.toml không có; có phải ý là 'dat-dai' không?",
            use_inner_text=True,
            timeout=CHECKED_MS,
        )
        await expect(page.locator("#replace")).to_be_disabled()
        assert await findings(page) == []

        await page.locator("#csv").set_input_files(changed)
        await page.locator("#compare").click()
        await expect(page.locator("#list-said")).to_contain_text(
            "Thêm 0, bỏ 0, sửa 1; có tất cả 85 thủ tục.", timeout=CHECKED_MS
        )
        await expect(page.locator("#list-difference")).to_contain_text(f"name {OLD} -> {NEW}")
        await expect(page.locator("#list-mistakes")).to_be_hidden()
        await page.locator("#replace").click()
        await expect(page.locator("#result.done")).to_contain_text(
            "Danh mục mới được dùng", timeout=CHECKED_MS
        )
        assert (hall.file.parent / LIST).read_text("utf-8") == held.replace(OLD, NEW)
        assert await findings(page) == []
        await page.wait_for_function(FOUND, arg=NEW, polling=200, timeout=CHECKED_MS)

        await asyncio.to_thread(changed.write_text, held, "utf-8")
        await page.locator("#compare").click()
        await expect(page.locator("#result.no .vi")).to_contain_text("hãy chọn lại tệp")
        await expect(page.locator("#compare")).to_be_disabled()
