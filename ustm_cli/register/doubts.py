"""What the records of a register say against each other and against the plan; nothing of it keeps them from use."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from ustm_cli.dates.fiscal import Period
from ustm_cli.plan.findings import Finding
from ustm_cli.register import records as kinds
from ustm_cli.register.records import Record, mark_of, order
from ustm_cli.register.standing import NOTHING_RECORDED, Standing
from ustm_cli.register.state import State, letter_key, now_called


class Ground(NamedTuple):
    """What records may speak of: the plan's activities with how many steps each has, its events' periods, its
    obligations as records name them.

    `year` is the plan's (`FY2564`). `obligations` None: the plan has faults, so that they are not known.
    """

    activities: Mapping[str, int]
    events: Mapping[str, Collection[str]]
    year: str
    obligations: Collection[str] | None = None


def doubts(
    records: Sequence[Record], state: State, ground: Ground, lines: Sequence[str], shared: Sequence[Record] = ()
) -> list[Finding]:
    """Doubts of one register, by line. `shared`: what registers beside it tell of the same events."""
    ordered = sorted(records, key=order)
    teller = _Teller(lines)
    found = [
        *_gone(ordered, state, ground, teller),
        *_done_twice(ordered, state, teller),
        *_moved(ordered, shared, teller),
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


def hidden(state: State, ground: Ground) -> set[str]:
    """The ids of cases and letters that are not finished, and yet no obligation of the plan."""
    return {id for id in _idle(state, ground).values() if not _finished(state.standings.get(id, NOTHING_RECORDED))}


def _finished(standing: Standing) -> bool:
    return standing.done_on is not None or standing.waived is not None


def _idle(state: State, ground: Ground) -> dict[str, str]:
    """The ids of cases and letters that are no obligation, by case and by the letter's first record."""
    if ground.obligations is None:
        return {}
    # An activity of several clocks or days has several obligations of each: `FY2564.1.key`.
    taken = {".".join(id.split(".")[:2]) for id in ground.obligations}
    made = {id: id for id in state.cases}
    for activity, letters in state.letters.items():
        made |= {letter.id: f"{activity}@{ground.year}.{number}" for number, letter in enumerate(letters, 1)}
    return {key: id for key, id in made.items() if id not in taken}


def _gone(records: Iterable[Record], state: State, ground: Ground, teller: _Teller) -> Iterator[Finding]:
    lost: dict[str, list[tuple[Record, str]]] = {}
    told: set[str] = set()
    idle = _idle(state, ground)
    for record in records:
        key, id = subject(record, state)
        activity = id.partition("@")[0]
        if key != "event" and activity not in ground.activities:
            lost.setdefault(activity, []).append((record, key))
            continue
        code, id = _without_effect(record, id, state, ground, idle)
        if code and id not in told:
            told.add(id)
            place = "period" if key == "event" and activity in ground.events else key
            see = "event list" if key == "event" else f"show {activity}"
            yield teller.find(code, record, place, id=id, see=see)
    for activity, own in lost.items():
        record, key = own[0]
        yield teller.find("U709", record, key, id=activity, count=len(own))


def _without_effect(
    record: Record, id: str, state: State, ground: Ground, idle: Mapping[str, str]
) -> tuple[str | None, str]:
    """The doubt of a record that has no effect (None: it has), and the id of what is not there."""
    match record:
        case kinds.EventSet() | kinds.EventCancelled():
            missing = record.period.partition(".")[0] not in ground.events.get(record.event, ())
        case kinds.Letter():
            return "U717" if record.head.id in idle else None, idle.get(record.head.id, id)
        case kinds.Progress():
            missing = False
        case kinds.Done() | kinds.Reviewed() | kinds.Waived() | kinds.Reopened():
            missing = ground.obligations is not None and id not in ground.obligations
        case kinds.StepClosed() if id in state.cases and record.step > ground.activities[state.cases[id].activity]:
            missing = ground.obligations is not None and id not in idle
            id = f"{id} --step {record.step}"
        case _ if id in idle:
            return "U717", id
        case _:
            missing = id not in state.cases
    return "U710" if missing else None, id


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


def _done_twice(records: Iterable[Record], state: State, teller: _Teller) -> Iterator[Finding]:
    """What was reopened is judged by what was recorded after that."""
    done: dict[str, kinds.Done | kinds.Closed] = {}
    waived: dict[str, kinds.Waived] = {}
    found: dict[str, list[Finding]] = {}
    for record in records:
        key, id = subject(record, state)
        own = found.setdefault(id, [])
        match record:
            case kinds.Reopened():
                done.pop(id, None)
                waived.pop(id, None)
                own.clear()
            case kinds.Waived():
                waived[id] = record
                if id in done:
                    own.append(teller.find("U716", record, key, id=id))
            case kinds.Done() | kinds.Closed():
                if id in waived:
                    own.append(teller.find("U716", record, key, id=id))
                before = done.setdefault(id, record)
                stands, other = sorted((before, record), key=_when)
                done[id] = stands
                day = kinds.happened(stands)
                if day != kinds.happened(other):
                    place, again = ("on", "done") if isinstance(other, kinds.Done) else ("at", "close")
                    detail = {"id": id, "day": day, "other": stands.head.line, "again": f"{again} {id} --{place}"}
                    own.append(teller.find("U711", other, place, **detail))
            case _:
                continue
    return (one for own in found.values() for one in own)


def _when(record: Record) -> str:
    at = getattr(record, "at", None)
    return at.isoformat() if at else kinds.happened(record).isoformat()


def _moved(records: Sequence[Record], shared: Sequence[Record], teller: _Teller) -> Iterator[Finding]:
    """Dates of one event or letter that were recorded later otherwise, be it beside."""
    told: dict[tuple[str, str], list[tuple[Record, str, Any]]] = {}
    ids: dict[tuple[str, str | None], str] = {}
    for record in sorted([*records, *shared], key=order):
        match record:
            case kinds.EventSet() | kinds.EventCancelled():
                place = (record.event, record.period.removesuffix(".1"))
                key = "date" if isinstance(record, kinds.EventSet) else "reason"
                value: Any = record.date if isinstance(record, kinds.EventSet) else f"({record.reason})"
            case kinds.Letter():
                number = letter_key(record)
                own = (number and f"{number} {record.key}") or record.letter_id or record.head.id
                # A correction may name the letter by number, by its first record, or by both.
                place = (record.activity, ids.get((record.activity, record.letter_id), own))
                ids.setdefault((record.activity, record.head.id), place[1])
                key, value = "due", record.due
            case _:
                continue
        told.setdefault(place, []).append((record, key, value))
    for place, dates in told.items():
        last, _, now = dates[-1]
        # What is shared is recorded in each register: its own line is the one to be looked at.
        ours = [one for one in dates if one[0] not in shared]
        stands = next((record.head.line for record, _, value in reversed(ours) if value == now), None)
        other = stands or f"{last.head.file}:{last.head.line}"
        for record, key, value in ours:
            if value != now:
                detail = {"id": _named(place, record), "now": _said(now), "other": other}
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
