"""What a display machine says of itself."""

from __future__ import annotations

import json

from displays.told import Told
from hall_controller.messages import adoption_code
from tests.displays.boards import settings


def told_with_two() -> Told:
    told = Told(settings())
    told.surface("panel", lambda topic: topic == "panel")
    told.surface("screen", lambda _topic: True)
    return told


def test_a_machine_with_a_screen_is_a_screen_and_names_its_parts() -> None:
    info = json.loads(Told(settings()).info())
    assert (info["type"], info["capabilities"]["screens"]) == ("screen", {"big": [960, 540]})


def test_a_machine_with_a_secret_says_the_code_that_proves_it_and_never_the_secret() -> None:
    said = Told(settings(), "a secret").info()
    assert json.loads(said)["capabilities"]["code"] == adoption_code("screen-1", "a secret")
    assert "a secret" not in said
    assert "code" not in json.loads(Told(settings()).info())["capabilities"]


def test_a_machine_with_panels_only_is_a_panel() -> None:
    panels = [{"id": "p5", "model": "console", "line": "console:", "counter": "5"}]
    info = json.loads(Told(settings(screen=[], panel=panels)).info())
    assert (info["type"], info["model"]) == ("panel", "console")
    assert info["capabilities"]["panels"] == {"p5": {"model": "console", "counter": "5"}}


def test_a_number_is_told_as_shown_when_every_surface_shows_it() -> None:
    told = told_with_two()
    told.heard({"panel": (1, 7), "calls": (1, 6)})
    told.shows("screen", {"panel": (1, 7), "calls": (1, 6)})
    assert json.loads(told.status())["shown"] == {"epoch": 1, "rev": 6}
    told.shows("panel", {"panel": (1, 7)})
    assert json.loads(told.status())["shown"] == {"epoch": 1, "rev": 7}


def test_topics_that_no_surface_shows_do_not_count() -> None:
    told = Told(settings())
    told.surface("panel", lambda topic: topic == "panel")
    told.heard({"panel": (1, 7), "queue": (1, 99)})
    told.shows("panel", {"panel": (1, 7)})
    assert json.loads(told.status())["shown"] == {"epoch": 1, "rev": 7}


def test_a_panel_that_does_not_answer_is_told_with_the_reason_once() -> None:
    told = told_with_two()
    told.fails("panel", "no answer within 0.2 s")
    told.changed.clear()
    told.fails("panel", "no answer within 0.2 s")
    assert not told.changed.is_set()
    assert json.loads(told.status())["surfaces"]["panel"] == "no answer within 0.2 s"


def test_what_was_dropped_is_counted_for_everybody_to_see() -> None:
    told = told_with_two()
    told.dropped({"new": 40, "malformed": 3, "old": 1})
    status = json.loads(told.status())
    assert status["dropped"] == {"malformed": 3, "old": 1}
    assert "paper" not in status
