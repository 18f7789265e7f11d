"""What every fact has: its name, when it happened, and whether the clock could be believed then.

Nothing else belongs here; what can happen stands in `facts` and the two files beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Happened:
    """When it happened (UTC, aware), and whether the clock could be believed then."""

    type: ClassVar[str]

    at: datetime
    time_trusted: bool
