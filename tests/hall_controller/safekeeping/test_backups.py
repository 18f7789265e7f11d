"""Of a file that is brought as a backup only a good one stays on the card, and the technician hears why."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Final

import pytest

from hall_controller.errors import HallError, JournalUnavailable
from hall_controller.safekeeping.backups import Backups
from tests.hall_controller.kept_days import Week
from tests.hall_controller.web.hall_on_the_web import refusal, web_hall

MORE_THAN_ANY_CARD: Final = 2**60


class HungUp(Exception):
    """The browser was closed in the middle of the file."""


async def whole(content: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(content), 4096):
        yield content[start : start + 4096]


async def broken_off(content: bytes) -> AsyncIterator[bytes]:
    yield content[:4096]
    raise HungUp


def backups(folder: Path) -> Backups:
    return Backups(folder / "journal.sqlite", folder / "backups", lambda: None)


def left(folder: Path) -> list[str]:
    return sorted(file.name for file in (folder / "backups").glob("*"))


async def test_a_good_backup_is_kept_and_told(tmp_path: Path) -> None:
    week = Week(tmp_path / "elsewhere", days=1)
    told = await backups(tmp_path).bring(whole(week.path.read_bytes()), 1)
    assert told["good"]
    assert left(tmp_path) == ["uploaded.sqlite"]


async def test_of_a_file_that_breaks_off_or_is_something_else_nothing_stays(tmp_path: Path) -> None:
    week = Week(tmp_path / "elsewhere", days=1)
    with pytest.raises(HungUp):
        await backups(tmp_path).bring(broken_off(week.path.read_bytes()), 1)
    assert left(tmp_path) == []
    with pytest.raises(HallError):
        await backups(tmp_path).bring(whole(b"a picture of a cat"), 1)
    assert left(tmp_path) == []


async def test_the_one_that_was_brought_before_stays_when_the_next_is_not_good(tmp_path: Path) -> None:
    week = Week(tmp_path / "elsewhere", days=1)
    good = week.path.read_bytes()
    await backups(tmp_path).bring(whole(good), 1)
    changed = good.replace(b"A001", b"A009")
    assert changed != good
    with pytest.raises(HallError):
        await backups(tmp_path).bring(whole(changed), 1)
    assert (tmp_path / "backups" / "uploaded.sqlite").read_bytes() == good


async def test_what_does_not_fit_is_not_begun(tmp_path: Path) -> None:
    with pytest.raises(JournalUnavailable):
        await backups(tmp_path).bring(whole(b"much"), MORE_THAN_ANY_CARD)
    assert left(tmp_path) == []


async def test_the_technician_is_told_what_to_do_in_both_languages_and_no_path(tmp_path: Path) -> None:
    async with web_hall(tmp_path) as hall, hall.signed_in("technician") as technician:
        answer = await technician.post("/api/backups/uploaded", content=b"a picture of a cat")
        assert refusal(answer) == (409, "backup_impossible")
        text = answer.json()["text"]
        assert "hãy chọn tệp khác" in text["vi"]
        assert "choose another one" in text["en"]
        assert str(tmp_path) not in answer.text
