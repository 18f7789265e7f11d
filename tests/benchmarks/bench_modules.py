"""How often 1, 6 and 32 Modbus modules on one line are asked, bytes paced as at 19,200 baud, beside the arithmetic.

Modules are pymodbus's own server, the asker is the real poller. Prints a table; judges nothing.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from pathlib import Path
from typing import Final

from hall_controller.devices.pads.modbus_inputs import Driver, cycle_s
from hall_controller.pad_poller import PadPoller
from tests.hall_controller.devices.modbus_line import modbus_line

BITS: Final = 11
BAUDRATE: Final = 19_200
EXCHANGE_BYTES: Final = 14
THINKS_S: Final = 0.005
MEASURED_S: Final = 5.0


def main() -> None:
    """Print the table."""
    print(f"{'':32}{'cycle ms':>10}{'computed ms':>13}")
    for units, dead in ((1, 0), (6, 0), (32, 0), (32, 1), (32, 8)):
        with tempfile.TemporaryDirectory() as folder:
            measured = asyncio.run(cycle(Path(folder), units, dead))
        name = f"{units} modules" + (f", {dead} of them dead" if dead else "")
        print(f"{name:32}{measured * 1000:10.0f}{cycle_s(units - dead) * 1000:13.0f}", flush=True)


async def cycle(folder: Path, units: int, dead: int) -> float:
    """Seconds between two questions to the first module."""
    numbers = range(1, units + 1)
    async with modbus_line(folder, *numbers) as line:
        line.takes_s = EXCHANGE_BYTES * BITS / BAUDRATE + THINKS_S
        line.dead.update(numbers[units - dead :])
        drivers = [Driver(unit=unit, keys={"next": 1}) for unit in numbers]
        told: set[int] = set()
        poller = PadPoller(line.line, drivers, lambda *_: None, lambda place, _: told.add(place))
        poller.start()
        while len(told) < units:  # noqa: ASYNC110 - the poller tells no event
            await asyncio.sleep(0.01)
        already, began_s = line.asked.count(1), time.perf_counter()
        await asyncio.sleep(MEASURED_S)
        cycles, took_s = line.asked.count(1) - already, time.perf_counter() - began_s
        poller.stop()
        await asyncio.to_thread(poller.join)
    return took_s / cycles
