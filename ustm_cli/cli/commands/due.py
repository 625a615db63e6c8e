"""`ustm due`: what is due."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from ustm_cli.cli.completion import activities
from ustm_cli.cli.faults import UseFault
from ustm_cli.cli.naming import known_filters, names_of, typed_all
from ustm_cli.cli.session import Session, day_of
from ustm_cli.register.standing import STATUSES, Row
from ustm_cli.views.agenda import (
    Agenda,
    Filters,
    Span,
    Wanted,
    agenda,
    days,
    is_wanted,
    month,
    quarter,
    week,
    whole_year,
)

if TYPE_CHECKING:
    from ustm_cli.cli.country.atlas import Atlas
    from ustm_cli.views.roundup import Place, Roundup

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
    span = span_of(
        session, [name for name, value in chosen.items() if value is not None and value is not False], days_, from_, to
    )
    wanted = Wanted(open=open_, all=all_, overdue=overdue, awaiting=awaiting)
    filters = Filters(names_of(group), names_of(owner), typed_all(activity), tuple(status or ()))
    asked = Asked(span, wanted, filters)
    from ustm_cli.cli.country.folder import many

    folders = many(session) if format_ != "ics" else []
    if folders:
        from ustm_cli.cli.country.atlas import ask

        ask(session, folders, lambda atlas: _of_many(atlas, asked, session, format_))
    else:
        _of_few(asked, session, format_)


class Asked(NamedTuple):
    """What is asked of the plans."""

    span: Span
    wanted: Wanted
    filters: Filters


def _of_few(asked: Asked, session: Session, format_: str) -> None:
    from ustm_cli.cli.world import world_of

    world = world_of(session)
    known_filters(asked.filters, world.named)
    holidays = world.holidays(asked.span.start, asked.span.end)
    found = agenda(world.rows, session.today, *asked, holidays, world.years)
    if format_ == "ics":
        from ustm_cli.cli.commands.export import calendar_of
        from ustm_cli.cli.output import deliver

        deliver(session, calendar_of(world, found.rows), None, len(found.rows))
    elif format_ in ("table", "md"):
        session.say(_for_people(found, asked.wanted, session, format_))
    else:
        session.say("".join(_for_programs(found.rows, asked.span, session, format_)))


def _of_many(atlas: Atlas, asked: Asked, session: Session, format_: str) -> None:
    """Of more plans than are held at once."""
    known_filters(asked.filters, atlas.named)
    if format_ not in ("table", "md"):
        session.pour(_for_programs(_Chosen(atlas, asked), asked.span, session, format_))
        return
    from ustm_cli.views.roundup import Roundup

    found = _counted(atlas, asked, session) or _looked(atlas, asked, session)
    if isinstance(found, Roundup):
        from ustm_cli.render import roundup

        render = roundup.markdown if format_ == "md" else roundup.table
        session.say(render(found, asked.wanted, session.voice, session.width))
    else:
        session.say(_for_people(found, asked.wanted, session, format_))


def _looked(
    atlas: Atlas, asked: Asked, session: Session, passed: range = range(0), late: Mapping[Place, int] | None = None
) -> Agenda | Roundup:
    from ustm_cli.views.roundup import look

    rows, holidays = atlas.rows(*asked, passed), atlas.holidays(asked.span.start, asked.span.end)
    return look(rows, session.today, *asked, holidays, atlas.years, atlas.offices, late)


def _counted(atlas: Atlas, asked: Asked, session: Session) -> Roundup | None:
    """The roundup without a look at each row that is long overdue; None where that would not do."""
    from ustm_cli.views.roundup import Roundup

    weeks = atlas.settled(asked.span)
    late = None if any(asked.filters) or asked.wanted.only else atlas.late(weeks)
    found = _looked(atlas, asked, session, weeks, late) if late else None
    return found if isinstance(found, Roundup) else None


class _Chosen:
    """The rows wanted, read anew each time that they are gone through."""

    def __init__(self, atlas: Atlas, asked: Asked) -> None:
        self.atlas = atlas
        self.asked = asked

    def __iter__(self) -> Iterator[Row]:
        return (row for row in self.atlas.rows(*self.asked) if is_wanted(row, *self.asked))


def span_of(session: Session, chosen: list[str], count: int | None, start: str | None, end: str | None) -> Span:
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


def _for_programs(rows: Iterable[Row], span: Span, session: Session, format_: str) -> Iterable[str]:
    """A row at a time."""
    if format_ == "plain":
        from ustm_cli.render import table

        return table.plain(rows, session.today, session.voice)
    if format_ in ("csv", "tsv"):
        from ustm_cli.render import flat

        return (flat.csv_lines if format_ == "csv" else flat.tsv_lines)(rows)
    from ustm_cli.render.rows import agenda_json, json_lines

    if format_ == "jsonl":
        return json_lines(rows, ascii_only=session.ascii_json)
    return agenda_json(session.today, span, rows, ascii_only=session.ascii_json)


def _for_people(found: Agenda, wanted: Wanted, session: Session, format_: str) -> str:
    if format_ == "md":
        from ustm_cli.render import markdown

        return markdown.render(found, wanted, session.voice)
    from ustm_cli.render import table

    return table.render(found, wanted, session.voice, session.width, colour=session.colour)
