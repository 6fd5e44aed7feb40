"""Serving the page to one browser of this machine, and to nobody else.

A page of the web may send requests to any port of the machine it is shown on, and so may another user of it. So: the
address of this machine alone and a random port; any other name of the host is refused (DNS rebinding); a token, known
from the terminal alone, is exchanged once for a cookie; a change needs the page's own origin and a second token; and no
path names a file.
"""

from __future__ import annotations

import hmac
import json
import secrets
import threading
from http import HTTPStatus
from http.cookies import CookieError, SimpleCookie
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

from filiere.live.page import LOGIN, POLICY, WAITING, shell
from filiere.live.session import Session

_LONGEST_BODY = 4096
_STREAMS = 8
"""How many pages may listen at once."""
_HEARTBEAT = 10.0
_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Server(ThreadingHTTPServer):
    """The server of one session."""

    daemon_threads = True
    allow_reuse_address = False  # on Windows another program could take the port over

    def __init__(self, session: Session) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.session = session
        self.token, self.change_token = secrets.token_hex(16), secrets.token_hex(16)
        self._cookie = secrets.token_hex(16)
        self._exchanged = False
        self._lock = threading.Lock()
        self.streams = threading.BoundedSemaphore(_STREAMS)

    @property
    def hosts(self) -> tuple[str, ...]:
        """The names under which the page may be asked for."""
        return f"127.0.0.1:{self.server_port}", f"localhost:{self.server_port}"

    @property
    def address(self) -> str:
        """The address that opens the page, once."""
        return f"http://127.0.0.1:{self.server_port}/?token={self.token}"

    @property
    def cookie_name(self) -> str:
        """The name of the cookie; cookies know no ports, so that each server has its own."""
        return f"filiere-{self.server_port}"

    def exchange(self, token: str) -> str | None:
        """Return the cookie for the token, the first time it is shown."""
        with self._lock:
            if self._exchanged or not hmac.compare_digest(token.encode(), self.token.encode()):
                return None
            self._exchanged = True
            return self._cookie

    def knows(self, cookie: str) -> bool:
        """Whether a cookie is the one that was given out."""
        return self._exchanged and hmac.compare_digest(cookie.encode(), self._cookie.encode())

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a browser that left in the middle."""


class _Handler(BaseHTTPRequestHandler):
    server: Server
    timeout = 30
    server_version = "filiere"
    sys_version = ""

    def do_GET(self) -> None:
        """Answer what may be looked at."""
        way = urlsplit(self.path)
        if not self._from_here():
            return self._refuse()
        token = parse_qs(way.query).get("token", [""])[0]
        if way.path == "/" and token and not self._known():
            return self._login(token)
        if not self._known():
            return self._refuse()
        routes = {"/": self._page, "/state": self._state, "/events": self._events, "/plan": self._plan,
                  "/results": self._results}  # fmt: skip
        route = routes.get(way.path)
        return route() if route is not None else self._refuse(HTTPStatus.NOT_FOUND)

    def do_POST(self) -> None:
        """Change what is shown."""
        origin, token = self.headers.get_all("Origin") or [], self.headers.get("X-Filiere-Token", "")
        ours = [f"http://{host}" for host in self.server.hosts if host == self.headers.get("Host")]
        right = hmac.compare_digest(token.encode(), self.server.change_token.encode())
        if not (self._from_here() and self._known() and origin == ours and right):
            return self._refuse()
        if self.path != "/state":
            return self._refuse(HTTPStatus.NOT_FOUND)
        length = self.headers.get("Content-Length", "")
        if not length.isascii() or not length.isdigit() or int(length) > _LONGEST_BODY:
            return self._refuse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        try:
            asked = json.loads(self.rfile.read(int(length)))
            scenario, language = asked.get("scenario"), asked.get("language")
        except (ValueError, AttributeError, RecursionError):
            return self._refuse(HTTPStatus.BAD_REQUEST)
        if any(value is not None and not isinstance(value, str) for value in (scenario, language)):
            return self._refuse(HTTPStatus.BAD_REQUEST)
        if not self.server.session.change(scenario, language):
            return self._refuse(HTTPStatus.BAD_REQUEST)
        return self._answer(b"{}", "application/json")

    def _from_here(self) -> bool:
        hosts = self.headers.get_all("Host") or []
        return len(hosts) == 1 and hosts[0] in self.server.hosts

    def _known(self) -> bool:
        if self.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
            return False
        try:
            found = SimpleCookie(self.headers.get("Cookie", "")).get(self.server.cookie_name)
        except CookieError:
            return False
        return found is not None and self.server.knows(found.value)

    def _login(self, token: str) -> None:
        cookie = self.server.exchange(token)
        if cookie is None:
            return self._refuse()
        given = f"{self.server.cookie_name}={cookie}; Path=/; HttpOnly; SameSite=Strict"
        return self._answer(LOGIN.content, "text/html; charset=utf-8", LOGIN.policy, {"Set-Cookie": given})

    def _page(self) -> None:
        made = shell(self.server.session.shown(), self.server.change_token)
        self._answer(made.content, "text/html; charset=utf-8", made.policy)

    def _state(self) -> None:
        self._answer(json.dumps(self.server.session.shown()).encode(), "application/json")

    def _plan(self) -> None:
        plan = self.server.session.state.plan
        # What a workbook says runs nothing but the page's own scripts, and reaches neither cookie nor state.
        policy = "sandbox allow-scripts allow-downloads; frame-ancestors 'self'"
        self._answer(plan if plan is not None else WAITING, "text/html; charset=utf-8", policy)

    def _results(self) -> None:
        session = self.server.session
        results = session.state.results
        if results is None:
            return self._refuse(HTTPStatus.NOT_FOUND)
        name = quote(f"{session.path.stem}-results.xlsx".encode("utf-8", "replace"))
        return self._answer(results, _WORKBOOK, POLICY, {"Content-Disposition": f"attachment; filename*=UTF-8''{name}"})

    def _events(self) -> None:
        if not self.server.streams.acquire(blocking=False):
            return self._refuse(HTTPStatus.SERVICE_UNAVAILABLE)
        try:
            self._head(HTTPStatus.OK, "text/event-stream", POLICY, {})
            version = -1
            while True:
                version = self.server.session.wait(version, _HEARTBEAT)
                self.wfile.write(f"data: {version}\n\n".encode())
                self.wfile.flush()
        except OSError:
            return None  # the page was closed
        finally:
            self.server.streams.release()

    def _refuse(self, status: HTTPStatus = HTTPStatus.FORBIDDEN) -> None:
        self._answer(status.phrase.encode(), "text/plain", status=status)

    def _answer(
        self, content: bytes, kind: str, policy: str = POLICY, more: dict[str, str] | None = None,
        status: HTTPStatus = HTTPStatus.OK,
    ) -> None:  # fmt: skip
        self._head(status, kind, policy, {"Content-Length": str(len(content)), **(more or {})})
        self.wfile.write(content)

    def _head(self, status: HTTPStatus, kind: str, policy: str, more: dict[str, str]) -> None:
        self.send_response(status)
        headers = {
            "Content-Type": kind, "Content-Security-Policy": policy, "Cache-Control": "no-store",
            "Referrer-Policy": "no-referrer", "X-Content-Type-Options": "nosniff",
            "Cross-Origin-Resource-Policy": "same-origin", "Cross-Origin-Opener-Policy": "same-origin", **more,
        }  # fmt: skip
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Refuse what is no request as everything else is refused."""
        self.close_connection = True
        if self.request_version != "HTTP/0.9":
            self._refuse(HTTPStatus(code))

    def log_message(self, format: str, *args: Any) -> None:
        """Write nothing: an address may hold the token."""
