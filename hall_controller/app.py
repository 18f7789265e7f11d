"""The wiring: builds every part of the controller from its settings, starts them in order, stops them in reverse.

    settings -> socket -> journal -> controller -> printing, mqtt, web -> "ready"

Importing this module does nothing; only the command line does.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import signal
import socket
import time
from ipaddress import ip_network
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import structlog

from hall_controller import (
    pad_settings,
    printer_settings,
    restarting,
    start_news,
    systemd,
)
from hall_controller.backup import FOLDER as BACKUPS_NAME
from hall_controller.code_key import code_key
from hall_controller.configuration.applying import Configuration
from hall_controller.configuration.procedure_file import ProcedureFile
from hall_controller.configuration.versions import Versions
from hall_controller.controller import Controller
from hall_controller.domain.commands import SkipNumbers
from hall_controller.domain.days import business_day
from hall_controller.dossiers import Dossiers
from hall_controller.equipment.adopted_file import NAME as ADOPTED_NAME
from hall_controller.equipment.adoption import Adoption
from hall_controller.equipment.devices import Devices
from hall_controller.equipment.orders import Orders
from hall_controller.equipment.places import Places
from hall_controller.equipment.roster import Roster
from hall_controller.equipment.seen import Equipment
from hall_controller.errors import HallError, JournalBroken
from hall_controller.finished_days import FinishedDays
from hall_controller.hall_catalogue import catalogue
from hall_controller.health import Health
from hall_controller.home_assistant import kept
from hall_controller.journal import Journal
from hall_controller.journal_file import NAME as JOURNAL_NAME
from hall_controller.local_pads import LocalPads
from hall_controller.looking_after import log_alert, look_after
from hall_controller.messages import Text, Topics
from hall_controller.mqtt import BrokerAddress, Mqtt
from hall_controller.printing import PaperSettings, PrinterSettings, Printing
from hall_controller.procedures import Procedures
from hall_controller.report_process import ReportProcess
from hall_controller.restore import recover
from hall_controller.restored import epoch_to_use, journal_epoch, last_restore
from hall_controller.retention_overdue import RetentionOverdue
from hall_controller.safekeeping import restoring
from hall_controller.safekeeping.backups import Backups
from hall_controller.staff.register import NAME as REGISTER_NAME
from hall_controller.staff.register import Register
from hall_controller.staff.sessions import Lengths
from hall_controller.version import VERSION
from hall_controller.web import api
from hall_controller.web.auth import Auth
from hall_controller.web.console import Console
from hall_controller.web.serving import LONGEST_GOODBYE_S, Server, listen

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from fastapi import FastAPI

    from hall_controller.clock import Clock
    from hall_controller.domain.commands import Command
    from hall_controller.settings import Config

log = structlog.get_logger()

NUMBERS_SKIPPED: Final = 50
"""More than a queue gives out between a damaged card's last readable fact and the power cut."""
COLLECT_AFTER: Final = (20_000, 20, 50)
"""Objects until a young collection, and how many of each until the next older one."""
NO_TECHNICIAN: Final = "This hall has no technician yet: open the set-up page and enter the code."


async def run(
    config: Config,
    data: Path,
    clock: Clock,
    ready: Callable[[Controller], None] | None = None,
    *,
    hall: Path,
    overrides: Sequence[str] = (),
) -> bool:
    """Run the hall until SIGINT, SIGTERM or cancellation; raises HallError when it cannot start or go on.

    `hall` and `overrides` are where `config` came from. True: it is to begin again at once, with what is there now.
    """
    stop, again = asyncio.Event(), asyncio.Event()
    for wish in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(wish, stop.set)
    with contextlib.ExitStack() as opened:
        listener = opened.enter_context(listen(config.http.host, config.http.port))
        register = opened.enter_context(Register(data / REGISTER_NAME))
        key = code_key(data)
        wished = restoring.carry_out(data, data / JOURNAL_NAME)
        journal = opened.enter_context(_open_journal(data))
        controller = Controller(catalogue(config, key), journal, clock)
        health = Health([device.id for device in config.device], lambda: clock.now().at)
        health.on_alert.append(log_alert)
        printing = Printing(_printers(config), _paper(config), controller, health)
        counters = {device.id: device.counter for device in config.device}
        mqtt = Mqtt(_broker(config), Topics(config.hall.id), controller, counters, health, VERSION)
        mqtt.kept = kept(config, controller.hall.catalogue, VERSION)
        wired = [pad for device in config.device if (pad := pad_settings.wired(device))]
        pads = LocalPads(wired, controller, health)
        roster = Roster(_equipment(config), health, time.monotonic)
        _listen(roster, mqtt, controller)
        orders = Orders(roster, health.hall_time, mqtt=mqtt.devices, printers=printing, pads=pads)
        adoption = Adoption(roster.strangers, time.monotonic)
        mqtt.devices.on_said.append(adoption.heard)
        places = Places(data / ADOPTED_NAME, controller, health, roster, counters, mqtt.devices, pads.retire)
        mqtt.on_connected.append(places.tell_all)
        devices = Devices(
            roster, health, orders, adoption, places, [counter.id for counter in config.counter]
        )
        procedures = Procedures(config, controller, health)
        dossiers = Dossiers(config, health)
        auth = Auth(controller, register, _session_lengths(config))
        path = data / JOURNAL_NAME
        reports = ReportProcess(_named(hall, overrides), path)

        def begin_again() -> None:
            restarting.hand_on(listener, config.http.host, config.http.port)
            again.set()
            stop.set()

        console = _console(config, hall, data, overrides, controller, begin_again)
        web = Server(
            _web(
                config,
                controller,
                auth=auth,
                printing=printing,
                procedures=procedures,
                dossiers=dossiers,
                reports=reports,
                devices=devices,
                console=console,
            ),
            listener,
        )
        first: list[Command] = [
            *_lost_numbers(controller, path),
            *console.configuration.take_in(),
            *start_news.restored(wished),
        ]
        await controller.start(VERSION, epoch_to_use(path), first)
        start_news.tell(console.configuration.versions.newest, wished, health)
        _spare_collections()
        if not register.has_technician():
            log.warning(NO_TECHNICIAN, code=auth.set_up_code, page=f"http://…:{web.port}/set-up")
        log.info("The hall is open for business.", hall=config.hall.id, facts=controller.rev, version=VERSION)
        try:
            await _until(
                stop,
                [
                    controller.run(),
                    printing.run(),
                    mqtt.run(),
                    pads.run(),
                    procedures.run(),
                    dossiers.run(),
                    auth.run(),
                    FinishedDays(controller, reports.days_left, path, config.hall.timezone).run(),
                    RetentionOverdue(controller, health, path, config.retention.ticket_days).run(),
                    look_after(controller, health, mqtt, roster, data),
                    _serve(web),
                    _ready(controller, ready),
                    console.configuration.trial.run(),
                ],
                again,
            )
        finally:
            await controller.stop()
            log.info("The hall has stopped.", facts=controller.rev)
    return again.is_set()


def _console(
    config: Config,
    hall: Path,
    data: Path,
    overrides: Sequence[str],
    controller: Controller,
    begin_again: Callable[[], None],
) -> Console:
    own_data = Path(config.data.dir) == data
    return Console(
        Configuration(Versions(hall, data), overrides, controller, begin_again, data_by_settings=own_data),
        Backups(data / JOURNAL_NAME, data / BACKUPS_NAME, begin_again),
        ProcedureFile(config.catalogue.file, hall, overrides, data),
        config.hall.virtual_devices,
    )


def _named(hall: Path, overrides: Sequence[str]) -> tuple[str, ...]:
    """The words of a command line that name the settings again, for a report's own process."""
    return "--hall", str(hall.absolute()), *(word for one in overrides for word in ("--set", one))


def _open_journal(data: Path) -> Journal:
    """The journal, or when the card has damaged it the newest good backup with all that can still be read."""
    path = data / JOURNAL_NAME
    with contextlib.suppress(JournalBroken):
        return Journal.open(path)
    restored = recover(path, data / BACKUPS_NAME)
    log.warning(restored.sentence)
    return Journal.open(path)


def _lost_numbers(controller: Controller, path: Path) -> list[SkipNumbers]:
    """At the first start after a restore that lost facts: numbers that may be on paper are not given out again."""
    restored = last_restore(path)
    if restored is None or restored.complete or journal_epoch(path) >= restored.epoch:
        return []
    day = restored.day or business_day(controller.hall, controller.clock.now())
    highest = dict.fromkeys(controller.hall.catalogue.queues, 0) | restored.highest
    return [SkipNumbers(day, {queue: number + NUMBERS_SKIPPED for queue, number in highest.items()})]


def _spare_collections() -> None:
    """What is here at the start stays: looking through all of it for garbage held up the hall by 70 ms at a time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECT_AFTER)


async def _until(stop: asyncio.Event, parts: list[Any], again: asyncio.Event) -> None:
    """Run the parts, and on `stop` end them one after the other, the last first; one that fails ends them all."""
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(part) for part in parts]
        await stop.wait()
        systemd.notify(systemd.reloading() if again.is_set() else "STOPPING=1")
        for task in reversed(tasks):
            task.cancel()
            await asyncio.wait({task})


async def _serve(web: Server) -> None:
    """Serve until cancelled, then let what is under way end."""
    serving = asyncio.ensure_future(web.run())
    try:
        await asyncio.shield(serving)
    finally:
        web.stop()
        await asyncio.wait({serving}, timeout=LONGEST_GOODBYE_S + 1)


async def _ready(controller: Controller, ready: Callable[[Controller], None] | None) -> None:
    systemd.notify("READY=1")
    if ready is not None:
        ready(controller)


def _broker(config: Config) -> BrokerAddress:
    password = None
    if config.mqtt.password_file:
        try:
            password = Path(config.mqtt.password_file).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise HallError(f"mqtt.password_file {config.mqtt.password_file}: {error.strerror}") from None
    mqtt = config.mqtt
    return BrokerAddress(mqtt.host, mqtt.port, "controller", mqtt.username or None, password)


def _session_lengths(config: Config) -> Lengths:
    said = config.officers
    return Lengths(said.session_h * 3600, said.desk_idle_min * 60, said.office_idle_min * 60)


def _web(  # noqa: PLR0913 - the parts that the web is given, each by name
    config: Config,
    controller: Controller,
    *,
    auth: Auth,
    printing: Printing,
    procedures: Procedures,
    dossiers: Dossiers,
    reports: ReportProcess,
    devices: Devices,
    console: Console,
) -> FastAPI:
    machine = socket.gethostname()
    return api.build(
        controller,
        auth=auth,
        printing=printing if any(device.type == "printer" for device in config.device) else None,
        asyncapi=Path(__file__).with_name("asyncapi.yaml").read_text("utf-8"),
        allow=[ip_network(network) for network in config.http.allow],
        hosts=(*config.http.hosts, machine, f"{machine}.local"),
        kiosks=[device.id for device in config.device if device.type == "kiosk"],
        public_url=config.http.public_url,
        procedures=procedures,
        dossiers=dossiers if dossiers.kept else None,
        reports=reports,
        devices=devices,
        console=console,
        version=VERSION,
    )


def _equipment(config: Config) -> list[Equipment]:
    return [
        Equipment(device.id, device.type, device.model, device.line, device.counter, device.gateway)
        for device in config.device
    ]


def _listen(roster: Roster, mqtt: Mqtt, controller: Controller) -> None:
    """All that the roster of devices hears."""
    mqtt.on_connected.append(roster.connected)
    mqtt.devices.on_said.append(roster.heard)
    controller.on_board.append(roster.board_told)
    controller.on_commit.append(roster.committed)


def _printers(config: Config) -> list[PrinterSettings]:
    return [
        PrinterSettings(device.id, printer_settings.worker(device, config.ticket.width_mm))
        for device in config.device
        if device.type == "printer"
    ]


def _paper(config: Config) -> PaperSettings:
    missed = config.ticket.missed
    return PaperSettings(config.http.public_url, Text(vi=missed.vi, en=missed.en))
