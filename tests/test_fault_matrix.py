"""Which test tries which fault stands in fault_matrix.txt; here it is checked, so that the table cannot grow stale.

Belongs here: that each fault has a test, and that each test of the table exists. Never here: a fault.
"""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path
from typing import Final

import pytest

TESTS: Final = Path(__file__).parent
BELONG_TO_A_PART_TO_COME: Final = {32}
"""The province's stream: its fault is tried when there is a stream."""
ROWS: Final = [
    line.rsplit(maxsplit=2)
    for line in (TESTS / "fault_matrix.txt").read_text("utf-8").splitlines()
    if not line.startswith("#")
]


@cache
def defined_in(file: str) -> frozenset[str]:
    tree = ast.parse((TESTS / file).read_text("utf-8"))
    return frozenset(
        node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )


@pytest.mark.parametrize(("fault", "file", "test"), ROWS, ids=[fault for fault, _, _ in ROWS])
def test_every_fault_is_tried_where_the_table_says(fault: str, file: str, test: str) -> None:
    assert test in defined_in(file), f"{fault}: correct the table"


def test_no_fault_is_left_out() -> None:
    tried = {int(fault.split()[0]) for fault, _, _ in ROWS}
    assert tried | BELONG_TO_A_PART_TO_COME == set(range(1, 35))
    assert not tried & BELONG_TO_A_PART_TO_COME
