"""The agenda for people: what the table, the plain list and Markdown say of a row, and the lines around them."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from ustm_cli.register.standing import Row
from ustm_cli.render.voice import Voice
from ustm_cli.views.agenda import Agenda, Wanted

SHOWN_OVERDUE = 10


class Frame(NamedTuple):
    """The rows to show, the title above and the notes below them."""

    title: str
    rows: tuple[Row, ...]
    notes: tuple[str, ...]


def frame(agenda: Agenda, wanted: Wanted, voice: Voice) -> Frame:
    rows = agenda.rows
    notes: list[str] = []
    overdue = [row for row in rows if row.status == "overdue"]
    late = len(overdue) + agenda.overdue_before
    rest = [row for row in rows if row.status != "overdue"]
    if agenda.outside and not agenda.span.explicit and not wanted.only:
        notes += _outside(agenda, late, voice)
        overdue = []
    elif late > SHOWN_OVERDUE and not wanted.only and not agenda.span.explicit:
        notes.append(voice.say("more_overdue", count=late - SHOWN_OVERDUE))
        overdue = overdue[-SHOWN_OVERDUE:]
    shown = (*overdue, *rest)
    if not shown and not notes:
        notes.append(voice.say("nothing"))
    notes += around(agenda, wanted, voice)
    return Frame(title(agenda, wanted, len(rows) + agenda.overdue_before, voice), shown, tuple(notes))


def title(agenda: Agenda, wanted: Wanted, count: int | str, voice: Voice) -> str:
    start, end = agenda.span.start, agenda.span.end
    if wanted.only:
        what = ", ".join(voice.status(status) for status in wanted.only)
        span = voice.say("due_only", what=what)
    elif start == end:
        span = voice.say("due_title_day", start=voice.weekday_and_day(start))
    else:
        span = voice.say("due_title", start=voice.weekday_and_day(start), end=voice.weekday_and_day(end))
    stood = voice.say("stood_on", today=voice.weekday_and_day(agenda.today))
    return f"{span} · {stood} · {voice.say('count', count=count)}"


def _outside(agenda: Agenda, count: int, voice: Voice) -> list[str]:
    from ustm_cli.dates.era import format_be
    from ustm_cli.dates.fiscal import fiscal_year

    years = ", ".join(voice.number(year) for year in agenda.years)
    before, after = fiscal_year(min(agenda.years)).start, fiscal_year(max(agenda.years)).end
    nearest = before if agenda.today < before else after
    hints = [voice.say("outside_hint", day=format_be(nearest, "iso"))]
    if agenda.today > after:
        hints.append(voice.say("no_next_year", year=max(agenda.years) + 1))
    told = voice.say("outside", today=voice.day(agenda.today), years=years)
    return [f"{told} {voice.say('outside_open', count=count)}" if count else told, *hints]


def around(agenda: Agenda, wanted: Wanted, voice: Voice) -> list[str]:
    notes: list[str] = []
    if agenda.holidays and not wanted.only:
        named = dict.fromkeys(
            f"{voice.weekday_and_day(day.date)} {getattr(day, voice.lang)}" for day in agenda.holidays
        )
        notes.append(voice.say("holidays", names=", ".join(named)))
    if agenda.next_year_missing and not agenda.outside:
        notes.append(voice.say("no_next_year", year=agenda.next_year_missing))
    beside = {"open": agenda.open_beside, "awaiting": agenda.awaiting_beside, "running": agenda.running_beside}
    parts = [voice.say(f"beside_{name}", count=count) for name, count in beside.items() if count]
    if parts:
        notes.append(voice.say("beside", parts=" · ".join(parts)))
    return notes


def when(row: Row, voice: Voice) -> str:
    """The day to act by, or that it is awaited."""
    item = row.obligation
    if item.due_at:
        return voice.moment(item.due_at)
    if item.act_by:
        return voice.weekday_and_day(item.act_by)
    return voice.status(row.status)


def left(row: Row, voice: Voice) -> str:
    """How long is left, or how it ended."""
    if row.done_on:
        done = voice.say("done_on", status=voice.status(row.status), day=voice.day(row.done_on))
        return f"{done} {voice.say('between')}" if row.after_act_by else done
    if row.clock and row.clock.paused and row.status == "running":
        return voice.say("status_paused")
    if row.time_left is not None:
        from ustm_cli.render.register import time_left

        return time_left(row, voice)
    if row.days_left is None:
        return "" if row.status in ("awaiting", "ongoing") else voice.status(row.status)
    if row.days_left < 0:
        return voice.say("overdue_by", days=-row.days_left)
    return voice.say({0: "today", 1: "tomorrow"}.get(row.days_left, "left"), days=row.days_left)


def dates(row: Row, today: date, voice: Voice) -> list[str]:
    """What is to be said of the other days: the deadline where it differs, the review, the day to be told."""
    item = row.obligation
    parts: list[str] = []
    if item.deadline and item.deadline != item.act_by:
        parts.append(voice.say("deadline_is", day=voice.weekday_and_day(item.deadline)))
    if row.reviewed_on:
        parts.append(voice.say("reviewed_on", day=voice.day(row.reviewed_on)))
    elif item.review_by and row.status not in ("done", "done_late", "waived"):
        missed = item.review_by < today
        parts.append(voice.say("review_missed" if missed else "review_is", day=voice.weekday_and_day(item.review_by)))
    if row.clock and row.clock.ref:
        parts.append(voice.say("case_ref", ref=row.clock.ref))
    if row.clock and item.steps and row.status not in ("done", "done_late", "waived"):
        step = next((number for number, at in enumerate(row.clock.steps) if at is None), None)
        if step is not None:
            facts = {"step": step + 1, "count": len(item.steps), "name": item.steps[step]}
            parts.append(voice.say("step_next", **facts))
    if row.status == "awaiting" and item.known_by:
        parts.append(voice.say("known_by", day=voice.weekday_and_day(item.known_by)))
    return parts


def owner(row: Row, *, office: bool) -> str:
    """Whose work it is; `office`: of which office too, where there are several."""
    item = row.obligation
    own = item.owner if item.owner == item.group else f"{item.owner} ({item.group})"
    return f"{own} · {item.office}" if office and item.office else own
