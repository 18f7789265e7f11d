"""What the tests of displays share: a broker of their own, a sound card that is a file.

Belongs here: fixtures. Never here: a test.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.debian import program
from tests.displays.broker import Broker
from tests.displays.speech.recorder import Recorder


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Broker]:
    broker = Broker(program("mosquitto", package="mosquitto"), tmp_path)
    broker.start()
    yield broker
    broker.kill()


@pytest.fixture
def recorder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Recorder:
    """A sound card whose sound lands in a file."""
    return Recorder(tmp_path, monkeypatch)
