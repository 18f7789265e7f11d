"""Every channel of the contract, with who sends on it, how, and an example of each of its messages.

Data only: topics and payloads are those of messages.py; asyncapi.py writes this table down in AsyncAPI's form. The
examples are one visit in the reference hall, so that they can be read beside each other.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final, Literal, NamedTuple

from hall_controller import messages as m

Sender = Literal["controller", "device"]


class Channel(NamedTuple):
    """One topic, its messages each by example, and how it is used; `will` when it is its sender's last will."""

    id: str
    address: str
    sender: Sender
    summary: str
    examples: tuple[m.Payload, ...]
    retained: bool = False
    qos: Literal[0, 1] = 1
    will: bool = False
    empty: str = ""
    """What an empty payload means, where one has a meaning."""


def _at(minute: int, second: int = 0) -> datetime:
    """A moment of the visit that the examples tell: 1 March 2022, 08:05 in Viet Nam."""
    return datetime(2022, 3, 1, 1, minute, second, tzinfo=UTC)


_TOPICS: Final = m.Topics("{hall}")
_NAME: Final = m.Text(vi="Trung tâm Phục vụ hành chính công tỉnh", en="Provincial public service centre")

_CONTROLLER: Final = (
    Channel(
        "controllerState",
        _TOPICS.controller_state,
        "controller",
        "Whether there is a controller, and whether its clock may be believed.",
        (m.ControllerState(state="ready", epoch=3, time=_at(0), time_trusted=True, version="0.1.0"),),
        retained=True,
        will=True,
    ),
    Channel(
        "controllerHealth",
        _TOPICS.controller_health,
        "controller",
        "How the controller is, every 30 s.",
        (
            m.Health(
                uptime_s=5400,
                journal_ms=1.9,
                outbox=0,
                devices={"ready": 14, "lost": 1},
                disk_free_mb=10240,
                temperature_c=48.3,
            ),
        ),
        qos=0,
    ),
    Channel(
        "alert",
        _TOPICS.alert("{alert}"),
        "controller",
        "Something that a technician should mend.",
        (
            m.Alert(
                severity="warning",
                code="paper-low",
                text=m.Text(
                    vi="Máy in sắp hết giấy: thay cuộn giấy.",
                    en="The printer is short of paper: change the roll.",
                ),
                since=_at(3),
            ),
        ),
        retained=True,
        empty="The alert is over.",
    ),
)

_BOARDS: Final = (
    Channel(
        "counterDisplay",
        _TOPICS.display("{counter}"),
        "controller",
        "All that a counter's LED panel needs.",
        (
            m.CounterDisplay(
                epoch=3,
                rev=1290,
                state="calling",
                ticket="A012",
                call=2,
                since=_at(5),
                text=m.Text(vi="Mời số A012 đến Quầy 5", en="A012, please go to counter 5"),
                name="5",
            ),
            m.CounterDisplay(
                epoch=3,
                rev=1207,
                state="paused",
                since=_at(1),
                text=m.Text(vi="Quầy tạm dừng", en="Counter paused"),
                name="6",
                notice=m.Text(
                    vi="Bưu điện tỉnh tiếp nhận thay Sở Tư pháp",
                    en="Provincial Post Office for Department of Justice",
                ),
            ),
        ),
        retained=True,
    ),
    Channel(
        "queueState",
        _TOPICS.queue("{queue}"),
        "controller",
        "A queue as the hall sees it.",
        (
            m.QueueState(
                epoch=3,
                rev=1290,
                open=True,
                waiting=4,
                last_called="A012",
                estimated_wait_s=660,
                name=m.Text(vi="Đất đai", en="Land"),
                letter="A",
            ),
        ),
        retained=True,
    ),
    Channel(
        "callsBoard",
        _TOPICS.calls,
        "controller",
        "The hall board: calls, newest first, at most 12.",
        (
            m.CallsBoard(
                epoch=3,
                rev=1290,
                calls=[m.BoardCall(ticket="A012", counter="5", call=2, time=_at(5), name="5")],
            ),
        ),
        retained=True,
    ),
    Channel(
        "hallBoard",
        _TOPICS.hall_board,
        "controller",
        "The hall itself: its name, and whether it is open.",
        (m.HallBoard(epoch=3, rev=1203, name=_NAME, timezone="Asia/Ho_Chi_Minh", open=True),),
        retained=True,
    ),
    Channel(
        "announcement",
        _TOPICS.announcement,
        "controller",
        "One call to be spoken once; late, it is dropped and never spoken.",
        (
            m.Announcement(
                id="3-1290",
                ticket="A012",
                counter="5",
                call=2,
                languages=["vi", "en"],
                expires=_at(5, 20),
                name="5",
            ),
        ),
    ),
    Channel(
        "event",
        _TOPICS.event("{fact}"),
        "controller",
        "What has happened, as CloudEvents 1.0; `sequence` is the number in the journal, without gaps.",
        (
            m.CloudEvent(
                id="3-1290",
                source="/qms/1/tuyen-quang",
                type="ticket.called",
                time=_at(5),
                sequence="1290",
                subject="A012",
                data={"ticket": "A012", "counter": "5", "officer": "lan", "reason": "longest_wait"},
            ),
        ),
    ),
)

_ORDERS: Final = (
    Channel(
        "deviceAck",
        _TOPICS.device("{device}", "ack"),
        "controller",
        "The answer to a press, sent when it is durable; the same press again gets the first answer as `duplicate`.",
        (
            m.Ack(boot=41, seq=78, result="ok", ticket="A012"),
            m.Ack(
                boot=41,
                seq=79,
                result="rejected",
                reason=m.Reason(
                    code="none_waiting", text=m.Text(vi="Không có ai đang chờ.", en="Nobody is waiting.")
                ),
            ),
        ),
    ),
    Channel(
        "deviceCommand",
        _TOPICS.device("{device}", "command"),
        "controller",
        "An order to a device; a retained one, or one after `expires`, is ignored.",
        (m.DeviceCommand(id="c-17", command="identify", expires=_at(6)),),
    ),
    Channel(
        "deviceConfig",
        _TOPICS.device("{device}", "config"),
        "controller",
        "The device's settings: its counter, and what its model needs besides.",
        (m.DeviceConfig(rev=2, counter="5"),),
        retained=True,
    ),
)

_DEVICES: Final = (
    Channel(
        "deviceState",
        _TOPICS.device("{device}", "state"),
        "device",
        "Whether the device lives; `boot` counts its starts.",
        (m.DeviceState(state="ready", boot=41),),
        retained=True,
        will=True,
    ),
    Channel(
        "deviceInfo",
        _TOPICS.device("{device}", "info"),
        "device",
        "What the device says it is.",
        (m.DeviceInfo(type="call-pad", model="esphome-pad-6", firmware="1.4.0"),),
        retained=True,
    ),
    Channel(
        "deviceInput",
        _TOPICS.device("{device}", "input"),
        "device",
        "A press, executed once per device, boot and seq however often it arrives; resend it until acknowledged.",
        (
            m.KeyPress(boot=41, seq=78, key="next"),
            m.ScorePress(boot=41, seq=79, score=4),
            m.TicketPress(boot=41, seq=80, service="dat-dai", purpose="submit"),
        ),
    ),
    Channel(
        "deviceReply",
        _TOPICS.device("{device}", "reply"),
        "device",
        "The device's answer to a command.",
        (m.DeviceReply(id="c-17", result="ok"),),
    ),
    Channel(
        "deviceStatus",
        _TOPICS.device("{device}", "status"),
        "device",
        "What the device shows, or how its paper is.",
        (m.DeviceStatus(shown=m.Shown(epoch=3, rev=1290), paper="ok"),),
        retained=True,
    ),
)

CHANNELS: Final = (*_CONTROLLER, *_BOARDS, *_ORDERS, *_DEVICES)
