"""`ustm done`: work that was done."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from ustm_cli.cli.completion import unfinished
from ustm_cli.cli.faults import UseFault
from ustm_cli.cli.session import Session

if TYPE_CHECKING:
    from ustm_cli.cli.recording import Recorder
    from ustm_cli.register.standing import Row, Standing

Ids = Annotated[list[str], typer.Argument(metavar="ID...", help="กิจกรรม@งวด (หลายรหัสได้)", autocompletion=unfinished)]
On = Annotated[str | None, typer.Option("--on", metavar="DATE", help="วันที่เกิด (ค่าปริยาย: วันนี้)")]
By = Annotated[str | None, typer.Option("--by", metavar="NAME", help="ผู้บันทึก (ค่าปริยาย: USTM_BY, git, ผู้ใช้)")]
Evidence = Annotated[str | None, typer.Option("--evidence", metavar="REF", help="หลักฐาน: เลขหนังสือ แฟ้ม หรือ URL")]
Note = Annotated[str | None, typer.Option("--note", metavar="TEXT", help="หมายเหตุ")]
Force = Annotated[bool, typer.Option("--force", help="บันทึกแม้ก่อนวันเปิดหรือเป็นวันหน้า")]


def done(
    context: typer.Context,
    ids: Ids,
    on: On = None,
    by: By = None,
    evidence: Evidence = None,
    note: Note = None,
    force: Force = False,
) -> None:
    """บันทึกว่าทำเสร็จ"""
    from ustm_cli.cli.recording import Recorder, day_on, rows_of, text_of

    session: Session = context.obj
    day = day_on(session, on, force=force)
    ref = text_of(evidence, "--evidence")
    recorder = Recorder(session, by, note)
    for row in rows_of(recorder.world, ids):
        _record(recorder, row, day, ref, force)
    recorder.write()


def _record(recorder: Recorder, row: Row, day: date, evidence: str | None, force: bool) -> None:
    from ustm_cli.cli.recording import letter_of
    from ustm_cli.register.records import Done
    from ustm_cli.register.standing import row_of
    from ustm_cli.render.register import finished

    item, before, voice = row.obligation, row.standing, recorder.session.voice
    if item.state == "case":
        raise UseFault("done_is_case", id=item.id)
    # What falls on a day off is to be done before it, be that before it opens.
    opens = item.opens and min(item.opens, item.act_by or item.opens)
    if opens and day < opens and not force:
        raise UseFault("before_opens", id=item.id, opens=voice.day(opens), day=voice.day(day))
    if not _news(before, day, evidence, recorder.note):
        recorder.say("done_already", id=item.id, day=voice.day(before.done_on), by=before.done_by or "-")
        if before.done_on != day:
            recorder.say("done_correct", id=item.id)
        return
    recorder.add(item.file, Done(recorder.head(), item.id, day, evidence, letter_of(recorder.world, item)))
    now = row_of(item, before._replace(done_on=day), recorder.session.today)
    recorder.say("recorded_done", what=finished(now, voice), id=item.id, title=item.title)


def _news(before: Standing, day: date, evidence: str | None, note: str | None) -> bool:
    """Whether a done record would change anything: an earlier day, or more said of the same day."""
    if before.done_on is None or day < before.done_on:
        return True
    more = evidence not in (None, before.evidence) or note not in (None, before.note)
    return day == before.done_on and more
