"""Tells, in sentences, where source breaks the laws of the house.

Belongs here: how a law is checked. Never here: what the law says of a module; that table and those numbers
stand in test_architecture.py. A check takes the modules of a tree and returns its findings, none when all
is well.
"""

from __future__ import annotations

import ast
import graphlib
import statistics
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase

from tests.source_tree import Module, origin

# The standard library without clock, I/O, randomness, tasks and logs: all that a pure module may use of it.
PURE_LIBRARY = frozenset(
    """
    __future__ abc base64 bisect collections copy dataclasses datetime decimal enum fractions functools
    hashlib heapq hmac itertools json math numbers operator re statistics string struct textwrap types typing
    unicodedata zlib
    """.split()
)
CLOCK_CALLS = frozenset({"now", "today", "utcnow"})
IMPURE_CALLS = frozenset({"breakpoint", "eval", "exec", "input", "open", "print"})


@dataclass(frozen=True)
class Law:
    """What the modules that match `pattern` may import: of ours, of ours for types only, of libraries."""

    pattern: str
    ours: tuple[str, ...]
    types: tuple[str, ...]
    libraries: tuple[str, ...]

    @property
    def pure(self) -> bool:
        return "pure" in self.libraries


def matches(name: str, patterns: Iterable[str]) -> bool:
    """`a.*` stands for the package a and all that is in it."""
    return any(fnmatchcase(name, p) or (p.endswith(".*") and name == p[:-2]) for p in patterns)


def parse_laws(table: str) -> tuple[Law, ...]:
    """One law a line: modules | of ours | of ours for types | libraries. A line without modules goes on.

    Names of ours are written without `hall_controller.`, but for those of displays. "pure" as a library stands
    for the part of the standard library that needs neither clock nor I/O, in place of the whole of it.
    """
    rows: list[list[list[str]]] = []
    for line in table.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.split() for cell in line.split("|")]
        if cells[0]:
            rows.append(cells)
        else:
            rows[-1] = [above + below for above, below in zip(rows[-1], cells, strict=True)]
    return tuple(
        Law(_full(name), _all(ours), _all(types), tuple(libraries))
        for names, ours, types, libraries in rows
        for name in names
    )


def _all(names: list[str]) -> tuple[str, ...]:
    return tuple(_full(name) for name in names)


def _full(name: str) -> str:
    return name if matches(name, ("displays.*", "hall_controller.*")) else f"hall_controller.{name}"


def forbidden_imports(modules: dict[str, Module], laws: Iterable[Law]) -> list[str]:
    """Imports that the first law matching the module does not allow, and modules without a law."""
    findings = []
    for module in modules.values():
        law = next((law for law in laws if matches(module.name, [law.pattern])), None)
        if law is None:
            findings.append(f"{module.path}: no law says what it may import; add a line to the table")
            continue
        for found in module.imports:
            ours = origin(found.target, modules)
            library = found.target.split(".")[0]
            if ours is not None:
                allowed = matches(ours, law.ours) or (found.for_types and matches(ours, law.types))
            elif library in sys.stdlib_module_names:
                allowed = not law.pure or library in PURE_LIBRARY
            else:
                allowed = matches(library, law.libraries)
            if not allowed:
                findings.append(f"{module.path}:{found.line}: may not import {ours or found.target}")
    return sorted(set(findings))


def impure_calls(modules: dict[str, Module], laws: Iterable[Law]) -> list[str]:
    """Clock, I/O and async in modules whose law says pure."""
    findings = []
    for module in modules.values():
        law = next((law for law in laws if matches(module.name, [law.pattern])), None)
        if law is None or not law.pure:
            continue
        for node in ast.walk(module.tree):
            match node:
                case ast.Call(func=ast.Attribute(attr=name)) if name in CLOCK_CALLS:
                    findings.append(f"{module.path}:{node.lineno}: {name}() reads the clock")
                case ast.Call(func=ast.Attribute(attr="astimezone"), args=[], keywords=[]):
                    findings.append(
                        f"{module.path}:{node.lineno}: astimezone() reads this machine's time zone"
                    )
                case ast.Call(func=ast.Name(id=name)) if name in IMPURE_CALLS:
                    findings.append(f"{module.path}:{node.lineno}: {name}() is not pure")
                case ast.AsyncFunctionDef():
                    findings.append(f"{module.path}:{node.lineno}: async has no place in a pure module")
                case _:
                    pass
    return findings


def import_cycles(modules: dict[str, Module]) -> list[str]:
    """One cycle of imports that happen while running, if there is any."""
    graph = {
        module.name: {
            ours
            for found in module.imports
            if not found.for_types and (ours := origin(found.target, modules)) not in {None, module.name}
        }
        for module in modules.values()
    }
    try:
        graphlib.TopologicalSorter(graph).prepare()
    except graphlib.CycleError as error:
        return [f"import cycle: {' <- '.join(error.args[1])}"]
    return []


def hidden_imports(modules: dict[str, Module], drivers: Iterable[str]) -> list[str]:
    """Imports inside a function, but for a driver's own hardware library."""
    return [
        f"{module.path}:{found.line}: import of {found.target} inside a function"
        for module in modules.values()
        for found in module.imports
        if found.inside_function
        and not (matches(module.name, drivers) and found.target.split(".")[0] not in _not_hardware(modules))
    ]


def _not_hardware(modules: dict[str, Module]) -> set[str]:
    return set(sys.stdlib_module_names) | {name.split(".")[0] for name in modules}


def missing_docstrings(modules: dict[str, Module]) -> list[str]:
    """Files without a docstring, and files whose docstring has no law under its first sentence."""
    findings = []
    for module in modules.values():
        docstring = ast.get_docstring(module.tree)
        if docstring is None:
            findings.append(f"{module.path}: no docstring")
        elif "\n\n" not in docstring and not module.path.match("__init__.py"):
            findings.append(f"{module.path}: its docstring states no law: what belongs here, what never does")
    return findings


def bad_names(modules: dict[str, Module], forbidden: Iterable[str]) -> list[str]:
    """Files whose name says nothing, or is a standard module's."""
    return [
        f"{module.path}: {stem} names nothing, or a standard module"
        for module in modules.values()
        for stem in [module.name.rpartition(".")[2]]
        if stem in {*forbidden, *sys.stdlib_module_names}
    ]


def oversize(modules: dict[str, Module], *, longest: int, median: int) -> list[str]:
    """Files over `longest` lines, and the median of all but packages' own files over `median`."""
    findings = [
        f"{module.path}: {module.lines} lines, over {longest}; split it by what it is about"
        for module in modules.values()
        if module.lines > longest
    ]
    sizes = [module.lines for module in modules.values() if module.path.name != "__init__.py"]
    if sizes and statistics.median(sizes) > median:
        findings.append(f"the median file has {statistics.median(sizes):g} lines, over {median}")
    return findings


def written_lines(modules: dict[str, Module]) -> int:
    """Return the number of lines that are not blank."""
    return sum(1 for module in modules.values() for line in module.text.splitlines() if line.strip())
