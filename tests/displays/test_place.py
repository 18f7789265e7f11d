"""A panel that took another one's place by adoption shows that counter, until the hall says otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest

from displays.config import DisplaySettings
from displays.place import Place
from tests.displays.boards import counter, settings
from tests.displays.kept_panels import kept, tell, until_told


def console(name: str, folder: Path, at: str) -> dict[str, object]:
    return {"id": name, "model": "console", "line": f"file://{folder}/{name}.txt", "counter": at}


def place_of(machine: DisplaySettings) -> tuple[Place, list[str]]:
    changes: list[str] = []
    return Place(machine.panels, lambda: changes.append("changed")), changes


def test_the_only_panel_of_a_machine_stands_where_the_hall_says(tmp_path: Path) -> None:
    machine = settings(panel=[console("p5", tmp_path, "5")], screen=[])
    place, changes = place_of(machine)
    assert place.counter(machine.panels[0]) == "5"
    for _ in range(2):
        place(b'{"rev": 7, "counter": "9"}', retained=True)
    assert (place.counter(machine.panels[0]), changes) == ("9", ["changed"])
    place(b"", retained=False)
    assert place.counter(machine.panels[0]) == "5"


@pytest.mark.parametrize("nonsense", [b"\x00", b"[]", b'{"rev": "x"}', b'{"rev": 1, "counter": "Quay 9"}'])
def test_what_cannot_be_read_moves_no_panel(nonsense: bytes, tmp_path: Path) -> None:
    machine = settings(panel=[console("p5", tmp_path, "5")], screen=[])
    place, changes = place_of(machine)
    place(nonsense, retained=True)
    assert (place.counter(machine.panels[0]), changes) == ("5", [])


def test_of_several_panels_none_is_moved(tmp_path: Path) -> None:
    machine = settings(panel=[console("p5", tmp_path, "5"), console("p6", tmp_path, "6")], screen=[])
    place, _ = place_of(machine)
    place(b'{"rev": 7, "counter": "9"}', retained=True)
    assert [place.counter(panel) for panel in machine.panels] == ["5", "6"]


async def test_a_panel_that_is_moved_shows_the_other_counters_call_at_once(tmp_path: Path) -> None:
    async with kept(console("p5", tmp_path, "5")) as feed:
        tell(feed, "5", counter(2, "serving", "A005"))
        tell(feed, "9", counter(3, "serving", "A009"))
        await until_told(feed, '"rev":2')
        feed.place(b'{"rev": 7, "counter": "9"}', retained=True)
        await until_told(feed, '"rev":3')
    lines = (tmp_path / "p5.txt").read_text("utf-8").splitlines()
    assert "A005" in lines[0]
    assert "A009" in lines[-1]
