"""A panel for a hall without panels: every change becomes a line of text.

Ships with the product: demos, tests and a technician's desk use it on `console:` or `file:///path`.
"""

from __future__ import annotations

from displays.panels import Face, PanelDriver, Verdict


class Driver(PanelDriver):
    r"""A line per change in UTF-8: the hall's time, the counter, the number or dashes, the state in words.

    >>> from datetime import UTC, datetime
    >>> from hall_controller.messages import CounterDisplay, Text
    >>> display = CounterDisplay(epoch=1, rev=2, state="calling", ticket="A012", call=1, name="5",
    ...     since=datetime(2026, 11, 23, 8, 30, 5, tzinfo=UTC), text=Text(vi="Mời số A012", en="Number A012"))
    >>> face = Face(counter="5", display=display, time=datetime(2026, 11, 23, 8, 30, 5, 123000, tzinfo=UTC))
    >>> Driver().encode(face).decode()
    '08:30:05.123  Quầy 5  A012  calling 1\n'
    """

    def text(self, face: Face) -> str:
        ticket = (face.display.ticket if face.display else None) or "----"
        words = [f"Quầy {face.name}", ticket, _state(face)]
        if face.stale_since is not None:
            words.append(f"stale since {face.stale_since:%H:%M}")
        return "  ".join(words)

    def encode(self, face: Face) -> bytes:
        time = face.time.strftime("%H:%M:%S.%f")[:-3] if face.time else "--:--:--.---"
        return f"{time}  {self.text(face)}\n".encode()

    def judge(self, heard: bytes) -> Verdict:
        """Text is taken as soon as it is written."""
        return "refused" if heard else "taken"


def _state(face: Face) -> str:
    if face.wanted != "board":
        return face.wanted
    if face.display is None:
        return "unknown"
    return f"calling {face.display.call}" if face.display.state == "calling" else face.display.state
