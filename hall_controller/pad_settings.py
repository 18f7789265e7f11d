"""The settings of pads that are wired to this machine: a driver for each, or every mistake at once.

Belongs here: what two pads must not share, and which line suits which model. Never here: what a setting means (that is
the driver's), opening a line.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from hall_controller.devices.line_address import parse
from hall_controller.devices.pads import Heard, driver_of, models
from hall_controller.errors import LineError
from hall_controller.messages import ScorePress
from hall_controller.mistakes import Mistake, from_validation, suggestion

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hall_controller.devices.pads import PadDriver
    from hall_controller.settings import Device

KINDS = frozenset({"call-pad", "rating-pad", "kiosk"})


@dataclass(frozen=True, slots=True)
class PadSettings:
    """One pad as hall.toml has it; `settings` are its model's own words."""

    id: str
    model: str
    line: str
    counter: str | None
    settings: Mapping[str, Any]
    type: str = "call-pad"


def wired(device: Device) -> PadSettings | None:
    """The pad that a device is; None for all others, and for pads that speak MQTT and need no driver."""
    if device.type not in KINDS or device.line.startswith("mqtt:"):
        return None
    return PadSettings(device.id, device.model, device.line, device.counter, device.settings, device.type)


def driver(pad: PadSettings) -> PadDriver:
    """The pad's driver; raises LookupError for a model without one, ValidationError for wrong settings."""
    return driver_of(pad.model).model_validate(dict(pad.settings))


def mistakes(pads: Sequence[PadSettings], levels: int | None = None) -> list[Mistake]:
    """All of them; each path begins with the pad's place in the row, then as in a `[[device]]`.

    `levels`: how many scores the hall has; None when that is checked elsewhere.
    """
    found: list[Mistake] = []
    drivers: dict[int, PadDriver] = {}
    for place, pad in enumerate(pads):
        try:
            drivers[place] = driver(pad)
            found += [Mistake((place, "line"), wrong) for wrong in _unsuitable(pad, drivers[place])]
            found += [
                Mistake((place, "settings", "keys"), wrong) for wrong in _scale(pad, drivers[place], levels)
            ]
        except LookupError:
            said = f"is '{pad.model}', for which there is no driver{suggestion(pad.model, models())}"
            found.append(Mistake((place, "model"), said))
        except ValidationError as error:
            schema = driver_of(pad.model).model_json_schema()
            settings = from_validation(error, schema)
            found += [Mistake((place, "settings", *one.path), one.sentence) for one in settings]
    for (one, first), (other, second) in combinations(drivers.items(), 2):
        said = _together(pads[one], first, pads[other], second)
        if said:
            found.append(Mistake((other,), said))
    return found


def _unsuitable(pad: PadSettings, driver: PadDriver) -> Iterator[str]:
    """What is wrong with a line by itself."""
    try:
        address = parse(pad.line)
    except LineError as error:
        yield f"is wrong: {error}"
        return
    if address.scheme not in driver.lines:
        kinds = ", ".join(f"{kind}:" for kind in sorted(driver.lines))
        yield f"is '{pad.line}', but a {pad.model} pad is on a line of {kinds}"
    elif address.scheme == "gpio" and {int(pin) for pin in address.where.split(",")} != set(driver.inputs):
        pins = ",".join(map(str, driver.inputs))
        yield f"is '{pad.line}', but its keys are on other pins: write gpio://{pins}"


def _scale(pad: PadSettings, driver: PadDriver, levels: int | None) -> Iterator[str]:
    """What is wrong with the scores of a rating pad whose keys are chosen in its settings."""
    given = {press.score for press in driver.presses() if isinstance(press, ScorePress)}
    wanted = set(range(1, levels + 1)) if levels else given
    if pad.type == "rating-pad" and "keys" in type(driver).model_fields and given != wanted:
        has = ", ".join(map(str, sorted(given))) or "none"
        yield f"has of the scores {has}, but rating.levels is {levels}: give each from 1 to {levels} a key"


def _together(one: PadSettings, first: PadDriver, other: PadSettings, second: PadDriver) -> str:
    """What is wrong with the second of two pads because of the first; empty when they get along."""
    pins = {*first.inputs, *first.outputs} & {*second.inputs, *second.outputs}
    if pins:
        return f"uses pin {min(pins)}, which '{one.id}' uses already: give each its own pins"
    if one.line != other.line:
        same = (
            parse(one.line).where == parse(other.line).where if _is_port(one) and _is_port(other) else False
        )
        return (
            f"is on the port of '{one.id}' with other settings: write the same line for both" if same else ""
        )
    if bool(first.ask()) != bool(second.ask()):
        return (
            f"speaks only when asked and '{one.id}' does not, or the other way round: give each its own line"
        )
    for driver in (first, second):
        driver.begin()
    for press in first.presses():
        if any(heard.press is not None for heard in second.feed(first.sent(Heard(press, down=True)))):
            return (
                f"shares the line {one.line} with '{one.id}' and takes its presses: "
                "give each an address or a name of its own"
            )
    return ""


def _is_port(pad: PadSettings) -> bool:
    return pad.line.startswith(("serial:", "evdev:"))
