"""Settings are checked, applied and taken back while the hall gives out numbers, by the real program.

One hall for all of them, because a start takes a second: each test begins with whatever settings hold then.
"""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from typing import Any, Final

import httpx
import pytest

from hall_controller.domain.audit_facts import ConfigurationChanged
from hall_controller.journal_file import connect_to_read, rows
from hall_controller.journal_rows import records
from tests.free_port import free_port
from tests.hall_controller.configuration.console_hall import WHOLE_WEEK, ConsoleHall
from tests.running_hall import ROOT

SECOND_COUNTER: Final = f'{WHOLE_WEEK}\n[[counter]]\nid = "2"\nname = "2"\nqueues = ["land"]\n'
MQTT_PORT: Final = free_port()


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ConsoleHall]:
    running = ConsoleHall(tmp_path_factory.mktemp("hall"), settings=(f"mqtt.port={MQTT_PORT}",))
    running.open()
    yield running
    running.close()


def renamed(name: str) -> str:
    return WHOLE_WEEK.replace("Trung tâm nhỏ", name)


def seen(hall: ConsoleHall) -> dict[str, Any]:
    told: dict[str, Any] = hall.ask("GET", "/api/configuration")
    return told


def told_of_settings(hall: ConsoleHall) -> list[tuple[str, str]]:
    """Version and person of each change that the journal tells of, read while the hall writes."""
    with closing(connect_to_read(hall.data / "journal.sqlite")) as connection:
        read = [record.fact for record in records(rows(connection, 0))]
    return [(fact.version, fact.person) for fact in read if isinstance(fact, ConfigurationChanged)]


def test_a_change_is_applied_within_seconds_and_every_number_given_out_is_kept(hall: ConsoleHall) -> None:
    before = [hall.take() for _ in range(3)]
    assert hall.process is not None
    pid = hall.process.pid
    told = hall.apply(SECOND_COUNTER, "a second counter")
    assert told["version"] == 2
    assert "counter.2.name" in told["checked"]["changed"]
    now = hall.until_running(2)
    assert now["text"] == hall.file.read_text("utf-8") == SECOND_COUNTER
    newest = now["versions"][0]
    assert (newest["number"], newest["person"], newest["reason"]) == (2, "kim", "a second counter")
    whole = hall.ask("GET", "/api/hall")
    assert set(whole["counters"]) == {"1", "2"}
    assert whole["queues"]["land"]["waiting"] == len(before)
    assert hall.take() == "A004"
    assert hall.process.pid == pid, "under systemd nothing has ended"
    assert told_of_settings(hall)[-1] == ("2", "kim")


def test_visitors_who_press_meanwhile_are_served_and_nobody_is_refused(hall: ConsoleHall) -> None:
    numbers: list[str] = []
    over = threading.Event()

    def visitors() -> None:
        while not over.is_set():
            try:
                numbers.append(hall.take())
            except (
                httpx.TransportError
            ):  # a connection that was open when the old program ended: browsers send again
                continue
            time.sleep(0.05)

    version = seen(hall)["version"]
    pressing = threading.Thread(target=visitors)
    pressing.start()
    try:
        hall.apply(renamed("Trung tâm lớn"))
        hall.until_running(version + 1)
    finally:
        over.set()
        pressing.join()
    assert len(set(numbers)) == len(numbers) > 0
    assert hall.ask("GET", "/api/hall")["queues"]["land"]["waiting"] >= len(numbers)


def test_an_older_version_is_used_again_and_nothing_is_forgotten(hall: ConsoleHall) -> None:
    version = seen(hall)["version"]
    first = hall.ask("GET", "/api/configuration/versions/1")
    assert first == WHOLE_WEEK
    hall.apply(first, "back to version 1")
    now = hall.until_running(version + 1)
    assert now["text"] == WHOLE_WEEK
    assert [one["number"] for one in now["versions"]] == list(range(version + 1, 0, -1))
    assert hall.technician.get("/api/configuration/versions/999").status_code == 404


def test_a_configuration_with_which_the_hall_does_not_start_is_taken_back_and_told(hall: ConsoleHall) -> None:
    held, version = seen(hall)["text"], seen(hall)["version"]
    missing = hall.file.parent / "no-such.secret"
    told = hall.apply(f'{WHOLE_WEEK}\n[mqtt]\npassword_file = "{missing}"\n')
    assert told["checked"]["good"], "only a start can find out that the file is not there"
    now = hall.until_running(version + 2)
    assert now["text"] == hall.file.read_text("utf-8") == held
    assert now["versions"][0]["took_back"] == version + 1
    assert "no-such.secret" in now["versions"][0]["reason"]
    assert hall.take()
    log = hall.log.read_text()
    assert f"did not start with version {version + 1}" in log
    assert "Traceback" not in log
    assert [number for number, _ in told_of_settings(hall)][-2:] == [f"{version + 1}", f"{version + 2}"]


def test_a_hall_killed_before_it_has_shown_that_it_runs_starts_with_the_settings_before(
    hall: ConsoleHall,
) -> None:
    held, version = seen(hall)["text"], seen(hall)["version"]
    hall.apply(renamed("Trung tâm mới"))
    hall.until_running(version + 1)
    hall.kill()
    hall.start()
    assert hall.file.read_text("utf-8") == held
    assert "did not come up" in seen(hall)["versions"][0]["reason"]


def test_a_hall_that_is_stopped_in_order_and_started_again_keeps_its_new_settings(hall: ConsoleHall) -> None:
    version = seen(hall)["version"]
    hall.apply(renamed("Trung tâm mới"))
    hall.until_running(version + 1)
    assert hall.stop() == 0
    hall.start()
    assert "Trung tâm mới" in hall.file.read_text("utf-8")
    assert seen(hall)["running"] == version + 1
    hall.kill()
    hall.start()
    assert "Trung tâm mới" not in hall.file.read_text("utf-8"), "it is still on trial"


def test_a_second_start_beside_the_running_hall_takes_nothing_back(hall: ConsoleHall) -> None:
    version = seen(hall)["version"]
    hall.apply(renamed("Trung tâm mới"))
    hall.until_running(version + 1)
    again = subprocess.run(
        [sys.executable, "-m", "hall_controller", *hall.arguments()],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )
    assert again.returncode == 1
    assert "in use by another controller" in again.stderr
    assert len(again.stderr.splitlines()) == 1
    assert "Trung tâm mới" in hall.file.read_text("utf-8")
    assert seen(hall)["running"] == version + 1


def test_a_file_that_was_changed_on_the_machine_becomes_a_version_at_the_next_start(
    hall: ConsoleHall,
) -> None:
    version = seen(hall)["version"]
    hall.stop()
    hall.file.write_text(renamed("Trung tâm khác"), "utf-8")
    hall.start()
    now = seen(hall)
    assert (now["version"], now["versions"][0]["person"]) == (version + 1, "")
    assert "changed on the machine" in now["versions"][0]["reason"]
    assert told_of_settings(hall)[-1] == (f"{version + 1}", "")


def test_two_technicians_do_not_overwrite_each_other(hall: ConsoleHall) -> None:
    wish = {"text": SECOND_COUNTER, "based_on": seen(hall)["version"] - 1}
    answer = hall.technician.post("/api/configuration/apply", json=wish)
    assert (answer.status_code, answer.json()["code"]) == (409, "configuration_outdated")


def test_a_wrong_text_is_not_applied_and_every_mistake_is_told_with_its_line(hall: ConsoleHall) -> None:
    held = seen(hall)
    wrong = WHOLE_WEEK.replace('queues = ["land"]', 'queues = ["lant"]').replace(
        'letter = "A"', 'letter = "O"'
    )
    told = hall.apply(wrong)
    assert told["version"] is None
    mistakes = told["checked"]["mistakes"]
    lines = wrong.split("\n")
    assert {lines[one["line"] - 1] for one in mistakes} == {'queues = ["lant"]', 'letter = "O"'}
    assert any("did you mean 'land'?" in one["text"] for one in mistakes)
    assert seen(hall) == held


def test_a_queue_with_visitors_cannot_be_taken_away(hall: ConsoleHall) -> None:
    hall.take()
    told = hall.apply(WHOLE_WEEK.replace('"land"', '"soil"'))
    assert told["version"] is None
    assert any("Queue land still has visitors" in one["en"] for one in told["checked"]["in_the_way"])


def test_what_the_command_line_overrides_still_holds_and_the_schema_is_served(hall: ConsoleHall) -> None:
    held = seen(hall)["text"]
    checked = hall.ask("POST", "/api/configuration/check", text=held.replace("Small", "Larger"))
    assert checked["good"]
    assert f":{MQTT_PORT}" in checked["summary"]
    assert checked["changed"] == ["hall.name.en"]
    assert checked["difference"][0].startswith("@@")
    assert sum(line.startswith("+") for line in checked["difference"]) == 1
    assert "dispenser" in hall.ask("GET", "/api/configuration/schema")["properties"]
