"""What display.toml may say, and how a technician is told all of its mistakes at once."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest

from displays.config import DisplaySettings, load, read
from displays.panels import models
from displays.screens.setting import place_of
from hall_controller.errors import ConfigError

EXAMPLE = Path(__file__).parents[2] / "firmware_config" / "display.example.toml"
GOOD: dict[str, Any] = {
    "hall": {"id": "example"},
    "mqtt": {"host": "127.0.0.1"},
    "device": {"id": "screen-1"},
    "screen": [{"window": "none"}],
    "panel": [
        {"id": "p7", "model": "rs485_ascii", "line": "serial:///dev/ttyUSB0", "counter": "7", "address": 7}
    ],
}


def mistakes(**changes: object) -> list[str]:
    document = copy.deepcopy(GOOD)
    for key, value in changes.items():
        table, _, name = key.partition("__")
        place = document[table][0] if isinstance(document.get(table), list) and name else document[table]
        if name:
            place[name] = value
        else:
            document[table] = value
    with pytest.raises(ConfigError) as caught:
        read(document, "display.toml")
    return caught.value.mistakes


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "display.toml"
    path.write_text(text, "utf-8")
    return path


def test_the_example_is_right_and_shows_every_model_there_is() -> None:
    settings = load(EXAMPLE)
    assert settings.screens
    assert settings.panels
    assert all(f'"{model}"' in EXAMPLE.read_text("utf-8") for model in models())


def test_a_short_file_is_completed_by_defaults() -> None:
    settings = read(copy.deepcopy(GOOD), "display.toml")
    assert (settings.mqtt.port, settings.mqtt.protocol, settings.screens[0].width) == (1883, "5", 1920)
    assert settings.panels[0].driver.answer_timeout_s > 0


def test_all_mistakes_are_told_at_once_each_with_its_place_and_value() -> None:
    found = mistakes(
        hall__id="Tuyên Quang",
        mqtt__prot=1883,
        screen__window="fullscren",
        panel__model="rs485_asci",
        panel__line="com3",
    )
    assert len(found) == 5
    assert all(sentence.startswith("display.toml: ") for sentence in found)
    told = "\n".join(found)
    for words in (
        'hall.id = "Tuyên Quang": use a to z',
        "mqtt.prot = 1883: there is no such setting; did you mean port?",
        'screen.0.window = "fullscren": must be',
        "did you mean fullscreen?",
        'panel.0.model = "rs485_asci": there is no such model; did you mean rs485_ascii?',
        'panel.0.line = "com3": a line is one of console:',
    ):
        assert words in told


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"mqtt__port": 0}, "mqtt.port = 0: input should be greater than or equal to 1"),
        ({"mqtt__port": "x"}, 'mqtt.port = "x": input should be a valid integer'),
        ({"hall__timezone": "Hanoi"}, "a time zone is a name like Asia/Ho_Chi_Minh"),
        ({"device": {}}, "device.id: is missing; add it"),
        ({"panel__adress": 3}, "panel.0.adress = 3: there is no such setting; did you mean address?"),
        ({"panel__address": 100}, "panel.0.address = 100: input should be less than or equal to 99"),
        ({"panel__length": 3}, "panel.0.length = 3"),
        ({"panel": "p7"}, "write [[panel]] above each panel"),
        ({"panel": [], "screen": []}, "neither a [[panel]] nor a [[screen]] nor a [voice]"),
        ({"screen__widht": 10}, "screen.0.widht = 10: there is no such setting; did you mean width?"),
        ({"screen": [{"id": "a"}, {"id": "b"}]}, 'give the others window = "none"'),
        ({"panel__id": "screen"}, "id = 'screen': used twice"),
    ],
)
def test_each_mistake_is_a_sentence(change: dict[str, object], sentence: str) -> None:
    assert sentence in "\n".join(mistakes(**change))


def test_two_panels_on_a_line_need_two_addresses() -> None:
    twin = {**GOOD["panel"][0], "id": "p8", "counter": "8"}
    found = mistakes(panel=[GOOD["panel"][0], twin])
    assert found == [
        "display.toml: address = 7: two panels on serial:///dev/ttyUSB0 have it; set another on one of them"
    ]


@pytest.mark.parametrize(
    ("one", "other", "sentence"),
    [
        (
            {"model": "modbus_numeric", "unit": 3},
            {"model": "modbus_numeric", "unit": 3},
            "unit = 3, first_register = 0: two panels on LINE have it; set another on one of them",
        ),
        (
            {"model": "max7219", "chain": 8},
            {"model": "max7219", "first": 2, "chain": 8},
            "module 2: two panels on LINE have it; set another on one of them",
        ),
        (
            {"model": "max7219"},
            {"model": "max7219", "first": 4, "chain": 8},
            "chain = 8: another panel on LINE says chain = 4; write the same for all of them",
        ),
        (
            {"model": "modbus_numeric", "unit": 3, "baudrate": 19200},
            {"model": "modbus_numeric", "unit": 4},
            "baudrate = 9600: another panel on LINE says baudrate = 19200; write the same for all of them",
        ),
    ],
)
def test_panels_that_share_a_line_must_fit_together(
    one: dict[str, object], other: dict[str, object], sentence: str
) -> None:
    line = "serial:///dev/ttyUSB0"
    tables = [
        {"id": id_, "counter": "5", "line": line, **table} for id_, table in (("p1", one), ("p2", other))
    ]
    assert mistakes(panel=tables) == [f"display.toml: {sentence}".replace("LINE", line)]


def test_a_line_that_is_set_in_two_ways_is_told_once() -> None:
    twins = [
        {**GOOD["panel"][0], "id": f"p{at}", "address": at, "line": f"serial:///dev/ttyUSB0?baudrate={baud}"}
        for at, baud in ((1, 9600), (2, 19200))
    ]
    (told,) = mistakes(panel=twins)
    assert "line = serial:///dev/ttyUSB0: it is written in two ways" in told


def test_a_panel_that_hears_mqtt_by_itself_needs_no_entry() -> None:
    (told,) = mistakes(panel__line="mqtt:")
    assert "hears counter/+/display by itself: leave it out here, name it in hall.toml" in told


def test_two_panels_on_two_lines_may_share_an_address() -> None:
    twin = {**GOOD["panel"][0], "id": "p8", "line": "serial:///dev/ttyUSB1"}
    settings: DisplaySettings = read({**GOOD, "panel": [GOOD["panel"][0], twin]}, "display.toml")
    assert len(settings.panels) == 2


def test_any_setting_can_be_overridden() -> None:
    settings = load(
        EXAMPLE,
        [
            "mqtt.port=18830",
            "hall.id=other",
            "screen.0.flash=false",
            "screen.0.picture=/tmp/x.png",
            "mqtt.username=a",
        ],
    )
    assert (settings.mqtt.port, settings.hall.id, settings.mqtt.username) == (18830, "other", "a")
    assert (settings.screens[0].flash, settings.screens[0].picture) == (False, Path("/tmp/x.png"))  # noqa: S108 - never opened


@pytest.mark.parametrize(
    "override", ["mqtt.port", "=5", "hall.id.deeper=1", "screen=1", "screen.9=1", "x.y=1"]
)
def test_an_override_that_leads_nowhere_is_told(override: str) -> None:
    with pytest.raises(ConfigError):
        load(EXAMPLE, [override])


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="No such file"):
        load(tmp_path / "nowhere.toml")


def test_a_file_that_is_not_toml_is_told_with_the_line(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="line 2"):
        load(written(tmp_path, '[hall]\nid = "x\n'))


def test_a_file_that_is_not_text_is_told(tmp_path: Path) -> None:
    path = tmp_path / "display.toml"
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(ConfigError, match="UTF-8"):
        load(path)


def test_an_empty_file_is_told_what_it_lacks(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        load(written(tmp_path, ""))
    assert len(caught.value.mistakes) == 4


def test_a_screen_may_have_a_theme_texts_ways_and_pictures() -> None:
    theme = EXAMPLE.with_name("theme.example.toml")
    screen = {
        "theme": str(theme),
        "ticker": [{"vi": "Xin chào", "en": "Welcome"}],
        "slides": {"folder": "/etc/hall/slides"},
        "way": [{"counters": ["1", "2"], "arrow": "left"}],
    }
    read_screen = read(GOOD | {"screen": [screen]}, "display.toml").screens[0]
    assert read_screen.theme.colours["ground"] == (0xF3, 0xF6, 0xF9)
    assert place_of(read_screen).ways["2"].arrow == "left"
    assert [text.en for text in place_of(read_screen).texts] == ["Welcome"]


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        (
            "theme",
            "/nowhere/theme.toml",
            'screen.0.theme = "/nowhere/theme.toml": /nowhere/theme.toml: No such file',
        ),
        ("turn_s", 1, "screen.0.turn_s = 1"),
        ("ticker", [{"en": "Welcome"}], "screen.0.ticker.0.vi: is missing; add it"),
        ("way", [{"counters": ["1"], "arrow": "lef"}], "did you mean left?"),
        ("way", [{"counters": []}], "screen.0.way.0.counters"),
        ("slides", {"folder": "x", "each_s": 0}, "screen.0.slides.each_s = 0"),
    ],
)
def test_each_mistake_of_a_screen_is_told_with_its_place(name: str, value: object, told: str) -> None:
    (mistake,) = mistakes(**{f"screen__{name}": value})
    assert told in mistake


def test_a_theme_that_people_could_not_read_is_refused_in_one_line(tmp_path: Path) -> None:
    faint = tmp_path / "faint.toml"
    faint.write_text('[colours]\ntext = "#405060"\n', "utf-8")
    (mistake,) = mistakes(screen__theme=str(faint))
    assert "text on ground has a contrast of " in mistake
    assert "\n" not in mistake
