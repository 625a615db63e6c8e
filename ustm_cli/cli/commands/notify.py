"""`ustm notify`: the letter that names the last day of an activity."""

from __future__ import annotations

from typing import Annotated

import typer

from ustm_cli.cli.commands.done import By, Note, On
from ustm_cli.cli.completion import notifiable
from ustm_cli.cli.session import Session, day_of


def notify(
    context: typer.Context,
    activity: Annotated[
        str,
        typer.Argument(
            metavar="ACTIVITY[@PERIOD]", help="รหัสกิจกรรม หรือ กิจกรรม@FY2564.1 เพื่อแก้ฉบับนั้น", autocompletion=notifiable
        ),
    ],
    due: Annotated[str, typer.Option("--due", metavar="DATE", help="วันครบกำหนดตามหนังสือ")],
    letter: Annotated[str | None, typer.Option("--letter", metavar="NO", help="เลขหนังสือ")] = None,
    on: On = None,
    by: By = None,
    note: Note = None,
) -> None:
    """บันทึกหนังสือแจ้งกำหนดของงานที่รอแจ้ง"""
    from ustm_cli.cli.naming import typed, unknown
    from ustm_cli.cli.recording import Recorder, activity_of, day_on, text_of
    from ustm_cli.register.records import Letter
    from ustm_cli.register.state import spelled_alike

    session: Session = context.obj
    voice = session.voice
    day, last, number = day_on(session, on), day_of(due), text_of(letter, "--letter")
    recorder = Recorder(session, by, note)
    wanted = typed(activity)
    name, at, _ = wanted.partition("@")
    plan, placed = activity_of(recorder.world, name, day, "notified", "not_notified")
    letters = recorder.world.registers[plan.file].state.letters.get(name, ())
    ids = [f"{name}@FY{plan.fiscal_year}.{index}" for index in range(1, len(letters) + 1)]
    if at and wanted not in ids:
        raise unknown(wanted, ids)
    before = letters[ids.index(wanted)] if at else spelled_alike(letters, number, last)
    id = ids[letters.index(before)] if before else f"{name}@FY{plan.fiscal_year}.{len(letters) + 1}"
    if before and before.due == last and number in (None, before.letter):
        recorder.say("notified_already", id=id, day=voice.day(last))
    else:
        record = Letter(recorder.head(), name, last, day, number, before.id if before else None)
        recorder.add(plan.file, record)
        recorder.look_at(plan, last)
        found = recorder.as_if(plan.file, record, [name])  # tells of years whose days off nobody reviewed
        act_by = recorder.world.off(plan).workdays.on_or_before(last)
        facts = {"id": id, "title": placed.activity.title, "day": voice.weekday_and_day(last)}
        key = "recorded_notified_moved" if before else "recorded_notified"
        recorder.say(key, **facts, act_by=voice.weekday_and_day(act_by), before=voice.day(before.due) if before else "")
        waived = next((item for own, item in found.items() if f"{own}.".startswith(f"{id}.") and item.cancelled), None)
        if waived:
            recorder.say("notified_waived", reason=waived.cancelled)
    recorder.write()
