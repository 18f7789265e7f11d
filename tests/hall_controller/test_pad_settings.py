"""Settings of pads that are wired to the controller: every mistake is told at once, and a line that can be no pad's."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from hall_controller.errors import ConfigError
from hall_controller.pad_settings import PadSettings
from tests.hall_controller.live_hall import LiveHall
from tests.hall_controller.settings_files import EXAMPLE, example, mistakes
from tests.hall_controller.wired_pad import WiredHall, until, wired

LINE = "serial:///dev/ttyUSB0"


@pytest.fixture
async def hall(tmp_path: Path) -> AsyncIterator[LiveHall]:
    async with LiveHall(tmp_path) as hall:
        yield hall


def ascii_pad(id_: str, line: str = LINE, **settings: object) -> PadSettings:
    return PadSettings(id_, "ascii_serial", line, "1", settings)


async def test_every_wrong_setting_is_told_at_once(hall: LiveHall) -> None:
    unknown = PadSettings("pad-1", "consle", LINE, "1", {})
    with pytest.raises(ConfigError) as refused:
        WiredHall(hall, [unknown, ascii_pad("pad-2"), ascii_pad("pad-3", address=100, colour="red")])
    assert refused.value.mistakes == [
        "device \"pad-1\": model is 'consle', for which there is no driver; did you mean 'console'?",
        'device "pad-2": settings.address is missing (as set on the pad\'s switches): add it',
        'device "pad-3": settings.address is 100, but must be at most 99',
        'device "pad-3": settings.colour is not a setting: remove it',
    ]


async def test_two_pads_with_one_address_on_one_line_are_refused(hall: LiveHall) -> None:
    with pytest.raises(
        ConfigError, match=r'"pad-3": .* shares the line .* with \'pad-1\' and takes its presses'
    ):
        WiredHall(hall, [ascii_pad(f"pad-{n}", address=n % 2) for n in (1, 2, 3)])
    WiredHall(hall, [ascii_pad("pad-1", address=1), ascii_pad("pad-3", "serial:///dev/ttyUSB1", address=1)])
    WiredHall(hall, [ascii_pad(f"pad-{n}", address=n) for n in range(32)])


PAD = '{ id = "pad-1",  type = "call-pad", model = "esp32_call_pad", line = "mqtt:", counter = "1" }'
OTHER = '{ id = "pad-2",  type = "call-pad", model = "esp32_call_pad", line = "mqtt:", counter = "2" }'
BY_PATH = "evdev:///dev/input/by-path/platform-xhci-hcd.0-usb-0:1.1:1.0-event-kbd"


def wired_as(number: int, model: str, line: str, settings: str) -> str:
    """A call pad's line of hall.toml."""
    place = f'type = "call-pad", model = "{model}", line = "{line}", counter = "{number}"'
    return f'{{ id = "pad-{number}", {place}, settings = {{ {settings} }} }}'


GPIO = ("gpio_buttons", "gpio://17,27")
MODBUS = ("modbus_inputs", "serial:///dev/ttyUSB0?baudrate=19200")
WRONG = [
    (
        *GPIO,
        "keys = { nxt = 17, recall = 27 }",
        "names the key 'nxt', which does not exist; did you mean 'next'?",
    ),
    (
        *GPIO,
        "keys = { next = 17, recall = 17 }",
        "has pin 17 for both 'next' and 'recall': give each its own",
    ),
    (*GPIO, "keys = { next = 17, recall = 27 }, light = 27", "has pin 27 for both 'recall' and 'light'"),
    (
        *GPIO,
        "keys = { next = 17, recall = 40 }",
        "settings.keys.recall (id 'pad-1') is 40, but must be at most 27",
    ),
    (*GPIO, "keys = { next = 17 }", "but its keys are on other pins: write gpio://17"),
    (*GPIO, "", "settings.keys (id 'pad-1') is missing: add it"),
    (*GPIO, "keys = { land = 17, next = 27 }", "names the key 'land', which does not exist"),
    ("gpio_buttons", "gpio://17,17", "keys = { next = 17 }", "does not name pins from 0 to 27, each once"),
    ("gpio_buttons", "gpio://17?pul=up", "keys = { next = 17 }", "has the setting pul"),
    (
        "gpio_buttons",
        "serial:///dev/ttyUSB0",
        "keys = { next = 17 }",
        "but a gpio_buttons pad is on a line of gpio:",
    ),
    (
        *MODBUS,
        "unit = 300, keys = { next = 1 }",
        "settings.unit (id 'pad-1') is 300, but must be at most 247",
    ),
    (*MODBUS, "unit = 7, keys = { next = 1, recall = 1 }", "has input 1 for both 'next' and 'recall'"),
    (*MODBUS, "unit = 7, keys = { next = 1 }, function = 4", "settings.function"),
    (
        "keypad_evdev",
        BY_PATH,
        'keys = { enterr = "next" }',
        "names the key cap 'enterr', which does not exist",
    ),
    ("keypad_evdev", BY_PATH, 'keys = { kpenter = "nxet" }', "names the key 'nxet', which does not exist"),
    ("keypad_evdev", "console:", "", "but a keypad_evdev pad is on a line of evdev:"),
]


@pytest.mark.parametrize(("model", "line", "settings", "told"), WRONG)
def test_a_wrong_setting_of_a_wired_pad_is_one_sentence_of_hall_check(
    model: str, line: str, settings: str, told: str
) -> None:
    found = mistakes(example((PAD, wired_as(1, model, line, settings))))
    assert len(found) == 1, found
    assert told in found[0]
    assert re.match(r"hall\.toml line \d+: device\[4\]", found[0])


RATED = [
    (
        "gpio_buttons",
        "gpio://5,6",
        "keys = { 1 = 5, 2 = 6 }",
        "has of the scores 1, 2, but rating.levels is 5",
    ),
    ("gpio_buttons", "gpio://5", "keys = { next = 5 }", "has of the scores none, but rating.levels is 5"),
    ("keypad_evdev", BY_PATH, "", "give each from 1 to 5 a key"),
]


RATING = (
    '{ id = "rating-1",  type = "rating-pad", model = "esp32_rating_pad", line = "mqtt:", counter = "1" }'
)


def rating_as(model: str, line: str, settings: str) -> tuple[str, str]:
    """The rating pad of counter 1, as it is in the example and as it shall be."""
    return RATING, wired_as(1, model, line, settings).replace("call-pad", "rating-pad").replace(
        '"pad-1"', '"rating-1"'
    )


@pytest.mark.parametrize(("model", "line", "settings", "told"), RATED)
def test_a_rating_pad_has_the_keys_of_the_halls_scale(
    model: str, line: str, settings: str, told: str
) -> None:
    (found,) = mistakes(example(rating_as(model, line, settings)))
    assert told in found
    of_two = rating_as("gpio_buttons", "gpio://5,6", "keys = { 1 = 5, 2 = 6 }")
    assert mistakes(example(of_two, ("rating.levels = 5", "rating.levels = 2"))) == []


SHARED = [
    (
        *GPIO,
        "keys = { next = 17, recall = 27 }",
        *GPIO,
        "keys = { next = 17, recall = 27 }",
        "uses pin 17, which 'pad-1'",
    ),
    (*MODBUS, "unit = 7, keys = { next = 1 }", *MODBUS, "unit = 7, keys = { next = 1 }", "takes its presses"),
    (
        *MODBUS,
        "unit = 7, keys = { next = 1 }",
        "ascii_serial",
        MODBUS[1],
        "address = 7",
        "speaks only when asked",
    ),
    (
        *MODBUS,
        "unit = 7, keys = { next = 1 }",
        MODBUS[0],
        "serial:///dev/ttyUSB0",
        "unit = 8, keys = { next = 1 }",
        "is on the port of 'pad-1' with other settings",
    ),
    ("keypad_evdev", BY_PATH, "", "keypad_evdev", BY_PATH, "", "takes its presses"),
]


@pytest.mark.parametrize(("model", "line", "settings", "model_2", "line_2", "settings_2", "told"), SHARED)
def test_two_pads_that_get_into_each_others_way_are_one_sentence_of_hall_check(
    model: str, line: str, settings: str, model_2: str, line_2: str, settings_2: str, told: str
) -> None:
    both = (PAD, wired_as(1, model, line, settings)), (OTHER, wired_as(2, model_2, line_2, settings_2))
    found = mistakes(example(*both))
    assert len(found) == 1, found
    assert told in found[0]
    assert "(id 'pad-2')" in found[0]


def test_pads_of_every_model_side_by_side_are_no_mistake() -> None:
    right = [
        (*GPIO, "keys = { next = 17, recall = 27 }, light = 22"),
        ("gpio_buttons", "gpio://5?pull=down", "keys = { next = 5 }"),
        (*MODBUS, "unit = 7, keys = { next = 1, recall = 2 }"),
        (*MODBUS, "unit = 7, keys = { next = 3, recall = 4 }, light = 1"),
        ("keypad_evdev", BY_PATH, 'keys = { kpenter = "next" }'),
        ("keypad_evdev", BY_PATH.replace("1.1", "1.2"), ""),
        ("ascii_serial", "serial:///dev/ttyUSB1?baudrate=9600", "address = 8"),
        ("console", "console:", 'name = "desk-8"'),
    ]
    pads = [(PAD.replace("1", str(n)), wired_as(n, *pad)) for n, pad in enumerate(right, 1)]
    assert mistakes(example(*pads)) == []


@pytest.mark.parametrize(
    ("line", "advice"),
    [
        ("file://{}/plain", "plain file"),
        ("file://{}/absent", "mkfifo"),
        ("serial://{}/absent", "not plugged in"),
        ("tcp://127.0.0.1:1", "nothing listens"),
    ],
)
async def test_a_line_that_cannot_be_heard_is_told_with_what_to_do(
    hall: LiveHall, tmp_path: Path, line: str, advice: str
) -> None:
    (tmp_path / "plain").write_text("next\n", "ascii")
    async with wired(hall, PadSettings("pad-1", "console", line.format(tmp_path), "1", {})) as wiring:
        await until(lambda: wiring.is_("pad-1", "lost"))
        assert advice in wiring.health.alerts["device-pad-1"].text.en
        assert (tmp_path / "plain").read_text("ascii") == "next\n"


async def test_a_hall_without_wired_pads_needs_nothing(hall: LiveHall) -> None:
    async with wired(hall) as wiring:
        assert wiring.health.counts() == {}


def test_the_wired_pads_that_the_guide_for_technicians_shows_are_right() -> None:
    guide = (EXAMPLE.parent / "README.md").read_text("utf-8")
    shown = re.findall(r"^    (\{ id = .*\}),$", guide, re.MULTILINE)
    assert len(shown) == 5
    lines = {re.findall(r'id = "([a-z0-9-]+)"', one)[0]: one for one in shown}
    text = EXAMPLE.read_text("utf-8")
    for id_, one in lines.items():
        text, count = re.subn(rf'(?m)^  \{{ id = "{id_}", .*\}},$', f"  {one},", text)
        assert count == 1
    assert mistakes(text) == []
