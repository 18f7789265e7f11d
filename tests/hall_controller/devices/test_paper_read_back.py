"""Tickets as strangers read them: from the bytes that a printer got, to the paper, to text.

Belongs here: what must be legible. Never here: how it was drawn.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from hall_controller.devices.printers import escpos_picture
from hall_controller.devices.printers.escpos import Driver
from hall_controller.devices.ticket import TicketPaper
from tests.debian import needs_debian
from tests.hall_controller.devices.reading import qr_of, text_of
from tests.hall_controller.devices.tickets import LONG_SERVICE, longest_ticket, ticket

pytestmark = needs_debian("tesseract-ocr", "tesseract-ocr-vie", "zbar-tools")
WIDTHS = pytest.mark.parametrize("width_mm", [58, 80])
NUMBER_ROWS = {58: (85, 228), 80: (65, 268)}


def printed(paper: TicketPaper, width_mm: int) -> Image.Image:
    (picture,) = escpos_picture.pictures(Driver(width_mm=width_mm).ticket(paper), width_mm)
    return picture


@WIDTHS
def test_the_words_of_a_ticket_are_read_with_every_mark(width_mm: int, tmp_path: Path) -> None:
    text = text_of(printed(ticket(), width_mm), tmp_path)
    for words in (
        "Trung tâm Phục vụ hành chính công",
        "Quầy 5, 6",
        "Nộp hồ sơ",
        "Đất đai",
        "Trước quý khách: 3 người",
        "Chờ khoảng 15 phút",
        "Thứ Hai, 23/11/2026",
        "08:05",
        "Nếu lỡ lượt gọi, mời quý khách đến bàn hướng dẫn.",
    ):
        assert words in text


@WIDTHS
@pytest.mark.parametrize("number", ["A012", "M108", "T345", "B679"])
def test_the_number_is_read(number: str, width_mm: int, tmp_path: Path) -> None:
    picture = printed(ticket(number=number), width_mm)
    top, bottom = NUMBER_ROWS[width_mm]
    line = (
        picture.convert("L")
        .crop((0, top, picture.width, bottom))
        .resize((picture.width // 3, (bottom - top) // 3))
    )
    framed = Image.new("L", (line.width + 40, line.height + 40), 255)
    framed.paste(line, (20, 20))
    assert number in text_of(framed, tmp_path, "--psm", "7")


@WIDTHS
def test_the_short_code_is_read(width_mm: int, tmp_path: Path) -> None:
    assert "A012-K7MQ-2X4P" in text_of(printed(ticket(), width_mm), tmp_path, "-l", "eng")


@WIDTHS
def test_a_telephone_finds_the_visitors_page(width_mm: int, tmp_path: Path) -> None:
    assert qr_of(printed(ticket(), width_mm), tmp_path) == ticket().url
    assert qr_of(printed(ticket(url=""), width_mm), tmp_path) == "A012K7MQ2X4P"
    long_url = "https://dichvucong.tuyenquang.gov.vn/" + "phuc-vu-" * 16
    assert qr_of(printed(ticket(url=long_url), width_mm), tmp_path) == long_url


@WIDTHS
def test_a_long_service_name_is_read_whole(width_mm: int, tmp_path: Path) -> None:
    text = text_of(printed(ticket(service_vi=LONG_SERVICE, service_en="", ahead=None), width_mm), tmp_path)
    assert LONG_SERVICE in text


@WIDTHS
def test_the_marks_of_a_reprint_and_of_training_are_read(width_mm: int, tmp_path: Path) -> None:
    picture = printed(longest_ticket(), width_mm).crop((0, 0, {58: 384, 80: 576}[width_mm], 100))
    text = text_of(picture.convert("L").point(lambda level: 255 - level), tmp_path, "--psm", "6")
    assert "KHÔNG CÓ GIÁ TRỊ" in text
    assert "REPRINT" in text


def test_a_slip_for_an_online_field_shows_its_address(tmp_path: Path) -> None:
    slip = ticket(
        kind="instruction-slip",
        number="",
        service_vi="Đăng ký kinh doanh",
        url="https://dangkykinhdoanh.gov.vn",
    )
    text = text_of(printed(slip, 80), tmp_path)
    assert "Đăng ký kinh doanh" in text
    assert "chỉ nhận hồ sơ trực tuyến" in text
    assert "https://dangkykinhdoanh.gov.vn" in text
