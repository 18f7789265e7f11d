"""The codes that stand in place of officers in summaries of long ago: the same code is the same person.

A code is "#" and the first eight figures of HMAC-SHA256(key, identifier). The key is a file beside the journal that no
backup holds: whoever deletes it makes sure that nobody can ever tell who a code was; later months get other codes.
"""

from __future__ import annotations

import hmac
import secrets
from pathlib import Path
from typing import Final

from hall_controller.errors import HallError
from hall_controller.journal_copy import name_durably
from hall_controller.reports.cut_summary import MARK

KEY_NAME: Final = "officers.key"
KEY_BYTES: Final = 32
FIGURES: Final = 8


class OfficerCodes:
    """The codes of one hall, by its key."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def __call__(self, officer: str) -> str:
        """The officer's code; nobody and a code stay what they are."""
        if not officer or officer.startswith(MARK):
            return officer
        return MARK + hmac.digest(self._key, officer.encode(), "sha256").hex()[:FIGURES]


def officer_codes(data: Path, *, keep: bool) -> OfficerCodes:
    """The codes by the key in that folder; made if need be, and kept if `keep`. Raises HallError."""
    path = data / KEY_NAME
    try:
        key = path.read_bytes() if path.exists() else b""
        if not key:
            key = secrets.token_bytes(KEY_BYTES)
            if keep:
                partial = path.with_name(f"{KEY_NAME}.partial")
                partial.touch(mode=0o600)
                partial.write_bytes(key)
                name_durably(partial, path)
    except OSError as error:
        raise HallError(
            f"{path}: {error.strerror}; the controller must be able to read and write it"
        ) from None
    if len(key) != KEY_BYTES:
        raise HallError(f"{path} is damaged: delete it, and officers of later months get other codes")
    return OfficerCodes(key)
