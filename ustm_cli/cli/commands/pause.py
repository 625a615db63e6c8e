"""`ustm pause`: a case waits for somebody else, and its clock stands still."""

from __future__ import annotations

from typing import Annotated

import typer

from ustm_cli.cli.commands.close import CaseId
from ustm_cli.cli.commands.done import By, Note
from ustm_cli.cli.commands.receive import At
from ustm_cli.cli.faults import UseFault
from ustm_cli.cli.session import Session


def pause(
    context: typer.Context,
    case: CaseId,
    at: At = None,
    reason: Annotated[str | None, typer.Option("--reason", metavar="TEXT", help="เหตุผล เช่น ส่งคืนแก้ไข")] = None,
    by: By = None,
    note: Note = None,
) -> None:
    """พักเรื่องระหว่างส่งคืนแก้ไข เวลาหยุดนับ"""
    from ustm_cli.cli.recording import Recorder, case_of, moment_at, text_of
    from ustm_cli.register.records import Paused

    session: Session = context.obj
    voice = session.voice
    moment, why = moment_at(session, at), text_of(reason, "--reason")
    recorder = Recorder(session, by, note)
    found = case_of(recorder.world, case).case
    file = case_of(recorder.world, case).file
    if found.closed:
        raise UseFault("case_closed", id=found.id, at=voice.moment(found.closed))
    if moment < found.received:
        facts = {"id": found.id, "at": voice.moment(found.received)}
        raise UseFault("before_receipt", moment=voice.moment(moment), **facts)
    if found.paused:
        recorder.say("paused_already", id=found.id, at=voice.moment(found.pauses[-1][0]))
    else:
        ends = [end for _, end in found.pauses if end and end > moment]
        if ends:
            raise UseFault("pause_overlaps", id=found.id, at=voice.moment(ends[-1]))
        recorder.add(file, Paused(recorder.head(), found.id, moment, why))
        recorder.say("recorded_paused", id=found.id, at=voice.moment(moment))
    recorder.write()
