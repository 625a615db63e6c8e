"""One activity as text: what it is, when, for whom, where it comes from, and its year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ustm_cli.obligations import override_key
from ustm_cli.plan.load import Placed, Plan
from ustm_cli.plan.model import Source
from ustm_cli.register.records import Record
from ustm_cli.register.standing import Row
from ustm_cli.render import due
from ustm_cli.render.explain import phrase_of
from ustm_cli.render.register import history
from ustm_cli.render.voice import Voice
from ustm_cli.render.wrap import hang, wrap


def text(
    plan: Plan,
    placed: Placed,
    rows: Sequence[Row],
    voice: Voice,
    width: int,
    records: Sequence[tuple[str, Record]] = (),
) -> str:
    """`records`: each with the id of what it speaks of, "" where that is what was asked for."""
    activity = placed.activity
    number = f"{activity.number} " if activity.number else ""
    lines = wrap(number + activity.title, width)
    for key, value in _facts(plan, placed, voice):
        if value:
            lines += hang(f"{voice.say(key)}: {value}", width, 2)
    lines += ["", voice.say("show_year", year=plan.fiscal_year) + ":"]
    lines += [line for row in rows for line in hang("  " + _row(row, placed, voice), width, 4)]
    if not rows:
        lines.append("  " + voice.say("show_nothing"))
    if records:
        lines += ["", voice.say("history") + ":"]
        lines += [line for told in history(records, voice) for line in hang("  " + told, width, 4)]
    return "\n".join(lines)


def _facts(plan: Plan, placed: Placed, voice: Voice) -> Iterator[tuple[str, str | None]]:
    """(key of its label, text) of all that is known of the activity."""
    activity = placed.activity
    places = [placed.group.title, placed.work_plan and placed.work_plan.title, placed.mission and placed.mission.title]
    phrases = [phrase_of(timing.rule, voice, plan.events) for timing in placed.timings]
    review = phrase_of(placed.review, voice, plan.events, headless=True) if placed.review else None
    target = activity.target
    yield "show_where", " / ".join(place for place in places if place)
    yield "show_when", "; ".join(phrases) or voice.say("show_no_when")
    yield "show_review", review
    yield "show_owner", placed.owner
    yield "col_send_to", ", ".join(activity.send_to)
    yield "show_follow_up", activity.follow_up
    yield "show_target", f"{voice.number(target.count)} {target.unit or ''}".rstrip() if target else None
    yield "show_topics", ", ".join(activity.topics)
    yield "show_systems", ", ".join(activity.systems)
    yield "show_laws", ", ".join(activity.laws)
    yield "show_steps", "; ".join(f"{voice.number(n)}) {step}" for n, step in enumerate(activity.steps, 1))
    yield "show_basis", activity.basis
    yield "show_note", activity.note
    for source in activity.source:
        yield "show_source", _source(source, voice)
    for code, reason in activity.accepts.items():
        yield "show_accepts", f"{code} {reason}"
    yield "show_line", f"{plan.file}:{placed.line}"


def _source(source: Source, voice: Voice) -> str:
    quoted = [(key, getattr(source, key)) for key in ("printed", "read")]
    parts = [source.at, *(f"{voice.say(f'show_{key}')} “{value}”" for key, value in quoted if value)]
    told = [(key, getattr(source, key)) for key in ("why", "arrows")]
    return "; ".join([*parts, *(f"{voice.say(f'show_{key}')} {value}" for key, value in told if value)])


def _row(row: Row, placed: Placed, voice: Voice) -> str:
    item = row.obligation
    parts = [due.when(row, voice)]
    if item.deadline and item.deadline != item.act_by:
        parts.append(voice.say("deadline_is", day=voice.weekday_and_day(item.deadline)))
    if row.status == "awaiting" and item.known_by:
        parts.append(voice.say("known_by", day=voice.weekday_and_day(item.known_by)))
    if item.act_by:
        parts.append(voice.status(row.status))
    return "  ".join([*parts, item.id, *_otherwise(row, placed, voice)])


def _otherwise(row: Row, placed: Placed, voice: Voice) -> Iterator[str]:
    """Why it is not as the rule has it: cancelled, or moved by the plan; with the letter that says so."""
    item = row.obligation
    letter = voice.say("letter", letter=item.letter) if item.letter else ""
    override = placed.activity.overrides.get(override_key(placed, item.period))
    if item.cancelled:
        yield voice.say("fact_reason", value=item.cancelled) + letter
    elif override and override.deadline:
        reason = f": {override.reason}" if override.reason else ""
        yield voice.say("step_override", day=voice.weekday_and_day(override.deadline), reason=reason, letter=letter)
