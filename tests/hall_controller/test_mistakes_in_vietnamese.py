"""Every mistake of hall.toml and of a list is told in Vietnamese too, with the same place, value and advice."""

from __future__ import annotations

import re

import pytest

from hall_controller.mistakes_in_vietnamese import MUST, PHRASES, TAILS, in_vietnamese
from tests.hall_controller.settings_files import mistakes

TOLD = [
    ("hall.ID is not a setting; did you mean 'id'?", "hall.ID: không phải là một thiết lập; có phải ý là 'id' không?"),
    (
        "mqtt.port is 'abc', but must be a whole number without quotes",
        "mqtt.port: là 'abc', nhưng phải là số nguyên, không đặt trong dấu nháy",
    ),
    (
        "counter[0].queues (id '1') names the queue 'dia', which does not exist; did you mean 'dat'?",
        "counter[0].queues (id '1'): ghi queue 'dia', nhưng không có mục nào như vậy; có phải ý là 'dat' không?",
    ),
    (
        "priorities.mode is 'stric', but must be one of strict, turns; did you mean 'strict'?",
        "priorities.mode: là 'stric', nhưng phải là một trong: strict, turns; có phải ý là 'strict' không?",
    ),
    ("agency is missing (Who serves): add it", "agency: còn thiếu: hãy thêm vào"),
    (
        "is not TOML (expected '=') in `hall`; check quotes, commas and brackets here and in the line before",
        "không đúng cú pháp TOML ở `hall` (expected '='); xem lại dấu nháy, dấu phẩy và dấu ngoặc ở dòng này và dòng trước",  # noqa: E501 - a sentence
    ),
    (
        "queue[1].letter (id 'b') is 'A', which the queue 'a' has already: give each its own",
        "queue[1].letter (id 'b'): là 'A', trùng với queue 'a': đặt cho mỗi cái một giá trị riêng",
    ),
    ("level is '7', but must be at most 4", "level: là '7', nhưng không được lớn hơn 4"),
    ("device[3].settings is wrong: no such port", "Chưa đúng: device[3].settings is wrong: no such port"),
]  # fmt: skip


@pytest.mark.parametrize(("english", "vietnamese"), TOLD)
def test_a_sentence_keeps_its_place_its_value_and_its_advice(english: str, vietnamese: str) -> None:
    assert in_vietnamese(english) == vietnamese


def test_an_empty_file_is_told_what_it_lacks_in_vietnamese() -> None:
    told = [in_vietnamese(one.removeprefix("hall.toml: ")) for one in mistakes("")]
    assert "hall: còn thiếu: hãy thêm vào" in told
    assert not [one for one in told if one.startswith("Chưa đúng")]


def test_no_phrase_changes_what_stands_in_quotes_or_loses_a_part() -> None:
    for pattern, words in (*TAILS, *MUST, *PHRASES):
        groups = re.compile(pattern).groups
        assert {int(one) for one in re.findall(r"\\(\d)", words)} <= set(range(1, groups + 1)), pattern
