"""The calendar on a terminal: a month as weeks with its days told below or beside, a fiscal year as months by days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from ustm_cli.dates.era import format_be, month_name, weekday_name
from ustm_cli.dates.fiscal import period_of
from ustm_cli.register.standing import Row
from ustm_cli.render import due
from ustm_cli.render.harmless import one_line
from ustm_cli.render.rows import as_json
from ustm_cli.render.voice import Voice
from ustm_cli.render.wrap import pad, wrap
from ustm_cli.render.wrap import width as cells_of
from ustm_cli.views.calendar import Calendar, Day, Month

SIDE_BY_SIDE = 120
GRID = 58  # the widest a month's weeks are drawn
LEAST_GRID = 42  # the narrowest; below that the days are told alone
WIDE_YEAR, NARROW_YEAR = 116, 54
MOST = {1: 9, 3: 99}  # the highest count that a day's cells hold
_RED, _DIM, _BOLD, _PLAIN = "\x1b[1;31m", "\x1b[2m", "\x1b[1m", "\x1b[0m"


class Signs(NamedTuple):
    """What stands for what: each differs in shape, none in colour alone."""

    due: str
    deadline: str
    review: str
    off: str
    awaiting: str
    rule: str
    here: str
    none: str
    weekend: str


FANCY = Signs("●", "◆", "○", "×", "?", "─", "▲", "·", "-")
PLAIN = Signs("*", "#", "o", "x", "?", "-", "^", ".", "-")


class Pen(NamedTuple):
    """How the calendar is drawn."""

    voice: Voice
    width: int
    signs: Signs
    colour: bool

    def paint(self, text: str, code: str) -> str:
        return f"{code}{text}{_PLAIN}" if self.colour and code and text.strip() else text


def render(calendar: Calendar, voice: Voice, width: int, *, colour: bool, fancy: bool) -> str:
    pen = Pen(voice, width, FANCY if fancy else PLAIN, colour)
    lines = _month(calendar, pen) if len(calendar.months) == 1 else _year(calendar, pen)
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _notes(calendar: Calendar, pen: Pen) -> Iterator[str]:
    voice = pen.voice
    if calendar.outside:
        years = ", ".join(voice.number(year) for year in calendar.years)
        yield from wrap(voice.say("calendar_outside", year=calendar.fiscal_year, years=years), pen.width)
    undated = {"awaiting": calendar.awaiting, "ongoing": calendar.ongoing}
    parts = [voice.say(f"calendar_{name}", count=count) for name, count in undated.items() if count]
    if parts:
        yield from wrap(voice.say("calendar_undated", parts=", ".join(parts)), pen.width)


def _legend(text: str, width: int) -> list[str]:
    """The explanations of signs, which two blanks keep apart, each whole in a line where it fits."""
    lines = [""]
    for part in text.split("  "):
        joined = f"{lines[-1]}  {part}" if lines[-1] else part
        if cells_of(joined) <= width:
            lines[-1] = joined
        else:
            lines.append(part)
    return [piece for line in lines for piece in wrap(line, width)]


# ---- a month


def _month(calendar: Calendar, pen: Pen) -> Iterator[str]:
    month, voice = calendar.months[0], pen.voice
    quarter = int(period_of("quarter", month.period.start).id[-1])
    name = f"{month_name(month.period.start.month, 'long', voice.lang)} {_year_of(month, voice)}"
    of_year = voice.say("calendar_quarter", quarter=quarter, year=calendar.fiscal_year)
    stood = voice.say("stood_on", today=voice.day(calendar.today))
    yield from wrap(f"{name} · {of_year} · {stood}", pen.width)
    yield ""
    if pen.width >= SIDE_BY_SIDE:
        yield from _beside(_weeks(month, calendar, pen, GRID), _told(month, pen, pen.width - GRID - 3), GRID + 3)
    else:
        if pen.width >= LEAST_GRID:
            yield from _weeks(month, calendar, pen, min(pen.width, GRID))
            yield ""
        yield from _told(month, pen, pen.width)
    yield ""
    yield from _notes(calendar, pen)


def _year_of(month: Month, voice: Voice) -> str:
    return voice.day(month.period.start).rpartition(" ")[2]


def _beside(left: Sequence[str], right: Sequence[str], at: int) -> Iterator[str]:
    for number in range(max(len(left), len(right))):
        first = left[number] if number < len(left) else ""
        second = right[number] if number < len(right) else ""
        yield first + " " * (at - cells_of(_unpainted(first))) + second


def _unpainted(text: str) -> str:
    for code in (_RED, _DIM, _BOLD, _PLAIN):
        text = text.replace(code, "")
    return text


def _weeks(month: Month, calendar: Calendar, pen: Pen, width: int) -> list[str]:
    """The weeks, Monday first: the days' numbers, and below them how many of what there are."""
    size = width // 7
    heads = [pad(weekday_name(number, "short", pen.voice.lang), size) for number in range(7)]
    lines = ["".join(heads), pen.signs.rule * (7 * size)]
    week: list[Day | None] = [None] * month.days[0].date.weekday()
    for day in month.days:
        week.append(day)
        if len(week) == 7 or day is month.days[-1]:
            lines.append("".join(_number_cell(one, calendar, pen, size) for one in week))
            lines.append("".join(_count_cell(one, pen, size) for one in week))
            week = []
    said = pen.voice.say("calendar_legend_month", **_sign_facts(pen))
    return [*lines, "", *_legend(said, width)]


def _sign_facts(pen: Pen) -> dict[str, str]:
    signs = pen.signs
    return {"due": signs.due, "deadline": signs.deadline, "review": signs.review, "off": signs.off}


def _number_cell(day: Day | None, calendar: Calendar, pen: Pen, size: int) -> str:
    if day is None:
        return " " * size
    number = pen.voice.number(day.date.day)
    text = f"[{number}]" if day.date == calendar.today else number
    text = f"{text} {pen.signs.off}" if day.off else text
    code = _BOLD if day.date == calendar.today else "" if day.workday else _DIM
    return pen.paint(pad(text, size), code)


def _count_cell(day: Day | None, pen: Pen, size: int) -> str:
    if day is None:
        return " " * size
    counts = ((pen.signs.due, day.due), (pen.signs.deadline, day.deadlines), (pen.signs.review, day.reviews))
    text = "".join(f"{sign}{pen.voice.number(len(rows))}" for sign, rows in counts if rows)
    if cells_of(text) >= size:
        text = pen.signs.due + "+"
    return pen.paint(pad(text, size), _RED if day.overdue else "")


def _told(month: Month, pen: Pen, width: int) -> list[str]:
    """Each day that has something: its days off, what is due, what else falls on it."""
    lines = [line for day in month.days for line in _day(day, month, pen, width)]
    if not any(day.due or day.deadlines or day.reviews for day in month.days):
        lines += wrap(pen.voice.say("calendar_nothing"), width)
    if month.awaiting:
        lines += ["", *wrap(f"{pen.voice.say('calendar_awaiting_month')}:", width)]
        for row in month.awaiting:
            known = pen.voice.weekday_and_day(row.obligation.known_by)
            lines += _item(pen.signs.awaiting, row, f"{pen.voice.say('known_by', day=known)}", width)
    return lines


def _day(day: Day, month: Month, pen: Pen, width: int) -> Iterator[str]:
    """A deadline on a later day is told where the work is due, by itself only when that was in another month."""
    voice = pen.voice
    deadlines = [row for row in day.deadlines if row.obligation.act_by not in month.period]
    if not (day.off or day.due or deadlines or day.reviews):
        return
    names = ", ".join(dict.fromkeys(one_line(one.th if voice.lang == "th" else one.en) for one in day.off))
    head = voice.weekday_and_day(day.date) + (f" {pen.signs.off} {names}" if names else "")
    for line in wrap(head, width):
        yield pen.paint(line, _BOLD if day.due else _DIM)
    for row in day.due:
        for line in _item(pen.signs.due, row, _remark(row, voice), width):
            yield pen.paint(line, _RED if row.status == "overdue" else "")
    for row in deadlines:
        yield from _item(pen.signs.deadline, row, voice.say("calendar_deadline"), width)
    for row in day.reviews:
        yield from _item(pen.signs.review, row, voice.say("calendar_review"), width)


def _remark(row: Row, voice: Voice) -> str:
    item = row.obligation
    later = item.deadline if item.deadline != item.act_by else None
    parts = [due.left(row, voice), voice.say("deadline_is", day=voice.weekday_and_day(later)) if later else ""]
    return ", ".join(part for part in parts if part)


def _item(sign: str, row: Row, remark: str, width: int) -> list[str]:
    """The title, what is to be remarked, and the id, which stands whole where there is room for it."""
    item = row.obligation
    room = max(width - 4, 1)
    lines = wrap(f"{one_line(item.title)} ({remark})" if remark else one_line(item.title), room)
    if cells_of(f"{lines[-1]} {item.id}") <= room:
        lines[-1] += f" {item.id}"
    else:
        lines += wrap(item.id, room)
    first, *rest = lines
    return [f"  {sign} {first}", *(f"    {line}" for line in rest)]


# ---- a fiscal year


class Form(NamedTuple):
    """How wide the year's grid is drawn: cells a day, a blank after the days 10 and 20, cells a month's name."""

    cell: int
    gaps: bool
    label: int

    def at(self, day: int) -> int:
        """Where the last cell of a day stands, from the left edge."""
        return self.label + day * self.cell + (self.gaps * (day > 10) + self.gaps * (day > 20)) - 1


def _year(calendar: Calendar, pen: Pen) -> Iterator[str]:
    voice = pen.voice
    title = voice.say("calendar_year", year=calendar.fiscal_year)
    stood = voice.say("stood_on", today=voice.day(calendar.today))
    yield from wrap(f"{title} · {stood}", pen.width)
    yield ""
    if pen.width >= WIDE_YEAR:
        yield from _grid(calendar, pen, Form(3, gaps=False, label=9))
    elif pen.width >= NARROW_YEAR:
        yield from _grid(calendar, pen, Form(1, gaps=True, label=9))
    else:
        yield from _totals(calendar, pen)
    yield ""
    if pen.width >= NARROW_YEAR:
        signs = {"off": pen.signs.off, "weekend": pen.signs.weekend, "none": pen.signs.none}
        most = MOST[3 if pen.width >= WIDE_YEAR else 1]
        yield from _legend(voice.say("calendar_legend_year", most=most, **signs), pen.width)
    yield from _notes(calendar, pen)


def _totals(calendar: Calendar, pen: Pen) -> Iterator[str]:
    for month in calendar.months:
        counts = f"{pen.voice.say('calendar_due')} {pen.voice.number(month.due)}"
        late = f"  {pen.voice.say('calendar_overdue')} {pen.voice.number(month.overdue)}" if month.overdue else ""
        yield from wrap(f"{pad(_label(month, pen.voice), 8)} {counts}{late}", pen.width)


def _label(month: Month, voice: Voice) -> str:
    return f"{month_name(month.period.start.month, 'short', voice.lang)} {_year_of(month, voice)[-2:]}"


def _grid(calendar: Calendar, pen: Pen, form: Form) -> Iterator[str]:
    voice = pen.voice
    heads = "".join(pad(voice.say(f"calendar_{key}"), 6, "right") for key in ("due", "overdue"))
    if form.cell == 1:
        yield _placed({day: voice.number(day // 10) for day in range(10, 32)}, form)
        yield _placed({day: voice.number(day % 10) for day in range(1, 32)}, form) + heads
    else:
        yield _placed({day: voice.number(day) for day in range(1, 32)}, form) + heads
    rule = pen.signs.rule * (form.at(31) + 1 + 12)
    for number, month in enumerate(calendar.months):
        if number % 3 == 0:
            yield rule
        yield _month_line(month, pen, form)
        if calendar.today in month.period:
            here = " " * form.at(calendar.today.day) + pen.signs.here
            said = voice.say("calendar_today", mark="", day=voice.weekday_and_day(calendar.today)).strip()
            before = form.at(calendar.today.day) - cells_of(said) - 1
            yield here + f" {said}" if before < form.label else " " * before + f"{said} {pen.signs.here}"
    yield rule


def _placed(texts: dict[int, str], form: Form) -> str:
    line = " " * form.label
    for day in range(1, 32):
        line += pad(texts.get(day, ""), form.at(day) + 1 - cells_of(line), "right")
    return line


def _month_line(month: Month, pen: Pen, form: Form) -> str:
    line, used = pad(_label(month, pen.voice), form.label), form.label
    for day in month.days:
        size = form.at(day.date.day) + 1 - used
        code = _RED if day.overdue else "" if day.due or day.workday else _DIM
        line += pen.paint(pad(_day_sign(day, pen, form), size, "right"), code)
        used += size
    late = pen.voice.number(month.overdue) if month.overdue else ""
    totals = pad(pen.voice.number(month.due), 6, "right") + pen.paint(pad(late, 6, "right"), _RED)
    return line + " " * (form.at(31) + 1 - used) + totals


def _day_sign(day: Day, pen: Pen, form: Form) -> str:
    if day.due:
        return pen.voice.number(len(day.due)) if len(day.due) <= MOST[form.cell] else "+"
    if day.off:
        return pen.signs.off
    return pen.signs.none if day.workday else pen.signs.weekend


# ---- for programs


def as_data(calendar: Calendar) -> dict[str, Any]:
    """The days with the ids of what falls on them, and the obligations once each."""
    days = list(calendar.days)
    rows = {row.obligation.id: row for day in days for row in (*day.due, *day.deadlines, *day.reviews)}
    rows |= {row.obligation.id: row for month in calendar.months for row in month.awaiting}
    return {
        "schema_version": 1,
        "today": calendar.today.isoformat(),
        "fiscal_year": calendar.fiscal_year,
        "from": days[0].date.isoformat(),
        "to": days[-1].date.isoformat(),
        "months": [
            {"month": one.period.id, "due": one.due, "overdue": one.overdue, "awaiting": _ids(one.awaiting)}
            for one in calendar.months
        ],
        "days": [
            {
                "date": day.date.isoformat(),
                "text": format_be(day.date),
                "workday": day.workday,
                "off": [{"th": one.th, "en": one.en} for one in day.off],
                "due": _ids(day.due),
                "deadlines": _ids(day.deadlines),
                "reviews": _ids(day.reviews),
            }
            for day in days
        ],
        "obligations": [as_json(row) for _, row in sorted(rows.items())],
    }


def _ids(rows: Iterable[Row]) -> list[str]:
    return [row.obligation.id for row in rows]
