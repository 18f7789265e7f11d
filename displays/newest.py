"""The newest board of each topic, whatever order the network delivers them in.

Pure: messages go in one by one, what may be shown comes out. `(epoch, rev)` of a topic never falls; what cannot be read
is dropped and counted. Nothing here opens a connection, reads a clock or draws.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Literal

from pydantic import ValidationError

from hall_controller.messages import (
    LARGEST_PAYLOAD_BYTES,
    CallsBoard,
    ControllerState,
    CounterDisplay,
    HallBoard,
    QueueState,
    Shown,
    Topics,
)

Taken = Literal["new", "same", "old", "malformed", "ignored"]
Number = tuple[int, int]
"""A board's `(epoch, rev)`."""

Message = CallsBoard | HallBoard | CounterDisplay | QueueState
"""The boards that a display shows."""

NOTHING: Final[Number] = (-1, -1)


class Newest:
    """What the hall last said, board by board; `take` is the only way in.

    >>> newest = Newest("example")
    >>> newest.take("qms/1/example/board/calls", b'{"epoch": 1, "rev": 7, "calls": []}')
    'new'
    >>> newest.take("qms/1/example/board/calls", b'{"epoch": 1, "rev": 6, "calls": []}')
    'old'
    >>> newest.number("qms/1/example/board/calls")
    (1, 7)
    """

    def __init__(self, hall: str) -> None:
        self._topics = Topics(hall)
        self._numbers: dict[str, Number] = {}
        self._counters: dict[str, CounterDisplay] = {}
        self._queues: dict[str, QueueState] = {}
        self.controller: ControllerState | None = None
        self.hall: HallBoard | None = None
        self.calls: CallsBoard | None = None
        self.taken: Counter[Taken] = Counter()

    @property
    def counters(self) -> Mapping[str, CounterDisplay]:
        """Each counter's display by the counter's identifier."""
        return MappingProxyType(self._counters)

    @property
    def queues(self) -> Mapping[str, QueueState]:
        """Each queue's state by the queue's identifier."""
        return MappingProxyType(self._queues)

    def number(self, topic: str) -> Number:
        """The greatest `(epoch, rev)` ever taken from a topic; `NOTHING` before the first."""
        return self._numbers.get(topic, NOTHING)

    def numbers(self) -> Mapping[str, Number]:
        """The same for every topic that was heard."""
        return MappingProxyType(self._numbers)

    def take(self, topic: str, payload: bytes) -> Taken:
        """Read one message; what is older than what we have, or cannot be read, changes nothing.

        An empty payload on a board's topic removes the board (a counter that is no more), not the memory of its number.
        At the same number another content wins when it comes later: the controller repeats itself after a reconnect.
        """
        result = self._take(topic, payload)
        self.taken[result] += 1
        return result

    def _take(self, topic: str, payload: bytes) -> Taken:
        model = self._model(topic)
        if model is None:
            return "ignored"
        if not payload:
            return self._remove(topic)
        message = _read(model, payload)
        if message is None:
            return "malformed"
        if isinstance(message, ControllerState):
            self.controller = message
            return "new"
        return self._newer(topic, message)

    def _newer(self, topic: str, message: Message) -> Taken:
        number = (message.epoch, message.rev)
        newest = self.number(topic)
        if number < newest:
            return "old"
        if number == newest and message == self.board(topic):
            return "same"
        self._numbers[topic] = number
        self._keep(topic, message)
        return "new"

    def _model(self, topic: str) -> type[ControllerState | Message] | None:
        topics = self._topics
        fixed: dict[str, type[ControllerState | Message]] = {
            topics.controller_state: ControllerState,
            topics.calls: CallsBoard,
            topics.hall_board: HallBoard,
        }
        if topic in fixed:
            return fixed[topic]
        name = _name_in(topic)
        if topic == topics.display(name):
            return CounterDisplay
        return QueueState if topic == topics.queue(name) else None

    def board(self, topic: str) -> Message | None:
        """The newest board of a topic; None for none and for other topics."""
        name = _name_in(topic)
        if topic == self._topics.calls:
            return self.calls
        if topic == self._topics.hall_board:
            return self.hall
        return self._counters.get(name) if topic == self._topics.display(name) else self._queues.get(name)

    def _keep(self, topic: str, board: Message) -> None:
        match board:
            case CallsBoard():
                self.calls = board
            case HallBoard():
                self.hall = board
            case CounterDisplay():
                self._counters[_name_in(topic)] = board
            case QueueState():
                self._queues[_name_in(topic)] = board

    def _remove(self, topic: str) -> Taken:
        if topic == self._topics.controller_state:
            self.controller = None
        elif topic == self._topics.calls:
            self.calls = None
        elif topic == self._topics.hall_board:
            self.hall = None
        elif topic == self._topics.display(_name_in(topic)):
            self._counters.pop(_name_in(topic), None)
        else:
            self._queues.pop(_name_in(topic), None)
        return "new"


def _read(model: type[ControllerState | Message], payload: bytes) -> ControllerState | Message | None:
    if len(payload) > LARGEST_PAYLOAD_BYTES:
        return None
    try:
        return model.model_validate_json(payload)
    except ValidationError:
        return None


def _name_in(topic: str) -> str:
    """The counter or queue of `…/counter/5/display`, `…/queue/a/state`."""
    levels = topic.rsplit("/", 2)
    return levels[1] if len(levels) == 3 else ""  # noqa: PLR2004 - before, the name, after


def shown(heard: Mapping[str, Number], waiting: frozenset[str]) -> Shown | None:
    """The number up to which everything heard really stands on the displays; None when nothing does.

    `waiting` are the topics whose newest board some panel or screen of this machine does not show yet.

    >>> shown({"a": (1, 4), "b": (1, 9)}, frozenset())
    Shown(epoch=1, rev=9)
    >>> shown({"a": (1, 4), "b": (1, 9)}, frozenset({"b"}))
    Shown(epoch=1, rev=4)
    """
    missing = min((heard[topic] for topic in waiting if topic in heard), default=None)
    done = [number for number in heard.values() if missing is None or number < missing]
    if not done:
        return None
    epoch, rev = max(done)
    return Shown(epoch=epoch, rev=rev)
