"""What is wrong with a machine, from one look at it; pure.

Each limit says what it means in a hall. A machine that is no Raspberry Pi has no boot settings to check.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from hall_controller.doctor.finding import Finding, finding

if TYPE_CHECKING:
    from hall_controller.doctor.machine import Machine

LEAST_FREE_MB: Final = 500
"""A year of a large hall's journal, and room for its copies."""
SLOWEST_FSYNC_MS: Final = 100.0
"""A burst of five tickets a second waits for the card; a good card takes 2 to 20 ms."""
OLD_CARD: Final = timedelta(days=4 * 365)
WORN: Final = 2
BACKUP_EVERY: Final = timedelta(days=2)
BUILT: Final = datetime(2026, 11, 23, tzinfo=UTC)
"""No true clock shows an earlier time than that of this program."""


def machine_findings(machine: Machine) -> Iterator[Finding]:
    """All findings about disk, clock, services, boot settings, secrets and backups."""
    yield from _disk(machine)
    yield from _card(machine)
    yield from _clock(machine)
    yield from _services(machine)
    yield from _boot(machine)
    yield from _secrets(machine)
    yield from _backup(machine)


def _disk(machine: Machine) -> Iterator[Finding]:
    place = machine.data
    if not machine.data_there:
        yield finding(
            "disk",
            place,
            ("Không có thư mục dữ liệu.", "There is no data folder."),
            ("Tạo thư mục, cho người dùng hall làm chủ.", f"sudo install -d -o hall -g hall {place}"),
        )
        return
    if not machine.writable:
        yield finding(
            "disk",
            place,
            ("Không ghi được vào thư mục dữ liệu.", "The data folder cannot be written."),
            (
                "Xem thẻ có bị khóa chỉ đọc không (dmesg), và quyền của thư mục.",
                "See whether the card is read-only (dmesg), and whose the folder is.",
            ),
        )
    if machine.free_mb is not None and machine.free_mb < LEAST_FREE_MB:
        yield finding(
            "disk",
            place,
            (f"Chỉ còn trống {machine.free_mb} MB.", f"Only {machine.free_mb} MB are free."),
            (
                "Xóa tệp không cần hoặc chép bản sao lưu cũ ra USB.",
                "Remove what is not needed, or move old backups to a stick.",
            ),
        )
    if machine.fsync_ms is not None and machine.fsync_ms > SLOWEST_FSYNC_MS:
        yield finding(
            "disk",
            place,
            (
                f"Ghi bền mất {machine.fsync_ms:.0f} ms, quá chậm.",
                f"A durable write takes {machine.fsync_ms:.0f} ms, which is too slow.",
            ),
            ("Thay thẻ nhớ loại tốt hơn hoặc dùng SSD.", "Take a better card, or an SSD."),
        )


def _card(machine: Machine) -> Iterator[Finding]:
    if machine.card_worn is not None and machine.card_worn >= WORN:
        yield finding(
            "disk",
            "mmcblk0",
            ("Thẻ nhớ báo sắp hết tuổi thọ.", "The card says that it is nearly worn out."),
            ("Sao lưu ngay rồi thay thẻ.", "Make a backup now and change the card."),
        )
    elif machine.card_made is not None and machine.now - machine.card_made > OLD_CARD:
        yield finding(
            "disk",
            "mmcblk0",
            (f"Thẻ nhớ sản xuất từ {machine.card_made:%m/%Y}.", f"The card is of {machine.card_made:%m/%Y}."),
            ("Chuẩn bị thẻ mới để thay trong năm nay.", "Have a new card ready and change it this year."),
        )


def _clock(machine: Machine) -> Iterator[Finding]:
    if machine.now < BUILT:
        yield finding(
            "clock",
            f"{machine.now:%Y-%m-%d %H:%M}",
            ("Đồng hồ chạy sai.", "The clock is wrong."),
            (
                "Đặt giờ: sudo timedatectl set-time; thay pin của đồng hồ.",
                "Set it: sudo timedatectl set-time; change the clock's battery.",
            ),
        )
    if not machine.synchronised:
        yield finding(
            "clock",
            f"{machine.now:%Y-%m-%d %H:%M}",
            ("Giờ chưa được đồng bộ.", "The time is not synchronised."),
            (
                "Bật dịch vụ chrony và xem cáp mạng: chronyc tracking.",
                "Start the service chrony and look at the network: chronyc tracking.",
            ),
        )


def _services(machine: Machine) -> Iterator[Finding]:
    for unit, (installed, enabled) in machine.units.items():
        if not installed:
            yield finding(
                "services",
                unit,
                ("Chưa cài dịch vụ này.", "This service is not installed."),
                ("Chạy: sudo hall install --root /", "Run: sudo hall install --root /"),
            )
        elif not enabled:
            yield finding(
                "services",
                unit,
                ("Dịch vụ không tự chạy khi khởi động máy.", "This service does not start with the machine."),
                (f"Chạy: sudo systemctl enable --now {unit}", f"Run: sudo systemctl enable --now {unit}"),
            )


def _boot(machine: Machine) -> Iterator[Finding]:
    if not machine.udev_rules:
        yield finding(
            "files",
            "/etc/udev/rules.d/85-hall.rules",
            ("Chưa có tên cố định cho các cổng.", "Ports have no names of their own."),
            (
                "Chạy: sudo hall install --root / rồi sudo udevadm trigger.",
                "Run: sudo hall install --root / and then sudo udevadm trigger.",
            ),
        )
    if not machine.is_pi:
        return
    lines = [line.strip() for line in (machine.boot_config or "").splitlines()]
    if "include hall.txt" not in lines:
        yield finding(
            "boot",
            "/boot/firmware/config.txt",
            ("Chưa đọc thiết lập khởi động của hệ thống.", "The hall's boot settings are not read."),
            (
                "Thêm dòng cuối: include hall.txt, rồi khởi động lại.",
                "Add as last line: include hall.txt, and reboot.",
            ),
        )
    if "console=serial0" in (machine.boot_line or "") or "console=ttyAMA0" in (machine.boot_line or ""):
        yield finding(
            "boot",
            "/boot/firmware/cmdline.txt",
            ("Nhân hệ điều hành đang nói trên đường RS-485.", "The kernel talks on the RS-485 line."),
            (
                "Bỏ console=serial0,115200 khỏi tệp rồi khởi động lại.",
                "Take console=serial0,115200 out of that file, and reboot.",
            ),
        )


def _secrets(machine: Machine) -> Iterator[Finding]:
    for path in machine.open_secrets:
        yield finding(
            "files",
            path,
            ("Tệp bí mật này ai cũng đọc được.", "Everybody may read this secret."),
            (f"Chạy: sudo chmod o-rwx {path}", f"Run: sudo chmod o-rwx {path}"),
        )


def _backup(machine: Machine) -> Iterator[Finding]:
    if not machine.data_there:
        return
    place = f"{machine.data}/backups"
    todo = (
        f"Chạy: hall backup --journal {machine.data}/journal.sqlite --to {place}",
        f"Run: hall backup --journal {machine.data}/journal.sqlite --to {place}",
    )
    if machine.newest_backup is None:
        yield finding("backup", place, ("Chưa có bản sao lưu nào.", "There is no backup."), todo)
    elif machine.now - machine.newest_backup > BACKUP_EVERY:
        days = (machine.now - machine.newest_backup).days
        yield finding(
            "backup",
            place,
            (f"Bản sao lưu mới nhất đã {days} ngày.", f"The newest backup is {days} days old."),
            todo,
        )
