"""Writes the description of the API anew, from the routes of a hall that has them all.

    python -m tests.hall_controller.web.describe

Never here: what the description says (describing.py).
"""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

from hall_controller.web.describing import as_json, made
from hall_controller.web.description import WRITTEN
from tests.hall_controller.web.hall_on_the_web import Printer, catalogue, web_hall


async def write() -> None:
    """Write openapi.json."""
    with tempfile.TemporaryDirectory() as folder:
        async with web_hall(Path(folder), catalogue(sign_in_required=True), printing=Printer()) as hall:
            WRITTEN.write_text(as_json(made(hall.app)), "utf-8")


if __name__ == "__main__":
    asyncio.run(write())
