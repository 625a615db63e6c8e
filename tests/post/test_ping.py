"""The dead man's switch."""

from __future__ import annotations

import socket
import threading

import pytest
from loopback import Api

from ustm_cli.post.ping import Signal, ping

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")


@pytest.mark.parametrize(
    ("signal", "path"), [("start", "/p/uuid/start?a=1"), ("success", "/p/uuid?a=1"), ("fail", "/p/uuid/fail?a=1")]
)
def test_signals(api: Api, signal: Signal, path: str) -> None:
    """Each signal has its path below the URL."""
    assert ping(f"{api.url}/p/uuid?a=1", signal) is None
    assert [request[0] for request in api.requests] == [path]


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("http://127.0.0.1:1/uuid-secret", "post_unreachable"),
        *(
            (url, "post_bad_url")
            for url in (
                *("file:///etc/passwd", "nonsense", "http://", "", "http://[::1", "http://[::1/secret"),
                *("http://127.0.0.1:1/รหัส secret", "http://127.0.0.1:secret/"),
            )
        ),
    ],
)
def test_faults_are_told_without_the_url(url: str, key: str) -> None:
    """A ping that fails says so and raises nothing; the URL, a secret, is not repeated. Only http is spoken."""
    problem = ping(url, "start")
    assert problem is not None
    assert problem.key == key
    assert "secret" not in problem.reply


def test_refused(api: Api) -> None:
    """The status of a refusal is told."""
    api.answers = [(404, "{}")]
    problem = ping(api.url, "success")
    assert problem == ("post_refused", "404")


@pytest.mark.parametrize(("said", "key"), [(b"", "post_no_answer"), (b"SSH-2.0\r\n", "post_no_answer")])
def test_no_http(said: bytes, key: str) -> None:
    """A server that hangs up, or speaks something else, is told as such."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def take() -> None:
            one = listening.accept()[0]
            one.recv(1000)
            one.sendall(said)
            one.close()

        taking = threading.Thread(target=take)
        taking.start()
        assert ping(f"http://127.0.0.1:{listening.getsockname()[1]}/secret", "success") == (key, "")
        taking.join()


def test_slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that takes the connection and says nothing is told to be slow."""
    monkeypatch.setattr("ustm_cli.post.ping.TIMEOUT", 0.1)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        problem = ping(f"http://127.0.0.1:{listening.getsockname()[1]}/", "success")
    assert problem is not None
    assert problem.key == "post_slow"
