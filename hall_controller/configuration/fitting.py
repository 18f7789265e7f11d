"""Whether other settings can hold from now on without losing a number that was given out today. Pure.

Who waits, is being served or may come back must find queue, field and counter; a letter is one queue's in a day.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from hall_controller.domain.catalogue import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from hall_controller.domain.state import Hall

OVER: Final = frozenset({"completed", "voided"})


def in_the_way(hall: Hall, names: Mapping[str, Any]) -> Iterator[Text]:
    """A sentence for each thing that must stay until it is over; `names` as the check tells them."""
    queues, services, counters = names["queues"], set(names["services"]), set(names["counters"])
    tickets = [ticket for line in hall.tickets.values() for ticket in line.values()]
    alive = [ticket for ticket in tickets if ticket.state not in OVER]
    for queue in sorted({ticket.queue for ticket in alive} - queues.keys()):
        yield Text(
            f"Hàng {queue} còn khách: chỉ bỏ được khi không còn ai chờ.",
            f"Queue {queue} still has visitors: it can be removed when nobody of it waits any more.",
        )
    for service in sorted({ticket.service for ticket in alive} - services):
        yield Text(
            f"Lĩnh vực {service} còn khách: chỉ bỏ được khi không còn ai chờ.",
            f"Service {service} still has visitors: it can be removed when nobody of it waits any more.",
        )
    for counter, desk in sorted(hall.desks.items()):
        if counter not in counters and (desk.status != "closed" or desk.held or desk.waiting):
            yield Text(
                f"Quầy {counter} đang mở: hãy đóng quầy rồi mới bỏ.",
                f"Counter {counter} is open: close it before it is removed.",
            )
    given = {(ticket.number[0], ticket.queue) for ticket in tickets}
    for queue, letter in sorted(queues.items()):
        if any(used == letter and other != queue for used, other in given):
            yield Text(
                f"Chữ {letter} hôm nay đã dùng cho hàng khác: từ ngày mai mới dùng được cho hàng {queue}.",
                f"Letter {letter} was another queue's today: it can be queue {queue}'s from tomorrow on.",
            )
