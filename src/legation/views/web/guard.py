"""Who may ask, and how: the outermost layer of the desk.

In: every request. Out: its answer with headers that let nothing run but the desk's own script, or a refusal. Holds:
the name under which the desk is asked (DNS rebinding), the token, writes from other sites (same origin, Fetch Metadata,
a token in every form: OWASP, Cross-Site Request Forgery Prevention), sizes, signs that no address has.
"""

import hmac
import secrets
from collections.abc import Callable
from hashlib import sha256
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from legation.views.web.faults import Fault
from legation.views.web.settings import WebSettings

__all__ = ["Guard", "form_token", "is_form_token"]

SEAT, TOKEN = "legation_seat", "legation_token"  # cookies: one for the forms of a browser, one for who may ask
MOST_PATH_BYTES, MOST_QUERY_BYTES = 1024, 4096
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
READS = frozenset({"GET", "HEAD", "OPTIONS"})
_SECRET = secrets.token_bytes(32)

Tell = Callable[[Scope, Fault], Response]


def form_token(seat: str) -> str:
    """Return the token that forms of this browser carry."""
    return hmac.new(_SECRET, seat.encode(), sha256).hexdigest()


def is_form_token(seat: str, given: str) -> bool:
    """Whether a form was made for this browser by this run of the desk."""
    return bool(seat) and hmac.compare_digest(form_token(seat), given)


class Guard:
    """Lets a request through to the app, or answers it with what is wrong."""

    def __init__(self, app: ASGIApp, settings: WebSettings, tell: Tell) -> None:
        self.app = app
        self.settings = settings
        self.tell = tell

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        cookies = _cookies(Headers(scope=scope).get("cookie", ""))
        seat = cookies.get(SEAT, "")
        is_new = not (20 <= len(seat) <= 60)
        seat = secrets.token_urlsafe(24) if is_new else seat
        scope.setdefault("state", {})["seat"] = "" if is_new and scope["method"] not in READS else seat
        answer = self._answer(scope, cookies)

        async def sealed(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._seal(MutableHeaders(scope=message), seat if is_new else "", scope)
            await send(message)

        await (answer or self.app)(scope, receive if answer else self._measured(receive), sealed)

    def _answer(self, scope: Scope, cookies: dict[str, str]) -> Response | None:
        """What is answered instead of the app, if anything."""
        try:
            _check_address(scope)
            headers = Headers(scope=scope)
            self._check_host(headers)
            if answer := self._check_token(scope, headers, cookies):
                return answer
            if scope["method"] not in READS:
                self._check_write(scope, headers)
        except Fault as fault:
            return self.tell(scope, fault)
        return None

    def _check_host(self, headers: Headers) -> None:
        name = urlsplit(f"//{headers.get('host', '')}").hostname or ""
        if name not in self.settings.hosts:
            raise Fault(
                421,
                f"This desk isn't known as “{name[:80]}”.",
                f"Ask it as {self.settings.hosts[0]}, or start it with --host.",
            )

    def _check_token(self, scope: Scope, headers: Headers, cookies: dict[str, str]) -> Response | None:
        if not self.settings.token or scope["path"].startswith("/static/"):
            return None
        query = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        given = dict(query).get("token", "")
        bearer = headers.get("authorization", "").removeprefix("Bearer ").strip()
        if any(hmac.compare_digest(self.settings.token, one) for one in (cookies.get(TOKEN, ""), bearer)):
            return None
        if given and hmac.compare_digest(self.settings.token, given) and scope["method"] in READS:
            rest = urlencode([(name, value) for name, value in query if name != "token"])
            answer = RedirectResponse(scope["path"] + (f"?{rest}" if rest else ""), status_code=303)
            answer.set_cookie(TOKEN, self.settings.token, httponly=True, samesite="strict", path="/")
            return answer
        raise Fault(
            401, "This desk asks for its token.", "Open the address with ?token=… that `legation serve` printed."
        )

    def _check_write(self, scope: Scope, headers: Headers) -> None:
        if not self.settings.write:
            raise Fault(403, "This desk was started to read only.", "Start it with --write to let rulings in.")
        site, origin = headers.get("sec-fetch-site", ""), headers.get("origin", "")
        own = headers.get("host", "")
        is_other = (site and site not in ("same-origin", "none")) or (origin and urlsplit(origin).netloc != own)
        if is_other:
            raise Fault(
                403, "Another site asked to write here; nothing was changed.", "Write from the desk's own pages."
            )
        if scope["path"].startswith("/api/") and not headers.get("content-type", "").startswith("application/json"):
            raise Fault(415, "Expected a body of type application/json; nothing was changed.")
        if int(headers.get("content-length") or 0) > self.settings.max_upload_bytes:
            raise _too_large(self.settings)

    def _measured(self, receive: Receive) -> Receive:
        """The body, given up where it is longer than allowed, whatever its header said."""
        n_bytes = 0

        async def measured() -> Message:
            nonlocal n_bytes
            message = await receive()
            n_bytes += len(message.get("body", b""))
            if n_bytes > self.settings.max_upload_bytes:
                raise _too_large(self.settings)
            return message

        return measured

    def _seal(self, headers: MutableHeaders, seat: str, scope: Scope) -> None:
        for name, value in HEADERS.items():
            headers[name] = value
        if not scope["path"].startswith("/static/"):
            headers["Cache-Control"] = "no-store"
        if seat:
            headers.append("Set-Cookie", f"{SEAT}={seat}; HttpOnly; Path=/; SameSite=Strict")


def _too_large(settings: WebSettings) -> Fault:
    return Fault(413, f"More than {settings.max_upload_bytes // 1_000_000} MB at once.", "Send it in parts.")


def _check_address(scope: Scope) -> None:
    if len(scope["path"]) > MOST_PATH_BYTES or len(scope["query_string"]) > MOST_QUERY_BYTES:
        raise Fault(414, "This address is too long to mean anything here.", "Go back to the page before.")
    if any(ord(sign) < 32 for sign in scope["path"]):
        raise Fault(400, "This address has signs that no address of the desk has.", "Check what was copied.")


def _cookies(header: str) -> dict[str, str]:
    try:
        return {name: morsel.value for name, morsel in SimpleCookie(header).items()}
    except CookieError:
        return {}


def seat_of(state: Any) -> str:
    """The browser's seat, as the guard wrote it down; "" where it has none yet."""
    return str(getattr(state, "seat", ""))
