"""Four recorded days of the land desk, and what one more counter would have done, made once.

Belongs here: fixtures of this folder. Never here: a check.
"""

from __future__ import annotations

import pytest

from hall_controller.domain.catalogue import Catalogue
from hall_controller.whatif.change import Change
from hall_controller.whatif.comparison import Answer
from hall_controller.whatif.recorded import RecordedDay
from tests.hall_controller.whatif.recorded_days import LAND, asked, land_desk, played_days


@pytest.fixture(scope="session")
def desk() -> Catalogue:
    return land_desk()


@pytest.fixture(scope="session")
def days(desk: Catalogue) -> tuple[RecordedDay, ...]:
    return played_days(desk)


@pytest.fixture(scope="session")
def one_more(desk: Catalogue, days: tuple[RecordedDay, ...]) -> Answer:
    """One more counter on those days, two replays."""
    return asked(days, desk, Change(LAND, counters=1))
