"""A process that hashes one secret with argon2id, or checks one, and ends: `{"secret", "stored"?}` in, JSON out.

Nothing but argon2 is imported, so that it starts in a blink; the secret comes on standard input, which no other
process can read. argon2id with 19 MiB, two passes and one lane is the first choice of the OWASP Password Storage
Cheat Sheet; done in here, those 19 MiB are never the controller's.
"""

from __future__ import annotations

import json
import sys
from typing import Final

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

MEMORY_KIB: Final = 19_456
PASSES: Final = 2
LANES: Final = 1

HASHER: Final = PasswordHasher(time_cost=PASSES, memory_cost=MEMORY_KIB, parallelism=LANES, type=Type.ID)


def answer(asked: dict[str, str]) -> dict[str, str | bool]:
    """`{"hash": …}` for a new secret, `{"fits": …}` when there is a stored hash to compare it with."""
    if "stored" not in asked:
        return {"hash": HASHER.hash(asked["secret"])}
    try:
        return {"fits": HASHER.verify(asked["stored"], asked["secret"])}
    except (VerificationError, InvalidHashError):
        return {"fits": False}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(answer(json.load(sys.stdin))))
