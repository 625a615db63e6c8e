"""`ustm done`: work that was done."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from ustm_cli.cli.faults import UseFault
from ustm_cli.cli.session import Session


def done(
    context: typer.Context,
    ids: Annotated[list[str], typer.Argument(metavar="ID...", help="กิจกรรม@งวด (หลายรหัสได้)")],
    on: Annotated[str | None, typer.Option("--on", metavar="DATE", help="วันที่ทำเสร็จ (ค่าปริยาย: วันนี้)")] = None,
    by: Annotated[str | None, typer.Option("--by", metavar="NAME", help="ผู้บันทึก (ค่าปริยาย: USTM_BY, git, ผู้ใช้)")] = None,
    evidence: Annotated[
        str | None, typer.Option("--evidence", metavar="REF", help="หลักฐาน: เลขหนังสือ แฟ้ม หรือ URL")
    ] = None,
    note: Annotated[str | None, typer.Option("--note", metavar="TEXT", help="หมายเหตุ")] = None,
    force: Annotated[bool, typer.Option("--force", help="บันทึกแม้ก่อนวันเปิดหรือเป็นวันหน้า")] = False,
) -> None:
    """บันทึกว่าทำเสร็จ"""
    from ustm_cli.cli.recording import Recorder, day_on, rows_of, text_of

    session: Session = context.obj
    day = day_on(session, on, force=force)
    ref = text_of(evidence, "--evidence")
    recorder = Recorder(session, by, note)
    for row in rows_of(recorder.world, ids):
        _one(recorder, row, day, ref, force)
    recorder.write()


def _one(recorder, row, day: date, evidence: str | None, force: bool) -> None:  # type: ignore[no-untyped-def]
    from ustm_cli.cli.recording import letter_of
    from ustm_cli.register.records import Done
    from ustm_cli.register.standing import row_of
    from ustm_cli.render.register import finished

    item, before, voice = row.obligation, row.standing, recorder.session.voice
    if item.state == "case":
        raise UseFault("done_is_case", id=item.id)
    if item.opens and day < item.opens and not force:
        raise UseFault("before_opens", id=item.id, opens=voice.day(item.opens), day=voice.day(day))
    if before.done_on and (before.done_on < day or not _adds(before, day, evidence, recorder.note)):
        key = "done_already" if before.done_on == day else "done_already_other"
        recorder.say(key, id=item.id, day=voice.day(before.done_on), by=before.done_by)
        return
    recorder.add(item.file, Done(recorder.head(), item.id, day, evidence, letter_of(recorder.world, item)))
    now = row_of(item, before._replace(done_on=day), recorder.session.today)
    recorder.say("recorded_done", what=finished(now, voice), id=item.id, title=item.title)


def _adds(before, day: date, evidence: str | None, note: str | None) -> bool:  # type: ignore[no-untyped-def]
    """Whether a done record of the same or an earlier day says anything new."""
    return (
        day < before.done_on
        or evidence not in (None, before.evidence)
        or note not in (None, before.note)
    )
