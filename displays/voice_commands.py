"""`hall-display say`, `voice make` and `voice check`: clips made, checked and tried without a hall.

Belongs here: options, their help, what is printed. Never here: any work.
"""

from __future__ import annotations

import asyncio
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Final

import typer

from displays.config import load
from displays.one_line import told_in_one_line
from displays.speech import clips, espeak, samples
from displays.speech.language import known, read_language
from displays.speech.loudness_by_hour import amplitude
from displays.speech.settings import VoiceSettings
from displays.speech.sound_card import SoundCard
from displays.speech.voice import speaker_of
from hall_controller.errors import ConfigError, HallError
from hall_controller.messages import TICKET_PATTERN, Announcement

Overrides = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="KEY=VALUE", help="Override a setting, as in voice.volume=60."),
]
File = Annotated[Path, typer.Argument(metavar="DISPLAY.toml", show_default=False)]
Settings = Annotated[
    Path | None,
    typer.Option(metavar="DISPLAY.toml", help="Whose voice settings count: folder, numbers, volume."),
]
Made = Annotated[Path, typer.Option("--made", metavar="DIR", help="Where clips were put by voice make.")]

voice: Final = typer.Typer(help="Makes and checks the clips of which calls are spoken.", no_args_is_help=True)


@voice.command(epilog="Example: hall-display voice make --settings /etc/hall/display.toml")
def make(
    out: Annotated[Path, typer.Option(metavar="DIR", help="Where the clips are put.")] = clips.MADE_HERE,
    settings: Settings = None,
) -> None:
    """Make with espeak-ng whatever clip is missing or says something else now."""
    with told_in_one_line():
        own = _settings(settings).folder
        for name in _settings(settings).languages if settings else known(own):
            made = espeak.make(read_language(name, own), out / name)
            typer.echo(f"{name}: {made} clips made in {out / name}")


@voice.command(epilog="Example: hall-display voice check /etc/hall/display.toml")
def check(file: File, override: Overrides = None, made: Made = clips.MADE_HERE) -> None:
    """List the clips that are missing, broken or misnamed, for each language of a display machine."""
    with told_in_one_line():
        settings = load(file, override or ()).voice
        if settings is None:
            raise ConfigError([f"{file}: there is no [voice] in it; add one, see display.example.toml"])
        folders = clips.places(settings.folder, made)
        found = clips.chimes(folders).wrong
        for name in settings.languages:
            texts = read_language(name, settings.folder).texts()
            wrong = clips.findings(name, texts, folders)
            typer.echo(f"{name}: {len(texts)} clips, {f'{len(wrong)} to mend' if wrong else 'all there'}")
            found += wrong
    for finding in found:
        typer.echo(f"  {finding}")
    if found:
        raise typer.Exit(1)


def say(
    ticket: Annotated[str, typer.Argument(help="A number as it is printed, as in A012.")],
    counter: Annotated[str, typer.Argument(help="What stands above the counter, as in 5.")],
    language: Annotated[
        list[str] | None, typer.Option(help="Once or more: vi, en or the hall's own.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE.wav", help="Write it to a file instead of playing it.")
    ] = None,
    settings: Settings = None,
    made: Made = clips.MADE_HERE,
) -> None:
    """Speak one call as a display machine would, to hear how it sounds."""
    if not re.fullmatch(TICKET_PATTERN, ticket):
        raise typer.BadParameter(f"{ticket}: write a letter and three or four figures, as in A012")
    with told_in_one_line():
        told = _settings(settings)
        told = told.model_copy(update={"languages": tuple(language or told.languages[:1])})
        speaker, _ = speaker_of(told, made)
        call = Announcement(
            id="say",
            ticket=ticket,
            counter="none",
            name=counter,
            call=1,
            languages=list(told.languages),
            expires=datetime.now(UTC),
        )
        sound, missing = speaker.utterance([call], "chime")
        if missing:
            raise HallError(f"{', '.join(missing)}: is missing; run hall-display voice make, or record it")
        sound = sound * sound.dtype.type(amplitude(told.volume))
        if out is not None:
            samples.write(out, sound)
        else:
            asyncio.run(SoundCard(told.output).play(sound))


def _settings(file: Path | None) -> VoiceSettings:
    """`[voice]` of a file, or as it is where nothing is written."""
    return (load(file).voice if file else None) or VoiceSettings()
