"""What stands on the paper: the words of a ticket, and the blocks that it is set in.

Belongs here: content, order, sizes and gaps, as values. Never here: fonts, pixels, a printer's commands, or how the
bytes travel. A block says its text whole; who draws it wraps it by words.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from enum import Enum, auto
from typing import Any, Final, Literal

from hall_controller.devices import ticket_words as words

Kind = Literal["number-ticket", "instruction-slip", "test-page"]
Language = Literal["vi", "en"]

DOTS_PER_MM: Final = 8
"""Thermal heads of ticket printers have 203 dots to the inch."""
PAPER_DOTS: Final[dict[int, int]] = {58: 384, 80: 576}
"""What a head can print on paper of this many millimetres; the margins are the printer's own."""

CODE_GROUP: Final = 4
LONGEST_URL: Final = 180
"""A QR code of more characters has dots too small for an old telephone: it then holds the short code alone."""


class Size(Enum):
    """A step of type. Text that does not fit is wrapped, then shortened by words, never shrunk below its step."""

    NUMBER = auto()
    COUNTER = auto()
    BODY = auto()
    NOTE = auto()
    SECOND = auto()


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A centred text; `inverse` is white on a black label.

    `gap_mm` stands above it. What would make the paper too long gives way by `rank`, the highest first; 0 never does.
    """

    text: str
    size: Size
    gap_mm: float = 0
    strong: bool = False
    inverse: bool = False
    most_lines: int = 3
    rank: int = 0


@dataclass(frozen=True, slots=True)
class RuleBlock:
    """A thin line over the whole width."""

    gap_mm: float = 0
    rank: int = 0


@dataclass(frozen=True, slots=True)
class QrBlock:
    """A QR code of this content, `side_mm` at most."""

    content: str
    gap_mm: float
    side_mm: float
    rank: int = 0


Block = TextBlock | RuleBlock | QrBlock


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketPaper:
    """Everything that one ticket says; `issued_at` is aware and already in the hall's own time zone."""

    hall_name: str
    number: str
    service_vi: str
    service_en: str = ""
    purpose_vi: str = ""
    purpose_en: str = ""
    counters: tuple[str, ...] = ()
    ahead: int | None = None
    estimated_wait_s: int | None = None
    issued_at: datetime
    code: str
    url: str = ""
    language: Language = "vi"
    reprint: bool = False
    training: bool = False
    priority_vi: str = ""
    priority_en: str = ""
    missed_vi: str = words.MISSED_VI
    missed_en: str = words.MISSED_EN
    kind: Kind = "number-ticket"
    guarded: bool = False
    """The number counts only when the guidance desk has seen the visitor: the paper leads there, and to no counter."""

    def to_json(self) -> dict[str, Any]:
        """As JSON types, for the pipe to the print worker."""
        return asdict(self) | {"counters": list(self.counters), "issued_at": self.issued_at.isoformat()}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> TicketPaper:
        """The same ticket again; raises ValueError when a field is missing, unknown or of no use."""
        try:
            issued_at = datetime.fromisoformat(data["issued_at"])
            paper = cls(**data | {"issued_at": issued_at, "counters": tuple(data.get("counters", ()))})
        except (KeyError, TypeError, ValueError) as error:
            raise ValueError(f"not a ticket: {error}") from None
        if issued_at.tzinfo is None:
            raise ValueError("not a ticket: issued_at has no time zone")
        return paper

    @property
    def qr_content(self) -> str:
        """The visitor's own page, or the short code where the hall has no pages or the address is too long."""
        return self.url if 0 < len(self.url) <= LONGEST_URL else self.code


def group_code(code: str) -> str:
    """The short code as a person reads it out.

    >>> group_code("A012K7MQ2X4P")
    'A012-K7MQ-2X4P'
    """
    return "-".join(code[at : at + CODE_GROUP] for at in range(0, len(code), CODE_GROUP))


def blocks(paper: TicketPaper) -> tuple[Block, ...]:
    """What stands on the paper, from top to bottom; Vietnamese first, English second and smaller.

    For a visitor who chose English the second language is as strong as the first.
    """
    if paper.kind == "test-page":
        return _test(paper)
    body = _slip(paper) if paper.kind == "instruction-slip" else _number(paper)
    moment = f"{words.date_vi(paper.issued_at)}  ·  {words.time_vi(paper.issued_at)}"
    found: list[Block] = [
        *_marks(paper),
        TextBlock(paper.hall_name, Size.NOTE, gap_mm=1, most_lines=2, rank=1),
        *body,
        TextBlock(moment, Size.NOTE, gap_mm=1),
        QrBlock(paper.qr_content, gap_mm=2.5, side_mm=22),
        TextBlock(group_code(paper.code), Size.BODY, gap_mm=1, strong=True),
    ]
    if paper.kind == "number-ticket" and not paper.guarded:
        found += [
            RuleBlock(gap_mm=1.5),
            TextBlock(paper.missed_vi, Size.NOTE, gap_mm=1),
            TextBlock(paper.missed_en, Size.SECOND, rank=6),
        ]
    return tuple(block for block in found if not isinstance(block, TextBlock) or block.text)


def _test(paper: TicketPaper) -> tuple[Block, ...]:
    """A page that nobody can take for a number: which printer it is, and whether its letters are all there."""
    moment = f"{words.date_vi(paper.issued_at)}  ·  {words.time_vi(paper.issued_at)}"
    return (
        TextBlock(words.TEST, Size.NOTE, gap_mm=1, strong=True, inverse=True),
        TextBlock(paper.hall_name, Size.NOTE, gap_mm=1, most_lines=2),
        TextBlock(paper.service_vi, Size.COUNTER, gap_mm=2, strong=True, most_lines=2),
        TextBlock(words.TEST_VI, Size.BODY, gap_mm=1),
        TextBlock(words.TEST_EN, Size.SECOND),
        RuleBlock(gap_mm=1.5),
        TextBlock(words.TEST_LETTERS, Size.BODY, gap_mm=1),
        TextBlock(words.TEST_FIGURES, Size.COUNTER, gap_mm=1, strong=True),
        RuleBlock(gap_mm=1.5),
        TextBlock(moment, Size.NOTE, gap_mm=1),
        TextBlock(words.TEST, Size.NOTE, gap_mm=1, strong=True, inverse=True),
    )


def _marks(paper: TicketPaper) -> list[Block]:
    marks = [words.TRAINING] * paper.training + [words.REPRINT] * paper.reprint
    return [TextBlock(mark, Size.NOTE, gap_mm=1, strong=True, inverse=True) for mark in marks]


def _number(paper: TicketPaper) -> list[Block]:
    wanted = " · ".join(filter(None, (paper.purpose_en, paper.service_en)))
    strong = paper.language == "en"
    return [
        TextBlock(paper.number, Size.NUMBER, gap_mm=2.5, strong=True),
        *(_to_the_desk(strong=strong) if paper.guarded else _to_the_counter(paper, strong=strong)),
        RuleBlock(gap_mm=1.5),
        TextBlock(paper.purpose_vi, Size.BODY, gap_mm=1),
        TextBlock(paper.service_vi, Size.BODY, strong=True, most_lines=4),
        TextBlock(wanted, Size.SECOND, rank=2, strong=strong),
        TextBlock(paper.priority_vi, Size.NOTE, gap_mm=1, strong=True, most_lines=2),
        TextBlock(paper.priority_en, Size.SECOND, rank=5, most_lines=1),
        *(() if paper.guarded else _ahead(paper, strong=strong)),
    ]


def _to_the_counter(paper: TicketPaper, *, strong: bool) -> list[Block]:
    return [
        TextBlock(words.counters_vi(paper.counters), Size.COUNTER, gap_mm=1, strong=True, most_lines=2),
        TextBlock(words.counters_en(paper.counters), Size.SECOND, rank=4, strong=strong, most_lines=2),
    ]


def _to_the_desk(*, strong: bool) -> list[Block]:
    return [
        TextBlock(words.GUARDED_VI, Size.COUNTER, gap_mm=1, strong=True),
        TextBlock(words.GUARDED_WHY_VI, Size.BODY, gap_mm=0.5),
        TextBlock(words.GUARDED_EN, Size.SECOND, strong=strong),
    ]


def _ahead(paper: TicketPaper, *, strong: bool) -> list[Block]:
    return [
        TextBlock(words.ahead_vi(paper.ahead), Size.BODY, gap_mm=1.5),
        TextBlock(words.wait_vi(paper.ahead, paper.estimated_wait_s), Size.BODY),
        TextBlock(words.ahead_en(paper.ahead, paper.estimated_wait_s), Size.SECOND, rank=3, strong=strong),
    ]


def _slip(paper: TicketPaper) -> list[Block]:
    return [
        RuleBlock(gap_mm=1),
        TextBlock(paper.service_vi, Size.COUNTER, gap_mm=1, strong=True),
        TextBlock(paper.service_en, Size.SECOND, rank=3),
        TextBlock(words.ONLINE_VI, Size.BODY, gap_mm=1.5),
        TextBlock(words.ONLINE_EN, Size.SECOND, rank=4),
        TextBlock(paper.url, Size.NOTE, gap_mm=1, strong=True),
    ]
