"""Where every setting of a TOML text stands: its path to its line.

For text that tomllib has already accepted, so nothing is checked here; values are never read.
"""

from __future__ import annotations

import re
from typing import Final

Path = tuple[str | int, ...]

_TOKEN: Final = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?\'{3,5}'  # texts of several lines
    r'|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\''  # texts of one line
    r"|\#[^\n]*|[\[\]{}=,.\n]|[^\s\[\]{}=,.\#\"']+",
    re.DOTALL,
)


def places(text: str) -> dict[Path, int]:
    r"""Path of every table, element and setting -> its line, counted from 1.

    >>> places('[hall]\nid = "a"\n[[queue]]\nid = "b"')[("queue", 0, "id")]
    4
    """
    return _Walk(text).found


class _Walk:
    """One pass over the tokens of a text."""

    def __init__(self, text: str) -> None:
        self.found: dict[Path, int] = {}
        self._tokens: list[tuple[str, int]] = []
        line = 1
        for match in _TOKEN.finditer(text):
            piece = match[0]
            if not piece.startswith("#"):
                self._tokens.append((piece, line))
            line += text.count("\n", match.start(), match.end())
        self._at = 0
        self._sizes: dict[Path, int] = {}
        self._document()

    def _peek(self) -> str:
        return self._tokens[self._at][0] if self._at < len(self._tokens) else ""

    def _line(self) -> int:
        return self._tokens[min(self._at, len(self._tokens) - 1)][1]

    def _take(self) -> str:
        piece = self._peek()
        self._at += 1
        return piece

    def _document(self) -> None:
        table: Path = ()
        while piece := self._peek():
            if piece == "\n":
                self._at += 1
            elif piece == "[":
                table = self._header()
            else:
                self._setting(table)

    def _header(self) -> Path:
        line = self._line()
        self._at += 1
        several = self._peek() == "["
        self._at += several
        path: Path = ()
        names = self._names("]")
        for place, name in enumerate(names):
            path = (*path, name)
            last = place == len(names) - 1
            if last and several:
                self.found.setdefault(path, line)
                self._sizes[path] = self._sizes.get(path, 0) + 1
            if path in self._sizes:
                path = (*path, self._sizes[path] - 1)
            self.found.setdefault(path, line)
        self._at += several
        return path

    def _names(self, end: str) -> list[str]:
        """The parts of a dotted name, up to and including the piece that ends it."""
        names = []
        while (piece := self._take()) not in {end, ""}:
            if piece != ".":
                names.append(piece.strip("\"'"))
        return names

    def _setting(self, table: Path) -> None:
        line, path = self._line(), table
        for name in self._names("="):
            path = (*path, name)
            self.found.setdefault(path, line)
        self._value(path)

    def _value(self, path: Path) -> None:
        piece = self._peek()
        if piece == "[":
            self._list(path)
        elif piece == "{":
            self._inline(path)
        else:
            while self._peek() not in {",", "]", "}", "\n", ""}:
                self._at += 1

    def _list(self, path: Path) -> None:
        self._at += 1
        index = 0
        while (piece := self._peek()) not in {"]", ""}:
            if piece in {",", "\n"}:
                self._at += 1
                continue
            self.found[(*path, index)] = self._line()
            self._value((*path, index))
            index += 1
        self._at += 1

    def _inline(self, path: Path) -> None:
        self._at += 1
        while (piece := self._peek()) not in {"}", ""}:
            if piece in {",", "\n"}:
                self._at += 1
            else:
                self._setting(path)
        self._at += 1
