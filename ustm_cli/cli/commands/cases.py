"""`ustm cases`: the requests that came in, and how their clocks stand."""

from __future__ import annotations

from typing import Annotated

import typer

from ustm_cli.cli.completion import receivable
from ustm_cli.cli.faults import UseFault
from ustm_cli.cli.session import Session

FORMATS = ("table", "json", "csv")


def cases(
    context: typer.Context,
    open_: Annotated[bool, typer.Option("--open", help="เฉพาะเรื่องที่ยังไม่ปิด")] = False,
    activity: Annotated[
        list[str] | None,
        typer.Option("--activity", metavar="ID", help="เฉพาะกิจกรรม", autocompletion=receivable),
    ] = None,
    format_: Annotated[str, typer.Option("--format", metavar="FORMAT", help="table json csv")] = "table",
) -> None:
    """เรื่องที่รับไว้ และเวลาที่เหลือ"""
    session: Session = context.obj
    if format_ not in FORMATS:
        raise UseFault("bad_choice", option="--format", value=format_, known=", ".join(FORMATS))
    from ustm_cli.cli.naming import known_filters, typed_all
    from ustm_cli.cli.recording import cases_of, own_clocks
    from ustm_cli.cli.world import world_of
    from ustm_cli.render import register as text
    from ustm_cli.views.agenda import Filters
    from ustm_cli.views.cases import case_rows

    filters = Filters(activities=typed_all(activity))
    world = world_of(session)
    known_filters(filters, world.named)
    own = own_clocks(world)
    found = [(one.case, row, own(row)) for one in cases_of(world) for row in one.rows if filters.pass_(row)]
    rows = case_rows(found, session.now, open_only=open_)
    if format_ == "json" or (format_ == "csv" and any(not one.case.closed for one in rows)):
        Session.fleeting = True  # the moment it is, or the seconds that an open case has taken until now
    if format_ == "json":
        from ustm_cli.render.findings import dump

        session.say(dump(text.cases_json(rows, session.now), ascii_only=session.ascii_json))
    elif format_ == "csv":
        session.say(text.cases_csv(rows))
    else:
        session.say(text.cases_table(rows, session.voice, session.width))
