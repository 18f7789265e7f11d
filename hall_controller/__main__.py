"""The `hall` command line.

Every command is a file of `command_line/` and says what it does in one sentence with an example; every error is one
line. Nothing is loaded here that a command could load itself.
"""

from __future__ import annotations

import sys
from typing import Any

import typer

from hall_controller.command_line.loading import LoadedWhenCalled

cli = typer.Typer(
    cls=LoadedWhenCalled,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@cli.callback()
def hall() -> None:
    """Hall Controller: tickets, calls and displays of a public service hall."""


def main() -> None:
    """The console script `hall`."""
    if sys.argv[1:2] == ["run"]:
        spare_rich()
    cli()


def spare_rich() -> None:
    """Keep rich out of the controller: structlog would load it, for tracebacks in colour, and it takes 7 MB of 80."""
    loaded: dict[str, Any] = (
        sys.modules
    )  # None in place of a module tells whoever imports it that it is absent
    loaded["rich"] = None


if __name__ == "__main__":
    main()
