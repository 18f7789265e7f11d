"""display.toml: what one display machine is, whom it listens to, and which panels and screens hang on it.

Belongs here: the settings, their defaults and what makes them impossible. Every mistake of a file is told at once, each
with its place, its value and a suggestion. Never here: opening anything.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, TypeGuard, TypeVar
from zoneinfo import ZoneInfo

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, field_validator

from displays.line_address import parse
from displays.mistakes import close, sentence
from displays.panels import PanelDriver, driver_of, models
from displays.screens.theme import Theme
from displays.screens.theme_file import read_theme
from displays.screens.view import Arrow
from displays.speech.settings import VoiceSettings
from hall_controller.errors import ConfigError
from hall_controller.messages import Identifier

Table = dict[str, Any]
Thing = TypeVar("Thing")


class Settings(BaseModel):
    """A table of display.toml: fixed once read, no unknown names."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


class HallSettings(Settings):
    """`[hall]`: whose boards these are; the time zone counts until the hall has told its own."""

    id: Identifier
    timezone: str = "Asia/Ho_Chi_Minh"

    @field_validator("timezone")
    @classmethod
    def _known(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (KeyError, ValueError, OSError) as error:
            raise ValueError("a time zone is a name like Asia/Ho_Chi_Minh") from error
        return name


class MqttSettings(Settings):
    """`[mqtt]`: the broker; the client identifier is always the device's."""

    host: Annotated[str, Field(min_length=1)]
    port: Annotated[int, Field(ge=1, le=65535)] = 1883
    username: str | None = None
    password_file: Path | None = None
    ca_file: Path | None = None
    protocol: Literal["5", "3.1.1"] = "5"
    keepalive_s: Annotated[int, Field(ge=2, le=300)] = 10


class DeviceSettings(Settings):
    """`[device]`: this machine in the hall's list of devices."""

    id: Identifier


class BothLanguages(Settings):
    """A text for visitors, Vietnamese first."""

    vi: Annotated[str, Field(min_length=1)]
    en: str = ""


class WaySettings(Settings):
    """`[[screen.way]]`: how one goes from this screen to some counters; `zone` is a part of the hall."""

    counters: Annotated[tuple[Identifier, ...], Field(min_length=1)]
    arrow: Arrow | None = None
    zone: BothLanguages | None = None


class SlideSettings(Settings):
    """`[screen.slides]`: pictures once nobody was called for `after_s`; each stands for `each_s`."""

    folder: Path
    after_s: Annotated[float, Field(ge=0, le=3600)] = 120.0
    each_s: Annotated[float, Field(ge=5, le=3600)] = 20.0


def _theme_of(value: object) -> Theme:
    """The theme of a file; raises ValueError with everything that is wrong with it."""
    return value if isinstance(value, Theme) else read_theme(Path(str(value)))


class ScreenSettings(Settings):
    """`[[screen]]`: a hall screen; `window`: where it is painted, `picture`: a file that always holds what it shows.

    `ticker` are texts that take turns at its foot, with the hall's own; `turn_s` is how long each of them stands.
    """

    id: Identifier = "screen"
    width: Annotated[int, Field(ge=480, le=7680)] = 1920
    height: Annotated[int, Field(ge=480, le=7680)] = 1080
    window: Literal["auto", "fullscreen", "window", "none"] = "auto"
    picture: Path | None = None
    flash: bool = True
    theme: Annotated[Theme, BeforeValidator(_theme_of)] = Theme()
    ticker: tuple[BothLanguages, ...] = ()
    turn_s: Annotated[float, Field(ge=5, le=300)] = 15.0
    slides: SlideSettings | None = None
    way: tuple[WaySettings, ...] = ()


@dataclass(frozen=True, slots=True)
class PanelSettings:
    """`[[panel]]`: one LED panel; what is not one of these four names belongs to its model's driver."""

    id: str
    model: str
    line: str
    counter: str
    driver: PanelDriver


class PanelPlace(Settings):
    """The four names that every panel has."""

    id: Identifier
    model: str
    line: str
    counter: Identifier

    @field_validator("line")
    @classmethod
    def _address(cls, address: str) -> str:
        parse(address)
        return address


@dataclass(frozen=True, slots=True)
class DisplaySettings:
    """A whole display.toml."""

    hall: HallSettings
    mqtt: MqttSettings
    device: DeviceSettings
    panels: tuple[PanelSettings, ...]
    screens: tuple[ScreenSettings, ...]
    voice: VoiceSettings | None = None


class _File(Settings):
    """The shape of the file; panels are read table by table, because each model has fields of its own."""

    hall: HallSettings
    mqtt: MqttSettings
    device: DeviceSettings
    screen: tuple[ScreenSettings, ...] = ()
    voice: VoiceSettings | None = None


def load(path: Path, overrides: Sequence[str] = ()) -> DisplaySettings:
    """Read a display.toml; each override is `KEY=VALUE`, as in `mqtt.port=18830` or `screen.0.window=none`.

    Paths in the file count from where the program is started. Raises ConfigError with every mistake.
    """
    try:
        document = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise ConfigError([f"{path}: {error.strerror}; give the path of a display.toml"]) from error
    except UnicodeDecodeError as error:
        raise ConfigError([f"{path}: is not text; save it as UTF-8"]) from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError([f"{path}: is not TOML: {error}"]) from error
    for override in overrides:
        _override(document, override)
    return read(document, str(path))


def read(document: Table, name: str) -> DisplaySettings:
    """Check a whole document; `name` is how mistakes call it. Raises ConfigError with every mistake."""
    mistakes: list[str] = []
    tables = document.get("panel", [])
    panels: list[PanelSettings] = []
    if _are_tables(tables):
        panels = list(_panels(tables, mistakes))
    else:
        mistakes.append("panel: write [[panel]] above each panel")
    file = None
    try:
        file = _File.model_validate({key: value for key, value in document.items() if key != "panel"})
    except ValidationError as error:
        mistakes[:0] = [sentence(detail, _File, others=["panel"]) for detail in error.errors()]
    if not tables and not document.get("screen") and "voice" not in document:
        mistakes.append("there is neither a [[panel]] nor a [[screen]] nor a [voice]; add one")
    mistakes += _twice(panels, file.screen if file else ())
    if file is None or mistakes:
        raise ConfigError([f"{name}: {mistake}" for mistake in mistakes])
    return DisplaySettings(file.hall, file.mqtt, file.device, tuple(panels), file.screen, file.voice)


def _are_tables(tables: object) -> TypeGuard[list[Table]]:
    return isinstance(tables, list) and all(isinstance(table, dict) for table in tables)


def _panels(tables: list[Table], mistakes: list[str]) -> Iterator[PanelSettings]:
    for index, table in enumerate(tables):
        place = f"panel.{index}"
        panel, driver = _place(table, place, mistakes), _driver(table, place, mistakes)
        if panel is not None and driver is not None:
            yield PanelSettings(panel.id, panel.model, panel.line, panel.counter, driver)


def _place(table: Table, place: str, mistakes: list[str]) -> PanelPlace | None:
    try:
        return PanelPlace.model_validate({key: table[key] for key in PanelPlace.model_fields if key in table})
    except ValidationError as error:
        mistakes += [sentence(detail, PanelPlace, place) for detail in error.errors()]
        return None


def _driver(table: Table, place: str, mistakes: list[str]) -> PanelDriver | None:
    model = str(table.get("model", ""))
    try:
        driver = driver_of(model)
    except LookupError:
        if model:
            mistakes.append(f'{place}.model = "{model}": there is no such model{close(model, models())}')
        return None
    try:
        return driver.model_validate({key: table[key] for key in table if key not in PanelPlace.model_fields})
    except ValidationError as error:
        mistakes += [sentence(detail, driver, place, PanelPlace.model_fields) for detail in error.errors()]
        return None


def _twice(panels: Sequence[PanelSettings], screens: Sequence[ScreenSettings]) -> list[str]:
    """What may exist only once: an id on this machine, an address on a line, a window."""
    ids = [*(panel.id for panel in panels), *(screen.id for screen in screens)]
    mistakes = [f"id = {name!r}: used twice; give each panel and screen its own" for name in _repeated(ids)]
    mistakes += [
        f"{place}: two panels on {line} have it; set another on one of them"
        for line, place in _shared(panels)
    ]
    mistakes += [
        f"{told}: another panel on {line} says {other}; write the same for all of them"
        for line, other, told in _disagreed(panels)
    ]
    lines = {panel.line: parse(panel.line).device for panel in panels}
    mistakes += [
        f"line = {device}: it is written in two ways; write the same settings behind its name for every panel on it"
        for device in _repeated(list(lines.values()))
    ]
    if sum(screen.window != "none" for screen in screens) > 1:
        mistakes.append('window: only one screen can have it; give the others window = "none" and a picture')
    return mistakes


def _shared(panels: Sequence[PanelSettings]) -> list[tuple[str, str]]:
    """Lines and places that two panels have, the first place of each pair of panels only."""
    taken: dict[tuple[str, str], str] = {}
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for panel in panels:
        for place in panel.driver.places:
            owner = taken.setdefault((panel.line, place), panel.id)
            if owner != panel.id:
                found.setdefault((owner, panel.id), (panel.line, place))
    return list(found.values())


def _disagreed(panels: Sequence[PanelSettings]) -> Iterator[tuple[str, str, str]]:
    """Lines, and what one panel on it says against the first one there."""
    said: dict[str, str] = {}
    for panel in panels:
        agreed = panel.driver.agreed
        if agreed and said.setdefault(panel.line, agreed) != agreed:
            yield panel.line, said[panel.line], agreed


def _repeated(things: Sequence[Thing]) -> list[Thing]:
    return [thing for index, thing in enumerate(things) if thing in things[:index]]


def _override(document: Table, override: str) -> None:
    """Set one dotted key; the value is TOML where it reads as TOML, else the text itself."""
    key, equals, text = override.partition("=")
    if not equals or not key:
        raise ConfigError([f"--set {override}: write KEY=VALUE, as in --set mqtt.port=18830"])
    try:
        value = tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        value = text
    *path, last = key.split(".")
    place: Any = document
    for level in path:
        place = (
            place[int(level)]
            if isinstance(place, list) and _is_in(level, place)
            else _table(place, level, override)
        )
    if isinstance(place, list) or not isinstance(place, dict):
        raise ConfigError(
            [f"--set {override}: {key} is not a setting; write KEY=VALUE, as in --set mqtt.port=18830"]
        )
    place[last] = value


def _is_in(level: str, place: list[Any]) -> bool:
    return level.isdigit() and int(level) < len(place)


def _table(place: object, level: str, override: str) -> object:
    if not isinstance(place, dict):
        raise ConfigError([f"--set {override}: there is no {level} there"])
    return place.setdefault(level, {})
