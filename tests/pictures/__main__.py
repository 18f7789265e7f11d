"""Writes pictures of every surface in every state: python -m tests.pictures [--out DIR] [--renew-golden] [SURFACE]...

Belongs here: the command line. Never here: a picture.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tests.pictures import frame


def main(arguments: list[str]) -> None:
    """Draw what is asked for, telling each picture; exit code 2 for a surface that does not exist."""
    parser = argparse.ArgumentParser(
        prog="make pictures", description="Pictures of every surface in every state."
    )
    parser.add_argument("--out", type=Path, default=Path("out/pictures"), metavar="DIR", help="where they go")
    parser.add_argument("--renew-golden", action="store_true", help="write the golden pictures anew instead")
    parser.add_argument("surface", nargs="*", help=f"only these of: {', '.join(frame.found())}")
    chosen = parser.parse_args(arguments)
    if unknown := sorted(set(chosen.surface) - set(frame.found())):
        parser.error(f"no surface named {', '.join(unknown)}; there are: {', '.join(frame.found())}")
    names = chosen.surface or frame.found()
    if chosen.renew_golden:
        renew(names)
        return
    for name, picture in frame.drawn(names, chosen.out):
        sys.stdout.write(f"{name:12} {picture.state}\n")
    sys.stdout.write(f"\nopen {(chosen.out / 'index.html').resolve().as_uri()}\n")


def renew(names: list[str]) -> None:
    """Write the golden pictures of the surfaces that have any; look at the difference before it is kept."""
    for name in names:
        renew_golden = getattr(frame.surface(name), "renew_golden", None)
        if renew_golden is not None:
            renew_golden()
            sys.stdout.write(f"{name:12} golden pictures renewed\n")


if __name__ == "__main__":
    main(sys.argv[1:])
