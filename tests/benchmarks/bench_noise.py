"""A million frames of every wired pad with a checksum through noise: how many came through, how many were wrong.

Prints a table; wrong must be 0. NOISE_FRAMES sets another number, NOISE_SEED another noise.
"""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path
from typing import Final

from tests.hall_controller.devices.pads.noisy_runs import (
    Outcome,
    answers_run,
    build,
    framed,
    frames_run,
    pty_run,
)

FRAMES: Final = 1_000_000


def main() -> None:
    """Print the table."""
    frames, seed = int(os.environ.get("NOISE_FRAMES", FRAMES)), int(os.environ.get("NOISE_SEED", "1"))
    print(f"{'':40}{'frames':>10}{'whole':>10}{'heard':>10}{'wrong':>8}{'frames/s':>10}")
    with tempfile.TemporaryDirectory() as folder:
        for model in framed(asked=False):
            row(f"{model}, into its driver", time.perf_counter(), frames_run(build(model), frames, seed))
            row(
                f"{model}, over a pseudo terminal",
                time.perf_counter(),
                pty_run(model, frames, seed, Path(folder)),
            )
        for model in framed(asked=True):
            row(
                f"{model}, answers into its driver",
                time.perf_counter(),
                answers_run(build(model), frames, seed),
            )


def row(name: str, began_s: float, outcome: Outcome) -> None:
    """One line of the table; `began_s` was read before the outcome was made."""
    rate = outcome.frames / (time.perf_counter() - began_s)
    print(
        f"{name:40}{outcome.frames:10}{outcome.whole:10}{outcome.heard:10}{len(outcome.wrong):8}{rate:10.0f}",
        flush=True,
    )
