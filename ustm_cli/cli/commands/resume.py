"""`ustm resume`: a paused case goes on."""

from __future__ import annotations

import typer

from ustm_cli.cli.commands.close import CaseId
from ustm_cli.cli.commands.done import By, Note
from ustm_cli.cli.commands.receive import At
from ustm_cli.cli.faults import UseFault
from ustm_cli.cli.session import Session


def resume(context: typer.Context, case: CaseId, at: At = None, by: By = None, note: Note = None) -> None:
    """ให้เรื่องที่พักไว้เดินต่อ"""
    from ustm_cli.cli.recording import Recorder, case_of, moment_at
    from ustm_cli.register.records import Resumed
    from ustm_cli.render.register import promise

    session: Session = context.obj
    voice = session.voice
    moment = moment_at(session, at)
    recorder = Recorder(session, by, note)
    found = case_of(recorder.world, case)
    if found.case.closed:
        raise UseFault("case_closed", id=found.case.id, at=voice.moment(found.case.closed))
    if not found.case.paused:
        recorder.say("resumed_already", id=found.case.id)
    else:
        start = found.case.pauses[-1][0]
        if moment < start:
            facts = {"id": found.case.id, "at": voice.moment(start)}
            raise UseFault("before_pause", moment=voice.moment(moment), **facts)
        record = Resumed(recorder.head(), found.case.id, moment)
        recorder.add(found.file, record)
        items = recorder.as_if(found.file, record, [found.case.activity])
        told = [row for row in found.rows if row.status != "waived"] or found.rows
        for item in (items[row.obligation.id] for row in told):
            recorder.say("recorded_resumed", id=item.id, at=voice.moment(moment), promise=promise(item, voice))
    recorder.write()
