"""How a stranger reads a printed ticket: its text by tesseract, its QR code by zbar."""

from __future__ import annotations

import subprocess
from pathlib import Path

from PIL import Image

from tests.debian import demand, program


def text_of(picture: Image.Image, folder: Path, *arguments: str) -> str:
    """The Vietnamese text of a picture at 203 dots to the inch, white space made single.

    It is read twice, as it is and enlarged: tesseract is good with large type in the one and with small in the other.
    """
    demand("tesseract-ocr-vie")
    tesseract = program("tesseract", package="tesseract-ocr")
    file = folder / "read.png"
    grey = picture.convert("L")
    found = []
    for enlarged in (1, 2):
        sized = grey.resize((grey.width * enlarged, grey.height * enlarged), Image.Resampling.BICUBIC)
        sized.save(file, dpi=(203 * enlarged, 203 * enlarged))
        command = [tesseract, str(file), "-", "-l", "vie", "--psm", "4", *arguments]
        done = subprocess.run(
            command, capture_output=True, text=True, check=True, env={"OMP_THREAD_LIMIT": "1"}
        )
        found += done.stdout.split()
    return " ".join(found)


def qr_of(picture: Image.Image, folder: Path) -> str:
    """What the one QR code in a picture holds."""
    file = folder / "read.png"
    picture.convert("L").save(file)
    zbarimg = program("zbarimg", package="zbar-tools")
    done = subprocess.run([zbarimg, "-q", "--raw", str(file)], capture_output=True, text=True, check=True)
    return done.stdout.strip()
