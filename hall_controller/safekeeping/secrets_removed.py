"""Takes secrets out of text that leaves the hall: by their names, by their form, and by what they are.

Pure. Which files hold secrets, and what leaves the hall, is said elsewhere.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

REMOVED: Final = "(removed)"
SHORTEST: Final = 4
"""Shorter words of a secret file would take half the text with them."""
_NAMED: Final = re.compile(
    r"""\b([\w.-]*(?:password|passwd|secret|token|passphrase|psk|api_?key|private_?key|encryption_?key|pin_?code)[\w-]*)"""
    r"""(["']?\s*[=:]\s*)("[^"\n]*"|'[^'\n]*'|[^\s,}\]]+)""",
    re.IGNORECASE,
)
_IN_ADDRESS: Final = re.compile(r"(\w+://[^\s:/@\"']*):[^\s/@\"']+@")
_SET_UP_CODE: Final = re.compile(r"\b(code=)\S+")


def without_secrets(text: str, known: Iterable[str] = ()) -> str:
    """The text without what is called a password or the like, without passwords in addresses, and without `known`."""
    text = _NAMED.sub(_unless_a_file, text)
    text = _IN_ADDRESS.sub(rf"\1:{REMOVED}@", text)
    text = _SET_UP_CODE.sub(rf"\1{REMOVED}", text)
    for secret in sorted({one for one in known if len(one) >= SHORTEST}, key=len, reverse=True):
        text = text.replace(secret, REMOVED)
    return text


def _unless_a_file(found: re.Match[str]) -> str:
    """Where a password lies is no secret."""
    return found[0] if found[1].endswith("_file") else f'{found[1]}{found[2]}"{REMOVED}"'
