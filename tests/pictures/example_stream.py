"""What a hall of the hall screen's examples would tell a page over its stream.

Belongs here: the example as one server-sent event. Never here: what a page makes of it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, timedelta
from typing import Any

from displays.screens.examples import EXAMPLES, FIELDS, MORNING, TOPICS, Example, field, known
from hall_controller.messages import Payload, QueueState
from hall_controller.web.bodies import Whole


def told(name: str, later_s: int = 0) -> dict[str, Any]:
    """The answer of `/api/hall/stream`, ready for a browser that asks there."""
    example = lunch() if name == "lunch" else EXAMPLES[name]()
    example = replace(example, now=example.now + timedelta(seconds=later_s))
    body = f"retry: 60000\n\ndata: {whole(example).model_dump_json()}\n\n"
    return {"status": 200, "content_type": "text/event-stream", "body": body}


def whole(example: Example) -> Whole:
    """The hall as the web tells it; a call that was just made is the newest."""
    newest = example.known
    assert newest.hall is not None
    return Whole(
        epoch=1,
        rev=1,
        hall=newest.hall,
        counters=dict(newest.counters),
        queues=dict(newest.queues),
        calls=newest.calls.calls if newest.calls else [],
        time=example.now.astimezone(UTC),
        time_trusted=True,
        local=example.now.isoformat(timespec="milliseconds"),
    )


def lunch() -> Example:
    """An ordinary call while some fields are closed until the afternoon, and one until tomorrow."""
    base = EXAMPLES["calling"]()
    fields: list[tuple[str, Payload]] = []
    for index, (letter, vi, en) in enumerate(FIELDS):
        topic, queue = field(letter, vi, en, 3 if index < 2 else 0, 900)
        hours = 5 if index < 8 else 24
        closed = queue.model_copy(
            update={"open": False, "next_opening": MORNING + timedelta(hours=hours, minutes=25)}
        )
        fields.append((topic, closed if index > 2 else queue))
    newest = base.known
    assert newest.hall is not None
    assert newest.calls is not None
    boards: list[tuple[str, Payload]] = [
        (TOPICS.hall_board, newest.hall),
        (TOPICS.calls, newest.calls),
        *fields,
    ]
    assert all(isinstance(board, QueueState) for _, board in fields)
    return Example("Some fields are closed.", known(*boards), now=base.now, large=base.large)
