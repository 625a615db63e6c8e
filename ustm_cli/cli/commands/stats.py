"""`ustm stats`: on time, late, open and waived; cases; targets; the load ahead."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from ustm_cli.cli.completion import activities
from ustm_cli.cli.faults import UseFault
from ustm_cli.cli.session import Session

if TYPE_CHECKING:
    from datetime import timedelta

    from ustm_cli.cli.world import World
    from ustm_cli.views.agenda import Filters
    from ustm_cli.views.stats import Aim, Stats

FORMATS = ("table", "json", "csv")
WEEKS = 53


def stats(
    context: typer.Context,
    group: Annotated[list[str] | None, typer.Option("--group", metavar="TEXT", help="เฉพาะกลุ่มงาน")] = None,
    owner: Annotated[list[str] | None, typer.Option("--owner", metavar="TEXT", help="เฉพาะผู้รับผิดชอบ")] = None,
    activity: Annotated[
        list[str] | None,
        typer.Option("--activity", metavar="ID", help="เฉพาะกิจกรรม", autocompletion=activities),
    ] = None,
    weeks: Annotated[int, typer.Option("--weeks", metavar="N", help="ดูงานล่วงหน้ากี่สัปดาห์")] = 8,
    format_: Annotated[str, typer.Option("--format", metavar="FORMAT", help="table json csv")] = "table",
) -> None:
    """สถิติ: ทันกำหนด ช้า ค้าง ยกเว้น เรื่องที่รับ เป้าหมาย และงานล่วงหน้า"""
    session: Session = context.obj
    if format_ not in FORMATS:
        raise UseFault("bad_choice", option="--format", value=format_, known=", ".join(FORMATS))
    if not 1 <= weeks <= WEEKS:
        raise UseFault("bad_number", option="--weeks", low=1, high=WEEKS)
    from ustm_cli.cli.naming import known_filters, names_of, typed_all
    from ustm_cli.cli.world import world_of
    from ustm_cli.render import stats as text
    from ustm_cli.views.agenda import Filters

    world = world_of(session)
    filters = Filters(names_of(group), names_of(owner), typed_all(activity))
    known_filters(filters, world.named)
    found = _found(world, filters, weeks)
    if format_ == "json":
        from ustm_cli.render.findings import dump

        session.say(dump(text.as_json(found), ascii_only=session.ascii_json))
    elif format_ == "csv":
        session.say(text.as_csv(found))
    else:
        session.say(text.table(found, session.voice, session.width))


def _found(world: World, filters: Filters, weeks: int) -> Stats:
    from ustm_cli.views.stats import stats as count

    rows = [row for row in world.rows if filters.pass_(row)]
    near = min(world.plans, key=lambda plan: abs(plan.fiscal_year - _year(world)))
    took, office = _took(world)
    aims, workdays = _aims(world, filters), world.off(near).workdays
    return count(rows, world.session.today, aims, took, workdays, weeks, office=office)


def _year(world: World) -> int:
    from ustm_cli.dates.fiscal import fiscal_year_of

    return fiscal_year_of(world.session.today)


def _took(world: World) -> tuple[dict[str, timedelta], set[str]]:
    """How long each closed case took, and which cases are counted in office hours: by the id of each of its clocks."""
    from ustm_cli.cli.recording import cases_of, own_clocks

    own = own_clocks(world)
    found = [(one.case, row.obligation.id, own(row)) for one in cases_of(world) for row in one.rows]
    took = {id: case.took(world.session.now, clock.between) for case, id, clock in found if case.closed}
    return took, {id for _, id, clock in found if clock.office}


def _aims(world: World, filters: Filters) -> list[Aim]:
    """The targets of the plans' activities, and what was recorded against a total of its own."""
    from ustm_cli.views.stats import Aim

    found: list[Aim] = []
    for plan in world.plans:
        progress = world.registers[plan.file].state.progress
        for placed in plan.activities:
            if not filters.pass_on(placed.group.title, placed.owner, placed.id):
                continue
            recorded, target = progress.get(placed.id), placed.activity.target
            if total := (recorded and recorded.total) or (target and target.count):
                unit, workdays = (target and target.unit) or "", world.off(plan).workdays
                title = placed.activity.title
                found.append(Aim(plan.file, plan.fiscal_year, placed.id, title, recorded, total, unit, workdays))
    return found
