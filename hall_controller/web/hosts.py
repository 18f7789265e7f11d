"""The names by which this hall's web is called.

A page of another site can have its own name lead to a machine in the hall, and its scripts then speak to it as if they
came from there (DNS rebinding). Who wants to change something must therefore call us by a name that is ours. Belongs
here: which names those are. Never here: from which address somebody may come.
"""

from __future__ import annotations

import functools
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable


class Hosts:
    """Knows our names; addresses and names without a dot, which nobody can own elsewhere, are always ours."""

    def __init__(self, names: Iterable[str], public_url: str = "") -> None:
        """`names` without ports; the host of `public_url` is one as well."""
        given = [*names, urlsplit(public_url).hostname or ""]
        self._names = frozenset(name.lower().rstrip(".") for name in given if name)
        self._is_ours = functools.lru_cache(maxsize=256)(self._look_up)

    def is_ours(self, host: bytes | None) -> bool:
        """Whether a Host header names us; programs that send none are no browsers, and are not meant."""
        return host is None or self._is_ours(host)

    def _look_up(self, host: bytes) -> bool:
        try:
            name = (urlsplit(f"//{host.decode('ascii')}").hostname or "").rstrip(".")
        except ValueError:
            return False
        return name in self._names or ("." not in name and ":" not in name) or _is_address(name)


def _is_address(name: str) -> bool:
    try:
        ip_address(name.partition("%")[0])
    except ValueError:
        return False
    return True
