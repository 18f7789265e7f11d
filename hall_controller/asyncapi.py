"""The contract written down for other people's programs, as an AsyncAPI 3.0 document.

    messages.py -> asyncapi_channels.py -> document() -> asyncapi.yaml, checked in and served at /asyncapi.yaml

Everything in it follows from the models and the table of channels; nothing about the contract is said here alone.
See https://www.asyncapi.com/docs/reference/specification/v3.0.0 and, for retain and last will, its MQTT bindings 0.2.0.
"""

from __future__ import annotations

from typing import Any, Final

import yaml
from pydantic.json_schema import models_json_schema

from hall_controller.asyncapi_channels import CHANNELS, Channel
from hall_controller.messages import (
    IDENTIFIER_PATTERN,
    LARGEST_PAYLOAD_BYTES,
    ControllerState,
    Payload,
    Topics,
)

_BINDING: Final = {"bindingVersion": "0.2.0"}
_DESCRIPTION: Final = f"""\
JSON in UTF-8, at most {LARGEST_PAYLOAD_BYTES} bytes; times are RFC 3339 in UTC.
Identifiers match `{IDENTIFIER_PATTERN}`.
Receivers ignore unknown fields; a known field with an illegal value drops the whole message, counted and alerted.
Boards are whole, retained and numbered: `(epoch, rev)` only ever grows, and a display shows nothing older.
Events, commands, presses and acknowledgements are never retained.
A device writes only its own state, info, input, reply and status, and reads only its own command, config and ack,
the counters' displays, the queues' states, the boards and the controller's state.
MQTT 5 is used where the peer speaks it, but no payload depends on a property of MQTT 5.
`x-last-will` says whose last will a channel is."""
_PARAMETERS: Final = {
    "hall": ("The hall's identifier, `hall.id` of hall.toml.", "tuyen-quang"),
    "alert": ("The alert's code.", "paper-low"),
    "counter": ("The counter's identifier.", "5"),
    "queue": ("The queue's identifier.", "dat-dai"),
    "fact": ("The fact's name; names may be added.", "ticket.called"),
    "device": ("The device's identifier, which is its client id and its user name too.", "pad-5"),
}


def as_yaml() -> str:
    """Give the document as YAML, as it stands in asyncapi.yaml."""
    return yaml.dump(document(), Dumper=_Readable, allow_unicode=True, sort_keys=False, width=110)


class _Readable(yaml.SafeDumper):
    """Writes text of several lines as such."""

    def represent_text(self, text: str) -> yaml.ScalarNode:
        return self.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Readable.add_representer(str, _Readable.represent_text)


def document() -> dict[str, Any]:
    """Give the whole contract as an AsyncAPI 3.0.0 document of JSON types, seen from the controller."""
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Hall Controller",
            "version": "1.0.0",
            "description": _DESCRIPTION,
            "license": {"name": "MIT"},
        },
        "defaultContentType": "application/json",
        "servers": {"broker": _server()},
        "channels": {channel.id: _channel(channel) for channel in CHANNELS},
        "operations": {_verb(channel) + _capital(channel.id): _operation(channel) for channel in CHANNELS},
        "components": {"messages": _messages(), "schemas": _schemas()},
    }


def _server() -> dict[str, Any]:
    will = next(channel for channel in CHANNELS if channel.will and channel.sender == "controller")
    (example,) = (e for e in will.examples if isinstance(e, ControllerState))
    return {
        "host": "{host}:1883",
        "protocol": "mqtt",
        "protocolVersion": "5",
        "description": "The hall's own broker: `mqtt.host` and `mqtt.port` of hall.toml.",
        "variables": {"host": {"default": "localhost"}},
        "bindings": {
            "mqtt": {
                "clientId": "controller",
                "cleanSession": True,
                "lastWill": {
                    "topic": will.address,
                    "qos": will.qos,
                    "retain": will.retained,
                    "message": example.model_copy(update={"state": "lost"}).model_dump_json(),
                },
                **_BINDING,
            }
        },
    }


def _channel(channel: Channel) -> dict[str, Any]:
    root = Topics("{hall}").root
    address = channel.address
    written: dict[str, Any] = {
        "address": address,
        "title": address.removeprefix(root),
        "description": channel.summary,
        "parameters": {
            name: {"description": description, "examples": [example]}
            for name, (description, example) in _PARAMETERS.items()
            if f"{{{name}}}" in address
        },
        "messages": {name: {"$ref": f"#/components/messages/{name}"} for name in _names(channel)},
    }
    return written | ({"x-last-will": channel.sender} if channel.will else {})


def _operation(channel: Channel) -> dict[str, Any]:
    return {
        "action": "send" if channel.sender == "controller" else "receive",
        "channel": {"$ref": f"#/channels/{channel.id}"},
        "summary": channel.summary,
        "messages": [{"$ref": f"#/channels/{channel.id}/messages/{name}"} for name in _names(channel)],
        "bindings": {"mqtt": {"qos": channel.qos, "retain": channel.retained, **_BINDING}},
    }


def _messages() -> dict[str, Any]:
    written: dict[str, Any] = {}
    for channel in CHANNELS:
        for model in _models(channel):
            name = model.__name__
            written[name] = {
                "name": name,
                "summary": (model.__doc__ or "").strip(),
                "payload": {"$ref": f"#/components/schemas/{name}"},
                "examples": [
                    {"payload": example.model_dump(mode="json", exclude_unset=channel.sender == "device")}
                    for example in channel.examples
                    if type(example) is model
                ],
            }
        if channel.empty:
            written[_empty_name(channel)] = {
                "name": _empty_name(channel),
                "summary": channel.empty,
                "contentType": "application/octet-stream",
                "payload": {"type": "string", "maxLength": 0},
                "examples": [{"payload": ""}],
            }
    return written


def _schemas() -> dict[str, Any]:
    """Every model by name: sent ones hold every field, received ones may leave out what has a default."""
    inputs = [
        (model, "serialization" if channel.sender == "controller" else "validation")
        for channel in CHANNELS
        for model in _models(channel)
    ]
    _, schemas = models_json_schema(inputs, ref_template="#/components/schemas/{model}")  # type: ignore[arg-type]
    return dict(sorted(schemas["$defs"].items()))


def _models(channel: Channel) -> list[type[Payload]]:
    return list(dict.fromkeys(type(example) for example in channel.examples))


def _names(channel: Channel) -> list[str]:
    names = [model.__name__ for model in _models(channel)]
    return [*names, _empty_name(channel)] if channel.empty else names


def _empty_name(channel: Channel) -> str:
    return f"{_capital(channel.id)}Over"


def _verb(channel: Channel) -> str:
    return "tell" if channel.sender == "controller" else "hear"


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]
