"""Letters by chat (LINE Messaging API, Telegram, Teams, Slack and the rest) through Apprise: one request a letter."""

from __future__ import annotations

import logging
import re
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote

from ustm_cli.post.parcel import Problem, Undelivered, one_line
from ustm_cli.post.secrets import redacted

# An address that means the channel's own place (a webhook has no other).
OWN = "true"


def length(text: str) -> int:
    """Characters as LINE counts them: UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2


def addressed(url: str, address: str) -> str:
    """The channel's URL with the recipient in its place."""
    if address == OWN:
        return url
    base, mark, query = url.partition("?")
    return f"{base.rstrip('/')}/{quote(address, safe='@+=')}{mark}{query}"


def deliver(text: str, url: str, address: str, timeout: int) -> None:
    """Send one text to one recipient, in one request. Raises Undelivered.

    What may have arrived though no answer came is not tried again in this run: LINE bills it twice.
    """
    try:
        import apprise
    except ImportError:
        raise Undelivered(Problem("post_no_apprise"), passing=False) from None
    library: Any = apprise  # which says of few of its types what they are
    asset = library.AppriseAsset(
        app_id="ustm", app_desc="ustm", async_mode=False, storage_mode=library.PersistentStoreMode.MEMORY,
        plugin_paths=[], http_redirects=False,
    )  # fmt: skip
    with _overheard() as heard:
        service = library.Apprise.instantiate(addressed(url, address), asset=asset, suppress_exceptions=True)
        if service is None:
            raise Undelivered(Problem("post_bad_url"), passing=False)
        service.socket_connect_timeout = service.socket_read_timeout = float(timeout)
        if hasattr(service, "include_image"):
            service.include_image = False
        service.request_rate_per_sec = 0
        good = service.notify(body=text, title="", body_format=library.NotifyFormat.TEXT)
    if not good:
        raise _why("\n".join(heard), url, address)


def _why(heard: str, url: str, address: str) -> Undelivered:
    """What the library logged, as a problem. It tells the outcome there and nowhere else."""
    said = [line for line in heard.split("\n") if line.startswith(("Response Details", "Failed to send", "Socket Exc"))]
    body = re.search(r'"message"\s*:\s*"([^"]{0,200})', heard)
    code = re.search(r"error=(\d{3})", heard)
    if code is None:
        never_connected = re.search(r"refused|Name or service|resolve|unreachable|ConnectTimeout", heard, re.IGNORECASE)
        problem = Problem("post_chat_unreachable" if never_connected else "post_chat_unsure")
        return Undelivered(problem, passing=bool(never_connected), unsure=not never_connected and bool(said))
    number = int(code[1])
    reply = one_line(redacted(f"{number} {body[1] if body else ''}".strip(), url, address), 200)
    if number == 429 and "limit" in heard and "month" in heard:
        return Undelivered(Problem("post_quota", reply), passing=False)
    if number in (401, 403):
        return Undelivered(Problem("post_login", reply), passing=False)
    return Undelivered(Problem("post_refused", reply), passing=number == 429 or number >= 500)


class _Ear(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


@contextmanager
def _overheard() -> Generator[list[str]]:
    """What the library logs, which holds secrets, goes to us and to nobody else."""
    logger, ear = logging.getLogger("apprise"), _Ear()
    before = logger.propagate, logger.level
    others = [handler for handler in logger.handlers if not isinstance(handler, logging.NullHandler)]
    for handler in others:
        logger.removeHandler(handler)
    logger.addHandler(ear)
    logger.propagate = False
    logger.setLevel(logging.DEBUG)
    try:
        yield ear.lines
    finally:
        logger.removeHandler(ear)
        for handler in others:
            logger.addHandler(handler)
        logger.propagate, level = before
        logger.setLevel(level)
