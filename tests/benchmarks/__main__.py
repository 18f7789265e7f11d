"""Runs every benchmark here, or those that are named: python -m tests.benchmarks [NAME]...

A file bench_NAME.py takes part by being here; nothing lists them by hand.
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path


def names() -> list[str]:
    """Return what can be run: `press` for bench_press.py."""
    return sorted(path.stem.removeprefix("bench_") for path in Path(__file__).parent.glob("bench_*.py"))


def main(wanted: list[str]) -> None:
    if unknown := sorted(set(wanted) - set(names())):
        sys.exit(f"no benchmark named {', '.join(unknown)}; there are: {', '.join(names())}")
    for name in wanted or names():
        print(f"\n== {name} ==", flush=True)
        importlib.import_module(f"tests.benchmarks.bench_{name}").main()


if __name__ == "__main__":
    main(sys.argv[1:])
