"""`ustm reopen`: what was recorded as done or waived is not."""

from __future__ import annotations

from typing import Annotated

import typer

from ustm_cli.cli.commands.done import By, Note, On
from ustm_cli.cli.completion import finished
from ustm_cli.cli.session import Session


def reopen(
    context: typer.Context,
    ids: Annotated[list[str], typer.Argument(metavar="ID...", help="กิจกรรม@งวด (หลายรหัสได้)", autocompletion=finished)],
    on: On = None,
    by: By = None,
    note: Note = None,
) -> None:
    """เปิดงานที่บันทึกว่าเสร็จหรือยกเว้นแล้วขึ้นใหม่"""
    from ustm_cli.cli.recording import Recorder, day_on, letter_of, rows_of
    from ustm_cli.register.records import Reopened
    from ustm_cli.register.state import standing_id

    session: Session = context.obj
    day = day_on(session, on)
    recorder = Recorder(session, by, note)
    opened: set[str] = set()
    for row in rows_of(recorder.world, ids):
        item, before = row.obligation, row.standing
        if before.done_on is None and before.waived is None:
            recorder.say("reopen_by_plan" if item.cancelled is not None else "reopen_open", id=item.id)
            continue
        own = recorder.world.registers[item.file].state.standings.get(item.id)
        of = item.id if own and own.waived is not None else standing_id(item)
        if of not in opened:
            recorder.add(item.file, Reopened(recorder.head(), of, day, letter_of(recorder.world, item)))
            opened.add(of)
        was = session.voice.status("waived" if before.done_on is None else "done")
        recorder.say("recorded_reopened", id=item.id, title=item.title, was=was)
    recorder.write()
