"""Whether letters would go out: each channel's secret and server asked, nothing sent. For `ustm doctor`."""

from __future__ import annotations

import contextlib
import smtplib
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from ustm_cli.post import mail
from ustm_cli.post.ledger import Ledger
from ustm_cli.post.parcel import Problem, Undelivered
from ustm_cli.post.secrets import secret
from ustm_cli.settings.model import Chat, SecretRef, Settings, Smtp

TIMEOUT = 5


class Probe(NamedTuple):
    """One thing looked at: `key` and `facts` make its sentence, `problem` is what is wrong with it, if anything."""

    key: str
    facts: Mapping[str, object]
    problem: Problem | None = None


def channels(settings: Settings, env: Mapping[str, str], folder: Path) -> Iterator[Probe]:
    """Every channel's secret, and every mail server's greeting and encryption."""
    for name, channel in settings.channels.items():
        ref = channel.password if isinstance(channel, Smtp) else channel.url if isinstance(channel, Chat) else None
        if ref:
            yield _secret(name, ref, env, folder)
        if isinstance(channel, Smtp):
            facts = {"channel": name, "server": channel.server, "port": str(channel.port_used)}
            yield Probe("letters_server", facts, server(channel, folder))
    if settings.ping:
        yield _secret("ping", settings.ping, env, folder)


def _secret(name: str, ref: SecretRef, env: Mapping[str, str], folder: Path) -> Probe:
    try:
        secret(ref, env, folder)
    except Undelivered as fault:
        return Probe("letters_secret", {"channel": name}, fault.problem)
    return Probe("letters_secret", {"channel": name})


def server(settings: Smtp, folder: Path, timeout: int = TIMEOUT) -> Problem | None:
    """What keeps the server from greeting us the way that the settings want; nobody logs in."""
    try:
        with mail.connected(settings.model_copy(update={"timeout": timeout}), folder) as found:
            found.noop()
    except Undelivered as fault:
        return fault.problem
    except (smtplib.SMTPException, OSError) as error:
        if mail.was_slow(error):
            return Problem("post_slow", str(timeout))
        return Problem("post_unreachable", mail.shown(getattr(error, "strerror", None) or str(error), ()))
    return None


def clock(now: datetime, folder: Path) -> Probe:
    """Whether the clock stands before the last letter: then it is wrong, and days would be missed or sent again."""
    ledger = Ledger(folder)
    with contextlib.suppress(OSError):
        ledger.read()
    last = ledger.newest
    if last is not None and last > now.date():
        return Probe("letters_clock", {"last": last}, Problem("post_clock"))
    return Probe("letters_clock", {"last": last})
