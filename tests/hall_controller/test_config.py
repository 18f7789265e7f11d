"""What hall.toml and the command line say is what the program gets."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date, time
from ipaddress import ip_address, ip_network
from zoneinfo import ZoneInfo

import pytest

from hall_controller import config
from hall_controller.domain.catalogue import Calls, Dispenser, Precedence, Rating, WorkStep
from hall_controller.domain.opening import Session
from hall_controller.hall_catalogue import catalogue
from hall_controller.settings import Config
from tests.hall_controller.settings_files import EXAMPLE, SMALL, loaded


def test_the_least_hall_gets_sensible_settings() -> None:
    small = loaded(SMALL)
    assert (small.mqtt.host, small.mqtt.port) == ("127.0.0.1", 1883)
    assert (small.http.host, small.http.port) == ("127.0.0.1", 8080)
    assert small.hall.timezone == "Asia/Ho_Chi_Minh"
    assert [purpose.id for purpose in small.purpose] == ["submit", "collect", "guidance"]
    assert (small.dispenser.gap_s, small.dispenser.per_minute, small.dispenser.forecast_limit) == (
        0,
        0,
        False,
    )
    assert small.officers.sign_in == "optional"
    assert small.device == ()


def test_the_least_hall_becomes_a_catalogue() -> None:
    hall = catalogue(loaded(SMALL), b"key")
    land = hall.services["land"]
    assert (hall.hall, hall.name.vi, hall.code_key) == ("small", "Trung tâm nhỏ", b"key")
    assert land.purposes == ("submit", "collect", "guidance")
    assert land.opening[0].weekdays == {0, 1}
    assert land.opening[0].sessions == (Session(time(8), time(12)),)
    assert hall.counters["1"].queues == ("land",)
    assert hall.counters["1"].steps == (WorkStep(("land",)),)
    assert not hall.sign_in_required


def test_every_setting_reaches_the_catalogue() -> None:
    hall = catalogue(
        loaded(
            SMALL,
            "dispenser.gap_s=2.5",
            "dispenser.per_minute=10",
            "dispenser.forecast_limit=true",
            "dispenser.burst_numbers=7",
            "dispenser.burst_s=40",
            "dispenser.guard=true",
            "dispenser.guard_on_burst=true",
            "dispenser.guard_min=2.5",
            "rating.levels=3",
            "rating.window_s=20",
            "rating.change_s=2",
            "rating.dead_s=4",
            "rating.later_days=60",
            "officers.sign_in=required",
            "calls.serving_after_s=12",
            "counter.1.transfer_to=land",
            "service.land.to=2025-02-28",
            "hall.timezone=Asia/Tokyo",
        )
    )
    assert hall.dispenser == Dispenser(
        2.5,
        10,
        forecast_limit=True,
        burst_numbers=7,
        burst_s=40,
        guard=True,
        guard_on_burst=True,
        guard_s=150,
    )
    assert hall.rating == Rating(levels=3, window_s=20, change_s=2, dead_s=4, later_days=60)
    assert hall.sign_in_required
    assert hall.serving_after_s == 12
    assert hall.counters["1"].transfer_to == "land"
    assert hall.services["land"].valid.last_day == date(2025, 2, 28)
    assert hall.timezone == ZoneInfo("Asia/Tokyo")


def test_the_rules_of_calling_reach_the_catalogue() -> None:
    hall = catalogue(
        loaded(
            SMALL,
            "priorities.mode=interleaved",
            "priorities.interleave=3",
            "priorities.ageing_min=30",
            "calls.double_press_ms=400",
            "calls.recall_gap_s=5",
            "calls.calls_before_miss=2",
            "calls.cherry_pick=true",
            "calls.missed_numbers=5",
            "calls.missed_min=10",
            "calls.missed_returns=after",
            "calls.missed_returns_after=2",
            "counter.1.one_button=true",
        )
    )
    assert hall.precedence == Precedence("interleaved", 3, 1800)
    assert hall.calls == Calls(
        0.4, 5, 2, cherry_pick=True, missed_numbers=5, missed_s=600, missed_returns_behind=2
    )
    assert hall.counters["1"].one_button


@pytest.mark.parametrize(("place", "behind"), [("front", 0), ("after", 3), ("back", None)])
def test_a_missed_visitor_waits_again_where_the_hall_says(place: str, behind: int | None) -> None:
    assert catalogue(loaded(SMALL, f"calls.missed_returns={place}")).calls.missed_returns_behind == behind


def test_a_work_profile_names_the_queues_of_its_counter() -> None:
    steps = (
        'profile = [ { queues = ["land"], only_when_waiting = 3, only_when_oldest_waits_min = 1.5 },'
        ' { queues = ["land"], first_when_oldest_waits_min = 20 } ]'
    )
    counter = catalogue(loaded(SMALL.replace('queues = ["land"]', steps))).counters["1"]
    assert counter.queues == ("land",)
    assert counter.steps == (
        WorkStep(("land",), only_after_s=90, only_when_waiting=3),
        WorkStep(("land",), first_after_s=1200),
    )


def test_who_may_use_the_pages_is_asked_of_networks() -> None:
    networks = [ip_network(network) for network in loaded(SMALL).http.allow]
    assert any(ip_address("192.168.1.20") in network for network in networks)
    assert any(ip_address("::1") in network for network in networks)
    assert not any(ip_address("8.8.8.8") in network for network in networks)


def test_names_are_told_in_composed_letters() -> None:
    decomposed = "Đa\u0302\u0301t đai"
    assert loaded(SMALL.replace("Trung tâm nhỏ", decomposed)).hall.name.vi == "Đ\u1ea5t đai"


def test_a_file_saved_on_windows_is_read() -> None:
    assert loaded("\ufeff" + SMALL.replace("\n", "\r\n")).hall.id == "small"


def test_the_summary_counts_what_the_file_sets_up() -> None:
    summary = config.describe(config.load(EXAMPLE))
    for part in (
        "Tuyên Quang",
        "21 agencies",
        "17 queues (ABCDEFGHJKLMNPRSX)",
        "28 counters",
        "65 officers (28 regular, 37 reserve)",
        "28 call pads",
        "1 printer",
        "2 screens",
        "127.0.0.1:1883",
    ):
        assert part in summary
    assert "\n" not in summary


def test_the_schema_names_every_setting_and_explains_the_leaves() -> None:
    schema = Config.model_json_schema()
    json.dumps(schema)
    assert set(schema["required"]) == {"hall", "data", "agency", "queue", "opening", "service", "counter"}
    assert "seconds" in schema["$defs"]["Dispenser"]["properties"]["gap_s"]["description"].lower()
    assert "from" in schema["$defs"]["Assignment"]["properties"]
    assert all(definition["description"] for definition in schema["$defs"].values())


@pytest.mark.parametrize("library", ["holidays", "fastapi", "PIL"])
def test_reading_the_settings_loads_no_heavy_library(library: str) -> None:
    code = f"import sys, hall_controller.config, hall_controller.hall_catalogue; assert {library!r} not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=EXAMPLE.parents[1], timeout=30)


def test_visitors_are_invited_where_a_rating_pad_stands() -> None:
    assert catalogue(loaded(SMALL)).rating_pads == frozenset()
    assert catalogue(config.load(EXAMPLE)).rating_pads == {str(number) for number in range(1, 29)}
