"""Settings are checked, applied and taken back while the hall gives out numbers, by the real program."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from hall_controller.domain.audit_facts import ConfigurationChanged
from hall_controller.journal import Journal
from tests.hall_controller.configuration.console_hall import WHOLE_WEEK, ConsoleHall
from tests.running_hall import free_port

RENAMED = WHOLE_WEEK.replace("Trung tâm nhỏ", "Trung tâm lớn")
SECOND_COUNTER = f'{WHOLE_WEEK}\n[[counter]]\nid = "2"\nname = "2"\nqueues = ["land"]\n'


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[ConsoleHall]:
    running = ConsoleHall(tmp_path)
    running.open()
    yield running
    running.close()


def changes(hall: ConsoleHall) -> list[ConfigurationChanged]:
    """What the journal tells of the settings, after the hall has stopped."""
    hall.stop()
    with Journal.open(hall.data / "journal.sqlite") as journal:
        return [record.fact for record in journal.read() if isinstance(record.fact, ConfigurationChanged)]


def test_a_change_is_applied_within_seconds_and_every_number_given_out_is_kept(hall: ConsoleHall) -> None:
    before = [hall.take() for _ in range(3)]
    assert hall.process is not None
    pid = hall.process.pid
    told = hall.apply(SECOND_COUNTER, "a second counter")
    assert told["version"] == 2
    assert "counter.2.name" in told["checked"]["changed"]
    seen = hall.until_running(2)
    assert seen["text"] == hall.file.read_text("utf-8") == SECOND_COUNTER
    assert seen["versions"][0] | {"at": ""} == {
        "number": 2,
        "at": "",
        "person": "kim",
        "reason": "a second counter",
        "took_back": None,
    }
    whole = hall.ask("GET", "/api/hall")
    assert set(whole["counters"]) == {"1", "2"}
    assert whole["queues"]["land"]["waiting"] == len(before)
    assert hall.take() == "A004"
    assert hall.process.pid == pid, "under systemd nothing has ended"
    (changed,) = changes(hall)
    assert (changed.version, changed.person) == ("2", "kim")


def test_visitors_who_press_meanwhile_are_served_and_nobody_is_refused(hall: ConsoleHall) -> None:
    numbers: list[str] = []
    slowest_s = 0.0
    over = threading.Event()

    def visitors() -> None:
        nonlocal slowest_s
        while not over.is_set():
            began_s = time.monotonic()
            try:
                numbers.append(hall.take())
            except (
                httpx.RemoteProtocolError
            ):  # an idle connection that the old program closed: browsers send again
                continue
            slowest_s = max(slowest_s, time.monotonic() - began_s)

    pressing = threading.Thread(target=visitors)
    pressing.start()
    try:
        hall.apply(RENAMED)
        hall.until_running(2)
    finally:
        over.set()
        pressing.join()
    assert len(set(numbers)) == len(numbers)
    assert slowest_s < 10
    assert hall.ask("GET", "/api/hall")["queues"]["land"]["waiting"] >= len(numbers)


def test_an_older_version_is_used_again_and_nothing_is_forgotten(hall: ConsoleHall) -> None:
    hall.apply(RENAMED, "a better name")
    hall.until_running(2)
    first = hall.ask("GET", "/api/configuration/versions/1")
    assert first == WHOLE_WEEK
    hall.apply(first, "back to version 1")
    seen = hall.until_running(3)
    assert seen["text"] == WHOLE_WEEK
    assert [version["number"] for version in seen["versions"]] == [3, 2, 1]
    assert hall.technician.get("/api/configuration/versions/9").status_code == 404
    assert [fact.version for fact in changes(hall)] == ["2", "3"]


def test_a_configuration_with_which_the_hall_does_not_start_is_taken_back_and_told(hall: ConsoleHall) -> None:
    hall.take()
    missing = hall.file.parent / "no-such.secret"
    broken = f'{WHOLE_WEEK}\n[mqtt]\npassword_file = "{missing}"\n'
    told = hall.apply(broken)
    assert told["checked"]["good"], "only a start can find out that the file is not there"
    seen = hall.until_running(3)
    assert seen["text"] == hall.file.read_text("utf-8") == WHOLE_WEEK
    assert seen["versions"][0]["took_back"] == 2
    assert "no-such.secret" in seen["versions"][0]["reason"]
    assert hall.take() == "A002"
    log = hall.log.read_text()
    assert "did not start with version 2" in log
    assert "Traceback" not in log
    assert [fact.version for fact in changes(hall)] == ["2", "3"]


def test_a_hall_that_is_killed_before_it_has_shown_that_it_runs_starts_with_the_old_settings(
    hall: ConsoleHall,
) -> None:
    hall.apply(RENAMED)
    hall.until_running(2)
    hall.kill()
    hall.start()
    assert hall.file.read_text("utf-8") == WHOLE_WEEK
    assert "did not come up" in hall.ask("GET", "/api/configuration")["versions"][0]["reason"]


def test_two_technicians_do_not_overwrite_each_other(hall: ConsoleHall) -> None:
    hall.apply(RENAMED)
    hall.until_running(2)
    wish = {"text": SECOND_COUNTER, "based_on": 1}
    answer = hall.technician.post("/api/configuration/apply", json=wish)
    assert (answer.status_code, answer.json()["code"]) == (409, "configuration_outdated")


def test_a_wrong_text_is_not_applied_and_every_mistake_is_told_with_its_line(hall: ConsoleHall) -> None:
    wrong = WHOLE_WEEK.replace('queues = ["land"]', 'queues = ["lant"]').replace(
        'letter = "A"', 'letter = "O"'
    )
    told = hall.apply(wrong)
    assert told["version"] is None
    mistakes = told["checked"]["mistakes"]
    lines = wrong.split("\n")
    assert {lines[one["line"] - 1] for one in mistakes} == {'queues = ["lant"]', 'letter = "O"'}
    assert any("did you mean 'land'?" in one["text"] for one in mistakes)
    assert hall.ask("GET", "/api/configuration")["version"] == 1
    assert hall.file.read_text("utf-8") == WHOLE_WEEK


def test_a_queue_with_visitors_cannot_be_taken_away(hall: ConsoleHall) -> None:
    hall.take()
    told = hall.apply(WHOLE_WEEK.replace('"land"', '"soil"'))
    assert told["version"] is None
    assert any("Queue land still has visitors" in one["en"] for one in told["checked"]["in_the_way"])


def test_a_file_that_was_changed_on_the_machine_becomes_a_version_at_the_next_start(
    hall: ConsoleHall,
) -> None:
    hall.stop()
    hall.file.write_text(RENAMED, "utf-8")
    hall.start()
    seen = hall.ask("GET", "/api/configuration")
    assert (seen["version"], seen["versions"][0]["person"]) == (2, "")
    assert "changed on the machine" in seen["versions"][0]["reason"]
    (changed,) = changes(hall)
    assert (changed.version, changed.person) == ("2", "")


def test_an_override_of_the_command_line_still_holds_and_the_schema_is_served(tmp_path: Path) -> None:
    port = free_port()
    hall = ConsoleHall(tmp_path, settings=(f"mqtt.port={port}", "rating.levels=3"))
    hall.open()
    try:
        checked = hall.ask("POST", "/api/configuration/check", text=RENAMED)
        assert checked["good"]
        assert f":{port}" in checked["summary"]
        assert checked["changed"] == ["hall.name.vi"]
        assert checked["difference"][0].startswith("@@")
        assert '+name = { vi = "Trung tâm lớn", en = "Small centre" }' in checked["difference"]
        assert "dispenser" in hall.ask("GET", "/api/configuration/schema")["properties"]
    finally:
        hall.close()
