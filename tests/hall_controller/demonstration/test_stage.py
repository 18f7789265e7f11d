"""What a demo is prepared with.

Belongs here: its files and settings before anything runs. Never here: the running demo (test_demo).
"""

from __future__ import annotations

from pathlib import Path

from hall_controller.demonstration.brokers import BrokerChoice
from hall_controller.demonstration.stage import Plan, prepared, reference_hall


def test_a_technician_of_the_demo_changes_the_demos_own_hall_and_never_the_example(tmp_path: Path) -> None:
    ready = prepared(
        Plan(
            folder=tmp_path,
            data=tmp_path / "data",
            choice=BrokerChoice.AUTO,
            always_training=True,
            free="5",
            free_is_staffed=False,
            panel_line="console:",
        )
    )
    assert ready.hall.parent == tmp_path
    assert ready.hall.read_bytes() == reference_hall().read_bytes()
    assert (tmp_path / ready.config.catalogue.file).is_file()
    assert (tmp_path / ready.config.kiosk.dossiers).is_file()
