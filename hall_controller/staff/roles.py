"""The roles of the people who work in the hall, and a person who has signed in.

What a role may do is said in `web.access` and nowhere else.
"""

from __future__ import annotations

from typing import Final, Literal, NamedTuple, get_args

from hall_controller.domain.catalogue import Text

Role = Literal["officer", "guide", "manager", "technician"]

ROLE_NAMES: Final[dict[Role, Text]] = {
    "officer": Text("Cán bộ quầy", "Officer"),
    "guide": Text("Hướng dẫn viên", "Guide"),
    "manager": Text("Quản lý", "Manager"),
    "technician": Text("Kỹ thuật viên", "Technician"),
}
ROLES: Final[tuple[Role, ...]] = get_args(Role)


class Person(NamedTuple):
    """Somebody who has signed in; an officer at one counter, the others anywhere."""

    id: str
    role: Role
    counter: str | None = None
