"""A letter addressed, and what became of it."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Literal, NamedTuple

State = Literal["sent", "failed", "unsure", "already", "nothing"]


class Parcel(NamedTuple):
    """One person's letter for one channel. `text` is what a chat or a file takes; mail takes `html` and `ics` too."""

    day: date
    channel: str
    person: str
    name: str
    addresses: tuple[str, ...]
    subject: str
    text: str
    html: str = ""
    ics: bytes | None = None

    @property
    def content(self) -> str:
        """The hash of what is said, whoever it is said to."""
        return content_of(self.text.encode(), self.subject, self.html, self.ics)


def content_of(text: bytes, subject: str = "", html: str = "", ics: bytes | None = None) -> str:
    whole = hashlib.sha256()
    for part in (subject.encode(), text, html.encode(), ics or b""):
        whole.update(len(part).to_bytes(8, "big") + part)
    return f"sha256:{whole.hexdigest()}"


class Problem(NamedTuple):
    """Why a delivery failed: `key` of a sentence, and what the other side said (one line, no secret in it)."""

    key: str
    reply: str = ""


class Fate(NamedTuple):
    parcel: Parcel
    address: str
    state: State
    problem: Problem | None = None


class Undelivered(Exception):
    """A delivery failed for all addresses. `passing`: it may go better later. `unsure`: it may have arrived."""

    def __init__(self, problem: Problem, *, passing: bool, unsure: bool = False) -> None:
        super().__init__(problem.key)
        self.problem = problem
        self.passing = passing
        self.unsure = unsure


def one_line(text: str, limit: int = 300) -> str:
    """Text fit for a header, a log and a terminal: no line ends, no control or direction characters."""
    import unicodedata

    kept = "".join(" " if unicodedata.category(char) in ("Cc", "Zl", "Zp") else char for char in text)
    kept = "".join(char for char in kept if unicodedata.category(char) not in ("Cf", "Cs") or char == "\u200b")
    line = " ".join(kept.split())
    return line if len(line) <= limit else line[: limit - 1] + "…"
