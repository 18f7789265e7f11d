"""Every "no" of the rules: a code for machines and a sentence for people, Vietnamese first.

A refusal is a value and not an error: the hall works, it only does not do this now. Codes are never renamed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from hall_controller.domain.catalogue import Text

if TYPE_CHECKING:
    from datetime import datetime

WEEKDAYS_VI: Final = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật")
WEEKDAYS_EN: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True)
class Refusal:
    """The rules say no; nothing has changed."""

    code: str
    text: Text
    flags: tuple[str, ...] = ()
    """What is odd about a rating that was refused; the codes of `flags`."""


TEXTS: Final[dict[str, Text]] = {
    "unknown_service": Text("Không có lĩnh vực này.", "There is no such service."),
    "unknown_purpose": Text(
        "Lĩnh vực này không nhận yêu cầu này.", "This service does not take that request."
    ),
    "unknown_priority": Text("Không có đối tượng ưu tiên này.", "There is no such priority class."),
    "unknown_counter": Text("Không có quầy này.", "There is no such counter."),
    "unknown_ticket": Text("Hôm nay không có số này.", "There is no such number today."),
    "unknown_officer": Text("Không có cán bộ này.", "There is no such officer."),
    "unknown_device": Text(
        "Thiết bị này không được khai báo cho quầy nào.",
        "This device belongs to no counter; add it to hall.toml.",
    ),
    "order_not_possible": Text(
        "Thiết bị này không làm được việc đó.",
        "This device cannot do that; see on the technician's page what it can.",
    ),
    "nothing_proposed": Text(
        "Chưa có thiết bị nào được bấm phím trong thời gian chờ: mở lại và bấm một phím trên thiết bị mới.",
        "No such device is proposed: open the window again and press a key on the new device.",
    ),
    "wrong_device_code": Text(
        "Mã không khớp với nhãn của thiết bị: kiểm tra có đúng thiết bị này không.",
        "The code is not that of this device: compare it with the label, it may be another device.",
    ),
    "device_silent": Text(
        "Thiết bị không trả lời: kiểm tra nguồn điện và cáp.",
        "The device does not answer: check its power and its cable.",
    ),
    "unknown_destination": Text("Không có hàng đợi hoặc quầy này.", "There is no such queue or counter."),
    "destination_closed": Text("Quầy chuyển đến đang đóng.", "The counter to send to is closed."),
    "destination_missing": Text("Hãy chọn nơi chuyển đến.", "Say where the visitor should go."),
    "service_closed": Text("Lĩnh vực này hiện chưa làm việc.", "This service is closed now."),
    "online_only": Text("Lĩnh vực này chỉ nhận hồ sơ trực tuyến.", "This service is online only."),
    "not_online_only": Text(
        "Lĩnh vực này nhận hồ sơ tại quầy, mời quý khách lấy số.",
        "This service is received at a counter; please take a number.",
    ),
    "too_late": Text(
        "Hôm nay không còn đủ thời gian phục vụ.",
        "There is not enough time left today to serve one more visitor.",
    ),
    "numbers_exhausted": Text(
        "Đã hết số trong ngày, mời quý khách đến bàn hướng dẫn.",
        "All numbers of today have been given out; please go to the information desk.",
    ),
    "too_fast": Text("Xin chờ vài giây rồi lấy số.", "Please wait a few seconds before taking a number."),
    "too_many": Text(
        "Máy đang cấp số quá nhanh, xin chờ một phút.",
        "Too many numbers within a minute; please wait a minute.",
    ),
    "not_next": Text(
        "Chưa đến lượt số này; trung tâm gọi số theo thứ tự.",
        "It is not that number's turn; this hall calls in turn.",
    ),
    "not_waiting_here": Text("Số này không chờ ở quầy này.", "That number does not wait for this counter."),
    "double_press": Text(
        "Phím vừa được bấm, lần bấm này không tính.",
        "The key was pressed just now; this press does not count.",
    ),
    "recall_too_soon": Text(
        "Số này vừa được gọi, xin chờ vài giây.", "That number was called just now; wait a few seconds."
    ),
    "call_again_first": Text(
        "Hãy gọi lại số này trước khi báo vắng.", "Call that number again before it counts as missed."
    ),
    "not_missed": Text("Số này chưa bị lỡ lượt gọi.", "That number has not missed its call."),
    "not_waiting": Text("Số này không còn chờ.", "That number does not wait any more."),
    "class_is_that": Text("Số này đã thuộc diện đó.", "That number is of that class already."),
    "missed_too_long": Text(
        "Số này đã lỡ lượt quá lâu, mời quý khách lấy số mới.",
        "That number was missed too long ago; please take a new one.",
    ),
    "already_ringing": Text("Chuông đang gọi cán bộ.", "The bell is ringing for an officer already."),
    "guard_is_on": Text("Chế độ kiểm soát cấp số đang bật.", "The guard is on already."),
    "guard_is_off": Text("Chế độ kiểm soát cấp số đang tắt.", "The guard is off already."),
    "not_guarded": Text(
        "Số này không bị giữ ở bàn hướng dẫn.", "That number is not held at the guidance desk."
    ),
    "none_waiting": Text("Không có ai đang chờ.", "Nobody is waiting."),
    "counter_closed": Text("Quầy đang đóng, hãy mở quầy trước.", "The counter is closed; open it first."),
    "counter_paused": Text("Quầy đang tạm dừng, hãy mở lại trước.", "The counter is paused; open it first."),
    "counter_not_in_use": Text(
        "Quầy này hiện không được sử dụng.", "This counter is not in use today; see its dates in hall.toml."
    ),
    "already_open": Text("Quầy đang mở.", "The counter is open already."),
    "already_paused": Text("Quầy đang tạm dừng.", "The counter is paused already."),
    "already_closed": Text("Quầy đang đóng.", "The counter is closed already."),
    "no_ticket": Text("Không có khách ở quầy.", "There is no visitor at the counter."),
    "nothing_held": Text("Quầy không giữ số nào.", "The counter holds no number."),
    "not_resumable": Text(
        "Số này không ở trạng thái giữ lại hoặc vắng mặt.", "That number is neither held here nor missed."
    ),
    "sign_in_required": Text("Cán bộ phải đăng nhập trước.", "An officer must sign in first."),
    "not_signed_in": Text("Chưa có cán bộ đăng nhập ở quầy.", "No officer is signed in at the counter."),
    "already_ended": Text("Số này đã kết thúc.", "That number has ended already."),
    "score_out_of_range": Text("Mức đánh giá không hợp lệ.", "There is no such rating level."),
    "nothing_to_rate": Text("Chưa có lượt phục vụ nào để đánh giá.", "There is no visit to rate yet."),
    "window_over": Text("Đã hết thời gian đánh giá.", "The time for rating is over."),
    "too_late_to_rate": Text("Đã quá hạn đánh giá lượt phục vụ này.", "It is too late to rate this visit."),
    "already_rated": Text("Lượt phục vụ này đã được đánh giá.", "This visit has been rated already."),
    "press_too_old": Text(
        "Lệnh đã quá 10 giây, không thực hiện.", "The press is more than 10 s old and was not executed."
    ),
    "malformed": Text("Dữ liệu không hợp lệ.", "The message is malformed."),
    "journal_unavailable": Text(
        "Hệ thống tạm thời không ghi được dữ liệu, chưa có gì thay đổi. Xin thử lại.",
        "The journal cannot be written now; nothing happened. Please try again.",
    ),
    "not_allowed": Text("Địa chỉ này không được phép.", "This address is not allowed to do that."),
}


def refuse(code: str) -> Refusal:
    """The refusal with that code; a refusal of an older program is told by its code."""
    return Refusal(code, TEXTS.get(code) or Text(code, code))


def closed_until(opening: datetime | None) -> Refusal:
    """The service is closed, and when it opens again (in the hall's local time) when that is known."""
    return _until("service_closed", opening)


def too_late_until(opening: datetime | None) -> Refusal:
    """One more visitor cannot be served today, and when the service opens again when that is known."""
    return _until("too_late", opening)


def _until(code: str, opening: datetime | None) -> Refusal:
    base = TEXTS[code]
    if opening is None:
        return Refusal(code, base)
    clock, day = f"{opening:%H:%M}", f"{opening:%d/%m/%Y}"
    vi = f"{base.vi} Mở lại {WEEKDAYS_VI[opening.weekday()]}, {day} lúc {clock}."
    en = f"{base.en} It opens on {WEEKDAYS_EN[opening.weekday()]}, {day} at {clock}."
    return Refusal(code, Text(vi, en))
