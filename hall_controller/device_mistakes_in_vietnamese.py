"""What drivers, lines and the printer's program say about their settings, in Vietnamese; a table of phrases.

    'uses pin 17, which 'pad-1' uses already: give each its own pins'
    -> "dùng chân 17, chân này 'pad-1' đã dùng: đặt cho mỗi thiết bị chân riêng"

Wording only, in the form of `mistakes_in_vietnamese`, which asks it. A driver that says something new adds a row.
"""

from __future__ import annotations

from typing import Final

V: Final = r"(.+?)"
"""A value, a name or a number, which stays as it is."""
LINE: Final = r'is wrong: "(.+?)"'
WRITE: Final = rf": write it like {V}"

PHRASES: Final = (
    # pads
    (rf"describes the button {V}, which no key has: add it to `keys`",
     r"có nút \1 nhưng không phím nào dùng: hãy thêm vào `keys`"),
    (rf"has pin (\d+) for both {V} and {V}", r"dùng chân \1 cho cả \2 và \3"),
    (rf"has input (\d+) for both {V} and {V}", r"dùng ngõ vào \1 cho cả \2 và \3"),
    (rf"names the key cap {V}, which does not exist: there are {V}",
     r"ghi phím \1, nhưng bàn phím không có; hiện có \2"),
    (rf"is {V}, but a (\w+) pad is on a line of {V}", r"là \1, nhưng bàn phím kiểu \2 nối bằng \3"),
    (rf"is {V}, but its keys are on other pins: write {V}", r"là \1, nhưng các phím ở chân khác: hãy viết \2"),
    (r"has of the scores none, but rating\.levels is (\d+): .+",
     r"không có phím mức nào: đặt phím cho từng mức từ 1 đến \1"),
    (rf"has of the scores {V}, but rating\.levels is (\d+): .+",
     r"có các mức \1, nhưng rating.levels là \2: đặt phím cho từng mức từ 1 đến \2"),
    (rf"uses pin (\d+), which {V} uses already: .+",
     r"dùng chân \1, chân này \2 đã dùng: đặt cho mỗi thiết bị chân riêng"),
    (rf"is on the port of {V} with other settings: .+",
     r"cùng cổng với \1 nhưng ghi thông số khác: viết `line` giống nhau cho cả hai"),
    (rf"speaks only when asked and {V} does not, .+",
     r"một trong hai, thiết bị này hoặc \1, chỉ trả lời khi được hỏi: nối mỗi thiết bị vào đường riêng"),
    (rf"shares the line {V} with {V} and takes its presses: .+",
     r"chung đường \1 với \2 và nhận nhầm phím: đặt cho mỗi thiết bị địa chỉ hoặc tên riêng"),
    # lines
    (rf"{LINE} is not a line that is known: write it like one of {V}",
     r'"\1" không phải là đường nối nào được biết: viết như một trong \2'),
    (rf"{LINE} has a port that is not a number up to (\d+){WRITE}",
     r'"\1" có cổng không phải là số đến \2: viết như \3'),
    (rf"{LINE} has no host{WRITE}", r'"\1" thiếu tên hoặc địa chỉ máy: viết như \2'),
    (rf"{LINE} has no port{WRITE}", r'"\1" thiếu cổng: viết như \2'),
    (rf"{LINE} has no path; .+?{WRITE}", r'"\1" thiếu đường dẫn, bắt đầu bằng ba dấu gạch chéo: viết như \2'),
    (rf"{LINE} does not name pins from 0 to (\d+), each once{WRITE}",
     r'"\1" phải ghi các chân từ 0 đến \2, mỗi chân một lần: viết như \3'),
    (rf"{LINE} is not a vendor and a product .+?{WRITE}",
     r'"\1" phải là mã hãng và mã sản phẩm như lsusb hiện: viết như \2'),
    (rf"{LINE} has the setting {V}, which a (\w+) line does not know: there are none",
     r'"\1" có thông số \2, nhưng đường nối \3 không có thông số nào: hãy bỏ đi'),
    (rf"{LINE} has the setting {V}, which a (\w+) line does not know: may be {V}",
     r'"\1" có thông số \2 mà đường nối \3 không có; được phép: \4'),
    (rf"{LINE}: {V} = {V} is not possible: write one of {V}", r'"\1": không thể đặt \2 = \3: viết một trong \4'),
    (rf"{LINE}: {V} = {V} is not possible: write bits a second, such as {V} or {V}",
     r'"\1": không thể đặt \2 = \3: viết số bit mỗi giây, ví dụ \4 hoặc \5'),
    # printers
    (rf"is wrong: width_mm = {V}: the paper is 58 or 80 mm wide",
     r"không thể đặt width_mm = \1: giấy rộng 58 hoặc 80 mm"),
    (rf"is wrong: cut = {V}: write {V} or {V}", r"không thể đặt cut = \1: viết \2 hoặc \3"),
    (rf"is wrong: {V} is no setting of the printer (\w+): it has {V}",
     r"\1 không phải là thiết lập của máy in \2: máy này có \3"),
    (rf"is wrong: {V} is too slow for tickets: .+ write {V}",
     r"\1 quá chậm để in vé: đặt máy in ở 115200 baud và viết \2"),
)  # fmt: skip
"""What is wrong with a device; the sentence without the place."""
