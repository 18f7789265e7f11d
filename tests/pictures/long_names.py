"""The reference hall with names as long as Vietnamese offices have them; numbers and rules stay.

Belongs here: the names. Never here: a picture.
"""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from pathlib import Path
from typing import Final

from displays.screens.examples import LONG_FIELD, LONG_NAME
from hall_controller.domain.catalogue import Text
from tests.hall_controller.web.hall_on_the_web import Printer, WebHall
from tests.hall_controller.web.reference_web import reference_catalogue, reference_hall

AGENCY: Final = Text(
    "Ban Quản lý các khu công nghiệp và Trung tâm Xúc tiến đầu tư, thương mại và du lịch tỉnh",
    "Provincial Industrial Zones Authority and Centre for Promotion of Investment, Trade and Tourism",
)
COUNTER: Final = "Một cửa 128"


def hall_of_long_names(folder: Path, printer: Printer) -> AbstractAsyncContextManager[WebHall]:
    """Every agency, field and counter named as long as it gets."""
    ordinary = reference_catalogue()
    field = Text(*LONG_FIELD)
    return reference_hall(
        folder,
        printer,
        name=Text(LONG_NAME.vi, LONG_NAME.en),
        agencies={id_: replace(agency, name=AGENCY) for id_, agency in ordinary.agencies.items()},
        services={id_: replace(service, name=field) for id_, service in ordinary.services.items()},
        counters={id_: replace(counter, name=COUNTER) for id_, counter in ordinary.counters.items()},
    )
