"""`ustm event`: the days of meetings and other events, and what waits for them."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from ustm_cli.cli.commands.done import By, Note
from ustm_cli.cli.completion import event_periods, events
from ustm_cli.cli.faults import UseFault
from ustm_cli.cli.session import Session
from ustm_cli.dates.era import to_arabic

if TYPE_CHECKING:
    from ustm_cli.cli.recording import Recorder
    from ustm_cli.dates.fiscal import Period
    from ustm_cli.deadlines.base import Happening
    from ustm_cli.obligations import Obligation
    from ustm_cli.plan.load import Plan
    from ustm_cli.register.records import EventCancelled, EventSet

FORMATS = ("table", "json")
app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="วันของเหตุการณ์: กำหนด ยกเลิก ดูทั้งหมด")

Event = Annotated[str, typer.Argument(metavar="EVENT", help="รหัสหรือชื่อเหตุการณ์", autocompletion=events)]
PeriodId = Annotated[
    str,
    typer.Argument(metavar="PERIOD", help="งวด เช่น 2564-01 (ครั้งที่สองของงวด: 2564-01.2)", autocompletion=event_periods),
]
LetterNo = Annotated[str | None, typer.Option("--letter", metavar="NO", help="เลขหนังสือ")]


@app.command("set", help="กำหนดวัน หรือเดือน ของเหตุการณ์ในงวดหนึ่ง")
def set_(
    context: typer.Context,
    event: Event,
    period: PeriodId,
    day: Annotated[str, typer.Argument(metavar="DATE|MONTH", help="วันที่ เช่น 2564-01-28 หรือเดือน เช่น 2564-01")],
    letter: LetterNo = None,
    by: By = None,
    note: Note = None,
) -> None:
    from ustm_cli.cli.recording import Recorder, text_of
    from ustm_cli.dates.fiscal import Period
    from ustm_cli.deadlines.base import Happening
    from ustm_cli.register.records import EventSet

    session: Session = context.obj
    period, number = to_arabic(period.strip()), text_of(letter, "--letter")
    when = _day_or_month(day, period)
    recorder = Recorder(session, by, note)
    month = when if isinstance(when, Period) else None
    new = Happening(None if month else when, month, None, number)  # type: ignore[arg-type]
    plans = _plans(recorder, event, period)
    for plan, id in plans:
        before = _known(recorder, plan, id, period)
        if before and before == new._replace(letter=number or before.letter):
            recorder.say("event_already", event=plan.events[id].name, period=period, day=_said(before, session))
            continue
        record = EventSet(recorder.head(), id, period, when, session.today, number)
        recorder.add(plan.file, record)
        recorder.look_at(plan, when.start if isinstance(when, Period) else when)
        _confirm(recorder, plan, record, before, new)
    recorder.write()
    _tell_torn(recorder, plans)


@app.command("cancel", help="บันทึกว่าไม่จัดในงวดนั้น พร้อมเหตุผล งานที่ผูกไว้ถูกยกเว้นด้วย")
def cancel(
    context: typer.Context,
    event: Event,
    period: PeriodId,
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="เหตุผล")],
    letter: LetterNo = None,
    by: By = None,
    note: Note = None,
) -> None:
    from ustm_cli.cli.recording import Recorder, text_of
    from ustm_cli.deadlines.base import Happening
    from ustm_cli.register.records import EventCancelled

    session: Session = context.obj
    period, why, number = to_arabic(period.strip()), text_of(reason, "--reason") or "", text_of(letter, "--letter")
    recorder = Recorder(session, by, note)
    plans = _plans(recorder, event, period)
    for plan, id in plans:
        before = _known(recorder, plan, id, period)
        if before and before.cancelled == why and number in (None, before.letter):
            recorder.say("event_already", event=plan.events[id].name, period=period, day=_said(before, session))
            continue
        record = EventCancelled(recorder.head(), id, period, why, session.today, number)
        recorder.add(plan.file, record)
        _confirm(recorder, plan, record, before, Happening(cancelled=why, letter=number))
    recorder.write()
    _tell_torn(recorder, plans)


@app.command("list", help="เหตุการณ์ทุกงวด: วันที่รู้แล้ว วันเดิม และที่ยังรอ")
def list_(
    context: typer.Context,
    format_: Annotated[str, typer.Option("--format", metavar="FORMAT", help="table json")] = "table",
) -> None:
    session: Session = context.obj
    if format_ not in FORMATS:
        raise UseFault("bad_choice", option="--format", value=format_, known=", ".join(FORMATS))
    from ustm_cli.cli.registers import known_records
    from ustm_cli.cli.world import world_of
    from ustm_cli.render import register as text
    from ustm_cli.views.events import events_of

    world = world_of(session)
    records = {plan.file: known_records(session, world.registers[plan.file]) for plan in world.plans}
    found = events_of(world.plans, world.obligations, records)
    if format_ == "json":
        from ustm_cli.render.findings import dump

        session.say(dump(text.events_json(found), ascii_only=session.ascii_json))
    else:
        session.say(text.events_table(found, session.voice, session.width))


# ---- what was typed


def _day_or_month(text: str, period: str) -> date | Period:
    """A day, or a month written `2564-01` or `ม.ค. 2564`; offered in the period's year. Raises UseFault."""
    from ustm_cli.cli.session import day_of

    if month := _month(text):
        return month
    try:
        return day_of(text)
    except UseFault as fault:
        if "near" not in fault.facts and (near := _likely(text, period)):
            raise UseFault("bad_day_near", text=text, near=near) from None
        raise


def _month(text: str) -> Period | None:
    from ustm_cli.dates.fiscal import parse_period
    from ustm_cli.deadlines.slots import READERS
    from ustm_cli.deadlines.text import normalized

    norm = normalized(text.strip()).norm
    ids = [id for end, id in READERS["about"]("", norm, 0, None) if end == len(norm) and isinstance(id, str)]
    return parse_period(ids[0]) if ids else None


def _likely(text: str, period: str) -> str | None:
    """The day or month that was most likely meant, of the fiscal year of the period."""
    from ustm_cli.dates.era import format_be
    from ustm_cli.dates.fiscal import fiscal_year_of, parse_period
    from ustm_cli.deadlines.phrase import PhraseError
    from ustm_cli.plan.model import day_written

    of = parse_period(period.partition(".")[0])
    if of is None:
        return None
    try:
        day = day_written(text, fiscal_year_of(of.end), or_period=True)
    except PhraseError as error:
        if error.offer is None or _month(error.offer):
            return error.offer
        try:
            day = day_written(error.offer, None)
        except PhraseError:
            return None
    # No day is made up that was not written.
    return format_be(day, "iso") if str(day.day) in re.findall("[1-9][0-9]*", to_arabic(text)) else None


def _plans(recorder: Recorder, event: str, period: str) -> list[tuple[Plan, str]]:
    """The plans of one folder that have the event in that period, with its id. Raises UseFault."""
    from ustm_cli.cli.naming import name_of, of_one_office, unknown
    from ustm_cli.cli.registers import event_periods

    plans = recorder.world.plans
    event = name_of(event.strip())
    named = [
        (plan, one.id)
        for plan in plans
        for one in plan.events.values()
        if one.id == to_arabic(event) or one.name == event
    ]
    if not named:
        raise unknown(event, sorted({id for plan in plans for id in plan.events}))
    base, dot, number = period.partition(".")
    found = [(plan, id) for plan, id in named if base in event_periods(plan)[id]]
    if not found:
        periods = [one for plan, id in named for one in event_periods(plan)[id]]
        raise UseFault("no_event_period", event=event, period=period[:40], known=", ".join(periods[:14]))
    if dot and not (number.isascii() and number.isdigit() and 2 <= int(number) <= 99 and not number.startswith("0")):
        raise UseFault("no_event_period", event=event, period=period[:40], known=f"{base}, {base}.2, {base}.3")
    for plan, id in found if dot else ():
        known = recorder.world.registers[plan.file].state.events.get(id, {}).get(base, ())
        if len(known) < int(number) - 1:
            raise UseFault("event_before", event=event, period=period, base=base)
    of_one_office(event, [plan.file for plan, _ in found])
    return found


def _known(recorder: Recorder, plan: Plan, event: str, period: str) -> Happening | None:
    base, _, number = period.partition(".")
    known = recorder.world.registers[plan.file].state.events.get(event, {}).get(base, ())
    place = int(number or 1) - 1
    found = known[place] if place < len(known) else None
    return found if found and any(found) else None


# ---- what is said


def _confirm(
    recorder: Recorder, plan: Plan, record: EventSet | EventCancelled, before: Happening | None, new: Happening
) -> None:
    session = recorder.session
    key = "recorded_event_moved" if before else "recorded_event"
    facts = {"event": plan.events[record.event].name, "period": record.period, "day": _said(new, session)}
    hung = _hanging(recorder, plan, record)
    recorder.say(key, **facts, before=_said(before, session) if before else "", dated=_dated(hung, new, session))
    if before and "." not in record.period and before.on and new.on:
        recorder.say("event_second", period=record.period)


def _tell_torn(recorder: Recorder, plans: list[tuple[Plan, str]]) -> None:
    """Say which plans of the folder were left out for their faults, and so may lack the day."""
    folders = {plan.file.rpartition("/")[0] for plan, _ in plans}
    torn = [file for file in recorder.world.torn if file.rpartition("/")[0] in folders]
    if torn:
        recorder.session.tell(recorder.session.voice.say("event_torn", files=", ".join(torn)))


def _hanging(recorder: Recorder, plan: Plan, record: EventSet | EventCancelled) -> list[Obligation]:
    """The obligations that hang on the event in that period, as they are with the new record."""
    hung = {placed.id: placed for placed in plan.activities if record.event in placed.events}
    found = recorder.as_if(plan.file, record, hung).values()
    place = (record.event, record.period)
    return [item for item in found if plan.event_of(hung[item.activity], item.period) == place]


def _said(happening: Happening, session: Session) -> str:
    from ustm_cli.render.register import happening as said

    return said(happening, session.voice)


def _dated(items: list[Obligation], new: Happening, session: Session) -> str:
    voice = session.voice
    if not items:
        return ""
    if new.cancelled is not None:
        return voice.say("event_waives", count=len(items))
    parts = [
        f"{item.id} {voice.weekday_and_day(item.act_by)}" if item.act_by else f"{item.id} {voice.status('awaiting')}"
        for item in items
    ]
    return voice.say("event_dates", items=", ".join(parts))
