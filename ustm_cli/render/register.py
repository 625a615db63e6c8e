"""What is said of records: how long, how it ended, what is promised; events and cases as tables and as data."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from ustm_cli.deadlines.base import Happening
from ustm_cli.obligations import Obligation
from ustm_cli.register.records import Record, happened
from ustm_cli.register.standing import FINISHED, Row
from ustm_cli.render.columns import columns
from ustm_cli.render.flat import safe
from ustm_cli.render.voice import Voice
from ustm_cli.render.wrap import wrap
from ustm_cli.views.cases import CaseRow
from ustm_cli.views.events import EventRow

_UNITS = (("day", 86_400), ("hour", 3_600), ("minute", 60), ("second", 1))


def spell(length: timedelta, voice: Voice, *, office: bool = False) -> str:
    """A length of time in its two largest units: `2 ชม. 5 นาที`, `3 วัน`; `office` time, which has no days, in hours."""
    seconds = max(int(length.total_seconds()), 0)
    parts: list[str] = []
    for name, size in _UNITS[office:]:
        count, seconds = divmod(seconds, size)
        if count or (name == "second" and not parts):
            parts.append(voice.say(f"length_{name}", count=count))
        elif parts:
            break
        # Seconds are told alone.
        if len(parts) == 2 or (parts and name == "minute"):
            break
    return " ".join(parts)


def told_length(length: timedelta, voice: Voice, *, office: bool) -> str:
    """A length of time, and whether it is one of office hours."""
    text = spell(length, voice, office=office)
    return voice.say("in_office_hours", length=text) if office else text


def finished(row: Row, voice: Voice) -> str:
    """How work that is done came out against its days."""
    item = row.obligation
    facts = {"done": voice.day(row.done_on), "deadline": voice.day(item.deadline), "act_by": voice.day(item.act_by)}
    if item.deadline is None:
        return voice.say("finished", **facts)
    if row.status == "done_late" and row.done_on:
        return voice.say("finished_late", days=(row.done_on - item.deadline).days, **facts)
    return voice.say("finished_between" if row.after_act_by else "finished_in_time", **facts)


def promise(item: Obligation, voice: Voice) -> str:
    """By when a case is promised."""
    if item.due_at:
        return voice.say("promise", by=voice.moment(item.due_at))
    if item.deadline is None:
        return voice.say("no_promise")
    by = voice.weekday_and_day(item.deadline)
    if item.act_by == item.deadline:
        return voice.say("promise", by=by)
    return voice.say("promise_act_by", by=by, act_by=voice.weekday_and_day(item.act_by))


def closed(row: Row, took: str, voice: Voice) -> str:
    """How a closed case came out."""
    item = row.obligation
    key = "closed_late" if row.status == "done_late" else "closed_in_time" if item.deadline else "closed_after"
    return voice.say(key, took=took)


def happening(known: Happening | None, voice: Voice) -> str:
    """The day of an event, or its month, or that it is not held."""
    if known is None:
        return voice.say("event_unknown")
    letter = voice.say("of_letter", letter=known.letter) if known.letter else ""
    if known.cancelled is not None:
        return voice.say("event_cancelled", reason=known.cancelled) + letter
    if known.month:
        from ustm_cli.dates.era import OFFSET, month_name

        first = known.month.start
        month = f"{month_name(first.month, 'short', voice.lang)} {voice.number(first.year + OFFSET)}"
        return voice.say("event_in_month", month=month) + letter
    return voice.weekday_and_day(known.on) + letter


# ---- events


def events_table(rows: Sequence[EventRow], voice: Voice, width: int) -> str:
    if not rows:
        return voice.say("no_events")
    parts: list[str] = []
    for event in dict.fromkeys((row.file, row.event) for row in rows):
        own = [row for row in rows if (row.file, row.event) == event]
        parts.append("\n".join(wrap(f"{own[0].name} ({own[0].event})", width)))
        heads = [voice.say(key) for key in ("col_period", "col_day", "col_needed", "col_waiting")]
        cells = [
            [row.period, happening(row.known, voice), voice.day(row.needed_by), ", ".join(row.waiting)] for row in own
        ]
        before = ["; ".join(voice.say("event_was", day=happening(one, voice)) for one in row.before) for row in own]
        parts.append(columns(heads, cells, 3, width, below=before))
        parts.append("")
    return "\n".join(parts).rstrip("\n")


def events_json(rows: Sequence[EventRow]) -> dict[str, Any]:
    return {"schema_version": 1, "events": [_event_json(row) for row in rows]}


def _event_json(row: EventRow) -> dict[str, Any]:
    return {
        "event": row.event,
        "name": row.name,
        "period": row.period,
        **_happening_json(row.known, needed_by=row.needed_by),
        "needed_by": row.needed_by.isoformat() if row.needed_by else None,
        "waiting": list(row.waiting),
        "before": [_happening_json(one) for one in row.before],
        "file": row.file,
    }


def _happening_json(known: Happening | None, **beside: date | None) -> dict[str, Any]:
    """What is known of an event; `beside`: further dates whose text stands with that of its own."""
    from ustm_cli.render.rows import in_thai

    known = known or Happening()
    month = f"{known.month.start:%Y-%m}" if known.month else None
    day = known.on.isoformat() if known.on else None
    text = in_thai({"date": known.on, "month": known.month, **beside})
    return {"date": day, "month": month, "cancelled": known.cancelled, "letter": known.letter, "text": text}


# ---- cases


def cases_table(rows: Sequence[CaseRow], voice: Voice, width: int) -> str:
    if not rows:
        return voice.say("no_cases")
    heads = [voice.say(key) for key in ("col_case", "col_status", "col_time", "col_due")]
    cells = [
        [
            one.row.obligation.id,
            voice.say("status_paused")
            if one.case.paused and one.row.status not in FINISHED
            else voice.status(one.row.status),
            _time(one, voice),
            _due(one.row, voice),
        ]
        for one in rows
    ]
    return columns(heads, cells, 2, width, below=[_about(one, voice) for one in rows])


def _about(one: CaseRow, voice: Voice) -> str:
    received = voice.say("case_received", at=voice.moment(one.case.received))
    parts = (one.row.obligation.title, _ref(one, voice), received, _steps(one, voice))
    return " · ".join(part for part in parts if part)


def _ref(one: CaseRow, voice: Voice) -> str:
    return voice.say("case_ref", ref=one.case.ref) if one.case.ref else ""


def _steps(one: CaseRow, voice: Voice) -> str:
    steps = one.row.obligation.steps
    if not steps or one.case.closed:
        return ""
    if one.next_step is None:
        return voice.say("steps_all", count=len(steps))
    return voice.say("step_next", step=one.next_step, count=len(steps), name=steps[one.next_step - 1])


def _due(row: Row, voice: Voice) -> str:
    item = row.obligation
    return voice.moment(item.due_at) if item.due_at else voice.weekday_and_day(item.act_by)


def _time(one: CaseRow, voice: Voice) -> str:
    if one.case.closed:
        return voice.say("took", length=told_length(one.took, voice, office=one.office))
    return time_left(one.row, voice, one.left, office=one.office)


def time_left(row: Row, voice: Voice, own: timedelta | None = None, *, office: bool = False) -> str:
    """What is left of a running case's time, or by how much it is over; by the clock on the wall, or by its `own`."""
    if row.time_left is not None:
        key = "over_by" if row.time_left < timedelta() else "left_time"
        length = abs(row.time_left if own is None else own)
        return voice.say(key, length=told_length(length, voice, office=office))
    if row.days_left is None:
        return ""
    if row.days_left < 0:
        return voice.say("overdue_by", days=-row.days_left)
    return voice.say({0: "today", 1: "tomorrow"}.get(row.days_left, "left"), days=row.days_left)


_CASE_COLUMNS = (
    "id", "activity", "title", "ref", "received_at", "due_at", "deadline", "act_by", "status", "paused", "closed_at",
    "seconds", "seconds_left", "steps_closed", "steps", "office_hours",
)  # fmt: skip


def cases_json(rows: Sequence[CaseRow], now: datetime) -> dict[str, Any]:
    return {"schema_version": 1, "now": now.isoformat(timespec="seconds"), "cases": [_case_json(one) for one in rows]}


def _case_json(one: CaseRow) -> dict[str, Any]:
    from ustm_cli.render.rows import in_thai, steps_json

    item, case, row = one.row.obligation, one.case, one.row
    days = {"deadline": item.deadline, "act_by": item.act_by}
    moments = {"received_at": case.received, "due_at": item.due_at, "closed_at": case.closed}
    return {
        "id": item.id,
        "activity": case.activity,
        "title": item.title,
        "ref": case.ref,
        "received_at": case.received.isoformat(),
        "due_at": item.due_at.isoformat() if item.due_at else None,
        "deadline": item.deadline.isoformat() if item.deadline else None,
        "act_by": item.act_by.isoformat() if item.act_by else None,
        "status": row.status,
        "paused": case.paused,
        "closed_at": case.closed.isoformat() if case.closed else None,
        "text": in_thai({**moments, **days}),
        "seconds": int(one.took.total_seconds()),
        "seconds_left": int(one.left.total_seconds()) if one.left is not None else None,
        "office_hours": one.office,
        "case": case.id,
        "pauses": [[start.isoformat(), end.isoformat() if end else None] for start, end in case.pauses],
        "steps": steps_json(row),
    }


def cases_csv(rows: Sequence[CaseRow]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_CASE_COLUMNS)
    for one in rows:
        found = _case_json(one)
        found |= {"steps_closed": len(one.case.steps), "steps": len(one.row.obligation.steps)}
        writer.writerow(["" if found[name] is None else safe(str(found[name])) for name in _CASE_COLUMNS])
    return out.getvalue()


# ---- history


def history(records: Sequence[tuple[str, Record]], voice: Voice) -> list[str]:
    """What was recorded, and of what where it must be said, a line each, in the order in which it is read."""
    return [_told(id, record, voice) for id, record in records]


def _told(id: str, record: Record, voice: Voice) -> str:
    from ustm_cli.register.records import NAMES

    at = getattr(record, "at", None)
    when = voice.moment(at) if at else voice.day(happened(record))
    parts = [when, voice.say(f"kind_{NAMES[type(record)]}")]
    facts = record._asdict()
    for name in ("step", "reached", "total", "due", "date", "reason", "ref", "letter", "evidence"):
        value = facts.get(name)
        if value is not None:
            parts.append(voice.say(f"fact_{name}", value=_value(value, voice)))
    if record.head.note:
        parts.append(voice.say("fact_note", value=record.head.note))
    recorded = voice.say("recorded_by", by=record.head.by or "-", at=voice.moment(record.head.recorded))
    return " · ".join(part for part in (" ".join(parts), id, recorded) if part)


def _value(value: Any, voice: Voice) -> str:
    from ustm_cli.dates.fiscal import Period

    if isinstance(value, Period):
        return happening(Happening(month=value), voice)
    return voice.day(value) if isinstance(value, date) else voice.number(value)
