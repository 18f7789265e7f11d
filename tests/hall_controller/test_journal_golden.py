"""A journal of every release is read for ever: ten years of facts outlive many versions of this program."""

from __future__ import annotations

import shutil
from pathlib import Path

from hall_controller.domain.codec import FACTS
from hall_controller.journal import Journal, Record
from hall_controller.journal_check import verify
from tests.hall_controller.one_of_each_fact import RELEASE_0_1, SINCE_0_1

GOLDEN = Path(__file__).parents[1] / "golden" / "journal-0.1.sqlite"
CHAIN = "db42bcce69e2212bac7350ca94f1a14dc8f2dca2390dbc1d13852b5dff65c116"


def test_the_journal_of_release_0_1_is_read_for_ever(tmp_path: Path) -> None:
    path = Path(shutil.copy(GOLDEN, tmp_path / "journal.sqlite"))
    verdict = verify(path)
    assert verdict.good
    assert verdict.head.hash.hex() == CHAIN
    with Journal.open(path) as journal:
        assert list(journal.read()) == [Record(n, *entry) for n, entry in enumerate(RELEASE_0_1, start=1)]


def test_the_same_facts_make_the_same_chain_today(tmp_path: Path) -> None:
    with Journal.open(tmp_path / "journal.sqlite") as journal:
        journal.append(RELEASE_0_1)
        journal.backup(tmp_path / "copy.sqlite")
    assert verify(tmp_path / "copy.sqlite").head.hash.hex() == CHAIN


def test_what_came_since_is_read_as_it_was_written(tmp_path: Path) -> None:
    """The release that brings these facts gets a golden journal of its own, made from this list."""
    with Journal.open(tmp_path / "journal.sqlite") as journal:
        journal.append(SINCE_0_1)
        assert list(journal.read()) == [Record(n, *entry) for n, entry in enumerate(SINCE_0_1, start=1)]


def test_every_kind_of_fact_stands_in_a_list() -> None:
    """When this fails, there is a new kind of fact: write one down in SINCE_0_1."""
    assert {entry.fact.type for entry in (*RELEASE_0_1, *SINCE_0_1)} == set(FACTS)
