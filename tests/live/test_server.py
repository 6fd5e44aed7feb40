"""The server of ``open``, asked as its own page, as a hostile page and as another user of the machine would."""

from __future__ import annotations

import http.client
import json
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from filiere.live.server import Server
from filiere.live.session import Session, State


class Given:
    """A session that follows nothing."""

    path = Path("Filière d'Albi.xlsx")
    shown, wait, change, _say = Session.shown, Session.wait, Session.change, Session._say

    def __init__(self) -> None:
        self.state = State(
            scenarios=["reference", "sécheresse"], plan=b"<p>the plan</p>", results=b"PK", plan_version=1
        )
        self.language = None
        self._told, self._asked = threading.Condition(), threading.Event()


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server(Given())  # type: ignore[arg-type]
    threading.Thread(target=made.serve_forever, args=(0.02,), daemon=True).start()
    yield made
    made.shutdown()
    made.server_close()


class Asking:
    """Whoever asks, with the headers that they send."""

    def __init__(self, server: Server) -> None:
        self.server = server

    def __call__(
        self, way: str, method: str = "GET", body: str | None = None, **headers: str
    ) -> tuple[int, dict[str, str], bytes]:
        line = http.client.HTTPConnection("127.0.0.1", self.server.server_port, timeout=10)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        line.putrequest(method, way, skip_host="Host" in named)
        if body is not None:
            named.setdefault("Content-Length", str(len(body)))
        for name, value in named.items():
            line.putheader(name, value)
        line.endheaders(body.encode() if body else None)
        answer = line.getresponse()
        content = answer.read()
        line.close()
        return answer.status, dict(answer.getheaders()), content

    def let_in(self) -> dict[str, str]:
        """Exchange the token and return the header with the cookie."""
        status, headers, _ = self(f"/?token={self.server.token}")
        assert status == 200
        return {"Cookie": headers["Set-Cookie"].partition(";")[0]}


ROUTES = ("/", "/state", "/plan", "/results", "/events")


def test_the_token_is_exchanged_once_for_a_cookie_that_no_script_reads(server: Server) -> None:
    ask = Asking(server)
    assert len(server.token) == 32 and int(server.token, 16) >= 0  # 128 bits
    assert [
        ask(f"/?token={wrong}")[0] for wrong in ("0" * 32, "", server.token[:-1], "%C3%A9", server.change_token)
    ] == [403] * 5
    status, headers, content = ask(f"/?token={server.token}")
    assert status == 200 and b'location.replace("/")' in content
    assert "; HttpOnly; SameSite=Strict" in headers["Set-Cookie"]
    assert server.token not in headers["Set-Cookie"] and server.token.encode() not in content
    assert ask(f"/?token={server.token}")[0] == 403  # another user who read the address comes too late


def test_nobody_without_the_cookie_sees_anything(server: Server) -> None:
    ask = Asking(server)
    assert {ask(way)[0] for way in ROUTES} == {403}
    cookie = ask.let_in()
    for wrong in ("", "x", f"filiere-{server.server_port}=", f"filiere-{server.server_port}={'0' * 32}", '"\0;;=;'):
        assert {ask(way, Cookie=wrong)[0] for way in ROUTES} == {403}
    assert [ask(way, **cookie)[0] for way in ROUTES[:-1]] == [200] * 4
    assert ask("/plan", **cookie)[2] == b"<p>the plan</p>"
    _, headers, content = ask("/results", **cookie)
    assert content == b"PK"
    assert headers["Content-Disposition"] == "attachment; filename*=UTF-8''Fili%C3%A8re%20d%27Albi-results.xlsx"


def test_any_other_name_of_the_host_is_refused(server: Server) -> None:
    ask, port = Asking(server), server.server_port
    cookie = ask.let_in()
    assert ask("/state", Host=f"localhost:{port}", **cookie)[0] == 200
    for host in (
        "evil.example",
        f"evil.example:{port}",
        "127.0.0.1",
        f"127.0.0.1:{port + 1}",
        f"localhost:{port}.x",
        "",
    ):
        assert ask("/state", Host=host, **cookie)[0] == 403
        assert ask(f"/?token={server.token}", Host=host)[0] == 403


def test_another_site_gets_nothing_from_the_browser_that_has_the_cookie(server: Server) -> None:
    ask = Asking(server)
    cookie = ask.let_in()
    for site in ("cross-site", "same-site"):  # another port of this machine is the same site
        assert {ask(way, Sec_Fetch_Site=site, **cookie)[0] for way in ROUTES} == {403}
    _, headers, _ = ask("/state", Origin="https://evil.example", **cookie)
    assert not [name for name in headers if name.lower().startswith("access-control")]
    assert ask("/state", "OPTIONS", Origin="https://evil.example", **cookie)[0] == 501


def test_a_change_needs_its_own_origin_and_the_second_token(server: Server) -> None:
    ask, port = Asking(server), server.server_port
    cookie = ask.let_in()
    right: dict[str, Any] = {**cookie, "Origin": f"http://127.0.0.1:{port}", "X_Filiere_Token": server.change_token}
    wish = json.dumps({"scenario": "sécheresse"})
    refused: list[dict[str, Any]] = [
        {**right, "Origin": "https://evil.example"}, {**right, "Origin": "null"},
        {**right, "Origin": f"http://localhost:{port}"}, {**right, "Origin": f"http://127.0.0.1:{port + 1}"},
        {**right, "X_Filiere_Token": server.token}, {**right, "X_Filiere_Token": ""}, {**right, "Cookie": ""},
        {name: value for name, value in right.items() if name != "Origin"},
    ]  # fmt: skip
    assert [ask("/state", "POST", wish, **wrong)[0] for wrong in refused] == [403] * len(refused)
    assert server.session.state.scenario == "reference"
    for body in ('{"scenario": "../x"}', '{"language": "de"}', '{"scenario": 1}', "[]", "{", "[" * 3000):
        assert ask("/state", "POST", body, **right)[0] == 400
    assert ask("/state", "POST", "{}", **{**right, "Content_Length": "99999"})[0] == 413
    assert ask("/results", "POST", wish, **right)[0] == 404
    assert ask("/state?x", "POST", wish, **right)[0] == 404
    assert server.session.state.scenario == "reference"
    assert ask("/state", "POST", wish, **right)[0] == 200
    assert server.session.state.scenario == "sécheresse"


@pytest.mark.parametrize("way", ["/../../etc/passwd", "/%2e%2e/secret", "/chain.xlsx", "//evil.example/", "/plan/x"])
def test_no_path_names_a_file(way: str, server: Server) -> None:
    ask = Asking(server)
    assert ask(way, **ask.let_in())[0] == 404


def test_every_answer_forbids_what_a_page_could_do_with_it(server: Server) -> None:
    ask = Asking(server)
    cookie = ask.let_in()
    for way in (*ROUTES[:-1], "/nothing"):
        _, headers, _ = ask(way, **cookie)
        assert headers["Cache-Control"] == "no-store" and headers["Referrer-Policy"] == "no-referrer"
        assert headers["X-Content-Type-Options"] == "nosniff"
        policy = headers["Content-Security-Policy"]
        framed = "'self'" if way == "/plan" else "'none'"
        assert f"frame-ancestors {framed}" in policy and "unsafe" not in policy
        assert "default-src 'none'" in policy or way == "/plan"
    assert "sandbox allow-scripts" in ask("/plan", **cookie)[1]["Content-Security-Policy"]


def test_texts_of_a_workbook_stay_texts(server: Server) -> None:
    server.session.state.problems = [{"severity": "error", "message": "</script><script>alert(1)</script>"}]
    server.session.path = Path("<img src=x>.xlsx")
    ask = Asking(server)
    content = ask("/", **ask.let_in())[2].decode()
    assert "<script>alert" not in content and "<img" not in content


def test_events_tell_of_news_and_not_to_a_crowd(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    ask = Asking(server)
    cookie = ask.let_in()
    lines = []
    for _ in range(8):
        line = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=10)
        line.request("GET", "/events", headers=cookie)
        lines.append(line.getresponse())
    assert lines[0].readline() == b"data: 0\n"
    assert ask("/events", **cookie)[0] == 503
    lines[0].readline()
    server.session._say(status="ready")
    started = time.monotonic()
    assert lines[0].readline() == b"data: 1\n" and time.monotonic() - started < 5
    for answer in lines:
        answer.close()
