"""Why a visitor was called when they were: the reason of the call in words, and who had waited longer just then.

Pure: the fact and the hall as it was before it. The codes of reasons are those of `domain.order`; one that is not known
here is told as it stands.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from hall_controller.domain import codec
from hall_controller.domain.catalogue import Text

if TYPE_CHECKING:
    from datetime import timedelta

    from hall_controller.domain.catalogue import Catalogue
    from hall_controller.domain.facts import TicketCalled
    from hall_controller.domain.hall import Hall, Ticket

MOST_NAMED: Final = 5
"""So many of those who waited longer are named; the others are counted."""


class Names(NamedTuple):
    """Names for identifiers, where the settings of the hall are at hand; else the identifiers themselves."""

    catalogue: Catalogue | None = None

    def queue(self, id_: str) -> Text:
        found = self.catalogue.queues.get(id_) if self.catalogue else None
        return found.name if found else Text(id_, id_)

    def service(self, id_: str) -> Text:
        found = self.catalogue.services.get(id_) if self.catalogue else None
        return found.name if found else Text(id_, id_)

    def agency(self, id_: str) -> Text:
        found = self.catalogue.agencies.get(id_) if self.catalogue else None
        return found.name if found else Text(id_, id_)

    def purpose(self, id_: str) -> Text:
        found = self.catalogue.purposes.get(id_) if self.catalogue else None
        return found or PURPOSES.get(id_, Text(id_, id_))

    def priority(self, id_: str) -> Text:
        found = self.catalogue.priorities.get(id_) if self.catalogue else None
        return found.name if found else Text(id_, id_)

    def counter(self, id_: str) -> str:
        found = self.catalogue.counters.get(id_) if self.catalogue else None
        return found.name if found else id_


PURPOSES: Final = {
    "submit": Text("nộp hồ sơ", "submit a dossier"),
    "collect": Text("nhận kết quả", "collect a result"),
    "guidance": Text("hướng dẫn", "ask for guidance"),
}


def duration(length: timedelta) -> Text:
    """A length of time for people: "25 phút", "40 giây"."""
    seconds = round(length.total_seconds())
    if seconds < 60:  # noqa: PLR2004 - a minute
        return Text(f"{seconds} giây", f"{seconds} s")
    return Text(f"{seconds // 60} phút", f"{seconds // 60} min")


def why(fact: TicketCalled, names: Names, *, came_back: bool = False) -> Text:  # noqa: PLR0911 - one case a rule
    """Why this visitor and nobody else, by the rule that chose; `came_back` as `came_back_before_others` says."""
    told = codec.data(fact)
    rule, _, about = fact.reason.partition(":")
    limit_min = f"{float(told.get('limit_s') or 0) / 60:g}"
    queues = tuple(told.get("queues", ()))
    lines = Text(
        ", ".join(names.queue(queue).vi for queue in queues) or "các hàng của quầy",
        ", ".join(names.queue(queue).en for queue in queues) or "the queues of the counter",
    )
    match rule:
        case "longest_wait" if came_back:
            return Text(
                f"quay lại sau khi lỡ lượt, được xếp vào chỗ này trong {lines.vi} theo quy định của trung tâm",
                f"came back after a missed call, to the place in {lines.en} that the hall's settings give",
            )
        case "longest_wait":
            return Text(f"chờ lâu nhất trong {lines.vi}", f"nobody had waited longer in {lines.en}")
        case "priority":
            class_ = names.priority(about)
            return Text(f"thuộc diện ưu tiên {class_.vi}", f"the visitor has priority: {class_.en}")
        case "sent_here":
            return Text(
                "quầy khác đã chuyển đến đúng quầy này", "another counter had sent the visitor to this one"
            )
        case "overdue":
            queue = names.queue(about)
            return Text(
                f"trong hàng {queue.vi} có người đã chờ quá {limit_min} phút, nên hàng này được gọi trước",
                f"somebody in {queue.en} had waited over {limit_min} min, so that queue came first",
            )
        case "interleaved":
            return Text(
                "đến lượt người không thuộc diện ưu tiên", "it was the turn of somebody without priority"
            )
        case "aged":
            return Text(
                f"đã chờ quá {limit_min} phút nên được xếp như diện ưu tiên cao nhất",
                f"the visitor had waited over {limit_min} min and so counted as of the highest class",
            )
        case "chosen":
            turn = told.get("instead_of")
            return Text(
                "cán bộ tự chọn" + (f", dù đến lượt {turn}" if turn else ""),
                "the officer chose" + (f", though it was the turn of {turn}" if turn else ""),
            )
        case "":
            return Text("không ghi lý do", "no reason was written down")
        case _:
            return Text(fact.reason, fact.reason)


def came_back_before_others(before: Hall, fact: TicketCalled) -> bool:
    """Whether the visitor stood before somebody who had waited longer, having come back after a missed call."""
    called = before.ticket(fact.ticket)
    if called is None or called.requeued_at is None:
        return False
    lines = (before.queue(queue).waiting for queue in fact.queues or (called.queue,))
    behind = (other for line in lines for number in line if (other := before.ticket(number)))
    return any(_stands_before(called, other) for other in behind)


def why_not(before: Hall, fact: TicketCalled, other: str, names: Names) -> Text:
    """Why that other number was not called just then."""
    called, ticket = before.ticket(fact.ticket), before.ticket(other)
    if ticket is None or called is None:
        return Text(f"{other} khi đó chưa được lấy.", f"{other} had not been taken yet.")
    if ticket.state != "waiting":
        state = NOT_WAITING.get(ticket.state, Text(ticket.state, ticket.state))
        return Text(f"{other} khi đó không chờ: {state.vi}.", f"{other} was not waiting then: {state.en}.")
    told = _not_first(ticket, called, fact, names)
    return Text(f"Sao không gọi {told.vi}.", f"Why not {told.en}.")


NOT_WAITING: Final = {
    "unreleased": Text("được giữ ở bàn hướng dẫn", "it was held at the guidance desk"),
    "calling": Text("đang được gọi", "it was being called"),
    "serving": Text("đang được phục vụ", "it was being served"),
    "held": Text("được quầy giữ lại", "a counter held it"),
    "missed": Text("đã lỡ lượt gọi", "it had missed its call"),
    "completed": Text("đã được phục vụ xong", "it had been served"),
    "transferred_to_counter": Text("chờ riêng một quầy khác", "it waited for another counter alone"),
    "voided": Text("đã bị hủy", "it was void"),
}


def who_waited_longer(before: Hall, fact: TicketCalled, names: Names) -> Text | None:
    """Who had waited longer when this visitor was called, and why each was not called first; None when nobody."""
    called = before.ticket(fact.ticket)
    if called is None:
        return None
    everybody = (ticket for tickets in before.tickets.values() for ticket in tickets.values())
    longer = sorted(
        (t for t in everybody if t.state == "waiting" and t.waits_since < called.waits_since),
        key=lambda ticket: ticket.waits_since,
    )
    if not longer:
        return Text("Không ai khác đã chờ lâu hơn.", "Nobody else had waited longer.")
    named = [_not_first(ticket, called, fact, names) for ticket in longer[:MOST_NAMED]]
    rest = len(longer) - len(named)
    return Text(
        "Đã chờ lâu hơn: "
        + "; ".join(one.vi for one in named)
        + (f"; và {rest} người nữa." if rest else "."),
        "Had waited longer: " + "; ".join(one.en for one in named) + (f"; and {rest} more." if rest else "."),
    )


def _not_first(ticket: Ticket, called: Ticket, fact: TicketCalled, names: Names) -> Text:
    """One of those who had waited longer, how long, and why another came first."""
    waited, reason = duration(fact.at - ticket.waits_since), _why_not(ticket, called, fact, names)
    return Text(f"{ticket.number} ({waited.vi}, {reason.vi})", f"{ticket.number} ({waited.en}, {reason.en})")


def _why_not(  # noqa: PLR0911 - one case a rule
    ticket: Ticket, called: Ticket, fact: TicketCalled, names: Names
) -> Text:
    queue, rule = names.queue(ticket.queue), fact.reason.partition(":")[0]
    queues = tuple(codec.data(fact).get("queues", ()))
    if rule == "sent_here":
        return Text("người được chuyển đến quầy được gọi trước", "who was sent to the counter comes first")
    if rule == "chosen":
        return Text("cán bộ chọn người khác", "the officer chose another")
    if ticket.queue not in (queues or (called.queue,)):
        return Text(
            f"ở hàng {queue.vi}, quầy khi đó không gọi từ hàng này",
            f"in {queue.en}, from which the counter did not call then",
        )
    if rule == "interleaved" and ticket.priority is not None:
        return Text(
            "thuộc diện ưu tiên, nhưng đến lượt người khác", "has priority, but it was the others' turn"
        )
    if rule == "priority" and ticket.priority != called.priority:
        return Text("không thuộc diện ưu tiên đó", "not of that priority class")
    if _stands_before(called, ticket) and called.requeued_at is not None:
        return Text(
            f"{called.number} quay lại sau khi lỡ lượt và được xếp trước",
            f"{called.number} had come back after a missed call and was put before",
        )
    if ticket.turn > called.turn and ticket.requeued_at is not None:
        return Text("đã lỡ lượt nên xếp lại phía sau", "had missed a call and was put back")
    if ticket.waits_since > called.waits_since:
        return Text("chờ chưa lâu bằng", "had not waited as long")
    if ticket.waits_since == called.waits_since:
        return Text("lấy số sau", "took the later number")
    return Text("theo quy tắc của hàng", "by the rule of the queue")


def _stands_before(called: Ticket, other: Ticket) -> bool:
    """Whether the one called had its turn before another who had waited longer."""
    return called.turn < other.turn and other.waits_since < called.waits_since
