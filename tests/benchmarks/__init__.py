"""Benchmarks print tables, each number beside the limit measured in the same run.

Belongs here: bench_*.py with a `main() -> None` that ends within a minute. Never here: a pass or fail; what
must hold is a test.
"""
