"""The technician's console as a whole: what it is given, and the routers of its parts.

Wiring only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from hall_controller.web.backup_routes import BackupRoutes
from hall_controller.web.configuration_routes import ConfigurationRoutes
from hall_controller.web.fact_routes import FactRoutes
from hall_controller.web.procedure_file_routes import ProcedureFileRoutes
from hall_controller.web.support_routes import SupportRoutes
from hall_controller.web.technician_pages import TechnicianPages
from hall_controller.web.trying_routes import TryingRoutes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fastapi import APIRouter

    from hall_controller.configuration.applying import Configuration
    from hall_controller.configuration.procedure_file import ProcedureFile
    from hall_controller.controller import Controller
    from hall_controller.equipment.devices import Devices
    from hall_controller.safekeeping.backups import Backups
    from hall_controller.web.skeletons import Skeletons
    from hall_controller.web.whole import Stream


class Console(NamedTuple):
    """What the console works on."""

    configuration: Configuration
    backups: Backups
    procedures: ProcedureFile
    virtual_devices: bool
    """Whether keys of devices may be pressed on a page."""

    def routers(
        self, controller: Controller, stream: Stream, skeletons: Skeletons, devices: Devices
    ) -> Iterator[APIRouter]:
        """Every part of it."""
        trying = self.virtual_devices or controller.clock.training
        versions, journal = self.configuration.versions, self.backups.journal
        yield TechnicianPages(controller, skeletons, trying=trying).router()
        yield ConfigurationRoutes(self.configuration).router()
        yield FactRoutes(controller, stream, journal).router()
        yield BackupRoutes(controller, self.backups).router()
        yield ProcedureFileRoutes(controller, self.procedures).router()
        yield SupportRoutes(controller, devices, versions.file, journal.parent).router()
        yield TryingRoutes(controller, devices, allowed=trying).router()
