"""The pages as they leave the controller, before a browser has run anything."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from typing import get_args

import pytest

from hall_controller.messages import Key
from hall_controller.web.page_routes import KEYS
from hall_controller.web.skeletons import HERE
from tests.hall_controller.web.hall_on_the_web import WebHall

PAGES = ("/", "/kiosk", "/board", "/counter/1", "/docs", "/t/A001XXXXXXXX")
SOURCES = sorted(
    path
    for folder in ("pages", "static")
    for path in (HERE / folder).rglob("*")
    if path.suffix in {".html", ".css", ".js"}
)


@pytest.mark.parametrize("path", PAGES)
async def test_every_page_names_the_hall_and_finds_all_that_it_asks_for(hall: WebHall, path: str) -> None:
    answer = await hall.http.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "Trung tâm nhỏ" in answer.text
    wanted = re.findall(r'(?:src|href)="(/static/[^"]+)"', answer.text)
    assert wanted
    for file in wanted:
        found = await hall.http.get(file)
        assert found.status_code == 200, file


@pytest.mark.parametrize("path", ["/counter/999", "/counter/%3Cscript%3E", "/counter/ệ"])
async def test_a_wrong_counter_is_answered_by_the_right_ones(hall: WebHall, path: str) -> None:
    answer = await hall.http.get(path)
    assert answer.status_code == 404
    assert "Không có quầy" in answer.text
    assert 'href="/counter/2"' in answer.text
    assert "<script>" not in answer.text


@pytest.mark.parametrize(
    "wrong", ["?kiosk=nobody", "?kiosk=%22%3E%3Cscript%3E", "?kiosk=" + "x" * 500, "?other=1"]
)
async def test_a_wrong_kiosk_id_does_not_take_the_kiosk_down(hall: WebHall, wrong: str) -> None:
    answer = await hall.http.get(f"/kiosk{wrong}")
    assert answer.status_code == 200
    assert '"><script>' not in answer.text


@pytest.mark.parametrize("path", PAGES)
async def test_no_page_carries_a_script_or_style_of_its_own(hall: WebHall, path: str) -> None:
    text = (await hall.http.get(path)).text
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)
    assert not re.search(r"<style|\sstyle=|\son\w+=", text)


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.name)
def test_nothing_comes_from_elsewhere_and_every_letter_is_whole(source: Path) -> None:
    text = source.read_text("utf-8")
    assert not re.search(r"(?:https?:)?//[a-z0-9-]+\.[a-z]", re.sub(r'xmlns="[^"]+"', "", text))
    assert "innerHTML" not in text
    assert unicodedata.is_normalized("NFC", text)


def test_the_officers_page_has_every_key_of_the_pad_and_each_its_own_letter() -> None:
    assert {key for key, *_ in KEYS} == set(get_args(Key))
    assert len({shortcut for *_, shortcut in KEYS}) == len(KEYS)


def test_nothing_moves_for_those_who_asked_for_no_motion() -> None:
    styles = "".join(path.read_text("utf-8") for path in SOURCES if path.suffix == ".css")
    assert "prefers-reduced-motion: reduce" in styles
    assert not re.search(r"@keyframes|(?:animation|transition)(?!: none)[\w-]*:", styles)


def test_fonts_travel_with_their_licence() -> None:
    fonts = HERE / "static" / "fonts"
    assert (fonts / "OFL.txt").read_text("utf-8").startswith("Copyright")
    asked_for = set(re.findall(r"fonts/([\w-]+\.woff2)", (HERE / "static" / "hall.css").read_text("utf-8")))
    assert asked_for == {path.name for path in fonts.glob("*.woff2")}
    assert sum(path.stat().st_size for path in fonts.glob("*.woff2")) < 100_000


async def test_scripts_travel_compressed_and_answers_that_are_waited_for_do_not(hall: WebHall) -> None:
    asking = {"accept-encoding": "gzip"}
    script = await hall.http.get("/static/kiosk.js", headers=asking)
    assert script.headers["content-encoding"] == "gzip"
    assert int(script.headers["content-length"]) < len(script.content) / 2
    for path in ("/static/fonts/HallSans-Bold.woff2", "/api/hall", "/api/catalogue"):
        assert "content-encoding" not in (await hall.http.get(path, headers=asking)).headers, path
