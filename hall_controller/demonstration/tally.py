"""What happened in a demo, counted from the hall's own events.

Belongs here: sums for the terminal. Never here: figures that a hall is judged by, which are the reports'.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hall_controller.messages import CloudEvent


@dataclass(slots=True)
class Tally:
    """Numbers given out, calls, visits that ended, scores."""

    issued: int = 0
    called: int = 0
    completed: int = 0
    scores: list[int] = field(default_factory=list)

    def hear(self, event: CloudEvent) -> None:
        """One event of the hall."""
        match event.type:
            case "ticket.issued":
                self.issued += 1
            case "ticket.called":
                self.called += 1
            case "ticket.completed":
                self.completed += 1
            case "ticket.rated":
                self.scores.append(int(event.data["score"]))
            case _:
                pass

    @property
    def sentence(self) -> str:
        """In Vietnamese, for the terminal.

        >>> Tally(issued=12, called=9, completed=7, scores=[5, 4]).sentence
        'Đã phát 12 số   Gọi 9   Xong 7   2 đánh giá (4,5/5)'
        """
        words = f"Đã phát {self.issued} số   Gọi {self.called}   Xong {self.completed}"
        if not self.scores:
            return words
        mean = f"{sum(self.scores) / len(self.scores):.1f}".replace(".", ",")
        return f"{words}   {len(self.scores)} đánh giá ({mean}/5)"
