"""The sentences about mistakes in a settings file or a list, in Vietnamese, for the technician's page.

    "hall.ID is not a setting; did you mean 'id'?" -> "hall.ID: không phải là một thiết lập; có phải ý là 'id' không?"

Wording only: a table of phrases, each with its English pattern. What drivers say about their own settings stands in
`device_mistakes_in_vietnamese`; what nobody has written a phrase for is told in English after a Vietnamese beginning.
"""

from __future__ import annotations

import re
from typing import Final

from hall_controller.device_mistakes_in_vietnamese import PHRASES as OF_DEVICES

WHERE: Final = r"(?P<where>[\w.\[\]-]+(?: \(id '[^']*'\))*) (?P<said>.+)"
V: Final = r"(.+?)"
"""A value, a name or a number, which stays as it is."""

TAILS: Final = (
    (rf"; did you mean {V}\?", r"; có phải ý là \1 không?"),
    (rf"; there are {V}", r"; hiện có \1"),
    (r": add it or change the name", r": hãy thêm vào hoặc sửa tên"),
    (r": remove it", r": hãy bỏ đi"),
    (r": give each its own", r": đặt cho mỗi cái một giá trị riêng"),
    (r": swap the two days", r": đổi chỗ hai ngày"),
    (r"; give it another id", r"; hãy đặt mã khác"),
    (r"; shorten it", r"; hãy đặt ngắn hơn"),
    (r"; check quotes, commas and brackets here and in the line before",
     r"; xem lại dấu nháy, dấu phẩy và dấu ngoặc ở dòng này và dòng trước"),
    (r"; the same name is set twice, .+", r"; một tên được đặt hai lần hoặc danh sách được viết theo hai cách"),
)  # fmt: skip
"""How a sentence may end: what to do about it."""

MUST: Final = (
    (r"1 to 32 of a-z, 0-9 and -, and begin with a letter or a figure",
     r"phải có 1 đến 32 ký tự a-z, 0-9 và -, bắt đầu bằng chữ hoặc số"),
    (r"one capital letter from A to Z other than I, O and Q, which look like figures",
     r"phải là một chữ hoa từ A đến Z, trừ I, O và Q vì dễ nhầm với số"),
    (r"a whole number without quotes", r"phải là số nguyên, không đặt trong dấu nháy"),
    (r"a number without quotes", r"phải là một số, không đặt trong dấu nháy"),
    (r"a number that ends", r"phải là một số hữu hạn"),
    (r"true or false, without quotes", r"phải là true hoặc false, không đặt trong dấu nháy"),
    (r"text in quotes", r"phải là chữ trong dấu nháy"),
    (r"a list in \[ \]", r"phải là danh sách trong [ ]"),
    (r"a table \{ name = value \}", r"phải là bảng { tên = giá trị }"),
    (r"a day without quotes, such as 2022-03-01", r"phải là một ngày, không đặt trong dấu nháy, ví dụ 2022-03-01"),
    (r"a day such as 2022-03-01 or 01/03/2022", r"phải là một ngày như 2022-03-01 hoặc 01/03/2022"),
    (r"a beginning and a later end on the same day, such as (\".+\")",
     r"phải là giờ bắt đầu rồi giờ kết thúc muộn hơn trong cùng ngày, ví dụ \1"),
    (r"a text or a whole number, such as \"GPIO13\"", r'phải là chữ hoặc số nguyên, ví dụ "GPIO13"'),
    (rf"more than {V}", r"phải lớn hơn \1"),
    (rf"at least {V}", r"không được nhỏ hơn \1"),
    (rf"at most {V}", r"không được lớn hơn \1"),
    (rf"one of {V}", r"phải là một trong: \1"),
)  # fmt: skip
"""What a value must be."""

PHRASES: Final = (
    (r"is missing: say at which counter this (.+) stands", r"còn thiếu: hãy ghi thiết bị này (\1) đặt ở quầy nào"),
    (r"is missing(?: \(.*\))?: add it", r"còn thiếu: hãy thêm vào"),
    (r"is empty: fill it in", r"để trống: hãy điền vào"),
    (r"must not be empty|is \[\], but must not be empty|is '', but must not be empty", r"không được để trống"),
    (r"is not a setting", r"không phải là một thiết lập"),
    (rf"is not a setting of {V}", r"không phải là thiết lập của \1"),
    (r"is not a column", r"không phải là một cột"),
    (rf"names the {V} ('.*?'), which does not exist(?: \(so do (.+)\))?", r"ghi \1 \2, nhưng không có mục nào như vậy"),
    (rf"is {V}, which hall\.toml does not have", r"là \1, nhưng hall.toml không có"),
    (rf"is {V}, which is no model that comes by MQTT", r"là \1, không phải là kiểu thiết bị nối qua MQTT"),
    (rf"is {V}, which is no ESP32 model", r"là \1, không phải là kiểu ESP32"),
    (rf"is {V}, for which there is no driver", r"là \1, kiểu này chưa có trình điều khiển"),
    (rf"is {V}, which the (\w+ '.+') has already", r"là \1, trùng với \2"),
    (rf"is {V}, which (.+) has already", r"là \1, trùng với \2"),
    (rf"is {V}, and its file would take the place of another", r"là \1, tên này đã dùng cho một tệp khác"),
    (rf"is {V}, but an ESP32's name may have (\d+) letters", r"là \1, nhưng tên của ESP32 chỉ dài tối đa \2 ký tự"),
    (rf"is {V}, which is before from \((.+)\)", r"là \1, trước ngày bắt đầu (\2)"),
    (rf"is {V}, which is of '(.+)': correct one of the two", r"là \1, thuộc '\2': hãy sửa một trong hai"),
    (rf"is {V}, which is not a timezone that this machine knows: use (.+)",
     r"là \1, máy không biết múi giờ này: hãy dùng \2"),
    (rf"is {V}, which is not a network: write it like (.+)", r"là \1, không phải là một mạng: viết như \2"),
    (rf"is {V}, which is not a web address: write it like (.+)", r"là \1, không phải là địa chỉ web: viết như \2"),
    (rf"is {V}, which is not the name of a machine alone: write it like (.+)",
     r"là \1, không phải chỉ là tên máy: viết như \2"),
    (rf"is {V}, which is not a line that is known: begin it with one of (.+)",
     r"là \1, không phải là đường nối nào được biết: bắt đầu bằng một trong \2"),
    (rf"is {V}, which is not a whole (.+) line: write it like (.+)", r"là \1, đường nối \2 chưa đủ: viết như \3"),
    (r"is called by no counter, so its visitors would wait for ever: add it to a counter",
     r"không quầy nào gọi, khách sẽ chờ mãi: hãy thêm hàng này vào một quầy"),
    (r"overlaps (assignment\[\d+\]) of (\w+) ('.+?'): .+",
     r"trùng thời gian với \1 của \2 \3: ghi `to` cho cái trước; nếu là làm thay thì ghi `from`, `to` và `reason`"),
    (rf"says {V}, but officer (.+) is of (.+): write (.+)", r"ghi \1, nhưng cán bộ \2 thuộc \3: hãy ghi \4"),
    (r"is less than (rating\.later_days) \((\d+)\), which needs the rows: make it at least \d+",
     r"nhỏ hơn \1 (\2) vốn cần dữ liệu đó: đặt ít nhất là \2"),
    (r"has both `queues` and `profile`: .+",
     r"có cả `queues` và `profile`: bỏ `queues`, các bước của profile đã ghi hàng"),
    (r"ends on (\S+) before it begins on (\S+)", r"kết thúc ngày \1, trước khi bắt đầu ngày \2"),
    (r"has sessions that overlap at (\S+): .+",
     r"có hai buổi trùng nhau lúc \1: kết thúc buổi trước rồi mới bắt đầu buổi sau"),
    (r"never gives out more than (\d+) numbers in (\d+) s, .+",
     r"không bao giờ cấp quá \1 số trong \2 giây nên sẽ không báo dồn dập: đặt burst_numbers nhỏ hơn \1"),
    (r"has `guard_on_burst` but no burst: set `burst_numbers`, such as 6",
     r"có `guard_on_burst` nhưng chưa có mức dồn dập: đặt `burst_numbers`, ví dụ 6"),
    (rf"has (\d+) cells, but there are (\d+) columns: quote text that has a {V}",
     r"có \1 ô nhưng bảng có \2 cột: đặt chữ có dấu \3 trong dấu nháy"),
    (r"the first line must name the columns; (.+) missing: add it",
     r"dòng đầu phải ghi tên các cột; thiếu \1: hãy thêm vào"),
    (rf"is not TOML \((.+)\) in `{V}`", r"không đúng cú pháp TOML ở `\2` (\1)"),
)  # fmt: skip
"""What is wrong; a later one is asked only when no earlier one fits."""


def in_vietnamese(sentence: str) -> str:
    """The sentence of a mistake, without its file and line; one that is not known is told as it is."""
    whole = _said(sentence)
    if whole is not None:
        return whole
    parts = re.fullmatch(WHERE, sentence)
    said = _said(parts["said"]) if parts else None
    return f"{parts['where']}: {said}" if parts and said else f"Chưa đúng: {sentence}"


def _said(said: str) -> str | None:
    for pattern, tail in (*TAILS, (None, "")):
        found = re.fullmatch(rf"(?P<head>.+?){pattern}", said) if pattern else None
        if pattern and not found:
            continue
        head = found["head"] if found else said
        words = _head(head)
        if words is not None:
            return words + (re.sub(rf"^.+?{pattern}$", tail, said) if pattern else "")
    return None


def _head(said: str) -> str | None:
    must = re.fullmatch(r"(?:is (.+), but )?must be (.+)", said)
    if must:
        for pattern, words in MUST:
            if re.fullmatch(pattern, must[2]):
                what = re.sub(f"^{pattern}$", words, must[2])
                return f"là {must[1]}, nhưng {what}" if must[1] else what
    form = re.fullmatch(r"is (.+), but must have the form (.+)", said)
    if form:
        return f"là {form[1]}, nhưng phải có dạng {form[2]}"
    for pattern, words in (*PHRASES, *OF_DEVICES):
        if re.fullmatch(pattern, said):
            return re.sub(f"^(?:{pattern})$", words, said)
    return None
