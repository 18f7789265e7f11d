"""What a new list of procedures changes: added, removed and changed lines, by their codes.

Compares two lists that were read without a mistake, and says so in sentences; reads nothing and decides nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hall_controller.catalogue_file import Procedure


@dataclass(frozen=True, slots=True)
class Difference:
    """Procedures by what became of them, in the order of their lists; `changed` holds (old, new)."""

    added: tuple[Procedure, ...]
    removed: tuple[Procedure, ...]
    changed: tuple[tuple[Procedure, Procedure], ...]

    @property
    def sentence(self) -> str:
        """The numbers alone."""
        return f"{len(self.added)} added, {len(self.removed)} removed, {len(self.changed)} changed"


def difference(old: Iterable[Procedure], new: Iterable[Procedure]) -> Difference:
    """Compare two lists; a procedure is the same as long as its code is."""
    before = {procedure.code: procedure for procedure in old}
    after = {procedure.code: procedure for procedure in new}
    return Difference(
        added=tuple(after[code] for code in after if code not in before),
        removed=tuple(before[code] for code in before if code not in after),
        changed=tuple(
            (before[code], after[code]) for code in after if code in before and before[code] != after[code]
        ),
    )


def lines(found: Difference) -> Iterator[str]:
    """One line for each procedure that differs: + added, - removed, ~ changed with every cell that changed."""
    for procedure in found.added:
        yield f"+ {procedure.code}  {procedure.name} ({procedure.service}; {procedure.decision})"
    for procedure in found.removed:
        yield f"- {procedure.code}  {procedure.name} ({procedure.service})"
    for old, new in found.changed:
        yield f"~ {new.code}  {new.name}: {'; '.join(_cells(old, new))}"


def _cells(old: Procedure, new: Procedure) -> Iterator[str]:
    for field in fields(old):
        before, after = getattr(old, field.name), getattr(new, field.name)
        if before == after:
            continue
        if field.name == "valid":
            ends = (("from", "first_day"), ("to", "last_day"))
            for column, day in ends:
                if getattr(before, day) != getattr(after, day):
                    yield f"{column} {getattr(before, day)} -> {getattr(after, day)}"
        else:
            yield f"{field.name} {_said(before)} -> {_said(after)}"


def _said(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "(empty)" if value in (None, "") else str(value)
