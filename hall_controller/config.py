"""Reads hall.toml, with overrides from the command line, and tells every mistake in it at once.

    file -> text -> table -> overrides -> models (settings) -> references -> Config, or one ConfigError

Whether a driver, a port or a disk is really there is asked by `hall doctor`, never here.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from hall_controller import esp32_models, pad_settings, printer_settings, references
from hall_controller import overrides as command_line
from hall_controller.errors import ConfigError
from hall_controller.mistakes import Mistake, from_validation, sentences
from hall_controller.settings import Config

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

__all__ = ["Config", "describe", "load", "read"]


def load(path: Path, overrides: Sequence[str] = ()) -> Config:
    """Read a hall's settings; each override is `key=value` with the key as dotted in the file, elements by id.

    >>> load(Path("hall.toml"), ["mqtt.port=18830", "device.printer-1.line=file:///tmp/paper"])  # doctest: +SKIP

    Raises ConfigError with a sentence for every mistake in the file and in the overrides.
    """
    return read(_read(path), path, overrides)


def read(text: str, path: Path, overrides: Sequence[str] = ()) -> Config:
    """The same of a text that is, or may become, the file at `path`."""
    text = text.replace("\r\n", "\n")
    table = _parse(path, text)
    given, found = command_line.apply(table, overrides)
    config = None
    try:
        config = Config.model_validate(table)
    except ValidationError as error:
        found += from_validation(error)
    found += references.mistakes(table)
    if config and not found:
        found = references.consequences(config) + _pads_mistakes(config)
        found += esp32_models.mistakes(config.device) + esp32_models.unknown_spares(config)
        found += printer_settings.mistakes(config.device, config.ticket.width_mm)
    if config is None or found:
        raise ConfigError(sentences(found, path.name, text, table, given))
    return _beside(path, config)


def _pads_mistakes(config: Config) -> list[Mistake]:
    """What the drivers of wired pads say about their settings, and which pads get into each other's way."""
    pads = {index: pad for index, device in enumerate(config.device) if (pad := pad_settings.wired(device))}
    places = list(pads)
    return [
        Mistake(("device", places[int(one.path[0])], *one.path[1:]), one.sentence)
        for one in pad_settings.mistakes(list(pads.values()), config.rating.levels)
    ]


def _beside(path: Path, config: Config) -> Config:
    """A list that is named without its folder lies beside the settings."""
    folder, files = path.absolute().parent, dict[str, object]()
    if config.catalogue.file:
        file = str(folder / config.catalogue.file)
        files["catalogue"] = config.catalogue.model_copy(update={"file": file})
    if config.kiosk.dossiers:
        dossiers = str(folder / config.kiosk.dossiers)
        files["kiosk"] = config.kiosk.model_copy(update={"dossiers": dossiers})
    return config.model_copy(update=files)


def describe(config: Config) -> str:
    """What the file sets up, in one paragraph, so that a technician sees whether it is what was meant."""
    devices = Counter(device.type for device in config.device)
    regular = sum(officer.regular for officer in config.officer)
    numbers = [
        _count(len(config.agency), "agency", "agencies"),
        _count(len(config.service), "service"),
        _count(len(config.queue), "queue") + " (" + "".join(sorted(q.letter for q in config.queue)) + ")",
        _count(len(config.counter), "counter"),
        _count(len(config.officer), "officer")
        + f" ({regular} regular, {len(config.officer) - regular} reserve)",
        _count(len(config.assignment), "assignment"),
        *(_count(number, kind.replace("-", " ")) for kind, number in sorted(devices.items())),
    ]
    return (
        f"{config.hall.name.vi} ({config.hall.id}): {', '.join(numbers)}. "
        f"Broker {config.mqtt.host}:{config.mqtt.port}, pages on {config.http.host}:{config.http.port}, "
        f"journal in {config.data.dir}, times in {config.hall.timezone}."
    )


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        sentence = f"{path}: there is no such file; copy firmware_config/hall.example.toml and change it"
    except IsADirectoryError:
        sentence = f"{path}: is a directory; name the file in it, such as {path / 'hall.toml'}"
    except PermissionError:
        sentence = (
            f"{path}: may not be read by this user; let it be read (chmod a+r) or use the user it belongs to"
        )
    except UnicodeDecodeError as error:
        sentence = f"{path}: byte {error.start} is not UTF-8; save the file as UTF-8"
    except OSError as error:
        sentence = f"{path}: cannot be read ({error.strerror}); look at the disk and the path"
    raise ConfigError([sentence])


def _parse(path: Path, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except RecursionError:
        sentence = f"{path.name}: brackets are nested too deep; close those that were opened"
    except ValueError as error:
        sentence = f"{path.name} {_syntax(str(error), text)}"
    raise ConfigError([sentence])


def _syntax(message: str, text: str) -> str:
    """What tomllib found, with the line as it stands and what usually causes it."""
    lines = text.split("\n")
    place = re.search(r" \(at (?:line (\d+), column (\d+)|end of document)\)$", message)
    what = message[: place.start()] if place else message
    number = int(place[1]) if place and place[1] else len(lines)
    what = what[:1].lower() + what[1:]
    line = lines[min(number, len(lines)) - 1].strip()
    hint = "check quotes, commas and brackets here and in the line before"
    if "overwrite" in what or "immutable" in what or "declare" in what:
        hint = "the same name is set twice, or a list begun as `name = [` is continued as `[[name]]`: write it one way"
    return f"line {number}: is not TOML ({what}) in `{line[:80]}`; {hint}"
