"""Every setting's line is found, however TOML lets it be written."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator

import pytest

from hall_controller.toml_places import Path, places
from tests.hall_controller.settings_files import EXAMPLE, SMALL

MANY_WAYS = '''# a remark with "quotes" and [brackets]
top = 1
"quoted" = 'literal # no remark'
dotted.deep.key = [1, 2] # remark ] }
text = """
[not a table]
not = "a setting"
"""
list = [
  { id = "a", name = { vi = "x, y", en = "}" } },
  # remark
  { id = "b" },
]
nested = [[1, 2], [
  3]]

[table]
a = 2022-03-01T07:30:00Z
[table.sub]
b = 'x'
[[rows]]
c = 1
[rows.more]
d = 2
[[rows]]
c = 2
[[rows.inner]]
e = 3
[[rows.inner]]
e = 4
'''


def paths(value: object, path: Path = ()) -> Iterator[Path]:
    """Every path of a TOML document, as tomllib understands it."""
    if path:
        yield path
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from paths(inner, (*path, key))
    if isinstance(value, list):
        for index, inner in enumerate(value):
            yield from paths(inner, (*path, index))


@pytest.mark.parametrize(
    "text", [MANY_WAYS, SMALL, EXAMPLE.read_text("utf-8")], ids=["many ways", "small", "example"]
)
def test_exactly_the_paths_that_tomllib_reads_have_a_line(text: str) -> None:
    assert set(places(text)) == set(paths(tomllib.loads(text)))


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("top",), 2),
        (("quoted",), 3),
        (("dotted", "deep", "key"), 4),
        (("text",), 5),
        (("list",), 9),
        (("list", 0, "name", "en"), 10),
        (("list", 1, "id"), 12),
        (("nested", 1, 0), 15),
        (("table", "a"), 18),
        (("table", "sub", "b"), 20),
        (("rows", 0, "more", "d"), 24),
        (("rows", 1), 25),
        (("rows", 1, "inner", 1, "e"), 30),
    ],
)
def test_a_setting_is_found_where_it_stands(path: Path, line: int) -> None:
    assert places(MANY_WAYS)[path] == line


def test_an_empty_file_has_no_places() -> None:
    assert places("") == {}
    assert places("# only a remark") == {}
