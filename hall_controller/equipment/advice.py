"""Every alert of the hall by its code, and what to do when it holds, in Vietnamese and English; one table.

A code is a word, or a word with a device's or queue's id behind it: `paper-printer-1` is the row `paper-`. Whoever
raises a new alert writes a row here; a test holds both together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hall_controller.messages import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

ADVICE: Final[Mapping[str, Text]] = {
    "journal": Text(
        vi="Xem thẻ nhớ còn chỗ trống và còn ghi được không (hall doctor). Khi ghi lại được, hệ thống tự cấp số tiếp.",
        en="See whether the card is full or read-only (hall doctor). Numbers are given out again as soon as it writes.",
    ),
    "broker-away": Text(
        vi="Trên máy điều khiển: systemctl status mosquitto; xem cáp mạng. Gọi số bằng trang của quầy trong lúc chờ.",
        en="On the controller: systemctl status mosquitto; look at the network. Meanwhile call on the counters' pages.",
    ),
    "restore": Text(
        vi="Kiểm tra tệp sao lưu ở trang Sao lưu hoặc chọn bản khác; dữ liệu đang dùng không thay đổi.",
        en="Check the backup on the page Backups or choose another one; the journal is as it was.",
    ),
    "retained-": Text(
        vi="Tìm chương trình đã gửi lệnh với cờ retain và sửa nó; lệnh đã bị bỏ. Cảnh báo tự hết sau một giờ.",
        en="Find the program that sent it retained and mend it; nothing was done. The alert ends after an hour.",
    ),
    "malformed-": Text(
        vi="Nạp lại phần mềm của thiết bị cho đúng phiên bản (hall firmware); cảnh báo tự hết khi thiết bị gửi đúng.",
        en="Flash the device with this version's firmware (hall firmware); the alert ends with the next good message.",
    ),
    "device-": Text(
        vi="Xem thiết bị ở trang kỹ thuật: nguồn điện, cáp, cổng. Không sửa được thì thay thiết bị khác.",
        en="See the device on the technician's page: power, cable, port. If it cannot be mended, replace it.",
    ),
    "late-": Text(
        vi="Xem mạng hoặc đường dây của thiết bị; nếu kéo dài, khởi động lại thiết bị.",
        en="See the device's network or line; if it lasts, restart the device.",
    ),
    "faulty-": Text(
        vi="Lấy vật đè lên phím, lau khô hoặc thay phím; với bảng LED và màn hình, kiểm tra dây và nguồn.",
        en="Lift what lies on the key, dry or change it; of panels and screens check wires and power.",
    ),
    "silent": Text(
        vi="Mở trang kỹ thuật xem các thiết bị nào; bật chúng lên, hoặc xóa khỏi hall.toml nếu không còn dùng.",
        en="See on the technician's page which devices; switch them on, or take those not in use out of hall.toml.",
    ),
    "paper-": Text(
        vi="Để sẵn một cuộn giấy mới bên máy in; thay khi vắng khách.",
        en="Lay a new roll beside the printer and change it when the hall is quiet.",
    ),
    "catalogue": Text(
        vi="Sửa dòng sai trong tệp danh mục rồi lưu lại; danh mục trước vẫn dùng.",
        en="Mend that line of the list's file and save it; the list before it stays in force.",
    ),
    "catalogue-stale": Text(
        vi="Xin danh mục thủ tục mới nhất theo quyết định đang có hiệu lực và thay tệp.",
        en="Ask for the list by the decision in force, and replace the file.",
    ),
    "dossiers": Text(
        vi="Sửa dòng sai trong tệp hồ sơ hoặc xuất lại từ hệ thống một cửa; danh sách trước vẫn dùng.",
        en="Mend that line of the file or export it again; the list before it stays in force.",
    ),
    "dossiers-stale": Text(
        vi="Xuất lại danh sách hồ sơ từ hệ thống một cửa; xem lịch xuất tự động còn chạy không.",
        en="Export the dossiers again from the settlement system; see whether the daily export still runs.",
    ),
    "burst": Text(
        vi="Đến kiosk xem; nếu có người lấy số để bán, bật chế độ kiểm soát ở bàn hướng dẫn.",
        en="Go to the kiosk and look; if numbers are being hoarded, turn guard mode on at the guidance desk.",
    ),
    "burst-guarded": Text(
        vi="Ở bàn hướng dẫn: gặp từng người rồi cho số vào hàng; tắt chế độ kiểm soát khi đã yên.",
        en="At the guidance desk: see each visitor and release the number; turn guard mode off when it is calm.",
    ),
    "configuration": Text(
        vi="Xem trang cấu hình: sửa lỗi được nêu rồi áp dụng lại; cấu hình trước vẫn dùng.",
        en="See the configuration page: mend what it names and apply again; the settings before are in force.",
    ),
    "retention": Text(
        vi="Khi trung tâm đóng cửa: sudo systemctl start hall-retain. "
        "Nơi mở cửa suốt ngày đêm: lúc vắng khách dừng hall-controller, chạy hall retain, rồi khởi động lại.",
        en="When the hall is closed: sudo systemctl start hall-retain. "
        "A hall that never closes: at a quiet hour stop hall-controller, run hall retain, start it again.",
    ),
    "wait-": Text(
        vi="Mở thêm quầy cho lĩnh vực này, hoặc gọi cán bộ dự phòng.",
        en="Open another counter for this queue, or call a reserve officer.",
    ),
}


def row_of(code: str) -> str | None:
    """The row of a code: its own, else that of the longest beginning; None for a code that nobody knows."""
    if code in ADVICE:
        return code
    rows = [row for row in ADVICE if row.endswith("-") and code.startswith(row)]
    return max(rows, key=len, default=None)


def what_to_do(code: str) -> Text:
    """What to do when the alert holds; the alert itself says it for one that no row is written for."""
    row = row_of(code)
    if row is None:
        return Text(vi="Xem nội dung cảnh báo.", en="See what the alert says.")
    return ADVICE[row]
