"""`ustm reviewed`: the superior has the paper."""

from __future__ import annotations

import typer

from ustm_cli.cli.commands.done import By, Force, Ids, Note, On
from ustm_cli.cli.faults import UseFault
from ustm_cli.cli.session import Session


def reviewed(
    context: typer.Context, ids: Ids, on: On = None, by: By = None, note: Note = None, force: Force = False
) -> None:
    """บันทึกว่าผู้บังคับบัญชาได้รับแล้ว"""
    from ustm_cli.cli.recording import Recorder, day_on, letter_of, rows_of
    from ustm_cli.register.records import Reviewed
    from ustm_cli.register.state import standing_id

    session: Session = context.obj
    day = day_on(session, on, force=force)
    recorder = Recorder(session, by, note)
    voice = session.voice
    handed_in: set[str] = set()
    for row in rows_of(recorder.world, ids):
        item, before = row.obligation, row.standing.reviewed_on
        # What is handed in ahead of a work that opens later may be handed in any day before.
        ahead = item.review_by is not None and item.opens is not None and item.review_by < item.opens
        if item.opens and day < item.opens and not (ahead or force):
            raise UseFault("before_opens", id=item.id, opens=voice.day(item.opens), day=voice.day(day))
        if before and before <= day:
            recorder.say("reviewed_already", id=item.id, day=voice.day(before))
            continue
        # A case is handed in as a whole, with all its clocks.
        if (of := standing_id(item)) not in handed_in:
            recorder.add(item.file, Reviewed(recorder.head(), of, day, letter_of(recorder.world, item)))
            handed_in.add(of)
        late = item.review_by is not None and day > item.review_by
        key = "recorded_reviewed_late" if late else "recorded_reviewed"
        recorder.say(key, id=item.id, title=item.title, day=voice.day(day), review=voice.day(item.review_by))
    recorder.write()
