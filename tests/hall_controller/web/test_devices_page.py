"""The devices page in Debian's Chromium, with a real hall, a real mosquitto and pads on it: lost, replaced, adopted.

The dialog is tried with every answer that a technician can give; axe-core looks at each of its steps.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Final

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Page, expect

from hall_controller.messages import Topics, adoption_code
from tests.broker import RunningBroker
from tests.debian import needs_debian
from tests.hall_controller.configuration.console_hall import WHOLE_WEEK, ConsoleHall
from tests.hall_controller.web.signed_in_browser import PHONE, findings, opened, technicians_browser
from tests.mqtt_peers import Pad

pytestmark = [
    needs_debian("chromium", "mosquitto"),
    pytest.mark.asyncio(loop_scope="session"),
]

TOPICS: Final = Topics("small")
CODE: Final = adoption_code("spare-1", "its own secret")
DEVICES: Final = "".join(
    f'[[device]]\nid = "{name}"\ntype = "{kind}"\nmodel = "mqtt"\ncounter = "1"\n'
    for name, kind in (("pad-1", "call-pad"), ("rating-1", "rating-pad"))
)


@pytest.fixture(scope="module")
def broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningBroker]:
    with RunningBroker(tmp_path_factory.mktemp("broker")) as running:
        yield running


@pytest.fixture(scope="module")
def hall(broker: RunningBroker, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ConsoleHall]:
    settings = (f"mqtt.port={broker.port}",)
    running = ConsoleHall(tmp_path_factory.mktemp("hall"), WHOLE_WEEK + DEVICES, settings)
    running.open()
    yield running
    running.close()


@pytest_asyncio.fixture(loop_scope="session")
async def windows(hall: ConsoleHall, browser: Browser) -> AsyncIterator[BrowserContext]:
    address = f"http://127.0.0.1:{hall.http_port}"
    async with technicians_browser(browser, address, hall.token) as context:
        yield context


@asynccontextmanager
async def pad(
    broker: RunningBroker, name: str, kind: str = "call-pad", code: str = CODE
) -> AsyncIterator[Pad]:
    """A pad that says what it is."""
    async with Pad(broker.port, name, TOPICS) as here:
        info = {"type": kind, "model": "esp32_pad", "firmware": "1.0", "capabilities": {"code": code}}
        await here.say(TOPICS.device(name, "info"), info, retain=True)
        await here.say(TOPICS.device(name, "state"), {"state": "ready", "boot": 1}, retain=True)
        yield here


async def says(page: Page, place: str, sentence: str) -> None:
    """That sentence stands there, in the language that is shown."""
    await expect(page.locator(place)).to_have_text(sentence, use_inner_text=True)


async def asked_to_replace(page: Page) -> None:
    """The technician presses Replace on the card of the dead pad."""
    await page.locator('#attention [data-device="pad-1"] [data-wish="replace"]').click()
    await says(page, "#wait-what", "Bấm một phím bất kỳ trên bàn phím gọi số mới.")


async def test_a_technician_replaces_a_dead_pad_and_its_officer_calls_with_the_new_one(
    hall: ConsoleHall, broker: RunningBroker, windows: BrowserContext
) -> None:
    page = await opened(windows, "/technician")
    async with pad(broker, "pad-1") as old, pad(broker, "spare-1") as spare:
        assert (await old.press("open"))["result"] == "ok"
        await expect(page.locator('[data-group="counter 1"] summary')).to_contain_text("1 sẵn sàng")
        await old.say(TOPICS.device("pad-1", "state"), {"state": "lost", "boot": 1}, retain=True)
        await asked_to_replace(page)
        await expect(page.locator("#countdown")).to_have_text(re.compile(r"^[12]:\d\d$"))
        assert await findings(page) == []
        assert (await spare.press("next"))["result"] == "rejected", "proposed, not yet adopted"
        await expect(page.locator("#found-code")).to_have_text(f"{CODE[:3]} {CODE[3:]}")
        await expect(page.locator("#found-who")).to_contain_text("spare-1 (esp32_pad)")
        assert await findings(page) == []
        await page.locator("#no").click()
        await expect(page.locator("#step-wait")).to_be_visible()
        await spare.press("next")
        await page.locator("#yes").click()
        await expect(page.locator("#adoption-result.done")).to_have_text(
            "Quầy 1 đã nhận spare-1. pad-1 không còn dùng nữa.", use_inner_text=True
        )
        assert await findings(page) == []
        await page.keyboard.press("Escape")
        await expect(page.locator("#adoption")).to_be_hidden()
        await expect(page.locator('[data-device="pad-1"]')).to_have_count(0)
        number = hall.take()
        answer = await spare.press("next")
        assert (answer["result"], answer["ticket"]) == ("ok", number)
        assert (await old.press("next"))["reason"]["code"] == "unknown_device"
    await page.close()


async def test_a_new_rating_pad_gets_its_place_on_a_telephone_in_english(
    broker: RunningBroker, windows: BrowserContext
) -> None:
    page = await opened(windows, "/technician", PHONE, "en")
    async with pad(broker, "spare-2", "rating-pad", "") as spare:
        await page.locator('#strangers [data-device="spare-2"] [data-wish="adopt"]').click()
        places = page.locator("#place option")
        await expect(places).to_have_text(["rating-1 ✕", "1"])
        await page.locator("#place").select_option(index=1)
        assert await findings(page) == []
        await page.locator("#step-place [type=submit]").click()
        await expect(page.locator("#wait-what")).to_have_text(
            "Press any key on the new rating pad.", use_inner_text=True
        )
        await spare.send({"score": 3})
        await page.locator("#yes").click()
        await expect(page.locator("#adoption-result")).to_have_text(
            "Counter 1 has spare-2 now.", use_inner_text=True
        )
        await page.locator("#step-over [data-close]").click()
        await expect(page.locator('[data-group="counter 1"] summary')).to_contain_text("not seen yet")
        await page.locator('[data-group="counter 1"] summary').click()
        await expect(page.locator('[data-group="counter 1"] .card')).to_have_count(3)
        assert await findings(page) == []
    await page.close()


async def test_an_adoption_is_given_up_goes_on_after_a_reload_and_is_over_after_two_minutes(
    hall: ConsoleHall, windows: BrowserContext
) -> None:
    page = await windows.new_page()
    await page.clock.install()
    await page.goto("/technician")
    await page.locator('[data-group="counter 1"] summary').click()
    replace = page.locator('[data-device="rating-1"] [data-wish="replace"]')
    await replace.click()
    await expect(page.locator("#step-wait")).to_be_visible()
    async with page.expect_response(lambda one: one.request.method == "DELETE"):
        await page.keyboard.press("Escape")
    await expect(page.locator("#adoption")).to_be_hidden()
    assert hall.ask("GET", "/api/adoption") == {"window": None}

    hall.ask("POST", "/api/adoption", replaces="rating-1")
    await expect(page.locator("#window-about")).to_contain_text("Đang chờ thiết bị mới cho rating-1.")
    await page.locator("#window-show").click()
    await expect(page.locator("#step-wait")).to_be_visible()
    assert hall.technician.delete("/api/adoption").json() == {"window": None}
    await expect(page.locator("#over-what")).to_contain_text("đã kết thúc ở nơi khác")

    await page.locator("#again").click()
    await expect(page.locator("#step-wait")).to_be_visible()
    await page.clock.fast_forward(121_000)
    await expect(page.locator("#over-what")).to_contain_text("Hết hai phút mà chưa có phím nào được bấm.")
    await expect(page.locator("#over-todo")).to_contain_text("mqtt.spares")
    assert await findings(page) == []
    await page.close()


async def test_devices_are_found_by_a_word_and_grouped_by_counter_or_kind(windows: BrowserContext) -> None:
    page = await opened(windows, "/technician")
    groups = page.locator("#groups summary > span:first-child")
    await expect(groups).to_have_text(["Quầy 1"], use_inner_text=True)
    await page.locator("#by").select_option("type")
    await expect(groups).to_have_text(["Bàn phím đánh giá", "Bàn phím gọi số"], use_inner_text=True)
    await expect(page.locator("#groups .card")).to_have_count(0)
    await page.locator("#find").fill("spare quầy 1")
    await expect(page.locator("#groups h3")).to_have_text(["spare-1", "spare-2"])
    await page.locator("#find").fill("quầy 11")
    await expect(page.locator("#none-found")).to_be_visible()
    await page.locator("#find").fill("")
    await page.locator("#state").select_option("faulty")
    await expect(page.locator("#none-found")).to_be_visible()
    await page.close()


async def test_a_page_whose_session_has_ended_elsewhere_leads_to_the_sign_in(
    hall: ConsoleHall, windows: BrowserContext
) -> None:
    page = await opened(windows, "/technician")
    await page.locator("#groups summary").first.wait_for()
    assert hall.technician.delete("/api/session").status_code == 200
    await page.wait_for_url("**/sign-in?why=sign_in_needed&next=%2Ftechnician")
    await page.close()
