"""`ustm calendar`: a month or a fiscal year on the terminal."""

from __future__ import annotations

import re
import sys
from typing import Annotated

import typer

from ustm_cli.cli.completion import activities
from ustm_cli.cli.faults import UseFault
from ustm_cli.cli.naming import known_filters, names_of, typed_all
from ustm_cli.cli.session import Session, encodes
from ustm_cli.dates.era import (
    ENGLISH_MONTHS,
    OFFSET,
    THAI_MONTHS,
    THAI_SHORT_MONTHS,
    DateError,
    full_be_year,
    to_arabic,
)
from ustm_cli.dates.fiscal import Period, fiscal_year, fiscal_year_of, month, month_after
from ustm_cli.register.standing import STATUSES
from ustm_cli.views.agenda import Filters

FORMATS = ("table", "json")


def calendar(
    context: typer.Context,
    year: Annotated[bool, typer.Option("--year", help="ทั้งปีงบประมาณของวันนี้")] = False,
    month_: Annotated[
        str | None, typer.Option("--month", metavar="M", help="เดือนหนึ่ง เช่น 11, พ.ย., 2563-11 (ค่าปริยาย: เดือนนี้)")
    ] = None,
    group: Annotated[list[str] | None, typer.Option("--group", metavar="TEXT", help="เฉพาะกลุ่มงาน")] = None,
    owner: Annotated[list[str] | None, typer.Option("--owner", metavar="TEXT", help="เฉพาะผู้รับผิดชอบ")] = None,
    activity: Annotated[
        list[str] | None,
        typer.Option("--activity", metavar="ID", help="เฉพาะกิจกรรม", autocompletion=activities),
    ] = None,
    status: Annotated[list[str] | None, typer.Option("--status", metavar="STATUS", help="เฉพาะสถานะ")] = None,
    format_: Annotated[str, typer.Option("--format", metavar="FORMAT", help="table json")] = "table",
) -> None:
    """ปฏิทินในจอ: ปีงบประมาณ ต.ค.-ก.ย. หรือเดือนหนึ่งกับวันหยุดและวันที่ต้องทำงาน"""
    session: Session = context.obj
    if format_ not in FORMATS:
        raise UseFault("bad_choice", option="--format", value=format_, known=", ".join(FORMATS))
    for value in status or ():
        if value not in STATUSES:
            raise UseFault("bad_choice", option="--status", value=value, known=", ".join(STATUSES))
    if year and month_ is not None:
        raise UseFault("two_spans", options="--year --month")
    span = _span(session, month_, year=year)
    filters = Filters(names_of(group), names_of(owner), typed_all(activity), tuple(status or ()))
    from ustm_cli.cli.world import world_of
    from ustm_cli.render import calendar as text
    from ustm_cli.render.findings import dump
    from ustm_cli.views.calendar import calendar as calendar_of

    world = world_of(session)
    known_filters(filters, world.named)
    _tell_of_holidays(session, span)
    rows = [row for row in world.rows if filters.pass_(row)]
    found = calendar_of(rows, session.today, span, world.holidays(span.start, span.end), world.years)
    if format_ == "json":
        session.say(dump(text.as_data(found), ascii_only=session.ascii_json))
        return
    fancy = encodes(sys.stdout, "".join(text.FANCY))
    session.say(text.render(found, session.voice, session.width, colour=session.colour, fancy=fancy))


def _tell_of_holidays(session: Session, span: Period) -> None:
    from ustm_cli.dates.holidays import table

    covers = table().covers
    if (year := fiscal_year_of(span.start)) not in covers:
        session.tell(session.voice.say("calendar_no_holidays", year=year, first=covers[0], last=covers[-1]))


def _span(session: Session, text: str | None, *, year: bool) -> Period:
    if year:
        return fiscal_year(fiscal_year_of(session.today))
    return month_of(text, fiscal_year_of(session.today)) if text is not None else month_after(session.today, 0)


_NAMES = {
    re.sub(r"[.\s]", "", name).casefold(): number % 12 + 1
    for names in (THAI_MONTHS, THAI_SHORT_MONTHS, ENGLISH_MONTHS, [name[:3] for name in ENGLISH_MONTHS])
    for number, name in enumerate(names)
}


def month_of(text: str, be_year: int) -> Period:
    """The month that a user means; without a year, the one of the fiscal year `be_year`. Raises UseFault."""
    plain = re.sub(r"[.\s]", "", to_arabic(text)).casefold()
    match = re.fullmatch(
        r"(?P<number>\d{1,2})|(?P<iso>\d{4})-(?P<month>\d{1,2})|(?P<name>\D+)(?P<year>\d{4}|\d\d)?", plain
    )
    number = match and int(match["number"] or match["month"] or _NAMES.get(match["name"] or "", 0))
    if not match or not number or not 1 <= number <= 12:
        raise UseFault("bad_month", text=text)
    written = match["iso"] or match["year"]
    if not written:
        return month_after(fiscal_year(be_year).start, (number - 10) % 12)
    return month(_be_year(written, text) - OFFSET, number)


def _be_year(written: str, text: str) -> int:
    year = int(written)
    try:
        return full_be_year(year + OFFSET if 1900 <= year < 2300 else year, len(written))
    except DateError:
        raise UseFault("bad_month", text=text) from None
