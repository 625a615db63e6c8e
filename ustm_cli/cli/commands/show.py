"""`ustm show`: one activity: its text, its rule in words, its year."""

from __future__ import annotations

from typing import Annotated

import typer

from ustm_cli.cli.faults import UseFault
from ustm_cli.cli.session import Session
from ustm_cli.cli.world import World
from ustm_cli.plan.load import Placed, Plan

FORMATS = ("table", "json")


def show(
    context: typer.Context,
    what: Annotated[str, typer.Argument(metavar="ACTIVITY[@PERIOD]", help="รหัสกิจกรรม หรือ กิจกรรม@งวด")],
    format_: Annotated[str, typer.Option("--format", metavar="FORMAT", help="table json")] = "table",
) -> None:
    """กิจกรรมหนึ่ง: ข้อความ กฎ งานตลอดปี"""
    session: Session = context.obj
    if format_ not in FORMATS:
        raise UseFault("bad_choice", option="--format", value=format_, known=", ".join(FORMATS))
    from ustm_cli.cli.naming import unknown
    from ustm_cli.cli.world import world_of

    world = world_of(session)
    activity, at, period = what.partition("@")
    found = world.placed(activity)
    if not found:
        raise unknown(activity, world.ids)
    rows = [row for row in world.rows if row.obligation.activity == activity]
    if at:
        matching = [row for row in rows if row.obligation.period == period]
        if not matching:
            raise unknown(what, [row.obligation.id for row in rows])
        rows = matching
        found = [pair for pair in found if pair[0].file == rows[0].obligation.file]
    plan, placed = found[-1]
    rows = [row for row in rows if row.obligation.file == plan.file]
    if format_ == "json":
        session.say(_json(world, plan, placed, rows, session))
    else:
        _say(plan, placed, rows, session)


def _json(world: World, plan: Plan, placed: Placed, rows: list, session: Session) -> str:  # type: ignore[type-arg]
    from ustm_cli.deadlines.phrase import say, to_mapping
    from ustm_cli.render.findings import dump
    from ustm_cli.render.rows import as_json

    activity = placed.activity
    body = {
        "schema_version": 1,
        "activity": activity.id,
        "title": activity.title,
        "number": activity.number,
        "group": placed.group.title,
        "owner": placed.owner,
        "rules": [{"rule": to_mapping(t.rule), "phrase": {"th": say(t.rule, "th"), "en": say(t.rule, "en")}, "key": t.key} for t in placed.timings],
        "review": {"rule": to_mapping(placed.review), "phrase": {"th": say(placed.review, "th"), "en": say(placed.review, "en")}} if placed.review else None,
        "send_to": activity.send_to,
        "follow_up": activity.follow_up,
        "target": activity.target.model_dump() if activity.target else None,
        "steps": activity.steps,
        "topics": activity.topics,
        "systems": activity.systems,
        "laws": activity.laws,
        "source": [item.model_dump(exclude_none=True) for item in activity.source],
        "obligations": [as_json(row) for row in rows],
        "file": plan.file,
        "line": placed.line,
    }
    return dump(body, ascii_only=session.ascii_json)


def _say(plan: Plan, placed: Placed, rows: list, session: Session) -> None:  # type: ignore[type-arg]
    from ustm_cli.deadlines.phrase import say
    from ustm_cli.render import due
    from ustm_cli.render.explain import phrase_of
    from ustm_cli.render.wrap import wrap

    voice, activity = session.voice, placed.activity

    def line(key: str, text: str | None) -> None:
        if text:
            label = f"{voice.say(key)}: "
            first, *rest = wrap(label + text, session.width)
            session.say("\n".join([first, *(part for piece in rest for part in wrap("  " + piece, session.width))]))

    session.say("\n".join(wrap(f"{activity.number + ' ' if activity.number else ''}{activity.title}", session.width)))
    places = [placed.group.title, placed.work_plan and placed.work_plan.title, placed.mission and placed.mission.title]
    line("show_where", " › ".join(place for place in places if place))
    line("show_when", "; ".join(phrase_of(timing.rule, voice) for timing in placed.timings) or voice.say("show_no_when"))
    if placed.review:
        line("show_review", voice.number(say(placed.review, voice.lang, headless=True) or ""))
    line("show_owner", placed.owner)
    line("col_send_to", ", ".join(activity.send_to))
    line("show_follow_up", activity.follow_up)
    if activity.target:
        line("show_target", f"{voice.number(activity.target.count)} {activity.target.unit or ''}".rstrip())
    for key, values in (("show_topics", activity.topics), ("show_systems", activity.systems), ("show_laws", activity.laws)):
        line(key, ", ".join(values))
    line("show_steps", " → ".join(f"{voice.number(n)}) {step}" for n, step in enumerate(activity.steps, 1)) if session.fancy else "; ".join(activity.steps))
    line("show_basis", activity.basis)
    line("show_note", activity.note)
    for source in activity.source:
        parts = [source.at]
        for key in ("printed", "read", "why", "arrows"):
            if value := getattr(source, key):
                parts.append(f"{voice.say(f'show_{key}')} “{value}”" if key in ("printed", "read") else f"{voice.say(f'show_{key}')} {value}")
        line("show_source", "; ".join(parts))
    for code, reason in activity.accepts.items():
        line("show_accepts", f"{code} {reason}")
    line("show_line", f"{plan.file}:{placed.line}")
    session.say("")
    session.say(voice.say("show_year", year=plan.fiscal_year) + ":")
    for row in rows:
        item = row.obligation
        parts = [due.when(row, voice), *_deadline(item, voice), voice.status(row.status), item.id]
        session.say("\n".join(wrap("  " + "  ".join(parts), session.width)))
    if not rows:
        session.say("  " + voice.say("show_nothing"))


def _deadline(item, voice) -> list[str]:  # type: ignore[no-untyped-def]
    return [voice.say("deadline_is", day=voice.weekday_and_day(item.deadline))] if item.deadline and item.deadline != item.act_by else []
