"""Finds the file of a command by its name, and loads it when the command is called.

What stands beside this file without being a command is listed here. Never here: what a command does.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

import typer
from typer.core import TyperGroup

from hall_controller import command_line

if TYPE_CHECKING:
    from collections.abc import Iterator

NO_COMMANDS: Final = frozenset({"loading", "options", "told"})


class Files(Mapping[str, Any]):
    """The commands by name, each loaded when it is looked up."""

    def __init__(self) -> None:
        """The names of the files, without loading one."""
        found = (module.name for module in pkgutil.iter_modules(command_line.__path__))
        self._names = sorted(set(found) - NO_COMMANDS)

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401 - a command is of a private class of typer's
        """The command; raises KeyError."""
        if name not in self._names:
            raise KeyError(name)
        command = typer.main.get_command(import_module(f"{command_line.__name__}.{name}").cli)
        command.name = name
        return command

    def __iter__(self) -> Iterator[str]:
        """The names, as `hall --help` lists them."""
        return iter(self._names)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._names)


class LoadedWhenCalled(TyperGroup):
    """The group of all commands of the program."""

    def __init__(self, **said: Any) -> None:  # noqa: ANN401 - handed on as typer said it
        """As typer makes a group, with our commands."""
        super().__init__(**(said | {"commands": Files()}))

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ANN401, ARG002 - the context is of a private class
        """The names, without loading a file."""
        return list(self.commands)
