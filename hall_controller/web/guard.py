"""The door of the web: who may come in, from which page, with how much, and what every answer carries.

Pure ASGI, once around everything; it knows addresses, headers and sizes, and nothing of the hall.
"""

from __future__ import annotations

import functools
import re
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from hall_controller.web.replies import no, refused

if TYPE_CHECKING:
    from collections.abc import Iterable

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

LARGEST_BODY_BYTES: Final = 16_384
FOR_EVERYBODY: Final = re.compile(r"/(livez|readyz|static/.*|t/[^/]*|api/tickets/[^/]+(/rating|/stream)?)")
"""What visitors reach with their own telephones; everything else works from the hall's own networks only."""
READING: Final = frozenset({"GET", "HEAD", "OPTIONS"})
SAME_SITE: Final = frozenset({b"same-origin", b"none"})
HEADERS: Final = (
    (
        b"content-security-policy",
        b"default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    ),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
)


class Guard:
    """An ASGI application that lets only the right requests through to another."""

    def __init__(self, app: ASGIApp, allow: Iterable[IPv4Network | IPv6Network]) -> None:
        self._app = app
        self._allow = tuple(allow)
        self._known = functools.lru_cache(maxsize=1024)(self._in_allowed_network)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), *HEADERS]
            await send(message)

        headers = dict(scope["headers"])
        why_not = self._why_not(scope, headers)
        if why_not is None and scope["method"] not in READING and b"content-length" not in headers:
            receive, why_not = await _read_whole(receive)
        if why_not is not None:
            await refused(no(why_not))(scope, receive, send_with_headers)
            return
        await self._app(scope, receive, send_with_headers)

    def _why_not(self, scope: Scope, headers: dict[bytes, bytes]) -> str | None:
        """The code of the refusal, if the request may not come in."""
        client = scope.get("client")
        if not (client and self._known(client[0])) and not FOR_EVERYBODY.fullmatch(scope["path"]):
            return "not_allowed"
        if scope["method"] in READING:
            return None
        if cross_site(headers):
            return "cross_site"
        length = headers.get(b"content-length", b"0")
        return "too_large" if not length.isdigit() or int(length) > LARGEST_BODY_BYTES else None

    def _in_allowed_network(self, host: str) -> bool:
        try:
            address = ip_address(host)
        except ValueError:
            return False
        if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
            address = address.ipv4_mapped
        return any(address in network for network in self._allow)


def cross_site(headers: dict[bytes, bytes]) -> bool:
    """Whether a browser says that another site's page sends this; programs say nothing, and are not meant.

    Fetch Metadata (W3C) where the browser sends it, else the Origin header (RFC 6454) against Host.
    """
    if headers.get(b"sec-fetch-site", b"none") not in SAME_SITE:
        return True
    origin = headers.get(b"origin")
    if origin is None:
        return False
    try:
        came_from = urlsplit(origin.decode("latin-1")).netloc
    except ValueError:
        return True
    return came_from.lower() != headers.get(b"host", b"").decode("latin-1").lower()


async def _read_whole(receive: Receive) -> tuple[Receive, str | None]:
    """A body of unknown length, read as far as it may go; what hands it on, and why it may not."""
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] != "http.request":
            break
        body += message.get("body", b"")
        if len(body) > LARGEST_BODY_BYTES:
            return receive, "too_large"
        if not message.get("more_body", False):
            break
    pending: list[dict[str, Any]] = [{"type": "http.request", "body": bytes(body), "more_body": False}]

    async def again() -> Message:
        return pending.pop() if pending else await receive()

    return again, None
