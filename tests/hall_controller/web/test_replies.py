"""What the web says no with: a sentence in both languages, and a status, for every code."""

from __future__ import annotations

import ast
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from hall_controller import web
from hall_controller.domain.refusals import TEXTS
from hall_controller.messages import Text
from hall_controller.web.replies import HTTP_TEXTS, RULES_SAY_NO, STATUS, TRY_AGAIN_S, no, refused
from hall_controller.web.ticket_seen import STATE_TEXTS

SENTENCES: dict[str, Text] = {code: Text(vi=text.vi, en=text.en) for code, text in HTTP_TEXTS.items()}
SENTENCES |= {f"ticket {state}": text for state, text in STATE_TEXTS.items()}


def refused_with() -> Iterator[str]:
    """The codes in every call of `no` in the package of the web."""
    for path in Path(web.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "no":
                yield from (arg.value for arg in node.args if isinstance(arg, ast.Constant))  # type: ignore[misc]


@pytest.mark.parametrize("name", SENTENCES)
def test_what_the_web_says_is_a_sentence_in_both_languages(name: str) -> None:
    text = SENTENCES[name]
    for sentence in (text.vi, text.en):
        assert sentence == unicodedata.normalize("NFC", sentence).strip()
        assert sentence[:1].isupper()
    assert text.en.isascii()
    assert any(unicodedata.combining(letter) for letter in unicodedata.normalize("NFD", text.vi))


def test_every_code_that_the_web_refuses_with_has_its_sentences() -> None:
    codes = set(refused_with())
    assert {"not_found", "not_ready", "journal_unavailable"} <= codes
    for code in codes:
        assert no(code).text.vi != no(code).text.en


def test_a_status_is_only_given_to_codes_that_exist() -> None:
    said_with_their_own_text = {"weak_secret", "report_failed"}
    assert STATUS.keys() <= TEXTS.keys() | HTTP_TEXTS.keys() | said_with_their_own_text
    assert STATUS.keys() >= TRY_AGAIN_S.keys()


@pytest.mark.parametrize(("code", "status"), [("too_late_to_rate", RULES_SAY_NO), ("unknown_ticket", 404)])
def test_what_the_rules_refuse_is_409_unless_it_does_not_exist(code: str, status: int) -> None:
    assert refused(no(code)).status_code == status
