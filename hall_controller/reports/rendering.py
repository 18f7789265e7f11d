"""A report in one of its formats, as bytes for a file or an answer.

A format is a file beside the others, named as it is asked for, and loaded only then: the spreadsheet's library alone
takes more memory than a controller has to spare, and every `hall` command begins as the same program.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from hall_controller.reports import formats

if TYPE_CHECKING:
    from types import ModuleType

    from hall_controller.reports.kinds import Format
    from hall_controller.reports.table import Report


def rendered(report: Report, format_: Format, style: str = "") -> bytes:
    """The bytes; `style` is the sheet that a page brings along, without it the page links the controller's."""
    page = _module(format_).page
    content: str | bytes = page(report, style) if format_ == "html" else page(report)
    return content.encode() if isinstance(content, str) else content


def ready_for(format_: Format) -> None:
    """Load what writes that format, while there is nothing else to do."""
    _module(format_)


def _module(format_: Format) -> ModuleType:
    return import_module(f"{formats.__name__}.as_{format_}")
