"""The round of a day: every letter tried, what failed for a passing cause tried again, every outcome recorded."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from ustm_cli.post.ledger import Ledger
from ustm_cli.post.parcel import Fate, Parcel, Problem, State, Undelivered
from ustm_cli.settings.model import Retry

# Sends one parcel to some of its addresses; returns those refused. Raises Undelivered.
Carrier = Callable[[Parcel, Sequence[str]], Mapping[str, tuple[bool, Problem]]]


def go(
    parcels: Sequence[Parcel],
    carriers: Mapping[str, Carrier],
    ledger: Ledger,
    retry: Retry,
    now: Callable[[], datetime],
    sleep: Callable[[float], None],
    *,
    again: bool = False,
) -> list[Fate]:
    """The fate of every address, in the order of the parcels.

    All letters are tried before any is tried again, so that one dead server does not hold up the others; waits grow
    fourfold. What cannot be recorded is not sent: its fate is `failed`.
    """
    fates: dict[tuple[str, str, str], Fate] = {}
    waiting: list[tuple[Parcel, list[str]]] = []
    for parcel in parcels:
        open_: list[str] = []
        for address in parcel.addresses:
            if ledger.state(parcel, address) == "sent" and not again:
                fates[_key(parcel, address)] = Fate(parcel, address, "already")
            else:
                open_.append(address)
        if open_:
            waiting.append((parcel, open_))
    for attempt in range(retry.times + 1):
        if attempt and waiting:
            sleep(retry.wait * 4 ** (attempt - 1))
        left: list[tuple[Parcel, list[str]]] = []
        for parcel, addresses in waiting:
            if fault := _recorded(ledger, parcel, addresses, "trying", now()):
                fates |= {_key(parcel, one): Fate(parcel, one, "failed", fault) for one in addresses}
            elif passing := _try(parcel, addresses, carriers[parcel.channel], ledger, now, fates):
                left.append((parcel, passing))
        waiting = left
    return [fates[_key(parcel, address)] for parcel in parcels for address in parcel.addresses]


def _try(
    parcel: Parcel,
    addresses: Sequence[str],
    carrier: Carrier,
    ledger: Ledger,
    now: Callable[[], datetime],
    fates: dict[tuple[str, str, str], Fate],
) -> list[str]:
    """One try; returns the addresses that are worth another."""
    unsure = False
    try:
        refused = carrier(parcel, addresses)
    except Undelivered as fault:
        refused = dict.fromkeys(addresses, (fault.passing, fault.problem))
        unsure = fault.unsure
    except Exception as error:  # noqa: BLE001 (a mistake of ours in one letter keeps no other back)
        # Its own text may hold a secret.
        refused = dict.fromkeys(addresses, (False, Problem("post_bug", type(error).__name__)))
    served = [address for address in addresses if address not in refused]
    # Where this cannot be recorded the letter is out all the same, and may go out again: that is told.
    unwritten = _recorded(ledger, parcel, served, "sent", now()) if served else None
    unrecorded = Problem("post_unrecorded", unwritten.reply) if unwritten else None
    for address in served:
        fates[_key(parcel, address)] = Fate(parcel, address, "sent", unrecorded)
    for address, (_, problem) in refused.items():
        state: State = "unsure" if unsure else "failed"
        fates[_key(parcel, address)] = Fate(parcel, address, state, problem)
        _recorded(ledger, parcel, [address], state, now(), problem)
    return [address for address, (passing, _) in refused.items() if passing]


def _recorded(
    ledger: Ledger,
    parcel: Parcel,
    addresses: Sequence[str],
    state: str,
    now: datetime,
    problem: Problem | None = None,
) -> Problem | None:
    """Record; returns what went wrong with the ledger itself."""
    try:
        ledger.record(parcel, addresses, state, now, problem)
    except OSError as error:
        return Problem("post_ledger", error.strerror or str(error))
    return None


def _key(parcel: Parcel, address: str) -> tuple[str, str, str]:
    return parcel.channel, parcel.person, address
