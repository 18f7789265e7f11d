"""A theme as a TOML file: colours, fonts and the hall's mark, read and refused when people could not read the screen.

Belongs here: reading the file and every reason to refuse it. Never here: what a colour is used for.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Annotated, Any, Final, get_args

import pygame
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from displays.mistakes import sentence
from displays.screens.paint import proportions
from displays.screens.theme import COLOURS, Colour, Theme, Tone, Weight

MARKED: Final = (
    "ẰẮẲẴẶẦẤẨẪẬỀẾỂỄỆỒỐỔỖỘỜỚỞỠỢỪỨỬỮỰỲỴỶỸĐàảãáạăằắẳẵặâầấẩẫậđèẻẽéẹêềếểễệìỉĩíịòỏõóọôồốổỗộơờớởỡợùủũúụưừứửữựỳỷỹýỵ"
)
"""Letters that a font without the Vietnamese alphabet lacks."""
HEX: Final = r"^#[0-9A-Fa-f]{6}$"
HexColour = Annotated[str, Field(pattern=HEX)]


class _Table(BaseModel):
    """A table of the file: no unknown names."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class _Colours(_Table):
    """`[colours]`: what is left out stays as it is."""

    ground: HexColour | None = None
    raised: HexColour | None = None
    hairline: HexColour | None = None
    text: HexColour | None = None
    quiet: HexColour | None = None
    accent: HexColour | None = None
    band: HexColour | None = None
    on_band: HexColour | None = None


class _Fonts(_Table):
    """`[fonts]`: paths, counted from the theme's own folder."""

    medium: Path | None = None
    semibold: Path | None = None
    bold: Path | None = None


class _File(_Table):
    logo: Path | None = None
    colours: _Colours = _Colours()
    fonts: _Fonts = _Fonts()


def read_theme(path: Path) -> Theme:
    """The theme of a file; raises ValueError with one line that names everything wrong with it."""
    try:
        file = _File.model_validate(tomllib.loads(path.read_text("utf-8")))
    except OSError as error:
        raise ValueError(f"{path}: {error.strerror}; give the path of a theme.toml") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ValueError(f"{path} is not TOML: {error}") from error
    except ValidationError as error:
        raise ValueError("; ".join(_sentence(detail) for detail in error.errors())) from error
    theme = _theme(file, path.parent)
    if mistakes := [*theme.too_faint(), *_unreadable(theme)]:
        raise ValueError("; ".join(mistakes))
    return theme


def _sentence(detail: Any) -> str:  # noqa: ANN401 - pydantic's details of one error
    told = sentence(detail, _File)
    return re.sub(r": use a to z.*", ": a colour is written as #FFC439", told)


def _theme(file: _File, folder: Path) -> Theme:
    colours = dict(COLOURS)
    tone: Tone
    for tone in get_args(Tone):
        written = getattr(file.colours, tone)
        if written is not None:
            colours[tone] = Colour(*bytes.fromhex(written[1:]))
    fonts: dict[Weight, Path] = {}
    weight: Weight
    for weight in get_args(Weight):
        font = getattr(file.fonts, weight.lower())
        if font is not None:
            fonts[weight] = folder / font
    return Theme(colours, fonts, folder / file.logo if file.logo else None)


def _unreadable(theme: Theme) -> Iterator[str]:
    """Fonts without Vietnamese letters, and pictures that are none."""
    pygame.font.init()
    for weight, path in theme.fonts.items():
        try:
            font = pygame.font.Font(BytesIO(path.read_bytes()), 24)
        except (OSError, pygame.error):
            yield f"fonts.{weight.lower()}: {path} is no font that can be read"
            continue
        if missing := [
            letter for letter, metrics in zip(MARKED, font.metrics(MARKED), strict=True) if not metrics
        ]:
            yield f"fonts.{weight.lower()}: {path} has no {missing[0]}; choose one with the Vietnamese alphabet"
    if theme.logo is not None:
        try:
            proportions(theme.logo)
        except OSError:
            yield f"logo: {theme.logo} is no picture that can be read; save it as PNG"
