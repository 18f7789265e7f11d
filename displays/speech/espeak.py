"""Clips made by espeak-ng, for words that nobody has recorded.

Belongs here: running the program, and knowing which clips are made already. Never here: what is said in which language.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

from displays.speech.language import Language
from hall_controller.errors import HallError

PROGRAM: Final = "espeak-ng"
MADE: Final = "made.json"
"""What was made, and from which words, voice and speed: what is unchanged is not made again."""
TIMEOUT_S: Final = 20.0
AT_ONCE: Final = 4


class CannotSpeak(HallError):
    """Clips could not be made."""


def make(language: Language, folder: Path) -> int:
    """Make every clip that is missing or says something else now; returns how many. Raises CannotSpeak, OSError."""
    wanted = {name: [text, language.espeak, language.speed] for name, text in language.texts().items()}
    made = _made(folder)
    missing = [
        name
        for name, how in wanted.items()
        if made.get(name) != how or not (folder / f"{name}.wav").is_file()
    ]
    if not missing or not language.espeak:
        return 0
    if shutil.which(PROGRAM) is None:
        raise CannotSpeak(f"{PROGRAM} is not installed; install it with: sudo apt-get install {PROGRAM}")
    folder.mkdir(parents=True, exist_ok=True)
    with ThreadPoolExecutor(AT_ONCE) as workers:
        list(
            workers.map(
                lambda name: _speak(language, language.texts()[name], folder / f"{name}.wav"), missing
            )
        )
    (folder / MADE).write_text(json.dumps(wanted, ensure_ascii=False, indent=1), "utf-8")
    return len(missing)


def _made(folder: Path) -> Mapping[str, object]:
    try:
        made = json.loads((folder / MADE).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return made if isinstance(made, dict) else {}


def _speak(language: Language, text: str, path: Path) -> None:
    """One clip, under a name of its own until it is whole."""
    half = path.with_suffix(".half")
    words = [PROGRAM, "-v", language.espeak, "-s", str(language.speed), "-w", str(half), "--", text]
    try:
        done = subprocess.run(words, capture_output=True, text=True, timeout=TIMEOUT_S, check=False)  # noqa: S603 - a program of Debian's, words from a file of the hall's
    except (OSError, subprocess.TimeoutExpired) as error:
        raise CannotSpeak(f"{PROGRAM} could not speak {text!r}: {error}") from error
    if done.returncode != 0 or not half.is_file():
        reason = (done.stderr.strip() or f"exit code {done.returncode}").splitlines()[0]
        raise CannotSpeak(f"{PROGRAM} could not speak {text!r} with the voice {language.espeak}: {reason}")
    half.replace(path)
