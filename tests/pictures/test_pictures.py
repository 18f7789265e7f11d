"""Every surface can be looked at on one page, and joins it by being there."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from tests.pictures import __main__ as command
from tests.pictures import frame


@pytest.mark.parametrize("name", frame.found())
def test_every_surface_has_a_title_and_draws(name: str) -> None:
    module = frame.surface(name)
    assert module.TITLE
    assert callable(module.draw)


def test_the_page_shows_every_picture_large_and_as_from_afar(tmp_path: Path) -> None:
    shots = [picture for _, picture in frame.drawn(["tickets", "panels"], tmp_path)]
    page = (tmp_path / "index.html").read_text("utf-8")
    assert "<h2>Printed ticket</h2>" in page
    pictures = [shot for shot in shots if shot.file.suffix == ".png"]
    assert len(pictures) >= 12
    for shot in pictures:
        with Image.open(shot.file) as image:
            assert image.width in {384, 576}
        assert page.count(f"src='{shot.file.relative_to(tmp_path).as_posix()}'") == 2


def test_the_words_of_a_panel_stand_on_the_page_itself(tmp_path: Path) -> None:
    list(frame.drawn(["panels"], tmp_path))
    page = (tmp_path / "index.html").read_text("utf-8")
    assert "Quầy 5  A012  calling 1" in page
    assert "&lt;02&gt;" in page, "what cannot be printed is told by its number"


def test_a_surface_that_does_not_exist_is_told_with_those_that_do(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        command.main(["televison"])
    assert ended.value.code == 2
    assert "no surface named televison; there are: " in capsys.readouterr().err


def test_the_command_tells_each_picture_and_where_to_look(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command.main(["--out", str(tmp_path), "panels"])
    told = capsys.readouterr().out
    assert "rs485_ascii" in told
    assert told.splitlines()[-1] == f"open file://{tmp_path.resolve()}/index.html"
