"""The registers beside the plans of one run: read once, told once, written through here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from ustm_cli.cli.faults import RunFault, unreadable
from ustm_cli.cli.session import Session
from ustm_cli.dates.fiscal import fiscal_year
from ustm_cli.deadlines.events import periods_of
from ustm_cli.obligations import Obligation
from ustm_cli.plan.findings import Finding
from ustm_cli.plan.load import Plan, load
from ustm_cli.plan.source import NotRegular
from ustm_cli.register import store
from ustm_cli.register.doubts import Ground, doubts, hidden, subject
from ustm_cli.register.records import EventCancelled, EventSet, Record, order, read, to_line
from ustm_cli.register.standing import Clock, Row, row_of
from ustm_cli.register.state import State, standing_id, state_of

_OF_EVENTS = (EventSet, EventCancelled)
TOLD = 5
"""How many faults of registers a command other than check tells."""


class Register(NamedTuple):
    """The record of one plan, as read; `name` is what its findings call it.

    `records`: what counts for the plan, which is its own, and what the registers of plans beside it tell of events
    that they share. `beside`: where that was looked for.
    """

    path: Path
    name: str
    text: str
    records: Sequence[Record]
    findings: Sequence[Finding]
    state: State
    beside: Sequence[Path] = ()

    @property
    def lines(self) -> list[str]:
        return _lines(self.text)


def _lines(text: str) -> list[str]:
    return text.encode("utf-8", "replace").decode("utf-8").split("\n")


def registers_of(session: Session, plans: Iterable[Plan], paths: Mapping[str, Path]) -> dict[str, Register]:
    """By plan file; `paths` are the plans' own, and of others of the run. Raises RunFault."""
    plans = list(plans)
    found = {plan.file: _read(session, plan.file, paths[plan.file]) for plan in plans}
    known = {paths[plan.file]: _Beside(plan, found[plan.file]) for plan in plans}
    for plan in plans:
        events = _included_events(plan)
        if not events:
            continue
        own, path = found[plan.file], paths[plan.file]
        others = _others(session, plan.file, path, known)
        told = [
            record
            for other in others
            for record in other.register.records
            if isinstance(record, _OF_EVENTS) and record.event in events and _shares(plan, other.plan, record.event)
        ]
        beside = [path.parent, *(read for other in others for read in other.read)]
        records = [*own.records, *told]
        state = state_of(records, session.as_of) if told else own.state
        found[plan.file] = own._replace(records=records, state=state, beside=beside)
    return found


# ---- events that plans of a folder share


class _Beside(NamedTuple):
    """A plan (None: nobody can read it, or its register tells of no event) with its own register.

    `read`: where one that was not asked for was looked for.
    """

    plan: Plan | None
    register: Register
    read: Sequence[Path] = ()


def _included_events(plan: Plan) -> set[str]:
    """The ids of its events that other plans may include as well."""
    return {str(id) for (kind, id), place in plan.places.items() if kind == "events" and place.file != plan.file}


def _shares(plan: Plan, other: Plan | None, event: str) -> bool:
    """Whether an event that a plan includes is another's too: of the same file, for the same year.

    So it is taken to be where nobody can read the other.
    """
    if other is None:
        return True
    stated = other.places.get(("events", event))
    same = stated is not None and stated.file == plan.places["events", event].file
    return same and other.fiscal_year == plan.fiscal_year


def _others(session: Session, name: str, path: Path, known: dict[Path, _Beside]) -> list[_Beside]:
    """Those beside a plan, in order; what had to be read is `known` from then on."""
    try:
        names = set(path.parent.iterdir())
    except OSError:  # a folder may be passed through, and yet not be read
        names = set[Path]()
    others = sorted(one for one in names - {path} if one.suffix in (".yaml", ".yml"))
    others = [one for one in others if one in known or store.path_beside(one) in names]
    for one in others:
        if one not in known:
            known[one] = _read_beside(session, one, PurePosixPath(name).with_name(one.name).as_posix())
    return [known[one] for one in others]


def _read_beside(session: Session, path: Path, name: str) -> _Beside:
    """Of a plan that was not asked for, or has faults."""
    register = _read(session, name, path)
    if not any(isinstance(record, _OF_EVENTS) for record in register.records):
        return _Beside(None, register, [register.path])
    try:
        loaded = load(path, name)
    except OSError:
        return _Beside(None, register, [register.path, path])
    return _Beside(loaded.plan or loaded.partial, register, [register.path, path, *loaded.ways])


def _read(session: Session, plan_file: str, plan_path: Path) -> Register:
    path = store.path_beside(plan_path)
    name = PurePosixPath(plan_file).with_name(path.name).as_posix()
    try:
        text = store.read_text(path)
    except store.StoreFault as fault:
        raise RunFault("cannot_read", file=name, problem=fault.problem) from None
    except NotRegular as error:
        raise unreadable(error, name) from None
    records, findings = read(text, name)
    return Register(path, name, text, records, findings, state_of(records, session.as_of))


def tell_faults(session: Session, registers: Iterable[Register], lost: Iterable[Finding]) -> None:
    """Say on stderr what of the registers could not be read, or is no obligation: nobody shall wonder where it is."""
    faults = [
        *(one for register in registers for one in register.findings if one.severity == "error" or one.code == "U701"),
        *lost,
    ]
    if faults:
        from ustm_cli.render.findings import concise

        session.tell(concise(faults[:TOLD], session.voice))
        session.tell(session.voice.say("register_faults", count=len(faults)))


def row_at(session: Session, obligation: Obligation, own: State, others: Iterable[State]) -> Row:
    """The obligation's row from its plan's register, else from a sister's that knows it."""
    id, state = standing_id(obligation), own
    if id not in own.standings:
        state = next((one for one in others if id in one.standings), own)
    row = row_of(obligation, state.standing(obligation), session.today, session.now, clock_of(own, obligation))
    if row.time_left is not None:
        Session.fleeting = True
    return row


def clock_of(state: State, obligation: Obligation) -> Clock | None:
    case = state.case(obligation)
    if case is None:
        return None
    steps = tuple(case.steps.get(number) for number in range(1, len(obligation.steps) + 1))
    return Clock(case.received, case.ref, case.paused, steps)


def append(register: Register, records: Sequence[Record]) -> None:
    """Write records durably, all or none. Raises RunFault."""
    try:
        store.append(register.path, [to_line(record) for record in records])
    except store.StoreFault as fault:
        key = "register_locked" if fault.doing == "lock" else "register_not_written"
        raise RunFault(key, file=register.name, problem=fault.problem) from None


def known_records(session: Session, register: Register) -> list[Record]:
    """The records that were known on `--as-of`, by the moment recorded."""
    as_of = session.as_of
    return sorted((one for one in register.records if as_of is None or one.head.recorded.date() <= as_of), key=order)


def records_of(session: Session, register: Register, activity: str, ids: Sequence[str] | None = None) -> list[Record]:
    """The known records of an activity; with `ids`, of those obligations and cases only."""
    found: list[Record] = []
    for record in known_records(session, register):
        key, id = subject(record, register.state)
        if key != "event" and id.partition("@")[0] == activity and (ids is None or key == "activity" or id in ids):
            found.append(record)
    return found


def lines_of(session: Session, names: Iterable[str]) -> dict[str, list[str]]:
    """The lines of those registers among the named files, for carets."""
    from ustm_cli.cli.world import plan_files

    wanted = set(names)
    found: dict[str, list[str]] = {}
    for plan, name in plan_files(session):
        path = store.path_beside(plan)
        own = PurePosixPath(name).with_name(path.name).as_posix()
        if own in wanted:
            found[own] = _lines(store.read_text(path))
    return found


def event_periods(plan: Plan) -> dict[str, list[str]]:
    """The periods of the plan's year that each of its events has."""
    year = fiscal_year(plan.fiscal_year)
    return {event.id: [period.id for period in periods_of(event, year)] for event in plan.events.values()}


# ---- doubts


def ground_of(plan: Plan, obligations: Iterable[Obligation] | None, sisters: Iterable[Plan]) -> Ground:
    """What the register of a plan may speak of; `obligations` and `sisters` are those of all plans beside it."""
    return Ground(
        {placed.id: len(placed.activity.steps) for other in (*sisters, plan) for placed in other.activities},
        event_periods(plan),
        f"FY{plan.fiscal_year}",
        None if obligations is None else {id for item in obligations for id in (item.id, standing_id(item))},
    )


def hidden_work(session: Session, register: Register, ground: Ground) -> list[Finding]:
    """The cases and letters of a register that are not finished, and yet no obligation."""
    ids = hidden(register.state, ground)
    if not ids:
        return []
    named = ids | {id.partition("@")[0] for id in ids}
    found = _doubts(session, register, ground)
    return [one for one in found if one.code in ("U709", "U717") and one.detail["id"] in named]


def register_findings(session: Session, plan: Plan, register: Register, ground: Ground) -> Iterator[Finding]:
    """Faults and doubts of a register, those that its plan accepts marked so."""
    for finding in (*register.findings, *_doubts(session, register, ground)):
        reason = plan.body.accepts.get(finding.code)
        yield finding.accepted(reason) if reason and finding.severity == "warning" else finding


def _doubts(session: Session, register: Register, ground: Ground) -> list[Finding]:
    own: list[Record] = []
    shared: list[Record] = []
    for record in known_records(session, register):
        (own if record.head.file == register.name else shared).append(record)
    return doubts(own, register.state, ground, register.lines, shared)
