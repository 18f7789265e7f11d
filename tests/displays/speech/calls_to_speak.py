"""Calls as the controller announces them, short to write in a test.

Belongs here: announcements with defaults. Never here: expectations.
"""

from __future__ import annotations

import itertools
from datetime import datetime, timedelta

from hall_controller.messages import Announcement
from tests.displays.boards import MORNING

_numbers = itertools.count(1)


def announced(
    ticket: str, counter: str = "5", *, now: datetime = MORNING, left_s: float = 20, **fields: object
) -> Announcement:
    """A call that may be spoken for `left_s` seconds from `now`, Vietnamese unless `fields` say otherwise."""
    told = {"id": f"1-{next(_numbers)}", "call": 1, "languages": ["vi"], "name": counter, **fields}
    expires = now + timedelta(seconds=left_s)
    return Announcement.model_validate({"ticket": ticket, "counter": counter, "expires": expires, **told})
