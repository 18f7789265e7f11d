"""Modbus RTU displays on one line: pymodbus's own server behind a cable that can be cut, delayed and disturbed.

    async with slaves(3, 4) as far: far.line is what the display machine opens, far.text(3) what stands on unit 3

Belongs here: the far end and its cable. Never here: the driver.
"""

from __future__ import annotations

import asyncio
import os
import select
import threading
import tty
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from pymodbus.framer import FramerType
from pymodbus.server import ModbusSerialServer
from pymodbus.simulator import DataType, SimData, SimDevice

REGISTERS = 32


class Cable:
    """Two pseudo terminals and what carries bytes between them."""

    def __init__(self) -> None:
        self.masters, self._slaves = zip(*(os.openpty() for _ in range(2)), strict=True)
        for end in (*self.masters, *self._slaves):
            tty.setraw(end)
        self.device, self.far_end = map(os.ttyname, self._slaves)
        self.noise = b""
        """Comes before each answer."""
        self.lost_answers = 0
        self.off: set[int] = set()
        """Units without power."""
        self.asked: list[bytes] = []
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._carry)
        self._thread.start()

    def _carry(self) -> None:
        near, far = self.masters
        while not self._stop.is_set():
            for end in select.select(self.masters, [], [], 0.02)[0]:
                data = os.read(end, 256)
                if end == near:
                    self.asked.append(data)
                    if data[0] not in self.off:
                        os.write(far, data)
                elif self.lost_answers:
                    self.lost_answers -= 1
                else:
                    os.write(near, self.noise + data)

    def close(self) -> None:
        self._stop.set()
        self._thread.join()
        for end in (*self.masters, *self._slaves):
            os.close(end)


class Slaves:
    """The displays at the far end, by unit."""

    def __init__(self, cable: Cable, units: tuple[int, ...]) -> None:
        self.cable = cable
        self.line = f"serial://{cable.device}?baudrate=19200"
        self.held = {unit: [0] * REGISTERS for unit in units}
        self.stuck: set[int] = set()
        """Units that take what is written and forget it."""
        self._new = asyncio.Event()
        self.listens = asyncio.Event()
        devices = [
            SimDevice(
                unit, SimData(0, count=REGISTERS, datatype=DataType.REGISTERS), action=self._action(unit)
            )
            for unit in units
        ]
        self.server = ModbusSerialServer(
            devices,
            framer=FramerType.RTU,
            port=cable.far_end,
            baudrate=19200,
            trace_connect=lambda _: self.listens.set(),
        )

    def _action(self, unit: int):  # type: ignore[no-untyped-def]  # noqa: ANN202 - the library's own signature
        async def act(
            _function: int,
            _start: int,
            address: int,
            _count: int,
            current: list[int],
            written: list[int] | None,
        ) -> None:
            if written is None:
                return
            if unit in self.stuck:
                written[:] = [0] * len(written)
            self.held[unit][address : address + len(written)] = written
            self._new.set()

        return act

    def text(self, unit: int, registers: int = 2) -> str:
        """What stands on a display with two letters a register."""
        return b"".join(value.to_bytes(2, "big") for value in self.held[unit][:registers]).decode("ascii")

    async def shows(self, unit: int, text: str, *, within_s: float = 15.0) -> None:
        """Wait until a display shows this; raises TimeoutError."""
        async with asyncio.timeout(within_s):
            while self.text(unit) != text:
                self._new.clear()
                await self._new.wait()


@asynccontextmanager
async def slaves(*units: int) -> AsyncIterator[Slaves]:
    cable = Cable()
    line = Slaves(cable, units)
    serving = asyncio.create_task(line.server.serve_forever())
    try:
        await asyncio.wait_for(
            line.listens.wait(), 5
        )  # what came before is thrown away when the port is opened
        yield line
    finally:
        await line.server.shutdown()  # type: ignore[no-untyped-call]
        await asyncio.gather(serving, return_exceptions=True)
        cable.close()
