"""Who may use which route: one table, and the only place where a role's rights are said.

A route without a line here does not exist (404), so forgetting one opens nothing; a test compares the table with
/openapi.json all the same. `{name}` stands for one part of a path, `{name:path}` at the end for all that follows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, NamedTuple, get_args

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hall_controller.staff.roles import Person, Role


class Access(NamedTuple):
    """What a request needs before its route is asked."""

    roles: frozenset[Role] = frozenset()
    """One of these, signed in; empty: nobody need sign in."""
    anywhere: bool = False
    """From every address, and not only from the networks of `http.allow`."""
    at_counter: bool = False
    """Only where the hall requires officers to sign in, and then only at the counter in the path."""
    largest_bytes: int = 16_384
    """Of a body."""


def only(*roles: Role) -> Access:
    """Whoever has signed in as one of these, always."""
    return Access(frozenset(roles))


ANYWHERE: Final = Access(anywhere=True)
"""Visitors with their own telephones."""
IN_THE_HALL: Final = Access()
"""Kiosks, screens and machines: whoever is in the hall's own networks."""
OWN_COUNTER: Final = Access(frozenset(("officer",)), at_counter=True)
TECHNICIAN: Final = only("technician")
GUIDANCE_DESK: Final = only("guide", "technician")
LIST: Final = TECHNICIAN._replace(largest_bytes=16_000_000)
BACKUP: Final = TECHNICIAN._replace(largest_bytes=16 * 2**30)
SETTINGS_TEXT: Final = TECHNICIAN._replace(largest_bytes=2_000_000)
ANYBODY_ON_DUTY: Final = only("officer", "guide", "manager", "technician")

ACCESS: Final[Mapping[tuple[str, str], Access]] = {
    ("GET", "/"): IN_THE_HALL,
    ("GET", "/kiosk"): IN_THE_HALL,
    ("GET", "/board"): IN_THE_HALL,
    ("GET", "/docs"): IN_THE_HALL,
    ("GET", "/guides/{guide}"): IN_THE_HALL,
    ("GET", "/guides/pictures/{picture:path}"): IN_THE_HALL,
    ("GET", "/openapi.json"): IN_THE_HALL,
    ("GET", "/asyncapi.yaml"): IN_THE_HALL,
    ("GET", "/metrics"): IN_THE_HALL,
    ("GET", "/livez"): ANYWHERE,
    ("GET", "/readyz"): ANYWHERE,
    ("GET", "/static/{file:path}"): ANYWHERE,
    # visitors
    ("GET", "/t/{code}"): ANYWHERE,
    ("POST", "/api/tickets"): IN_THE_HALL,
    ("GET", "/api/tickets/{code}"): ANYWHERE,
    ("POST", "/api/tickets/{code}/rating"): ANYWHERE,
    ("GET", "/api/tickets/{code}/stream"): ANYWHERE,
    ("POST", "/api/slips"): IN_THE_HALL,
    ("GET", "/api/procedures"): IN_THE_HALL,
    ("GET", "/api/dossiers/{code:path}"): IN_THE_HALL,
    ("GET", "/api/hall"): IN_THE_HALL,
    ("GET", "/api/hall/stream"): IN_THE_HALL,
    ("GET", "/api/catalogue"): IN_THE_HALL,
    # signing in
    ("GET", "/sign-in"): IN_THE_HALL,
    ("GET", "/set-up"): IN_THE_HALL,
    ("GET", "/api/session"): IN_THE_HALL,
    ("POST", "/api/session"): IN_THE_HALL,
    ("DELETE", "/api/session"): IN_THE_HALL,
    ("POST", "/api/set-up"): IN_THE_HALL,
    ("POST", "/api/password"): ANYBODY_ON_DUTY,
    # counters: a visitor rates without signing in
    ("GET", "/counter/{counter}"): OWN_COUNTER,
    ("GET", "/api/counters/{counter}"): OWN_COUNTER,
    ("GET", "/api/counters/{counter}/stream"): OWN_COUNTER,
    ("GET", "/api/counters/{counter}/day"): OWN_COUNTER,
    ("POST", "/api/counters/{counter}/ratings"): IN_THE_HALL,
    ("POST", "/api/counters/{counter}/{key}"): OWN_COUNTER,
    # the guidance desk
    ("GET", "/guide"): GUIDANCE_DESK,
    ("GET", "/api/desk"): GUIDANCE_DESK,
    ("GET", "/api/desk/stream"): GUIDANCE_DESK,
    ("GET", "/api/desk/{number}"): GUIDANCE_DESK,
    ("POST", "/api/desk/guard"): GUIDANCE_DESK,
    ("POST", "/api/desk/tickets"): GUIDANCE_DESK,
    ("POST", "/api/desk/printer"): GUIDANCE_DESK,
    ("POST", "/api/desk/bells/{counter}"): GUIDANCE_DESK,
    ("POST", "/api/desk/{number}/priority"): GUIDANCE_DESK,
    ("POST", "/api/desk/{number}/{wish}"): GUIDANCE_DESK,
    # devices
    ("GET", "/api/devices"): only("technician"),
    ("GET", "/api/devices/stream"): only("technician"),
    ("POST", "/api/devices/{device}/{wish}"): only("technician"),
    ("GET", "/api/adoption"): only("technician"),
    ("POST", "/api/adoption"): only("technician"),
    ("DELETE", "/api/adoption"): only("technician"),
    ("POST", "/api/adoption/confirm"): only("technician"),
    ("POST", "/api/adoption/refuse"): only("technician"),
    # the technician's console
    ("GET", "/technician"): TECHNICIAN,
    ("GET", "/technician/configuration"): TECHNICIAN,
    ("GET", "/technician/live"): TECHNICIAN,
    ("GET", "/technician/lists"): TECHNICIAN,
    ("GET", "/technician/backups"): TECHNICIAN,
    ("GET", "/technician/try"): TECHNICIAN,
    ("GET", "/api/facts"): TECHNICIAN,
    ("GET", "/api/facts/stream"): TECHNICIAN,
    ("POST", "/api/procedures/check"): LIST,
    ("POST", "/api/procedures/replace"): LIST,
    ("GET", "/api/backups"): TECHNICIAN,
    ("POST", "/api/backups"): TECHNICIAN,
    ("POST", "/api/backups/uploaded"): BACKUP,
    ("GET", "/api/backups/{backup}"): TECHNICIAN,
    ("POST", "/api/restore"): TECHNICIAN,
    ("GET", "/api/support"): TECHNICIAN,
    ("POST", "/api/trying/{device}"): TECHNICIAN,
    ("GET", "/api/configuration"): TECHNICIAN,
    ("GET", "/api/configuration/schema"): TECHNICIAN,
    ("GET", "/api/configuration/versions/{version}"): TECHNICIAN,
    ("POST", "/api/configuration/check"): SETTINGS_TEXT,
    ("POST", "/api/configuration/apply"): SETTINGS_TEXT,
    # the manager's page, and reports
    ("GET", "/manager"): only("manager", "technician"),
    ("GET", "/api/today"): only("manager", "technician"),
    ("GET", "/api/today/stream"): only("manager", "technician"),
    ("GET", "/api/today/waits"): only("manager", "technician"),
    ("GET", "/api/reports/{report}"): only("manager", "technician"),
}

REST: Final = ":path}"

Found = tuple[Access, dict[str, str]]
Why = Literal["sign_in_needed", "wrong_role", "other_counter"]
SIGN_IN_HELPS: Final = frozenset(get_args(Why))


class Table:
    """The table, ready to be asked; of two lines that fit, the one with more words of its own counts."""

    def __init__(self, access: Mapping[tuple[str, str], Access] = ACCESS) -> None:
        self._lines: dict[int, list[tuple[str, tuple[str, ...], Access]]] = {}
        self._folders: list[tuple[str, str, Access]] = []
        for (method, path), needed in sorted(access.items(), key=lambda line: line[0][1].count("{")):
            if path.endswith(REST):
                self._folders.append((method, path[: path.rindex("{")], needed))
            else:
                parts = tuple(path.split("/"))
                self._lines.setdefault(len(parts), []).append((method, parts, needed))

    def find(self, method: str, path: str) -> Found | None:
        """What is needed for it, and the parts of the path by name; None when there is no such line."""
        method = "GET" if method == "HEAD" else method
        for wanted, folder, needed in self._folders:
            if wanted == method and path.startswith(folder):
                return needed, {}
        parts = path.split("/")
        for wanted, line, needed in self._lines.get(len(parts), ()):
            if wanted == method:
                names = _fit(line, parts)
                if names is not None:
                    return needed, names
        return None

    def knows(self, path: str) -> bool:
        """Whether the path exists for any method."""
        return any(self.find(method, path) for method in ("GET", "POST", "PUT", "PATCH", "DELETE"))


def as_described(path: str) -> str:
    """The path as OpenAPI writes it."""
    return path.replace(REST, "}")


def _fit(line: tuple[str, ...], parts: list[str]) -> dict[str, str] | None:
    names = {}
    for wanted, part in zip(line, parts, strict=True):
        if wanted.startswith("{") and part:
            names[wanted[1:-1]] = part
        elif wanted != part:
            return None
    return names


def why_not(found: Found, person: Person | None, *, sign_in_required: bool) -> Why | None:
    """The code of the refusal, unless that person may."""
    needed, names = found
    if not needed.roles or (needed.at_counter and not sign_in_required):
        return None
    if person is None:
        return "sign_in_needed"
    if person.role not in needed.roles:
        return "wrong_role"
    if needed.at_counter and person.counter != names.get("counter"):
        return "other_counter"
    return None
