"""Whatever a hall.toml has become, it is answered by settings or by sentences, and never by a traceback."""

from __future__ import annotations

import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.hall_controller.settings_files import EXAMPLE, mistakes

LINES = EXAMPLE.read_text("utf-8").splitlines()


def is_answered(text: str) -> None:
    """Settings or sentences, and nothing else."""
    for sentence in mistakes(text):
        assert sentence.startswith("hall.toml"), sentence
        assert "\n" not in sentence


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sets(st.integers(0, len(LINES) - 1), min_size=1, max_size=12))
def test_lines_that_are_missing_never_end_in_a_traceback(gone: set[int]) -> None:
    is_answered("\n".join(line for number, line in enumerate(LINES) if number not in gone))


VALUE = re.compile(r'(?<== )("[^"]*"|\[[^\]\n]*\]|\{[^}\n]*\}|[\w.-]+)')
VALUES = [match.span() for match in VALUE.finditer(EXAMPLE.read_text("utf-8"))]
OTHERS = [
    '""',
    "0",
    "-1",
    "true",
    "[]",
    "{}",
    '["x"]',
    "2022-03-01",
    "07:30:00",
    "2022-03-01T07:30:00Z",
    "inf",
    '"A"',
    "",
]


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.sampled_from(VALUES), st.sampled_from(OTHERS)), min_size=1, max_size=4))
def test_values_of_any_other_kind_never_end_in_a_traceback(
    changes: list[tuple[tuple[int, int], str]],
) -> None:
    text = EXAMPLE.read_text("utf-8")
    for (start, end), value in sorted(dict(changes).items(), reverse=True):
        text = text[:start] + value + text[end:]
    is_answered(text)
