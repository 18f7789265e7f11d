"""Sessions over HTTP: sign in, sign out, who am I, the first technician, another password.

The token travels in a cookie that no script can read and no other site can send; nothing here looks at a secret.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final

from fastapi import APIRouter
from pydantic import StringConstraints
from starlette.requests import Request
from starlette.responses import Response

from hall_controller.messages import Identifier
from hall_controller.staff.roles import Role
from hall_controller.web.auth import COOKIE, Refused
from hall_controller.web.bodies import Body
from hall_controller.web.declaring import declare
from hall_controller.web.replies import answered, refused
from hall_controller.web.who import Anybody, OnDuty

if TYPE_CHECKING:
    from hall_controller.staff.roles import Person
    from hall_controller.web.auth import Auth, SignedIn

Secret = Annotated[str, StringConstraints(min_length=1, max_length=128)]
"""A PIN of digits for an officer, a password for everybody else."""


class SignInWish(Body):
    """Somebody of the staff signs in."""

    person: Identifier
    secret: Secret
    counter: Identifier | None = None
    """Where an officer sits down; the others need none."""


class SetUpWish(Body):
    """The first technician of a hall, with the code from the controller's log."""

    code: Annotated[str, StringConstraints(min_length=1, max_length=32)]
    person: Identifier
    secret: Secret


class SecretWish(Body):
    """Another PIN or password for whoever is signed in."""

    old: Secret
    new: Secret


class SessionNow(Body):
    """Who is signed in on this browser; nulls for nobody."""

    person: Identifier | None = None
    role: Role | None = None
    counter: Identifier | None = None
    set_up_needed: bool = False
    """Whether the hall has no technician yet."""


class SignInRoutes:
    """The routes /api/session, /api/set-up and /api/password."""

    def __init__(self, auth: Auth) -> None:
        self._auth = auth

    def router(self) -> APIRouter:
        router = APIRouter(prefix="/api", tags=["signing in"])
        declare(router, "GET /session", self.session, SessionNow, (), "Who is signed in")
        declare(router, "POST /session", self.sign_in, SessionNow, (401, 404, 413, 422, 429, 503), "Sign in")
        declare(router, "DELETE /session", self.sign_out, SessionNow, (503,), "Sign out")
        declare(
            router,
            "POST /set-up",
            self.set_up,
            SessionNow,
            (401, 409, 413, 422, 429, 503),
            "Enter the first technician of a new hall",
        )
        declare(
            router,
            "POST /password",
            self.change,
            SessionNow,
            (401, 413, 422, 429, 503),
            "Choose another PIN or password",
        )
        return router

    async def session(self, who: Anybody) -> Response:
        return answered(self._now(who))

    async def sign_in(self, request: Request, wish: SignInWish) -> Response:
        """Answers with the cookie `hall-session`. Wrong tries make the next one wait: Retry-After says how long."""
        result = await self._auth.sign_in(wish.person, wish.secret, wish.counter, _address(request))
        return self._signed_in(request, result)

    async def sign_out(self, request: Request) -> Response:
        """An officer thereby leaves the counter."""
        await self._auth.sign_out(dict(request.scope["headers"]))
        response = answered(self._now(None))
        response.delete_cookie(COOKIE, httponly=True, samesite="strict")
        return response

    async def set_up(self, request: Request, wish: SetUpWish) -> Response:
        """Works as long as there is no technician; the code is new at every start of the controller."""
        result = await self._auth.set_up(wish.code, wish.person, wish.secret, _address(request))
        return self._signed_in(request, result)

    async def change(self, request: Request, wish: SecretWish, who: OnDuty) -> Response:
        """All other sessions of the person end."""
        result = await self._auth.change_secret(who, wish.old, wish.new, _address(request))
        return self._signed_in(request, result)

    def _signed_in(self, request: Request, result: SignedIn | Refused) -> Response:
        if isinstance(result, Refused):
            return refused(result.refusal, result.retry_after_s)
        response = answered(self._now(result.person))
        response.set_cookie(COOKIE, result.token, httponly=True, samesite="strict", secure=_is_tls(request))
        return response

    def _now(self, who: Person | None) -> SessionNow:
        needed = who is None and not self._auth.register.has_technician()
        if who is None:
            return SessionNow(set_up_needed=needed)
        return SessionNow(person=who.id, role=who.role, counter=who.counter)


NO_ADDRESS: Final = "unknown"


def _address(request: Request) -> str:
    return request.client.host if request.client else NO_ADDRESS


def _is_tls(request: Request) -> bool:
    """Whether the browser speaks TLS; a proxy in front of us says so, and who lies here only harms the own cookie."""
    return request.url.scheme == "https" or request.headers.get("x-forwarded-proto") == "https"
