"""Who is alive since when, and alerts that are told once and taken back once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from hall_controller.health import Health
from hall_controller.messages import Alert, Text

MEND_IT = Text(vi="Hãy thay cuộn giấy.", en="Change the roll.")


class Watch:
    """A clock set by hand."""

    def __init__(self) -> None:
        self.at = datetime(2022, 3, 1, 1, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def health(watch: Watch) -> Health:
    return Health(["pad-1", "pad-2", "printer-1"], watch)


def test_every_device_begins_unheard(health: Health) -> None:
    assert health.counts() == {"init": 3}


def test_a_device_keeps_the_time_of_its_last_change(health: Health, watch: Watch) -> None:
    began = watch.at
    watch.at += timedelta(minutes=1)
    health.device_is("pad-1", "ready")
    watch.at += timedelta(minutes=1)
    health.device_is("pad-1", "ready")
    assert health.since == {"pad-1": began + timedelta(minutes=1), "pad-2": began, "printer-1": began}
    health.device_is("pad-1", "lost")
    assert health.since["pad-1"] == began + timedelta(minutes=2)
    assert health.counts() == {"init": 2, "lost": 1}


def test_an_alert_is_told_once_and_taken_back_once(health: Health, watch: Watch) -> None:
    told: list[tuple[str, Alert | None]] = []
    health.on_alert.append(lambda code, alert: told.append((code, alert)))
    since = watch.at
    for _ in range(3):
        health.raise_alert("paper-out", "critical", MEND_IT)
        watch.at += timedelta(seconds=5)
    raised = Alert(severity="critical", code="paper-out", text=MEND_IT, since=since)
    assert told == [("paper-out", raised)]
    assert health.alerts == {"paper-out": raised}
    for _ in range(3):
        health.end_alert("paper-out")
    assert told == [("paper-out", raised), ("paper-out", None)]
    assert health.alerts == {}


def test_an_alert_that_comes_back_is_told_again_with_its_new_time(health: Health, watch: Watch) -> None:
    health.raise_alert("paper-out", "critical", MEND_IT)
    health.end_alert("paper-out")
    watch.at += timedelta(hours=1)
    health.raise_alert("paper-out", "critical", MEND_IT)
    assert health.alerts["paper-out"].since == watch.at


def test_an_alert_whose_code_is_no_identifier_cannot_be_raised(health: Health) -> None:
    with pytest.raises(ValueError, match="code"):
        health.raise_alert("Hết giấy", "critical", MEND_IT)
    assert health.alerts == {}
