"""A wrong hall.toml is answered by one sentence for each mistake, all at once, and never by a traceback."""

from __future__ import annotations

import re

import pytest

from hall_controller.mistakes_in_vietnamese import in_vietnamese
from tests.hall_controller.settings_files import EXAMPLE, SMALL, example, mistakes


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
    (
        "http.hosts = []",
        'http.hosts = ["http://hall"]',
        "http.hosts[0] is 'http://hall', which is not the name of",
    ),
    ('"10.0.0.0/8"', '"10.0.0.1/8"', "http.allow[2] is '10.0.0.1/8', which is not a network"),
    ("calendar.holidays = true", 'calendar.holidays = "yes"', "must be true or false"),
    ("day = 2022-02-05", 'day = "2022-02-05"', "must be a day without quotes"),
    ("day = 2022-02-05", "day = 2022-02-05T00:00:00", "must be a day without quotes"),
    ("ticket.width_mm = 80", "ticket.width_mm = 76", "must be one of 58, 80"),
    ("dispenser.gap_s = 0", "dispenser.gap_s = -1", "must be at least 0"),
    ("dispenser.gap_s = 0", "dispenser.gap_s = nan", "dispenser.gap_s"),
    (
        "dispenser.guard_on_burst = false",
        "dispenser.guard_on_burst = true",
        "dispenser has `guard_on_burst` but no burst: set `burst_numbers`, such as 6",
    ),
    ("rating.levels = 5", "rating.levels = 7", "must be at most 5"),
    (
        'queues = ["dang-ky-kinh-doanh"]',
        'queues = ["dang-ky-kinh-doanh"], profile = [{ queues = ["dau-tu"] }]',
        "counter[2] (id '3') has both `queues` and `profile`: leave `queues` out",
    ),
    (
        'queues = ["dang-ky-kinh-doanh"]',
        'profile = [{ queues = ["dang-ky-kinh-doanh"] }, { queues = ["dautu"] }]',
        "counter[2].profile[1].queues (id '3') names the queue 'dautu', which does not exist; did you mean 'dau-tu'?",
    ),
    (
        'queues = ["dang-ky-kinh-doanh"]',
        'profile = [{ queues = ["dang-ky-kinh-doanh"], first_when_oldest_waits_min = 0 }]',
        "counter[2].profile[0].first_when_oldest_waits_min (id '3') is 0, but must be more than 0",
    ),
    ('queues = ["dang-ky-kinh-doanh"]', "profile = []", "counter[2].queues (id '3') is missing"),
    ('queues = ["dang-ky-kinh-doanh"]', "profile = [{}]", "counter[2].profile[0].queues (id '3') is missing"),
    ('priorities.mode = "strict"', 'priorities.mode = "stric"', "did you mean 'strict'?"),
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
    found = mistakes(example((old, new)))
    assert len(found) == 1, found
    assert told in found[0]
    place = re.match(r"hall\.toml line \d+: ", found[0])
    assert place
    assert not in_vietnamese(found[0][place.end() :]).startswith("Chưa đúng"), "it has words of its own"


def test_a_wrong_value_does_not_hide_what_else_is_wrong_in_the_same_line() -> None:
    found = mistakes(example(('name = "1", queues = ["dat-dai"', 'name = 1, queues = ["dat-dia"')))
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


@pytest.mark.parametrize(("limit", "most"), [("per_minute = 8", 8), ("gap_s = 5.5", 11)])
def test_a_burst_that_the_other_limits_make_impossible_is_a_mistake(limit: str, most: int) -> None:
    setting = limit.partition(" ")[0]
    text = example(
        (f"dispenser.{setting} = 0", f"dispenser.{limit}"), ("burst_numbers = 0", "burst_numbers = 11")
    )
    (told,) = mistakes(text)
    assert f"never gives out more than {most} numbers in 60 s" in told
    assert mistakes(text.replace("burst_numbers = 11", "burst_numbers = 7")) == []
