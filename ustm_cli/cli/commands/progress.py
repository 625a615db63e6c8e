"""`ustm progress`: how far an activity has come against its target."""

from __future__ import annotations

from typing import Annotated

import typer

from ustm_cli.cli.commands.done import By, Note, On
from ustm_cli.cli.completion import activities
from ustm_cli.cli.faults import UseFault
from ustm_cli.cli.session import Session

LARGEST = 10**9


def progress(
    context: typer.Context,
    activity: Annotated[str, typer.Argument(metavar="ACTIVITY", help="รหัสกิจกรรม", autocompletion=activities)],
    count: Annotated[int, typer.Argument(metavar="COUNT", help="จำนวนที่ทำได้แล้ว")],
    of: Annotated[int | None, typer.Option("--of", metavar="N", help="จากทั้งหมด (ค่าปริยาย: เป้าหมายในแผน)")] = None,
    on: On = None,
    by: By = None,
    note: Note = None,
) -> None:
    """บันทึกจำนวนที่ทำได้ เทียบเป้าหมาย"""
    from ustm_cli.cli.recording import Recorder, activity_of, day_on
    from ustm_cli.register.records import Progress

    session: Session = context.obj
    day = day_on(session, on)
    if of is not None and not 1 <= of <= LARGEST:
        raise UseFault("bad_number", option="--of", low=1, high=LARGEST)
    recorder = Recorder(session, by, note)
    plan, placed = activity_of(recorder.world, activity, day)
    target = placed.activity.target
    before = recorder.world.registers[plan.file].state.progress.get(placed.id)
    total = of or (before.total if before and before.total else None) or (target.count if target else None)
    if not 0 <= count <= LARGEST:
        raise UseFault("bad_count", low=0, high=LARGEST)
    unit = f" {target.unit}" if target and target.unit else ""
    facts = {"count": count, "total": total or "-", "unit": unit, "id": placed.id}
    if before and (before.reached, before.on) == (count, day) and of in (None, before.total):
        recorder.say("progress_already", **facts, day=session.voice.day(day))
    elif before and before.on > day:
        recorder.say("progress_older", **facts, day=session.voice.day(before.on), known=before.reached)
        recorder.add(plan.file, Progress(recorder.head(), placed.id, day, count, of))
    else:
        recorder.add(plan.file, Progress(recorder.head(), placed.id, day, count, of))
        recorder.say("recorded_progress" if total else "recorded_count", **facts, title=placed.activity.title)
    recorder.write()
