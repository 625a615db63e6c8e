"""What the records of a register say against each other and against the plan; nothing of it keeps them from use."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from ustm_cli.dates.fiscal import Period
from ustm_cli.plan.findings import Finding
from ustm_cli.register import records as kinds
from ustm_cli.register.records import Record, mark_of, order
from ustm_cli.register.state import State, letter_key, now_called


class Ground(NamedTuple):
    """What records may speak of: the plan's activities, the ids of its obligations, its events' periods.

    `obligations` None: the plan has faults, so that its obligations are not known.
    """

    activities: Collection[str]
    events: Mapping[str, Collection[str]]
    obligations: Collection[str] | None = None


def doubts(records: Sequence[Record], state: State, ground: Ground, lines: Sequence[str]) -> list[Finding]:
    """Doubts of one register, by line."""
    ordered = sorted(records, key=order)
    teller = _Teller(lines)
    found = [
        *_gone(ordered, state, ground, teller),
        *_done_twice(ordered, teller),
        *_moved(ordered, teller),
        *_received_twice(ordered, teller),
    ]
    return sorted(found, key=lambda finding: finding.order)


class _Teller(NamedTuple):
    lines: Sequence[str]

    def find(self, code: str, record: Record, key: str, **detail: Any) -> Finding:
        line = record.head.line
        mark = mark_of(self.lines[line - 1], line, key)
        return Finding(code, record.head.file, mark, f"line {line}", detail)


# ---- records of what is not there


def _gone(records: Iterable[Record], state: State, ground: Ground, teller: _Teller) -> Iterator[Finding]:
    lost: dict[str, list[tuple[Record, str]]] = {}
    told: set[str] = set()
    for record in records:
        key, id = subject(record, state)
        activity = id.partition("@")[0]
        if key == "event":
            missing = activity not in ground.events or id.partition("@")[2] not in ground.events[activity]
        elif activity not in ground.activities:
            lost.setdefault(activity, []).append((record, key))
            continue
        elif key == "case":
            missing = id not in state.cases
        else:
            missing = key == "of" and ground.obligations is not None and id not in ground.obligations
        if missing and id not in told:
            told.add(id)
            place = "period" if key == "event" and activity in ground.events else key
            see = "event list" if key == "event" else f"show {activity}"
            yield teller.find("U710", record, place, id=id, see=see)
    for activity, own in lost.items():
        record, key = own[0]
        yield teller.find("U709", record, key, id=activity, count=len(own))


def subject(record: Record, state: State) -> tuple[str, str]:
    """The key and the id of what a record speaks of: an obligation, a case, EVENT@PERIOD or an activity."""
    match record:
        case kinds.Done() | kinds.Reviewed() | kinds.Waived() | kinds.Reopened():
            return "of", now_called(record.of, record.letter_id, state.letters)
        case kinds.EventSet() | kinds.EventCancelled():
            return "event", f"{record.event}@{record.period.partition('.')[0]}"
        case kinds.Progress() | kinds.Letter():
            return "activity", record.activity
        case _:
            return "case", record.case


# ---- records against each other


def _done_twice(records: Iterable[Record], teller: _Teller) -> Iterator[Finding]:
    done: dict[str, kinds.Done | kinds.Closed] = {}
    waived: dict[str, kinds.Waived] = {}
    for record in records:
        match record:
            case kinds.Reopened():
                done.pop(record.of, None)
                waived.pop(record.of, None)
            case kinds.Waived():
                waived[record.of] = record
                if record.of in done:
                    yield teller.find("U716", record, "of", id=record.of)
            case kinds.Done() | kinds.Closed():
                id = record.of if isinstance(record, kinds.Done) else record.case
                if id in waived:
                    yield teller.find("U716", record, "of" if isinstance(record, kinds.Done) else "case", id=id)
                before = done.setdefault(id, record)
                if _when(before) != _when(record):
                    stands, other = sorted((before, record), key=_when)
                    done[id] = stands
                    key = "on" if isinstance(other, kinds.Done) else "at"
                    detail = {"id": id, "day": kinds.happened(stands), "other": stands.head.line}
                    yield teller.find("U711", other, key, **detail)
            case _:
                continue


def _when(record: Record) -> str:
    at = getattr(record, "at", None)
    return at.isoformat() if at else kinds.happened(record).isoformat()


def _moved(records: Iterable[Record], teller: _Teller) -> Iterator[Finding]:
    """Dates of one event or letter that were recorded later otherwise."""
    told: dict[tuple[str, str], list[tuple[Record, str, Any]]] = {}
    ids: dict[tuple[str, str | None], str] = {}
    for record in records:
        match record:
            case kinds.EventSet() | kinds.EventCancelled():
                place = (record.event, record.period.removesuffix(".1"))
                key = "date" if isinstance(record, kinds.EventSet) else "reason"
                value: Any = record.date if isinstance(record, kinds.EventSet) else f"({record.reason})"
            case kinds.Letter():
                own = letter_key(record) or record.letter_id or record.head.id
                # A correction may name the letter by number, by its first record, or by both.
                place = (record.activity, ids.get((record.activity, record.letter_id), own))
                ids.setdefault((record.activity, record.head.id), place[1])
                key, value = "due", record.due
            case _:
                continue
        told.setdefault(place, []).append((record, key, value))
    for place, dates in told.items():
        stands, _, now = dates[-1]
        for record, key, value in dates[:-1]:
            if value != now:
                detail = {"id": _named(place, record), "now": _said(now), "other": stands.head.line}
                yield teller.find("U712", record, key, **detail)


def _said(value: Any) -> Any:
    return value.id if isinstance(value, Period) else value


def _named(place: tuple[str, str], record: Record) -> str:
    if isinstance(record, kinds.Letter):
        return f"{place[0]} ({record.letter})" if record.letter else place[0]
    return f"{place[0]} {place[1]}"


def _received_twice(records: Iterable[Record], teller: _Teller) -> Iterator[Finding]:
    first: dict[str, Record] = {}
    for record in records:
        if isinstance(record, kinds.Received) and first.setdefault(record.case, record) is not record:
            yield teller.find("U713", record, "case", id=record.case, first=first[record.case].head.line)
