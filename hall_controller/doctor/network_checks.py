"""What is wrong with the broker, the web and the lists of a hall, from what was seen; pure.

Sentences and when they are said. Never here: connecting to anything.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from hall_controller.doctor.finding import Finding, finding

if TYPE_CHECKING:
    from hall_controller.doctor.broker import Broker
    from hall_controller.doctor.broker_rules import Tried
    from hall_controller.settings import Config


def broker_findings(config: Config, broker: Broker) -> Iterator[Finding]:
    """Away, open to everybody, or keeping commands."""
    where = f"{config.mqtt.host}:{config.mqtt.port}"
    if not broker.reachable:
        yield finding(
            "broker",
            where,
            ("Không kết nối được máy chủ MQTT.", f"The MQTT broker cannot be reached ({broker.why})."),
            (
                "Xem: systemctl status mosquitto; kiểm tra mqtt.host, mqtt.port và mật khẩu.",
                "See: systemctl status mosquitto; check mqtt.host, mqtt.port and the password.",
            ),
        )
        return
    if broker.open_to_strangers or not config.mqtt.username:
        yield finding(
            "broker",
            where,
            ("Ai cũng vào được máy chủ MQTT.", "The broker lets anybody in."),
            (
                "Chạy: sudo hall install --root /, đặt mqtt.username và mqtt.password_file.",
                "Run: sudo hall install --root /, and set mqtt.username and mqtt.password_file.",
            ),
        )
    for device in broker.kept_commands:
        yield finding(
            "broker",
            device,
            (
                "Máy chủ MQTT đang giữ một lệnh cho thiết bị này.",
                "The broker keeps a command for this device.",
            ),
            (
                f"Xóa: mosquitto_pub -r -n -t qms/1/{config.hall.id}/device/{device}/command",
                f"Clear it: mosquitto_pub -r -n -t qms/1/{config.hall.id}/device/{device}/command",
            ),
        )


def rules_findings(where: str, tried: Tried) -> Iterator[Finding]:
    """Devices may do more than their own, or nobody could try."""
    acl = "/etc/mosquitto/hall.acl"
    if tried.rules == "broken":
        yield finding(
            "broker",
            where,
            (
                f"Máy chủ MQTT không giữ quyền: tên {tried.why} nói hoặc nghe được điều của người khác.",
                f"The broker does not keep its rules: {tried.why} may say or hear what is not its own.",
            ),
            (
                f"Chạy: sudo hall install --root /, xem dòng acl_file {acl} của mosquitto.conf, khởi động lại nó.",
                f"Run: sudo hall install --root /, see that mosquitto.conf names acl_file {acl}, restart mosquitto.",
            ),
        )
    elif tried.rules == "untried":
        yield finding(
            "broker",
            where,
            (
                f"Chưa thử được quyền của thiết bị ở máy chủ MQTT ({tried.why}).",
                f"Whether the broker keeps its rules could not be tried ({tried.why}).",
            ),
            (
                "Chạy lại trên máy điều khiển bằng sudo, cạnh tệp secrets.yaml của trung tâm.",
                "Run it again on the controller with sudo, where the hall's secrets.yaml is.",
            ),
        )


def web_findings(config: Config, *, running: bool, port_free: bool) -> Iterator[Finding]:
    """Nobody serves the pages, or somebody else sits there."""
    where = f"{config.http.host}:{config.http.port}"
    if running:
        return
    if port_free:
        yield finding(
            "web",
            where,
            ("Hệ thống chưa chạy.", "The controller is not running."),
            ("Chạy: sudo systemctl start hall-controller", "Run: sudo systemctl start hall-controller"),
        )
    else:
        yield finding(
            "web",
            where,
            ("Cổng này đang do chương trình khác dùng.", "Another program sits on this port."),
            (
                "Tìm bằng: sudo ss -tlnp; tắt nó hoặc đổi http.port.",
                "Find it: sudo ss -tlnp; stop it, or change http.port.",
            ),
        )


def list_findings(*, stale: bool, file: str) -> Iterator[Finding]:
    """The list of procedures is older than a list may be."""
    if stale:
        yield finding(
            "lists",
            file,
            ("Danh mục thủ tục đã cũ.", "The list of procedures is stale."),
            (
                "Xin danh mục theo quyết định đang có hiệu lực và thay tệp.",
                "Ask for the list by the decision in force, and replace the file.",
            ),
        )
