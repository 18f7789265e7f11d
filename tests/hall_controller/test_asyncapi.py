"""The contract as other people's programs read it: complete, valid, and never older than messages.py."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from pydantic import BaseModel

from hall_controller import asyncapi, messages
from hall_controller.asyncapi_channels import CHANNELS
from hall_controller.messages import Payload, Topics

CHECKED_IN = Path(asyncapi.__file__).with_name("asyncapi.yaml")
OFFICIAL_SCHEMA = Path(__file__).parent.parent / "asyncapi" / "asyncapi-3.0.0.json"
REGENERATE = (
    "asyncapi.yaml is older than messages.py; write it anew:  .venv/bin/python -c 'from hall_controller.asyncapi "
    'import as_yaml; print(as_yaml(), end="")\' > hall_controller/asyncapi.yaml'
)

# The table of contract.md, section 3: topic below the root, QoS, retained, whose last will.
CONTRACT = """
controller/state            1 retained controller
controller/health           0
controller/alert/{alert}    1 retained
counter/{counter}/display   1 retained
queue/{queue}/state         1 retained
board/calls                 1 retained
board/hall                  1 retained
board/announcement          1
event/{fact}                1
device/{device}/state       1 retained device
device/{device}/info        1 retained
device/{device}/input       1
device/{device}/ack         1
device/{device}/command     1
device/{device}/reply       1
device/{device}/config      1 retained
device/{device}/status      1 retained
"""


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    return asyncapi.document()


def test_the_file_that_is_served_is_the_one_that_the_messages_give() -> None:
    assert CHECKED_IN.read_text("utf-8") == asyncapi.as_yaml(), REGENERATE


def test_the_file_holds_the_document_and_ends_with_a_line_end(document: dict[str, Any]) -> None:
    text = asyncapi.as_yaml()
    assert yaml.safe_load(text) == document
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert "&id" not in text, "anchors are hard to read"


def test_the_document_is_valid_asyncapi(document: dict[str, Any]) -> None:
    schema = json.loads(OFFICIAL_SCHEMA.read_text("utf-8"))
    validator = jsonschema.Draft7Validator(schema)
    assert [error.message for error in validator.iter_errors(document)] == []
    broken = {**document, "channels": {"calls": {"topic": "board/calls"}}}
    assert not validator.is_valid(broken), "the official schema must be able to say no"


def test_every_reference_in_the_document_leads_somewhere(document: dict[str, Any]) -> None:
    references = _references(document)
    assert len(references) > 60
    for reference in references:
        place: Any = document
        for step in reference.removeprefix("#/").split("/"):
            place = place[step]


def test_every_topic_of_the_contract_is_told_as_the_contract_tells_it(document: dict[str, Any]) -> None:
    told = set()
    for operation in document["operations"].values():
        channel = document["channels"][operation["channel"]["$ref"].rsplit("/", 1)[1]]
        binding = operation["bindings"]["mqtt"]
        words = [
            channel["address"].removeprefix("qms/1/{hall}/"),
            str(binding["qos"]),
            "retained" if binding["retain"] else "",
            channel.get("x-last-will", ""),
        ]
        told.add(" ".join(word for word in words if word))
    assert told == {" ".join(line.split()) for line in CONTRACT.strip().splitlines()}


def test_the_controller_sends_what_is_not_a_devices_to_write(document: dict[str, Any]) -> None:
    heard = {
        document["channels"][operation["channel"]["$ref"].rsplit("/", 1)[1]]["address"]
        for operation in document["operations"].values()
        if operation["action"] == "receive"
    }
    topics = Topics("{hall}")
    assert heard == {
        topics.device("{device}", leaf) for leaf in ("state", "info", "input", "reply", "status")
    }


def test_every_channel_explains_each_parameter_of_its_topic(document: dict[str, Any]) -> None:
    for channel in document["channels"].values():
        assert set(channel["parameters"]) == set(re.findall(r"{(\w+)}", channel["address"]))
        assert all(parameter["examples"] for parameter in channel["parameters"].values())


def test_the_servers_last_will_says_that_the_controller_is_lost(document: dict[str, Any]) -> None:
    will = document["servers"]["broker"]["bindings"]["mqtt"]["lastWill"]
    assert will["topic"] == Topics("{hall}").controller_state
    assert (will["qos"], will["retain"]) == (1, True)
    assert messages.ControllerState.model_validate_json(will["message"]).state == "lost"


def test_every_payload_of_the_messages_is_in_the_document(document: dict[str, Any]) -> None:
    models = {
        name
        for name, value in vars(messages).items()
        if isinstance(value, type) and issubclass(value, Payload) and value is not Payload
    }
    abstract = {"Board", "Numbered"}
    assert models - abstract == set(document["components"]["schemas"])


@pytest.mark.parametrize("name", sorted(asyncapi.document()["components"]["messages"]))
def test_every_example_is_a_message_of_the_contract(name: str, document: dict[str, Any]) -> None:
    message = document["components"]["messages"][name]
    schema = {**message["payload"], "components": document["components"]}
    validator = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
    model = getattr(messages, name, None)
    assert message["examples"]
    for example in message["examples"]:
        validator.validate(example["payload"])
        if model is not None:
            assert issubclass(model, BaseModel)
            model.model_validate_json(json.dumps(example["payload"]))


def test_an_example_with_a_wrong_word_is_not_valid(document: dict[str, Any]) -> None:
    schema = {"$ref": "#/components/schemas/KeyPress", "components": document["components"]}
    validator = jsonschema.Draft202012Validator(schema)
    press = {"boot": 41, "seq": 78, "key": "next"}
    assert validator.is_valid(press)
    assert validator.is_valid({**press, "firmware": "of next year"}), "unknown fields are ignored"
    assert not validator.is_valid({**press, "key": "nxt"})
    assert not validator.is_valid({**press, "seq": -1})


def test_the_channels_examples_tell_vietnamese_first() -> None:
    texts = [text for channel in CHANNELS for example in channel.examples for text in _texts(example)]
    assert len(texts) >= 6
    assert all(text.vi and text.en and text.vi != text.en for text in texts)


def _references(place: Any) -> list[str]:  # noqa: ANN401 - any JSON
    match place:
        case {"$ref": str(reference)}:
            return [reference]
        case dict():
            return [found for value in place.values() for found in _references(value)]
        case list():
            return [found for value in place for found in _references(value)]
        case _:
            return []


def _texts(place: object) -> list[messages.Text]:
    match place:
        case messages.Text():
            return [place]
        case BaseModel():
            return [text for _, value in place for text in _texts(value)]
        case _:
            return []
