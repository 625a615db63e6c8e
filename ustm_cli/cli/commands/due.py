"""`ustm due`: what is due."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from ustm_cli.cli.completion import activities
from ustm_cli.cli.faults import UseFault
from ustm_cli.cli.session import Session, day_of
from ustm_cli.register.standing import STATUSES
from ustm_cli.views.agenda import Agenda, Filters, Span, Wanted, agenda, days, month, quarter, week, whole_year

FORMATS = ("table", "plain", "tsv", "csv", "json", "jsonl", "md", "ics")


def due(
    context: typer.Context,
    day: Annotated[bool, typer.Option("--day", help="วันนี้")] = False,
    week_: Annotated[bool, typer.Option("--week", help="สัปดาห์นี้ จันทร์-อาทิตย์ (ค่าปริยาย)")] = False,
    month_: Annotated[bool, typer.Option("--month", help="เดือนนี้")] = False,
    quarter_: Annotated[bool, typer.Option("--quarter", help="ไตรมาสนี้ของปีงบประมาณ")] = False,
    days_: Annotated[int | None, typer.Option("--days", metavar="N", help="N วันนับจากวันนี้")] = None,
    from_: Annotated[str | None, typer.Option("--from", metavar="DATE", help="ตั้งแต่วันที่")] = None,
    to: Annotated[str | None, typer.Option("--to", metavar="DATE", help="ถึงวันที่")] = None,
    overdue: Annotated[bool, typer.Option("--overdue", help="เฉพาะที่เกินกำหนด")] = False,
    awaiting: Annotated[bool, typer.Option("--awaiting", help="เฉพาะที่รอวัน")] = False,
    open_: Annotated[bool, typer.Option("--open", help="รวมงานที่เปิดให้ทำอยู่")] = False,
    all_: Annotated[bool, typer.Option("--all", help="รวมงานที่เสร็จแล้ว")] = False,
    group: Annotated[list[str] | None, typer.Option("--group", metavar="TEXT", help="เฉพาะกลุ่มงาน")] = None,
    owner: Annotated[list[str] | None, typer.Option("--owner", metavar="TEXT", help="เฉพาะผู้รับผิดชอบ")] = None,
    activity: Annotated[
        list[str] | None,
        typer.Option("--activity", metavar="ID", help="เฉพาะกิจกรรม", autocompletion=activities),
    ] = None,
    status: Annotated[list[str] | None, typer.Option("--status", metavar="STATUS", help="เฉพาะสถานะ")] = None,
    format_: Annotated[
        str, typer.Option("--format", metavar="FORMAT", help="table plain tsv csv json jsonl md ics")
    ] = "table",
) -> None:
    """งานที่ต้องทำในช่วงวัน"""
    session: Session = context.obj
    if format_ not in FORMATS:
        raise UseFault("bad_choice", option="--format", value=format_, known=", ".join(FORMATS))
    for value in status or ():
        if value not in STATUSES:
            raise UseFault("bad_choice", option="--status", value=value, known=", ".join(STATUSES))
    chosen = {
        "--day": day,
        "--week": week_,
        "--month": month_,
        "--quarter": quarter_,
        "--days": days_,
        "--from": from_ or to,
    }
    span = _span(
        session, [name for name, value in chosen.items() if value is not None and value is not False], days_, from_, to
    )
    wanted = Wanted(open=open_, all=all_, overdue=overdue, awaiting=awaiting)
    filters = Filters(tuple(group or ()), tuple(owner or ()), tuple(activity or ()), tuple(status or ()))
    from ustm_cli.cli.world import world_of

    world = world_of(session)
    _known_activities(filters, world.ids)
    found = agenda(world.rows, session.today, span, wanted, filters, world.holidays(span.start, span.end), world.years)
    if format_ == "ics":
        from ustm_cli.cli.commands.export import calendar_of
        from ustm_cli.cli.output import deliver

        deliver(session, calendar_of(world, found.rows), None, len(found.rows))
    else:
        session.say(_rendered(found, wanted, session, format_))


def _span(session: Session, chosen: list[str], count: int | None, start: str | None, end: str | None) -> Span:
    today = session.today
    if len(chosen) > 1:
        raise UseFault("two_spans", options=" ".join(chosen))
    match chosen:
        case ["--day"]:
            return days(today, 1)
        case ["--month"]:
            return month(today)
        case ["--quarter"]:
            return quarter(today)
        case ["--days"]:
            if not count or not 1 <= count <= 3660:
                raise UseFault("bad_number", option="--days", low=1, high=3660)
            return days(today, count)
        case ["--from"]:
            return _explicit(session, start, end)
        case _:
            return week(today)


def _explicit(session: Session, start: str | None, end: str | None) -> Span:
    """From..to; without a start from today, without an end to the end of the start's fiscal year."""
    from ustm_cli.dates.fiscal import fiscal_year_of

    first = day_of(start) if start else session.today
    last = day_of(end) if end else whole_year(fiscal_year_of(first)).end
    if first > last:
        raise UseFault("backwards", start=session.voice.day(first), end=session.voice.day(last))
    return Span(first, last, explicit=True)


def _known_activities(filters: Filters, ids: list[str]) -> None:
    from ustm_cli.cli.naming import unknown

    for wanted in filters.activities:
        if wanted not in ids:
            raise unknown(wanted, ids)


def _rendered(found: Agenda, wanted: Wanted, session: Session, format_: str) -> str:
    if format_ in ("json", "jsonl"):
        from ustm_cli.render.rows import agenda_json, as_json

        if format_ == "json":
            return json.dumps(agenda_json(found), ensure_ascii=session.ascii_json, indent=2) + "\n"
        return "".join(json.dumps(as_json(row), ensure_ascii=session.ascii_json) + "\n" for row in found.rows)
    if format_ in ("csv", "tsv"):
        from ustm_cli.render import flat

        return (flat.csv_text if format_ == "csv" else flat.tsv_text)(found.rows)
    if format_ == "md":
        from ustm_cli.render import markdown

        return markdown.render(found, wanted, session.voice)
    from ustm_cli.render import table

    if format_ == "plain":
        return table.plain(found, wanted, session.voice)
    return table.render(found, wanted, session.voice, session.width, colour=session.colour, fancy=session.fancy)
