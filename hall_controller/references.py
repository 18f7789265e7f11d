"""What one table of hall.toml says about another: names that must exist, ids and letters that must differ.

Works on the table as it was read, so that one wrong value elsewhere hides nothing here; what is not of the expected
form is passed over, because `settings` tells it. No rule about a single value belongs here.
"""

from __future__ import annotations

from datetime import date
from itertools import combinations
from pathlib import Path as Folder
from typing import TYPE_CHECKING, Any, Final

from hall_controller import esp32_models
from hall_controller.domain.catalogue import ANY_DAY, NO_END
from hall_controller.mistakes import Mistake, dotted, shown, suggestion
from hall_controller.settings import PURPOSES, Rating

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from hall_controller.settings import Config
    from hall_controller.toml_places import Path

NAMED: Final[tuple[tuple[str, str, tuple[str, ...]], ...]] = (
    ("service", "agency", ("agency",)),
    ("service", "queue", ("queue",)),
    ("service", "opening", ("opening",)),
    ("service", "purposes", ("purpose",)),
    ("counter", "queues", ("queue",)),
    ("counter", "transfer_to", ("queue", "counter")),
    ("officer", "agency", ("agency",)),
    ("assignment", "counter", ("counter",)),
    ("assignment", "agency", ("agency",)),
    ("assignment", "staffing", ("agency",)),
    ("assignment", "officer", ("officer",)),
    ("device", "counter", ("counter",)),
    ("device", "gateway", ("device",)),
)
"""Table, its setting, and the tables in which what it names must exist."""

UNIQUE: Final = (
    ("agency", "id"),
    ("queue", "id"),
    ("queue", "letter"),
    ("purpose", "id"),
    ("service", "id"),
    ("counter", "id"),
    ("counter", "name"),
    ("officer", "id"),
    ("device", "id"),
    ("priority", "id"),
)
DRIVERS: Final = {"printer": "printers", "call-pad": "pads", "rating-pad": "pads", "kiosk": "pads"}
"""Type of device -> the folder below `devices` in which each model has its file."""

MODELS_BY_MQTT: Final = ("mqtt", "hall-display", "web")
"""Besides the ESP32 models: whatever speaks the contract, a display machine, a page in a browser."""

STANDS_AT_A_COUNTER: Final = frozenset({"call-pad", "rating-pad", "panel"})


def mistakes(table: Mapping[str, Any]) -> list[Mistake]:
    """All of them, each told once: a name that is missing in several places is one mistake at its first place."""
    return [
        *_unknown(table),
        *_repeated(table),
        *_overlapping(table),
        *_lent(table),
        *_homeless(table),
        *_driverless(table),
        *_removed_too_early(table),
    ]


def consequences(config: Config) -> list[Mistake]:
    """What is wrong although every line by itself is right; told when there is nothing else to tell."""
    served = {queue for counter in config.counter for queue in counter.queues}
    wanted = {service.queue for service in config.service if not service.online_only}
    return [
        Mistake(
            ("queue", index),
            "is called by no counter, so its visitors would wait for ever: add it to a counter",
        )
        for index, queue in enumerate(config.queue)
        if queue.id in wanted - served
    ]


def _elements(table: Mapping[str, Any], name: str) -> list[tuple[int, dict[str, Any]]]:
    elements = table.get(name)
    if not isinstance(elements, list):
        return []
    return [(index, element) for index, element in enumerate(elements) if isinstance(element, dict)]


def _known(table: Mapping[str, Any], name: str) -> set[str]:
    if name == "purpose" and name not in table:
        return {purpose.id for purpose in PURPOSES}
    if name == "opening":
        return set(opening) if isinstance(opening := table.get(name), dict) else set()
    return {element["id"] for _, element in _elements(table, name) if isinstance(element.get("id"), str)}


def _unknown(table: Mapping[str, Any]) -> Iterator[Mistake]:
    places: dict[tuple[tuple[str, ...], str], list[Path]] = {}
    for path, value, targets in _names(table):
        known = {one for target in targets for one in _known(table, target)}
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, str) and one not in known and (known or targets == ("officer",)):
                places.setdefault((targets, one), []).append(path)
    for (targets, one), paths in places.items():
        known = {name for target in targets for name in _known(table, target)}
        also = _also(paths[1:])
        what = " or ".join(targets)
        yield Mistake(
            paths[0], f"names the {what} {shown(one)}, which does not exist{also}{suggestion(one, known)}"
        )


def _names(table: Mapping[str, Any]) -> Iterator[tuple[Path, object, tuple[str, ...]]]:
    """Every place that names something elsewhere, what stands there, and the tables in which it must exist."""
    for name, setting, targets in NAMED:
        for index, element in _elements(table, name):
            yield (name, index, setting), element.get(setting), targets
    for index, counter in _elements(table, "counter"):
        for step, element in _elements(counter, "profile"):
            yield ("counter", index, "profile", step, "queues"), element.get("queues"), ("queue",)


def _also(paths: list[Path]) -> str:
    if not paths:
        return ""
    named = ", ".join(dotted(path) for path in paths[:3])
    more = len(paths) - 3
    return f" (so do {named}{f' and {more} more' if more > 0 else ''})"


def _repeated(table: Mapping[str, Any]) -> Iterator[Mistake]:
    for name, setting in UNIQUE:
        first: dict[str, str] = {}
        for index, element in _elements(table, name):
            value = element.get(setting)
            if not isinstance(value, str):
                continue
            if value in first:
                before = first[value]
                yield Mistake(
                    (name, index, setting),
                    f"is {shown(value)}, which {before} has already: give each its own",
                )
            by_name = setting != "id" and isinstance(element.get("id"), str)
            first.setdefault(value, f"the {name} '{element['id']}'" if by_name else f"{name}[{index}]")


def _span(element: Mapping[str, Any]) -> tuple[date, date]:
    first, last = element.get("from", ANY_DAY), element.get("to", NO_END)
    return (first if type(first) is date else ANY_DAY, last if type(last) is date else NO_END)


def _overlapping(table: Mapping[str, Any]) -> Iterator[Mistake]:
    """Two assignments of a counter, or of an officer, at once; but the later one may stand in for a time."""
    seats: dict[tuple[str, str], list[tuple[int, dict[str, Any]]]] = {}
    for index, assignment in _elements(table, "assignment"):
        for setting in ("counter", "officer"):
            if isinstance(assignment.get(setting), str):
                seats.setdefault((setting, assignment[setting]), []).append((index, assignment))
    for (setting, name), assignments in seats.items():
        for (i, one), (j, other) in combinations(assignments, 2):
            told_already = setting == "officer" and one.get("counter") == other.get("counter")
            if not told_already and _clash(one, other):
                yield Mistake(
                    ("assignment", j),
                    f"overlaps assignment[{i}] of {setting} '{name}': end one with `to` before the other begins,"
                    " or, if one only stands in, give it a later `from`, a `to` and a `reason`",
                )


def _clash(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether both hold on some day, and the later one is not a stand-in with an end and a reason."""
    first, second = sorted((one, other), key=_span)
    (begins, ends), (begins_later, _) = _span(first), _span(second)
    stands_in = begins < begins_later and "to" in second and bool(second.get("reason"))
    return begins_later <= ends and not stands_in


def _lent(table: Mapping[str, Any]) -> Iterator[Mistake]:
    officers = [officer for _, officer in _elements(table, "officer") if isinstance(officer.get("id"), str)]
    agencies = {officer["id"]: officer.get("agency") for officer in officers}
    for index, element in _elements(table, "assignment"):
        officer = element.get("officer")
        own = agencies.get(officer) if isinstance(officer, str) else None
        staffing = element.get("staffing", element.get("agency"))
        if isinstance(own, str) and isinstance(staffing, str) and own != staffing:
            said = f"says '{staffing}', but officer '{officer}' is of '{own}': write staffing = \"{own}\""
            yield Mistake(("assignment", index, "staffing"), said)


def _homeless(table: Mapping[str, Any]) -> Iterator[Mistake]:
    for index, device in _elements(table, "device"):
        kind = device.get("type")
        if isinstance(kind, str) and kind in STANDS_AT_A_COUNTER and device.get("counter") is None:
            yield Mistake(
                ("device", index, "counter"), f"is missing: say at which counter this {kind} stands"
            )


def _driverless(table: Mapping[str, Any]) -> Iterator[Mistake]:
    """Models without a driver; by MQTT, models that are neither ours nor just said to speak the contract."""
    for index, device in _elements(table, "device"):
        kind, model = device.get("type"), device.get("model")
        line = device.get("line", "mqtt:")
        if not (isinstance(kind, str) and isinstance(model, str) and isinstance(line, str)):
            continue
        if line == "mqtt:":
            known, said = {*MODELS_BY_MQTT, *esp32_models.models()}, "which is no model that comes by MQTT"
            known |= {model} if "gateway" in device else set()
        else:
            files = (Folder(__file__).parent / "devices" / DRIVERS.get(kind, "-")).glob("[!_]*.py")
            known, said = {file.stem for file in files}, "for which there is no driver"
        if known and model not in known:
            yield Mistake(("device", index, "model"), f"is {shown(model)}, {said}{suggestion(model, known)}")


def _removed_too_early(table: Mapping[str, Any]) -> Iterator[Mistake]:
    """A visit cannot be rated with the code of its ticket when its rows are gone; and rows say who served."""
    retention, rating = table.get("retention"), table.get("rating", {})
    if not (isinstance(retention, dict) and isinstance(rating, dict)):
        return
    kept, later = retention.get("ticket_days"), rating.get("later_days", Rating().later_days)
    if isinstance(kept, int) and isinstance(later, int) and kept is not True and 1 <= kept < later:
        said = f"is less than rating.later_days ({later}), which needs the rows: make it at least {later}"
        yield Mistake(("retention", "ticket_days"), said)
    named = retention.get("officer_names_days")
    if isinstance(named, int) and named is not True and named >= 1:
        if kept is None:
            said = "needs retention.ticket_days beside it: single tickets say which officer served them"
            yield Mistake(("retention", "officer_names_days"), said)
        elif isinstance(kept, int) and named < kept:
            said = f"is less than retention.ticket_days ({kept}), while tickets say who served: make it at least {kept}"
            yield Mistake(("retention", "officer_names_days"), said)
