"""Looks at a page with axe-core as it stands in the browser, and tells what keeps people out.

The library is vendored for tests only; its README says where it is from.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from playwright.async_api import Page

AXE: Final = Path(__file__).parent.parent / "vendored" / "axe-core" / "axe.min.js"
GRAVE: Final = {"serious", "critical"}
RUN: Final = "async () => (await axe.run(document, { resultTypes: ['violations'] })).violations"


async def grave_violations(page: Page) -> list[str]:
    """A sentence for each violation that axe-core calls serious or critical."""
    if not await page.evaluate("typeof axe === 'object'"):
        await page.evaluate(AXE.read_text("utf-8"))
    found = await page.evaluate(RUN)
    return [
        f"{one['id']}: {one['help']} at {[node['target'] for node in one['nodes']][:3]}"
        for one in found
        if one["impact"] in GRAVE
    ]
