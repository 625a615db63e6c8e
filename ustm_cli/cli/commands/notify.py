"""`ustm notify`: the letter that names the last day of an activity."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from ustm_cli.cli.commands.done import By, Note, On
from ustm_cli.cli.completion import notifiable
from ustm_cli.cli.session import Session, day_of

if TYPE_CHECKING:
    from ustm_cli.cli.recording import Recorder
    from ustm_cli.obligations import Obligation
    from ustm_cli.plan.model import Override
    from ustm_cli.register.state import KnownLetter


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
    from ustm_cli.cli.naming import typed
    from ustm_cli.cli.recording import Recorder, activity_of, day_on, text_of
    from ustm_cli.obligations import override_key
    from ustm_cli.register.records import Letter
    from ustm_cli.register.state import spelled_alike

    session: Session = context.obj
    voice = session.voice
    day, last, number = day_on(session, on), day_of(due), text_of(letter, "--letter")
    recorder = Recorder(session, by, note)
    wanted = typed(activity)
    name = wanted.partition("@")[0]
    # An id of the plan has no dot.
    name = name if recorder.world.placed(name) else name.partition(".")[0]
    plan, placed = activity_of(recorder.world, name, day, "notified", "not_notified")
    letters = recorder.world.registers[plan.file].state.letters.get(name, ())
    keys = [timing.key for timing in placed.timings if timing.rule.family == "notified"]
    year = f"{name}@FY{plan.fiscal_year}"
    before, key = _meant(wanted, name, year, letters, keys)
    if before is None:
        before = spelled_alike([one for one in letters if one.key == key], number, last)
    key = before.key if before else key
    place = letters.index(before) + 1 if before else len(letters) + 1
    ids = [f"{year}.{place}{_dotted(one)}" for one in keys if key in (None, one)]
    id = ", ".join(ids)
    if before and before.due == last and number in (None, before.letter):
        recorder.say("notified_already", id=id, day=voice.day(last))
    else:
        record = Letter(recorder.head(), name, last, day, number, before.id if before else None, key)
        recorder.add(plan.file, record)
        recorder.look_at(plan, last)
        dated = [item for own, item in recorder.as_if(plan.file, record, [name]).items() if own in ids]
        days = sorted({item.act_by for item in dated if item.act_by})
        facts = {"id": id, "title": placed.activity.title, "day": voice.weekday_and_day(last)}
        key = "recorded_notified_moved" if before else "recorded_notified"
        act_by = ", ".join(map(voice.weekday_and_day, days))
        recorder.say(key, **facts, act_by=act_by, before=voice.day(before.due) if before else "")
        waived = next((item for item in dated if item.cancelled), None)
        if waived:
            recorder.say("notified_waived", reason=waived.cancelled)
        for item in dated:
            _say_replaced(recorder, item, placed.activity.overrides.get(override_key(placed, item.period)))
    recorder.write()


def _say_replaced(recorder: Recorder, item: Obligation, override: Override | None) -> None:
    """Say that the plan has another day than the letter."""
    if override and override.deadline:
        voice = recorder.session.voice
        reason = f": {override.reason}" if override.reason else ""
        letter = voice.say("letter", letter=override.letter) if override.letter else ""
        day = voice.weekday_and_day(override.deadline)
        recorder.say("notified_replaced", id=item.id, day=day, reason=reason, letter=letter)


def _meant(
    wanted: str, name: str, year: str, letters: Sequence[KnownLetter], keys: Sequence[str | None]
) -> tuple[KnownLetter | None, str | None]:
    """The letter that is named (None: a new one), and the only rule that it dates. Raises UseFault."""
    from ustm_cli.cli.naming import unknown

    meant: dict[str, tuple[KnownLetter | None, str | None]] = {name: (None, None), year: (None, None)}
    for key in keys:
        meant |= {f"{name}{_dotted(key)}": (None, key), f"{year}{_dotted(key)}": (None, key)}
    for number, letter in enumerate(letters, 1):
        own = [key for key in (None, *keys) if key is None or letter.key in (None, key)]
        meant |= {f"{year}.{number}{_dotted(key)}": (letter, letter.key) for key in own}
    if wanted not in meant:
        raise unknown(wanted, [*meant])
    return meant[wanted]


def _dotted(key: str | None) -> str:
    return f".{key}" if key else ""
