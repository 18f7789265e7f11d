"""`hall demo` as people start it: one visit and all that it leaves, the hall with people in it, and every kind of end.

Belongs here: the program from outside. Never here: a part of it, which has its own tests in demonstration/.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pytest
from PIL import Image, ImageOps

from hall_controller.devices.printers import escpos_picture
from hall_controller.domain import facts as f
from hall_controller.journal import Journal
from hall_controller.journal_check import verify
from tests.debian import needs_debian, program
from tests.hall_controller.demonstration.running_demo import Ended, hall_demo, running_demo
from tests.hall_controller.devices.reading import qr_of, text_of

ARTEFACTS = {"ticket.escpos", "ticket.png", "screen.png", "panel.txt", "journal.sqlite", "trace.json"}
A_CALL = "  →  Quầy "
pytestmark = pytest.mark.timeout(120)


class Visit(NamedTuple):
    """One run of `hall demo --once`."""

    out: Path
    ended: Ended

    @property
    def number(self) -> str:
        """As the terminal told it."""
        found = re.search(r"Số ([A-Z][0-9]{3})", self.ended.said)
        assert found, self.ended
        return found[1]

    def facts(self) -> list[f.Fact]:
        """Of a copy of the journal alone, so that nothing is left beside the one in the folder."""
        with TemporaryDirectory() as folder:
            copy = Path(shutil.copy(self.out / "journal.sqlite", folder))
            with Journal.open(copy) as journal:
                return [record.fact for record in journal.read()]


@pytest.fixture(scope="module")
def visit(tmp_path_factory: pytest.TempPathFactory) -> Visit:
    """With whichever broker the machine has; an earlier visit's files lie about."""
    folder = tmp_path_factory.mktemp("demo")
    out = folder / "a new folder" / "out"
    out.mkdir(parents=True)
    (out / "panel.txt").write_text("an old visit\n", "utf-8")
    (folder / "tmp").mkdir()
    return Visit(out, hall_demo(folder / "tmp", "--once", str(out)))


def test_one_visit_ends_well_and_leaves_every_artefact(visit: Visit) -> None:
    assert (visit.ended.code, visit.ended.complained) == (0, "")
    assert {file.name for file in visit.out.iterdir()} == ARTEFACTS
    assert not list((visit.out.parents[1] / "tmp").iterdir())


def test_the_ticket_is_made_from_the_bytes_that_were_printed(visit: Visit) -> None:
    (paper,) = escpos_picture.pictures((visit.out / "ticket.escpos").read_bytes(), 80)
    with Image.open(visit.out / "ticket.png") as picture:
        assert picture.convert("1").tobytes() == paper.tobytes()


@needs_debian("tesseract-ocr", "tesseract-ocr-vie", "zbar-tools")
def test_a_stranger_reads_number_and_code_on_the_ticket(visit: Visit, tmp_path: Path) -> None:
    with Image.open(visit.out / "ticket.png") as picture:
        assert visit.number in text_of(picture, tmp_path)
        code = qr_of(picture, tmp_path)
    issued = next(fact for fact in visit.facts() if isinstance(fact, f.TicketIssued) and fact.paper)
    assert re.fullmatch(rf"http://127\.0\.0\.1:\d+/t/{issued.code}", code)


@needs_debian("tesseract-ocr", "tesseract-ocr-vie")
def test_the_screen_shows_the_number_large_at_full_size(visit: Visit, tmp_path: Path) -> None:
    with Image.open(visit.out / "screen.png") as picture:
        assert picture.size == (1920, 1080)
        assert visit.number in read_large(picture, tmp_path)


def read_large(screen: Image.Image, folder: Path) -> str:
    """The number in the large field of a hall screen, made dark on light, in the letters that numbers have."""
    field = screen.convert("L").crop((90, 172, 1000, 466)).resize((304, 98), Image.Resampling.LANCZOS)
    file = folder / "field.png"
    ImageOps.expand(field.point(lambda light: 255 - light), 20, 240).save(file)
    letters = "tessedit_char_whitelist=ABCDEFGHJKLMNPRSTUVXY0123456789"
    command = [program("tesseract", package="tesseract-ocr"), str(file), "-", "--psm", "7", "-c", letters]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_the_panel_showed_the_call_and_its_end(visit: Visit) -> None:
    lines = (visit.out / "panel.txt").read_text("utf-8").splitlines()
    states = [tuple(line.split("  ")[2:]) for line in lines]
    call = states.index((visit.number, "calling 1"))
    assert states[call - 1] == states[call + 1] == ("----", "open")


def test_the_journal_is_whole_and_tells_the_visit_in_order(visit: Visit) -> None:
    assert verify(visit.out / "journal.sqlite").good
    happened = [fact.type for fact in visit.facts() if getattr(fact, "ticket", None) == visit.number]
    assert [type_ for type_ in happened if type_.startswith("ticket.")] == [
        "ticket.issued",
        "ticket.printed",
        "ticket.called",
        "ticket.completed",
        "ticket.rated",
    ]


def test_the_trace_tells_each_step_since_the_press_in_order(visit: Visit) -> None:
    steps = json.loads((visit.out / "trace.json").read_text("utf-8"))
    times_ms = [step["ms"] for step in steps]
    assert times_ms == sorted(times_ms)
    assert (steps[0], steps[-1]["name"]) == ({"name": "press sent", "ms": 0.0}, "rated")
    names = {step["name"] for step in steps}
    assert names >= {"display received", "acknowledged", "panel shown", "screen drawn", "completed"}
    assert max(times_ms) < 10_000


def test_the_embedded_broker_carries_the_same_visit(tmp_path: Path) -> None:
    visit = Visit(
        tmp_path / "out", hall_demo(tmp_path, "--once", str(tmp_path / "out"), "--broker", "embedded")
    )
    assert (visit.ended.code, visit.ended.complained) == (0, "")
    assert {file.name for file in visit.out.iterdir()} >= ARTEFACTS
    assert visit.number in (visit.out / "panel.txt").read_text("utf-8")
    assert f.TicketRated in {type(fact) for fact in visit.facts()}


@pytest.mark.alone
def test_a_hall_full_of_people_shows_its_calls_and_ends_with_ctrl_c(tmp_path: Path) -> None:
    with running_demo(tmp_path, "--speed", "50") as demo:
        demo.until_it_says("/kiosk")
        demo.until_it_says(A_CALL, times=12)
        parts = demo.parts()
        ended, took_s = demo.end()
        assert (ended.code, ended.complained) == (0, "")
        assert took_s < 3
        assert "Nhật ký nguyên vẹn" in ended.said
        assert {"run", "displays"} <= set(" ".join(parts.values()).split())
        assert demo.parts() == {}
    assert not list(tmp_path.iterdir())


def test_a_part_that_dies_ends_the_demo_in_one_clear_line(tmp_path: Path) -> None:
    with running_demo(tmp_path) as demo:
        demo.until_it_says("/kiosk")
        controller = next(id_ for id_, command in demo.parts().items() if "hall_controller run" in command)
        os.kill(controller, signal.SIGKILL)
        ended = demo.ended()
        assert ended.code == 1
        assert len(ended.complained.splitlines()) == 1
        assert "its controller ended by itself" in ended.complained
        assert demo.parts() == {}


def test_parts_never_outlive_a_demo_that_was_killed(tmp_path: Path) -> None:
    with running_demo(tmp_path) as demo:
        demo.until_it_says("/kiosk")
        assert len(demo.parts()) >= 3
        demo.end(signal.SIGKILL)
        deadline_s = time.monotonic() + 8
        while demo.parts() and time.monotonic() < deadline_s:
            time.sleep(0.05)
        assert demo.parts() == {}


def test_a_place_for_artefacts_that_is_a_file_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "out").touch()
    ended = hall_demo(tmp_path, "--once", str(tmp_path / "out"))
    assert (ended.code, ended.said) == (1, "")
    assert len(ended.complained.splitlines()) == 1
    assert str(tmp_path / "out") in ended.complained


@pytest.mark.parametrize("words", [("--broker", "rabbit"), ("--speed", "0"), ("--speed", "fast")])
def test_a_wrong_option_is_wrong_usage(words: tuple[str, str], tmp_path: Path) -> None:
    ended = hall_demo(tmp_path, *words)
    assert ended.code == 2
    assert words[0] in ended.complained
