"""The dead man's switch."""

from __future__ import annotations

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


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/uuid-secret", "file:///etc/passwd", "nonsense", "http://", ""])
def test_faults_are_told_without_the_url(url: str) -> None:
    """A ping that fails says so and raises nothing; the URL, a secret, is not repeated. Only http is spoken."""
    problem = ping(url, "start")
    assert problem is not None
    assert "secret" not in problem.reply


def test_refused(api: Api) -> None:
    """The status of a refusal is told."""
    api.answers = [(404, "{}")]
    problem = ping(api.url, "success")
    assert problem is not None
    assert problem.reply == "404"
