"""What the tests of displays share: a broker of their own.

Belongs here: fixtures. Never here: a test.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.debian import program
from tests.displays.broker import Broker


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Broker]:
    broker = Broker(program("mosquitto", package="mosquitto"), tmp_path)
    broker.start()
    yield broker
    broker.kill()
