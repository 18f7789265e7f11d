"""One fact of every kind that release 0.1 knows, as they stand in tests/golden/journal-0.1.sqlite, and the kinds since.

Written down, not generated: these are what a journal of that release holds for ever. What came since may change until
it is released; to a later release belongs a list and a golden journal of its own.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Final

from hall_controller.domain import facts as f
from hall_controller.journal import Entry

_FIRST: Final = datetime(2022, 3, 1, 0, 30, 0, 7_000, tzinfo=UTC)


def _at(number: int) -> datetime:
    return _FIRST + timedelta(milliseconds=1_001 * number)


RELEASE_0_1: Final[tuple[Entry, ...]] = (
    Entry(f.ControllerStarted(_at(0), time_trusted=False, version="0.1.0", epoch=1, training=True)),
    Entry(f.DayOpened(_at(1), time_trusted=True, day=date(2022, 3, 1))),
    Entry(f.NumbersSkipped(_at(2), time_trusted=True, queue="dat-dai", last_number=57)),
    Entry(f.QueueOpened(_at(2), time_trusted=True, queue="dat-dai")),
    Entry(
        f.TicketIssued(
            _at(3),
            time_trusted=True,
            ticket="A001",
            queue="dat-dai",
            service="dang-ky-dat-dai",
            purpose="submit",
            code="x7k3mq",
            language="en",
            priority="elderly",
            source="kiosk-1",
            ahead=4,
            estimated_wait_s=600,
            paper=False,
        ),
        "request:0d5e",
    ),
    Entry(f.TicketPrinted(_at(4), time_trusted=True, ticket="A001", printer="printer-1")),
    Entry(
        f.PrintFailed(_at(5), time_trusted=True, ticket="A001", printer="printer-1", detail="hết giấy"),
    ),
    Entry(f.PrintUnknown(_at(6), time_trusted=True, ticket="A001", printer="printer-1", detail="reset")),
    Entry(f.ReprintRequested(_at(7), time_trusted=True, ticket="A001")),
    Entry(
        f.OfficerSignedIn(_at(8), time_trusted=True, counter="quay-5", officer="cb-012"),
    ),
    Entry(f.CounterOpened(_at(9), time_trusted=True, counter="quay-5", officer="cb-012"), "pad-5/41/77"),
    Entry(
        f.TicketCalled(
            _at(10),
            time_trusted=True,
            ticket="A001",
            counter="quay-5",
            officer="cb-012",
            reason="longest wait",
        ),
        "pad-5/41/78",
    ),
    Entry(
        f.TicketRecalled(_at(11), time_trusted=True, ticket="A001", counter="quay-5", call=2), "pad-5/41/79"
    ),
    Entry(f.ServiceStarted(_at(12), time_trusted=True, ticket="A001", counter="quay-5")),
    Entry(f.TicketHeld(_at(13), time_trusted=True, ticket="A001", counter="quay-5"), "pad-5/41/80"),
    Entry(
        f.TicketResumed(_at(14), time_trusted=True, ticket="A001", counter="quay-5", officer="cb-012"),
        "pad-5/41/81",
    ),
    Entry(
        f.TicketTransferred(
            _at(15),
            time_trusted=True,
            ticket="A001",
            counter="quay-5",
            to_queue="cong-chung",
            to_counter="quay-6",
            reason="sai quầy",
        ),
        "request:0d5f",
    ),
    Entry(f.TicketMissed(_at(16), time_trusted=True, ticket="A001", counter="quay-6")),
    Entry(f.TicketCompleted(_at(17), time_trusted=True, ticket="A001", counter="quay-6", officer="cb-013")),
    Entry(
        f.TicketRated(
            _at(18),
            time_trusted=True,
            ticket="A001",
            score=4,
            levels=5,
            stage="submit",
            counter="quay-6",
            officer="cb-013",
            device="rating-6",
            reasons=("nhanh", "lịch sự"),
        ),
        "rating-6/3/9",
    ),
    Entry(f.TicketVoided(_at(19), time_trusted=True, ticket="A001", reason="khách về")),
    Entry(
        f.PressRefused(
            _at(20), time_trusted=True, command="rate", code="nobody_to_rate", counter="quay-6", score=1
        ),
        "rating-6/3/10",
    ),
    Entry(f.BellRung(_at(21), time_trusted=True, counter="quay-6"), "pad-6/2/1"),
    Entry(f.CounterPaused(_at(22), time_trusted=True, counter="quay-6", reason="họp")),
    Entry(f.OfficerSignedOut(_at(23), time_trusted=True, counter="quay-5", officer="cb-012")),
    Entry(f.CounterClosed(_at(24), time_trusted=True, counter="quay-5")),
    Entry(
        f.QueueClosed(
            _at(25), time_trusted=True, queue="dat-dai", next_opening=datetime(2022, 3, 2, 0, 30, tzinfo=UTC)
        ),
    ),
)

SINCE_0_1: Final[tuple[Entry, ...]] = (
    Entry(f.JournalRecovered(_at(26), time_trusted=True, since=_at(25))),
    Entry(f.DayCorrected(_at(27), time_trusted=True, day=date(2022, 3, 2), shift_s=86_400.0)),
    Entry(f.DispenserBurst(_at(28), time_trusted=True, source="kiosk-1", numbers=7, within_s=60.0)),
    Entry(f.GuardTurned(_at(29), time_trusted=True, on=True, reason="burst")),
    Entry(f.TicketGuarded(_at(30), time_trusted=True, ticket="A002")),
    Entry(f.TicketReleased(_at(31), time_trusted=True, ticket="A002"), "request:0d60"),
    Entry(f.TicketRequeued(_at(32), time_trusted=True, ticket="A003", queue="dat-dai", after="A002")),
    Entry(f.RatingInvited(_at(33), time_trusted=True, ticket="A004", counter="quay-6", stage="collect")),
    Entry(f.RatingExpired(_at(34), time_trusted=True, ticket="A004", counter="quay-6")),
    Entry(
        f.TicketRated(
            _at(35),
            time_trusted=True,
            ticket="A005",
            score=2,
            levels=5,
            stage="collect",
            counter="quay-6",
            device="rating-6",
            replaces=True,
            flags=("near_officer_key", "streak"),
            pressed_at=_at(34),
        ),
        "rating-6/3/11",
    ),
    Entry(
        f.TicketRated(
            _at(36), time_trusted=True, ticket="A006", score=5, levels=5, stage="submit", day=date(2022, 2, 1)
        ),
    ),
    Entry(
        f.BellAnswered(_at(37), time_trusted=True, counter="quay-6", response_s=12.5, officer="cb-013"),
    ),
    Entry(
        f.WaitTargetPassed(
            _at(38), time_trusted=True, queue="dat-dai", measure="p90", wait_s=1_900, target_s=1_800
        ),
    ),
    Entry(
        f.WaitTargetMet(
            _at(39), time_trusted=True, queue="dat-dai", measure="p90", wait_s=900, target_s=1_800
        ),
    ),
    Entry(
        f.SlipIssued(
            _at(40),
            time_trusted=True,
            slip="slip-3",
            service="dang-ky-kinh-doanh-truc-tuyen",
            portal="https://dangkykinhdoanh.gov.vn",
            language="en",
            source="kiosk-1",
            paper=False,
            agency="khdt",
        ),
        "slip:0d60",
    ),
    Entry(
        f.CatalogueLoaded(
            _at(41),
            time_trusted=True,
            sha256="5feceb66ffc86f38",
            rows=1_427,
            decision="01/QĐ",
            decided=date(2021, 6, 15),
            added=3,
            removed=2,
            changed=1,
            taken=False,
            reason="level: is '7'",
        ),
    ),
    Entry(f.StaffSignedIn(_at(42), time_trusted=True, person="kim", role="technician")),
    Entry(f.StaffSignedOut(_at(43), time_trusted=True, person="kim", role="technician")),
    Entry(
        f.SignInRefused(
            _at(44), time_trusted=True, code="wrong_secret", person="cb-012", counter="quay-5", untold=7
        ),
    ),
    Entry(
        f.StaffChanged(
            _at(45), time_trusted=True, person="cb-012", role="officer", change="secret", by="kim"
        ),
    ),
    Entry(
        f.ConfigurationChanged(
            _at(46),
            time_trusted=True,
            version="5feceb66ffc86f38",
            person="kim",
            changed=("rating.levels", "counter.5.name"),
        ),
    ),
    Entry(f.DataExported(_at(47), time_trusted=True, what="backup", person="kim", detail="journal.sqlite")),
    Entry(
        f.JournalRestored(
            _at(47),
            time_trusted=True,
            backup="journal-e0001-s0000000040.sqlite",
            person="kim",
            carried=7,
            complete=False,
        ),
    ),
    Entry(f.DeviceTried(_at(47), time_trusted=True, device="pad-5", key="next", person="kim")),
    Entry(
        f.ServiceTimesCarried(
            _at(48),
            time_trusted=True,
            queue="dat-dai",
            mean_s=612.4,
            deviation_s=301.7,
            visits=38.75,
            last_day=date(2022, 2, 28),
        ),
    ),
    Entry(f.PrinterStateChanged(_at(49), time_trusted=True, printer="printer-1", state="paper_out")),
    Entry(
        f.DeviceAdopted(
            _at(50), time_trusted=True, device="spare-1", counter="5", replaces="pad-5", person="kim"
        ),
    ),
    Entry(f.TicketClassed(_at(51), time_trusted=True, ticket="A003", priority="elderly")),
    Entry(f.PaperChanged(_at(52), time_trusted=True, person="mai"), "desk:printer:1"),
    Entry(f.BellRung(_at(53), time_trusted=True, counter="quay-6", person="mai"), "desk:bell:quay-6:1"),
    Entry(
        f.DevicesWatched(
            _at(54),
            time_trusted=True,
            ready=("pad-5", "kiosk-1"),
            lost=("panel-5",),
            faulty=("printer-1",),
            unknown=("screen-1",),
        ),
    ),
    Entry(
        f.DeviceStateChanged(
            _at(55), time_trusted=True, device="panel-5", state="lost", since=_at(21), cause="display-1"
        ),
    ),
)
