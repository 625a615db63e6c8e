"""Letters by chat against an HTTP endpoint that stands in for LINE's."""

from __future__ import annotations

import logging

import pytest

pytest.importorskip("apprise")
from loopback import Api

from ustm_cli.post import chat
from ustm_cli.post.parcel import Undelivered

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning", "ignore::UserWarning")
TOKEN = "aBcDeF0123456789tOkEn/+withslash="  # noqa: S105 (nobody's)
URL = f"line://{TOKEN}"
TO = "U4af4980629"
QUOTA = '{"message":"You have reached your monthly limit."}'


def failing(url: str = URL, timeout: int = 5) -> Undelivered:
    with pytest.raises(Undelivered) as caught:
        chat.deliver("ข้อความ", url, TO, timeout)
    return caught.value


def test_one_request(line_api: Api) -> None:
    """A letter of 5,000 characters is one request with one message, to LINE's path, with the token in its header."""
    text = "ก" * chat_limit()
    chat.deliver(text, URL, TO, 5)
    [(path, headers, body)] = line_api.requests
    assert path == "/v2/bot/message/push"
    assert headers["Authorization"] == f"Bearer {TOKEN}"
    assert body["to"] == TO
    [message] = body["messages"]
    assert (message["type"], message["text"]) == ("text", text)
    assert "iconUrl" not in message["sender"]


def chat_limit() -> int:
    from ustm_cli.settings.model import CHAT_LIMIT

    return CHAT_LIMIT


@pytest.mark.parametrize(
    ("status", "body", "key", "passing"),
    [
        (429, QUOTA, "post_quota", False),
        (429, '{"message":"The API rate limit has been exceeded. Try again later."}', "post_refused", True),
        (401, '{"message":"Authentication failed due to the following reason: invalid token"}', "post_login", False),
        (400, '{"message":"The property, \'to\', in the request body is invalid"}', "post_refused", False),
        (500, '{"message":"An internal error occurred"}', "post_refused", True),
    ],
)
def test_refusals(line_api: Api, status: int, body: str, key: str, passing: bool) -> None:
    """LINE's own status codes: the month's quota is lasting, its rate limit and its own faults are passing."""
    line_api.answers = [(status, body)]
    fault = failing()
    assert (fault.problem.key, fault.passing, fault.unsure) == (key, passing, False)
    assert fault.problem.reply.startswith(str(status))
    assert len(line_api.requests) == 1


def test_quota_is_told_in_line_s_words(line_api: Api) -> None:
    """The officer reads what LINE said."""
    line_api.answers = [(429, QUOTA)]
    assert "monthly limit" in failing().problem.reply


def test_no_answer_is_unsure(line_api: Api) -> None:
    """A request that was taken and not answered may have arrived: it is not passing, for LINE would bill it twice."""
    line_api.hangs = True
    fault = failing(timeout=1)
    assert (fault.problem.key, fault.passing, fault.unsure) == ("post_chat_unsure", False, True)


def test_nobody_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """A refused connection certainly delivered nothing: passing."""
    from apprise.plugins.line import NotifyLine

    monkeypatch.setattr(NotifyLine, "notify_url", "http://127.0.0.1:1/v2/bot/message/push")
    fault = failing()
    assert (fault.problem.key, fault.passing) == ("post_chat_unreachable", True)


@pytest.mark.parametrize("url", ["nonsense", "line://", "unknownservice://token-that-is-secret/x"])
def test_bad_url_is_not_told(
    url: str, line_api: Api, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    """A URL that the library cannot use is refused without a word of it anywhere, its logs included."""
    with caplog.at_level(logging.DEBUG):
        fault = failing(url)
    assert not fault.passing
    assert "token-that-is-secret" not in fault.problem.reply + caplog.text + "".join(capfd.readouterr())


def test_logs_stay_silent(line_api: Api, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]) -> None:
    """What the library logs, its token included, reaches neither stderr nor anybody's log."""
    line_api.answers = [(401, '{"message":"no"}')]
    with caplog.at_level(logging.DEBUG):
        failing()
    assert TOKEN not in caplog.text + "".join(capfd.readouterr())


@pytest.mark.parametrize(
    ("url", "to", "whole"),
    [
        ("line://token", "U1", "line://token/U1"),
        ("tgram://123:abc/?format=text", "-100200", "tgram://123:abc/-100200?format=text"),
        ("slack://a/b/c", "#งาน", "slack://a/b/c/%23%E0%B8%87%E0%B8%B2%E0%B8%99"),
        ("workflows://host/a/b/", "true", "workflows://host/a/b/"),
        ("line://token", "U1/../x?y", "line://token/U1%2F..%2Fx%3Fy"),
    ],
)
def test_addressed(url: str, to: str, whole: str) -> None:
    """A recipient goes to its place in the URL and can be nothing but a recipient."""
    assert chat.addressed(url, to) == whole


def test_length() -> None:
    """LINE counts UTF-16 code units: an emoji is two, a Thai letter and its mark one each."""
    assert chat.length("ก่😀") == 4


def test_somebody_who_listens_to_the_library(line_api: Api) -> None:
    """Whoever hears what the library logs hears nothing of a delivery, token and all, and is heard again after it."""
    heard: list[str] = []
    ear = logging.Handler(logging.DEBUG)
    ear.emit = lambda record: heard.append(record.getMessage())  # type: ignore[method-assign]
    logger = logging.getLogger("apprise")
    logger.addHandler(ear)
    try:
        line_api.answers = [(401, '{"message":"no"}')]
        failing()
        assert heard == []
        logger.warning("after")
    finally:
        logger.removeHandler(ear)
    assert heard == ["after"]
