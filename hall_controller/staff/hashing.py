"""Hashes and checks secrets in a process of their own, one at a time.

The event loop goes on meanwhile, the controller's memory stays what it was, and 28 officers who sign in at half past
seven need the memory of one.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

from hall_controller.errors import HallError

WORKER: Final = Path(__file__).with_name("hash_worker.py")
COMMAND: Final = (sys.executable, "-I", str(WORKER))
LONGEST_S: Final = 10.0
"""A Raspberry Pi 3 under load needs about one second."""
NOBODY: Final = (
    "$argon2id$v=19$m=19456,t=2,p=1$7tnv1zADiPHmVE0+yZ0nxg$g85N1fv/NszMG6gdiYfxA7TeT07Wr5nHnSEapvjcGZ4"
)
"""Compared with when nobody has that name, so that the answer takes as long."""
LONGEST_QUEUE: Final = 40
"""More people than this do not sign in at once; more guesses than this are refused unread."""


class TooBusy(Exception):
    """So many secrets wait to be checked that one more is not taken."""


class Hashing:
    """Makes and checks hashes, one after the other; belongs to one event loop."""

    def __init__(self, longest_queue: int = LONGEST_QUEUE) -> None:
        self._longest_queue = longest_queue
        self._one_at_a_time = asyncio.Semaphore(1)
        self._waiting = 0

    async def fits(self, stored: str | None, secret: str) -> bool:
        """Whether the secret is the one of the stored hash; None is nobody's, and takes as long. Raises TooBusy."""
        answer = await self._ask({"secret": secret, "stored": stored or NOBODY})
        return stored is not None and answer["fits"] is True

    async def made(self, secret: str) -> str:
        """The hash to store. Raises TooBusy."""
        return str((await self._ask({"secret": secret}))["hash"])

    async def _ask(self, asked: dict[str, str]) -> dict[str, Any]:
        if self._waiting >= self._longest_queue:
            raise TooBusy
        self._waiting += 1
        try:
            async with self._one_at_a_time:
                return await _asked(json.dumps(asked).encode())
        finally:
            self._waiting -= 1


async def _asked(question: bytes) -> dict[str, Any]:
    worker = await asyncio.create_subprocess_exec(
        *COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    try:
        out, _ = await asyncio.wait_for(worker.communicate(question), LONGEST_S)
    finally:
        if worker.returncode is None:
            worker.kill()
            await worker.wait()
    return _read(out, worker.returncode)


def made_now(secret: str) -> str:
    """The hash to store, for a program without an event loop."""
    done = subprocess.run(  # noqa: S603 - our own file, run by the interpreter that runs us
        COMMAND,
        input=json.dumps({"secret": secret}).encode(),
        capture_output=True,
        check=False,
        timeout=LONGEST_S,
    )
    return str(_read(done.stdout, done.returncode)["hash"])


def _read(out: bytes, code: int | None) -> dict[str, Any]:
    if code != 0:
        raise HallError(
            "The program that hashes secrets has failed: is argon2-cffi installed, and memory free?"
        )
    answer: dict[str, Any] = json.loads(out)
    return answer
