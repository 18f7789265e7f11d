"""Asks a module of ours in a process of its own: JSON in, JSON out; for what is too large for the controller.

With little claim on the processor, and ended when it takes too long. What is asked is none of its business.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import sys
from typing import Any, Final

from hall_controller.errors import HallError

NICE: Final = ("nice", "-n", "10")
TIME_LIMIT_S: Final = 60.0


async def ask(module: str, question: dict[str, Any], *, time_limit_s: float = TIME_LIMIT_S) -> dict[str, Any]:
    """What the module answers; raises HallError with its last words when it does not."""
    process = await asyncio.create_subprocess_exec(
        *(*NICE, sys.executable, "-m", f"hall_controller.{module}"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        async with asyncio.timeout(time_limit_s):
            answer, told = await process.communicate(json.dumps(question).encode())
    except TimeoutError:
        raise HallError(f"{module} was not ready within {time_limit_s:g} s; try again") from None
    finally:
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()
    if process.returncode:
        last = told.decode("utf-8", "replace").strip().splitlines()
        raise HallError(last[-1][:400] if last else f"{module} ended with {process.returncode}")
    found: dict[str, Any] = json.loads(answer)
    return found
