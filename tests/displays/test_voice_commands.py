"""Making, checking and trying the clips, as a technician does it before the hall opens."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from displays.__main__ import cli
from displays.speech import samples
from tests.debian import needs_debian
from tests.displays.speech import heard
from tests.displays.speech.test_language import TAY, own_language
from tests.displays.speech.test_samples import recorded, tone

pytestmark = needs_debian("espeak-ng")


def told(*words: str | Path) -> Result:
    return CliRunner().invoke(cli, list(map(str, words)))


def machine(folder: Path, voice: str = "[voice]") -> Path:
    """A display machine with nothing but a voice."""
    path = folder / "display.toml"
    path.write_text(
        f'[hall]\nid = "example"\n[mqtt]\nhost = "127.0.0.1"\n[device]\nid = "voice-1"\n{voice}\n', "utf-8"
    )
    return path


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Clips made by the command."""
    folder = tmp_path_factory.mktemp("made")
    done = told("voice", "make", "--out", folder)
    assert done.exit_code == 0, done.output
    assert f"vi: 49 clips made in {folder}/vi" in done.stdout
    return folder


def test_clips_are_made_once(made: Path) -> None:
    again = told("voice", "make", "--out", made)
    assert again.exit_code == 0
    assert f"vi: 0 clips made in {made}/vi" in again.stdout


def test_a_call_can_be_tried_without_a_hall(made: Path, tmp_path: Path) -> None:
    lasts_s = []
    for languages in ([], ["--language", "vi", "--language", "en"]):
        done = told("say", "A012", "5", "--out", tmp_path / "call.wav", "--made", made, *languages)
        assert (done.exit_code, done.output) == (0, "")
        sound = samples.pcm(samples.read(tmp_path / "call.wav"))
        assert not heard.is_clipped(sound)
        lasts_s.append(heard.lasts_ms(sound) / 1000)
    assert 3 < lasts_s[0] < 6
    assert lasts_s[0] + 2 < lasts_s[1] < 12


def test_a_machine_that_lacks_nothing_is_told_so(made: Path, tmp_path: Path) -> None:
    done = told("voice", "check", machine(tmp_path), "--made", made)
    assert done.exit_code == 0
    assert done.stdout.splitlines() == ["vi: 49 clips, all there", "en: 61 clips, all there"]


def test_what_a_hall_must_still_record_is_listed_for_each_language(made: Path, tmp_path: Path) -> None:
    own = own_language(tmp_path)
    recorded(own / "tay" / "5.wav", tone())
    recorded(own / "tay" / "five.wav", tone())
    settings = machine(tmp_path, f'[voice]\nfolder = "{own}"\nlanguages = ["vi", "tay"]')
    done = told("voice", "check", settings, "--made", made)
    assert done.exit_code == 1
    lines = done.stdout.splitlines()
    assert lines[:2] == ["vi: 49 clips, all there", "tay: 15 clips, 15 to mend"]
    assert '  tay/place-le-tan.wav: is missing; record "bàn đón"' in lines
    assert f"  {own}/tay/five.wav: no clip has this name; the names stand in sentence.toml" in lines
    assert not any("tay/5.wav" in line for line in lines)


def test_a_language_of_the_halls_own_gets_clips_by_a_voice_that_there_is(tmp_path: Path) -> None:
    own = own_language(tmp_path, TAY.replace('espeak = ""', 'espeak = "vi"'))
    settings = machine(tmp_path, f'[voice]\nfolder = "{own}"\nlanguages = ["tay"]')
    done = told("voice", "make", "--settings", settings, "--out", tmp_path / "made")
    assert "tay: 15 clips made" in done.stdout
    assert told("voice", "check", settings, "--made", tmp_path / "made").exit_code == 0
    out = tmp_path / "call.wav"
    done = told("say", "A012", "5", "--settings", settings, "--made", tmp_path / "made", "--out", out)
    assert done.exit_code == 0
    assert heard.lasts_ms(samples.pcm(samples.read(out))) > 2000


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (
            ["say", "A012", "5", "--made", "{tmp}", "--out", "{tmp}/x.wav"],
            "run hall-display voice make, or record",
        ),
        (["say", "A012", "5", "--language", "tay"], "there is no language tay; there is en, vi"),
        (["say", "A012", "5", "--made", "{made}", "--out", "{tmp}/no/x.wav"], "No such file or directory"),
        (["voice", "check", "{tmp}/none.toml"], "give the path of a display.toml"),
        (["voice", "check", "{silent}"], "there is no [voice] in it"),
        (["voice", "make", "--out", "{silent}"], "Not a directory"),
    ],
)
def test_what_is_wrong_is_told_in_one_line(words: list[str], says: str, made: Path, tmp_path: Path) -> None:
    silent = machine(tmp_path, '[[panel]]\nid = "p"\nmodel = "console"\nline = "console:"\ncounter = "5"')
    places = {"{tmp}": str(tmp_path), "{made}": str(made), "{silent}": str(silent)}
    for name, place in places.items():
        words = [word.replace(name, place) for word in words]
    done = told(*words)
    assert done.exit_code == 1
    assert len(done.stderr.splitlines()) == 1
    assert says in done.stderr


@pytest.mark.parametrize("ticket", ["12", "a012", "A12", "AB123"])
def test_a_number_that_no_ticket_has_is_wrong_usage(ticket: str) -> None:
    done = told("say", ticket, "5")
    assert done.exit_code == 2
    assert "as in A012" in done.output
