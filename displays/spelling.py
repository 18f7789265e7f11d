"""Vietnamese text for displays that have fewer letters than Vietnamese.

Pure. What to leave out of a text that is too long is not decided here.
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
