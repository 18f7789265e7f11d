"""An assignment is entered into the text of a hall.toml and nothing else in it changes."""

from __future__ import annotations

import tomllib

import pytest

from hall_controller.configuration.assigning import edited
from hall_controller.errors import ConfigError
from tests.hall_controller.settings_files import SMALL, example

STAND_IN = {"counter": "1", "agency": "tnmt", "staffing": "bd", "from": "2022-02-14", "reason": 'Thay "Lan"'}


@pytest.mark.parametrize(
    "text", [SMALL, example(), f"assignment = []\n{SMALL}"], ids=["tables", "list", "empty"]
)
def test_it_stands_where_the_file_has_its_assignments(text: str) -> None:
    changed = edited(text, {"add": STAND_IN})
    before, after = tomllib.loads(text), tomllib.loads(changed)
    assert len(after["assignment"]) == len(before.get("assignment", [])) + 1
    assert any(one.get("reason") == 'Thay "Lan"' and one["staffing"] == "bd" for one in after["assignment"])
    assert {**after, "assignment": 0} == {**before, "assignment": 0}


@pytest.mark.parametrize("index", [0, 28], ids=["open", "with a last day"])
def test_it_is_ended_on_a_day(index: int) -> None:
    changed = tomllib.loads(edited(example(), {"end": {"index": index, "day": "2022-03-31"}}))["assignment"]
    assert str(changed[index]["to"]) == "2022-03-31"


def test_one_with_a_header_is_ended_too() -> None:
    text = edited(SMALL, {"add": STAND_IN})
    ended = edited(text, {"end": {"index": 0, "day": "2022-03-31"}})
    assert set(ended.split("\n")) - set(text.split("\n")) == {"to = 2022-03-31"}


@pytest.mark.parametrize(
    "edit", [{"end": {"index": 99, "day": "2022-03-31"}}, {"add": {**STAND_IN, "from": "soon"}}]
)
def test_what_cannot_be_entered_is_refused_in_a_sentence(edit: dict[str, object]) -> None:
    with pytest.raises(ConfigError, match="edit the text"):
        edited(example(), edit)
