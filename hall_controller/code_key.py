"""The secret that signs the codes on tickets; a file beside the journal.

Never here: what is signed with it (`domain.codes`).
"""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Final

from hall_controller.errors import HallError

KEY_NAME: Final = "code.key"
KEY_BYTES: Final = 32


def code_key(data: Path) -> bytes:
    """The secret that signs the codes on tickets, made once and kept beside the journal."""
    path = data / KEY_NAME
    try:
        data.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            path.touch(mode=0o600)
            path.write_bytes(secrets.token_bytes(KEY_BYTES))
        key = path.read_bytes()
    except OSError as error:
        raise HallError(
            f"{path}: {error.strerror}; the data folder must be writable by the controller"
        ) from None
    if len(key) < KEY_BYTES:
        raise HallError(
            f"{path} is damaged; delete it, and codes of today's earlier tickets will not be known"
        )
    return key
