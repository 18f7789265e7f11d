"""A field that is done only online gives slips and no numbers, and they are counted apart."""

from __future__ import annotations

from dataclasses import replace

from hall_controller.domain import facts as f
from hall_controller.domain.catalogue import Valid
from hall_controller.domain.commands import IssueSlip, IssueTicket, RecordCatalogue
from tests.hall_controller.domain.small_hall import TUESDAY, HallInPlay, small_hall

PORTAL = "https://dangkykinhdoanh.gov.vn"


def a_hall(clock: str = "08:00") -> HallInPlay:
    hall = small_hall()
    business = replace(hall.services["business"], portal=PORTAL)
    return HallInPlay(replace(hall, services={**hall.services, "business": business}), clock=clock)


def test_a_slip_tells_the_portal_and_puts_nobody_in_a_queue() -> None:
    play = a_hall()
    (slip,) = play.do(IssueSlip("business", "en", "kiosk-1"))
    assert isinstance(slip, f.SlipIssued)
    assert (slip.slip, slip.portal, slip.agency, slip.source) == ("slip-1", PORTAL, "khdt", "kiosk-1")
    assert all(line.waiting == () for line in play.hall.queues.values())
    assert play.take("guidance") == "C001", "no number is used up"


def test_slips_are_counted_by_day() -> None:
    play = a_hall()
    assert [play.do(IssueSlip("business"))[0] for _ in range(2)][-1].type == "slip.issued"
    assert play.hall.slips == 2
    play.wait(hours=24)
    assert play.hall.slips == 0


def test_the_portal_is_open_when_the_hall_is_not() -> None:
    play = a_hall("06:00")
    assert play.no(IssueTicket("land", "submit")) == "service_closed"
    play.do(IssueSlip("business"))


def test_a_field_that_is_received_at_a_counter_gives_numbers_and_no_slips() -> None:
    play = a_hall()
    assert play.no(IssueSlip("land")) == "not_online_only"
    assert play.no(IssueTicket("business", "submit")) == "online_only"
    assert play.no(IssueSlip("nowhere")) == "unknown_service"


def test_a_field_that_is_no_longer_offered_gives_no_slips() -> None:
    play = a_hall()
    services = play.hall.catalogue.services
    gone = replace(services["business"], valid=Valid(last_day=TUESDAY.replace(month=2)))
    play.change(services={**services, "business": gone})
    assert play.no(IssueSlip("business")) == "unknown_service"


def test_several_dossiers_come_on_one_ticket() -> None:
    play = a_hall()
    (issued,) = play.do(IssueTicket("land", "submit", dossiers=5))
    assert isinstance(issued, f.TicketIssued)
    assert issued.dossiers == 5
    assert play.issue().dossiers == 1


def test_a_list_that_was_taken_is_written_down_and_changes_nothing_in_the_hall() -> None:
    play = a_hall()
    before = play.hall
    (loaded,) = play.do(RecordCatalogue("ab12", 1427, "01/QĐ", TUESDAY, added=3))
    assert isinstance(loaded, f.CatalogueLoaded)
    assert (loaded.rows, loaded.decided, loaded.added, loaded.taken) == (1427, TUESDAY, 3, True)
    assert play.hall == before
