"""What a visitor is told who shows the code of a ticket: hall and ticket in, the answer out; pure.

A ticket of an earlier day is told by what the journal says of its visit; nothing of it changes but by a rating.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hall_controller.domain.estimate import expected_wait
from hall_controller.domain.order import place
from hall_controller.domain.rating import not_rated_any_more
from hall_controller.messages import Text
from hall_controller.web.bodies import TicketSeen

if TYPE_CHECKING:
    from datetime import date

    from hall_controller.domain.catalogue import Catalogue
    from hall_controller.domain.earlier import EarlierVisit
    from hall_controller.domain.hall import Hall, Ticket, TicketState
    from hall_controller.domain.refusals import Refusal

STATE_TEXTS: Final[dict[TicketState, Text]] = {
    "waiting": Text(vi="Quý khách vui lòng chờ", en="Please wait to be called"),
    "unreleased": Text(
        vi="Mời quý khách đến bàn hướng dẫn trước để được xếp hàng",
        en="Please go to the guidance desk first, which puts you in line",
    ),
    "calling": Text(vi="Mời quý khách đến quầy", en="Please go to the counter"),
    "serving": Text(vi="Quý khách đang được phục vụ", en="You are being served"),
    "held": Text(vi="Số của quý khách được giữ lại ở quầy", en="Your number is kept at the counter"),
    "missed": Text(
        vi="Quý khách đã lỡ lượt gọi, mời đến bàn hướng dẫn",
        en="You missed your call; please see the guidance desk",
    ),
    "completed": Text(vi="Lượt phục vụ đã xong, cảm ơn quý khách", en="Your visit has ended, thank you"),
    "transferred_to_counter": Text(
        vi="Quý khách được chuyển đến quầy khác, vui lòng chờ gọi",
        en="You were sent on; please wait to be called",
    ),
    "voided": Text(vi="Số này không còn hiệu lực", en="This number is no longer valid"),
}
NO_NAME: Final = Text(vi="", en="")


def seen(hall: Hall, ticket: Ticket) -> TicketSeen:
    """A ticket of today: how many are ahead, the expected wait, and the counter when called."""
    ahead = place(hall, ticket) if ticket.state == "waiting" else None
    wait = None if ahead is None else expected_wait(hall, ticket.queue, ahead)
    counter = hall.catalogue.counters.get(ticket.counter or "")
    return TicketSeen.model_construct(
        number=ticket.number,
        queue=ticket.queue,
        service=ticket.service,
        purpose=ticket.purpose,
        state=ticket.state,
        ahead=ahead,
        estimated_wait_s=wait.likely_s if wait else None,
        wait_low_s=wait.low_s if wait else None,
        wait_high_s=wait.high_s if wait else None,
        counter=counter.id if counter else None,
        counter_name=counter.name if counter else None,
        issued_at=ticket.issued_at,
        rated=ticket.rated,
        paper=ticket.paper,
        text=STATE_TEXTS[ticket.state],
        day=hall.day,
        earlier=False,
        stage=ticket.purpose,
        purpose_name=_purpose(hall.catalogue, ticket.purpose),
        can_rate=ticket.state == "completed" and not ticket.rated,
        rating_levels=hall.catalogue.rating.levels,
    )


def seen_earlier(hall: Hall, visit: EarlierVisit) -> TicketSeen:
    """A ticket of an earlier day: whether its visit can still be rated, and if not, why."""
    why_not = not_rated_any_more(hall, visit)
    counter = hall.catalogue.counters.get(visit.counter or "")
    return TicketSeen.model_construct(
        number=visit.ticket,
        queue=visit.queue,
        service=visit.service,
        purpose=visit.purpose,
        state="completed" if visit.completed else "voided",
        ahead=None,
        estimated_wait_s=None,
        counter=counter.id if counter else None,
        counter_name=counter.name if counter else None,
        issued_at=visit.issued_at,
        rated=why_not is not None and why_not.code == "already_rated",
        paper="none",
        text=_text(visit.day, why_not),
        day=visit.day,
        earlier=True,
        stage=visit.purpose,
        purpose_name=_purpose(hall.catalogue, visit.purpose),
        can_rate=why_not is None,
        rating_levels=hall.catalogue.rating.levels,
    )


def _text(day: date, why_not: Refusal | None) -> Text:
    vi, en = f"Lượt phục vụ ngày {day:%d/%m/%Y}", f"Your visit of {day:%d/%m/%Y}"
    match why_not.code if why_not else "":
        case "":
            return Text(vi=f"{vi}: mời quý khách đánh giá", en=f"{en}: please rate it")
        case "already_rated":
            return Text(vi=f"{vi} đã được đánh giá, cảm ơn quý khách", en=f"{en} has been rated, thank you")
        case "nothing_to_rate":
            return Text(
                vi=f"Số này là của ngày {day:%d/%m/%Y} và không còn hiệu lực",
                en=f"This number was of {day:%d/%m/%Y} and is no longer valid",
            )
        case _:
            return Text(vi=f"{vi} đã quá hạn đánh giá", en=f"{en} can no longer be rated")


def _purpose(catalogue: Catalogue, purpose: str) -> Text:
    name = catalogue.purposes.get(purpose)
    return Text(vi=name.vi, en=name.en) if name else NO_NAME
