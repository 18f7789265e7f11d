"""What is wrong in a settings file, in a sentence a technician can act on: place, value, what to do.

Pure: pydantic's error details in, one sentence out.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable
from typing import Any, get_args

from pydantic import BaseModel
from pydantic_core import ErrorDetails


def sentence(
    detail: ErrorDetails, model: type[BaseModel], place: str = "", others: Iterable[str] = ()
) -> str:
    """One mistake; `place` stands before the error's own location, `others` are further names allowed at the top.

    >>> from pydantic import ConfigDict, ValidationError
    >>> class Mqtt(BaseModel):
    ...     model_config = ConfigDict(extra="forbid")
    ...     port: int = 1883
    >>> try:
    ...     Mqtt.model_validate({"prot": 1})
    ... except ValidationError as error:
    ...     sentence(error.errors()[0], Mqtt, "mqtt")
    'mqtt.prot = 1: there is no such setting; did you mean port?'
    """
    where = ".".join([*([place] if place else []), *(str(level) for level in detail["loc"])])
    value = _shown(detail["input"])
    match detail["type"]:
        case "extra_forbidden":
            names = [*_names(model, detail["loc"][:-1]), *(others if len(detail["loc"]) == 1 else ())]
            return f"{where} = {value}: there is no such setting{close(str(detail['loc'][-1]), names)}"
        case "missing":
            return f"{where}: is missing; add it"
        case "literal_error":
            expected = str(detail["ctx"]["expected"])
            return f"{where} = {value}: must be {expected}{close(str(detail['input']), _words(expected))}"
        case "string_pattern_mismatch":
            return (
                f"{where} = {value}: use a to z, 0 to 9 and -, at most 32, beginning with a letter or figure"
            )
        case "value_error":
            return f"{where} = {value}: {detail['ctx']['error']}"
        case _:
            return f"{where} = {value}: {detail['msg'][:1].lower()}{detail['msg'][1:]}"


def close(word: str, known: Iterable[str]) -> str:
    """`; did you mean …?` with the nearest known word, else the list of all of them.

    >>> close("consol", ["console", "rs485_ascii"])
    '; did you mean console?'
    """
    names = sorted(set(known))
    if near := difflib.get_close_matches(word, names, 1, 0.6):
        return f"; did you mean {near[0]}?"
    return f"; there is {', '.join(names)}" if names else ""


def _shown(value: object) -> str:
    try:
        text = json.dumps(value, ensure_ascii=False)
    except TypeError:
        text = str(value)
    return text if len(text) <= 60 else text[:57] + "..."  # noqa: PLR2004 - a line of a terminal holds it


def _words(expected: str) -> list[str]:
    return [part.strip(" '") for part in expected.replace(" or ", ",").split(",")]


def _names(model: type[BaseModel], location: tuple[int | str, ...]) -> list[str]:
    """The names of the fields at a location inside a model; none when it does not lead to a model."""
    for level in location:
        if isinstance(level, str) and level in model.model_fields:
            inner = _model_in(model.model_fields[level].annotation)
            if inner is None:
                return []
            model = inner
    return list(model.model_fields)


def _model_in(annotation: Any) -> type[BaseModel] | None:  # noqa: ANN401 - an annotation may be anything
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((inner for part in get_args(annotation) if (inner := _model_in(part)) is not None), None)
