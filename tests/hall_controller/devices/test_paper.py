"""The ticket as dots: nothing outside of the paper, no letter missing, the same in a preview and on paper."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from hall_controller.devices import paper, qr
from hall_controller.devices.ticket import PAPER_DOTS, TicketPaper
from tests.hall_controller.devices.tickets import LONG_SERVICE, longest_ticket, ticket

VOWELS = "aăâeêioôơuưy"
TONES = ["", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"]
LETTERS = sorted(
    {
        unicodedata.normalize("NFC", case(v) + tone)
        for v in VOWELS
        for tone in TONES
        for case in (str.lower, str.upper)
    }
    | set("bcdđghklmnpqrstvxfjwzBCDĐGHKLMNPQRSTVXFJWZ0123456789 .,:;·/-()'\"“”…?!&%+@")
)
WIDTHS = pytest.mark.parametrize("width_mm", sorted(PAPER_DOTS))


def looks(name: str, text: str) -> bytes:
    return bytes(paper.font(name, 60).getmask(text, mode="1"))


@pytest.mark.parametrize("name", [paper.MEDIUM, paper.BOLD, paper.NARROW])
def test_no_letter_of_vietnamese_is_missing_in_a_font(name: str) -> None:
    missing = looks(name, "\uf8ff")
    assert len(LETTERS) > 180
    assert [letter for letter in LETTERS if letter != " " and looks(name, letter) == missing] == []
    assert len({looks(name, letter) for letter in LETTERS if letter.isalnum()}) == sum(
        map(str.isalnum, LETTERS)
    )


@WIDTHS
def test_nothing_stands_outside_of_the_paper(width_mm: int) -> None:
    for tried in (ticket(), longest_ticket(), longest_ticket(guarded=True)):
        strips = paper.strips(tried, width_mm)
        dots = sum(len(strip.rows) for strip in strips if isinstance(strip, paper.Strip))
        assert dots <= 14 * 1024, "1.2 s on a serial line"
        for strip in strips:
            if isinstance(strip, paper.Strip):
                assert strip.width * strip.zoom <= PAPER_DOTS[width_mm]
                assert strip.width % 16 == 0
                assert strip.gap >= 0
            else:
                assert qr.side(strip.content) * strip.module <= PAPER_DOTS[width_mm] // 2


@WIDTHS
def test_the_number_is_as_tall_as_the_paper_lets_it_be(width_mm: int) -> None:
    tall = max(s.height * s.zoom for s in paper.strips(ticket(), width_mm) if isinstance(s, paper.Strip))
    assert tall / 8 >= {58: 13.5, 80: 21}[width_mm]


def test_text_is_broken_between_words_and_shortened_by_words() -> None:
    font = paper.font(paper.MEDIUM, 26)
    lines = paper.wrap(LONG_SERVICE, font, 368, 9)
    assert " ".join(lines) == LONG_SERVICE
    assert all(font.getlength(line) <= 368 for line in lines)
    shortened = paper.wrap(LONG_SERVICE, font, 368, 2)
    assert len(shortened) == 2
    assert shortened[-1].endswith("…")
    assert LONG_SERVICE.startswith(" ".join(shortened).removesuffix("…"))


@given(st.text(max_size=120), st.sampled_from([1, 2, 3]))
@settings(deadline=None, max_examples=150)
def test_any_text_fits_in_its_lines(text: str, most_lines: int) -> None:
    font = paper.font(paper.BOLD, 26)
    lines = paper.wrap(text, font, 368, most_lines)
    assert 1 <= len(lines) <= most_lines
    assert all(font.getlength(line) <= 368 for line in lines)


def test_a_letter_written_with_separate_marks_is_set_as_one() -> None:
    font = paper.font(paper.MEDIUM, 26)
    assert paper.wrap(unicodedata.normalize("NFD", "Quầy tiếng Việt"), font, 368, 1) == ["Quầy tiếng Việt"]


@WIDTHS
def test_a_reprint_can_be_told_from_the_first_print_at_a_glance(width_mm: int) -> None:
    mark = paper.picture(ticket(reprint=True), width_mm).crop((0, 0, PAPER_DOTS[width_mm], 60))
    first = paper.picture(ticket(), width_mm).crop((0, 0, PAPER_DOTS[width_mm], 60))
    assert blackness(mark) > 1.5 * blackness(first)


@WIDTHS
def test_english_stands_out_for_who_chose_it(width_mm: int) -> None:
    vietnamese, english = (paper.picture(ticket(language=language), width_mm) for language in ("vi", "en"))
    assert blackness(english) > blackness(vietnamese)
    assert english.width == vietnamese.width == PAPER_DOTS[width_mm]


def blackness(picture: Image.Image) -> int:
    return picture.convert("L").histogram()[0]


def test_a_ticket_is_drawn_in_less_than_60_ms() -> None:
    def fresh(number: int) -> TicketPaper:
        return ticket(number=f"B{number:03}", service_vi=f"Lĩnh vực {number}", code=f"B{number:03}K7MQ2X4P")

    paper.strips(fresh(0), 80)
    begin = time.process_time()
    for number in range(1, 11):
        paper.strips(fresh(number), 80)
    assert (time.process_time() - begin) / 10 < 0.060
