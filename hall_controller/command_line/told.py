"""An error of ours, told on the command line as one sentence and exit code 1, never as a traceback.

For every file that has commands; what the sentence says is written where the error is raised.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from typing import NoReturn, TypeVar

import typer

from hall_controller.errors import HallError

Failure = TypeVar("Failure", bound=Exception)


@contextlib.contextmanager
def told_in_one_line() -> Iterator[None]:
    """An error of ours is a sentence on stderr and exit code 1, also when several parts failed at once."""
    try:
        yield
    except* HallError as errors:
        _end([str(error) for error in _each(errors)])
    except* OSError as errors:
        _end([f"{error.filename or 'system'}: {error.strerror or error}" for error in _each(errors)])


def _each(errors: BaseExceptionGroup[Failure]) -> Iterator[Failure]:
    for error in errors.exceptions:
        if isinstance(error, BaseExceptionGroup):
            yield from _each(error)
        else:
            yield error


def _end(sentences: list[str]) -> NoReturn:
    for sentence in dict.fromkeys(sentences):
        typer.echo(sentence, err=True)
    sys.exit(1)
