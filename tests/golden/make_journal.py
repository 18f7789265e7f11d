"""Makes the golden journal of the release that is being prepared; one that is released is never made again.

python -m tests.golden.make_journal
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from hall_controller.journal import Journal
from hall_controller.journal_check import verify
from tests.hall_controller.one_of_each_fact import RELEASE_0_1

GOLDEN = Path(__file__).with_name("journal-0.1.sqlite")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, Journal.open(Path(folder, "journal.sqlite")) as journal:
        journal.append(RELEASE_0_1)
        journal.backup(GOLDEN)
    sys.stdout.write(
        f"{GOLDEN}: write this chain into test_journal_golden.py: {verify(GOLDEN).head.hash.hex()}\n"
    )


if __name__ == "__main__":
    main()
