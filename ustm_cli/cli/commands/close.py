"""`ustm close`: a case, or one of its steps, is finished."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from ustm_cli.cli.commands.done import By, Evidence, Note
from ustm_cli.cli.commands.receive import At
from ustm_cli.cli.completion import running
from ustm_cli.cli.faults import UseFault
from ustm_cli.cli.session import Session

if TYPE_CHECKING:
    from datetime import datetime

    from ustm_cli.cli.recording import Recorder, Running

CaseId = Annotated[
    str,
    typer.Argument(metavar="CASE", help="รหัสเรื่อง ต้นรหัส เช่น c1116k7 หรือกิจกรรมที่เปิดอยู่เรื่องเดียว", autocompletion=running),
]


def close(
    context: typer.Context,
    case: CaseId,
    step: Annotated[int | None, typer.Option("--step", metavar="N", help="ปิดเฉพาะขั้นตอนที่ N")] = None,
    at: At = None,
    evidence: Evidence = None,
    by: By = None,
    note: Note = None,
) -> None:
    """ปิดเรื่อง หรือขั้นตอนหนึ่งของเรื่อง"""
    from ustm_cli.cli.recording import Recorder, case_of, moment_at, text_of

    session: Session = context.obj
    moment = moment_at(session, at)
    ref = text_of(evidence, "--evidence")
    recorder = Recorder(session, by, note)
    found = case_of(recorder.world, case)
    if moment < found.case.received:
        facts = {"id": found.case.id, "at": session.voice.moment(found.case.received)}
        raise UseFault("before_receipt", moment=session.voice.moment(moment), **facts)
    if step is None:
        _whole(recorder, found, moment, ref)
    else:
        _step(recorder, found, step, moment)
    recorder.write()


def _whole(recorder: Recorder, found: Running, moment: datetime, evidence: str | None) -> None:
    from ustm_cli.cli.recording import own_clocks
    from ustm_cli.register.records import Closed
    from ustm_cli.register.standing import row_of
    from ustm_cli.register.state import state_of
    from ustm_cli.render.register import closed, told_length

    case, voice = found.case, recorder.session.voice
    if case.closed and case.closed <= moment:
        recorder.say("closed_already", id=case.id, at=voice.moment(case.closed))
        return
    record = Closed(recorder.head(), case.id, moment, evidence)
    recorder.add(found.file, record)
    now = state_of([*recorder.world.registers[found.file].records, record])
    items, own = recorder.as_if(found.file, record, [case.activity]), own_clocks(recorder.world)
    told = [row for row in found.rows if row.status != "waived"] or found.rows
    for item in (items[row.obligation.id] for row in told):
        row = row_of(item, now.standing(item), recorder.session.today, moment)
        clock = own(row)
        length = now.cases[case.id].took(moment, clock.between)
        took = told_length(length, voice, office=clock.office is not None)
        recorder.say("recorded_closed", id=item.id, title=item.title, what=closed(row, took, voice))


def _step(recorder: Recorder, found: Running, step: int, moment: datetime) -> None:
    from ustm_cli.register.records import StepClosed

    case, steps, voice = found.case, found.row.obligation.steps, recorder.session.voice
    if not 1 <= step <= len(steps):
        raise UseFault("no_step" if steps else "no_steps", id=case.id, step=step, count=len(steps))
    if case.closed:
        recorder.say("closed_already", id=case.id, at=voice.moment(case.closed))
        return
    if step in case.steps and case.steps[step] <= moment:
        recorder.say("step_already", id=case.id, step=step, at=voice.moment(case.steps[step]))
        return
    recorder.add(found.file, StepClosed(recorder.head(), case.id, step, moment))
    left = [number for number in range(1, len(steps) + 1) if number not in {*case.steps, step}]
    facts = {"id": case.id, "step": step, "count": len(steps), "name": steps[step - 1]}
    if left:
        recorder.say("recorded_step", **facts, next=left[0], next_name=steps[left[0] - 1])
    else:
        recorder.say("recorded_last_step", **facts)
