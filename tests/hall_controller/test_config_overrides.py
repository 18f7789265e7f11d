"""`--set KEY=VALUE` goes before the file, and a wrong one is told like a mistake in it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hall_controller import config
from tests.hall_controller.settings_files import EXAMPLE, SMALL, example, loaded, mistakes


def test_a_setting_on_the_command_line_goes_before_the_file() -> None:
    hall = config.load(
        EXAMPLE,
        [
            "mqtt.port=18830",
            "dispenser.gap_s=0.5",
            "device.printer-1.line=file:///tmp/paper",
            "device.pad-3.counter=5",
            "data.dir=/tmp/hall",
            'http.allow=["10.1.0.0/16"]',
            "opening.weekdays.sessions=['08:00-12:00']",
            'hall.name.vi="Trung tâm"',
        ],
    )
    devices = {device.id: device for device in hall.device}
    assert hall.mqtt.port == 18830
    assert hall.dispenser.gap_s == 0.5
    assert devices["printer-1"].line == "file:///tmp/paper"
    assert devices["pad-3"].counter == "5"
    assert hall.data.dir == "/tmp/hall"  # noqa: S108 - only a name
    assert hall.http.allow == ("10.1.0.0/16",)
    assert hall.opening["weekdays"].sessions == ("08:00-12:00",)
    assert hall.hall.name.vi == "Trung tâm"


def test_the_last_of_two_overrides_counts() -> None:
    assert loaded(SMALL, "mqtt.port=1", "mqtt.port=2").mqtt.port == 2


@settings(deadline=None)
@given(st.lists(st.text(max_size=30) | st.builds("{}={}".format, st.text(max_size=12), st.text(max_size=12))))
def test_no_override_ends_in_a_traceback(overrides: list[str]) -> None:
    told = mistakes(SMALL, *overrides)
    assert all(sentence.strip() for sentence in told)


WRONG_OVERRIDES = [
    ("mqtt.port=70000", "--set mqtt.port=70000: mqtt.port is 70000, but must be at most 65535"),
    ("mqtt.prot=1", "--set mqtt.prot=1: mqtt.prot is not a setting; did you mean 'port'?"),
    ("mqtt.port", "--set mqtt.port: must be KEY=VALUE, such as mqtt.port=18830"),
    ("=1", "--set =1: must be KEY=VALUE, such as mqtt.port=18830"),
    ("nonsense.x=1", "--set nonsense.x=1: nonsense is not a setting: remove it"),
    ("mqtt=1", "--set mqtt=1: mqtt is 1, but must be a table { name = value }"),
    ("hall.id.x=1", "--set hall.id.x=1: hall.id holds no settings"),
    ("counter.9.name=9", "--set counter.9.name=9: counter has no element with the id '9'; there are 1"),
    (
        "counter.name=9",
        "--set counter.name=9: counter holds no settings; it is a list: name the element by its id",
    ),
    (
        "counter.1.queues=['lnad']",
        "--set counter.1.queues=['lnad']: counter[0].queues (id '1') names the queue 'lnad'",
    ),
]


@pytest.mark.parametrize(("override", "told"), WRONG_OVERRIDES)
def test_a_wrong_override_is_a_mistake_like_any_other(override: str, told: str) -> None:
    found = mistakes(SMALL, override)
    assert found[0].startswith(told), found


def test_mistakes_of_file_and_command_line_are_told_together() -> None:
    found = mistakes(
        example(("mqtt.port = 1883", "mqtt.port = 0")), "http.port=0", "device.printer-2.line=mqtt:"
    )
    assert len(found) == 3
