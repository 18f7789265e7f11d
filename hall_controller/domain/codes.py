"""The code on a ticket: the number, and eight signs that only this hall can have written on this day.

HMAC-SHA256 (RFC 2104) over hall, day and number, its first 40 bits in Crockford's base 32.
"""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import date

SIGNS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SIGNATURE_SIGNS: Final = 8


def ticket_code(key: bytes, hall: str, day: date, number: str) -> str:
    """The code of a number, such as `A0127W3K9QXM`."""
    digest = hmac.digest(key, f"{hall}/{day.isoformat()}/{number}".encode(), "sha256")
    bits = int.from_bytes(digest[:5], "big")
    signature = "".join(SIGNS[(bits >> (5 * place)) & 31] for place in reversed(range(SIGNATURE_SIGNS)))
    return number + signature


def read_code(typed: str) -> tuple[str, str]:
    """A typed or scanned code as (number, code): blanks and dashes dropped, O read as 0, I and L as 1."""
    code = typed.upper().replace("-", "").replace(" ", "")
    code = code[:1] + code[1:].translate(str.maketrans("OIL", "011"))
    return code[:-SIGNATURE_SIGNS], code
