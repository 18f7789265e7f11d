"""The report of the reference period, made once for all tests that need it.

Belongs here: fixtures of this folder. Never here: a check.
"""

from __future__ import annotations

import pytest

from hall_controller import imports_file
from hall_controller.domain.catalogue import Catalogue
from hall_controller.report_commands import summaries
from hall_controller.reports.day_summary import DaySummary
from hall_controller.reports.figures import NAMES
from hall_controller.reports.imports import within
from hall_controller.reports.making import report
from hall_controller.reports.period import added_up
from hall_controller.reports.table import Report
from tests.hall_controller.conftest import FIRST_DAY, LAST_DAY, GoldenSeason
from tests.hall_controller.reports.played_days import MADE_AT
from tests.hall_controller.settings_files import FIRMWARE_CONFIG, reference_hall


@pytest.fixture(scope="session")
def golden_days(golden_season: GoldenSeason) -> list[DaySummary]:
    """The days of the reference period."""
    zone = reference_hall().timezone
    return list(summaries(golden_season.journal, FIRST_DAY, LAST_DAY, zone))


@pytest.fixture(scope="session")
def golden_hall() -> Catalogue:
    return reference_hall()


@pytest.fixture(scope="session")
def golden_report(golden_days: list[DaySummary], golden_hall: Catalogue) -> Report:
    """Its report, with the published counts imported."""
    lines = imports_file.read(FIRMWARE_CONFIG / "imports.example.csv", golden_hall, NAMES)
    period = added_up(FIRST_DAY, LAST_DAY, golden_hall, golden_days)
    return report(period, within(lines, FIRST_DAY, LAST_DAY), MADE_AT)
