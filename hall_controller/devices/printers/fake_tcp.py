"""A pretended network printer, for the demo and the tests: it answers as a real one does, and can be made to fail.

    with FakePrinter() as printer:
        printer.take_out_paper()
        ... print to printer.line ...

Belongs here: a printer's behaviour on its TCP port, on this machine alone. Never here: checks.
"""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
from types import TracebackType
from typing import Final, Self

from hall_controller.devices.printers import escpos_picture

LOOPBACK: Final = "127.0.0.1"
RESET_AT_CLOSE: Final = struct.pack("ii", 1, 0)
CHUNK: Final = 1024
REAL_TIME: Final = b"\x10\x04"
CUT: Final = b"\x1dV"
REPORT: Final = b"\x1dr"


class FakePrinter:
    """A printer at `line`; `received` is all that it was sent but the questions about its status.

    Its verbs may be called from any thread, at any time.
    """

    def __init__(self) -> None:
        """Listen on a free port of the loopback."""
        self._lock = threading.Lock()
        self._stream = bytearray()
        self._read_up_to = 0
        self._cuts = 0
        self._paper: str = "ok"
        self._cover_open = False
        self._hanging = False
        self._hangs_at: int | None = None
        self._broken_at: int | None = None
        self._empty_at: int | None = None
        self._connections: list[socket.socket] = []
        self._server = socket.create_server((LOOPBACK, 0))
        self._thread = threading.Thread(target=self._accept, name="fake-printer", daemon=True)
        self._thread.start()

    @property
    def line(self) -> str:
        """The address of its port."""
        host, port = self._server.getsockname()
        return f"tcp://{host}:{port}"

    @property
    def received(self) -> bytes:
        with self._lock:
            return bytes(self._stream)

    @property
    def tickets(self) -> int:
        """How many tickets were cut off."""
        with self._lock:
            return self._cuts

    def take_out_paper(self) -> None:
        self._become(_paper="out")

    def load_paper(self) -> None:
        self._become(_paper="ok", _empty_at=None)

    def let_paper_run_low(self) -> None:
        self._become(_paper="low")

    def open_cover(self) -> None:
        self._become(_cover_open=True)

    def close_cover(self) -> None:
        self._become(_cover_open=False)

    def hang(self) -> None:
        """From now on take what comes and do nothing with it, nor answer."""
        self._become(_hanging=True)

    def hang_at_byte(self, count: int) -> None:
        """Take so many bytes of what comes, and then hang."""
        with self._lock:
            self._hangs_at = len(self._stream) + count

    def go_on(self) -> None:
        self._become(_hanging=False, _hangs_at=None)

    def reset_at_byte(self, count: int) -> None:
        """Break the connection once, when so many bytes of a ticket have come: the power was pulled."""
        with self._lock:
            self._broken_at = len(self._stream) + count

    def run_out_at_byte(self, count: int) -> None:
        """Print so many bytes of what comes, and then be out of paper."""
        with self._lock:
            self._empty_at = len(self._stream) + count

    def close(self) -> None:
        """Go away, with all connections."""
        with contextlib.suppress(OSError):
            self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()
        with self._lock:
            connections = list(self._connections)
        for connection in connections:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        self._thread.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _become(self, **state: object) -> None:
        with self._lock:
            for name, value in state.items():
                setattr(self, name, value)

    def _accept(self) -> None:
        serving: list[threading.Thread] = []
        while True:
            try:
                connection, _ = self._server.accept()
            except OSError:
                break
            with self._lock:
                self._connections.append(connection)
            thread = threading.Thread(target=self._serve, args=(connection,), daemon=True)
            thread.start()
            serving.append(thread)
        for thread in serving:
            thread.join()

    def _serve(self, connection: socket.socket) -> None:
        with connection:
            with contextlib.suppress(OSError):
                self._talk(connection)
            with self._lock:
                self._connections.remove(connection)

    def _talk(self, connection: socket.socket) -> None:
        rest = b""
        while chunk := connection.recv(CHUNK):
            with self._lock:
                if self._hanging:
                    continue
                answers, rest, alive = self._take(rest + chunk)
            connection.sendall(answers)
            if not alive:
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET_AT_CLOSE)
                return

    def _take(self, data: bytes) -> tuple[bytes, bytes, bool]:
        """Answers to what came, what is still too short to be understood, and whether the connection lives on."""
        answers = bytearray()
        while data:
            asked = data.find(REAL_TIME)
            if data == REAL_TIME[: len(data)]:
                return bytes(answers), data, True
            if asked == 0:
                answers.append(self._state(data[len(REAL_TIME)]))
                data = data[len(REAL_TIME) + 1 :]
                continue
            end = asked if asked > 0 else len(data) - data.endswith(REAL_TIME[:1])
            if not self._swallow(data[:end]):
                return bytes(answers), b"", False
            if self._hanging:
                return bytes(answers), b"", True
            data = data[end:]
            answers += self._work_off()
        return bytes(answers), b"", True

    def _swallow(self, data: bytes) -> bool:
        """Take bytes of tickets up to the one at which something was to happen; False when that was the reset."""
        begin = len(self._stream)
        stops = [at - begin for at in (self._broken_at, self._hangs_at) if at is not None and at > begin]
        self._stream += data[: min(stops, default=len(data))]
        if self._empty_at is not None and len(self._stream) >= self._empty_at:
            self._paper = "out"
        if len(self._stream) == self._hangs_at:
            self._hanging = True
        if len(self._stream) == self._broken_at:
            self._broken_at = None
            self._read_up_to = len(self._stream)
            return False
        return True

    def _work_off(self) -> bytes:
        """Obey the commands that are there in full: count cuts, report when done. Without paper nothing goes on."""
        if self._paper == "out" or self._cover_open:
            return b""
        answers = bytearray()
        commands, taken = escpos_picture.split(bytes(self._stream[self._read_up_to :]))
        self._read_up_to += taken
        for command in commands:
            if command.name == CUT:
                self._cuts += 1
            elif command.name == REPORT:
                answers.append(0b0000_0011 if self._paper == "low" else 0)
        return bytes(answers)

    def _state(self, question: int) -> int:
        """The answer to DLE EOT 1 to 4, as Epson's reference lays its bits out."""
        out = self._paper == "out"
        bits = {
            1: 0b0000_1000 * (out or self._cover_open),
            2: 0b0000_0100 * self._cover_open | 0b0010_0000 * out,
            3: 0,
            4: 0b0110_0000 * out | 0b0000_1100 * (self._paper != "ok"),
        }
        return 0b0001_0010 | bits.get(question, 0)
