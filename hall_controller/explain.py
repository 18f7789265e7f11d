"""Tells the whole story of one ticket out of the facts of its day, in Vietnamese and English.

Pure: facts in, lines out. What is told of officers is what any visitor could see: who sat there and for whom. The score
of a single visit is never told.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import TYPE_CHECKING, Final

from hall_controller.domain import facts as f
from hall_controller.domain.catalogue import VIETNAM, Catalogue, Text
from hall_controller.domain.hall import Hall, evolve
from hall_controller.domain.refusals import WEEKDAYS_EN, WEEKDAYS_VI
from hall_controller.explain_calls import (
    Names,
    came_back_before_others,
    duration,
    who_waited_longer,
    why,
    why_not,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_KEYS: Final = {
    "next": Text("cán bộ gọi người tiếp theo", "the officer called the next visitor"),
    "complete": Text("cán bộ bấm kết thúc", "the officer ended the visit"),
    "pause": Text("quầy tạm dừng", "the counter paused"),
    "close": Text("quầy đóng", "the counter closed"),
    "resume": Text("một người khác quay lại quầy", "another visitor came back to the counter"),
    "day_over": Text("hết ngày làm việc", "the day was over"),
    "no_show": Text("không có mặt khi được gọi", "did not come when called"),
    "counter_closed": Text("quầy đóng", "the counter closed"),
}
_TURNS: Final[dict[type[f.Fact], Text]] = {
    f.RatingInvited: Text("Được mời đánh giá.", "Was invited to rate."),
    f.RatingExpired: Text("Hết thời gian đánh giá tại quầy.", "The time to rate at the counter was over."),
    f.TicketGuarded: Text(
        "Số được giữ ở bàn hướng dẫn, chưa vào hàng.", "Held at the guidance desk, not waiting yet."
    ),
    f.TicketReleased: Text(
        "Bàn hướng dẫn cho vào hàng chờ.", "Released by the guidance desk: waiting from now on."
    ),
    f.TicketRequeued: Text("Đã quay lại và chờ tiếp trong hàng.", "Came back and waits in the queue again."),
}
_STATES: Final = {
    "waiting": Text("vẫn đang chờ", "is still waiting"),
    "calling": Text("đang được gọi", "is being called"),
    "serving": Text("đang được phục vụ", "is being served"),
    "held": Text("được quầy giữ lại", "is held by the counter"),
    "transferred_to_counter": Text("đang chờ đúng một quầy", "is waiting for one counter"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that happened to the ticket, or the present state when `at` is None."""

    at: datetime | None
    text: Text


def story(facts: Iterable[f.Fact], number: str, names: Names, before: str | None = None) -> list[Line]:
    """Everything that happened to the number, in order, and why it came before another; empty of no number."""
    lines: list[Line] = []
    hall = Hall(names.catalogue or _UNKNOWN)
    for fact in facts:
        if getattr(fact, "ticket", None) == number:
            lines += (Line(fact.at, text) for text in (*_told(hall, fact, names), *_done_by(fact)))
            if before and isinstance(fact, f.TicketCalled):
                lines.append(Line(fact.at, why_not(hall, fact, before, names)))
        hall = evolve(hall, fact)
    ticket = hall.ticket(number)
    if ticket is not None and ticket.state in _STATES:
        state = _STATES[ticket.state]
        lines.append(Line(None, Text(f"Số {number} {state.vi}.", f"{number} {state.en}.")))
    return lines


def page(number: str, day: date, lines: Iterable[Line], zone: tzinfo = VIETNAM) -> str:
    """The story for a terminal: Vietnamese first, English below it."""
    weekday = day.weekday()
    rows = [
        f"{number} · {WEEKDAYS_VI[weekday]}, {day:%d/%m/%Y}",
        f"{number} · {WEEKDAYS_EN[weekday]}, {day:%d/%m/%Y}",
    ]
    told = None
    for line in lines:
        clock = f"{line.at.astimezone(zone):%H:%M:%S}" if line.at and line.at != told else ""
        rows += ["", f"{clock:8}  {line.text.vi}", f"{'':8}  {line.text.en}"]
        told = line.at
    return "\n".join(rows)


def _told(  # noqa: C901, PLR0912 - one case a fact, that is its point
    before: Hall, fact: f.Fact, names: Names
) -> Iterator[Text]:
    """The sentences about a fact of this ticket, with the hall as it was before it."""
    match fact:
        case f.TicketIssued():
            yield _issued(fact, names)
        case f.TicketCalled():
            yield _called(before, fact, names)
            reason = why(fact, names, came_back=came_back_before_others(before, fact))
            yield Text(f"Lý do: {reason.vi}.", f"Why: {reason.en}.")
            longer = who_waited_longer(before, fact, names)
            if longer is not None:
                yield longer
        case f.TicketRecalled():
            at = names.counter(fact.counter)
            yield Text(
                f"Gọi lần thứ {fact.call} đến Quầy {at}.",
                f"Called again to counter {at}, call {fact.call}.",
            )
        case f.ServiceStarted():
            at = names.counter(fact.counter)
            yield Text(f"Bắt đầu phục vụ ở Quầy {at}.", f"Being served at counter {at}.")
        case f.TicketResumed():
            at, who = names.counter(fact.counter), _staff(fact, names)
            yield Text(f"Trở lại Quầy {at}; {who.vi}.", f"Came back to counter {at}; {who.en}.")
        case f.TicketClassed():
            yield _classed(fact, names)
        case f.TicketMissed():
            yield Text("Không có mặt khi được gọi: lỡ lượt.", "Did not come when called: missed.")
        case f.TicketHeld():
            at = names.counter(fact.counter)
            yield Text(f"Quầy {at} giữ lại số này.", f"Counter {at} put the visitor on hold.")
        case f.TicketTransferred():
            yield _transferred(fact, names)
        case f.TicketCompleted():
            yield _completed(before, fact, names)
        case f.TicketVoided():
            reason = _KEYS.get(fact.reason, Text(fact.reason, fact.reason))
            yield Text(f"Số bị hủy{_after(reason.vi)}.", f"The number became void{_after(reason.en)}.")
        case f.TicketRated():
            stage = names.purpose(fact.stage)
            yield Text(
                f"Đã đánh giá, ở giai đoạn {stage.vi.lower()}; điểm của một lượt không được nêu.",
                f"Rated, at the stage {stage.en.lower()}; the score of a single visit is not told.",
            )
        case _:
            yield from _paper(fact)


def _done_by(fact: f.Fact) -> Iterator[Text]:
    """Who did it at the guidance desk; facts of what visitors and officers do name nobody in this way."""
    person: str = getattr(fact, "person", "")
    if person:
        yield Text(f"Người thực hiện: {person} (bàn hướng dẫn).", f"Done by {person} at the guidance desk.")


def _paper(fact: f.Fact) -> Iterator[Text]:
    match fact:
        case f.TicketPrinted():
            yield Text(f"Đã in phiếu ({fact.printer}).", f"The ticket was printed ({fact.printer}).")
        case f.PrintFailed():
            yield Text(
                f"Không in được phiếu ({fact.printer}){_after(fact.detail)}.",
                f"The ticket was not printed ({fact.printer}){_after(fact.detail)}.",
            )
        case f.PrintUnknown():
            yield Text(
                f"Không rõ phiếu có ra không ({fact.printer}){_after(fact.detail)}.",
                f"Whether paper came out is not known ({fact.printer}){_after(fact.detail)}.",
            )
        case f.ReprintRequested():
            yield Text("Yêu cầu in lại phiếu.", "A reprint was asked for.")
        case _:
            yield _TURNS.get(type(fact)) or Text(f"Sự kiện: {fact.type}.", f"Fact: {fact.type}.")


def _after(detail: str) -> str:
    return f": {detail}" if detail else ""


def _issued(fact: f.TicketIssued, names: Names) -> Text:
    service, purpose, agency = (
        names.service(fact.service),
        names.purpose(fact.purpose),
        names.agency(fact.agency),
    )
    priority = names.priority(fact.priority) if fact.priority else None
    vi = f"Lấy số cho {service.vi} ({purpose.vi.lower()})"
    en = f"Number taken for {service.en} ({purpose.en.lower()})"
    if fact.agency:
        vi, en = f"{vi} của {agency.vi}", f"{en} of {agency.en}"
    if priority is not None:
        vi, en = f"{vi}, diện ưu tiên {priority.vi}", f"{en}, with priority {priority.en}"
    vi, en = f"{vi}; phía trước có {fact.ahead} người", f"{en}; {fact.ahead} ahead"
    if fact.estimated_wait_s is not None:
        minutes = round(fact.estimated_wait_s / 60)
        vi, en = f"{vi}, dự kiến chờ {minutes} phút", f"{en}, expected wait {minutes} min"
    return Text(f"{vi}.", f"{en}.")


def _classed(fact: f.TicketClassed, names: Names) -> Text:
    if fact.priority is None:
        return Text("Không còn thuộc diện ưu tiên.", "Has no priority any more.")
    class_ = names.priority(fact.priority)
    return Text(
        f"Bàn hướng dẫn xếp vào diện ưu tiên {class_.vi}.", f"Given priority at the desk: {class_.en}."
    )


def _called(before: Hall, fact: f.TicketCalled, names: Names) -> Text:
    at, who = names.counter(fact.counter), _staff(fact, names)
    ticket = before.ticket(fact.ticket)
    waited = duration(fact.at - ticket.waits_since) if ticket else Text("?", "?")
    return Text(
        f"Gọi đến Quầy {at} sau {waited.vi} chờ; {who.vi}.",
        f"Called to counter {at} after {waited.en}; {who.en}.",
    )


def _staff(fact: f.TicketCalled | f.TicketResumed | f.TicketCompleted, names: Names) -> Text:
    """Who sat there, for which agency, lent by which."""
    officer = Text(f"cán bộ {fact.officer}", f"officer {fact.officer}")
    if fact.officer is None:
        officer = Text("không rõ cán bộ", "officer not known")
    agency, staffing = names.agency(fact.agency), names.agency(fact.staffing)
    if not fact.agency:
        return officer
    if fact.staffing in ("", fact.agency):
        return Text(f"{officer.vi}, {agency.vi}", f"{officer.en}, {agency.en}")
    return Text(
        f"{officer.vi} của {staffing.vi}, trực thay cho {agency.vi}",
        f"{officer.en} of {staffing.en}, standing in for {agency.en}",
    )


def _transferred(fact: f.TicketTransferred, names: Names) -> Text:
    reason = _KEYS.get(fact.reason, Text(fact.reason, fact.reason))
    if fact.to_counter is not None:
        to = names.counter(fact.to_counter)
        return Text(
            f"Chuyển đến Quầy {to}{_after(reason.vi)}.", f"Sent on to counter {to}{_after(reason.en)}."
        )
    queue = names.queue(fact.to_queue or "")
    return Text(
        f"Chuyển sang hàng {queue.vi}{_after(reason.vi)}.",
        f"Sent on to the queue {queue.en}{_after(reason.en)}.",
    )


def _completed(before: Hall, fact: f.TicketCompleted, names: Names) -> Text:
    ticket, at, who = before.ticket(fact.ticket), names.counter(fact.counter), _staff(fact, names)
    reason = _KEYS.get(fact.reason, Text(fact.reason, fact.reason))
    took = duration(fact.at - ticket.called_at) if ticket and ticket.called_at else Text("?", "?")
    return Text(
        f"Kết thúc ở Quầy {at}, {took.vi} sau khi được gọi ({reason.vi}); {who.vi}.",
        f"Ended at counter {at}, {took.en} after the call ({reason.en}); {who.en}.",
    )


_UNKNOWN: Final = Catalogue(hall="", name=Text("", ""), queues={}, services={}, counters={})
