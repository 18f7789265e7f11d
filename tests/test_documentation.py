"""Every command, setting, topic, route and file that the documents name exists.

Belongs here: reading the documents as a stranger would, and looking up what they name. Never here: their style.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from displays.__main__ import cli as display_cli
from hall_controller.__main__ import cli as hall_cli
from hall_controller.messages import Topics
from hall_controller.settings import Config

ROOT = Path(__file__).parent.parent
DOCUMENTS = sorted(
    path
    for path in [
        *ROOT.glob("*.md"),
        *ROOT.glob("firmware_config/**/*.md"),
        *ROOT.glob("*/*/README.md"),
        *ROOT.glob("guides/**/*.md"),
    ]
    if ".venv" not in path.parts
)
README = (ROOT / "README.md").read_text("utf-8")
PROGRAMS = {"hall": hall_cli, "hall-display": display_cli}
SUFFIXES = ("py", "toml", "csv", "md", "lock", "yaml", "sh", "txt")
MADE_BY_PEOPLE = re.compile(
    r"^(/|out/|panel\.txt|panels/my_|my_|hall\.toml|display\.toml|catalogue\.csv|pad-1\.yaml|sentence\.toml|DISPLAY|HALL|(config|cmdline|hall|hall-cmdline)\.txt|journal\.sqlite|FILE|BACKUP)"
)
"""Files that stand on the reader's machine and not in this repository."""


def code_in(document: Path) -> Iterator[str]:
    """What stands in back quotes or in an indented block."""
    for line in document.read_text("utf-8").splitlines():
        if line.startswith("    "):
            yield line.strip()
        else:
            yield from re.findall(r"`([^`]+)`", line)


def commands_in(document: Path) -> Iterator[tuple[str, str, list[str]]]:
    """Program, command and long options of every command line that a document shows."""
    for code in code_in(document):
        for part in re.split(r"\s{2,}#|->|;", code):
            words = part.removeprefix("sudo ").removeprefix("-u hall ").split()
            if len(words) > 1 and words[0] in PROGRAMS and re.fullmatch(r"[a-z]+", words[1]):
                options = [word for word in words if word.startswith("--")]
                known = commands_of(words[0])
                grouped = " ".join(words[1:3])
                yield words[0], grouped if grouped in known else words[1], options


def commands_of(program: str) -> dict[str, Any]:
    """The commands of a program, by name; those of a group by both names as well."""
    group: Any = typer.main.get_command(PROGRAMS[program])
    grouped = {
        f"{name} {inner}": command
        for name, outer in group.commands.items()
        for inner, command in getattr(outer, "commands", {}).items()
    }
    return {**group.commands, **grouped}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_command_and_option_that_a_document_shows_exists(document: Path) -> None:
    for program, name, options in commands_in(document):
        if document.name == "DECISIONS.md":
            continue
        assert name in commands_of(program), f"{program} {name} is no command"
        known = {option for parameter in commands_of(program)[name].params for option in parameter.opts}
        assert {option.split("=")[0] for option in options} <= known, f"{program} {name}: {options}"


def test_the_readme_names_every_command() -> None:
    for program in PROGRAMS:
        for name in commands_of(program):
            if " " in name:
                continue  # a group is named once, with its commands behind it
            assert f"`{program} {name}" in README, f"README says nothing of {program} {name}"


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_file_that_a_document_names_exists(document: Path) -> None:
    for code in code_in(document):
        for name in re.findall(rf"[\w./-]+\.(?:{'|'.join(SUFFIXES)})\b", code):
            if MADE_BY_PEOPLE.match(name) or "{" in code or "MODEL" in name:
                continue
            places = (
                ROOT,
                document.parent,
                ROOT / "hall_controller",
                ROOT / "firmware_config",
                ROOT / "tools",
            )
            found = any((place / name).exists() for place in places) or any(ROOT.glob(f"tests/**/{name}"))
            assert found, f"{document.name} names {name}"


@pytest.mark.parametrize("target", sorted(set(re.findall(r"make ([a-z-]+)", README))))
def test_every_make_target_of_the_readme_exists(target: str) -> None:
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)


@pytest.mark.parametrize(
    "setting",
    sorted(
        {
            name
            for document in DOCUMENTS
            for name in re.findall(r"--set ([a-z_]+(?:\.[a-z0-9_-]+)+)=", document.read_text("utf-8"))
        }
    ),
)
def test_every_setting_that_a_document_sets_exists(setting: str) -> None:
    schema = Config.model_json_schema()
    table, *rest = setting.split(".")
    assert table in schema["properties"], setting
    kinds = [kind for kind in schema["$defs"].values() if rest[-1] in kind.get("properties", {})]
    assert kinds, f"{setting}: no table has a setting {rest[-1]}"


def test_every_topic_of_the_readme_is_one_of_the_contract() -> None:
    for topic in re.findall(r"qms/1/\{hall\}/([\w/{}-]+)", README):
        kind, name, leaf = topic.split("/")
        assert kind == "device"
        assert Topics("{hall}").device(name, leaf) == f"qms/1/{{hall}}/{topic}"


def test_the_links_between_documents_lead_somewhere() -> None:
    for document in DOCUMENTS:
        for link in re.findall(r"\]\(([^)#]+)\)", document.read_text("utf-8")):
            assert link.startswith("http") or (document.parent / link).exists(), f"{document.name}: {link}"
