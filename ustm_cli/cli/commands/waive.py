"""`ustm waive`: work that is not to be done, and why."""

from __future__ import annotations

from typing import Annotated

import typer

from ustm_cli.cli.commands.done import By, Evidence, Ids, Note, On
from ustm_cli.cli.session import Session


def waive(
    context: typer.Context,
    ids: Ids,
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="เหตุผล")],
    on: On = None,
    by: By = None,
    evidence: Evidence = None,
    note: Note = None,
) -> None:
    """บันทึกว่ายกเว้นไม่ต้องทำ พร้อมเหตุผล"""
    from ustm_cli.cli.recording import Recorder, day_on, letter_of, rows_of, text_of
    from ustm_cli.register.records import Waived

    session: Session = context.obj
    day = day_on(session, on)
    why, ref = text_of(reason, "--reason") or "", text_of(evidence, "--evidence")
    recorder = Recorder(session, by, note)
    voice = session.voice
    for row in rows_of(recorder.world, ids):
        item, before = row.obligation, row.standing
        if before.done_on:
            recorder.say("waive_is_done", id=item.id, day=voice.day(before.done_on))
        elif before.waived == why:
            recorder.say("waived_already", id=item.id, reason=why)
        else:
            letter = letter_of(recorder.world, item)
            recorder.add(item.file, Waived(recorder.head(), item.id, day, why, ref, letter))
            recorder.say("recorded_waived", id=item.id, title=item.title, reason=why)
    recorder.write()
