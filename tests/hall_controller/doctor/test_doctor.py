"""`hall doctor` and `hall device` as a technician types them: on a bare machine, and beside a running hall."""

from __future__ import annotations

import json
import re
import socket
import time
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from hall_controller.__main__ import cli
from hall_controller.doctor.broker import Broker
from hall_controller.doctor.device_checks import looked_at, told_by_controller
from hall_controller.doctor.finding import as_text, finding
from hall_controller.doctor.network_checks import broker_findings, list_findings, web_findings
from hall_controller.doctor.ports import look_at_line, port_is_free
from hall_controller.equipment import sentences
from hall_controller.settings import Device
from hall_controller.staff.register import NAME, Entry, Register
from tests.broker import RunningBroker
from tests.debian import needs_debian
from tests.free_port import free_port
from tests.hall_controller.settings_files import EXAMPLE, SMALL, loaded
from tests.running_hall import RunningHall


def hall(*words: str | Path) -> Result:
    """The command line in this process."""
    return CliRunner().invoke(cli, [str(word) for word in words])


def test_on_a_machine_with_nothing_attached_every_missing_device_is_one_sentence(tmp_path: Path) -> None:
    settings = ["--set", f"mqtt.port={free_port()}", "--set", f"http.port={free_port()}"]
    done = hall("doctor", EXAMPLE, "--data", tmp_path, "--root", tmp_path, "--format", "json", *settings)
    assert done.exit_code == 1
    findings = json.loads(done.stdout)["findings"]
    missing = [one["place"] for one in findings if one["area"] == "device"]
    config = loaded(EXAMPLE.read_text("utf-8"))
    assert sorted(missing) == sorted(device.id for device in config.device)
    assert {"broker", "web", "services", "clock", "backup"} <= {one["area"] for one in findings}
    for one in findings:
        for text in (one["what"], one["todo"]):
            assert text["vi"] == unicodedata.normalize("NFC", text["vi"])
            assert text["vi"]
            assert text["en"]
            assert "\n" not in text["en"]


def test_findings_are_told_vietnamese_first_and_end_with_1(tmp_path: Path) -> None:
    done = hall(
        "doctor", EXAMPLE, "--data", tmp_path, "--root", tmp_path, "--set", f"mqtt.port={free_port()}"
    )
    assert done.exit_code == 1
    lines = done.stdout.splitlines()
    place = next(at for at, line in enumerate(lines) if line.startswith("[device] printer-1:"))
    assert "/dev/usb/lp0" in lines[place]
    assert "/dev/usb/lp0 is not on this machine." in lines[place + 1]
    assert re.fullmatch(r"\d+ điều cần xem. / \d+ findings.", lines[-1])
    assert as_text([]) == "Mọi thứ đều tốt. / All is well."


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[RunningBroker]:
    with RunningBroker(tmp_path) as running:
        yield running


@needs_debian("mosquitto", "mosquitto-clients")
def test_beside_a_running_hall_the_doctor_tells_what_the_hall_knows(
    broker: RunningBroker, tmp_path: Path
) -> None:
    running = RunningHall(tmp_path / "data", mqtt_port=broker.port)
    asked: list[str | Path] = [
        "--data",
        running.data,
        "--set",
        f"http.port={running.http_port}",
        "--set",
        f"mqtt.port={broker.port}",
    ]
    running.start()
    try:
        with Register(running.data / NAME) as register:
            register.put(Entry("kim", "technician", "no secret fits this"))
        until_s = time.monotonic() + 10
        while "lost     printer-1" not in hall("device", "list", EXAMPLE, *asked).stdout:
            assert time.monotonic() < until_s, "the printer was never asked"
        done = hall("doctor", EXAMPLE, "--root", tmp_path, "--format", "json", *asked)
        findings = {one["place"]: one for one in json.loads(done.stdout)["findings"]}
        assert "printer-1" in findings
        assert "pad-1" not in findings, "half a minute has not passed: nobody is called lost yet"
        assert not {one["area"] for one in findings.values()} & {"web"}
        assert "lets anybody in" in findings[f"127.0.0.1:{broker.port}"]["what"]["en"]
        listed = hall("device", "list", EXAMPLE, *asked)
        assert listed.exit_code == 0, listed.output
        assert re.search(r"init +pad-1 +call-pad +counter 1", listed.stdout)
        refused = hall("device", "identify", EXAMPLE, "kiosk-1", *asked)
        assert (refused.exit_code, refused.stderr.count("\n")) == (1, 1)
        assert "does not answer" in refused.stderr
        unknown = hall("device", "test", EXAMPLE, "pad-999", *asked)
        assert "belongs to no counter" in unknown.stderr
        with Register(running.data / NAME) as register, register.reading() as file:
            assert file.execute("SELECT count(*) FROM session").fetchone() == (0,), "nobody stays signed in"
    finally:
        running.stop()


def test_without_a_controller_hall_device_says_so_in_one_line(tmp_path: Path) -> None:
    done = hall("device", "list", EXAMPLE, "--data", tmp_path, "--set", f"http.port={free_port()}")
    assert done.exit_code == 1
    assert len(done.stderr.splitlines()) == 1
    with Register(tmp_path / NAME) as register:
        register.put(Entry("kim", "technician", "no secret fits this"))
    done = hall("device", "list", EXAMPLE, "--data", tmp_path, "--set", f"http.port={free_port()}")
    assert "is hall-controller running?" in done.stderr


PAD = Device(id="pad-1", type="call-pad", model="mqtt", counter="1")


@pytest.mark.parametrize(
    ("state", "why"),
    [
        ("ready", None),
        ("sleeping", None),
        ("lost", sentences.GONE),
        ("disconnected", sentences.SWITCHED_OFF),
        (None, sentences.NEVER_HEARD),
    ],
)
def test_without_a_controller_the_broker_says_how_a_device_is(state: str | None, why: object) -> None:
    seen = Broker(reachable=True, states={"pad-1": state} if state else {})
    assert [one.what for one in looked_at([PAD], {}, seen)] == ([why] if why else [])


def test_a_line_that_may_not_be_used_says_which_groups_are_needed() -> None:
    pad = Device(id="pad-2", type="call-pad", model="ascii_serial", line="serial:///dev/ttyUSB0", counter="2")
    (told,) = looked_at([pad], {pad.line: ("forbidden", "/dev/ttyUSB0")}, Broker())
    assert "dialout" in told.todo.en
    assert list(looked_at([pad], {pad.line: ("there", "/dev/ttyUSB0")}, Broker())) == []


def test_what_the_controller_calls_late_or_faulty_is_a_finding() -> None:
    well = {"id": "pad-1", "state": "ready", "why": None, "todo": None}
    late = {"id": "panel-1", "state": "late", "why": {"vi": "chậm", "en": "slow"}, "todo": None}
    (told,) = told_by_controller([well, late])
    assert (told.place, told.what.en) == ("panel-1", "slow")
    assert told.todo.vi


def test_broker_web_and_lists_are_judged() -> None:
    config = loaded(SMALL)
    (told,) = broker_findings(config, Broker(reachable=True, open_to_strangers=True))
    assert "lets anybody in" in told.what.en
    kept = list(broker_findings(config, Broker(reachable=True, kept_commands=["pad-1"])))[-1]
    assert "mosquitto_pub -r -n -t qms/1/small/device/pad-1/command" in kept.todo.en
    assert list(web_findings(config, running=True, port_free=False)) == []
    (other,) = web_findings(config, running=False, port_free=False)
    assert "Another program" in other.what.en
    (stale,) = list_findings(stale=True, file="catalogue.csv")
    assert stale.place == "catalogue.csv"


def test_lines_are_looked_at_without_a_byte_being_sent(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as printer:
        port = printer.getsockname()[1]
        assert look_at_line(f"tcp://127.0.0.1:{port}") == ("there", f"127.0.0.1:{port}")
        connection, _ = printer.accept()
        assert connection.recv(10) == b""
        connection.close()
        assert not port_is_free("127.0.0.1", port)
    assert look_at_line(f"tcp://127.0.0.1:{free_port()}")[0] == "silent"
    file = tmp_path / "ttyUSB0"
    assert look_at_line(f"serial://{file}?baudrate=9600") == ("absent", str(file))
    file.touch()
    assert look_at_line(f"serial://{file}?baudrate=9600") == ("there", str(file))
    assert look_at_line("usb://ffff:ffff") == ("absent", "usb ffff:ffff")
    assert look_at_line("gpio://17")[0] in {"absent", "there"}
    assert look_at_line("console:")[0] == "there"
    assert finding("port", "x", ("vi", "en"), ("làm", "do")).todo.vi == "làm"
