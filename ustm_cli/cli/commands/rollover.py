"""`ustm rollover`: next year's plan from this one."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from ustm_cli.cli.faults import FaultyPlans, RunFault, UseFault
from ustm_cli.cli.session import Session, year_of

if TYPE_CHECKING:
    from ustm_cli.cli.world import World
    from ustm_cli.plan.carry import Carried
    from ustm_cli.plan.load import Loaded, Plan


class Made(NamedTuple):
    """A new plan that is ready to be written."""

    source: Plan
    path: Path
    name: str
    carried: Carried
    plan: Plan


def rollover(
    context: typer.Context,
    year: Annotated[str, typer.Argument(metavar="YEAR", help="ปีงบประมาณของแผนใหม่ เช่น 2565")],
    to: Annotated[str | None, typer.Option("--to", metavar="FILE", help="แฟ้มแผนใหม่ (ค่าปริยาย: ข้างแผนเดิม)")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="รายงานโดยไม่เขียน")] = False,
) -> None:
    """ทำแผนปีถัดไปจากแผนปีนี้"""
    session: Session = context.obj
    from ustm_cli.cli.files import create
    from ustm_cli.cli.world import world_of

    be_year = year_of(year)
    world = world_of(session)
    sources = _sources(world, be_year)
    if to is not None and len(sources) > 1:
        raise UseFault("rollover_several", count=len(sources))
    made = _made(session, world, sources, be_year, to)
    for one in made:
        if not dry_run:
            create(one.path, one.carried.text, one.name)
        session.say(_report(session, world, one, written=not dry_run))


def _sources(world: World, be_year: int) -> list[Plan]:
    """The plans of the last year before the wanted one. Raises UseFault."""
    years = [plan.fiscal_year for plan in world.plans if plan.fiscal_year < be_year]
    if not years:
        raise UseFault("rollover_backwards", year=be_year, last=max(plan.fiscal_year for plan in world.plans))
    return [plan for plan in world.plans if plan.fiscal_year == max(years)]


def _made(session: Session, world: World, sources: Sequence[Plan], be_year: int, to: str | None) -> list[Made]:
    """The new plans, all of them faultless, before the first is written. Raises RunFault and FaultyPlans."""
    from ustm_cli.cli.files import read
    from ustm_cli.cli.world import plan_files
    from ustm_cli.plan.carry import carried
    from ustm_cli.plan.source import decode

    paths = {name: path for path, name in plan_files(session)}
    made: list[Made] = []
    for source in sources:
        old = paths[source.file]
        path = session.cwd / to if to is not None else old.with_name(next_name(old, source.fiscal_year, be_year))
        name = to if to is not None else str(Path(source.file).with_name(path.name).as_posix())
        if path.exists() or path.is_symlink():
            raise RunFault("exists_already", file=name)
        if not path.parent.is_dir():
            raise RunFault("no_folder", folder=str(Path(name).parent))
        text = decode(read(old, source.file), source.file)[0]
        found = carried(text, be_year, partial(_ended, session, path, name, _happened(world, source)))
        made.append(Made(source, path, name, found, _faultless(session, world, path, name, found.text)))
    return made


def next_name(path: Path, old: int, new: int) -> str:
    """`fy2564.yaml` becomes `fy2565.yaml`; a name without its year gets the new one."""
    if str(old) in path.stem:
        return path.stem.replace(str(old), str(new)) + path.suffix
    return f"{path.stem}-{new}{path.suffix}"


def _happened(world: World, plan: Plan) -> set[str]:
    """The events of once that have their day, or will not be."""
    known = world.known(plan).events
    once = [event.id for event in plan.events.values() if event.every == "once"]
    return {id for id in once for of in known.get(id, {}).values() for one in of if one.on or one.cancelled}


def _ended(session: Session, path: Path, name: str, over: Collection[str], text: str) -> frozenset[str]:
    """The activities with a time from which nothing comes in the year of a text; `over` are events that were."""
    from ustm_cli.cli.world import days_off_of
    from ustm_cli.dates.fiscal import fiscal_year
    from ustm_cli.obligations import expand_activity
    from ustm_cli.plan.load import load

    plan = load(path, name, text.encode()).plan
    if plan is None:
        return frozenset()
    year, workdays = fiscal_year(plan.fiscal_year), days_off_of(plan, session).workdays
    ended: set[str] = set()
    for item in plan.activities:
        timed = [timing.rule for timing in item.timings if timing.rule.family != "receipt"]
        past = all(getattr(rule, "event", None) in over for rule in timed)
        if timed and (past or not expand_activity(plan, item, year, workdays)):
            ended.add(item.id)
    return frozenset(ended)


def _faultless(session: Session, world: World, path: Path, name: str, text: str) -> Plan:
    """The new plan as it will be read. Raises FaultyPlans where it could not be, or clashes with another one."""
    from ustm_cli.checks import check_together, errors
    from ustm_cli.cli.world import told
    from ustm_cli.plan.load import load

    loaded: Loaded = load(path, name, text.encode())
    faults = [one for one in loaded.faults if one.severity == "error"]
    if loaded.plan is not None:
        faults += errors(loaded.plan)
        faults += [one for one in check_together([*world.plans, loaded.plan], {}) if one.severity == "error"]
    if loaded.plan is None or faults:
        raise FaultyPlans(told(faults, [loaded], session))
    return loaded.plan


def _report(session: Session, world: World, made: Made, *, written: bool) -> str:
    from ustm_cli.cli.world import days_off_of
    from ustm_cli.dates.holidays import table
    from ustm_cli.render.rollover import report
    from ustm_cli.views.coming import coming

    plan = made.plan
    workdays = days_off_of(plan, session).workdays
    rows = [row for row in world.rows if row.obligation.file == made.source.file]
    found = coming(plan, workdays, rows)
    head = session.voice.say(
        "rollover_wrote" if written else "rollover_would", file=made.name, old=made.source.file, year=plan.fiscal_year
    )
    reviewed = plan.fiscal_year in table().reviewed
    shared = _shared_dates(plan)
    return report(
        head, made.carried, found, session.voice, session.width, reviewed=reviewed, shared=shared, year=plan.fiscal_year
    )


def _shared_dates(plan: Plan) -> list[str]:
    """The events of included files, which are left as they are, that work waits for on a day of another year."""
    from ustm_cli.checks import expected_elsewhere

    awaited = {event for placed in plan.activities for event in placed.events}
    awaited -= {event.id for event in plan.body.events}
    return [event for event, _ in expected_elsewhere(plan) if event in awaited]
