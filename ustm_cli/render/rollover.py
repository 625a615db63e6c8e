"""The report of a rollover: what to look at before the new plan is used."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from ustm_cli.obligations import Obligation
from ustm_cli.plan.carry import Carried, Moved
from ustm_cli.render.voice import Voice
from ustm_cli.render.wrap import width as cells
from ustm_cli.render.wrap import wrap
from ustm_cli.views.coming import Coming

SHOWN = 12


def report(
    head: str,
    carried: Carried,
    found: Coming,
    voice: Voice,
    width: int,
    *,
    reviewed: bool,
    shared: Sequence[str],
    year: int,
) -> str:
    parts = [head, voice.say("rollover_counts", obligations=len(found.obligations), moved=len(carried.moved))]
    sections = (
        _section("rollover_moved", [*_moved(carried, found, voice)], voice, every=True),
        _section("rollover_left", [*_left(carried)], voice, every=True),
        _section("rollover_ended", list(carried.ended), voice, every=True),
        _section("rollover_mentions", [f"{item.line}: {item.text}" for item in carried.mentions], voice),
        _section("rollover_shared", shared, voice, every=True),
        [] if reviewed else [voice.say("rollover_unreviewed", year=year)],
        _section("rollover_weeks", [*_weeks(found, voice)], voice, every=True),
        _section("rollover_holidays", [*_holidays(found, voice)], voice, every=True),
        _section("rollover_open", [*_open(found, voice)], voice),
        [voice.say("rollover_next")],
    )
    lines = [line for part in parts for line in wrap(part, width)]
    for section in sections:
        if section:
            lines.append("")
            lines += [line for text in section for line in _wrapped(text, width)]
    return "\n".join(lines) + "\n"


def _wrapped(text: str, width: int) -> list[str]:
    """The text on lines of its own indentation; what follows is indented deeper, and lists break at their commas."""
    indent = len(text) - len(text.lstrip())
    if not indent:
        return wrap(text, width)
    lines: list[str] = []
    for piece in text.strip().split(", "):
        last = f"{lines[-1]}, {piece}" if lines else piece
        if lines and cells(last) <= width - indent - 3:
            lines[-1] = last
            continue
        if lines:
            lines[-1] += ","
        lines += wrap(piece, width - indent - 2)
    return [" " * (indent + 2 * (number > 0)) + line for number, line in enumerate(lines)]


def _section(key: str, items: Sequence[str], voice: Voice, *, every: bool = False) -> list[str]:
    """A heading with its count and its items; a long list is cut unless `every` one matters."""
    if not items:
        return []
    shown = list(items) if every else list(items[:SHOWN])
    more = [voice.say("rollover_more", count=len(items) - len(shown))] if len(shown) < len(items) else []
    return [voice.say(key, count=len(items)), *(f"  {item}" for item in [*shown, *more])]


def _moved(carried: Carried, found: Coming, voice: Voice) -> Iterator[str]:
    for item in carried.moved:
        key, days = _falls(item, found)
        told = ", ".join(voice.weekday_and_day(day) for day in sorted(days))
        yield f"{item.id}: {item.before} → {item.after}" + (f"  {voice.say(key, day=told)}" if told else "")


def _falls(item: Moved, found: Coming) -> tuple[str, set[date]]:
    """Where a moved date of an activity falls: its own rule's last days to act, or the days of its review."""
    if item.rule is not None:
        return "diff_act_by", {one.act_by for one in found.falls.get((item.id, item.rule), ()) if one.act_by}
    own = [one for one in found.obligations if one.activity == item.id and item.key == "when"]
    return "diff_review_by", {one.review_by for one in own if one.review_by}


def _left(carried: Carried) -> Iterator[str]:
    for item in carried.left:
        yield f"{item.id}: {item.key}: {item.words}" if item.id else f"{item.key}: {item.words}"


def _names(items: Iterable[Obligation]) -> str:
    counted = Counter(item.activity for item in items)
    return ", ".join(f"{id} ×{count}" if count > 1 else id for id, count in counted.items())


def _weeks(found: Coming, voice: Voice) -> Iterator[str]:
    for week in found.weeks:
        span = f"{voice.day(week.period.start)} - {voice.day(week.period.end)}"
        yield f"{span}  {voice.say('count', count=len(week.obligations))}: {_names(week.obligations)}"


def _holidays(found: Coming, voice: Voice) -> Iterator[str]:
    for run in found.holidays:
        span = f"{voice.weekday_and_day(run.start)} - {voice.weekday_and_day(run.end)}"
        parts = [voice.say("rollover_before", names=_names(run.before))] if run.before else []
        parts += [voice.say("rollover_after", names=_names(run.after))] if run.after else []
        yield f"{span}  {'; '.join(parts)}"


def _open(found: Coming, voice: Voice) -> Iterator[str]:
    ordered = sorted(
        found.open, key=lambda row: (row.status != "overdue", str(row.obligation.act_by), row.obligation.id)
    )
    for row in ordered:
        day = row.obligation.act_by or row.obligation.known_by
        yield f"{row.obligation.id}  {voice.status(row.status)}  {voice.day(day)}".rstrip()
