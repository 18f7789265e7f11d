"""The door of the web: who may come in, from which page, with how much, and what every answer carries.

Pure ASGI, once around everything; it knows addresses, headers, sizes and who has signed in, and nothing of the hall.
A request that may not come in is refused before its body is read.
"""

from __future__ import annotations

import functools
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote, urlsplit

from starlette.responses import RedirectResponse

from hall_controller.web.access import SIGN_IN_HELPS, Table, why_not
from hall_controller.web.auth import token_in
from hall_controller.web.replies import no, refused
from hall_controller.web.signed_in_stream import STREAM, while_it_holds

if TYPE_CHECKING:
    from collections.abc import Iterable

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from hall_controller.web.access import Found
    from hall_controller.web.auth import Auth
    from hall_controller.web.hosts import Hosts

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

    def __init__(
        self,
        app: ASGIApp,
        *,
        allow: Iterable[IPv4Network | IPv6Network],
        hosts: Hosts,
        auth: Auth,
        table: Table,
    ) -> None:
        self._app = app
        self._hosts = hosts
        self._allow = tuple(allow)
        self._auth = auth
        self._table = table
        self._known = functools.lru_cache(maxsize=1024)(self._in_allowed_network)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await _closed(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), *HEADERS]
            await send(message)

        headers = dict(scope["headers"])
        found = self._table.find(scope["method"], scope["path"])
        why_not = self._why_not(scope, headers, found)
        if why_not is None and scope["method"] not in READING and b"content-length" not in headers:
            receive, why_not = await _read_whole(receive, found[0].largest_bytes if found else 0)
        if why_not is None:
            await self._let_in(scope, receive, send_with_headers, headers)
        elif why_not in SIGN_IN_HELPS and _is_page(scope, headers):
            there = f"{scope['path']}?{scope['query_string'].decode('latin-1')}".rstrip("?")
            to_sign_in = RedirectResponse(f"/sign-in?why={why_not}&next={quote(there, safe='')}", 303)
            await to_sign_in(scope, receive, send_with_headers)
        else:
            await refused(no(why_not))(scope, receive, send_with_headers)

    async def _let_in(self, scope: Scope, receive: Receive, send: Send, headers: dict[bytes, bytes]) -> None:
        token = token_in(headers)
        if token is None or scope["state"]["person"] is None or not scope["path"].endswith(STREAM):
            await self._app(scope, receive, send)
        else:
            await while_it_holds(self._app, scope, receive, send, lambda: self._auth.sessions.holds(token))

    def _why_not(self, scope: Scope, headers: dict[bytes, bytes], found: Found | None) -> str | None:
        """The code of the refusal, if the request may not come in; else the person is known from here on."""
        client, method, path = scope.get("client"), scope["method"], scope["path"]
        from_the_hall = client and self._known(client[0])
        if not from_the_hall and not (found and found[0].anywhere):
            return "not_allowed"
        if method not in READING and cross_site(headers):
            return "cross_site"
        if method not in READING and not self._hosts.is_ours(headers.get(b"host")):
            return "unknown_host"
        if found is None:
            return self._no_such(path)
        refusal = self._not_this_person(scope, headers, found)
        if refusal is not None or method in READING:
            return refusal
        length = headers.get(b"content-length", b"0")
        return "too_large" if not length.isdigit() or int(length) > found[0].largest_bytes else None

    def _not_this_person(self, scope: Scope, headers: dict[bytes, bytes], found: Found) -> str | None:
        person = self._auth.person(headers) if b"cookie" in headers else None
        scope.setdefault("state", {})["person"] = person
        return why_not(found, person, sign_in_required=self._auth.sign_in_required)

    def _no_such(self, path: str) -> str | None:
        """A path that nothing may be done with; one slash too many leads to the one without."""
        if self._table.knows(path):
            return "method_not_allowed"
        return None if path != "/" and self._table.knows(path.removesuffix("/")) else "not_found"

    def _in_allowed_network(self, host: str) -> bool:
        try:
            address = ip_address(host)
        except ValueError:
            return False
        if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
            address = address.ipv4_mapped
        return any(address in network for network in self._allow)


def _is_page(scope: Scope, headers: dict[bytes, bytes]) -> bool:
    """Whether a person looks at the answer."""
    asked = scope["method"] == "GET" and not scope["path"].startswith("/api/")
    return asked and b"text/html" in headers.get(b"accept", b"")


async def _closed(scope: Scope, receive: Receive, send: Send) -> None:
    """There are no web sockets here."""
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": 1008})


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


async def _read_whole(receive: Receive, largest_bytes: int) -> tuple[Receive, str | None]:
    """A body of unknown length, read as far as it may go; what hands it on, and why it may not."""
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] != "http.request":
            break
        body += message.get("body", b"")
        if len(body) > largest_bytes:
            return receive, "too_large"
        if not message.get("more_body", False):
            break
    pending: list[dict[str, Any]] = [{"type": "http.request", "body": bytes(body), "more_body": False}]

    async def again() -> Message:
        return pending.pop() if pending else await receive()

    return again, None
