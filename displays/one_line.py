"""What a person reads when a command fails: one clear line for each mistake, and exit code 1.

Belongs here: telling. Never here: what may fail.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import typer

from hall_controller.errors import HallError


def fail(error: BaseException) -> NoReturn:
    """Tell an error and end with exit code 1."""
    sentence = (
        str(error) if isinstance(error, HallError | OSError) else f"stopped by a fault of its own ({error!r})"
    )
    for line in sentence.splitlines():
        typer.echo(f"hall-display: {line}", err=True)
    raise typer.Exit(1)


@contextmanager
def told_in_one_line() -> Iterator[None]:
    """Whatever goes wrong inside is told, and the command ends."""
    try:
        yield
    except BaseExceptionGroup as group:
        fail(_first(group))
    except (HallError, OSError) as error:
        fail(error)


def _first(group: BaseExceptionGroup[BaseException]) -> BaseException:
    inner = group.exceptions[0]
    return _first(inner) if isinstance(inner, BaseExceptionGroup) else inner
