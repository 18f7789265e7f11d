"""Tells the technician and the guidance desk in which queues people wait too long, and takes it back when they do not.

Translates the hall's state into alerts and decides nothing: when a target is passed says `domain.targets`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hall_controller.messages import Text, alert_code

if TYPE_CHECKING:
    from hall_controller.domain.hall import Hall
    from hall_controller.health import Health


def look(hall: Hall, health: Health) -> None:
    """Raise or end the alert of every queue; cheap, to be called as often as one likes."""
    for queue in hall.catalogue.queues:
        code = alert_code("wait", queue)
        if hall.queue(queue).late:
            health.raise_alert(code, "warning", _text(hall, queue))
        else:
            health.end_alert(code)


def _text(hall: Hall, queue: str) -> Text:
    name, targets = hall.catalogue.queues[queue].name, hall.catalogue.targets
    if "oldest" in hall.queue(queue).late:
        limit = f"{targets.oldest_s / 60:g}"
        return Text(
            vi=f"{name.vi}: có người chờ quá {limit} phút, hãy mở thêm quầy.",
            en=f"{name.en}: somebody has waited more than {limit} min; open another counter.",
        )
    limit = f"{targets.wait_s / 60:g}"
    return Text(
        vi=f"{name.vi}: cứ mười người có một người chờ quá {limit} phút, hãy mở thêm quầy.",
        en=f"{name.en}: one in ten waits more than {limit} min; open another counter.",
    )
