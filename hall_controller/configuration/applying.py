"""What the technician's page does with the settings: look, check, apply, go back.

    text -> checked (a process of its own) -> fits the day -> kept, hall.toml -> fact -> on trial, the hall begins again

Belongs here: the order of those steps. Never here: files (`versions`), the trial (`trial`), HTTP (`web`).
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from hall_controller import own_process
from hall_controller.configuration.fitting import in_the_way
from hall_controller.configuration.trial import Trial
from hall_controller.domain.auditing import RecordConfiguration
from hall_controller.domain.catalogue import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from hall_controller.configuration.versions import Version, Versions
    from hall_controller.controller import Controller
    from hall_controller.domain.commands import Command

CHECK: Final = "configuration.check_process"
UNTIL_ANSWERED_S: Final = 0.2
DATA_STAYS: Final = Text(
    "data.dir chỉ đổi được trên máy, khi hệ thống dừng: dữ liệu phải chuyển theo.",
    "data.dir is changed on the machine itself while the hall is stopped: the journal moves with it.",
)


class Checked(NamedTuple):
    """A text, its mistakes, and what it would change; `in_the_way` is what the hall's day says against it."""

    text: str
    mistakes: list[dict[str, Any]]
    difference: list[str]
    changed: list[str]
    summary: str
    in_the_way: list[Text]
    summary_vi: str = ""
    people: dict[str, Any] | None = None
    """Agencies, officers and assignments; None for a text with mistakes."""

    @property
    def good(self) -> bool:
        return not self.mistakes and not self.in_the_way


class Outdated(Exception):
    """Somebody else applied a version meanwhile."""


class Configuration:
    """The settings of the running hall."""

    def __init__(
        self,
        versions: Versions,
        overrides: Sequence[str],
        controller: Controller,
        begin_again: Callable[[], None],
        *,
        data_by_settings: bool = False,
    ) -> None:
        """`data_by_settings`: the data folder is the one that the settings name, and not the command line."""
        self._data_by_settings = data_by_settings
        self.versions = versions
        self.trial = Trial(versions)
        self.running = 0
        """The number of the version that the hall runs with."""
        self._overrides = list(overrides)
        self._controller = controller
        self._restart = begin_again
        self._applying = asyncio.Lock()

    def take_in(self) -> list[Command]:
        """At the start: what is written down about a version that came in without the console; a first is no change."""
        taken = self.versions.take_in()
        newest = self.versions.newest
        self.running = newest.number if newest else 0
        came_in = taken or (newest if newest and newest.took_back is not None else None)
        told = came_in is not None and came_in.number > 1
        return [RecordConfiguration(str(self.running))] if told else []

    async def schema(self) -> dict[str, Any]:
        """The JSON Schema of a hall.toml."""
        return await self._ask({"schema": True})

    async def check(self, text: str, edit: dict[str, Any] | None = None) -> Checked:
        """Every mistake of a text, after an assignment was entered or ended in it; raises HallError."""
        running = await asyncio.to_thread(self.versions.present)
        asked = {
            "file": str(self.versions.file),
            "overrides": self._overrides,
            "text": text,
            "running": running,
            "edit": edit,
        }
        told = await self._ask(asked)
        names = told["names"]
        against = list(in_the_way(self._controller.hall, names)) if names else []
        if self._data_by_settings and "data.dir" in told["changed"]:
            against.append(DATA_STAYS)
        return Checked(
            told["text"],
            told["mistakes"],
            told["difference"],
            told["changed"],
            told["summary"],
            against,
            told["summary_vi"],
            told["people"],
        )

    async def apply(
        self, text: str, person: str, reason: str, based_on: int
    ) -> tuple[Version | None, Checked]:
        """The new version, with which the hall begins again in a moment; None when the text may not be applied.

        Raises Outdated, HallError when it cannot be kept, JournalUnavailable when it cannot be written down.
        """
        async with self._applying:
            newest = await asyncio.to_thread(lambda: self.versions.newest)
            if newest is None or newest.number != based_on:
                raise Outdated
            checked = await self.check(text)
            if not checked.good:
                return None, checked
            number = newest.number + 1
            await self._controller.submit(RecordConfiguration(str(number), person, tuple(checked.changed)))
            version = await asyncio.to_thread(self._put, text, person, reason, newest.number)
            asyncio.get_running_loop().call_later(UNTIL_ANSWERED_S, self._restart)
            return version, checked

    async def _ask(self, question: dict[str, Any]) -> dict[str, Any]:
        return await own_process.ask(CHECK, question)

    def _put(self, text: str, person: str, reason: str, before: int) -> Version:
        self.trial.begin(before + 1, before)
        return self.versions.replace(text, person, reason)
