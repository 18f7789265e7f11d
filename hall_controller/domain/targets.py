"""When a queue's waiting passes the targets, and when it is well again: told once an episode, as time passes.

Decides only; the measures are those of `measuring`, the alert is somebody else's business.
"""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Final

from hall_controller.domain.wait_facts import WaitTargetMet, WaitTargetPassed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from hall_controller.domain.commands import Now
    from hall_controller.domain.hall import Hall

FEWEST_CALLS: Final = 10
"""Of fewer waits nobody can say what nine of ten do."""
WELL_AGAIN: Final = 0.8
"""An episode is over below this share of the target, so that a wait right at it does not flicker."""


def wait_targets(hall: Hall, now: Now) -> Iterator[WaitTargetPassed | WaitTargetMet]:
    """What has passed its target or meets it again since the last time; while the clock is in doubt, nothing."""
    if not now.trusted:
        return
    targets = {"oldest": hall.catalogue.targets.oldest_s, "p90": hall.catalogue.targets.wait_s}
    for queue in hall.catalogue.queues:
        late = hall.queue(queue).late
        waits = measures(hall, queue, now)
        for measure, target_s in targets.items():
            wait_s = round(waits.get(measure, 0.0))
            if measure not in late and 0 < target_s < wait_s:
                yield WaitTargetPassed(*now, queue, measure, wait_s, round(target_s))
            elif measure in late and wait_s < WELL_AGAIN * target_s:
                yield WaitTargetMet(*now, queue, measure, wait_s, round(target_s))


def measures(hall: Hall, queue: str, now: Now) -> Mapping[str, float]:
    """Seconds: how long the oldest in the queue waits, and what nine of ten of its last calls waited at most."""
    line = hall.queue(queue)
    since = [ticket.waits_since for number in line.waiting if (ticket := hall.ticket(number))]
    if not since:
        return {}
    found = {"oldest": max(0.0, (now.at - min(since)).total_seconds())}
    if len(line.waited_s) >= FEWEST_CALLS:
        found["p90"] = sorted(line.waited_s)[ceil(0.9 * len(line.waited_s)) - 1]
    return found
