"""Reads packages without running them: which modules there are and what each imports.

Belongs here: what the text of a file says. Never here: whether it may say so; that is architecture.py.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path


@dataclass(frozen=True)
class Import:
    """One name that a module imports: absolute and dotted, and how it is imported."""

    target: str
    line: int
    for_types: bool
    inside_function: bool


@dataclass(frozen=True)
class Module:
    """One file: `name` is its dotted name, a package's own file under the package's name."""

    name: str
    path: Path
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, self.path.as_posix())

    @cached_property
    def imports(self) -> tuple[Import, ...]:
        return tuple(self._imports(self.tree, for_types=False, inside=False))

    @property
    def lines(self) -> int:
        return len(self.text.splitlines())

    def _imports(self, node: ast.AST, *, for_types: bool, inside: bool) -> Iterator[Import]:
        for child in ast.iter_child_nodes(node):
            typing_only = for_types or _is_type_checking(node, child)
            if isinstance(child, ast.Import | ast.ImportFrom):
                for target in self._targets(child):
                    yield Import(target, child.lineno, typing_only, inside)
            else:
                function = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef)
                yield from self._imports(child, for_types=typing_only, inside=inside or function)

    def _targets(self, node: ast.Import | ast.ImportFrom) -> list[str]:
        if isinstance(node, ast.Import):
            return [alias.name for alias in node.names]
        package = self.name.split(".") if self.path.name == "__init__.py" else self.name.split(".")[:-1]
        above = package[: len(package) - node.level + 1] if node.level else []
        origin = ".".join([*above, *filter(None, [node.module])])
        return [f"{origin}.{alias.name}" for alias in node.names]


def _is_type_checking(parent: ast.AST, child: ast.AST) -> bool:
    """Whether `child` stands in the body of an `if TYPE_CHECKING:`."""
    return (
        isinstance(parent, ast.If)
        and child in parent.body
        and ast.unparse(parent.test).endswith("TYPE_CHECKING")
    )


def read(root: Path, *packages: str) -> dict[str, Module]:
    """Return the modules of these packages under `root`, by dotted name."""
    modules: dict[str, Module] = {}
    for path in sorted(path for package in packages for path in (root / package).rglob("*.py")):
        parts = path.relative_to(root).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        modules[name] = Module(name, path.relative_to(root), path.read_text("utf-8"))
    return modules


def origin(target: str, modules: Iterable[str]) -> str | None:
    """Return the module of ours that holds `target`, itself a module or a name in one; None for another's."""
    known = set(modules)
    while target and target not in known:
        target = target.rpartition(".")[0]
    return target or None
