"""What the records of a register come to: how each obligation stands, what is known, the cases, the progress.

Records are read by the moment recorded, not by line. Of two done records the earlier happening stands; of two dates
for one event or letter the one recorded last.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from operator import itemgetter
from typing import NamedTuple

from ustm_cli.dates.era import to_arabic
from ustm_cli.dates.fiscal import Period
from ustm_cli.deadlines.base import Happening, Known
from ustm_cli.obligations import Obligation
from ustm_cli.register import records as kinds
from ustm_cli.register.records import Record, order
from ustm_cli.register.standing import NOTHING_RECORDED, Standing


def on_the_wall(start: datetime, end: datetime) -> timedelta:
    """The time between two moments by the clock on the wall."""
    return end - start


class Case(NamedTuple):
    """A request with its own clock. `pauses` are in order; one that lasts still has no end."""

    id: str
    received: datetime
    ref: str | None = None
    by: str = ""
    steps: Mapping[int, datetime] = {}
    pauses: tuple[tuple[datetime, datetime | None], ...] = ()
    closed: datetime | None = None

    @property
    def activity(self) -> str:
        return self.id.partition("@")[0]

    @property
    def period(self) -> str:
        return self.id.partition("@")[2]

    @property
    def paused(self) -> bool:
        return bool(self.pauses) and self.pauses[-1][1] is None

    def pauses_until(self, now: datetime) -> tuple[tuple[datetime, datetime], ...]:
        """The pauses, one that lasts still ending now."""
        return tuple((start, max(end or now, start)) for start, end in self.pauses)

    def took(self, now: datetime, between: Callable[[datetime, datetime], timedelta] = on_the_wall) -> timedelta:
        """From the receipt to the closing, or to now, without the pauses; `between` counts time on the case's clock."""
        end = self.closed or max(now, self.received)
        paused = sum((between(start, stop) for start, stop in self.pauses_until(end)), timedelta())
        return max(between(self.received, end) - paused, timedelta())


class KnownLetter(NamedTuple):
    """A letter with the last day it names; `id` is that of its first record, `key` the only rule that it dates."""

    id: str
    due: date
    letter: str | None
    key: str | None = None


class Attained(NamedTuple):
    """How far an activity had come on a day; `total` None: of the plan's target."""

    reached: int
    total: int | None
    on: date


@dataclass(frozen=True, slots=True)
class State:
    standings: Mapping[str, Standing] = field(default_factory=dict[str, Standing])
    events: Mapping[str, Mapping[str, tuple[Happening, ...]]] = field(
        default_factory=dict[str, Mapping[str, tuple[Happening, ...]]]
    )
    letters: Mapping[str, tuple[KnownLetter, ...]] = field(default_factory=dict[str, tuple[KnownLetter, ...]])
    cases: Mapping[str, Case] = field(default_factory=dict[str, Case])
    progress: Mapping[str, Attained] = field(default_factory=dict[str, Attained])

    def standing(self, obligation: Obligation) -> Standing:
        """Of a clock of a case: as the case stands, unless it is waived by itself."""
        own = self.standings.get(obligation.id, NOTHING_RECORDED)
        if obligation.state != "case" or own.waived is not None:
            return own
        return self.standings.get(standing_id(obligation), NOTHING_RECORDED)

    def case(self, obligation: Obligation) -> Case | None:
        return self.cases.get(standing_id(obligation)) if obligation.state == "case" else None

    def known(self, now: datetime) -> Known:
        """What the rules may know; `now` ends the pauses that last still."""
        letters = {
            activity: tuple(Happening(on=one.due, letter=one.letter, key=one.key) for one in own)
            for activity, own in self.letters.items()
        }
        receipts: dict[str, list[tuple[str, datetime]]] = defaultdict(list)
        for case in self.cases.values():
            receipts[case.activity].append((case.period, case.received))
        pauses = {case.id: case.pauses_until(now) for case in self.cases.values() if case.pauses}
        return Known(self.events, letters, {name: tuple(own) for name, own in receipts.items()}, pauses)


NOTHING_HAPPENED = State()


def standing_id(obligation: Obligation) -> str:
    """The id that records name: of a case with several clocks (`FY2564.c….key`), the case; a clock waived by itself
    is named by its own.
    """
    if obligation.state != "case":
        return obligation.id
    return ".".join(obligation.id.split(".")[:2])


def state_of(records: Iterable[Record], as_of: date | None = None) -> State:
    """What was recorded up to the end of `as_of` (None: all)."""
    known = [one for one in records if as_of is None or one.head.recorded.date() <= as_of]
    replay = _Replay()
    for record in sorted(known, key=order):
        replay.take(record)
    return replay.state()


class _Replay:
    """Takes record after record; each kind has its own shelf."""

    def __init__(self) -> None:
        self.standings: dict[str, Standing] = {}
        self.events: dict[str, dict[str, dict[int, Happening]]] = defaultdict(lambda: defaultdict(dict))
        self.letters: dict[str, dict[str, KnownLetter]] = defaultdict(dict)
        self.cases: dict[str, Case] = {}
        self.steps: dict[str, dict[int, datetime]] = defaultdict(dict)
        self.stops: dict[str, list[tuple[datetime, bool]]] = defaultdict(list)
        self.progress: dict[str, Attained] = {}
        # What names an obligation by its letter, until all letters are known.
        self.by_letter: list[Record] = []

    def take(self, record: Record) -> None:
        match record:
            case kinds.Done() | kinds.Reviewed() | kinds.Waived() | kinds.Reopened():
                if record.letter_id:
                    self.by_letter.append(record)
                else:
                    self._stand(record.of, record)
            case kinds.EventSet() | kinds.EventCancelled():
                base, _, number = record.period.partition(".")
                self.events[record.event][base][int(number or 1)] = happening_of(record)
            case kinds.Letter():
                self._letter(record)
            case kinds.Progress():
                before = self.progress.get(record.activity)
                if before is None or before.on <= record.on:
                    self.progress[record.activity] = Attained(record.reached, record.total, record.on)
            case _:
                self._case(record)

    def _stand(self, id: str, record: Record) -> None:
        before = self.standings.get(id, NOTHING_RECORDED)
        self.standings[id] = stand(before, record)

    def _letter(self, record: kinds.Letter) -> None:
        own = self.letters[record.activity]
        key = letter_key(record)
        first = own.get(record.letter_id or "") or next(
            (one for one in own.values() if _same(one, key) and one.key == record.key), None
        )
        id = first.id if first else record.head.id
        before = first or KnownLetter(id, record.due, None, record.key)
        own[id] = before._replace(due=record.due, letter=record.letter or before.letter)

    def _case(self, record: Record) -> None:
        match record:
            case kinds.Received():
                # Two receipts of one case: the first recorded stands.
                self.cases.setdefault(record.case, Case(record.case, record.at, record.ref, record.head.by))
            case kinds.Closed():
                self._stand(record.case, record)
                # Closing ends a pause for good, even if the case is reopened.
                self.stops[record.case].append((record.at, False))
            case kinds.StepClosed():
                own = self.steps[record.case]
                own[record.step] = min(record.at, own.get(record.step, record.at))
            case kinds.Paused() | kinds.Resumed():
                self.stops[record.case].append((record.at, isinstance(record, kinds.Paused)))
            case _:
                pass

    def state(self) -> State:
        letters = {name: tuple(own.values()) for name, own in self.letters.items()}
        for record in sorted(self.by_letter, key=order):
            self._stand(now_called(record.of, record.letter_id, letters), record)  # type: ignore[union-attr]
        cases = {id: self._whole(case) for id, case in self.cases.items()}
        events = {event: {base: _in_order(own) for base, own in of.items()} for event, of in self.events.items()}
        return State(self.standings, events, letters, cases, self.progress)

    def _whole(self, case: Case) -> Case:
        closed = self.standings.get(case.id, NOTHING_RECORDED).done_at
        # Two of one moment follow each other as they were recorded.
        stops = sorted(self.stops.get(case.id, ()), key=itemgetter(0))
        pauses = _pauses(stops, case.received, closed)
        return case._replace(steps=self.steps.get(case.id, {}), pauses=pauses, closed=closed)


def stand(before: Standing, record: Record) -> Standing:
    """How an obligation stands after one more record."""
    match record:
        case kinds.Done():
            if before.done_on and before.done_on < record.on:
                return before
            return _done(before, record, record.on, None)
        case kinds.Closed():
            if before.done_at and before.done_at < record.at:
                return before
            return _done(before, record, record.at.date(), record.at)
        case kinds.Reviewed():
            earlier = min(record.on, before.reviewed_on or record.on)
            return before._replace(reviewed_on=earlier)
        case kinds.Waived():
            return before._replace(waived=record.reason, evidence=record.evidence or before.evidence)
        case kinds.Reopened():
            return Standing(reviewed_on=before.reviewed_on, reopened_on=record.on)
        case _:
            return before


def _done(before: Standing, record: kinds.Done | kinds.Closed, on: date, at: datetime | None) -> Standing:
    evidence, note = record.evidence or before.evidence, record.head.note or before.note
    return Standing(on, before.waived, before.reviewed_on, at, record.head.by, evidence, note, before.reopened_on)


def happening_of(record: kinds.EventSet | kinds.EventCancelled) -> Happening:
    """What a record says of its event."""
    if isinstance(record, kinds.EventCancelled):
        return Happening(cancelled=record.reason, letter=record.letter)
    if isinstance(record.date, Period):
        return Happening(month=record.date, letter=record.letter)
    return Happening(on=record.date, letter=record.letter)


def _in_order(own: Mapping[int, Happening]) -> tuple[Happening, ...]:
    """The first, second, … happening; one that nothing is recorded of is empty."""
    return tuple(own.get(number, Happening()) for number in range(1, max(own) + 1))


def _pauses(
    stops: Iterable[tuple[datetime, bool]], received: datetime, closed: datetime | None
) -> tuple[tuple[datetime, datetime | None], ...]:
    """Pauses from moments at which the clock was stopped (True) or started, by when that happened."""
    found: list[tuple[datetime, datetime | None]] = []
    for at, stopped in stops:
        moment = max(at, received) if closed is None else min(max(at, received), closed)
        running = not found or found[-1][1] is not None
        if stopped and running and (closed is None or at < closed):
            found.append((moment, None))
        elif not stopped and not running:
            found[-1] = (found[-1][0], moment)
    # None lasts beyond the closing, which is itself a moment at which the clock was started.
    return tuple(found)


# ---- letters


def spelled_alike(letters: Iterable[KnownLetter], number: str | None, due: date) -> KnownLetter | None:
    """The letter with that number; without a number, the one that has none either and names the same day."""
    if number is not None:
        return next((one for one in letters if _same(one, _plain(number))), None)
    return next((one for one in letters if one.letter is None and one.due == due), None)


def letter_key(record: kinds.Letter) -> str:
    return _plain(record.letter)


def _same(one: KnownLetter, key: str) -> bool:
    return bool(key) and _plain(one.letter) == key


def _plain(letter: str | None) -> str:
    """The number of a letter, however its blanks and digits are written."""
    return "".join(to_arabic(letter or "").split()).casefold()


_NOTIFIED = re.compile(r"([^@]+)(@FY\d{4})\.\d+(\..+)?")


def now_called(of: str, letter_id: str | None, letters: Mapping[str, tuple[KnownLetter, ...]]) -> str:
    """The id that an obligation of a letter has now: a merge may have brought earlier letters."""
    match = _NOTIFIED.fullmatch(of)
    if match is None:
        return of
    own = letters.get(match[1], ())
    number = next((number for number, one in enumerate(own, 1) if one.id == letter_id), None)
    return f"{match[1]}{match[2]}.{number}{match[3] or ''}" if number else of
