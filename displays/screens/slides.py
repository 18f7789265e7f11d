"""Pictures from a folder in a quiet hour: which one, and when.

Belongs here: choosing the file. Never here: reading its pixels, or where it stands on the screen.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Final

SUFFIXES: Final = frozenset({".png", ".jpg", ".jpeg", ".webp", ".bmp"})


class Slides:
    """The pictures of a folder, one after the other; an empty or missing folder is a screen without pictures."""

    def __init__(self, folder: Path | None, after_s: float, each_s: float) -> None:
        self._folder = folder
        self._after_s = after_s
        self._each_s = each_s
        self._quiet_since_s: float | None = None

    def wanted(self, *, quiet: bool, now: datetime, at_s: float) -> Path | None:
        """The picture for this moment; None while somebody is called, and for a while afterwards.

        `at_s` are monotonic seconds, `now` decides whose turn it is, so that all screens of a hall show the same.
        """
        if not quiet or self._folder is None:
            self._quiet_since_s = None
            return None
        if self._quiet_since_s is None:
            self._quiet_since_s = at_s
        if at_s - self._quiet_since_s < self._after_s:
            return None
        pictures = self._pictures(self._folder)
        return pictures[int(now.timestamp() // self._each_s) % len(pictures)] if pictures else None

    def next_s(self, now: datetime, at_s: float) -> float | None:
        """Seconds until the next picture has its turn; None while nobody waits for one."""
        if self._quiet_since_s is None:
            return None
        before_s = self._after_s - (at_s - self._quiet_since_s)
        return before_s if before_s > 0 else self._each_s - now.timestamp() % self._each_s

    @staticmethod
    def _pictures(folder: Path) -> list[Path]:
        try:
            return sorted(path for path in folder.iterdir() if path.suffix.lower() in SUFFIXES)
        except OSError:
            return []
