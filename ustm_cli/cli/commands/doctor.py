"""`ustm doctor`: whether the machine and the plans are as they should be, and what to do where not."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from ustm_cli.cli.faults import Fault, UseFault
from ustm_cli.cli.session import Session

if TYPE_CHECKING:
    from ustm_cli.views.health import Office, Point

FORMATS = ("table", "json")
MARKS = {"good": "✓", "note": "•", "bad": "✗"}


def doctor(
    context: typer.Context,
    cron: Annotated[bool, typer.Option("--cron", help="พิมพ์บรรทัด crontab และ systemd timer ของจดหมายประจำวัน")] = False,
    format_: Annotated[str, typer.Option("--format", metavar="FORMAT", help="table json")] = "table",
) -> None:
    """ตรวจเครื่องและแผน: อะไรพร้อม อะไรต้องทำ"""
    session: Session = context.obj
    if format_ not in FORMATS:
        raise UseFault("bad_choice", option="--format", value=format_, known=", ".join(FORMATS))
    if cron:
        _say_schedule(session, format_)
        return
    from ustm_cli.cli.letters import health
    from ustm_cli.cli.machine import machine_of
    from ustm_cli.render.findings import dump
    from ustm_cli.views.health import examined

    points = [*examined(machine_of(session), _office(session)), *health(session)]
    if format_ == "json":
        found = [_as_json(session, point) for point in points]
        session.say(dump({"schema_version": 1, "points": found}, ascii_only=session.ascii_json))
        return
    from ustm_cli.render.wrap import wrap

    for point in points:
        said, advice = _said(session, point)
        first, *rest = wrap(said, session.width - 4)
        session.say("\n".join([f"{MARKS[point.level]}   {first}", *(f"    {line}" for line in rest)]))
        if advice:
            session.say("\n".join(f"    {line}" for line in wrap(advice, session.width - 4)))


def _said(session: Session, point: Point) -> tuple[str, str]:
    """What was found, and what to do about it ("" where nothing is)."""
    said = session.voice.say(f"doctor_{point.key}_{point.level}", **point.facts)
    first, _, advice = said.partition("\n")
    return first, advice


def _as_json(session: Session, point: Point) -> dict[str, object]:
    said, advice = _said(session, point)
    facts = {
        name: fact if isinstance(fact, int | str) or fact is None else str(fact) for name, fact in point.facts.items()
    }
    return {"point": point.key, "level": point.level, "message": said, "help": advice, "facts": facts}


def _office(session: Session) -> Office:
    from ustm_cli.cli.world import load_all
    from ustm_cli.dates.fiscal import fiscal_year_of
    from ustm_cli.dates.holidays import table
    from ustm_cli.views.health import Office

    try:
        loaded = load_all(session)
    except Fault:
        loaded = []
    years = sorted({item.plan.fiscal_year for item in loaded if item.plan})
    faulty = tuple(item.file for item in loaded if item.plan is None)
    holidays = table()
    return Office(
        fiscal_year_of(session.today), holidays.covers, holidays.reviewed, tuple(years), faulty, _settings(session)
    )


def _settings(session: Session) -> Literal["good", "faulty", "none"]:
    from ustm_cli.cli.letters import settings_of

    try:
        loaded = settings_of(session)
    except Fault as fault:
        return "none" if fault.key == "no_plan" else "faulty"
    if loaded is None:
        return "none"
    return "good" if loaded.settings is not None else "faulty"


def _say_schedule(session: Session, format_: str) -> None:
    """Text only: nothing is installed."""
    parts = _schedule(session)
    if format_ == "json":
        from ustm_cli.render.findings import dump

        found = [{"for": name, "text": text} for name, text in parts]
        session.say(dump({"schema_version": 1, "schedule": found}, ascii_only=session.ascii_json))
    else:
        session.say("\n".join(f"# {name}\n{text.rstrip()}\n" for name, text in parts))


def _schedule(session: Session) -> list[tuple[str, str]]:
    """(where it belongs, text) of crontab and systemd."""
    from ustm_cli.cli import cron
    from ustm_cli.cli.world import PLAN_FOLDER

    here = next((one for one in (session.cwd, *session.cwd.parents) if (one / PLAN_FOLDER).is_dir()), session.cwd)
    schedule = cron.Schedule(str(here), _program(), _channels(session))
    zone = session.now.replace(tzinfo=None).astimezone().utcoffset()
    assert zone is not None
    try:
        return [
            ("crontab -e", cron.crontab_line(schedule, zone)),
            (f"~/.config/systemd/user/{cron.UNIT}.service", cron.service(schedule)),
            (f"~/.config/systemd/user/{cron.UNIT}.timer", cron.timer(schedule)),
        ]
    except ValueError:
        raise UseFault("doctor_folder") from None


def _program() -> list[str]:
    """The words that start this ustm from anywhere."""
    beside = Path(sys.executable).with_name("ustm.exe" if sys.platform == "win32" else "ustm")
    return [str(beside)] if beside.exists() else [sys.executable, "-m", "ustm_cli"]


def _channels(session: Session) -> list[str]:
    """Those of the settings that go out of the house, else all that they have."""
    from ustm_cli.cli.letters import settings_of

    loaded = settings_of(session)
    channels = loaded.settings.channels if loaded and loaded.settings else {}
    sending = [id for id, channel in channels.items() if channel.kind != "stdout"]
    return sending or [*channels]
