"""A technician's whole story in Debian's Chromium: from an empty file to the first call, a change and back, a backup.

One test, with the real program: every step begins where the one before has ended. The pages one by one are tried in
test_console_in_browser.py, a dead pad in web/test_devices_page.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from playwright.async_api import Browser, Page, expect

from hall_controller.domain.audit_facts import DeviceTried, JournalRestored
from hall_controller.web.auth import COOKIE
from tests.debian import needs_debian
from tests.hall_controller.configuration.console_hall import NEW_HALL, ConsoleHall
from tests.hall_controller.web.browser_visit import SOON_MS
from tests.hall_controller.web.signed_in_browser import PHONE, findings, technicians_browser

pytestmark = [needs_debian("chromium"), pytest.mark.asyncio(loop_scope="session")]

RESTART_MS: Final = 60_000
PASSWORD: Final = "bốn từ ghép lại"


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[ConsoleHall]:
    """A machine on which nobody has done anything yet."""
    running = ConsoleHall(tmp_path, "")
    running.start()
    yield running
    running.close()


async def applied(page: Page, text: str) -> None:
    """Check the text on the page, look at the difference, and apply it."""
    await page.locator("#text").fill(text)
    await page.keyboard.press("Control+Enter")
    await expect(page.locator("#outcome")).to_be_visible(timeout=RESTART_MS)
    await page.locator("#apply").click()
    await expect(page.locator("#result.done")).to_be_visible(timeout=RESTART_MS)


@pytest.mark.timeout(240)
async def test_a_new_hall_from_an_empty_file_to_its_first_call_a_change_the_way_back_and_a_backup(
    hall: ConsoleHall, browser: Browser
) -> None:
    async with technicians_browser(browser, hall.address, hall.token) as windows:
        page = await windows.new_page()
        page.set_default_timeout(SOON_MS)
        await a_password_is_chosen(hall, page)
        await settings_are_written(hall, page)
        await the_first_call_is_tried(hall, page)
        await page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
        await a_change_is_applied_and_reverted(hall, page)
        await a_backup_is_restored(hall, page)


async def a_password_is_chosen(hall: ConsoleHall, page: Page) -> None:
    """The log shows the set-up code; there is no password before, and the console is closed."""
    await page.goto("/technician")
    await expect(page.locator("h1")).to_contain_text("Cài đặt lần đầu")
    shown = re.search(r"[A-Z0-9]{4}-[A-Z0-9]{4}", hall.log.read_text())
    assert shown
    for field, word in (("code", shown[0]), ("user", "kim"), ("password", PASSWORD), ("again", PASSWORD)):
        await page.locator(f"#{field}").fill(word)
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/sign-in")
    (cookie,) = [one for one in await page.context.cookies() if one.get("name") == COOKIE]
    hall.signed_in(str(cookie.get("value")))


async def settings_are_written(hall: ConsoleHall, page: Page) -> None:
    """A mistake is one Vietnamese sentence at its line; mended, the difference is looked at and applied."""
    assert 'hall.id = "new-hall"' in hall.file.read_text("utf-8"), "an empty file became a hall to begin with"
    await page.goto("/technician/configuration")
    await expect(page.locator("#versions li")).to_have_count(1)
    await page.locator("#text").fill(NEW_HALL.replace('queues = ["land"]', 'queues = ["lant"]'))
    await page.locator("#check").click()
    await expect(page.locator("#mistakes-list li > span")).to_have_text(
        "counter[0].queues (id '1'): ghi queue 'lant', nhưng không có mục nào như vậy; có phải ý là 'land' không?",
        use_inner_text=True,
        timeout=RESTART_MS,
    )
    await page.locator("#mistakes-list button").click()
    assert await page.evaluate("getSelection().toString()") == 'queues = ["lant"]'
    assert await findings(page) == []
    await applied(page, NEW_HALL)
    await expect(page.locator("#result")).to_contain_text("Bản 2 đang được dùng")
    assert hall.file.read_text("utf-8") == NEW_HALL


async def the_first_call_is_tried(hall: ConsoleHall, page: Page) -> None:
    """Without any hardware: a visitor's number, and the keys of a pad that is not there yet."""
    await page.goto("/technician/try")
    await page.locator("#take button").click()
    await expect(page.locator("#result.done")).to_contain_text("A001")
    pad = page.get_by_role("group", name="pad-1")
    await pad.locator('[data-key="open"]').click()
    await expect(page.locator("#result.done")).to_contain_text("pad-1: Mở quầy")
    await pad.locator('[data-key="next"]').click()
    await expect(page.locator(".led-number")).to_have_text("A001")
    await expect(page.locator("#screen-now")).to_have_text("A001 → 1")
    assert await findings(page) == []
    tried = [fact for fact in hall.told(DeviceTried) if isinstance(fact, DeviceTried)]
    assert [(one.device, one.key, one.person) for one in tried] == [
        ("pad-1", "next", "kim"),
        ("pad-1", "open", "kim"),
    ]


async def a_change_is_applied_and_reverted(hall: ConsoleHall, page: Page) -> None:
    """On a telephone, in English; who waits goes on waiting, and who is served is still served."""
    waits = hall.take()
    await page.goto("/technician/configuration")
    await page.locator("#language").click()
    await expect(page.locator("#versions li")).to_have_count(2)
    held = await page.locator("#text").input_value()
    await applied(page, held.replace("Trung tâm nhỏ", "Trung tâm lớn"))
    await expect(page.locator("#result")).to_contain_text("Version 3 holds")
    await page.locator('[data-version="2"]').click()
    await expect(page.locator("#difference .removed")).to_contain_text("Trung tâm lớn", timeout=RESTART_MS)
    await expect(page.locator("#reason")).to_have_value("back to version 2")
    assert await findings(page) == []
    await page.locator("#apply").click()
    await expect(page.locator("#result")).to_contain_text("Version 4 holds", timeout=RESTART_MS)
    assert hall.file.read_text("utf-8") == held
    whole = hall.ask("GET", "/api/hall")
    assert (whole["counters"]["1"]["ticket"], whole["queues"]["land"]["waiting"]) == ("A001", 1)
    assert hall.take() > waits


async def a_backup_is_restored(hall: ConsoleHall, page: Page) -> None:
    """Numbers that were given out after it are never given out again."""
    await page.goto("/technician/backups")
    await page.locator("#make").click()
    await expect(page.locator("#result.done")).to_contain_text("Made and checked", timeout=RESTART_MS)
    numbers = [hall.take() for _ in range(2)]
    await page.locator("#backups [data-restore]").first.click()
    await page.locator("#confirm").fill("small")
    await page.locator("#restore button[type=submit]").click()
    await expect(page.locator("#result.done")).to_contain_text("Restored from", timeout=RESTART_MS)
    (restored,) = hall.told(JournalRestored)
    assert isinstance(restored, JournalRestored)
    assert (restored.person, restored.complete) == ("kim", True)
    assert hall.take() > max(numbers)
