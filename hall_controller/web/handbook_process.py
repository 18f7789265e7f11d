"""Turns a guide into HTML: a process of its own, because what reads Markdown is too large for the controller.

JSON in, JSON out: {"file": path} -> {"html": text}. Only the guides that the product ships are read here.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Final

from markdown_it import MarkdownIt

PICTURES: Final = "../pictures/"
SERVED: Final = "/guides/pictures/"


def as_html(text: str) -> str:
    """The guide with its pictures from where the hall serves them; HTML that stands in it is shown as it is written."""
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    html: str = reader.render(text.replace(f"]({PICTURES}", f"]({SERVED}"))
    return html


if __name__ == "__main__":
    asked = json.load(sys.stdin)
    json.dump({"html": as_html(Path(asked["file"]).read_text("utf-8"))}, sys.stdout)
