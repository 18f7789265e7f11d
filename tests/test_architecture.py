"""Who may import whom, how long a file may be, and what no file may be called.

Belongs here: the laws and their numbers. Never here: how one is checked (architecture.py). Every check is tried
on a tree that breaks it as well, since a law that cannot be broken is not checked.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests import architecture as laws
from tests.source_tree import Module, read

ROOT = Path(__file__).parent.parent

# The first line that matches a module is its law. `a.*` is the package a with all in it; `*` alone is all of
# hall_controller, or every library. Ours are named without `hall_controller.`. What stands under "types" may only
# be imported under `if TYPE_CHECKING:`: such a module is GIVEN the part and just names its type.
MAY_IMPORT = laws.parse_laws("""
# module                  | of ours                                     | types                 | libraries
hall_controller           |                                             |                       | pure
domain.*                  | domain.*                                    |                       | pure
messages errors           |                                             |                       | pydantic
boards health             | domain.* messages                           |                       | pure
wait_alerts burst_alerts  | domain.* messages                           | health                | pure
events presses answers    | domain.* messages                           | journal               | pure
reports.rendering         | reports.*                                   |                       |
reports.formats.as_csv    | domain.* reports.*                          |                       |
reports.formats.as_html   | domain.* reports.*                          |                       | jinja2
reports.formats.as_xlsx   | domain.* reports.*                          |                       | openpyxl
reports.*                 | domain.* messages reports.* explain_calls   |                       | pure
report_process            | errors                                      | reports.kinds         | structlog
own_process               | errors                                      |                       |
counting_process          | errors hall_catalogue journal_days          |                       |
                          | counting_days summary_file                  |                       |
processors                |                                             |                       |
counting_days             | journal_days processors reports.*           |                       |
finished_days             | domain.facts errors own_process             | controller report_process | structlog
restarting                | systemd                                     |                       |
configuration             |                                             |                       |
configuration.versions configuration.trial | configuration.* errors journal_copy |             |
configuration.assigning   | errors toml_places                          |                       |
configuration.check_process | config configuration.* errors mistakes_in_vietnamese | settings              |
configuration.fitting     | domain.*                                    |                       | pure
configuration.list_process | config procedures catalogue_difference errors |                     |
                          | mistakes_in_vietnamese                      |                       |
configuration.procedure_file | own_process errors journal_copy           |                       |
code_key                  | errors                                      |                       |
fact_shown                | domain.*                                    |                       | pure
safekeeping               |                                             |                       |
safekeeping.secrets_removed |                                           |                       |
safekeeping.copying_process | backup errors journal_*                   |                       |
safekeeping.support_process | errors fact_shown journal_* safekeeping.* version |                 |
safekeeping.restoring     | errors journal_copy restore restored        |                       |
safekeeping.backups       | backup errors own_process safekeeping.*     |                       |
start_news                | domain.* messages                           | configuration.* health safekeeping.* |
configuration.applying    | configuration.* domain.* own_process        | controller            |
report_commands           | domain.catalogue errors journal_days        | settings              |
                          | hall_catalogue imports_file reports.*       |                       |
                          | counting_days summary_file                  |                       |
summary_file              | reports reports.kept_day                    | journal_days          |
                          |                                             | reports.day_summary   |
imports_file              | list_file errors mistakes reports.imports   | domain.catalogue      |
devices.ticket*           | domain.* messages                           |                       | pure
                          | devices.ticket_words                        |                       |
catalogue_difference      |                                             | catalogue_file        | pure
procedures                | catalogue_* domain.commands errors messages | controller health settings | structlog
# a command of `hall` may load what it needs: it is loaded only when it is called
command_line.loading      | command_line                                |                       | typer
command_line.told         | errors                                      |                       | typer
command_line.options      | domain.catalogue errors                     |                       | typer
command_line.*            | *                                           |                       | *
clock                     | domain.commands errors                      |                       |
# hall.toml: read, checked and turned into what the domain works with
setting_values            | messages                                    |                       | pydantic
setting_tables            | domain.catalogue setting_values             |                       | pydantic
setting_calls             | messages setting_tables setting_values      |                       | pydantic
settings                  | messages setting_*                          |                       | pydantic
toml_places device_mistakes_in_vietnamese |                               |                       |
mistakes_in_vietnamese    | device_mistakes_in_vietnamese               |                       |
mistakes                  | messages setting* toml_places               |                       | pydantic pydantic_core
overrides references      | domain.catalogue esp32_models mistakes settings | toml_places       |
config                    | domain.catalogue errors mistakes settings   |                       | pydantic
                          | overrides references pad_settings           |                       |
                          | printer_settings esp32_models               |                       |
esp32_models              | mistakes                                    | settings              |
printer_settings          | mistakes                                    | settings              |
pad_settings              | devices.pads devices.line_address mistakes   | settings              | pydantic
                          | errors messages                             |                       |
holidays_of_vietnam       |                                             |                       | holidays
list_file                 | errors mistakes                             |                       |
catalogue_file            | domain.catalogue errors list_file mistakes  | settings              |
dossier_file              | domain.dossiers errors list_file mistakes   |                       |
dossiers                  | dossier_file errors messages                | health settings       | structlog
hall_catalogue            | domain.* setting* holidays_of_vietnam       |                       |
version systemd           |                                             |                       |
asyncapi asyncapi_*       | messages asyncapi_* domain.codec domain.facts |                     | pydantic yaml
backup restore restored   | domain.* errors journal_* backup restored   |                       |
officer_codes             | errors journal_copy reports.cut_summary     |                       |
retention_overdue         | domain.facts errors journal_days messages   | controller health     |
retention_days            | domain.facts journal_* reports.*            |                       |
retention                 | errors journal_* officer_codes retention_days |                     |
                          | staff.* summary_file                        |                       |
# the way of one press
journal journal_*         | domain.* errors journal_*                   |                       |
controller                | domain.* journal boards messages errors     | clock                 | structlog
                          | answers journal_days                        |                       |
devices                   |                                             |                       | pure
devices.lines             | messages domain.commands errors             |                       | serial usb gpiozero
                          | devices.line_address                        |                       |
devices.line_address      | errors                                      |                       |
devices.paper             | devices.ticket devices.qr messages          |                       | PIL
devices.qr                |                                             |                       | qrcode
devices.print_worker      | devices.* errors                            |                       |
devices.contacts devices.rounds |                                       |                       | pure
devices.pad_keys          | messages                                    |                       | pydantic
devices.pins              | devices.line_address errors                 |                       | gpiozero
devices.pads.*            | devices.pads.* devices.pad_keys messages    |                       | *
                          | devices.ticket                              |                       |
pad_reader                | devices.line* errors                        | devices.pads          |
pad_poller                | devices.rounds pad_reader                   | devices.lines         |
pin_watcher               | devices.pins devices.line_address errors    | devices.pads          |
                          | pad_reader                                  |                       |
wired_pad                 | domain.refusals devices.pads messages       | answers controller    | structlog
                          | devices.contacts errors presses             | pad_settings          |
local_pads                | errors messages mistakes pad_settings       | controller health     |
                          | pad_reader pad_poller pin_watcher wired_pad |                       |
devices.printers.*        | devices.* messages                          |                       | *
printing                  | domain.* devices.* messages errors          | controller health     | structlog
home_assistant            | messages                                    | domain.* settings     | pure
mqtt mqtt_devices uplink  | messages domain.commands domain.refusals    | controller boards     | aiomqtt paho pydantic
                          | errors events presses answers mqtt_devices  | health                | structlog
asking                    | errors staff.*                              | settings              |
doctor.finding            | messages                                    |                       | pure
doctor.machine_checks     | doctor.finding                              | doctor.machine        | pure
doctor.retention_checks   | doctor.finding retention_overdue equipment.advice |                       |
doctor.network_checks     | doctor.finding                              | doctor.broker* settings | pure
doctor.device_checks      | doctor.finding equipment.sentences messages | doctor.* settings     | pure
doctor.examination        | doctor.* asking procedures domain.catalogue | settings              |
                          | errors messages staff.register esp32_models |                       |
                          | installation.secret_file journal_*          |                       |
doctor.broker             | messages                                    |                       | aiomqtt pydantic
doctor.broker_rules       | doctor.broker                               | messages              | aiomqtt
doctor doctor.*           |                                             |                       |
equipment                 |                                             |                       | pure
equipment.care            | messages equipment.advice equipment.verdict | equipment.roster      | pydantic
equipment.adopted_file    | errors messages                             |                       | pydantic
equipment.devices         | domain.* messages errors equipment.*        | controller health     |
equipment.outages         | domain.*                                    | controller equipment.* |
equipment.orders          | domain.* messages errors equipment.*        | controller health     |
equipment.places          | domain.* messages errors equipment.*        | controller health     |
equipment.*               | domain.* messages equipment.*               | boards controller health | pure
looking_after             | burst_alerts wait_alerts systemd messages   | controller health mqtt | structlog
                          | equipment.alerts equipment.outages          | equipment.roster      |
staff.hash_worker         |                                             |                       | argon2
staff.*                   | staff.* domain.catalogue errors             |                       |
web.desk_*                | web.* domain.* messages explain*            | controller            | *
web.*                     | web.* staff.* domain.* messages errors presses | controller boards  | *
                          | reports.kinds reports.today* equipment.*    |                       |
                          | restarting configuration.applying own_process |                     |
                          | fact_shown journal_newest                   | configuration.*       |
                          |                                             | safekeeping.*         |
                          |                                             | procedures dossiers   |
                          |                                             | catalogue_file        |
explain explain_calls     | domain.* explain_calls                      |                       | pure
ticket_story              | domain.* errors explain* journal_days       |                       |
simulation.habits         | errors                                      |                       | pydantic
simulation.chance         |                                             |                       |
simulation.recording      | simulation.* errors journal                 | domain.*              |
simulation.*              | simulation.* domain.* errors                |                       | pure
whatif.as_html            | domain.* reports.* whatif.*                 |                       | jinja2
whatif.*                  | whatif.* simulation.* domain.* reports.*    |                       | pure
                          | errors                                      |                       |
whatif_commands           | errors journal_days processors whatif.*     | domain.catalogue      |
embedded_broker           | errors                                      |                       | amqtt
installation.*            | installation.* config esp32_models messages settings errors |                     | yaml
app demo demonstration.*  | *                                           |                       | *
__main__                  | command_line.loading                        |                       | typer
displays.*                | displays.* messages errors systemd          |                       | *
""")

# One model of device is one file, which imports its own hardware library when the device is opened.
DRIVERS = (
    "hall_controller.devices.pads.*",
    "hall_controller.devices.printers.*",
    "hall_controller.devices.lines",
    "hall_controller.devices.pins",
    "displays.panels.*",
)
SAYS_NOTHING = ("utils", "common", "helpers", "core", "base", "manager", "misc", "serial")
LONGEST_LINES = 400
MEDIAN_LINES = 120

Check = Callable[[dict[str, Module]], list[str]]
CHECKS: dict[str, Check] = {
    "imports": lambda modules: laws.forbidden_imports(modules, MAY_IMPORT),
    "purity": lambda modules: laws.impure_calls(modules, MAY_IMPORT),
    "hidden imports": lambda modules: laws.hidden_imports(modules, DRIVERS),
    "cycles": laws.import_cycles,
    "docstrings": laws.missing_docstrings,
    "names": lambda modules: laws.bad_names(modules, SAYS_NOTHING),
    "sizes": lambda modules: laws.oversize(modules, longest=LONGEST_LINES, median=MEDIAN_LINES),
}


@pytest.mark.parametrize("check", CHECKS)
def test_both_programs_keep_the_laws_of_the_house(check: str) -> None:
    findings = CHECKS[check](read(ROOT, "hall_controller", "displays"))
    assert not findings, "\n".join(["", *findings])


@pytest.mark.parametrize("check", ["cycles", "names"])
def test_the_tests_keep_the_laws_that_concern_them(check: str) -> None:
    findings = CHECKS[check](read(ROOT, "tests"))
    assert not findings, "\n".join(["", *findings])


def test_all_files_together_keep_to_their_size() -> None:
    findings = CHECKS["sizes"](read(ROOT, "hall_controller", "displays", "tests"))
    assert not findings, "\n".join(["", *findings])


def test_there_is_as_much_test_as_code() -> None:
    written = {
        part: laws.written_lines(read(ROOT, part)) for part in ("hall_controller", "displays", "tests")
    }
    assert written["tests"] >= written["hall_controller"] + written["displays"]


# What breaks each law: the check, a file, its text, and a word that the finding must hold.
BREACHES = [
    ("imports", "hall_controller/domain/rules.py", "import time", "time"),
    ("imports", "hall_controller/domain/rules.py", "import random", "random"),
    ("imports", "hall_controller/domain/rules.py", "from hall_controller import messages", "messages"),
    ("imports", "hall_controller/domain/rules.py", "from .. import messages", "messages"),
    ("imports", "hall_controller/boards.py", "from pathlib import Path", "pathlib"),
    ("imports", "hall_controller/messages.py", "import structlog", "structlog"),
    ("imports", "hall_controller/mqtt.py", "from hall_controller.controller import Controller", "controller"),
    ("imports", "hall_controller/web/api.py", "import hall_controller.app", "hall_controller.app"),
    ("imports", "hall_controller/app.py", "from displays import feed", "displays"),
    ("imports", "hall_controller/__init__.py", "from hall_controller import errors", "errors"),
    ("imports", "hall_controller/brand_new.py", "", "no law"),
    ("imports", "displays/feed.py", "from hall_controller.domain.facts import Fact", "domain.facts"),
    ("purity", "hall_controller/domain/rules.py", "import datetime\nd = datetime.datetime.now()", "clock"),
    ("purity", "hall_controller/boards.py", "async def shown(): ...", "async"),
    ("purity", "hall_controller/reports/wait.py", "open('x')", "open()"),
    ("purity", "hall_controller/health.py", "def f(t): return t.astimezone()", "time zone"),
    ("hidden imports", "hall_controller/journal.py", "def f():\n import sqlite3", "sqlite3"),
    ("hidden imports", "displays/panels/sign.py", "def f():\n import json", "json"),
    ("docstrings", "hall_controller/journal.py", "", "no law"),
    ("names", "hall_controller/utils.py", "", "utils"),
    ("names", "displays/queue.py", "", "queue"),
    ("sizes", "displays/feed.py", "x = 1\n" * 500, "over 400"),
]


@pytest.mark.parametrize(("check", "path", "text", "word"), BREACHES)
def test_a_breach_is_found(check: str, path: str, text: str, word: str, tmp_path: Path) -> None:
    innocent = ["errors", "messages", "app", "controller", "domain/facts", "domain/__init__", "__init__"]
    for name in [f"hall_controller/{name}.py" for name in innocent] + ["displays/feed.py"]:
        write(tmp_path / name, "")
    write(tmp_path / path, text)
    findings = CHECKS[check](read(tmp_path, "hall_controller", "displays"))
    assert any(word in finding and path in finding for finding in findings), findings


def test_a_driver_may_import_its_hardware_library_late_and_a_type_may_be_named(tmp_path: Path) -> None:
    write(tmp_path / "displays/panels/sign.py", "def f():\n import luma.led_matrix")
    given = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n from hall_controller.controller import C"
    write(tmp_path / "hall_controller/mqtt.py", given)
    write(tmp_path / "hall_controller/controller.py", "from hall_controller.journal import Journal")
    write(tmp_path / "hall_controller/journal.py", "if TYPE_CHECKING:\n import hall_controller.domain.facts")
    write(tmp_path / "hall_controller/domain/facts.py", "")
    modules = read(tmp_path, "hall_controller", "displays")
    assert [
        finding for check in ("imports", "hidden imports", "cycles") for finding in CHECKS[check](modules)
    ] == []


def test_a_cycle_of_imports_is_found_and_told(tmp_path: Path) -> None:
    write(tmp_path / "displays/feed.py", "from displays import voice")
    write(tmp_path / "displays/voice.py", "from displays.feed import Feed")
    (finding,) = laws.import_cycles(read(tmp_path, "displays"))
    assert "displays.feed" in finding
    assert "displays.voice" in finding


def test_a_median_that_is_too_long_is_found(tmp_path: Path) -> None:
    for name in ("feed", "voice", "lines"):
        write(tmp_path / f"displays/{name}.py", "x = 1\n" * 130)
    (finding,) = CHECKS["sizes"](read(tmp_path, "displays"))
    assert "median" in finding


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f'"""What it is."""\n{text}\n', "utf-8")
