"""What was sent: one line of JSON for each try and each outcome, appended under a lock and flushed to the disk.

`.ustm/digest.jsonl` lies beside the settings. It tells what this machine sent, not what the office did, so it stays
out of git. Before a letter goes out a line says `trying`, after it one says what became of it. After a crash between
the two nobody knows whether the letter left: it is sent **again**, for a letter that comes twice costs a glance, and
one that never comes costs a deadline. A second copy bears the same Message-ID.
"""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

from ustm_cli.post.parcel import Parcel, Problem
from ustm_cli.register import store

FOLDER = ".ustm"
FILE = "digest.jsonl"
LOCK = "digest.lock"
LOCK_TRIES = 60


class Entry(NamedTuple):
    day: date
    channel: str
    person: str
    address: str
    state: str
    content: str


class Busy(Exception):
    """Another run holds the ledger."""


class Ledger:
    """The entries of one folder. Raises OSError where it cannot be read or written."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / FOLDER / FILE
        self.torn = 0
        self._entries: list[Entry] = []

    @contextmanager
    def held(self, sleep: Callable[[float], None]) -> Generator[None]:
        """Nobody else sends while this run does: two crons at once send one letter. Raises Busy."""
        folder = self.path.parent
        store.make_folder(folder, 0o700)
        _keep_out_of_git(folder)
        descriptor = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _lock(descriptor, sleep)
            self._read()
            yield
        finally:
            # The lock ends with its descriptor, however the process ends.
            os.close(descriptor)

    def read(self) -> None:
        """Read what is there, without a lock: for a look that sends nothing."""
        self._read()

    def _read(self) -> None:
        self._entries, self.torn = [], 0
        try:
            data = self.path.read_bytes()
        except FileNotFoundError:
            return
        for line in data.splitlines():
            try:
                item = json.loads(line)
                day = date.fromisoformat(item["day"])
                entry = Entry(day, item["channel"], item["person"], item["to"], item["state"], item.get("content", ""))
            except (ValueError, KeyError, TypeError):
                # A line torn by a crash or a full disk; its neighbours are whole.
                self.torn += bool(line.strip())
                continue
            self._entries.append(entry)

    def state(self, parcel: Parcel, address: str) -> str | None:
        """What is known of a day's letter to an address: `sent` for good, else the last state."""
        key = (parcel.day, parcel.channel, parcel.person, address)
        found = [entry.state for entry in self._entries if entry[:4] == key]
        return "sent" if "sent" in found else found[-1] if found else None

    def wrote(self, content: str) -> bool:
        """Whether a letter of this content was on its way once."""
        return any(entry.content == content for entry in self._entries)

    def last_day(self, channel: str, person: str, before: date) -> date | None:
        """The last day before `before` of which this person heard, or had nothing to hear of."""
        days = (
            entry.day
            for entry in self._entries
            if (entry.channel, entry.person) == (channel, person)
            and entry.state in ("sent", "nothing")
            and entry.day < before
        )
        return max(days, default=None)

    @property
    def newest(self) -> date | None:
        """The last day of which anything is told."""
        return max((entry.day for entry in self._entries), default=None)

    def record(
        self,
        parcel: Parcel,
        addresses: Sequence[str],
        state: str,
        now: datetime,
        problem: Problem | None = None,
    ) -> None:
        """Add a line for each address and see it on the disk. Raises OSError."""
        lines = [self._line(parcel, address, state, now, problem) for address in addresses]
        if not self.path.exists():
            # It holds addresses: nobody else need read it.
            os.close(os.open(self.path, os.O_WRONLY | os.O_CREAT, 0o600))
        _append(self.path, [json.dumps(line, ensure_ascii=False) for line in lines])
        added = parcel.day, parcel.channel, parcel.person
        self._entries += [Entry(*added, one, state, parcel.content) for one in addresses]

    @staticmethod
    def _line(parcel: Parcel, address: str, state: str, now: datetime, problem: Problem | None) -> dict[str, Any]:
        line = {
            "day": parcel.day.isoformat(),
            "channel": parcel.channel,
            "person": parcel.person,
            "to": address,
            "state": state,
            "content": parcel.content,
            "at": now.isoformat(timespec="seconds"),
        }
        return line | ({"problem": problem.key, "reply": problem.reply} if problem else {})


def _keep_out_of_git(folder: Path) -> None:
    path = folder / ".gitignore"
    # An empty one was left by a crash.
    if not path.exists() or not path.stat().st_size:
        _append(path, ["*"])


def _append(path: Path, lines: Sequence[str]) -> None:
    """Raises OSError."""
    try:
        store.append(path, lines)
    except store.StoreFault as fault:
        raise OSError(errno.EIO, fault.problem) from None


def _lock(descriptor: int, sleep: Callable[[float], None]) -> None:
    for _ in range(LOCK_TRIES):
        try:
            _try_lock(descriptor)
        except OSError:
            sleep(1)
        else:
            return
    raise Busy


if os.name == "posix":
    import fcntl

    def _try_lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
else:  # Windows
    import msvcrt

    def _try_lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
