"""Each change makes the hall that was asked for and no other; what a hall does not have is told in a sentence."""

from __future__ import annotations

from datetime import time

import pytest

from hall_controller.domain.catalogue import Catalogue, WorkStep
from hall_controller.domain.opening import Session
from hall_controller.errors import HallError
from hall_controller.setting_calls import Step
from hall_controller.whatif.change import Change, changed, part, queues_named
from tests.hall_controller.domain.small_hall import HallInPlay, small_hall

LAND = ("land",)
BOTH = ("land", "notary")


def test_a_queue_is_named_by_itself_or_by_its_agency() -> None:
    hall = small_hall()
    assert queues_named(hall, ["notary", "tnmt"]) == ("notary", "land")
    with pytest.raises(HallError, match=r"--queue nobody: .* there are land, notary, guidance"):
        queues_named(hall, ["nobody"])


def test_one_more_counter_calls_from_the_queues_and_nothing_else_changes() -> None:
    hall = small_hall()
    after = changed(hall, Change(BOTH, counters=1))
    assert list(after.counters) == ["1", "2", "3", "4", "them-1"]
    assert after.counters["them-1"].queues == BOTH
    assert {id_: after.counters[id_] for id_ in hall.counters} == hall.counters


def test_of_fewer_counters_the_last_one_goes_and_one_stays() -> None:
    assert list(changed(small_hall(), Change(LAND, counters=-2)).counters) == ["1", "2"]
    with pytest.raises(HallError, match="3 counters call from there, and one must stay"):
        changed(small_hall(), Change(LAND, counters=-3))


def test_other_hours_hold_on_the_days_that_were_open() -> None:
    hall = small_hall()
    after = changed(hall, Change(LAND, opening="07:00-11:30,13:00-18:00"))
    (rule,) = after.services["land"].opening
    assert rule.sessions == (Session(time(7), time(11, 30)), Session(time(13), time(18)))
    assert rule.weekdays == hall.services["land"].opening[0].weekdays
    assert after.services["notary"] == hall.services["notary"]


@pytest.mark.parametrize(
    "typed", ["7:00-11:30", "11:30-07:00", "07:00-12:00,11:00-17:00", "25:00-26:00", "early", "07:00-11:30,"]
)
def test_hours_that_are_none_are_told(typed: str) -> None:
    with pytest.raises(HallError, match=r"--opening .*: write hours as 07:00-11:30,13:30-17:00"):
        changed(small_hall(), Change(LAND, opening=typed))


def test_a_work_profile_is_steps_of_queues() -> None:
    after = changed(small_hall(), Change(LAND, profiles=("2=land>notary+guidance",)))
    assert after.counters["2"].steps == (WorkStep(("land",)), WorkStep(("notary", "guidance")))
    assert after.counters["2"].queues == ("land", "notary", "guidance")


def test_a_step_has_the_conditions_of_the_settings_file_by_their_names_there() -> None:
    typed = "2=land>notary,first_when_oldest_waits_min=20>guidance,only_when_oldest_waits_min=30,only_when_waiting=5"
    assert changed(small_hall(), Change(LAND, profiles=(typed,))).counters["2"].steps == (
        WorkStep(("land",)),
        WorkStep(("notary",), first_after_s=1_200),
        WorkStep(("guidance",), only_after_s=1_800, only_when_waiting=5),
    )
    in_the_file = set(Step.model_fields) - {"queues"}
    assert all(name in typed for name in in_the_file), "every condition that hall.toml knows can be tried"


def test_a_queue_that_waits_over_its_minutes_is_called_first_in_the_replayed_day() -> None:
    hall = changed(small_hall(), Change(BOTH, profiles=("1=land>notary,first_when_oldest_waits_min=20",)))
    play = HallInPlay(hall, clock="08:00")
    play.open("1")
    play.take("notary")
    play.wait(minutes=19)
    play.take("land")
    play.take("land")
    assert play.next("1") == "A001", "nobody has waited 20 minutes yet"
    play.wait(minutes=1)
    assert play.next("1") == "B001"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("1=land,first=20", r"first=20: write a condition as .* from 1; the names are first_when_oldest"),
        ("1=land,only_when_waiting=0", r"only_when_waiting=0: write a condition"),
        ("1=land,only_when_oldest_waits_min=soon", r"=soon: write a condition"),
        ("9=land", r"counters are 1, 2, 3, 4"),
        ("land", r"write COUNTER=QUEUE\+QUEUE>QUEUE"),
        ("1=lan", r"no queue lan; there are land, notary, guidance"),
    ],
)
def test_a_profile_of_what_is_not_there_is_told(typed: str, sentence: str) -> None:
    with pytest.raises(HallError, match=sentence):
        changed(small_hall(), Change(LAND, profiles=(typed,)))


def test_pooled_queues_are_one_line_at_every_counter_of_theirs() -> None:
    after = changed(small_hall(), Change(BOTH, pooled=True))
    assert {id_: c.steps[0].queues for id_, c in after.counters.items()} == dict.fromkeys("1234", BOTH)
    assert after.counters["3"].steps[1:] == (WorkStep(("guidance",)),)
    with pytest.raises(HallError, match="two queues or more"):
        changed(small_hall(), Change(LAND, pooled=True))


def test_what_shares_no_counter_is_left_out_however_far() -> None:
    hall = _chained()
    before, after = part(hall, hall, ("land",))
    assert set(before.queues) == {"land", "notary"}
    assert set(before.counters) == {"1", "2"}
    assert set(before.services) == {"land", "mortgage", "notary"}
    assert before == after


def test_a_change_that_ties_queues_together_brings_both_into_the_question() -> None:
    hall = _chained()
    before, after = part(hall, changed(hall, Change(("land", "guidance"), counters=1)), ("land",))
    assert set(before.queues) == set(after.queues) == {"land", "notary", "guidance"}
    assert "them-1" in after.counters


def _chained() -> Catalogue:
    """Counter 1 ties land to the notary; the guidance desk stands alone."""
    profiles = ("3=guidance", "4=guidance")
    return changed(small_hall(), Change(LAND, profiles=profiles))
