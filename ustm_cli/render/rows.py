"""Rows of obligations as data: the one place that names their keys and columns."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any, cast

from ustm_cli.dates.era import OFFSET, format_be, month_name
from ustm_cli.dates.fiscal import Period
from ustm_cli.register.records import Record, as_data
from ustm_cli.register.standing import NOTHING_RECORDED, Row
from ustm_cli.render.voice import Voice
from ustm_cli.views.agenda import Span

DATES = ("opens", "deadline", "act_by", "review_by", "known_by", "done_on")
COLUMNS = (
    "id", "activity", "period", "fiscal_year", "office", "province", "title", "group", "owner", "send_to", "follow_up",
    "opens", "deadline", "act_by", "review_by", "known_by", "due_at", "status", "days_left", "done_on", "file", "line",
)  # fmt: skip


def as_json(row: Row) -> dict[str, Any]:
    """One obligation of `due --format json`; dates are ISO Gregorian, `text` holds them in Thai."""
    item = row.obligation
    days = {name: _day(row, name) for name in DATES}
    text = {name: format_be(day) for name, day in days.items() if day}
    recorded = _recorded(row)
    if recorded or item.due_at:
        received = row.clock.received if row.clock else None
        moments = {"due_at": item.due_at, "received_at": received, "closed_at": row.standing.done_at}
        text |= in_thai({"reviewed_on": row.reviewed_on, **moments})
    return {
        "id": item.id,
        "activity": item.activity,
        "period": item.period,
        "fiscal_year": item.fiscal_year,
        "office": item.office,
        "province": item.province,
        "title": item.title,
        "group": item.group,
        "owner": item.owner,
        "send_to": list(item.send_to),
        "follow_up": item.follow_up,
        "opens": _iso(days["opens"]),
        "deadline": _iso(days["deadline"]),
        "act_by": _iso(days["act_by"]),
        "review_by": _iso(days["review_by"]),
        "known_by": _iso(days["known_by"]),
        "due_at": _iso(item.due_at),
        "text": text,
        "status": row.status,
        "days_left": row.days_left,
        "done_on": _iso(days["done_on"]),
        "file": item.file,
        "line": item.line,
        **recorded,
    }


def in_thai(named: Mapping[str, date | Period | None]) -> dict[str, str]:
    """The text beside dates, moments and months: every one that is known, short, in Arabic digits."""
    return {name: _in_thai(one) for name, one in named.items() if one}


def _in_thai(one: date | Period) -> str:
    if isinstance(one, Period):
        return f"{month_name(one.start.month, 'short')} {one.start.year + OFFSET}"
    return Voice().moment(one) if isinstance(one, datetime) else format_be(one)


def _recorded(row: Row) -> dict[str, Any]:
    """What was recorded, where anything was; of a case also its clock and its steps."""
    standing, clock = row.standing, row.clock
    if standing == NOTHING_RECORDED and clock is None and row.obligation.cancelled is None:
        return {}
    found: dict[str, Any] = {
        "after_act_by": row.after_act_by,
        "done_by": standing.done_by,
        "reviewed_on": _iso(row.reviewed_on),
        "evidence": standing.evidence,
        "note": standing.note,
        "reason": standing.waived if standing.waived is not None else row.obligation.cancelled,
    }
    if clock is not None:
        found |= {
            "received_at": _iso(clock.received),
            "closed_at": _iso(standing.done_at),
            "ref": clock.ref,
            "paused": clock.paused,
        }
    return found | ({"steps": steps_json(row)} if row.obligation.state == "case" else {})


def steps_json(row: Row) -> list[dict[str, Any]]:
    """The steps of a case in order, each with the moment at which it was closed."""
    closed = row.clock.steps if row.clock else ()
    steps = row.obligation.steps
    moments = [*closed, *[None] * (len(steps) - len(closed))]
    return [
        {"step": number, "title": title, "closed_at": _iso(moment), "text": in_thai({"closed_at": moment})}
        for number, (title, moment) in enumerate(zip(steps, moments, strict=True), 1)
    ]


def _day(row: Row, name: str) -> date | None:
    return row.done_on if name == "done_on" else getattr(row.obligation, name)


def _iso(day: date | datetime | None) -> str | None:
    return day.isoformat() if day else None


def record_json(record: Record) -> dict[str, Any]:
    """A record with the keys that it has in its file, its dates as everywhere in JSON."""
    days = {name: one for name, one in record._asdict().items() if isinstance(one, (date, Period))}
    found = as_data(record)
    for name, one in days.items():
        found[name] = f"{one.start:%Y-%m}" if isinstance(one, Period) else one.isoformat()
    return found | {"text": in_thai({**days, "recorded": record.head.recorded})}


def agenda_json(today: date, span: Span, rows: Iterable[Row], *, ascii_only: bool) -> Iterator[str]:
    """The document of `due --format json`, row by row."""
    head = {"schema_version": 1, "today": today.isoformat(), "from": span.start.isoformat(), "to": span.end.isoformat()}
    yield json.dumps(head, indent=2)[:-2] + ',\n  "obligations": ['
    before = "\n    "
    for row in rows:
        yield before + json.dumps(as_json(row), ensure_ascii=ascii_only, indent=2).replace("\n", "\n    ")
        before = ",\n    "
    yield "]\n}\n" if before[0] == "\n" else "\n  ]\n}\n"


def json_lines(rows: Iterable[Row], *, ascii_only: bool) -> Iterator[str]:
    return (json.dumps(as_json(row), ensure_ascii=ascii_only) + "\n" for row in rows)


def cells(row: Row) -> list[str]:
    """The columns as text, for spreadsheets: lists joined, nothing for null."""
    found = as_json(row)
    return [_cell(found[name]) for name in COLUMNS]


def _cell(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(cast("list[str]", value))
    return "" if value is None else str(value)
