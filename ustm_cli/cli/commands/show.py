"""`ustm show`: one activity: its text, its rule in words, its year."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ustm_cli.cli.completion import things
from ustm_cli.cli.faults import UseFault
from ustm_cli.cli.session import Session

if TYPE_CHECKING:
    from ustm_cli.deadlines.base import Rule
    from ustm_cli.plan.load import Placed, Plan
    from ustm_cli.register.records import Record
    from ustm_cli.register.standing import Row

FORMATS = ("table", "json")


def show(
    context: typer.Context,
    what: Annotated[
        str,
        typer.Argument(metavar="ACTIVITY[@PERIOD]", help="รหัสกิจกรรม หรือ กิจกรรม@งวด", autocompletion=things),
    ],
    format_: Annotated[str, typer.Option("--format", metavar="FORMAT", help="table json")] = "table",
) -> None:
    """กิจกรรมหนึ่ง: ข้อความ กฎ งานตลอดปี"""
    session: Session = context.obj
    if format_ not in FORMATS:
        raise UseFault("bad_choice", option="--format", value=format_, known=", ".join(FORMATS))
    from ustm_cli.cli.naming import of_one_office, typed, unknown_id
    from ustm_cli.cli.recording import case_named
    from ustm_cli.cli.registers import records_of
    from ustm_cli.cli.world import world_of
    from ustm_cli.register.records import order
    from ustm_cli.register.state import standing_id

    id = typed(what)
    world = world_of(session)
    case = None if world.placed(id) else case_named(world, id)
    asked = case.case.id if case else id
    activity, at, _ = asked.partition("@")
    found = world.placed(activity)
    rows = [row for row in world.rows if (row.obligation.id if at else row.obligation.activity) == id]
    rows = case.named(id) if case else rows
    if not (rows if at else found):
        raise unknown_id(world, id)
    files = [row.obligation.file for row in rows] if at else [plan.file for plan, _ in found]
    of_one_office(id, files)
    plan, placed = next(pair for pair in found if pair[0].file == files[-1]) if at else world.current(activity)
    rows = [row for row in rows if row.obligation.file == plan.file]
    ids = [of for row in rows for of in (row.obligation.id, standing_id(row.obligation))] if at else None
    records = records_of(session, world.registers[plan.file], activity, ids)
    records += world.records_beside(plan, [standing_id(row.obligation) for row in rows])
    records.sort(key=order)
    if format_ == "json":
        session.say(_json(plan, placed, rows, records, session))
    else:
        from ustm_cli.register.doubts import subject
        from ustm_cli.render.show import text

        state = world.registers[plan.file].state
        named = [(of if of != asked else "", one) for one in records for _, of in [subject(one, state)]]
        session.say(text(plan, placed, rows, session.voice, session.width, named))


def _json(plan: Plan, placed: Placed, rows: Sequence[Row], records: Sequence[Record], session: Session) -> str:
    from ustm_cli.render.findings import dump
    from ustm_cli.render.rows import as_json, record_json

    activity = placed.activity
    body = {
        "schema_version": 1,
        "activity": activity.id,
        "title": activity.title,
        "number": activity.number,
        "group": placed.group.title,
        "owner": placed.owner,
        "rules": [_said(timing.rule) | {"key": timing.key} for timing in placed.timings],
        "review": _said(placed.review) if placed.review else None,
        "send_to": activity.send_to,
        "follow_up": activity.follow_up,
        "target": activity.target.model_dump() if activity.target else None,
        "steps": activity.steps,
        "topics": activity.topics,
        "systems": activity.systems,
        "laws": activity.laws,
        "source": [item.model_dump(exclude_none=True) for item in activity.source],
        "obligations": [as_json(row) for row in rows],
        "records": [record_json(record) for record in records],
        "file": plan.file,
        "line": placed.line,
    }
    return dump(body, ascii_only=session.ascii_json)


def _said(rule: Rule) -> dict[str, Any]:
    from ustm_cli.deadlines.phrase import say, to_mapping

    return {"rule": to_mapping(rule), "phrase": {"th": say(rule, "th"), "en": say(rule, "en")}}
