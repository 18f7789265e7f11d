"""The hall announced to Home Assistant, where a hall wants that: one retained message, made of the settings; pure.

Home Assistant then reads the topics of the contract by itself (home-assistant.io/integrations/mqtt, discovery of
devices). It can only look: nothing here can be pressed. An empty message takes the announcement back.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from hall_controller.messages import Topics

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hall_controller.domain.catalogue import Catalogue
    from hall_controller.settings import Config

SOURCE: Final = "Hall Controller"
THERE: Final = "{{ 'online' if value_json.state in ['ready', 'degraded'] else 'offline' }}"
READY: Final = "{{ 'ON' if value_json.state == 'ready' else 'OFF' }}"
TROUBLE: Final = "{{ 'ON' if value_json.state == 'degraded' else 'OFF' }}"


def kept(config: Config, catalogue: Catalogue, version: str) -> dict[str, bytes]:
    """What the broker is to keep for Home Assistant by the hall's settings: the announcement, or none."""
    wanted = config.home_assistant
    if not wanted.discovery:
        return taken_back(catalogue, wanted.prefix)
    speaking = [device.id for device in config.device if device.line == "mqtt:"]
    return announced(catalogue, Topics(config.hall.id), speaking, wanted.prefix, version)


def announced(
    catalogue: Catalogue, topics: Topics, devices: Iterable[str], prefix: str, version: str
) -> dict[str, bytes]:
    """What is to be kept by the broker, by topic; `devices` are those that speak MQTT."""
    hall = f"hall-{catalogue.hall}"
    message = {
        "device": {
            "identifiers": [hall],
            "name": catalogue.name.vi,
            "manufacturer": SOURCE,
            "model": "hall",
            "sw_version": version,
        },
        "origin": {"name": SOURCE, "sw_version": version},
        "availability": [{"topic": topics.controller_state, "value_template": THERE}],
        "qos": 1,
        "components": {
            name: {"unique_id": f"{hall}-{name}", **component}
            for name, component in _components(catalogue, topics, devices)
        },
    }
    return {_topic(catalogue, prefix): json.dumps(message, ensure_ascii=False).encode()}


def taken_back(catalogue: Catalogue, prefix: str) -> dict[str, bytes]:
    """What makes Home Assistant forget the hall."""
    return {_topic(catalogue, prefix): b""}


def _topic(catalogue: Catalogue, prefix: str) -> str:
    return f"{prefix}/device/hall-{catalogue.hall}/config"


def _components(
    catalogue: Catalogue, topics: Topics, devices: Iterable[str]
) -> Iterable[tuple[str, dict[str, Any]]]:
    yield (
        "journal",
        {
            "platform": "binary_sensor",
            "name": "Không ghi được dữ liệu",
            "device_class": "problem",
            "entity_category": "diagnostic",
            "state_topic": topics.controller_state,
            "value_template": TROUBLE,
        },
    )
    for name, title, field, besides in (
        (
            "journal-ms",
            "Thời gian ghi",
            "journal_ms",
            {"unit_of_measurement": "ms", "device_class": "duration"},
        ),
        (
            "disk",
            "Dung lượng còn trống",
            "disk_free_mb",
            {"unit_of_measurement": "MiB", "device_class": "data_size"},
        ),
        ("heat", "Nhiệt độ", "temperature_c", {"unit_of_measurement": "°C", "device_class": "temperature"}),
    ):
        yield (
            name,
            {
                "platform": "sensor",
                "name": title,
                "entity_category": "diagnostic",
                "state_class": "measurement",
                "state_topic": topics.controller_health,
                "value_template": f"{{{{ value_json.{field} }}}}",
                **besides,
            },
        )
    for queue in catalogue.queues.values():
        yield (
            f"waiting-{queue.id}",
            {
                "platform": "sensor",
                "name": f"{queue.name.vi}: đang chờ",
                "icon": "mdi:account-clock",
                "state_class": "measurement",
                "state_topic": topics.queue(queue.id),
                "value_template": "{{ value_json.waiting }}",
            },
        )
        yield (
            f"wait-{queue.id}",
            {
                "platform": "sensor",
                "name": f"{queue.name.vi}: dự kiến chờ",
                "device_class": "duration",
                "unit_of_measurement": "s",
                "state_topic": topics.queue(queue.id),
                "value_template": "{{ value_json.estimated_wait_s }}",
            },
        )
    for device in devices:
        yield (
            f"device-{device}",
            {
                "platform": "binary_sensor",
                "name": device,
                "device_class": "connectivity",
                "entity_category": "diagnostic",
                "state_topic": topics.device(device, "state"),
                "value_template": READY,
            },
        )
