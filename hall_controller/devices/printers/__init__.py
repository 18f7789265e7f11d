"""One file a model of ticket printer; the file's name is the model's name in the settings, its class is `Driver`.

A driver turns the strips of a ticket into the printer's bytes, and the printer's answers into its status. It does
nothing else: a line moves the bytes. A new model is a new file here and touches no other.
"""

from __future__ import annotations

from pathlib import Path


def models() -> tuple[str, ...]:
    """The names of all models: every file here that has a `Driver`.

    >>> models()
    ('escpos', 'file')
    """
    files = Path(__file__).parent.glob("*.py")
    return tuple(sorted(file.stem for file in files if "\nclass Driver" in file.read_text("utf-8")))
