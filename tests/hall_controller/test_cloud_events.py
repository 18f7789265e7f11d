"""Every kind of fact, told as an event, is one that the CloudEvents SDK takes, reads and gives back unchanged."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final

import pytest
from cloudevents.core.exceptions import CloudEventValidationError
from cloudevents.core.formats.json import JSONFormat
from cloudevents.core.v1.event import CloudEvent

from hall_controller.domain import codec
from hall_controller.domain.hall import Hall
from hall_controller.events import cloud_event
from hall_controller.journal import Entry, Record
from hall_controller.mqtt_devices import json as on_the_wire
from tests.hall_controller.domain.small_hall import small_hall
from tests.hall_controller.one_of_each_fact import RELEASE_0_1, SINCE_0_1

HALL: Final = Hall(small_hall(), epoch=3)
ENTRIES: Final = [*RELEASE_0_1, *SINCE_0_1]
NAMES: Final = [f"{n} {entry.fact.type}" for n, entry in enumerate(ENTRIES)]


def sent(entry: Entry, seq: int = 1041) -> bytes:
    """What stands on event/{type}."""
    return on_the_wire(cloud_event(Record(seq, entry.fact, None), HALL))


def heard(payload: bytes) -> CloudEvent:
    """What a subscriber with the SDK makes of it."""
    event = JSONFormat().read(CloudEvent, payload)
    assert isinstance(event, CloudEvent)
    return event


@pytest.mark.parametrize("entry", ENTRIES, ids=NAMES)
def test_the_sdk_reads_what_the_hall_tells(entry: Entry) -> None:
    event = heard(sent(entry))
    assert event.get_specversion() == "1.0"
    assert event.get_type() == entry.fact.type
    assert event.get_id() == "3-1041"
    assert event.get_source() == "/qms/1/small"
    assert event.get_extension("sequence") == "1041"
    assert event.get_datacontenttype() == "application/json"
    subjects = [event.get_subject()] if "subject" in event.get_attributes() else []
    assert all(subjects), "what has no subject leaves the attribute out"
    time = event.get_time()
    assert time is not None
    assert time.utcoffset() == UTC.utcoffset(None)
    assert time == entry.fact.at
    data = event.get_data()
    assert isinstance(data, dict)
    fields = json.loads(json.dumps(codec.data(entry.fact)))
    assert {name: data[name] for name in fields} == fields


@pytest.mark.parametrize("entry", ENTRIES, ids=NAMES)
def test_the_sdk_gives_back_the_same_event(entry: Entry) -> None:
    payload = sent(entry)
    again = JSONFormat().write(heard(payload))
    assert _set(json.loads(again)) == _set(json.loads(payload))


def _set(event: dict[str, Any]) -> dict[str, Any]:
    """Its attributes with the time as an instant: Z and +00:00 are one."""
    return event | {"time": datetime.fromisoformat(event["time"])}


def test_two_halls_and_two_epochs_never_share_an_id() -> None:
    (first, *_) = ENTRIES
    elsewhere = Hall(replace(small_hall(), hall="another"), epoch=3)
    restored = Hall(small_hall(), epoch=4)
    events = [cloud_event(Record(1041, first.fact, None), hall) for hall in (HALL, elsewhere, restored)]
    assert len({(event.source, event.id) for event in events}) == 3


def test_names_of_attributes_are_those_that_the_specification_allows() -> None:
    for entry in ENTRIES:
        names = set(json.loads(sent(entry))) - {"data"}
        assert all(re.fullmatch(r"[a-z0-9]{1,20}", name) for name in names), names


def test_an_event_without_a_type_would_have_been_found() -> None:
    broken = json.loads(sent(ENTRIES[0])) | {"type": ""}
    with pytest.raises(CloudEventValidationError):
        heard(json.dumps(broken).encode())
