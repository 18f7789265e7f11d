"""Every "no" has a code, a Vietnamese and an English sentence, and somebody who says it."""

from __future__ import annotations

import ast
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

import hall_controller
from hall_controller.domain.refusals import TEXTS, refuse

ROOT = Path(hall_controller.__file__).parent
SAID_BY_PARTS_TO_COME = {"not_allowed", "malformed", "unknown_device", "press_too_old", "journal_unavailable"}


def trees(folder: Path) -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted(folder.rglob("*.py")):
        if path.name != "refusals.py":
            yield path, ast.parse(path.read_text("utf-8"))


def refused_in(tree: ast.Module) -> Iterator[str]:
    """What stands in the call `refuse(...)`: a code, one of two codes, or a pattern of codes."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "refuse":
            yield from codes_in(node.args[0])


def codes_in(node: ast.expr) -> Iterator[str]:
    match node:
        case ast.Constant(value=str(code)):
            yield code
        case ast.IfExp(body=yes, orelse=no):
            yield from codes_in(yes)
            yield from codes_in(no)
        case ast.JoinedStr(values=parts):
            yield "".join(str(p.value) if isinstance(p, ast.Constant) else ".+" for p in parts)
        case _:
            pass  # a code that was decided elsewhere, such as the one of an earlier refusal told again


def test_every_code_that_is_refused_with_has_its_sentences() -> None:
    found = {code for _, tree in trees(ROOT) for code in refused_in(tree)}
    assert len(found) >= 25
    assert [code for code in sorted(found) if not any(re.fullmatch(code, known) for known in TEXTS)] == []


def test_no_sentence_waits_for_a_code_that_nobody_refuses_with() -> None:
    said = {
        node.value
        for _, tree in trees(ROOT)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    patterns = {code for _, tree in trees(ROOT) for code in refused_in(tree)}
    unsaid = {
        code
        for code in TEXTS
        if code not in said and not any(re.fullmatch(pattern, code) for pattern in patterns)
    }
    assert unsaid <= SAID_BY_PARTS_TO_COME | {"service_closed", "too_late"}
    assert "service_closed" in (ROOT / "domain" / "refusals.py").read_text("utf-8")


@pytest.mark.parametrize("code", TEXTS)
def test_a_refusal_is_a_sentence_in_both_languages(code: str) -> None:
    text = TEXTS[code]
    assert re.fullmatch(r"[a-z]+(_[a-z]+)*", code)
    for sentence in (text.vi, text.en):
        assert sentence == unicodedata.normalize("NFC", sentence).strip()
        assert sentence[0].isupper()
        assert sentence.endswith(".")
    assert text.en.isascii()
    assert text.vi != text.en


@pytest.mark.parametrize("code", TEXTS)
def test_the_vietnamese_sentence_has_its_diacritics(code: str) -> None:
    letters = unicodedata.normalize("NFD", TEXTS[code].vi)
    assert any(unicodedata.combining(letter) for letter in letters)


def test_no_two_codes_share_a_sentence_in_one_language_only() -> None:
    for vi, en in ((a.vi, a.en) for a in TEXTS.values()):
        assert sum(text.vi == vi for text in TEXTS.values()) == sum(text.en == en for text in TEXTS.values())


def test_a_code_of_an_older_program_is_still_told() -> None:
    assert refuse("of_long_ago").text.vi == "of_long_ago"
