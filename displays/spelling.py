"""Vietnamese text for displays that have fewer letters than Vietnamese.

Pure. A text is never cut silently in the middle of a word where words can be dropped instead.
"""

from __future__ import annotations

import unicodedata


def plain(text: str) -> str:
    """The text in ASCII, letters without their marks, everything else that is not ASCII as a space.

    >>> plain("Quầy đang tạm dừng")
    'Quay dang tam dung'
    """
    swapped = text.replace("đ", "d").replace("Đ", "D").replace("\u2013", "-").replace("\u2026", "...")
    apart = unicodedata.normalize("NFD", swapped)
    bare = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return "".join(letter if " " <= letter <= "~" else " " for letter in bare)


def fitting(length: int, *candidates: str) -> str:
    """The first candidate of at most `length` characters, else the last one cut.

    >>> fitting(4, "TAM DUNG", "NGHI")
    'NGHI'
    """
    for candidate in candidates:
        if len(candidate) <= length:
            return candidate
    return candidates[-1][:length]
