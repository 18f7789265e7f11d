"""`hall demo`: the reference hall with simulated people.

What happens in it stands in demo.py.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hall_controller import demo as demonstration
from hall_controller.command_line.told import told_in_one_line
from hall_controller.demonstration.brokers import BrokerChoice

cli = typer.Typer(add_completion=False, rich_markup_mode=None)


@cli.command(epilog="Example: hall demo --speed 5")
def demo(
    once: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Play one visit and leave its artefacts there.")
    ] = None,
    speed: Annotated[
        float, typer.Option(min=0.1, max=100, help="Visitors and officers are so many times as fast.")
    ] = 1.0,
    broker: Annotated[
        BrokerChoice, typer.Option(help="auto: mosquitto where it is installed, else the embedded one.")
    ] = BrokerChoice.AUTO,
) -> None:
    """Show the reference hall with simulated visitors and officers until Ctrl-C."""
    with told_in_one_line():
        if once is None:
            demonstration.run(broker, speed)
        else:
            demonstration.once(once, broker)
