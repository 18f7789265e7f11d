"""What is wrong with a device and what to do about it, in Vietnamese and English; texts only.

Why is a fact about this device; what to do is a step that somebody in the hall can take now.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hall_controller.messages import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hall_controller.messages import DeviceType

TODO: Final[Mapping[DeviceType, Text]] = {
    "call-pad": Text(
        vi="Kiểm tra nguồn điện và cáp của bàn phím; trong lúc chờ, gọi số trên trang của quầy. Nếu vẫn lỗi thì thay.",
        en="Check the pad's power and cable; meanwhile call on the counter's page. If that does not help, replace it.",
    ),
    "rating-pad": Text(
        vi="Kiểm tra nguồn điện và cáp của bàn phím đánh giá; vẫn không được thì thay cái khác.",
        en="Check the rating pad's power and cable; if that does not help, replace it.",
    ),
    "panel": Text(
        vi="Kiểm tra nguồn điện, cáp và địa chỉ của bảng LED; trong lúc chờ, khách xem màn hình chung.",
        en="Check the panel's power, cable and address; meanwhile visitors have the hall screen.",
    ),
    "screen": Text(
        vi="Kiểm tra nguồn điện và cáp mạng của máy màn hình; nếu máy vẫn chạy, khởi động lại dịch vụ hall-display.",
        en="Check the display machine's power and network cable; if it runs, restart its service hall-display.",
    ),
    "printer": Text(
        vi="Kiểm tra nguồn điện, giấy, nắp và cáp của máy in; trong lúc chờ, kiosk hiện số trên màn hình.",
        en="Check the printer's power, paper, cover and cable; meanwhile the kiosk shows the number on its screen.",
    ),
    "kiosk": Text(
        vi="Kiểm tra màn hình cảm ứng còn mở trang kiosk không và cáp mạng; nếu không, khởi động lại máy đó.",
        en="See whether the touch screen still shows the kiosk page, and its network cable; else restart that machine.",
    ),
    "gateway": Text(
        vi="Kiểm tra nguồn điện và cáp của bộ chuyển tiếp: mọi thiết bị phía sau nó cũng mất.",
        en="Check the gateway's power and cable: every device behind it is lost with it.",
    ),
}
MEND_THE_BROKER: Final = Text(
    vi="Kiểm tra dịch vụ mosquitto trên máy điều khiển: systemctl status mosquitto.",
    en="Check the service mosquitto on the controller: systemctl status mosquitto.",
)
BROKER_AWAY: Final = Text(
    vi="Không kết nối được máy chủ MQTT nên không biết tình trạng thiết bị này.",
    en="The MQTT broker cannot be reached, so nothing is known of this device.",
)
NEVER_HEARD: Final = Text(
    vi="Chưa nghe thấy thiết bị này từ khi hệ thống khởi động hoặc từ khi máy chủ MQTT chạy lại.",
    en="This device has not been heard since the controller or the broker was started.",
)
GONE: Final = Text(
    vi="Thiết bị mất kết nối đột ngột: mất điện, mất mạng hoặc bị treo.",
    en="The device went away without a word: no power, no network, or it hangs.",
)
SWITCHED_OFF: Final = Text(
    vi="Thiết bị đã được tắt, có báo trước.",
    en="The device was switched off and said so.",
)
SWITCH_ON: Final = Text(
    vi="Bật lại thiết bị hoặc dịch vụ trên máy đó.",
    en="Switch it on again, or start the service on that machine.",
)
LINE_AWAY: Final = Text(
    vi="Không mở được đường dây của thiết bị này.",
    en="The line of this device cannot be used.",
)
PAGE_CLOSED: Final = Text(
    vi="Không có trình duyệt nào đang mở trang của kiosk này.",
    en="No browser has this kiosk's page open.",
)
BEHIND: Final = Text(
    vi="Thiết bị đang hiện thông tin cũ hơn 2 giây so với hệ thống.",
    en="The device shows a board that is more than 2 s older than the hall's.",
)
LOOK_AT_THE_LINE: Final = Text(
    vi="Xem cáp mạng hoặc đường dây có quá tải không; nếu kéo dài, khởi động lại thiết bị.",
    en="See whether its network or its line is overloaded; if it lasts, restart the device.",
)


def overdue(silent_s: float, interval_s: float) -> Text:
    """A device that gives a sign so often has given none for so long."""
    return Text(
        vi=f"Thiết bị im lặng {silent_s:.0f} giây, bình thường {interval_s:.0f} giây báo một lần.",
        en=f"The device has been silent for {silent_s:.0f} s; it usually gives a sign every {interval_s:.0f} s.",
    )


def behind_gateway(gateway: str) -> Text:
    """The device through which it is reached is lost."""
    return Text(
        vi=f"{gateway} bị mất kết nối nên thiết bị phía sau cũng mất.",
        en=f"{gateway} is lost, and this device is reached through it.",
    )


def mend_gateway(gateway: str) -> Text:
    """What to do then."""
    return Text(vi=f"Sửa {gateway} trước.", en=f"Mend {gateway} first.")


def surfaces(broken: Mapping[str, str]) -> Text:
    """What a display machine says of its panels and screens that are not well."""
    names = ", ".join(sorted(broken))
    sentences = "; ".join(f"{name}: {said}" for name, said in sorted(broken.items()))
    return Text(vi=f"Màn hình hoặc bảng LED không trả lời: {names}.", en=sentences)
