"""Tickets that the tests print."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from hall_controller.devices.ticket import TicketPaper

LONG_SERVICE = "Đăng ký biện pháp bảo đảm bằng quyền sử dụng đất và tài sản gắn liền với đất của hộ gia đình"


def ticket(**changes: Any) -> TicketPaper:  # noqa: ANN401 - any field of a ticket
    """An ordinary ticket of the reference hall, with some fields changed."""
    ordinary: dict[str, Any] = {
        "hall_name": "Trung tâm Phục vụ hành chính công tỉnh Tuyên Quang",
        "number": "A012",
        "service_vi": "Đất đai",
        "service_en": "Land",
        "purpose_vi": "Nộp hồ sơ",
        "purpose_en": "Submit a dossier",
        "counters": ("5", "6"),
        "ahead": 3,
        "estimated_wait_s": 840,
        "issued_at": datetime(2026, 11, 23, 8, 5, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh")),
        "code": "A012K7MQ2X4P",
        "url": "https://hanhchinhcong.tuyenquang.gov.vn/t/A012K7MQ2X4P",
    }
    return TicketPaper(**ordinary | changes)


def longest_ticket(**changes: Any) -> TicketPaper:  # noqa: ANN401 - any field of a ticket
    """A ticket with everything on it that one can have, all names long."""
    everything: dict[str, Any] = {
        "number": "M888",
        "service_vi": LONG_SERVICE,
        "service_en": "Registration of security measures with land use rights and assets attached to land",
        "purpose_vi": "Hướng dẫn chuẩn bị hồ sơ",
        "purpose_en": "Ask for guidance on preparing a dossier",
        "counters": ("25", "26", "27", "28"),
        "ahead": 128,
        "estimated_wait_s": 3 * 3600,
        "priority_vi": "Ưu tiên: người cao tuổi, phụ nữ mang thai",
        "priority_en": "Priority: elderly people and pregnant women",
        "training": True,
        "reprint": True,
    }
    return ticket(**everything | changes)
