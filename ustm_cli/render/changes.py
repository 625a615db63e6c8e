"""Changes of dates for those who approve them: a table, Markdown, JSON; and a plan's dates as lines."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from io import StringIO
from typing import Any

from ustm_cli.dates.era import format_be
from ustm_cli.obligations import Obligation
from ustm_cli.render.markdown import escape
from ustm_cli.render.voice import Voice
from ustm_cli.render.wrap import wrap
from ustm_cli.views.changes import KINDS, Change, Changes, Dates

WIDE = 96
_STYLES = {"added": "green", "removed": "red", "moved": "yellow", "waived": "dim", "restored": "green"}


def title(found: Changes, old: str, new: str, voice: Voice) -> str:
    counts = [voice.say(f"diff_count_{kind}", count=found.count(kind)) for kind in KINDS if found.count(kind)]
    if found.into_past:
        counts.append(voice.say("diff_count_past", count=found.into_past))
    return f"{old} → {new}: {', '.join(counts) or voice.say('diff_none')}"


def _notes(found: Changes, voice: Voice) -> list[str]:
    return [voice.say("diff_years", years=found.years)] if found.years else []


# ---- one change in words


def _days(dates: Dates | None, change: Change, voice: Voice) -> list[str]:
    """The lines of one side: deadline, day to act, day of review; what it awaits."""
    if dates is None:
        return []
    if dates.deadline is None:
        known = [voice.say("diff_known_by", day=voice.weekday_and_day(dates.known_by))] if dates.known_by else []
        state = change.obligation.state if dates is change.new else change.was or change.obligation.state
        return [voice.status("ongoing" if state == "ongoing" else "awaiting"), *known]
    lines = [voice.weekday_and_day(dates.deadline)]
    if dates.act_by != dates.deadline:
        lines.append(voice.say("diff_act_by", day=voice.weekday_and_day(dates.act_by)))
    if dates.review_by:
        lines.append(voice.say("diff_review_by", day=voice.weekday_and_day(dates.review_by)))
    other = change.old if dates is change.new else change.new
    if other and other.opens != dates.opens and dates.opens:
        lines.append(voice.say("diff_opens", day=voice.weekday_and_day(dates.opens)))
    return lines


def _what(change: Change, voice: Voice) -> list[str]:
    marks = [voice.say("diff_into_past")] if change.into_past else []
    marks += [voice.say("diff_lost_day")] if change.lost_day else []
    if change.kind == "waived" and change.obligation.cancelled:
        marks.append(change.obligation.cancelled)
    return [voice.say(f"diff_{change.kind}"), *marks]


# ---- table


def table(found: Changes, old: str, new: str, voice: Voice, width: int, *, colour: bool) -> str:
    parts = ["\n".join(wrap(title(found, old, new, voice), width))]
    if found.changes:
        parts.append(_table(found, voice, width, colour))
    parts += ["\n".join(wrap(note, width)) for note in _notes(found, voice)]
    return "\n".join(parts) + "\n"


def _table(found: Changes, voice: Voice, width: int, colour: bool) -> str:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    narrow = width < WIDE
    first = min(max(width // 4, 9), 15)
    sizes = [first, max(width - first - 6, 10)] if narrow else [14, width - 14 - 48 - 12, 24, 24]
    keys = (
        ("diff_col_what", "diff_col_work")
        if narrow
        else ("diff_col_what", "diff_col_work", "diff_col_old", "diff_col_new")
    )
    grid = Table(box=box.HORIZONTALS, show_lines=True, pad_edge=False, padding=(0, 1))
    for key, size in zip(keys, sizes, strict=True):
        grid.add_column("\n".join(wrap(voice.say(key), size)), width=size, overflow="fold", no_wrap=True)
    for change in found.changes:
        parts = _cells(change, voice, narrow=narrow, office=found.several_offices)
        cells = [_lines(cell, size) for cell, size in zip(parts, sizes, strict=True)]
        grid.add_row(*(Text("\n".join(cell)) for cell in cells), style=_STYLES[change.kind])
    out = StringIO()
    Console(
        file=out, width=width, force_terminal=colour, no_color=not colour, color_system="standard" if colour else None,
        legacy_windows=False, safe_box=False,
    ).print(grid, crop=False)  # fmt: skip
    return "\n".join(line.rstrip() for line in out.getvalue().rstrip("\n").split("\n"))


def _cells(change: Change, voice: Voice, *, narrow: bool, office: bool) -> list[list[str]]:
    what, item = _what(change, voice), change.obligation
    work = [item.title, f"{item.id} · {item.office}" if office and item.office else item.id]
    old, new = _days(change.old, change, voice), _days(change.new, change, voice)
    if not narrow:
        return [what, work, old, new]
    sides = [
        f"{voice.say(key)}: {', '.join(days)}" for key, days in (("diff_col_old", old), ("diff_col_new", new)) if days
    ]
    return [what, [*work, *sides]]


def _lines(paragraphs: Iterable[str], size: int) -> list[str]:
    return [line for paragraph in paragraphs if paragraph for line in wrap(paragraph, size)]


# ---- Markdown


def markdown(found: Changes, old: str, new: str, voice: Voice) -> str:
    lines = [f"## {voice.say('diff_title')}", "", escape(title(found, old, new, voice))]
    if found.changes:
        heads = [voice.say(key) for key in ("diff_col_what", "diff_col_work", "diff_col_old", "diff_col_new")]
        lines += ["", "| " + " | ".join(heads) + " |", "|" + " --- |" * len(heads)]
    for change in found.changes:
        cells = _cells(change, voice, narrow=False, office=found.several_offices)
        lines.append("| " + " | ".join("<br>".join(map(escape, cell)) for cell in cells) + " |")
    lines += [line for note in _notes(found, voice) for line in ("", escape(note))]
    return "\n".join(lines) + "\n"


# ---- JSON


def as_json(found: Changes, old: str, new: str) -> dict[str, Any]:
    return {
        "schema_version": 1,
        "today": found.today.isoformat(),
        "from": old,
        "to": new,
        "summary": {kind: found.count(kind) for kind in KINDS} | {"into_past": found.into_past},
        "changes": [_as_json(change) for change in found.changes],
    }


def _as_json(change: Change) -> dict[str, Any]:
    item = change.obligation
    return {
        "change": change.kind,
        "id": item.id,
        "activity": item.activity,
        "period": item.period,
        "fiscal_year": item.fiscal_year,
        "office": item.office,
        "province": item.province,
        "title": item.title,
        "group": item.group,
        "owner": item.owner,
        "old": _dates_json(change.old),
        "new": _dates_json(change.new),
        "into_past": change.into_past,
        "lost_day": change.lost_day,
        "file": item.file,
        "line": item.line,
    }


def _dates_json(dates: Dates | None) -> dict[str, Any] | None:
    if dates is None:
        return None
    named = dates._asdict()
    text = {name: format_be(day) for name, day in named.items() if day}
    return {name: day.isoformat() if day else None for name, day in named.items()} | {"text": text}


# ---- a plan's dates, for textconv


def dated_lines(obligations: Iterable[Obligation], voice: Voice) -> list[str]:
    """One line an obligation, in the order of the plan, the same for the same plan on every day."""
    return [_dated_line(item, voice) for item in obligations]


def _dated_line(item: Obligation, voice: Voice) -> str:
    def said(key: str, day: date | None) -> list[str]:
        return [voice.say(key, day=voice.weekday_and_day(day))] if day else []

    if item.deadline is None:
        days = [
            voice.status("awaiting" if item.state == "awaiting" else "ongoing"),
            *said("diff_known_by", item.known_by),
        ]
    else:
        days = [voice.weekday_and_day(item.deadline)]
        days += said("diff_act_by", item.act_by) if item.act_by != item.deadline else []
        days += said("diff_review_by", item.review_by)
    waived = [f"{voice.status('waived')}: {item.cancelled}"] if item.cancelled is not None else []
    return "  ".join([item.id, " · ".join([*days, *waived]), " ".join(item.title.split())])
