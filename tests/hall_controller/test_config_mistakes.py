"""A wrong hall.toml is answered by one sentence for each mistake, all at once, and never by a traceback."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hall_controller import config
from hall_controller.errors import ConfigError
from tests.hall_controller.settings_files import EXAMPLE, SMALL, example, mistakes

LINES = EXAMPLE.read_text("utf-8").splitlines()


def test_three_mistakes_are_three_sentences() -> None:
    text = example(
        ('queues = ["dat-dai"', 'queues = ["dat-dia"'),
        ("mqtt.port = 1883", 'mqtt.port = "abc"'),
        ("dispenser.gap_s", "dispenser.gap"),
    )
    port, gap, queue = mistakes(text)
    line = 1 + text[: text.index("dat-dia")].count("\n")
    assert port.endswith("mqtt.port is 'abc', but must be a whole number without quotes")
    assert gap.endswith("dispenser.gap is not a setting; did you mean 'gap_s'?")
    assert queue == (
        f"hall.toml line {line}: counter[0].queues (id '1') names the queue 'dat-dia',"
        " which does not exist; did you mean 'dat-dai'?"
    )


ONE_MISTAKE = [
    ("hall.id =", "hall.ID =", "hall.ID is not a setting; did you mean 'id'?"),
    (
        'hall.id = "tuyen-quang"',
        'hall.id = "Tuyên Quang"',
        "hall.id is 'Tuyên Quang', but must be 1 to 32 of a-z",
    ),
    ("hall.id =", "# hall.id =", "hall.id is missing"),
    ("mqtt.port = 1883", "mqtt.port = 70000", "mqtt.port is 70000, but must be at most 65535"),
    ("mqtt.port = 1883", "mqtt.port = true", "mqtt.port is true, but must be a whole number"),
    ('"Asia/Ho_Chi_Minh"', '"Asia/Hanoi"', "use Asia/Ho_Chi_Minh"),
    ('http.public_url = ""', 'http.public_url = "tuyenquang.gov.vn"', "is not a web address"),
    ('"10.0.0.0/8"', '"10.0.0.1/8"', "http.allow[2] is '10.0.0.1/8', which is not a network"),
    ("calendar.holidays = true", 'calendar.holidays = "yes"', "must be true or false"),
    ("day = 2022-02-05", 'day = "2022-02-05"', "must be a day without quotes"),
    ("day = 2022-02-05", "day = 2022-02-05T00:00:00", "must be a day without quotes"),
    ("ticket.width_mm = 80", "ticket.width_mm = 76", "must be one of 58, 80"),
    ("dispenser.gap_s = 0", "dispenser.gap_s = -1", "must be at least 0"),
    ("dispenser.gap_s = 0", "dispenser.gap_s = nan", "dispenser.gap_s"),
    ("rating.levels = 5", "rating.levels = 7", "must be at most 5"),
    ('sign_in = "optional"', 'sign_in = "requird"', "did you mean 'required'?"),
    (
        'sessions = ["07:30-11:30"]',
        "sessions = []",
        "opening.saturday-morning.sessions is [], but must not be empty",
    ),
    ('sessions = ["07:30-11:30"]', 'sessions = ["11:30-07:30"]', 'such as "07:30-11:30"'),
    ('sessions = ["07:30-11:30"]', 'sessions = ["7h30-11h30"]', 'such as "07:30-11:30"'),
    ('sessions = ["07:30-11:30"]', 'sessions = ["07:30-25:00"]', 'such as "07:30-11:30"'),
    ('["07:30-11:30", "13:30-17:00"]', '["07:30-13:45", "13:30-17:00"]', "overlap at 13:30"),
    ('weekdays = ["sat"]', 'weekdays = ["saturday"]', "must be one of mon, tue, wed, thu, fri, sat, sun"),
    (
        'letter = "B"',
        'letter = "A"',
        "queue[1].letter (id 'giao-dich-bao-dam') is 'A', which the queue 'dat-dai'",
    ),
    ('letter = "B"', 'letter = "O"', "other than I, O and Q"),
    ('opening = ["weekdays"]', 'opening = ["weekday"]', "names the opening 'weekday', which does not exist"),
    ('purposes = ["submit"]', 'purposes = ["sumbit"]', "did you mean 'submit'?"),
    ('agency = "khdt", ', 'agency = "khtd", ', "names the agency 'khtd', which does not exist"),
    ('id = "sct",', 'id = "scts",', "names the agency 'sct', which does not exist (so do officer[0].agency"),
    (
        'id = "ca-11"',
        'id = "ca-10"',
        "(id 'ca-10') is 'ca-10', which officer[55] has already: give each its own",
    ),
    ('name = "2"', 'name = "1"', "counter[1].name (id '2') is '1', which the counter '1' has already"),
    ('name = "2"', "name = 2", "must be text in quotes"),
    ('id = "rating-1",', 'id = "pad-1",', "which device[4] has already"),
    (
        'officer = "bd-2"',
        'officer = "bd2"',
        "names the officer 'bd2', which does not exist; did you mean 'bd-2'?",
    ),
    (', staffing = "bd"', "", "officer 'bd-2' is of 'bd': write staffing = \"bd\""),
    (", to = 2022-02-27", "", "assignment[28] overlaps assignment[0] of counter '1'"),
    ("to = 2022-02-27", "to = 2022-02-01", "swap the two days"),
    ('officer = "tnmt-2", from', 'officer = "tnmt-1", from', "overlaps assignment[0] of officer 'tnmt-1'"),
    ('type = "printer"', 'type = "priner"', "did you mean 'printer'?"),
    ('line = "file:///dev/usb/lp0"', 'line = "lpt://1"', "begin it with one of tcp:, serial:"),
    ('line = "file:///dev/usb/lp0"', 'line = "tcp://printer"', "write it like tcp://"),
    ('line = "file:///dev/usb/lp0"', 'line = "usb://epson"', "write it like usb://04b8:0e28"),
    ('model = "escpos"', 'model = "escpso"', "for which there is no driver; did you mean 'escpos'?"),
    ('line = "mqtt:",   counter = "28"', 'line = "mqtt:",   counter = "29"', "names the counter '29'"),
    ('line = "mqtt:",   counter = "28"', 'line = "mqtt:"', "counter (id 'pad-28') is missing"),
    ("rating.window_s", "rating.colour", "rating.colour is not a setting: remove it"),
]


@pytest.mark.parametrize(("old", "new", "told"), ONE_MISTAKE)
def test_one_mistake_is_one_sentence_with_place_value_and_what_to_do(old: str, new: str, told: str) -> None:
    found = mistakes(changed(old, new))
    assert len(found) == 1, found
    assert told in found[0]
    assert re.match(r"hall\.toml line \d+: ", found[0])


def changed(old: str, new: str) -> str:
    """The example with a part changed at its first place; how many spaces align its columns does not matter."""
    pattern = re.compile(r" +".join(re.escape(word) for word in re.split(r" +", old)))
    text, count = pattern.subn(lambda _: new, EXAMPLE.read_text("utf-8"), count=1)
    assert count, f"the example has no {old!r}"
    return text


def test_a_wrong_value_does_not_hide_what_else_is_wrong_in_the_same_line() -> None:
    found = mistakes(changed('name = "1", queues = ["dat-dai"', 'name = 1, queues = ["dat-dia"'))
    assert len(found) == 2
    assert "counter[0].name" in found[0] + found[1]
    assert "dat-dia" in found[0] + found[1]


def test_a_list_that_is_missing_is_told_once_and_not_for_everything_that_names_it() -> None:
    text = re.sub(r"(?ms)^agency = \[.*?^\]", "", EXAMPLE.read_text("utf-8"))
    assert mistakes(text) == ["hall.toml: agency is missing: add it"]


def test_a_queue_that_no_counter_calls_is_a_mistake() -> None:
    another = '[[queue]]\nid = "b"\nletter = "B"\nname = { vi = "B", en = "B" }\n'
    (told,) = mistakes(SMALL + another, "service.land.queue=b")
    assert "queue[1] (id 'b') is called by no counter" in told


WRONG_TOML = [
    ('{ id = "sct",', '{ id = "sct"', "unclosed inline table"),
    ("hall.id = ", "hall.id = tuyen #", "invalid value"),
    ("mqtt.port = 1883", "mqtt.port = 1883\nmqtt.port = 1884", "overwrite"),
    ("dispenser.gap_s = 0", 'dispenser.gap_s = "0', "illegal character"),
]


@pytest.mark.parametrize(("old", "new", "told"), WRONG_TOML)
def test_what_is_not_toml_is_told_with_its_line_and_what_stands_there(old: str, new: str, told: str) -> None:
    text = changed(old, new)
    (sentence,) = mistakes(text)
    number = re.match(r"hall\.toml line (\d+): is not TOML", sentence)
    assert number, sentence
    assert told in sentence
    assert text.splitlines()[int(number[1]) - 1].strip()[:40] in sentence


def test_a_list_written_in_two_ways_is_explained() -> None:
    (sentence,) = mistakes(EXAMPLE.read_text("utf-8") + '\n[[device]]\nid = "x"\n')
    assert "write it one way" in sentence


def test_a_text_that_is_cut_off_is_told() -> None:
    (sentence,) = mistakes('hall.id = "a"\nagency = [')
    assert "line 2" in sentence


def test_brackets_without_end_are_told() -> None:
    (sentence,) = mistakes("a = " + "[" * 5000)
    assert "hall.toml" in sentence


def test_a_number_of_5000_figures_is_told() -> None:
    (sentence,) = mistakes("a = " + "9" * 5000)
    assert "hall.toml" in sentence


def test_a_file_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    latin = tmp_path / "latin.toml"
    latin.write_bytes('hall.name = "Trung tâm"'.encode("latin-1"))
    told = {path: _told(path) for path in (tmp_path / "absent.toml", tmp_path, latin)}
    assert "there is no such file; copy firmware_config/hall.example.toml" in told[tmp_path / "absent.toml"]
    assert "is a directory" in told[tmp_path]
    assert "byte 20 is not UTF-8" in told[latin]


def _told(path: Path) -> str:
    with pytest.raises(ConfigError) as caught:
        config.load(path)
    (sentence,) = caught.value.mistakes
    return sentence


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
        changed("mqtt.port = 1883", "mqtt.port = 0"), "http.port=0", "device.printer-2.line=mqtt:"
    )
    assert len(found) == 3


def is_answered(text: str) -> None:
    """Settings or sentences, and nothing else."""
    for sentence in mistakes(text):
        assert sentence.startswith("hall.toml"), sentence
        assert "\n" not in sentence


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sets(st.integers(0, len(LINES) - 1), min_size=1, max_size=12))
def test_lines_that_are_missing_never_end_in_a_traceback(gone: set[int]) -> None:
    is_answered("\n".join(line for number, line in enumerate(LINES) if number not in gone))


VALUE = re.compile(r'(?<== )("[^"]*"|\[[^\]\n]*\]|\{[^}\n]*\}|[\w.-]+)')
VALUES = [match.span() for match in VALUE.finditer(EXAMPLE.read_text("utf-8"))]
OTHERS = [
    '""',
    "0",
    "-1",
    "true",
    "[]",
    "{}",
    '["x"]',
    "2022-03-01",
    "07:30:00",
    "2022-03-01T07:30:00Z",
    "inf",
    '"A"',
    "",
]


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.sampled_from(VALUES), st.sampled_from(OTHERS)), min_size=1, max_size=4))
def test_values_of_any_other_kind_never_end_in_a_traceback(
    changes: list[tuple[tuple[int, int], str]],
) -> None:
    text = EXAMPLE.read_text("utf-8")
    for (start, end), value in sorted(dict(changes).items(), reverse=True):
        text = text[:start] + value + text[end:]
    is_answered(text)
