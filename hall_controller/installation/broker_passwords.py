"""The broker's password file: for each name the salted hash of its secret, as mosquitto_passwd writes it.

Format: `name:$7$iterations$salt$hash`, PBKDF2 with SHA-512, both in base64 (mosquitto 2, mosquitto_passwd(1)).
"""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Mapping
from typing import Final

ITERATIONS: Final = 101
"""mosquitto_passwd's own number: enough for a random secret, which no list of words holds."""
SALT_BYTES: Final = 12
HASH_BYTES: Final = 64


def password_file(passwords: Mapping[str, str], before: bytes = b"") -> bytes:
    """The file's bytes; a line of `before` whose secret is the same stays as it is."""
    known = dict(line.split(":", 1) for line in before.decode("utf-8", "replace").splitlines() if ":" in line)
    lines = [
        f"{name}:{known[name] if _is(known.get(name), secret) else _hashed(secret, secrets.token_bytes(SALT_BYTES))}"
        for name, secret in sorted(passwords.items())
    ]
    return "".join(f"{line}\n" for line in lines).encode()


def _hashed(secret: str, salt: bytes) -> str:
    digest = hashlib.pbkdf2_hmac("sha512", secret.encode(), salt, ITERATIONS, HASH_BYTES)
    return f"$7${ITERATIONS}${base64.b64encode(salt).decode()}${base64.b64encode(digest).decode()}"


def _is(hashed: str | None, secret: str) -> bool:
    try:
        salt = base64.b64decode((hashed or "").split("$")[3])
    except (IndexError, ValueError):
        return False
    return hashed == _hashed(secret, salt)
