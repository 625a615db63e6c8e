"""The dead man's switch: a URL that is told when a run starts and how it ended; it sounds when nothing is told."""

from __future__ import annotations

import http.client
import urllib.error
import urllib.request
from typing import Literal
from urllib.parse import urlsplit, urlunsplit

from ustm_cli.post.parcel import Problem

Signal = Literal["start", "success", "fail"]
TIMEOUT = 10.0


def ping(url: str, signal: Signal) -> Problem | None:
    """Tell `URL/start`, `URL` or `URL/fail` (as healthchecks.io has it). Returns what went wrong.

    Of an error's own text, which may hold the URL, nothing is told but what the operating system says.
    """
    try:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            return Problem("post_bad_url")
        path = parts.path.rstrip("/") + {"start": "/start", "success": "", "fail": "/fail"}[signal]
        target = urlunsplit(parts._replace(path=path or "/"))
        with urllib.request.urlopen(target, timeout=TIMEOUT) as answer:  # noqa: S310 (http and https alone, above)
            answer.read(1)
    except urllib.error.HTTPError as error:
        return Problem("post_refused", str(error.code))
    except OSError as error:
        reason = getattr(error, "reason", error)
        if isinstance(reason, TimeoutError):
            return Problem("post_slow", f"{TIMEOUT:.0f}")
        said = getattr(reason, "strerror", None)
        return Problem("post_unreachable", said) if said else Problem("post_no_answer")
    except (ValueError, http.client.InvalidURL):
        return Problem("post_bad_url")
    except http.client.HTTPException:
        return Problem("post_no_answer")
    return None
