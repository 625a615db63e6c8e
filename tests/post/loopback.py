"""Real servers on loopback: SMTP with encryption and login, and the endpoint of a chat service."""

from __future__ import annotations

import json
import ssl
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("aiosmtpd")
pytest.importorskip("trustme")

USER, PASSWORD = "ubon", "correct horse battery staple"


@dataclass
class Inbox:
    """What the SMTP server does, and what reached it. `answers`: reply to RCPT by address; `after`: reply to DATA."""

    host: str = "127.0.0.1"
    port: int = 0
    ca: Path = Path()
    answers: dict[str, list[str]] = field(default_factory=dict)
    after: list[str] = field(default_factory=list)
    hang_up: int = 0
    slow: float = 0
    mails: list[tuple[list[str], bytes]] = field(default_factory=list)
    logins: list[str] = field(default_factory=list)
    tries: int = 0


class _Rules:
    def __init__(self, inbox: Inbox) -> None:
        self.inbox = inbox

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        said = self.inbox.answers.get(address)
        if said:
            return said.pop(0) if len(said) > 1 else said[0]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        import asyncio

        self.inbox.tries += 1
        if self.inbox.hang_up:
            self.inbox.hang_up -= 1
            server.transport.close()
            return "421 gone"
        if self.inbox.slow:
            await asyncio.sleep(self.inbox.slow)
        if self.inbox.after:
            said = self.inbox.after.pop(0)
            if not said.startswith("250"):
                return said
        self.inbox.mails.append((list(envelope.rcpt_tos), envelope.original_content))
        return "250 OK"


@pytest.fixture(scope="session")
def authority() -> Any:
    import trustme

    return trustme.CA()


@pytest.fixture
def smtp(authority: Any, tmp_path: Path) -> Iterator[Callable[..., Inbox]]:
    """Starts a server: `security` none, starttls or ssl; with `login`, who does not log in is refused."""
    from aiosmtpd.controller import Controller
    from aiosmtpd.smtp import AuthResult

    started: list[Any] = []

    def start(security: str = "none", *, login: bool = False) -> Inbox:
        inbox = Inbox(ca=tmp_path / "ca.pem")
        authority.cert_pem.write_to_path(str(inbox.ca))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert("127.0.0.1").configure_cert(context)

        def allowed(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> Any:
            inbox.logins.append(data.login.decode())
            good = (data.login.decode(), data.password.decode()) == (USER, PASSWORD)
            # A server that repeats the password in its answer is a bad server, and they exist.
            said = None if good else f"535 5.7.8 bad password {data.password.decode()}"
            return AuthResult(success=good, handled=bool(said is None), message=said)

        options: dict[str, Any] = {"hostname": inbox.host, "port": 0, "decode_data": False}
        if login:
            options |= {"authenticator": allowed, "auth_required": True, "auth_require_tls": security == "starttls"}
        if security == "starttls":
            options |= {"tls_context": context, "require_starttls": True}
        if security == "ssl":
            options |= {"ssl_context": context}
        controller = _controller(Controller, _Rules(inbox), options)
        started.append(controller)
        inbox.port = controller.server.sockets[0].getsockname()[1]
        return inbox

    yield start
    for controller in started:
        controller.stop(no_assert=True)


def _controller(kind: Any, rules: Any, options: dict[str, Any]) -> Any:
    class AnyPort(kind):  # type: ignore[misc]
        def _trigger_server(self) -> None:
            """The first connection, that the library makes to see that it runs, goes to the port that was given."""
            self.port = self.server.sockets[0].getsockname()[1]
            super()._trigger_server()

    controller = AnyPort(rules, **options)
    controller.start()
    return controller


@dataclass
class Api:
    """An HTTP endpoint. `answers`: (status, body) in turn, the last for good."""

    url: str = ""
    answers: list[tuple[int, str]] = field(default_factory=lambda: [(200, "{}")])
    requests: list[tuple[str, dict[str, str], Any]] = field(default_factory=list)
    hang: threading.Event = field(default_factory=threading.Event)
    hangs: bool = False


@pytest.fixture
def api() -> Iterator[Api]:
    found = Api()

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            size = int(self.headers.get("Content-Length") or 0)
            body = self.rfile.read(size)
            found.requests.append((self.path, dict(self.headers), json.loads(body) if body else None))
            if found.hangs:
                found.hang.wait(10)
                return
            status, text = found.answers.pop(0) if len(found.answers) > 1 else found.answers[0]
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(text.encode())))
            self.end_headers()
            self.wfile.write(text.encode())

        do_GET = do_POST = answer  # noqa: N815

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    found.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield found
    found.hang.set()
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def line_api(api: Api, monkeypatch: pytest.MonkeyPatch) -> Api:
    """The endpoint in the place of LINE's, with LINE's own path."""
    plugin = pytest.importorskip("apprise.plugins.line")
    path = plugin.NotifyLine.notify_url.removeprefix("https://api.line.me")
    monkeypatch.setattr(plugin.NotifyLine, "notify_url", api.url + path)
    return api
