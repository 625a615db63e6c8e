"""The plans that a command reads together, their obligations, and how they stand."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from glob import glob, has_magic
from pathlib import Path

from ustm_cli.checks import beyond, check, check_together, code_of_year, errors, needed_first
from ustm_cli.cli.faults import PARTLY, FaultyPlans, RunFault, unreadable
from ustm_cli.cli.registers import (
    Register,
    ground_of,
    hidden_work,
    known_records,
    register_findings,
    registers_of,
    row_at,
    tell_faults,
)
from ustm_cli.cli.session import Session, Watched
from ustm_cli.dates.fiscal import fiscal_year, fiscal_year_of
from ustm_cli.dates.holidays import DaysOff, Holiday, table
from ustm_cli.deadlines.base import Known
from ustm_cli.obligations import Obligation, expand
from ustm_cli.plan.findings import Finding, each_once
from ustm_cli.plan.load import Loaded, Placed, Plan, load
from ustm_cli.register.doubts import subject
from ustm_cli.register.records import Record
from ustm_cli.register.standing import Row
from ustm_cli.register.state import State

PLAN_FOLDER = "plans"
YAML = (".yaml", ".yml")
_FISCAL_YEAR = re.compile(rb"^[\"']?fiscal_year[\"']?\s*:", re.MULTILINE)
_FIRST = re.compile(rb"^( *)[^\s#%-]", re.MULTILINE)
_SHARED = re.compile(rb"^(?:events|holidays|include)\s*:", re.MULTILINE)
_SHARED_ONLY = re.compile(
    rb"\A(?:(?:events|holidays|include)\s*:[^\n]*|[#\s-][^\n]*|)(?:\n(?:(?:events|holidays|include)\s*:[^\n]*|[#\s-][^\n]*|))*\Z"
)


@dataclass(frozen=True)
class World:
    """Plans of one run with all that was expanded from them. `torn`: the files left out for their faults, as lines."""

    session: Session
    plans: Sequence[Plan]
    registers: Mapping[str, Register]
    torn: Mapping[str, Sequence[str]] = field(default_factory=dict[str, Sequence[str]])

    def off(self, plan: Plan) -> DaysOff:
        return days_off_of(plan, self.session)

    def known(self, plan: Plan) -> Known:
        return self.registers[plan.file].state.known(self.session.now)

    @cached_property
    def obligations(self) -> Sequence[Obligation]:
        """Those of all plans; an id that stands in two years is the earlier plan's."""
        found: dict[tuple[str, str], Obligation] = {}
        for plan in sorted(self.plans, key=lambda plan: plan.fiscal_year):
            folder = plan.file.rpartition("/")[0]
            for obligation in expand(plan, self.off(plan).workdays, self.known(plan)):
                found.setdefault((folder, obligation.id), obligation)
        return list(found.values())

    @cached_property
    def rows(self) -> Sequence[Row]:
        states = {file: register.state for file, register in self.registers.items()}
        sisters: dict[str, list[State]] = {}
        for file, state in states.items():
            sisters.setdefault(file.rpartition("/")[0], []).append(state)
        return [
            row_at(self.session, item, states[item.file], sisters[item.file.rpartition("/")[0]])
            for item in self.obligations
        ]

    def records_beside(self, plan: Plan, ids: Iterable[str]) -> list[Record]:
        """What the registers beside a plan's tell of its obligations: their activity came from another file."""
        wanted = set(ids)
        registers = [self.registers[other.file] for other in _sisters(plan, self.plans) if other is not plan]
        return [
            record
            for register in registers
            for record in known_records(self.session, register)
            if (told := subject(record, register.state))[0] == "of" and told[1] in wanted
        ]

    @property
    def years(self) -> tuple[int, ...]:
        return tuple(sorted({plan.fiscal_year for plan in self.plans}))

    def holidays(self, start: object, end: object) -> list[Holiday]:
        """The days off of all offices from start to end, each once."""
        seen: dict[object, Holiday] = {}
        for plan in self.plans:
            for row in self.off(plan).rows:
                if start <= row.date <= end:  # type: ignore[operator]
                    seen.setdefault((row.date, row.th), row)
        return sorted(seen.values(), key=lambda row: row.date)

    def placed(self, activity: str) -> list[tuple[Plan, Placed]]:
        return [(plan, item) for plan in self.plans for item in plan.activities if item.id == activity]

    def torn_with(self, activity: str) -> list[str]:
        """The files left out for their faults that state an activity of that id."""
        id = re.compile(rf"""(?:^|[\s{{,-])id:\s*["']?{re.escape(activity)}["']?\s*(?:[,}}#]|$)""")
        return [file for file, lines in self.torn.items() if any(map(id.search, lines))]

    def current(self, activity: str) -> tuple[Plan, Placed]:
        """The activity as the plan of today's fiscal year, or of the nearest one, has it."""
        from ustm_cli.dates.fiscal import fiscal_year_of

        year = fiscal_year_of(self.session.today)
        return min(self.placed(activity), key=lambda place: abs(place[0].fiscal_year - year))

    @property
    def named(self) -> Iterator[tuple[str, str, str]]:
        """(group, owner, id) of every activity."""
        return ((item.group.title, item.owner, item.id) for plan in self.plans for item in plan.activities)

    @property
    def ids(self) -> list[str]:
        return sorted({item.id for plan in self.plans for item in plan.activities})


def days_off_of(plan: Plan, session: Session) -> DaysOff:
    return plan.days_off(session.as_of)


# ---- finding plans


def plan_files(session: Session) -> list[tuple[Path, str]]:
    """The plan files of this run, each with the name it is called by. Raises RunFault."""
    paths = [path for wanted in session.plans for path in _given(session.cwd, wanted)]
    if not session.plans:
        paths = _nearest(session.cwd)
    return named(session, paths)


def candidates(session: Session) -> list[Path]:
    """The files that --plan names; of a pattern's, nobody has looked yet which are plans. Raises RunFault."""
    return [path for wanted in session.plans for path in _matching(session.cwd, wanted) or _given(session.cwd, wanted)]


def named(session: Session, paths: Iterable[Path]) -> list[tuple[Path, str]]:
    """Each file once, called by its place below the one folder that holds `plans/`, else below the current one."""
    unique = list(dict.fromkeys(Path(os.path.normpath(path.absolute())) for path in paths))
    folders = {path.parent for path in unique}
    one = next(iter(folders)) if len(folders) == 1 else None
    base = one.parent if one and one.name == PLAN_FOLDER else session.cwd.absolute()
    return [(path, _relative(path, base)) for path in unique]


def _relative(path: Path, base: Path) -> str:
    try:
        return Path(os.path.relpath(path, base)).as_posix()
    except ValueError:
        # Another drive of Windows.
        return path.as_posix()


def _given(cwd: Path, wanted: str) -> list[Path]:
    path = cwd / wanted
    if path.is_dir():
        raise RunFault("is_folder", file=wanted)
    files = [file for file in _matching(cwd, wanted) if is_plan(file)] or ([path] if path.exists() else [])
    if not files:
        raise RunFault("no_file", file=wanted)
    return files


def _matching(cwd: Path, wanted: str) -> list[Path]:
    """The YAML files of a pattern, in order; none where it is the name of a file."""
    path = cwd / wanted
    if not has_magic(wanted) or path.exists():
        return []
    Session.patterns.add(str(path))
    found = (Path(name) for name in sorted(glob(str(path), recursive=True)))  # noqa: PTH207 (absolute patterns too)
    return [file for file in found if file.suffix in YAML and file.is_file()]


def _nearest(cwd: Path) -> list[Path]:
    for folder in (cwd, *cwd.parents):
        here = folder / PLAN_FOLDER
        if here.is_dir():
            names = (path for path in sorted(here.iterdir()) if path.suffix in YAML and path.is_file())
            files = [path for path in names if is_plan(path)]
            if files:
                return files
    raise RunFault("no_plan")


def is_plan(path: Path) -> bool:
    """Whether a YAML file is a plan: it states its fiscal year at the top level, or cannot be read to see that.

    Beside other plans (in a folder `plans`) one that merely forgot its fiscal year is, so that its fault is told;
    elsewhere other YAML files lie.
    """
    return _looks(path, forgot=path.parent.name == PLAN_FOLDER)


def may_be_plan(path: Path) -> bool:
    """Whether a YAML file that stands beside plans is one, or merely forgot its fiscal year."""
    return _looks(path, forgot=True)


def _looks(path: Path, *, forgot: bool) -> bool:
    try:
        with path.open("rb") as file:
            head = file.read(1 << 20)
    except OSError:
        return True
    text = _dedented(head.removeprefix(b"\xef\xbb\xbf").replace(b"\r", b"\n"))
    if _FISCAL_YEAR.search(text):
        return True
    return forgot and not (_SHARED.search(text) and _SHARED_ONLY.match(text))


def _dedented(text: bytes) -> bytes:
    """The text with its top level at the first column."""
    first = _FIRST.search(text)
    return re.sub(rb"(?m)^" + first[1], b"", text) if first and first[1] else text


# ---- loading them


def load_all(session: Session) -> list[Loaded]:
    """The plans of this run, as `load_those`."""
    return load_those(session, plan_files(session))


def load_those(session: Session, files: Iterable[tuple[Path, str]]) -> list[Loaded]:
    """Each plan as it was read; one that cannot be is told and left out. Raises RunFault where none can be read.

    A file that one of them includes is none for its faults: they are told as that plan's.
    """
    loaded: list[tuple[Path, Loaded]] = []
    refused: list[RunFault] = []
    for path, name in files:
        try:
            loaded.append((path, load_plan(path, name)))
        except RunFault as fault:
            refused.append(fault)
    for one in refused if loaded else refused[:-1]:
        session.tell(f"ustm: {session.voice.say(one.key, **one.facts)}")
        session.exit_code = PARTLY
    if refused and not loaded:
        raise refused[-1]
    included = {path for _, one in loaded for path, _ in one.included}
    return [one for path, one in loaded if one.plan or one.partial or path.resolve() not in included]


def load_plan(path: Path, name: str) -> Loaded:
    """One plan, which may come through a pipe where it was named outright. Raises RunFault."""
    if not path.is_file() or path.parts[1:2] in (("dev",), ("proc",)):
        # What came through a pipe, or from whatever file stdin is, is another the next time.
        Session.watched = Watched(frozenset(), frozenset(), complete=False)
    try:
        return load(path, name)
    except OSError as error:
        raise unreadable(error, name) from None


def world_of(session: Session) -> World:
    """The plans of this run, as `world_from`; years whose days off nobody reviewed are told as well."""
    files = plan_files(session)
    world = world_from(session, files, load_those(session, files))
    warn_of_holidays(session, unreviewed_years(world))
    return world


def world_from(session: Session, files: Sequence[tuple[Path, str]], loaded: Sequence[Loaded]) -> World:
    """The plans without faults; those with faults are told on stderr. Raises FaultyPlans where none is whole."""
    findings = [fault for item in loaded for fault in item.faults if fault.severity == "error"]
    good: list[Plan] = []
    for item in loaded:
        if item.plan is None:
            continue
        found = errors(item.plan)
        findings += found
        if not found:
            good.append(item.plan)
    together = [one for one in check_together(good, {}) if one.severity == "error"]
    bad = {one.file for one in together}
    good = [plan for plan in good if plan.file not in bad]
    findings += together
    if findings:
        text = told(findings, loaded, session)
        if not good:
            raise FaultyPlans(text)
        session.tell(text)
        session.exit_code = PARTLY
    registers = registers_of(session, good, {name: path for path, name in files})
    lines = {item.file: item.lines.get(item.file, ()) for item in loaded}
    torn = {name: lines.get(name, ()) for name in sorted({name for _, name in files} - {plan.file for plan in good})}
    world = World(session, good, registers, torn)
    tell_faults(session, registers.values(), _hidden_work(world, {_folder(file) for file in torn}))
    return world


def _hidden_work(world: World, torn: set[str]) -> Iterator[Finding]:
    """What is recorded as received or notified, not finished, and no obligation of any plan.

    `torn`: the folders with a plan at fault, of which nobody knows all that it has.
    """
    at_work = [
        (plan, register)
        for plan in world.plans
        if _folder(plan.file) not in torn
        and ((register := world.registers[plan.file]).state.cases or register.state.letters)
    ]
    by_folder: dict[str, list[Obligation]] = {}
    for item in world.obligations if at_work else ():
        by_folder.setdefault(_folder(item.file), []).append(item)
    for plan, register in at_work:
        ground = ground_of(plan, by_folder.get(_folder(plan.file), ()), _sisters(plan, world.plans))
        yield from hidden_work(world.session, register, ground)


def _folder(file: str) -> str:
    return file.rpartition("/")[0]


def _sisters(plan: Plan, plans: Iterable[Plan]) -> list[Plan]:
    """The plans of one folder."""
    return [other for other in plans if _folder(other.file) == _folder(plan.file)]


def _paths(session: Session) -> dict[str, Path]:
    return {name: path for path, name in plan_files(session)}


def told(findings: Sequence[Finding], loaded: Sequence[Loaded], session: Session) -> str:
    from ustm_cli.render.findings import full

    lines: Mapping[str, Sequence[str]] = {name: text for item in loaded for name, text in item.lines.items()}
    return full(each_once(findings), lines, session.voice, colour=False)


def unreviewed_years(world: World) -> list[int]:
    """The years of plans, and of days beyond them, whose days off nobody reviewed; without those that are accepted."""
    accepted = {plan.fiscal_year for plan in world.plans if "U405" in plan.body.accepts}
    years = {plan.fiscal_year for plan in world.plans} - table().reviewed - accepted
    first = fiscal_year(table().covers[0]).start
    ends = {plan.file: fiscal_year(plan.fiscal_year).end for plan in world.plans}
    far: dict[str, list[Obligation]] = {}
    for item in world.obligations:
        end = ends[item.file]
        if any(day and not first <= day <= end for day in (item.deadline, item.act_by, item.review_by)):
            far.setdefault(item.file, []).append(item)
    return sorted(years.union(*(beyond(plan, far[plan.file]) for plan in world.plans if plan.file in far)))


def warn_of_holidays(session: Session, years: Iterable[int]) -> None:
    """Tell of years that nobody reviewed, and of those of which nothing is known."""
    for key, code in (("not_reviewed", "U405"), ("not_known", "U411")):
        told = ", ".join(str(year) for year in sorted(years) if code_of_year(year) == code)
        if told:
            session.tell(session.voice.say(key, years=told))


def all_findings(session: Session, loaded: Sequence[Loaded]) -> Iterator[Finding]:
    """Every fault and doubt of all plans, sorted."""
    found = [fault for item in loaded for fault in item.faults]
    plans = [plan for item in loaded if (plan := item.plan or item.partial) is not None]
    paths = _paths(session)
    torn = paths.keys() - {item.file for item in loaded if item.plan is not None}
    registers = registers_of(session, plans, paths)
    obligations: dict[str, dict[str, list[Obligation]]] = {}
    for plan in plans:
        off = days_off_of(plan, session)
        known = registers[plan.file].state.known(session.now)
        today = session.today if fiscal_year_of(session.today) == plan.fiscal_year else None
        findings = check(plan, off, known, today)
        # Of a plan at fault nobody knows all that it has: neither what it would be warned of, nor what has a record.
        found += [one for one in findings if not (plan.file in torn and one.code == "U409")]
        if not any(one.severity == "error" for one in findings):
            by_activity: dict[str, list[Obligation]] = {}
            for item in expand(plan, off.workdays, known):
                by_activity.setdefault(item.activity, []).append(item)
            obligations[plan.file] = by_activity
    found += check_together(plans, obligations)
    hidden = {_folder(file) for file in torn}
    for plan in plans:
        told = _of_register(session, plan, registers[plan.file], plans, obligations)
        found += [one for one in told if not (_folder(plan.file) in hidden and one.code in ("U709", "U710", "U717"))]
    yield from each_once(needed_first(found))


def _of_register(
    session: Session,
    plan: Plan,
    register: Register,
    plans: Sequence[Plan],
    obligations: Mapping[str, Mapping[str, Sequence[Obligation]]],
) -> Iterator[Finding]:
    """What is to be said of a register, its obligations being those of all plans beside it."""
    sisters = _sisters(plan, plans)
    items = (item for other in sisters for own in obligations.get(other.file, {}).values() for item in own)
    whole = all(other.file in obligations for other in sisters)
    yield from register_findings(session, plan, register, ground_of(plan, items if whole else None, sisters))


__all__ = ["World", "all_findings", "load_all", "plan_files", "told", "world_of"]
