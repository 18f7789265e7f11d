"""The stage of a demo: ports, broker, controller and displays, started in order and ended in reverse.

    folder -> ports -> the morning so far -> broker -> controller -> displays -> ready for people

Belongs here: what is started with which settings. Never here: people (people, visit) and words (told).
"""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Final

from hall_controller import config as settings
from hall_controller.clock import Clock
from hall_controller.code_key import code_key
from hall_controller.demonstration import audience, brokers, morning
from hall_controller.demonstration.brokers import BrokerChoice
from hall_controller.demonstration.children import Child, Children
from hall_controller.demonstration.connection import LOOPBACK
from hall_controller.demonstration.kiosk import Kiosk
from hall_controller.hall_catalogue import catalogue
from hall_controller.journal_file import NAME as JOURNAL_NAME
from hall_controller.messages import Topics
from hall_controller.staff.hashing import made_now
from hall_controller.staff.register import NAME as REGISTER_NAME
from hall_controller.staff.register import Entry, Register
from hall_controller.staff.secrets_allowed import new_secret
from hall_controller.version import VERSION

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from hall_controller.demonstration.audience import Audience
    from hall_controller.domain.catalogue import Catalogue
    from hall_controller.settings import Config

HTTP_PORT: Final = 8080
MQTT_PORT: Final = 1883
READY_WITHIN_S: Final = 20.0
"""A Raspberry Pi 3 needs a few seconds to read the program from its card."""
EXAMPLE: Final = "hall.example.toml"
TECHNICIAN: Final = "demo"
KIOSK: Final = "kiosk-1"
SCREEN: Final = "screen-1"
PANELS: Final = "screen-2"
"""The display machines, as the reference hall names them: one with the hall screen, one with the LED panels."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What kind of demo: where, from when, and which displays."""

    folder: Path
    """Everything that is not kept."""
    data: Path
    """Where the journal lives."""
    choice: BrokerChoice
    always_training: bool
    """Start the hall's clock in the morning even when the hall is really open, so that every run is alike."""
    free: str
    """The counter without a simulated officer."""
    free_is_staffed: bool
    """Whether its officer has opened it this morning."""
    panel_line: str
    """Where the LED panels' console model writes."""
    panels: tuple[str, ...] = ()
    """Counters with a panel; empty for all."""
    window: bool = False
    """Whether the hall screen opens a window; else it is a picture file."""


@dataclass(kw_only=True)
class Prepared:
    """A hall that is ready to be started: everything but its processes."""

    plan: Plan
    config: Config
    catalogue: Catalogue
    topics: Topics
    http_port: int
    mqtt_port: int
    password: str
    """Of the technician `demo`, new each time."""
    starts_at: datetime | None
    """Where the training clock starts; None when it is the real time."""

    @property
    def hall(self) -> Path:
        """The settings that the hall runs with, and that its technician may change."""
        return self.plan.folder / EXAMPLE

    @property
    def paper(self) -> Path:
        """The file that the printer prints on."""
        return self.plan.folder / "paper.escpos"

    @property
    def picture(self) -> Path:
        """What the hall screen shows."""
        return self.plan.folder / "screen.png"

    @property
    def journal(self) -> Path:
        return self.plan.data / JOURNAL_NAME


@dataclass(kw_only=True)
class Stage(Prepared):
    """A running hall."""

    broker: str
    clock: Clock
    """The hall's time, near enough for people."""
    audience: Audience
    kiosk: Kiosk
    children: Children
    parts: dict[str, Child] = field(default_factory=dict)


def reference_hall() -> Path:
    """The hall that ships with the product."""
    return Path(str(files("firmware_config").joinpath(EXAMPLE)))


def _own_copy(folder: Path) -> Path:
    """The example hall and its lists, so that what a technician of the demo changes stays in the demo."""
    for example in (reference_hall(), *reference_hall().parent.glob("*.example.csv")):
        shutil.copy(example, folder)
    return folder / EXAMPLE


def prepared(plan: Plan) -> Prepared:
    """Find ports and a time, and write the morning so far; raises HallError."""
    http_port, mqtt_port = brokers.free_port(HTTP_PORT), brokers.free_port(MQTT_PORT)
    config = settings.load(_own_copy(plan.folder), _overrides(plan, http_port, mqtt_port))
    plan.data.mkdir(parents=True, exist_ok=True)
    hall = catalogue(config, code_key(plan.data))
    starts_at = _starts_at(plan, hall)
    morning.play(
        hall,
        plan.data / JOURNAL_NAME,
        starts_at or datetime.now(UTC),
        version=VERSION,
        training=starts_at is not None,
        counters=[counter for counter in hall.counters if plan.free_is_staffed or counter != plan.free],
        free=plan.free if plan.free_is_staffed else None,
    )
    return Prepared(
        plan=plan,
        config=config,
        catalogue=hall,
        topics=Topics(config.hall.id),
        http_port=http_port,
        mqtt_port=mqtt_port,
        password=_technician(plan.data),
        starts_at=starts_at,
    )


def _technician(data: Path) -> str:
    """The password of the demo's only technician; so nobody has to be entered first."""
    password = new_secret("technician")
    with Register(data / REGISTER_NAME) as register:
        register.put(Entry(TECHNICIAN, "technician", made_now(password)))
    return password


@asynccontextmanager
async def opened(hall: Prepared) -> AsyncIterator[Stage]:
    """The hall for as long as the block runs; raises HallError when a part cannot be started, or ends by itself."""
    folder, port = hall.plan.folder, hall.mqtt_port
    of_broker, children = Children(folder), Children(folder)
    async with brokers.broker(hall.plan.choice, port, of_broker, folder) as name:
        try:
            async with asyncio.TaskGroup() as group, audience.listening(hall.topics, port) as heard:
                watching = [group.create_task(watched.watch()) for watched in (of_broker, children)]
                stage = Stage(
                    **vars(hall),
                    broker=name,
                    clock=Clock(hall.starts_at),
                    audience=heard,
                    kiosk=Kiosk(hall.http_port, KIOSK),
                    children=children,
                )
                await _start_parts(stage)
                yield stage
                for watch in watching:
                    watch.cancel()
        finally:
            await children.end()


def _overrides(plan: Plan, http_port: int, mqtt_port: int) -> list[str]:
    return [
        f"mqtt.port={mqtt_port}",
        f"http.host={LOOPBACK}",
        f"http.port={http_port}",
        f"http.public_url=http://{LOOPBACK}:{http_port}",
        "catalogue.stale_after_days=0",
        "device.printer-1.model=file",
        f"device.printer-1.line=file://{plan.folder / 'paper.escpos'}",
    ]


def _starts_at(plan: Plan, hall: Catalogue) -> datetime | None:
    now = Clock().now()
    if plan.always_training or not now.trusted:
        return morning.next_morning(hall, now.at)
    return None if morning.is_lively(hall, now.at) else morning.next_morning(hall, now.at)


async def _start_parts(stage: Stage) -> None:
    """The controller, and meanwhile the displays, which wait for it by themselves."""
    plan = stage.plan
    clock = [] if stage.starts_at is None else ["--clock", stage.starts_at.isoformat()]
    overrides = _overrides(plan, stage.http_port, stage.mqtt_port)
    stage.parts["controller"] = await stage.children.start(
        "controller",
        [
            *_python("hall_controller"),
            "run",
            str(stage.hall),
            "--data",
            str(plan.data),
            *clock,
            *(word for override in overrides for word in ("--set", override)),
        ],
    )
    screen = (
        'window = "window"\nwidth = 1280\nheight = 720\n'
        if plan.window
        else (f'window = "none"\nflash = false\npicture = "{stage.picture}"\n')
    )
    stage.parts["screen"] = await _start_display(
        stage, SCREEN, f'[[screen]]\nid = "hall-screen"\n{screen}', may_end=plan.window
    )
    counters = plan.panels or tuple(stage.catalogue.counters)
    tables = "".join(_panel(counter, plan.panel_line) for counter in counters)
    stage.parts["panels"] = await _start_display(stage, PANELS, tables, stdout=asyncio.subprocess.PIPE)
    await _until_ready(stage)


async def _start_display(
    stage: Stage, device: str, tables: str, *, stdout: int | None = None, may_end: bool = False
) -> Child:
    file = stage.plan.folder / f"{device}.toml"
    protocol = "5" if stage.broker == "mosquitto" else "3.1.1"
    file.write_text(
        f'[hall]\nid = "{stage.config.hall.id}"\n[mqtt]\nhost = "{LOOPBACK}"\nport = {stage.mqtt_port}\n'
        f'protocol = "{protocol}"\n[device]\nid = "{device}"\n{tables}',
        "utf-8",
    )
    return await stage.children.start(
        device, [*_python("displays"), "run", str(file)], stdout=stdout, may_end=may_end
    )


async def _until_ready(stage: Stage) -> None:
    """The controller answers, and both display machines show what it told."""
    heard = stage.audience

    def ready() -> bool:
        controller = heard.controller
        return (
            controller is not None and controller.state == "ready" and {SCREEN, PANELS} <= heard.shown.keys()
        )

    await heard.until(ready, READY_WITHIN_S, "The start of the hall")


def _panel(counter: str, line: str) -> str:
    """The table of one console panel in a display.toml."""
    return f'[[panel]]\nid = "panel-{counter}"\nmodel = "console"\nline = "{line}"\ncounter = "{counter}"\n'


def has_display() -> bool:
    """Whether a window can be opened here; a bare console stays a console."""
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))


def _python(module: str) -> Sequence[str]:
    return (sys.executable, "-m", module)
