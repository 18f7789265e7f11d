"""Looks at a page with axe-core as it stands in the browser, and tells what keeps people out.

The library is vendored for tests only; its README says where it is from.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from playwright.async_api import Page

AXE: Final = Path(__file__).parent.parent / "vendored" / "axe-core" / "axe.min.js"
GRAVE: Final = {"serious", "critical"}
RUN: Final = "async () => (await axe.run(document, { resultTypes: ['violations'] })).violations"


async def violations(page: Page) -> list[str]:
    """A sentence for each violation that axe-core finds, of whatever weight."""
    return [_sentence(one) for one in await _found(page)]


async def grave_violations(page: Page) -> list[str]:
    """A sentence for each violation that axe-core calls serious or critical."""
    return [_sentence(one) for one in await _found(page) if one["impact"] in GRAVE]


async def _found(page: Page) -> list[dict[str, Any]]:
    if not await page.evaluate("typeof axe === 'object'"):
        await page.evaluate(AXE.read_text("utf-8"))
    found: list[dict[str, Any]] = await page.evaluate(RUN)
    return found


def _sentence(one: dict[str, Any]) -> str:
    return f"{one['id']}: {one['help']} at {[node['target'] for node in one['nodes']][:3]}"
