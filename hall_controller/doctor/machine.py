"""What this machine looks like: disk, card, clock, services, boot settings, files; looking only, no judgement.

Everything is read below a root, so that a machine can be looked at that is only a folder. What cannot be read is None.
"""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

UNITS: Final = ("hall-controller.service", "mosquitto.service", "chrony.service")
SYNCHRONISED: Final = ("run/systemd/timesync/synchronized", "run/chrony/chronyd.sock")
CARD: Final = "sys/block/mmcblk0/device"
TRIES: Final = 5


@dataclass(frozen=True, slots=True)
class Machine:
    """One look at a machine; times are UTC."""

    now: datetime
    data: str
    data_there: bool
    writable: bool
    free_mb: int | None
    fsync_ms: float | None
    """The median of a few durable writes in the data folder."""
    card_made: datetime | None
    card_worn: int | None
    """An eMMC's own word (pre_eol_info): 1 well, 2 worn by 80 %, 3 nearly at its end."""
    synchronised: bool
    units: dict[str, tuple[bool, bool]]
    """Of each service: whether it is installed, and enabled."""
    boot_config: str | None
    boot_line: str | None
    udev_rules: bool
    newest_backup: datetime | None
    open_secrets: tuple[str, ...]
    """Secrets that others than their owner and group may read."""
    is_pi: bool = False


def look(root: Path, data: Path, secrets: Iterable[Path], units: Iterable[str] = UNITS) -> Machine:
    """Look at the machine whose files begin at `root`; `units` are those that it needs."""
    there = data.is_dir()
    writable = there and os.access(data, os.W_OK)
    return Machine(
        now=datetime.now(UTC),
        data=str(data),
        data_there=there,
        writable=writable,
        free_mb=shutil.disk_usage(data).free // 2**20 if there else None,
        fsync_ms=_fsync_ms(data) if writable else None,
        card_made=_card_made(_text(root / CARD / "date")),
        card_worn=_number(_text(root / CARD / "pre_eol_info")),
        synchronised=any((root / path).exists() for path in SYNCHRONISED),
        units={unit: (_installed(root, unit), _enabled(root, unit)) for unit in units},
        boot_config=_text(root / "boot/firmware/config.txt"),
        boot_line=_text(root / "proc/cmdline"),
        udev_rules=(root / "etc/udev/rules.d/85-hall.rules").exists(),
        newest_backup=_newest(data / "backups"),
        open_secrets=tuple(str(path) for path in secrets if _open_to_others(path)),
        is_pi="Raspberry Pi" in (_text(root / "proc/device-tree/model") or ""),
    )


def _text(path: Path) -> str | None:
    try:
        return path.read_text("utf-8", "replace")
    except OSError:
        return None


def _number(text: str | None) -> int | None:
    try:
        return int(text, 0) if text else None
    except ValueError:
        return None


def _card_made(text: str | None) -> datetime | None:
    """Month and year as the kernel tells them: 03/2021."""
    try:
        return datetime.strptime((text or "").strip(), "%m/%Y").replace(tzinfo=UTC)
    except ValueError:
        return None


def _fsync_ms(folder: Path) -> float | None:
    """How long a small durable write takes, the median of a few."""
    took: list[float] = []
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            for _ in range(TRIES):
                began_s = time.perf_counter()
                file.write(bytes(1024))
                file.flush()
                os.fsync(file.fileno())
                took.append((time.perf_counter() - began_s) * 1000)
    except OSError:
        return None
    return sorted(took)[TRIES // 2]


def _installed(root: Path, unit: str) -> bool:
    return any((root / folder / unit).exists() for folder in ("etc/systemd/system", "lib/systemd/system"))


def _enabled(root: Path, unit: str) -> bool:
    return any((root / "etc/systemd/system").glob(f"*.wants/{unit}"))


def _newest(folder: Path) -> datetime | None:
    times = [file.stat().st_mtime for file in folder.glob("journal-*.sqlite")]
    return datetime.fromtimestamp(max(times), UTC) if times else None


def _open_to_others(path: Path) -> bool:
    try:
        return bool(path.stat().st_mode & stat.S_IRWXO)
    except OSError:
        return False
