"""People who wait too long are an alert, told once, and taken back."""

from __future__ import annotations

from hall_controller.domain.catalogue import Targets
from hall_controller.health import Health
from hall_controller.messages import Alert
from hall_controller.wait_alerts import look
from tests.hall_controller.domain.small_hall import HallInPlay


def test_a_queue_that_waits_too_long_is_an_alert_until_it_does_not() -> None:
    play = HallInPlay()
    play.change(targets=Targets(wait_s=1800, oldest_s=900))
    told: list[tuple[str, Alert | None]] = []
    health = Health([], lambda: play.now.at)
    health.on_alert.append(lambda code, alert: told.append((code, alert)))
    play.open("1")
    play.take()
    play.wait(minutes=20)
    for _ in range(3):
        look(play.hall, health)
    ((code, alert),) = told
    assert code == "wait-land"
    assert alert is not None
    assert "15 phút" in alert.text.vi
    assert "15 min" in alert.text.en
    play.next("1")
    play.tick()
    look(play.hall, health)
    assert told[1:] == [("wait-land", None)]


def test_when_only_the_last_calls_were_late_the_alert_says_so() -> None:
    play = HallInPlay()
    play.change(targets=Targets(wait_s=1800))
    health = Health([], lambda: play.now.at)
    play.open("1")
    for _ in range(12):
        play.take()
    for _ in range(11):
        play.wait(minutes=4)
        play.next("1")
    play.tick()
    look(play.hall, health)
    assert "one in ten waits more than 30 min" in health.alerts["wait-land"].text.en
