"""A command is a file, and is loaded when somebody calls it.

The controller lives for months in 80 MB; what only other commands need must not be in it.
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
import typer
from typer.testing import CliRunner

from hall_controller import command_line
from hall_controller.__main__ import cli
from hall_controller.command_line.loading import NO_COMMANDS, Files

if TYPE_CHECKING:
    from pathlib import Path

WHAT_WAS_LOADED = """
import json, sys
from hall_controller import __main__ as program
sys.argv = ["hall", *sys.argv[1:]]
try:
    program.main()
finally:
    print(json.dumps(sorted(name for name, module in sys.modules.items() if module is not None)))
"""
NOT_IN_THE_CONTROLLER = (
    "PIL",
    "amqtt",
    "argon2",
    "escpos",
    "evdev",
    "gpiozero",
    "hall_controller.demonstration",
    "hall_controller.installation",
    "hall_controller.reports.formats.as_",
    "hall_controller.simulation",
    "holidays",
    "openpyxl",
    "pygments",
    "pymodbus",
    "rich",
    "serial",
    "yaml",
)


def loaded_by(*words: str) -> list[str]:
    """The modules in memory after a command line."""
    ran = subprocess.run(
        [sys.executable, "-c", WHAT_WAS_LOADED, *words], check=True, capture_output=True, text=True
    )
    modules: list[str] = json.loads(ran.stdout.splitlines()[-1])
    return modules


def every_command() -> list[tuple[str, str, str]]:
    """The words that call each command, those of groups too, with its help and its example."""
    group: Any = typer.main.get_command(cli)
    return [
        (f"{name} {inner}" if inner else name, command.help, command.epilog)
        for name, outer in group.commands.items()
        for inner, command in getattr(outer, "commands", {"": outer}).items()
    ]


@pytest.mark.parametrize(("words", "sentence", "example"), every_command())
def test_every_command_says_what_it_does_and_gives_an_example(
    words: str, sentence: str, example: str
) -> None:
    assert sentence.endswith(".")
    assert example.startswith(f"Example: {'sudo ' if words == 'install' else ''}hall {words} ")


def test_the_controller_does_not_load_what_only_other_commands_need() -> None:
    loaded = loaded_by("run", "--help")
    assert "hall_controller.app" in loaded
    assert [name for name in loaded if name.startswith(NOT_IN_THE_CONTROLLER)] == []


def test_a_command_does_not_load_the_others() -> None:
    loaded = loaded_by("verify", "--help")
    files = {name.rpartition(".")[2] for name in loaded if name.startswith("hall_controller.command_line.")}
    assert files - NO_COMMANDS == {"verify"}
    assert not {"hall_controller.app", "fastapi", "uvicorn"} & set(loaded)


def test_the_help_lists_every_file() -> None:
    shown = CliRunner().invoke(cli, ["--help"]).output
    assert all(f"\n  {name} " in shown for name in Files())


def test_a_misspelt_command_is_told_with_the_nearest_one() -> None:
    refused = CliRunner().invoke(cli, ["chek"])
    assert refused.exit_code == 2
    assert "Did you mean 'check'?" in refused.output


def test_a_new_command_is_one_new_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "greet.py").write_text(
        "import typer\n"
        "cli = typer.Typer(add_completion=False)\n"
        "@cli.command()\n"
        "def greet(name: str) -> None:\n"
        "    typer.echo(f'Xin chào, {name}')\n",
        "utf-8",
    )
    monkeypatch.setattr(command_line, "__path__", [*command_line.__path__, str(tmp_path)])
    assert CliRunner().invoke(cli, ["greet", "Lan"]).output == "Xin chào, Lan\n"
    monkeypatch.delitem(sys.modules, f"{command_line.__name__}.greet")
