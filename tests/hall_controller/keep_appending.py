"""A program that writes to a journal and prints what was acknowledged, to be killed and starved by tests.

    python keep_appending.py JOURNAL BATCHES [FULL_FROM FULL_UNTIL]

Batch n has n % 3 + 1 facts. After each acknowledgement it prints "ok SEQ"; after a refusal it rebuilds what it knows
with replay(), prints "no SEQ" and tries the next batch; while replay() is refused as well, nothing is written. Between
the batches FULL_FROM and FULL_UNTIL no file may grow by more than 3 KB (RLIMIT_FSIZE), as on a full disk.
"""

from __future__ import annotations

import os
import resource
import sys
from datetime import UTC, datetime
from pathlib import Path

from hall_controller.domain.facts import QueueOpened
from hall_controller.errors import JournalUnavailable
from hall_controller.journal import Entry, Journal

NOW = datetime(2021, 11, 1, tzinfo=UTC)


def batch(after: int, number: int) -> list[Entry]:
    """The facts that follow fact `after`: the fact's own number is what it tells, so a second one would be seen."""
    return [
        Entry(QueueOpened(NOW, time_trusted=True, queue=f"{after + n}"), f"request:{after + n}")
        for n in range(1, number % 3 + 2)
    ]


def main(path: Path, batches: int, full_from: int = -1, full_until: int = -1) -> None:
    with Journal.open(path) as journal:
        known, must_rebuild = journal.last_seq, False
        for number in range(batches):
            if number == full_from:
                largest = max(file.stat().st_size for file in path.parent.iterdir())
                _limit(largest + 3_000)
            if number == full_until:
                _limit(resource.RLIM_INFINITY)
            try:
                if must_rebuild:
                    known = max((record.seq for record in journal.replay()), default=0)
                known = journal.append(batch(known, number))
                must_rebuild = False
            except JournalUnavailable:
                must_rebuild = True
            os.write(1, f"{'no' if must_rebuild else 'ok'} {known}\n".encode())


def _limit(size: int) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


if __name__ == "__main__":
    main(Path(sys.argv[1]), *map(int, sys.argv[2:]))
