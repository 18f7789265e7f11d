"""The hall's settings over HTTP: read, checked, applied, and every version that they have had.

Parses and answers; what is checked and in which order it is applied stands in `configuration`.
"""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Annotated, Final

from fastapi import APIRouter
from pydantic import Field
from starlette.responses import Response

from hall_controller.configuration.applying import Outdated
from hall_controller.domain.catalogue import Text as Sentence
from hall_controller.domain.refusals import Refusal
from hall_controller.errors import HallError
from hall_controller.messages import Text
from hall_controller.web.bodies import Body
from hall_controller.web.declaring import declare
from hall_controller.web.replies import NO_STORE, answered, documented, no, refused
from hall_controller.web.who import OnDuty

if TYPE_CHECKING:
    from hall_controller.configuration.applying import Checked, Configuration
    from hall_controller.configuration.versions import Version

LONGEST_TEXT: Final = 400_000
"""Characters: ten times the reference hall's."""

SettingsText = Annotated[str, Field(max_length=LONGEST_TEXT)]
Day = Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\d$")]
Short = Annotated[str, Field(max_length=200)]


class VersionSeen(Body):
    """One version: `person` is empty when it came in otherwise than through the console."""

    number: int
    at: str
    person: str
    reason: str
    took_back: int | None = None
    """The version that did not start and was taken back for this one."""


class ConfigurationSeen(Body):
    """The settings that hold."""

    text: str
    file: str
    version: int
    """The number of the newest version."""
    running: int
    """The number of the one that the hall runs with; another one as long as it begins again."""
    writable: bool
    """Whether the controller may replace the file; if not, settings are changed on the machine."""
    versions: list[VersionSeen]
    """The newest first."""


class AssignmentAdded(Body):
    """Who sits at a counter: for which agency, lent by which, from when to when."""

    counter: Short
    agency: Short
    staffing: Short = ""
    officer: Short = ""
    first_day: Annotated[Day, Field(alias="from")]
    last_day: Annotated[Day | None, Field(alias="to")] = None
    reason: Short = ""
    decision: Short = ""


class AssignmentEnded(Body):
    """The assignment at this place of the list, from 0, and its last day."""

    index: Annotated[int, Field(ge=0)]
    day: Day


class AssignmentEdit(Body):
    """One of the two, entered into the text before it is checked."""

    add: AssignmentAdded | None = None
    end: AssignmentEnded | None = None


class CheckWish(Body):
    """A text that may become hall.toml."""

    text: SettingsText
    edit: AssignmentEdit | None = None


class ApplyWish(Body):
    """A text that shall become hall.toml."""

    text: SettingsText
    based_on: int
    """The number of the version that was looked at: if another one holds by now, nothing happens."""
    reason: Short = ""


class MistakeSeen(Body):
    """What is wrong, the value, and what to do about it; the line is null for what is missing altogether."""

    line: int | None
    text: str
    vi: str = ""
    """The same in Vietnamese."""


class AssignmentSeen(Body):
    """One assignment as the text has it."""

    counter: str
    agency: str
    staffing: str | None
    officer: str | None
    reason: str
    decision: str
    first_day: str | None
    last_day: str | None


class PeopleSeen(Body):
    """Who sits where, and who could: agencies by id, officers' ids, assignments in the order of the text."""

    agencies: dict[str, str]
    officers: list[str]
    assignments: list[AssignmentSeen]


class CheckedSeen(Body):
    """What became of a text."""

    good: bool
    text: str
    mistakes: list[MistakeSeen]
    in_the_way: list[Text]
    """What the hall's day says against it: numbers that were given out must not lose their queue."""
    difference: list[str]
    """Lines of a unified difference to the settings that hold."""
    changed: list[str]
    summary: str
    summary_vi: str = ""
    """The same in Vietnamese."""
    people: PeopleSeen | None = None


class Applied(Body):
    """The version with which the hall begins again in a moment; null when the text was not applied."""

    version: int | None
    checked: CheckedSeen


class ConfigurationRoutes:
    """The routes under /api/configuration."""

    def __init__(self, configuration: Configuration) -> None:
        self._configuration = configuration

    def router(self) -> APIRouter:
        router = APIRouter(prefix="/api/configuration", tags=["configuration"])
        held = "The settings that hold, and every version before"
        declare(router, "GET ", self.seen, ConfigurationSeen, (409,), held)
        router.add_api_route(
            "/schema",
            self.schema,
            response_class=Response,
            responses={
                **documented(409),
                200: {"description": "JSON Schema of a hall.toml", "content": {"application/json": {}}},
            },
            summary="The JSON Schema of the settings",
        )
        router.add_api_route(
            "/versions/{version}",
            self.version,
            response_class=Response,
            responses={
                **documented(404, 422),
                200: {"description": "TOML", "content": {"application/toml": {}}},
            },
            summary="The text of one version",
        )
        mistakes = "Every mistake of a text, and what it would change"
        declare(router, "POST /check", self.check, CheckedSeen, (409, 413, 422), mistakes)
        applied = "Make a text the hall's settings"
        declare(router, "POST /apply", self.apply, Applied, (409, 413, 422, 503), applied)
        return router

    async def seen(self) -> Response:
        """The text as it stands in hall.toml."""
        versions = self._configuration.versions
        try:
            text, known = await asyncio.to_thread(lambda: (versions.present(), versions.all()))
        except (OSError, ValueError) as error:
            return _not_now(str(error))
        return answered(
            ConfigurationSeen(
                text=text,
                file=str(versions.file),
                version=known[0].number if known else 0,
                running=self._configuration.running,
                writable=versions.writable,
                versions=[_seen(version) for version in known],
            )
        )

    async def schema(self) -> Response:
        """For editors that complete and check as one types."""
        try:
            schema = await self._configuration.schema()
        except HallError as error:
            return _not_now(str(error))
        return Response(json.dumps(schema, ensure_ascii=False), 200, NO_STORE, "application/json")

    async def version(self, version: Annotated[int, Field(ge=1, le=10**9)]) -> Response:
        """Applying it again goes back to it."""
        text = await asyncio.to_thread(self._configuration.versions.text, version)
        if text is None:
            return refused(no("not_found"))
        return Response(text, 200, NO_STORE, "application/toml")

    async def check(self, wish: CheckWish) -> Response:
        """Nothing is changed."""
        edit = wish.edit.model_dump(by_alias=True, exclude_none=True) if wish.edit else None
        try:
            return answered(_checked(await self._configuration.check(wish.text, edit)))
        except (HallError, OSError) as error:
            return _not_now(str(error))

    async def apply(self, wish: ApplyWish, who: OnDuty) -> Response:
        """Checked once more, kept, written down; then the hall begins again, without losing a number.

        Settings with which it does not come up are taken back by themselves, and an alert says so.
        """
        try:
            version, checked = await self._configuration.apply(wish.text, who.id, wish.reason, wish.based_on)
        except Outdated:
            return refused(no("configuration_outdated"))
        except (HallError, OSError) as error:
            return _not_now(str(error))
        return answered(Applied(version=version.number if version else None, checked=_checked(checked)))


def _seen(version: Version) -> VersionSeen:
    return VersionSeen(
        number=version.number,
        at=version.at,
        person=version.person,
        reason=version.reason,
        took_back=version.took_back,
    )


def _checked(checked: Checked) -> CheckedSeen:
    return CheckedSeen(
        good=checked.good,
        text=checked.text,
        mistakes=[MistakeSeen.model_validate(one) for one in checked.mistakes],
        in_the_way=[Text(vi=one.vi, en=one.en) for one in checked.in_the_way],
        difference=checked.difference,
        changed=checked.changed,
        summary=checked.summary,
        summary_vi=checked.summary_vi,
        people=PeopleSeen.model_validate(checked.people) if checked.people else None,
    )


def _not_now(sentence: str) -> Response:
    """What cannot be done on this machine, in the words of whoever tried."""
    return refused(Refusal("configuration_not_now", Sentence("Không thực hiện được trên máy này.", sentence)))
