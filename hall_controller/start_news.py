"""What a start has to tell of what happened before it: settings that were taken back, a journal that was restored.

Commands to write down and alerts to raise; the steps themselves stand in `configuration` and `safekeeping`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from hall_controller.domain.auditing import RecordRestore
from hall_controller.messages import Text

if TYPE_CHECKING:
    from hall_controller.configuration.versions import Version
    from hall_controller.domain.commands import Command
    from hall_controller.health import Health
    from hall_controller.safekeeping.restoring import Outcome


def restored(outcome: Outcome | None) -> list[Command]:
    """The restore that a technician wished, to be written down at the start."""
    if outcome is None or outcome.restored is None:
        return []
    found = outcome.restored
    backup = Path(outcome.wish.backup).name
    return [RecordRestore(backup, outcome.wish.person, found.carried, found.complete)]


def tell(version: Version | None, outcome: Outcome | None, health: Health) -> None:
    """Alerts for whoever thinks that new settings hold, or that a backup was restored."""
    if version is not None and version.took_back is not None:
        number = version.took_back
        sentence = Text(
            vi=f"Cấu hình bản {number} không khởi động được nên bản trước đang được dùng: xem trang Cấu hình.",
            en=f"The hall did not start with version {number} of its settings, so the one before holds.",
        )
        health.raise_alert("configuration", "warning", sentence)
    if outcome is not None and outcome.restored is None:
        why = outcome.why_not
        sentence = Text(vi=f"Không khôi phục được: {why}", en=f"Nothing was restored: {why}")
        health.raise_alert("restore", "warning", sentence)
