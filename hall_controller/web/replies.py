"""How the hall answers over HTTP: a body with its status, or a refusal in the one shape that all refusals have.

Which refusal has which status is said here and only here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from starlette.responses import Response

from hall_controller.domain.catalogue import Text
from hall_controller.domain.refusals import TEXTS, Refusal
from hall_controller.web.bodies import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import BaseModel

RULES_SAY_NO: Final = 409
STATUS: Final[Mapping[str, int]] = {
    "sign_in_needed": 401,
    "wrong_secret": 401,
    "wrong_code": 401,
    "not_allowed": 403,
    "cross_site": 403,
    "unknown_host": 403,
    "wrong_role": 403,
    "other_counter": 403,
    "not_at_this_counter": 403,
    "not_found": 404,
    "unknown_service": 404,
    "unknown_counter": 404,
    "unknown_ticket": 404,
    "unknown_priority": 404,
    "unknown_destination": 404,
    "unknown_officer": 404,
    "unknown_device": 404,
    "unknown_dossier": 404,
    "unknown_backup": 404,
    "no_dossiers": 404,
    "method_not_allowed": 405,
    "too_large": 413,
    "malformed": 422,
    "score_out_of_range": 422,
    "counter_needed": 422,
    "weak_secret": 422,
    "too_many_guesses": 429,
    "too_fast": 429,
    "too_many": 429,
    "too_many_lookups": 429,
    "report_busy": 429,
    "internal": 500,
    "journal_unavailable": 503,
    "not_ready": 503,
    "report_failed": 503,
    "report_behind": 503,
}
"""Every other code is a rule that says no: 409."""

TRY_AGAIN_S: Final = {"journal_unavailable": 2, "not_ready": 1, "report_busy": 5, "report_behind": 30}
"""Seconds after which the same request may well succeed."""

HTTP_TEXTS: Final[Mapping[str, Text]] = {
    "cross_site": Text(
        "Yêu cầu đến từ một trang web khác nên không được thực hiện.",
        "The request came from another web site and was not executed.",
    ),
    "unknown_host": Text(
        "Trang được mở bằng một tên máy lạ nên yêu cầu không được thực hiện; hãy mở bằng địa chỉ của máy.",
        "The page was opened by a name that is not the hall's, so nothing was done: open it by the machine's address,"
        " or add the name to http.hosts in hall.toml.",
    ),
    "sign_in_needed": Text("Hãy đăng nhập trước.", "Sign in first, on the page /sign-in."),
    "wrong_role": Text(
        "Quý vị không có quyền làm việc này.", "Your role may not do that; ask the hall's technician."
    ),
    "other_counter": Text(
        "Quý vị đang đăng nhập ở quầy khác.",
        "You are signed in at another counter; sign in at this one first.",
    ),
    "not_at_this_counter": Text(
        "Mã PIN này không dùng được ở quầy này.", "This PIN does not work at this counter; choose yours."
    ),
    "counter_needed": Text("Hãy chọn quầy.", "An officer signs in at a counter; choose one."),
    "wrong_secret": Text(
        "Mã cán bộ, mã PIN hoặc mật khẩu không đúng.", "The identifier, the PIN or the password is wrong."
    ),
    "wrong_code": Text(
        "Mã cài đặt không đúng; xem nhật ký của hệ thống.",
        "The set-up code is wrong; the controller's log shows it at every start.",
    ),
    "set_up_is_done": Text(
        "Đã có kỹ thuật viên, hãy đăng nhập.",
        "There is a technician already; sign in, or use `hall officer`.",
    ),
    "too_many_guesses": Text(
        "Nhập sai quá nhiều lần, xin chờ rồi thử lại.", "Too many wrong tries; wait, then try again."
    ),
    "not_found": Text("Không có trang này.", "There is no such page; the API is listed at /docs."),
    "method_not_allowed": Text(
        "Địa chỉ này không nhận yêu cầu loại này.",
        "This address does not take that method; the API is listed at /docs.",
    ),
    "too_large": Text("Dữ liệu gửi lên quá lớn.", "The body is too large; send less."),
    "unknown_backup": Text("Không có bản sao lưu này.", "There is no such backup; see the page Backups."),
    "not_confirmed": Text(
        "Mã trung tâm nhập vào không đúng: chưa khôi phục.",
        "That is not this hall's id: nothing was restored. Type the id that stands at the top of the page.",
    ),
    "trying_is_off": Text(
        "Trung tâm không cho dùng thử thiết bị ảo: đặt hall.virtual_devices = true trong cấu hình.",
        "This hall has no virtual devices: set hall.virtual_devices = true to try it without hardware.",
    ),
    "nothing_pressed": Text("Chưa có phím nào.", "Nothing was pressed: send a key, a score or a service."),
    "configuration_outdated": Text(
        "Cấu hình vừa được người khác thay đổi: hãy tải lại trang.",
        "Somebody else has changed the settings meanwhile: load the page again.",
    ),
    "unknown_dossier": Text(
        "Không tìm thấy hồ sơ này, mời quý khách kiểm tra mã trên giấy biên nhận.",
        "There is no such dossier; please check the code on your receipt.",
    ),
    "no_dossiers": Text(
        "Trung tâm chưa có danh sách hồ sơ để tra cứu, mời quý khách hỏi bàn hướng dẫn.",
        "There is no list of dossiers to look in; please ask at the guidance desk.",
    ),
    "too_many_lookups": Text(
        "Quý khách đã nhập sai nhiều lần, xin chờ một phút hoặc hỏi bàn hướng dẫn.",
        "Too many wrong codes; please wait a minute or ask at the guidance desk.",
    ),
    "internal": Text(
        "Hệ thống gặp lỗi, mời quý khách đến bàn hướng dẫn.",
        "Something went wrong in the controller; its log says what.",
    ),
    "report_busy": Text(
        "Đang lập một báo cáo khác, xin thử lại sau ít giây.",
        "Another report is being made; try again in some seconds.",
    ),
    "report_behind": Text(
        "Các ngày trong kỳ còn đang được tổng hợp, phần đã xong được giữ lại; xin lập lại báo cáo sau nửa phút.",
        "Days of this report are still being counted, and what is counted is kept; ask again in half a minute.",
    ),
    "not_ready": Text(
        "Hệ thống đang khởi động, xin chờ giây lát.", "The controller is starting; try again in a second."
    ),
}

NO_STORE: Final = {"cache-control": "no-store"}


def answered(body: BaseModel, status: int = 200) -> Response:
    """The body as JSON."""
    return Response(body.model_dump_json(), status, NO_STORE, "application/json")


def no(code: str) -> Refusal:
    """The refusal with that code, of the hall or of HTTP."""
    return Refusal(code, HTTP_TEXTS.get(code) or TEXTS[code])


def refused(refusal: Refusal, retry_after_s: int | None = None) -> Response:
    """The refusal as JSON, with the status of its code."""
    body = Refused.model_construct(code=refusal.code, text={"vi": refusal.text.vi, "en": refusal.text.en})
    headers = dict(NO_STORE)
    retry_after_s = retry_after_s or TRY_AGAIN_S.get(refusal.code)
    if retry_after_s is not None:
        headers["retry-after"] = str(retry_after_s)
    status = STATUS.get(refusal.code, RULES_SAY_NO)
    return Response(body.model_dump_json(warnings=False), status, headers, "application/json")


def malformed(place: str, what: str) -> Refusal:
    """The request is malformed there, in that way."""
    vi = f"Dữ liệu không hợp lệ ở {place}." if place else "Dữ liệu không hợp lệ."
    return Refusal("malformed", Text(vi, f"{place or 'The request'}: {what}."))


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Refusals with these statuses, for the OpenAPI description of a route; 403 may happen to all.

    Their body is referred to and not named as a model: FastAPI would make a validator for each route and status.
    """
    return {status: {"description": _MEANING[status], "content": REFUSED} for status in (403, *statuses)}


REFUSED: Final = {"application/json": {"schema": {"$ref": "#/components/schemas/Refused"}}}
_MEANING: Final = {
    401: "Not signed in, or a wrong secret",
    403: "Not allowed from this address, from another web site, or for this role",
    404: "No such service, counter or ticket",
    409: "The rules say no: nothing happened",
    413: "Too large a body: more than 16 KB, where the route says nothing else",
    422: "Malformed: the text says where",
    429: "Too fast; Retry-After says how many seconds to wait",
    503: "Cannot be made durable now: nothing happened",
}
