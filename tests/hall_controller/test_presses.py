"""From keys to commands: which key is which, and which presses are too old or belong to nobody."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import get_args

import pytest

from hall_controller.domain import commands as c
from hall_controller.domain.refusals import Refusal
from hall_controller.messages import Key, KeyPress, ScorePress, TicketPress, parse_input
from hall_controller.presses import device_command, key_command, press_cause, still_valid_s

NOW = datetime(2022, 3, 1, 1, 0, tzinfo=UTC)


def test_every_key_of_the_contract_is_a_command_of_its_counter() -> None:
    commands = {key: key_command(key, "5") for key in get_args(Key)}
    assert len({type(command) for command in commands.values()}) == len(commands), "no two keys do the same"
    assert {command.counter for command in commands.values()} == {"5"}


def test_keys_carry_what_was_typed_with_them() -> None:
    assert key_command("resume", "5", ticket="A012") == c.Resume("5", "A012")
    assert key_command("transfer", "5", to="notary", reason="wrong queue") == c.Transfer(
        "5", "notary", "wrong queue"
    )
    assert key_command("transfer", "5") == c.Transfer("5", None, "")
    assert key_command("pause", "5", reason="lunch") == c.PauseCounter("5", "lunch")


@pytest.mark.parametrize(
    ("press", "limit_ms"),
    [
        (KeyPress(boot=1, seq=1, key="next"), 10_000),
        (TicketPress(boot=1, seq=1, service="land", purpose="submit"), 10_000),
        (ScorePress(boot=1, seq=1, score=4), 24 * 3_600_000),
    ],
)
def test_a_press_is_good_up_to_its_age_and_not_a_millisecond_longer(
    press: KeyPress | TicketPress | ScorePress, limit_ms: int
) -> None:
    in_time = press.model_copy(update={"age_ms": limit_ms})
    too_late = press.model_copy(update={"age_ms": limit_ms + 1})
    assert still_valid_s(press) == limit_ms / 1000
    assert not isinstance(device_command("pad", "5", in_time, NOW), Refusal)
    refused = device_command("pad", "5", too_late, NOW)
    assert isinstance(refused, Refusal)
    assert refused.code == "press_too_old"


def test_a_rating_counts_from_when_the_key_was_pressed() -> None:
    press = ScorePress(boot=1, seq=1, score=4, age_ms=90_000)
    command = device_command("rating-5", "5", press, NOW)
    assert command == c.Rate("5", 4, NOW - timedelta(seconds=90), "rating-5")


def test_a_pad_without_a_counter_is_refused_but_a_kiosk_needs_none() -> None:
    refused = device_command("pad", None, KeyPress(boot=1, seq=1, key="next"), NOW)
    assert isinstance(refused, Refusal)
    assert refused.code == "unknown_device"
    kiosk = TicketPress(boot=1, seq=1, service="land", purpose="submit", language="en", priority="elderly")
    wanted = c.IssueTicket("land", "submit", "en", "elderly", "kiosk")
    assert device_command("kiosk", None, kiosk, NOW) == wanted


def test_a_press_is_the_same_by_device_boot_and_number_and_by_nothing_else() -> None:
    first = KeyPress(boot=1, seq=11, key="next")
    assert press_cause("pad", first) == press_cause(
        "pad", first.model_copy(update={"age_ms": 5, "key": "miss"})
    )
    others = [KeyPress(boot=11, seq=1, key="next"), KeyPress(boot=1, seq=12, key="next")]
    causes = {press_cause("pad", press) for press in (first, *others)} | {press_cause("pad2", first)}
    assert len(causes) == 4


def test_what_a_press_means_is_read_from_its_one_meaning() -> None:
    assert isinstance(parse_input(b'{"boot":1,"seq":1,"key":"next"}'), KeyPress)
    assert isinstance(parse_input(b'{"boot":1,"seq":1,"score":5}'), ScorePress)
    assert isinstance(parse_input(b'{"boot":1,"seq":1,"service":"land","purpose":"submit"}'), TicketPress)
    with pytest.raises(ValueError, match="tag"):
        parse_input(b'{"boot":1,"seq":1,"key":"next","score":5}')
