"""Processes for work that many processors share; they end with the one that started them, however that ends.

Never here: the work.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
from concurrent.futures import ProcessPoolExecutor


def processes(most: int | None = None) -> ProcessPoolExecutor | None:
    """One for each processor, `most` at the most; None where one is all there is, or where none can be made."""
    count = os.cpu_count() or 1
    if most is not None:
        count = min(count, most)
    if count == 1:
        return None
    try:
        return ProcessPoolExecutor(count, multiprocessing.get_context("fork"), _end_with_the_parent)
    except OSError:  # a system without shared memory
        return None


def _end_with_the_parent() -> None:
    """A process that is killed cannot end those that it started: they see to it themselves."""
    parent = multiprocessing.parent_process()

    def watch() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
