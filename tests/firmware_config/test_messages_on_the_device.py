"""The device reads JSON and times as Python does: hall_message.h against the standard library."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.firmware_config.desk_device import DeskDevice

LARGEST = 2**53
FIXED = ("seq", "result")


@pytest.fixture(scope="module")
def reader(desk_program: Path) -> Iterator[DeskDevice]:
    with DeskDevice(desk_program) as device:
        yield device


def read(reader: DeskDevice, text: str | bytes) -> list[str]:
    raw = text if isinstance(text, bytes) else text.encode()
    return reader.ask("json", raw.hex() or ".", *FIXED)


def expected(value: Any) -> str:  # noqa: ANN401 - any JSON
    """How the program writes what it found: a whole number, a text, or nothing of use."""
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= LARGEST:
        return str(value)
    if isinstance(value, str):
        plain = value.encode()
        return f"text:{plain.hex() or '.'}"
    return "-"


LETTERS = st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"])
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(LETTERS),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(LETTERS), inner, max_size=4),
    max_leaves=12,
)
OBJECTS = st.dictionaries(st.sampled_from(FIXED) | st.text(LETTERS, max_size=5), VALUES, max_size=6)


@settings(max_examples=100, deadline=None)
@given(said=OBJECTS, gap=st.sampled_from([None, 1, 4]))
def test_every_object_that_python_writes_is_read_alike(
    reader: DeskDevice, said: dict[str, Any], gap: int | None
) -> None:
    text = json.dumps(said, ensure_ascii=False, indent=gap)
    assert read(reader, text) == ["1", *(expected(said.get(name)) for name in FIXED)]


@settings(max_examples=100, deadline=None)
@given(said=OBJECTS, cut=st.floats(0, 1), noise=st.binary(max_size=3))
def test_whatever_the_device_takes_python_takes_too(
    reader: DeskDevice, said: dict[str, Any], cut: float, noise: bytes
) -> None:
    raw = json.dumps(said, ensure_ascii=False).encode()
    at = int(len(raw) * cut)
    broken = raw[:at] + noise + raw[at + len(noise) :]
    valid, *_ = read(reader, broken)
    try:
        table = isinstance(json.loads(broken.decode("utf-8", "replace")), dict)
    except ValueError:
        table = False
    assert valid == "0" or table or b"\\" in broken  # escapes of text that is passed over are not looked at


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ('{"result":"a\\u0041\\n\\"\\\\"}', ["1", "-", "text:" + b'aA\n"\\'.hex()]),
        ('{"result":"\\u00e9"}', ["1", "-", "text:" + b"?".hex()]),
        ('{"seq":9007199254740992}', ["1", "9007199254740992", "-"]),
        ('{"seq":9007199254740993}', ["1", "-", "-"]),
        ('{"seq":99999999999999999999}', ["1", "-", "-"]),
        ('{"seq":-1}', ["1", "-", "-"]),
        ('{"seq":1e3}', ["1", "-", "-"]),
        ('{"seq":01}', ["0", "-", "-"]),
        ('{"seq":1,}', ["0", "-", "-"]),
        ('{"seq":1} x', ["0", "-", "-"]),
        ("[1]", ["0", "-", "-"]),
        ("", ["0", "-", "-"]),
        ('{"a":' * 40 + "1" + "}" * 40, ["0", "-", "-"]),
        ('{"a":{"seq":5},"seq":6}', ["1", "6", "-"]),
    ],
)
def test_the_corners_of_json(reader: DeskDevice, text: str, answer: list[str]) -> None:
    assert read(reader, text) == answer


@given(
    moment=st.datetimes(datetime(1970, 1, 2), datetime(2099, 12, 31)),  # noqa: DTZ001 - a zone is put to it below
    minutes=st.integers(-14 * 60, 14 * 60),
    part=st.sampled_from(["", ".5", ".123456"]),
)
def test_times_are_read_as_python_reads_them(
    reader: DeskDevice, moment: datetime, minutes: int, part: str
) -> None:
    zone = timezone(timedelta(minutes=minutes))
    there = moment.replace(microsecond=0, tzinfo=UTC).astimezone(zone)
    text = (
        there.strftime("%Y-%m-%dT%H:%M:%S") + part + there.strftime("%z")[:3] + ":" + there.strftime("%z")[3:]
    )
    assert reader.ask("time", text.encode().hex()) == [str(int(there.timestamp()))]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "2026-11-23",
        "2026-11-23T05:00:00",
        "2026-13-01T00:00:00Z",
        "2026-11-23T05:00:00Zx",
        "2026-11-23T05:00:00+7",
    ],
)
def test_what_is_no_time_is_none(reader: DeskDevice, text: str) -> None:
    assert reader.ask("time", text.encode().hex() or ".") == ["-1"]


def test_a_time_in_utc(reader: DeskDevice) -> None:
    assert reader.ask("time", b"2026-11-23T05:00:00Z".hex()) == [
        str(int(datetime(2026, 11, 23, 5, tzinfo=UTC).timestamp()))
    ]
