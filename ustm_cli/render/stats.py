"""Statistics as tables, as JSON and as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from ustm_cli.render.columns import GAP, columns
from ustm_cli.render.flat import safe
from ustm_cli.render.register import spell
from ustm_cli.render.voice import Voice
from ustm_cli.render.wrap import width as cells
from ustm_cli.render.wrap import wrap
from ustm_cli.views.stats import CaseTally, Stats, Tally, Target, Week

_TALLY = ("on_time", "late", "open", "overdue", "waived")
_BAR = 40
_SHORTEST_BAR = 8


def table(stats: Stats, voice: Voice, width: int) -> str:
    whole = stats.whole
    lines = [
        voice.say("stats_title", today=voice.weekday_and_day(stats.today)),
        voice.say("stats_whole", **{name: getattr(whole, name) for name in (*_TALLY, "awaiting")}),
    ]
    if whole.rate is not None:
        lines.append(voice.say("stats_rate", rate=_percent(whole.rate, voice)))
    if whole.after_act_by:
        lines.append(voice.say("stats_between", count=whole.after_act_by))
    parts = ["\n".join(line for text in lines for line in wrap(text, width))]
    parts.append(_section("stats_groups", _tallies(stats.groups, voice, width), voice, width))
    if [one.name for one in stats.owners] != [one.name for one in stats.groups]:
        parts.append(_section("stats_owners", _tallies(stats.owners, voice, width), voice, width))
    parts.append(_section("stats_months", _tallies(stats.months, voice, width), voice, width))
    parts.append(_section("stats_activities", _told_activities(stats.activities, voice, width), voice, width))
    parts.append(_section("stats_cases", _cases(stats.cases, voice, width), voice, width))
    if stats.targets:
        parts.append(_section("stats_targets", _targets(stats.targets, voice, width), voice, width))
    parts.append(_section("stats_weeks", _weeks(stats.weeks, voice, width), voice, width))
    return "\n\n".join(parts) + "\n"


def _section(key: str, text: str, voice: Voice, width: int) -> str:
    return "\n".join([*wrap(voice.say(key), width), text])


def _tallies(tallies: Sequence[Tally], voice: Voice, width: int) -> str:
    heads = ["", *(voice.say(f"col_{name}") for name in _TALLY), voice.say("col_rate")]
    rows = [
        [one.name, *(voice.number(getattr(one, name)) for name in _TALLY), _percent(one.rate, voice)] for one in tallies
    ]
    return columns(heads, rows, 0, width, range(1, 7))


def _told_activities(activities: Sequence[Tally], voice: Voice, width: int) -> str:
    """Those of which there is something to tell; the rest as a number."""
    told = [one for one in activities if one.on_time or one.late or one.overdue or one.waived]
    rest = len(activities) - len(told)
    parts = [_tallies(told, voice, width)] if told else []
    return "\n".join([*parts, *(wrap(voice.say("stats_only_open", count=rest), width) if rest else [])])


def _percent(share: float | None, voice: Voice) -> str:
    return voice.number(f"{share:.0%}") if share is not None else "-"


def _length(length: timedelta | None, voice: Voice, *, office: bool) -> str:
    return spell(length, voice, office=office) if length is not None else "-"


def _cases(cases: Sequence[CaseTally], voice: Voice, width: int) -> str:
    if not cases:
        return voice.say("stats_no_cases")
    keys = ("col_cases", "col_still_open", "col_overdue", "col_median", "col_p90", "col_kept")
    rows = [
        [
            _case_name(one, voice), *(voice.number(n) for n in (one.received, one.open, one.overdue)),
            *(_length(length, voice, office=one.office_hours) for length in (one.median, one.p90)),
            _percent(one.share, voice),
        ]
        for one in cases
    ]  # fmt: skip
    return columns(["", *(voice.number(voice.say(key)) for key in keys)], rows, 0, width, range(1, 7))


def _case_name(one: CaseTally, voice: Voice) -> str:
    return f"{one.activity} {one.title}" + (f" ({voice.say('by_office_hours')})" if one.office_hours else "")


def _targets(targets: Sequence[Target], voice: Voice, width: int) -> str:
    keys = ("col_progress", "col_share", "col_by", "col_pace")
    rows = [
        [
            f"{one.activity} {one.title}", voice.number(f"{one.reached}/{one.total}"),
            _percent(one.reached / one.total, voice), voice.day(one.by), _pace(one, voice),
        ]
        for one in targets
    ]  # fmt: skip
    return columns(["", *(voice.say(key) for key in keys)], rows, 0, width, (1, 2))


def _pace(one: Target, voice: Voice) -> str:
    if not one.left:
        return voice.say("pace_done")
    if one.pace is None:
        return voice.say("pace_over" if one.by else "pace_unknown", left=one.left)
    return voice.say("pace", pace=voice.number(f"{one.pace:.1f}"), days=one.workdays_left)


def _weeks(weeks: Sequence[Week], voice: Voice, width: int) -> str:
    heads = [voice.say(key) for key in ("col_week_days", "col_workdays", "col_due_count", "col_review_count")]
    rows = [
        [
            f"{one.period.id} {voice.day(one.period.start)} - {voice.day(one.period.end)}",
            *(voice.number(count) for count in (one.workdays, one.due, one.review)),
        ]
        for one in weeks
    ]
    longest = min(_BAR, width - sum(max(map(cells, column)) + len(GAP) for column in zip(heads, *rows, strict=True)))
    if longest < _SHORTEST_BAR:
        return columns(heads, rows, 0, width, (1, 2, 3))
    most = max((one.due for one in weeks), default=0)
    bars = [_bar(one.due, most, longest) for one in weeks]
    barred = [[*row, bar] for row, bar in zip(rows, bars, strict=True)]
    return columns([*heads, ""], barred, 4, width, (1, 2, 3))


def _bar(count: int, most: int, longest: int) -> str:
    length = count if most <= longest else round(count * longest / most)
    return "█" * length


# ---- data


def as_json(stats: Stats) -> dict[str, Any]:
    """Rates and shares from 0 to 1, times in seconds, days ISO Gregorian."""
    return {
        "schema_version": 1,
        "today": stats.today.isoformat(),
        "whole": _tally(stats.whole),
        "groups": [{"group": one.name, **_tally(one)} for one in stats.groups],
        "owners": [{"owner": one.name, **_tally(one)} for one in stats.owners],
        "activities": [{"activity": one.name, **_tally(one)} for one in stats.activities],
        "months": [{"month": one.name, **_tally(one)} for one in stats.months],
        "cases": [_case(one) for one in stats.cases],
        "targets": [_target(one) for one in stats.targets],
        "weeks": [_week(one) for one in stats.weeks],
    }


def _tally(one: Tally) -> dict[str, Any]:
    found = {name: getattr(one, name) for name in (*_TALLY, "awaiting", "after_act_by", "total")}
    return found | {"rate": _rounded(one.rate)}


def _rounded(share: float | None) -> float | None:
    return round(share, 4) if share is not None else None


def _seconds(length: timedelta | None) -> int | None:
    return round(length.total_seconds()) if length is not None else None


def _case(one: CaseTally) -> dict[str, Any]:
    return {
        "activity": one.activity,
        "title": one.title,
        "count": one.received,
        "open": one.open,
        "overdue": one.overdue,
        "median_seconds": _seconds(one.median),
        "p90_seconds": _seconds(one.p90),
        "promised": one.promised,
        "kept": one.kept,
        "share": _rounded(one.share),
        "office_hours": one.office_hours,
    }


def _target(one: Target) -> dict[str, Any]:
    from ustm_cli.render.rows import in_thai

    return {
        "activity": one.activity,
        "fiscal_year": one.fiscal_year,
        "title": one.title,
        "count": one.reached,
        "total": one.total,
        "unit": one.unit,
        "on": one.on.isoformat() if one.on else None,
        "by": one.by.isoformat() if one.by else None,
        "text": in_thai({"on": one.on, "by": one.by}),
        "left": one.left,
        "workdays_left": one.workdays_left,
        "pace": round(one.pace, 2) if one.pace is not None else None,
    }


def _week(one: Week) -> dict[str, Any]:
    from ustm_cli.render.rows import in_thai

    return {
        "week": one.period.id,
        "from": one.period.start.isoformat(),
        "to": one.period.end.isoformat(),
        "text": in_thai({"from": one.period.start, "to": one.period.end}),
        "due": one.due,
        "review": one.review,
        "workdays": one.workdays,
    }


_SECTIONS = ("groups", "owners", "activities", "months", "cases", "targets", "weeks")
_NAMES = ("group", "owner", "activity", "month", "activity", "activity", "week")


def as_csv(stats: Stats) -> str:
    """One table: `section` and `name`, then every number and day under its key of the JSON, whose Thai text of days is
    left out; what a section has not is empty.
    """
    data = as_json(stats)
    rows = [("whole", "", data["whole"])]
    for section, key in zip(_SECTIONS, _NAMES, strict=True):
        rows += [(section, str(item[key]), {k: v for k, v in item.items() if k != key}) for item in data[section]]
    keys = list(dict.fromkeys(key for _, _, item in rows for key in item if key != "text"))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["section", "name", *keys])
    for section, name, item in rows:
        cells = ("" if item.get(key) is None else safe(str(item[key])) for key in keys)
        writer.writerow([section, safe(name), *cells])
    return out.getvalue()
