"""What an ESP32 pad, rating pad or counter display does, moment by moment: its own logic in virtual time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from hall_controller.messages import Ack, DeviceInfo, DeviceReply, DeviceState, DeviceStatus, parse_input
from tests.firmware_config.desk_device import DeskDevice, Light, Turn

NOON = int(datetime(2026, 11, 23, 5, tzinfo=UTC).timestamp())
HOUR_MS = 3_600_000


@pytest.fixture
def pad(desk_program: Path) -> Iterator[DeskDevice]:
    """A desk unit that has been connected for a while, the controller alive."""
    with DeskDevice(desk_program, boot=7) as device:
        device.connected(0)
        controller(device, "ready", 0)
        yield device


def controller(pad: DeskDevice, state: str, ms: int) -> Turn:
    said = {"state": state, "epoch": 1, "time": "2026-11-23T05:00:00Z", "time_trusted": True, "version": "1"}
    return pad.hears(pad.topics.controller_state, said, ms)


def board(pad: DeskDevice, rev: int, state: str, ms: int, ticket: str | None = None, **more: Any) -> Turn:  # noqa: ANN401 - fields of a board
    text = {"vi": "…", "en": "…"}
    said = {"epoch": 1, "rev": rev, "state": state, "ticket": ticket, "call": 1, "text": text} | more
    return pad.hears(pad.topics.display("1"), said, ms)


def ack(pad: DeskDevice, seq: int, ms: int, result: str = "ok", **more: Any) -> Turn:  # noqa: ANN401 - fields of an ack
    return pad.hears_own(
        "ack", {"boot": 7, "seq": seq, "result": result, "ticket": None, "reason": None} | more, ms
    )


def order(
    pad: DeskDevice,
    id_: str,
    command: str,
    ms: int,
    expires: str = "2026-11-23T05:00:10Z",
    unix_s: int = NOON,
) -> Turn:
    return pad.hears_own("command", {"id": id_, "command": command, "expires": expires}, ms, unix_s=unix_s)


def test_it_listens_to_its_own_topics_and_its_counter_and_nothing_else(desk_program: Path) -> None:
    with DeskDevice(desk_program) as device:
        own = [device.topics.device("pad-1", leaf) for leaf in ("ack", "command", "config")]
        assert device.started.subscribed == [*own, device.topics.controller_state, device.topics.display("1")]


def test_it_says_who_it_is_whenever_it_comes(desk_program: Path) -> None:
    with DeskDevice(desk_program, boot=7) as device:
        said = device.connected(10)
        assert [(topic.rsplit("/", 1)[1], retain) for topic, _, retain in said.published] == [
            ("state", True),
            ("info", True),
        ]
        assert DeviceState.model_validate(said.on("state")[0]) == DeviceState(state="ready", boot=7)
        info = DeviceInfo.model_validate(said.on("info")[0])
        assert (info.type, info.capabilities["levels"]) == ("call-pad", 5)


def test_a_spare_says_the_code_of_its_label_and_shows_it_until_it_has_a_counter(desk_program: Path) -> None:
    with DeskDevice(desk_program, boot=7, device="spare-1", code="730512") as spare:
        assert not any("/counter/" in topic for topic in spare.started.subscribed)
        info = DeviceInfo.model_validate(spare.connected(0).on("info")[0])
        assert info.capabilities["code"] == "730512"
        controller(spare, "ready", 0)
        assert {spare.tick(ms).text for ms in range(100, 3_000, 100)} == {"730-", "-512"}
        placed = spare.hears_own("config", {"rev": 1, "counter": "3"}, 4_000)
        assert (placed.unsubscribed, placed.subscribed) == ([], [spare.topics.display("3")])
        assert placed.text == "----"
        assert order(spare, "c-1", "identify", 6_250).text in {"730-", "-512"}
    with DeskDevice(desk_program, width=8, code="730512") as wide:
        assert wide.tick(0).text == "730512"


def test_a_device_of_the_hall_has_no_code_to_say(pad: DeskDevice) -> None:
    assert "code" not in pad.connected(10).on("info")[0]["capabilities"]


def test_a_press_goes_out_at_once_and_again_every_second_until_it_is_answered(pad: DeskDevice) -> None:
    (first,) = pad.press("next", 5_000).on("input")
    assert first == {"boot": 7, "seq": 1, "age_ms": 0, "key": "next"}
    parse_input(str(first).replace("'", '"').encode())
    assert pad.tick(5_900).on("input") == []
    assert [press["age_ms"] for press in pad.tick(6_000).on("input")] == [1_000]
    assert ack(pad, 1, 6_100).light is Light.DONE
    assert pad.tick(9_000).on("input") == []
    assert pad.tick(9_000).light is Light.READY


def test_a_press_is_given_up_after_ten_seconds_and_the_officer_sees_it(pad: DeskDevice) -> None:
    pad.press("next", 5_000)
    sent = [press["age_ms"] for ms in range(5_100, 20_000, 100) for press in pad.tick(ms).on("input")]
    assert sent == [1_000 * second for second in range(1, 11)]
    assert pad.press("recall", 15_001).on("input")[0]["seq"] == 2
    assert pad.tick(15_002).pending == 1


def test_a_press_while_the_line_is_cut_waits_but_never_fires_late(pad: DeskDevice) -> None:
    pad.cut(5_000)
    assert pad.press("next", 5_100).published == []
    pad.press("recall", 13_000)
    back = pad.connected(15_200)
    assert back.on("input") == [{"boot": 7, "seq": 2, "age_ms": 2_200, "key": "recall"}]
    assert back.light is Light.REFUSED


def test_a_rating_is_kept_for_a_day_and_asked_again_less_and_less_often(pad: DeskDevice) -> None:
    pad.rate(4, 0)
    times = [ms for ms in range(0, HOUR_MS, 500) if pad.tick(ms).on("input")]
    assert times[:6] == [1_000, 3_000, 7_000, 15_000, 31_000, 63_000]
    assert times[7] - times[6] == 60_000
    pad.cut(HOUR_MS)
    (late,) = pad.connected(24 * HOUR_MS).on("input")
    assert late == {"boot": 7, "seq": 1, "age_ms": 24 * HOUR_MS, "score": 4}
    assert pad.tick(24 * HOUR_MS + 1).pending == 0


def test_a_refusal_a_duplicate_and_somebody_elses_ack_are_told_apart(pad: DeskDevice) -> None:
    reason = {"code": "nobody_waiting", "text": {"vi": "…", "en": "…"}}
    pad.press("next", 5_000)
    assert pad.hears_own("ack", {"boot": 6, "seq": 1, "result": "ok"}, 5_100).pending == 1
    assert ack(pad, 2, 5_100).pending == 1
    assert ack(pad, 1, 5_200, "rejected", reason=reason).light is Light.REFUSED
    pad.press("next", 9_000)
    assert ack(pad, 2, 9_100, "duplicate").light is Light.DONE
    pad.press("next", 12_000)
    assert ack(pad, 3, 12_100, "duplicate", reason=reason).light is Light.REFUSED
    Ack.model_validate({"boot": 7, "seq": 3, "result": "duplicate", "reason": reason})


def test_only_scores_of_its_own_keys_are_sent(desk_program: Path) -> None:
    with DeskDevice(desk_program, kind="rating-pad", levels=3) as device:
        device.connected(0)
        assert [device.rate(score, 10).on("input") != [] for score in (0, 1, 3, 4)] == [
            False,
            True,
            True,
            False,
        ]


def test_a_board_never_goes_back(pad: DeskDevice) -> None:
    assert board(pad, 5, "serving", 3_000, "A012").text == "A012"
    assert board(pad, 4, "serving", 3_100, "A011").text == "A012"
    assert board(pad, 5, "serving", 3_200, "A013").text == "A012"
    assert board(pad, 1, "serving", 3_300, "A001", epoch=2).text == "A001"
    shown = pad.tick(4_000).on("status") or pad.tick(4_500).on("status")
    assert DeviceStatus.model_validate(shown[-1]).model_dump()["shown"] == {"epoch": 2, "rev": 1}


def test_what_it_shows_is_told_at_most_twice_a_second(pad: DeskDevice) -> None:
    told = [board(pad, 10 + n, "serving", 5_000 + 20 * n, f"A{n:03}").on("status") for n in range(100)]
    assert sum(map(len, told)) <= 5


def test_a_new_call_flashes_briefly_and_slowly(pad: DeskDevice) -> None:
    board(pad, 1, "open", 3_000)
    looks = [board(pad, 2, "calling", 5_000, "A012").text]
    looks += [pad.tick(5_000 + ms).text for ms in range(50, 8_000, 50)]
    changes = sum(before != after for before, after in pairwise(looks))
    assert set(looks) == {"A012", ""}
    assert changes <= 2 * 3 * 5  # at most 3 Hz, for 5 s
    assert looks[-40:] == ["A012"] * 40


def test_after_a_start_an_old_call_does_not_flash(pad: DeskDevice) -> None:
    board(pad, 2, "calling", 5_000, "A012")
    assert {pad.tick(5_000 + ms).text for ms in range(0, 1_000, 50)} == {"A012"}


@pytest.mark.parametrize(
    ("width", "looks"),
    [(4, ["----", "NGHI", "DONG", "----"]), (8, ["--------", "TAM DUNG", "DA DONG", "A0123"])],
)
def test_a_display_says_what_fits_and_never_a_wrong_number(
    desk_program: Path, width: int, looks: list[str]
) -> None:
    with DeskDevice(desk_program, width=width) as device:
        device.connected(0)
        states = [("open", None), ("paused", None), ("closed", None), ("serving", "A0123")]
        shown = [board(device, rev, state, 0, ticket).text for rev, (state, ticket) in enumerate(states, 1)]
    assert shown == looks


def test_what_is_stale_says_so_after_two_seconds(pad: DeskDevice) -> None:
    board(pad, 1, "serving", 3_000, "A012")
    pad.cut(5_000)
    assert not pad.tick(6_900).stale
    gone = pad.tick(7_000)
    assert (gone.stale, gone.light, gone.text) == (True, Light.STALE, "A012")
    assert not pad.connected(8_000).stale
    controller(pad, "lost", 10_000)
    assert not pad.tick(11_900).stale
    assert pad.tick(12_000).stale
    assert not controller(pad, "ready", 13_000).stale


def test_it_is_stale_until_it_has_heard_the_controller(desk_program: Path) -> None:
    with DeskDevice(desk_program) as device:
        device.connected(1_000)
        assert device.tick(3_000).light is Light.STALE


def test_a_visit_that_ends_invites_to_rate_until_somebody_does(pad: DeskDevice) -> None:
    board(pad, 1, "serving", 3_000, "A012")
    assert board(pad, 2, "open", 4_000).inviting
    assert pad.tick(33_900).inviting
    assert not pad.tick(34_000).inviting
    board(pad, 3, "serving", 40_000, "A013")
    assert board(pad, 4, "calling", 41_000, "A014").inviting  # the officer went straight on
    pad.rate(5, 42_000)
    assert not ack(pad, 1, 42_100).inviting


def test_a_missed_call_invites_nobody(pad: DeskDevice) -> None:
    board(pad, 1, "calling", 3_000, "A012")
    assert not board(pad, 2, "open", 4_000).inviting


def test_a_command_is_obeyed_once_and_answered(pad: DeskDevice) -> None:
    obeyed = order(pad, "c-1", "identify", 5_000)
    assert DeviceReply.model_validate(obeyed.on("reply")[0]).result == "ok"
    assert (obeyed.light, obeyed.text) == (Light.SHOWING, "AD-1")
    assert order(pad, "c-1", "identify", 5_500).on("reply")[0]["result"] == "duplicate"
    assert pad.tick(10_000).light is Light.READY
    assert order(pad, "c-2", "test", 11_000).text == "8888"


def test_a_late_command_is_answered_but_not_obeyed(pad: DeskDevice) -> None:
    late = order(pad, "c-1", "reboot", 5_000, unix_s=NOON + 11)
    assert late.on("reply")[0]["result"] == "expired"
    assert not pad.tick(9_000).rebooted
    unknown = order(pad, "c-2", "identify", 5_000, unix_s=0)
    assert unknown.on("reply")[0]["result"] == "error"
    assert unknown.light is Light.READY


def test_a_restart_is_answered_first(pad: DeskDevice) -> None:
    asked = order(pad, "c-1", "reboot", 5_000)
    assert (asked.on("reply")[0]["result"], asked.rebooted) == ("ok", False)
    assert pad.tick(5_500).rebooted
    assert not pad.tick(5_600).rebooted


def test_what_the_broker_had_kept_is_never_obeyed(pad: DeskDevice) -> None:
    """ESPHome does not tell kept messages from fresh ones; they come at once after connecting."""
    pad.cut(5_000)
    pad.connected(6_000)
    kept = order(pad, "c-1", "reboot", 6_050)
    assert (kept.published, kept.light) == ([], Light.READY)
    assert not pad.tick(9_000).rebooted


def test_the_hall_can_give_it_another_counter(pad: DeskDevice) -> None:
    board(pad, 9, "serving", 3_000, "A012")
    moved = pad.hears_own("config", {"rev": 2, "counter": "3"}, 4_000)
    assert (moved.unsubscribed, moved.subscribed) == ([pad.topics.display("1")], [pad.topics.display("3")])
    assert moved.text == "----"
    assert board(pad, 10, "serving", 4_100, "A013").text == "----"
    fresh = {"epoch": 1, "rev": 4, "state": "serving", "ticket": "B002"}
    assert pad.hears(pad.topics.display("3"), fresh, 4_200).text == "B002"
    assert pad.hears_own("config", {"rev": 1, "counter": "5"}, 5_000).subscribed == []


@pytest.mark.parametrize(
    ("leaf", "payload"),
    [
        ("ack", {"boot": 7, "seq": 1, "result": "perhaps"}),
        ("ack", {"boot": -7, "seq": 1, "result": "ok"}),
        ("ack", {"seq": 1, "result": "ok"}),
        ("command", {"id": "c", "command": "explode", "expires": "2026-11-23T05:00:10Z"}),
        ("command", {"id": "c", "command": "identify", "expires": "soon"}),
        ("config", {"rev": 9, "counter": "NOT AN ID"}),
        ("config", {"counter": "3"}),
        ("ack", b'{"boot":7,"seq":1,"result":"ok"'),
        ("ack", b'{"boot":7,"seq":1,"result":"ok"}}'),
        ("ack", b"[" * 5_000),
        ("ack", b"\xff\xfe\x00"),
        ("ack", b'{"a":"' + b"x" * 20_000 + b'"}'),
    ],
)
def test_a_malformed_message_is_dropped_and_counted(pad: DeskDevice, leaf: str, payload: Any) -> None:  # noqa: ANN401 - JSON or bytes
    pad.press("next", 5_000)
    after = pad.hears_own(leaf, payload, 5_100, unix_s=NOON)
    assert (after.dropped, after.pending, after.published, after.subscribed) == (1, 1, [], [])


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "asleep"},
        {"ticket": "a12"},
        {"ticket": "A1234567"},
        {"ticket": 12},
        {"epoch": "1"},
        {"rev": 1.5},
        {"call": -1},
    ],
)
def test_a_board_with_an_illegal_value_is_dropped_whole(pad: DeskDevice, wrong: dict[str, Any]) -> None:
    board(pad, 1, "serving", 3_000, "A012")
    said = {"epoch": 1, "rev": 2, "state": "serving", "ticket": "A013", "call": 1} | wrong
    after = pad.hears(pad.topics.display("1"), said, 4_000)
    assert (after.dropped, after.text) == (1, "A012")


def test_unknown_fields_are_ignored(pad: DeskDevice) -> None:
    assert board(pad, 2, "serving", 3_000, "A013", later={"deep": [1, {"x": None}]}).text == "A013"


def test_too_many_presses_are_refused_at_the_pad(pad: DeskDevice) -> None:
    pad.cut(5_000)
    assert [pad.press("next", 6_000 + n).pending for n in range(40)][-1] == 32
    assert pad.tick(6_050).light is Light.REFUSED


def test_the_clock_may_wrap_after_49_days(desk_program: Path) -> None:
    with DeskDevice(desk_program) as device:
        edge = 2**32 - 500
        device.connected(edge)
        assert device.press("next", edge).on("input")[0]["age_ms"] == 0
        assert [p["age_ms"] for p in device.tick(edge + 1_000).on("input")] == [1_000]
        assert device.tick(edge + 10_001).pending == 0


def rhythm(pad: DeskDevice, start_ms: int, length_ms: int) -> list[bool]:
    """Whether the officer's light is lit, every 50 ms."""
    return [pad.tick(start_ms + ms).lit for ms in range(0, length_ms, 50)]


def test_every_trouble_blinks_in_its_own_way_and_nothing_faster_than_three_times_a_second(
    pad: DeskDevice,
) -> None:
    seen = {"ready": rhythm(pad, 4_000, 2_000)}
    pad.press("next", 6_000)
    seen["sending"] = rhythm(pad, 6_000, 2_000)
    ack(pad, 1, 8_000, "rejected", reason={"code": "nobody_waiting", "text": {"vi": "…", "en": "…"}})
    seen["refused"] = rhythm(pad, 8_000, 2_000)
    order(pad, "c-1", "identify", 12_000)
    seen["identify"] = rhythm(pad, 12_000, 2_000)
    pad.cut(20_000)
    seen["stale"] = rhythm(pad, 24_000, 2_000)
    assert len({tuple(lit) for lit in seen.values()}) == len(seen)
    assert all(seen["ready"])
    for name, lit in seen.items():
        flashes = sum(after and not before for before, after in pairwise(lit))
        assert flashes <= 2 * 3, name


def test_the_rating_keys_breathe_while_they_invite(pad: DeskDevice) -> None:
    assert pad.tick(3_000).invitation_percent == 0
    board(pad, 1, "serving", 3_000, "A012")
    board(pad, 2, "open", 4_000)
    breath = [pad.tick(4_000 + ms).invitation_percent for ms in range(0, 2_000, 50)]
    assert (min(breath), max(breath)) == (0, 100)
    assert max(abs(after - before) for before, after in pairwise(breath)) <= 6  # it swells and does not flash
