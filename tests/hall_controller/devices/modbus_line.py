"""Modbus modules on a pair of wires, played by pymodbus's own server, with a noisy cable between them and the hall.

    hall  <- pty ->  Wires (noise, cuts)  <- pty ->  pymodbus's ModbusSerialServer with a SimDevice a module

Belongs here: keys of the modules, dead modules, noise. Never here: what a test expects of them.
"""

from __future__ import annotations

import asyncio
import os
import tty
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from pymodbus.server import ModbusSerialServer
from pymodbus.simulator import DataType, SimData, SimDevice

INPUTS = 16
REQUEST_BYTES = 8


def untouched(frame: bytes) -> list[bytes]:
    """A quiet cable."""
    return [frame]


@dataclass
class ModbusLine:
    """The modules; `noise` makes of each answer the portions that arrive."""

    line: str
    server: ModbusSerialServer
    dead: set[int] = field(default_factory=set)
    asked: list[int] = field(default_factory=list)
    """The units of all requests so far."""
    noise: Callable[[bytes], list[bytes]] = untouched
    takes_s: float = 0.0
    """How long an exchange takes on a real wire; a pseudo terminal does not pace."""

    async def key(self, unit: int, number: int, *, down: bool) -> None:
        """Press a key on an input of a module, or let it go; both areas that a module may tell it in show it."""
        await self.server.async_setValues(unit, 2, number - 1, [down])
        (register,) = await self.server.async_getValues(unit, 3, 0, 1)
        bit = 1 << number - 1
        await self.server.async_setValues(unit, 6, 0, [register | bit if down else register & ~bit])

    async def lit(self, unit: int, number: int) -> bool:
        """Whether an output of a module is on."""
        return bool((await self.server.async_getValues(unit, 1, number - 1, 1))[0])


def module(unit: int) -> SimDevice:
    """Coils, inputs and one register that says the same as the inputs."""
    bits = [SimData(0, values=[False] * INPUTS, datatype=DataType.BITS)]
    register = [SimData(0, values=0, datatype=DataType.REGISTERS)]
    return SimDevice(unit, simdata=(bits, list(bits), register, list(register)))


@asynccontextmanager
async def modbus_line(folder: Path, *units: int) -> AsyncIterator[ModbusLine]:
    """Modules of these units, from here to the end."""
    (near, hall_end), (far, server_end) = os.openpty(), os.openpty()
    for end in (near, hall_end, far, server_end):
        tty.setraw(end)
    port = folder / "rs485"
    port.symlink_to(os.ttyname(hall_end))
    server = ModbusSerialServer(
        [module(unit) for unit in units],
        port=os.ttyname(server_end),
        baudrate=19_200,
        ignore_missing_devices=True,
    )
    await server.serve_forever(background=True)
    wires = ModbusLine(f"serial://{port}?baudrate=19200", server)
    loop = asyncio.get_running_loop()
    waiting = bytearray()

    def asked() -> None:
        waiting.extend(os.read(near, 1024))
        while len(waiting) >= REQUEST_BYTES:
            frame = bytes(waiting[:REQUEST_BYTES])
            del waiting[:REQUEST_BYTES]
            wires.asked.append(frame[0])
            if frame[0] not in wires.dead:
                os.write(far, frame)

    def answered() -> None:
        for portion in wires.noise(os.read(far, 1024)):
            if wires.takes_s:
                loop.call_later(wires.takes_s, os.write, near, portion)
            else:
                os.write(near, portion)

    loop.add_reader(near, asked)
    loop.add_reader(far, answered)
    try:
        yield wires
    finally:
        loop.remove_reader(near)
        loop.remove_reader(far)
        await server.shutdown()  # type: ignore[no-untyped-call]  # pymodbus gives it no types
        for end in (near, hall_end, far, server_end):
            os.close(end)
