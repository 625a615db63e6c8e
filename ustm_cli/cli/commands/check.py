"""`ustm check`: every fault and every doubtful spot of the plans, in one run."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from ustm_cli.cli.faults import FINDINGS, UseFault
from ustm_cli.cli.session import Session

if TYPE_CHECKING:
    from ustm_cli.plan.findings import Finding
    from ustm_cli.plan.load import Loaded
    from ustm_cli.settings.load import LoadedSettings

FORMATS = ("full", "concise", "json", "github")


def check(
    context: typer.Context,
    plans: Annotated[list[str] | None, typer.Argument(metavar="[PLAN]...", help="แฟ้มแผน (ค่าปริยาย: แผนที่พบ)")] = None,
    format_: Annotated[str, typer.Option("--format", metavar="FORMAT", help="full concise json github")] = "full",
    strict: Annotated[bool, typer.Option("--strict", help="คำเตือนก็ถือว่าไม่ผ่าน")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", help="แสดงคำเตือนที่แผนรับทราบแล้วด้วย")] = False,
) -> None:
    """ตรวจแผน: ข้อผิดพลาดและข้อสังเกตทั้งหมดในครั้งเดียว"""
    session: Session = context.obj
    if format_ not in FORMATS:
        raise UseFault("bad_choice", option="--format", value=format_, known=", ".join(FORMATS))
    session.plans = (*session.plans, *(plans or ()))
    from ustm_cli.cli.registers import lines_of
    from ustm_cli.cli.world import all_findings, load_all
    from ustm_cli.render import findings as text

    loaded = load_all(session)
    found = list(all_findings(session, loaded))
    settings = _settings(session, loaded)
    loaded = [*loaded, *(one.as_loaded for one, _ in settings)]
    found += [finding for _, own in settings for finding in own]
    shown = [one for one in found if verbose or one.severity != "info"]
    severities = [one.severity for one in found]
    if "error" in severities or (strict and "warning" in severities):
        session.exit_code = FINDINGS
    voice = session.voice
    if format_ == "json":
        session.say(text.dump(text.as_json(shown, voice), ascii_only=session.ascii_json))
    elif format_ == "github":
        session.say(text.github(shown, voice))
    elif format_ == "concise":
        session.say(text.concise(shown, voice))
    else:
        lines: dict[str, Sequence[str]] = {name: own for item in loaded for name, own in item.lines.items()}
        lines |= lines_of(session, (one.file for one in shown))
        session.say(text.full(shown, lines, voice, colour=session.colour))
        session.say(_summary(session, severities, len(loaded), verbose))


def _settings(session: Session, loaded: Sequence[Loaded]) -> list[tuple[LoadedSettings, list[Finding]]]:
    """The settings beside the plans with their findings; nothing is loaded to read them where there are none."""
    from ustm_cli.cli.offices import with_settings

    if not with_settings(session):
        return []
    from ustm_cli.cli.letters import settings_findings

    return settings_findings(session, loaded)


def _summary(session: Session, severities: Sequence[str], files: int, verbose: bool) -> str:
    voice = session.voice
    errors, warnings, infos = (severities.count(name) for name in ("error", "warning", "info"))
    if not severities:
        return voice.say("check_good", files=files)
    text = voice.say("check_summary", errors=errors, warnings=warnings, infos=infos)
    return f"{text} · {voice.say('check_verbose')}" if infos and not verbose else text
