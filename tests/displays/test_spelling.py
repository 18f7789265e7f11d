"""Vietnamese on a panel that has only the letters of ASCII."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as some

from displays.spelling import plain

ALPHABET = "AĂÂBCDĐEÊGHIKLMNOÔƠPQRSTUƯVXY"
TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Đất đai", "Dat dai"),
        ("Bưu điện tiếp nhận thay Sở Y tế", "Buu dien tiep nhan thay So Y te"),
        ("Thủy lợi \u2013 Lâm nghiệp\u2026", "Thuy loi - Lam nghiep..."),
        ("ơ Ơ ư Ư ệ ẳ", "o O u U e a"),
    ],
)
def test_letters_lose_their_marks_and_stay_readable(written: str, shown: str) -> None:
    assert plain(written) == shown


def test_every_vietnamese_letter_with_every_tone_becomes_its_plain_letter() -> None:
    for letter in ALPHABET + ALPHABET.lower():
        for tone in TONES:
            for form in ("NFC", "NFD"):
                shown = plain(unicodedata.normalize(form, letter + tone))
                assert shown == shown.encode("ascii").decode()
                assert len(shown) == 1
                assert shown.isalpha()


@given(some.text(max_size=60))
def test_whatever_is_written_becomes_printable_ascii(written: str) -> None:
    assert all(" " <= letter <= "~" for letter in plain(written))
