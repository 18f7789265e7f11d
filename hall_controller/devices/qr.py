"""QR codes: how large one becomes that the printer draws itself, and its modules where we draw it.

Belongs here: sizes and modules. Never here: what a code says, or dots on paper.
"""

from __future__ import annotations

from typing import Final

import qrcode

# Characters (bytes) that versions 1, 2, ... hold at error correction M: ISO/IEC 18004:2015, table 7.
HELD_AT_M: Final = (14, 26, 42, 62, 84, 106, 122, 152, 180, 213)
MODULES_OF_VERSION_1: Final = 21
MODULES_PER_VERSION: Final = 4
LARGEST_MODULE_DOTS: Final = 8


def side(content: str) -> int:
    """The modules along one side; raises ValueError above 213 bytes.

    >>> side("https://hall.example.vn/t/A012K7MQ2X4P")
    29
    """
    length = len(content.encode())
    for version, held in enumerate(HELD_AT_M):
        if length <= held:
            return MODULES_OF_VERSION_1 + MODULES_PER_VERSION * version
    raise ValueError(f"{length} bytes are too many for a QR code that an old telephone reads")


def module_dots(content: str, side_dots: int) -> int:
    """The dots of one module, so that the code is at most `side_dots` wide."""
    return max(1, min(LARGEST_MODULE_DOTS, side_dots // side(content)))


def matrix(content: str) -> list[list[bool]]:
    """The modules row by row, dark ones True, without a quiet zone; error correction M."""
    code = qrcode.QRCode(border=0, error_correction=qrcode.constants.ERROR_CORRECT_M)
    code.add_data(content, optimize=0)
    code.make(fit=True)
    found: list[list[bool]] = code.get_matrix()
    return found
