"""A file that is absent, unreadable or not TOML is answered by one sentence that says where and what to do."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from hall_controller import config
from hall_controller.errors import ConfigError
from tests.hall_controller.settings_files import EXAMPLE, example, mistakes

WRONG_TOML = [
    ('{ id = "sct",', '{ id = "sct"', "unclosed inline table"),
    ("hall.id = ", "hall.id = tuyen #", "invalid value"),
    ("mqtt.port = 1883", "mqtt.port = 1883\nmqtt.port = 1884", "overwrite"),
    ("dispenser.gap_s = 0", 'dispenser.gap_s = "0', "illegal character"),
]


@pytest.mark.parametrize(("old", "new", "told"), WRONG_TOML)
def test_what_is_not_toml_is_told_with_its_line_and_what_stands_there(old: str, new: str, told: str) -> None:
    text = example((old, new))
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
