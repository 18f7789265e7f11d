"""The example files are the reference hall, figure by figure.

Every number here is printed in the centre's report of November 2021 to April 2022.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Final

import pytest

from hall_controller import config
from hall_controller.domain.catalogue import Catalogue
from tests.hall_controller.settings_files import EXAMPLE, reference_hall

FOUR_OTHERS: Final = {"ca": (3, 8), "bhxh": (2, 1), "thue": (1, 1), "bd": (1, 2)}
NAMED_FIELDS: Final = {
    "Đất đai": "tnmt",
    "Đăng ký giao dịch bảo đảm": "tnmt",
    "Đăng ký kinh doanh": "khdt",
    "Đầu tư": "khdt",
    "Chính sách người có công": "ldtbxh",
    "Việc làm": "ldtbxh",
    "Giáo dục nghề nghiệp": "ldtbxh",
    "Công chứng": "tp",
    "Lý lịch tư pháp": "tp",
    "Giáo dục trung học": "gddt",
    "Thi, tuyển sinh": "gddt",
    "Cấp đổi giấy phép lái xe": "gtvt",
    "Phát triển đô thị": "xd",
    "Trang thiết bị y tế": "yt",
    "Thủy lợi": "nnptnt",
    "Lâm nghiệp": "nnptnt",
}
LOW_VOLUME: Final = {"thue", "sct", "tttt", "vhttdl", "gddt", "ngv", "tc", "khcn", "kcn"}


@pytest.fixture(scope="module")
def hall() -> Catalogue:
    return reference_hall()


def test_there_are_21_agencies_and_each_can_be_chosen(hall: Catalogue) -> None:
    assert len(hall.agencies) == 21
    assert {service.agency for service in hall.services.values()} == set(hall.agencies)
    assert hall.agencies["ldtbxh"].name.vi == "Sở Lao động - Thương binh và Xã hội"
    assert hall.agencies["nnptnt"].name.vi == "Sở Nông nghiệp và Phát triển nông thôn"


def test_there_are_65_officers_28_regular_and_37_reserve(hall: Catalogue) -> None:
    regular = Counter(officer.agency for officer in hall.officers.values() if officer.regular)
    reserve = Counter(officer.agency for officer in hall.officers.values() if not officer.regular)
    assert (regular.total(), reserve.total()) == (28, 37)
    assert {agency: (regular[agency], reserve[agency]) for agency in FOUR_OTHERS} == FOUR_OTHERS
    departments = set(hall.agencies) - set(FOUR_OTHERS)
    assert len(departments) == 17
    assert sum(regular[agency] for agency in departments) == 21
    assert sum(reserve[agency] for agency in departments) == 25


def test_an_officer_has_a_number_and_no_name(hall: Catalogue) -> None:
    for officer in hall.officers.values():
        agency, _, number = officer.id.rpartition("-")
        assert agency == officer.agency
        assert number.isdecimal()


def test_the_28_counters_have_a_regular_officer_each(hall: Catalogue) -> None:
    assert list(hall.counters) == [counter.name for counter in hall.counters.values()]
    assert list(hall.counters) == [str(number) for number in range(1, 29)]
    ordinary_day = date(2022, 3, 15)
    seated = [hall.assignment(counter, ordinary_day) for counter in hall.counters]
    officers = {assignment.officer for assignment in seated if assignment}
    assert officers == {officer.id for officer in hall.officers.values() if officer.regular}


def test_a_counter_calls_for_the_agency_that_it_is_assigned_to(hall: Catalogue) -> None:
    for assignment in hall.assignments:
        queues = hall.counters[assignment.counter].queues
        served = {service.agency for service in hall.services.values() if service.queue in queues}
        assert assignment.agency in served


def test_the_named_fields_are_there_with_their_agencies(hall: Catalogue) -> None:
    there = {service.name.vi: service.agency for service in hall.services.values()}
    assert {name: there.get(name) for name in NAMED_FIELDS} == NAMED_FIELDS
    assert hall.services["dat-dai"].name.vi == "Đất đai"


def test_the_nine_agencies_with_few_visitors_share_a_queue_that_several_counters_call(
    hall: Catalogue,
) -> None:
    shared = {service.agency for service in hall.services.values() if service.queue == "tiep-nhan-chung"}
    assert shared == LOW_VOLUME
    assert sum("tiep-nhan-chung" in counter.queues for counter in hall.counters.values()) == 9


def test_letters_are_23_at_most_and_none_looks_like_a_figure(hall: Catalogue) -> None:
    letters = [queue.letter for queue in hall.queues.values()]
    assert len(letters) == len(set(letters)) <= 23
    assert not set(letters) & set("IOQ")


def test_businesses_are_registered_online_but_received_in_person_for_all_else(hall: Catalogue) -> None:
    online, in_person = hall.services["dang-ky-kinh-doanh-truc-tuyen"], hall.services["dang-ky-kinh-doanh"]
    assert online.online_only
    assert online.portal.startswith("https://")
    assert not in_person.online_only
    assert {*online.purposes} | {*in_person.purposes} == set(hall.purposes)
    assert not {*online.purposes} & {*in_person.purposes}


def test_the_post_stood_in_for_land_for_14_days(hall: Catalogue) -> None:
    (stand_in,) = [a for a in hall.assignments if a.agency != a.staffing]
    assert (stand_in.agency, stand_in.staffing) == ("tnmt", "bd")
    assert (stand_in.valid.last_day - stand_in.valid.first_day).days + 1 == 14
    assert stand_in.reason
    assert stand_in.decision
    assert hall.assignment(stand_in.counter, stand_in.valid.first_day) is stand_in
    after = hall.assignment(stand_in.counter, stand_in.valid.last_day + timedelta(1))
    assert after
    assert after.officer == "tnmt-1"


def test_every_counter_has_a_pad_a_rating_pad_and_a_panel() -> None:
    devices = config.load(EXAMPLE).device
    counters = [str(number) for number in range(1, 29)]
    for kind, name in (("call-pad", "pad"), ("rating-pad", "rating"), ("panel", "panel")):
        found = [(device.id, device.counter) for device in devices if device.type == kind]
        assert found == [(f"{name}-{counter}", counter) for counter in counters]
    rest = Counter(device.type for device in devices if device.counter is None)
    assert rest == {"screen": 2, "printer": 1, "kiosk": 1}


def test_the_printer_hangs_on_the_controller_and_not_on_the_network() -> None:
    (printer,) = [device for device in config.load(EXAMPLE).device if device.type == "printer"]
    assert printer.line.startswith(("file:///dev/", "usb://"))


def test_nobody_gets_a_number_that_cannot_be_served_before_closing(hall: Catalogue) -> None:
    assert hall.dispenser.forecast_limit


def test_limits_are_off_and_signing_in_is_a_choice(hall: Catalogue) -> None:
    assert not hall.dispenser.limits
    assert not hall.sign_in_required
    assert hall.rating.levels == 5
    assert set(hall.priorities) == {"elderly", "pregnant", "disabled"}
    assert all("107/2021/NĐ-CP" in priority.basis for priority in hall.priorities.values())
