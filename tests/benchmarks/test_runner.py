"""The benchmarks run by being there; what each measures is its own business."""

from __future__ import annotations

import importlib

import pytest

from tests.benchmarks import __main__ as runner


def test_a_benchmark_that_does_not_exist_is_told_with_those_that_do() -> None:
    with pytest.raises(SystemExit, match="no benchmark named yesterday; there are: "):
        runner.main(["yesterday"])


def test_every_benchmark_can_be_started() -> None:
    benchmarks = [importlib.import_module(f"tests.benchmarks.bench_{name}") for name in runner.names()]
    assert all(callable(benchmark.main) for benchmark in benchmarks)
