"""`ustm receive`: a request came in, and its clock runs."""

from __future__ import annotations

from typing import Annotated

import typer

from ustm_cli.cli.commands.done import By, Note
from ustm_cli.cli.completion import receivable
from ustm_cli.cli.faults import UseFault
from ustm_cli.cli.session import Session

At = Annotated[
    str | None, typer.Option("--at", metavar="MOMENT", help='เวลาที่เกิด เช่น "2563-11-16 14:20" (ค่าปริยาย: บัดนี้)')
]


def receive(
    context: typer.Context,
    activity: Annotated[str, typer.Argument(metavar="ACTIVITY", help="รหัสกิจกรรม", autocompletion=receivable)],
    at: At = None,
    ref: Annotated[str | None, typer.Option("--ref", metavar="REF", help="เลขรับหรือชื่อเรื่อง")] = None,
    by: By = None,
    note: Note = None,
) -> None:
    """รับเรื่องใหม่ และเริ่มนับเวลา"""
    from ustm_cli.cli.recording import Recorder, activity_of, moment_at, noise, text_of
    from ustm_cli.dates.fiscal import fiscal_year_of
    from ustm_cli.obligations import allows
    from ustm_cli.register.records import Received, case_period
    from ustm_cli.render.register import promise

    session: Session = context.obj
    number = text_of(ref, "--ref")
    recorder = Recorder(session, by, note)
    day = moment_at(session, at, needs_clock=False).date()
    plan, placed = activity_of(recorder.world, activity, day, "receipt", "not_received")
    clock = any(getattr(timing.rule, "unit", "") in ("minute", "hour") for timing in placed.timings)
    moment = moment_at(session, at, needs_clock=clock)
    if plan.fiscal_year != fiscal_year_of(day):
        raise UseFault("no_plan_for_day", day=session.voice.day(day), year=fiscal_year_of(day))
    if not allows(placed, day):
        bounds = {"from": placed.activity.from_, "until": placed.activity.until}
        said = ", ".join(f"{name}: {session.voice.day(bound)}" for name, bound in bounds.items() if bound)
        raise UseFault("not_received_then", id=placed.id, day=session.voice.day(day), bounds=said)
    register = recorder.world.registers[plan.file]
    cases = (one for one in register.state.cases.values() if one.activity == placed.id and number)
    same = next((one for one in cases if one.ref == number and one.received.date() == day), None)
    if same:
        recorder.say("received_already", id=same.id, ref=same.ref, at=session.voice.moment(same.received))
    else:
        id = f"{placed.id}@{case_period(plan.fiscal_year, moment, noise())}"
        record = Received(recorder.head(), id, moment, number)
        recorder.add(plan.file, record)
        clocks = (one for own, one in recorder.as_if(plan.file, record, [placed.id]).items() if own.startswith(id))
        for item in clocks:
            facts = {"at": session.voice.moment(moment), "promise": promise(item, session.voice)}
            recorder.say("recorded_received", id=item.id, title=item.title, **facts)
    recorder.write()
