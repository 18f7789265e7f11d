"""At which counter a panel of this machine stands: as display.toml says, until the hall says otherwise.

Pure. The hall's word is `device/{id}/config`, retained: a machine with one panel that took another's place by adoption
shows that counter. With several panels nobody could tell which one is meant, and display.toml holds.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pydantic import ValidationError

from displays.config import PanelSettings
from hall_controller.messages import DeviceConfig


class Place:
    """The counters of this machine's panels; `on_change` hears of another one."""

    def __init__(self, panels: Sequence[PanelSettings], on_change: Callable[[], None]) -> None:
        self._only = panels[0].id if len(panels) == 1 else None
        self._counter: str | None = None
        self._on_change = on_change

    def __call__(self, payload: bytes, *, retained: bool) -> None:  # noqa: ARG002 - it is always kept
        """The hall's word; an empty one takes it back, and one that cannot be read changes nothing."""
        try:
            counter = DeviceConfig.model_validate_json(payload).counter if payload else None
        except ValidationError:
            return
        if counter != self._counter:
            self._counter = counter
            self._on_change()

    def counter(self, panel: PanelSettings) -> str:
        """The counter whose board the panel shows."""
        return self._counter if self._counter and panel.id == self._only else panel.counter
