"""The real ESPHome, in its own environment, asked about many files at once: `esphome config` takes 2 s to start.

Belongs here: finding it, asking it, reading its answer. Never here: what a test expects.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

ESPHOME = Path(sys.prefix) / "esphome/bin/python"
AT_ONCE = 2
"""Processes; each takes its share of the files, and collects no garbage for the few seconds that it lives."""
CHECK_ALL = """
import contextlib, gc, io, json, sys
from esphome.__main__ import run_esphome
from esphome.core import CORE

gc.disable()
answers = {}
for name in sys.argv[1:]:
    CORE.reset()
    said, complaints = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(complaints):
        code = run_esphome(["esphome", "config", name])
    answers[name] = [code, said.getvalue(), complaints.getvalue()]
json.dump(answers, sys.stdout)
"""


@dataclass(frozen=True)
class Checked:
    """What `esphome config` answered to one file: its exit code, all it said, its complaints."""

    code: int
    said: str
    complaints: str

    @property
    def settings(self) -> dict[str, Any]:
        """The whole settings, with all that the file includes."""
        loaded = yaml.load(self.said, _Loader)  # noqa: S506 - a safe loader
        assert isinstance(loaded, dict)
        return loaded


class Lambda(str):
    """C++ that stands in the settings."""

    __slots__ = ()


class _Loader(yaml.CSafeLoader):
    """Reads what ESPHome writes, with its tags."""


_Loader.add_constructor("!lambda", lambda _, node: Lambda(node.value))
_Loader.add_constructor("!secret", lambda _, node: f"!secret {node.value}")


def demand_esphome() -> None:
    """Skip the test that is running, or fail it when CI=true, unless set-up has installed ESPHome."""
    if ESPHOME.exists():
        return
    sentence = "needs ESPHome in an environment of its own: tools/set_up.sh tests"
    if os.environ.get("CI") == "true":
        pytest.fail(sentence, pytrace=False)
    pytest.skip(sentence)


def checked(files: list[Path]) -> dict[Path, Checked]:
    """ESPHome's answer for each of these files."""
    demand_esphome()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = pool.map(_checked, [files[place::AT_ONCE] for place in range(AT_ONCE)])
    found = {name: Checked(*answer) for some in answers for name, answer in some.items()}
    return {path: found[str(path)] for path in files}


def _checked(files: list[Path]) -> dict[str, Any]:
    words = [str(ESPHOME), "-c", CHECK_ALL, *map(str, files)]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    answers: dict[str, Any] = json.loads(done.stdout)
    return answers


def lambdas(settings: Any) -> list[Lambda]:  # noqa: ANN401 - settings of any depth
    """Every piece of C++ in the settings."""
    if isinstance(settings, Lambda):
        return [settings]
    inner = (
        list(settings.values())
        if isinstance(settings, dict)
        else settings
        if isinstance(settings, list)
        else []
    )
    return [found for part in inner for found in lambdas(part)]
