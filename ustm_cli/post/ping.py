"""The dead man's switch: a URL that is told when a run starts and how it ended; it sounds when nothing is told."""

from __future__ import annotations

import http.client
import urllib.request
from typing import Literal
from urllib.parse import urlsplit, urlunsplit

from ustm_cli.post.parcel import Problem

Signal = Literal["start", "success", "fail"]
TIMEOUT = 10.0


def ping(url: str, signal: Signal) -> Problem | None:
    """Tell `URL/start`, `URL` or `URL/fail` (as healthchecks.io has it). Returns what went wrong."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return Problem("post_bad_url")
    path = parts.path.rstrip("/") + {"start": "/start", "success": "", "fail": "/fail"}[signal]
    target = urlunsplit(parts._replace(path=path or "/"))
    try:
        with urllib.request.urlopen(target, timeout=TIMEOUT) as answer:  # noqa: S310 (http and https alone, above)
            answer.read(1)
    except (OSError, ValueError, http.client.HTTPException) as error:
        code = getattr(error, "code", None)
        # The error's own text may hold the URL, which is a secret.
        return Problem("post_ping", str(code) if isinstance(code, int) else type(error).__name__)
    return None
