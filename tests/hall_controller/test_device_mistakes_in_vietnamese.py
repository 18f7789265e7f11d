"""What `hall check` says of pads, lines and printers is told in Vietnamese too: all sentences that their tests know."""

from __future__ import annotations

import re
from itertools import chain

import pytest

from hall_controller.device_mistakes_in_vietnamese import PHRASES
from hall_controller.devices.line_address import parse
from hall_controller.errors import LineError
from hall_controller.mistakes_in_vietnamese import in_vietnamese
from tests.hall_controller.settings_files import example, mistakes
from tests.hall_controller.test_pad_settings import (
    OTHER,
    PAD,
    RATED,
    SHARED,
    WRONG,
    rating_as,
    wired_as,
)

PRINTER = 'line = "file:///dev/usb/lp0"'
LINES = [
    "cable://one",
    "tcp://printer:lots",
    "tcp://:9100",
    "tcp://192.168.1.50",
    "serial://ttyUSB0",
    "gpio://99",
    "usb://printer",
    "tcp://printer:9100?baudrate=9600",
    "serial:///dev/ttyUSB0?speed=9600",
    "serial:///dev/ttyUSB0?parity=X",
    "serial:///dev/ttyUSB0?baudrate=fast",
]


def english(*changes: tuple[str, str]) -> list[str]:
    """What is wrong with the example after these changes, without file and line."""
    return [re.sub(r"^hall\.toml(?: line \d+)?: ", "", one) for one in mistakes(example(*changes))]


def of_pads() -> list[str]:
    changed = [[(PAD, wired_as(1, *one[:3]))] for one in WRONG]
    changed += [[rating_as(*one[:3])] for one in RATED]
    changed += [[(PAD, wired_as(1, *one[:3])), (OTHER, wired_as(2, *one[3:6]))] for one in SHARED]
    return list(chain.from_iterable(english(*changes) for changes in changed))


def of_printers() -> list[str]:
    wrong = (
        f'{PRINTER}, settings = {{ cut = "both" }}',
        f"{PRINTER}, settings = {{ width_mm = 72 }}",
        f'{PRINTER}, settings = {{ ctu = "full" }}',
        'line = "serial:///dev/ttyUSB0?baudrate=9600"',
    )
    return list(chain.from_iterable(english((PRINTER, one)) for one in wrong))


def of_lines() -> list[str]:
    found = []
    for line in LINES:
        with pytest.raises(LineError) as said:
            parse(line)
        found.append(f"device[0].line (id 'pad-1') is wrong: {said.value}")
    return found


@pytest.mark.parametrize("told", [of_pads, of_printers, of_lines])
def test_no_mistake_of_a_device_is_told_in_english(told: object) -> None:
    assert callable(told)
    sentences = told()
    assert len(sentences) > 3
    told_again = [in_vietnamese(one) for one in sentences]
    assert [one for one in told_again if one.startswith("Chưa đúng")] == []
    assert [one for one in told_again if re.search(r" (or|one of|there are|none|write)\b", one)] == []


def test_place_and_values_stay_as_they_were_written() -> None:
    told = "device[4] (id 'pad-2') uses pin 17, which 'pad-1' uses already: give each its own pins"
    assert in_vietnamese(told) == (
        "device[4] (id 'pad-2'): dùng chân 17, chân này 'pad-1' đã dùng: đặt cho mỗi thiết bị chân riêng"
    )
    twice = "device[4].settings (id 'pad-1') has pin 17 for both 'next' and 'recall': give each its own"
    assert in_vietnamese(twice).endswith(
        "dùng chân 17 cho cả 'next' và 'recall': đặt cho mỗi cái một giá trị riêng"
    )


def test_every_phrase_tells_all_that_its_pattern_found() -> None:
    for pattern, words in PHRASES:
        groups = re.compile(pattern).groups
        assert {int(one) for one in re.findall(r"\\(\d)", words)} == set(range(1, groups + 1)), pattern
