"""What stands on the paper, as words and blocks. Never here: dots, bytes."""

from __future__ import annotations

import doctest
import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hall_controller.devices import line_address, qr, ticket_words
from hall_controller.devices import ticket as ticket_module
from hall_controller.devices.ticket import QrBlock, RuleBlock, Size, TextBlock, TicketPaper, blocks
from tests.hall_controller.devices.tickets import longest_ticket, ticket

TEXTS = st.text(max_size=40)
NUMBERS = st.none() | st.integers(0, 10**6)
TICKETS = st.builds(
    TicketPaper,
    hall_name=TEXTS,
    number=TEXTS,
    service_vi=TEXTS,
    counters=st.lists(TEXTS, max_size=5).map(tuple),
    ahead=NUMBERS,
    estimated_wait_s=NUMBERS,
    issued_at=st.datetimes(timezones=st.just(timezone(timedelta(hours=7)))),
    code=TEXTS,
    url=TEXTS,
    language=st.sampled_from(["vi", "en"]),
    reprint=st.booleans(),
    guarded=st.booleans(),
    kind=st.sampled_from(["number-ticket", "instruction-slip", "test-page"]),
)


def said(paper: TicketPaper) -> list[str]:
    return [block.text for block in blocks(paper) if isinstance(block, TextBlock)]


@pytest.mark.parametrize("module", [ticket_module, ticket_words, qr, line_address], ids=lambda m: m.__name__)
def test_the_examples_in_the_source_are_true(module: object) -> None:
    assert doctest.testmod(module).failed == 0  # type: ignore[arg-type]


def test_a_ticket_says_everything_a_visitor_needs_in_order() -> None:
    assert said(ticket()) == [
        "Trung tâm Phục vụ hành chính công tỉnh Tuyên Quang",
        "A012",
        "Quầy 5, 6",
        "Counters 5, 6",
        "Nộp hồ sơ",
        "Đất đai",
        "Submit a dossier · Land",
        "Trước quý khách: 3 người",
        "Chờ khoảng 15 phút",
        "3 people ahead · about 15 min",
        "Thứ Hai, 23/11/2026  ·  08:05",
        "A012-K7MQ-2X4P",
        "Nếu lỡ lượt gọi, mời quý khách đến bàn hướng dẫn.",
        "Missed your call? Please ask the guidance desk.",
    ]


def test_what_is_unknown_is_not_said() -> None:
    words = " ".join(
        said(ticket(ahead=None, estimated_wait_s=None, counters=(), purpose_vi="", purpose_en=""))
    )
    assert not [word for word in ("None", "Trước", "Chờ", "ahead", "min", "Quầy", "·  ·") if word in words]


def test_nobody_ahead_is_good_news_without_a_wait() -> None:
    words = said(ticket(ahead=0, estimated_wait_s=60))
    assert "Trước quý khách không còn ai" in words
    assert "Nobody ahead" in words
    assert not [word for word in words if "khoảng" in word]


@pytest.mark.parametrize("weekday", range(7))
def test_every_weekday_has_its_name(weekday: int) -> None:
    names = ["Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật"]
    moment = datetime(2026, 11, 23, 8, 5, tzinfo=UTC) + timedelta(days=weekday)
    assert ticket_words.date_vi(moment).split(", ")[0] == names[weekday]


def test_english_is_never_larger_than_vietnamese_and_always_below_it() -> None:
    sizes = {b.text: (at, b.size) for at, b in enumerate(blocks(ticket())) if isinstance(b, TextBlock)}
    for first, second in (("Đất đai", "Submit a dossier · Land"), ("Quầy 5, 6", "Counters 5, 6")):
        assert sizes[first][0] < sizes[second][0]
        assert sizes[first][1].value < sizes[second][1].value


def test_a_reprint_and_a_training_ticket_are_marked_first_of_all() -> None:
    found = [block for block in blocks(ticket(reprint=True, training=True)) if isinstance(block, TextBlock)]
    assert [block.text for block in found[:2]] == ["TẬP HUẤN · KHÔNG CÓ GIÁ TRỊ", "IN LẠI / REPRINT"]
    assert all(block.inverse and block.rank == 0 for block in found[:2])
    assert not [block for block in blocks(ticket()) if isinstance(block, TextBlock) and block.inverse]


def test_number_counter_field_and_code_never_give_way() -> None:
    kept = [b.text for b in blocks(longest_ticket()) if isinstance(b, TextBlock) and b.rank == 0]
    assert {"M888", "Quầy 25, 26, 27, 28", "A012-K7MQ-2X4P"} <= set(kept)


def test_the_qr_code_leads_to_the_visitors_page_or_holds_the_code() -> None:
    def content(paper: TicketPaper) -> str:
        return next(block.content for block in blocks(paper) if isinstance(block, QrBlock))

    assert content(ticket()) == "https://hanhchinhcong.tuyenquang.gov.vn/t/A012K7MQ2X4P"
    assert content(ticket(url="")) == "A012K7MQ2X4P"
    assert content(ticket(url="https://x.vn/" + "a" * 200)) == "A012K7MQ2X4P"


def test_a_slip_for_a_field_that_is_only_online_has_no_number() -> None:
    slip = ticket(kind="instruction-slip", number="", url="https://dichvucong.gov.vn")
    assert "https://dichvucong.gov.vn" in said(slip)
    assert "Lĩnh vực này chỉ nhận hồ sơ trực tuyến. Mời quý khách nộp hồ sơ tại:" in said(slip)
    assert not [b for b in blocks(slip) if isinstance(b, TextBlock) and b.size is Size.NUMBER]


@given(TICKETS)
def test_a_ticket_is_the_same_after_the_pipe(paper: TicketPaper) -> None:
    assert TicketPaper.from_json(json.loads(json.dumps(paper.to_json()))) == paper


@pytest.mark.parametrize(
    "broken",
    [
        {},
        {"issued_at": "yesterday"},
        ticket().to_json() | {"issued_at": "2026-11-23T08:05:00"},
        ticket().to_json() | {"colour": "red"},
        ticket().to_json() | {"counters": 5},
        ticket().to_json() | {"issued_at": None},
    ],
    ids=str,
)
def test_what_is_no_ticket_is_told_in_one_sentence(broken: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"^not a ticket: [^\n]+$"):
        TicketPaper.from_json(broken)


def test_a_number_held_at_the_guidance_desk_leads_there_and_not_to_a_counter() -> None:
    words = said(ticket(guarded=True))
    assert words[1:5] == [
        "A012",
        "Mời đến bàn hướng dẫn",
        "trước, để được xếp vào hàng",
        "Guidance desk first: it puts you in line",
    ]
    assert not [word for word in words if "Quầy" in word or "Counter" in word or "ahead" in word]
    kept = [b.text for b in blocks(longest_ticket(guarded=True)) if isinstance(b, TextBlock) and b.rank == 0]
    assert {"Mời đến bàn hướng dẫn", words[4]} <= set(kept), "this never gives way"


def test_a_test_page_cannot_be_taken_for_a_number() -> None:
    page = TicketPaper(
        hall_name="Trung tâm",
        number="",
        service_vi="printer-1",
        issued_at=datetime(2022, 3, 1, 1, 30, tzinfo=UTC),
        code="",
        kind="test-page",
    )
    texts = said(page)
    assert texts[0] == texts[-1] == "IN THỬ · KHÔNG PHẢI SỐ / TEST PAGE"
    assert "printer-1" in texts
    assert all(isinstance(block, TextBlock | RuleBlock) for block in blocks(page)), "nothing to scan"
    assert TicketPaper.from_json(page.to_json()) == page
