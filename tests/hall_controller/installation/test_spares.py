"""New devices that wait for adoption have a name and a secret of their own at the broker, as many as the hall wants."""

from __future__ import annotations

from hall_controller.installation.firmware import clients
from tests.hall_controller.settings_files import SMALL, loaded


def test_a_hall_has_as_many_spare_names_as_it_asks_for() -> None:
    assert clients(loaded(SMALL)) == ["controller"]
    assert clients(loaded(SMALL, "mqtt.spares=2")) == ["controller", "spare-1", "spare-2"]
