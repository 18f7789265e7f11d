"""The worked examples in the docstrings are true."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import displays

MODULES = sorted(module.name for module in pkgutil.walk_packages(displays.__path__, "displays."))


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_every_module_hold(name: str) -> None:
    result = doctest.testmod(importlib.import_module(name))
    assert result.failed == 0


def test_examples_were_found_where_a_driver_must_have_one() -> None:
    drivers = [name for name in MODULES if name.startswith("displays.panels.")]
    tried = [doctest.testmod(importlib.import_module(name)).attempted for name in drivers]
    assert drivers
    assert all(tried)
