"""`ustm export`: whole plan years for calendar programs, spreadsheets and programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from ustm_cli.cli.commands.due import span_of
from ustm_cli.cli.completion import activities
from ustm_cli.cli.faults import UseFault
from ustm_cli.cli.naming import known_filters, names_of, typed_all
from ustm_cli.cli.session import Session
from ustm_cli.register.standing import STATUSES, Row
from ustm_cli.views.agenda import Agenda, Filters, Span, Wanted, agenda, order, whole_year

if TYPE_CHECKING:
    from ustm_cli.cli.world import World

FORMATS = ("ics", "xlsx", "csv", "json")
MOST_DAYS_BEFORE = 366


def export(
    context: typer.Context,
    format_: Annotated[str, typer.Argument(metavar="ics|xlsx|csv|json", help="ics xlsx csv json")],
    out: Annotated[str | None, typer.Option("--out", metavar="FILE", help="แฟ้มที่จะเขียน (ไม่บอก: ออกทางจอ)")] = None,
    reviews: Annotated[bool, typer.Option("--reviews", help="ics: วันเสนอผู้บังคับบัญชาเป็นนัดของตัวเอง")] = False,
    tentative: Annotated[bool, typer.Option("--tentative", help="ics: งานที่รอวัน เป็นนัดที่ยังไม่แน่ในวันที่ควรรู้วัน")] = False,
    alarms: Annotated[
        str | None, typer.Option("--alarms", metavar="N[,N]...", help="ics: เตือนก่อนกี่วัน เช่น 3 หรือ 7,1,0")
    ] = None,
    bom: Annotated[bool, typer.Option("--bom", help="csv: ใส่ BOM ให้ Excel อ่านไทยได้")] = False,
    month: Annotated[bool, typer.Option("--month", help="เดือนนี้")] = False,
    quarter: Annotated[bool, typer.Option("--quarter", help="ไตรมาสนี้ของปีงบประมาณ")] = False,
    days: Annotated[
        int | None, typer.Option("--days", metavar="N", help="N วันนับจากวันนี้ (ไม่บอกช่วง: ทั้งปีของทุกแผน)")
    ] = None,
    from_: Annotated[str | None, typer.Option("--from", metavar="DATE", help="ตั้งแต่วันที่")] = None,
    to: Annotated[str | None, typer.Option("--to", metavar="DATE", help="ถึงวันที่")] = None,
    group: Annotated[list[str] | None, typer.Option("--group", metavar="TEXT", help="เฉพาะกลุ่มงาน")] = None,
    owner: Annotated[list[str] | None, typer.Option("--owner", metavar="TEXT", help="เฉพาะผู้รับผิดชอบ")] = None,
    activity: Annotated[
        list[str] | None,
        typer.Option("--activity", metavar="ID", help="เฉพาะกิจกรรม", autocompletion=activities),
    ] = None,
    status: Annotated[list[str] | None, typer.Option("--status", metavar="STATUS", help="เฉพาะสถานะ")] = None,
) -> None:
    """ส่งออกแผนทั้งปีให้โปรแกรมปฏิทินและตารางคำนวณ"""
    session: Session = context.obj
    if format_ not in FORMATS:
        raise UseFault("bad_choice", option="export", value=format_, known=", ".join(FORMATS))
    _only(format_, "ics", {"--reviews": reviews, "--tentative": tentative, "--alarms": alarms is not None})
    _only(format_, "csv", {"--bom": bom})
    before = _days_before(alarms)
    for value in status or ():
        if value not in STATUSES:
            raise UseFault("bad_choice", option="--status", value=value, known=", ".join(STATUSES))
    spans = {"--month": month, "--quarter": quarter, "--days": days is not None, "--from": bool(from_ or to)}
    chosen = [name for name, value in spans.items() if value]
    span = span_of(session, chosen, days, from_, to) if chosen else None
    filters = Filters(names_of(group), names_of(owner), typed_all(activity), tuple(status or ()))
    from ustm_cli.cli.output import deliver
    from ustm_cli.cli.world import world_of

    world = world_of(session)
    known_filters(filters, world.named)
    found = _chosen(world, span, filters)
    if not found.rows:
        session.tell(session.voice.say("export_empty"))
    content = _content(format_, world, found, filters, reviews=reviews, tentative=tentative, alarms=before, bom=bom)
    deliver(session, content, out, len(found.rows), text=format_ != "xlsx")


def _only(format_: str, owner: str, given: Mapping[str, bool]) -> None:
    for option, value in given.items():
        if value and format_ != owner:
            raise UseFault("export_only", option=option, format=owner)


def _days_before(text: str | None) -> list[int]:
    """`7,1,0` as numbers, the longest first."""
    words = [word.strip() for word in text.split(",")] if text is not None else []
    if not all(word.isascii() and word.isdigit() and int(word[:5]) <= MOST_DAYS_BEFORE for word in words):
        raise UseFault("bad_number", option="--alarms", low=0, high=MOST_DAYS_BEFORE)
    return sorted({int(word) for word in words}, reverse=True)


def _chosen(world: World, span: Span | None, filters: Filters) -> Agenda:
    """What `due --all` holds of the span; without a span everything, with and without a date."""
    wanted = Wanted(all=True)
    years = [whole_year(year) for year in world.years]
    whole = span or Span(years[0].start, years[-1].end)
    found = agenda(world.rows, world.session.today, whole, wanted, filters, years=world.years)
    if span:
        return found
    return found._replace(rows=tuple(sorted(filter(filters.pass_, world.rows), key=order)))


def _content(
    format_: str,
    world: World,
    found: Agenda,
    filters: Filters,
    *,
    reviews: bool,
    tentative: bool,
    alarms: Sequence[int],
    bom: bool,
) -> bytes:
    if format_ == "json":
        from ustm_cli.render.rows import agenda_json

        text = "".join(agenda_json(found.today, found.span, found.rows, ascii_only=False))
        return text.encode("utf-8", "backslashreplace")
    if format_ == "csv":
        from ustm_cli.render.flat import csv_lines

        return "".join(("\ufeff" if bom else "", *csv_lines(found.rows))).encode("utf-8", "backslashreplace")
    if format_ == "xlsx":
        return _workbook(world, found, filters)
    return calendar_of(world, found.rows, reviews=reviews, tentative=tentative, alarms=alarms)


def _workbook(world: World, found: Agenda, filters: Filters) -> bytes:
    """The obligations and statistics of what was chosen; the table with the whole year's marks all the same."""
    from ustm_cli.render import xlsx
    from ustm_cli.views.excerpt import excerpt
    from ustm_cli.views.table import table
    from ustm_cli.views.tally import tally

    tables = [
        excerpt(
            table(year, [plan for plan in world.plans if plan.fiscal_year == year], world.rows, world.known), filters
        )
        for year in world.years
    ]
    return xlsx.render(found.rows, tables, tally(found.rows, found.today), world.session.voice)


def calendar_of(
    world: World, rows: Sequence[Row], *, reviews: bool = False, tentative: bool = False, alarms: Sequence[int] = ()
) -> bytes:
    """The rows as an iCalendar file, for `export` and `due`."""
    from ustm_cli.cli.moved import moves_of
    from ustm_cli.render import ics
    from ustm_cli.views.diary import diary

    voice = world.session.voice
    offices = dict.fromkeys(plan.body.office for plan in world.plans if plan.body.office)
    years = ", ".join(voice.number(year) for year in world.years)
    name = voice.say("ics_name", years=years, office=", ".join(offices)).strip()
    return ics.render(diary(rows, moves_of(world), reviews=reviews, expected=tentative), voice, name, alarms)


__all__ = ["FORMATS", "calendar_of", "export"]
