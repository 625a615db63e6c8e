"""`ustm diff`: what a change of the plan does to dates."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from ustm_cli.cli.faults import UseFault
from ustm_cli.cli.session import Session, day_of
from ustm_cli.render.voice import Voice

if TYPE_CHECKING:
    from ustm_cli.cli.registers import Register
    from ustm_cli.cli.sides import Side
    from ustm_cli.views.changes import Changes

FORMATS = ("table", "md", "json")


def diff(
    context: typer.Context,
    what: Annotated[
        list[str] | None,
        typer.Argument(metavar="[REV[..REV]|FILE FILE]", help="รุ่นใน git หรือแฟ้มแผนสองแฟ้ม (ค่าปริยาย: HEAD กับแฟ้มที่แก้อยู่)"),
    ] = None,
    holiday: Annotated[
        list[str] | None, typer.Option("--holiday", metavar="DATE", help="ถ้าวันนี้เป็นวันหยุด หรือเลิกเป็นวันหยุด (ซ้ำได้)")
    ] = None,
    textconv: Annotated[
        str | None, typer.Option("--textconv", metavar="FILE", help="แผนพร้อมวันของทุกงาน สำหรับ git diff")
    ] = None,
    format_: Annotated[str, typer.Option("--format", metavar="FORMAT", help="table md json")] = "table",
) -> None:
    """แก้แผนแล้ววันไหนเปลี่ยน"""
    session: Session = context.obj
    if format_ not in FORMATS:
        raise UseFault("bad_choice", option="--format", value=format_, known=", ".join(FORMATS))
    words = what or []
    given = [name for name, value in (("REV", words), ("--holiday", holiday), ("--textconv", textconv)) if value]
    if len(given) > 1 or len(words) > 2:
        raise UseFault("diff_one_thing", given=" ".join(given) or "REV")
    if textconv is not None:
        _textconv(session, textconv)
    elif holiday:
        _holidays(session, [day_of(text) for text in holiday], format_)
    else:
        old, new = _sides(session, words, _labels(session, format_))
        from ustm_cli.views.changes import changes

        _say(session, old.label, new.label, changes(old.obligations, new.obligations, session.today), format_)


def _labels(session: Session, format_: str) -> Voice:
    """In which words the sides are named: what programs read is the same whatever the language."""
    return Voice("en") if format_ == "json" else session.voice


def _sides(session: Session, words: Sequence[str], labels: Voice) -> tuple[Side, Side]:
    from ustm_cli.cli import sides

    if len(words) == 2:
        return sides.of_file(session, words[0]), sides.of_file(session, words[1])
    if words and (match := re.fullmatch(r"(.*?)(\.{2,3})(.*)", words[0])):
        return _revisions(session, match[1] or "HEAD", match[3] or "HEAD", parted=match[2] == "...")
    if words and (session.cwd / words[0]).is_file():
        session.plans = (words[0],)
        words = []
    return _against_work_tree(session, words[0] if words else "HEAD", labels)


def _against_work_tree(session: Session, revision: str, labels: Voice) -> tuple[Side, Side]:
    from ustm_cli.cli import git, sides

    repository = git.repository_of(sides.folder_of(session))
    commit = git.commit_of(repository, revision)
    new, world = sides.standing(session, labels.say("diff_work_tree"))
    return sides.at_revision(session, repository, commit, revision, world.registers), new


def _revisions(session: Session, one: str, other: str, *, parted: bool) -> tuple[Side, Side]:
    """Two revisions; with three dots (`parted`) what the second did since it left the first."""
    from ustm_cli.cli import git, sides

    repository = git.repository_of(sides.folder_of(session))
    commits = git.commit_of(repository, one), git.commit_of(repository, other)
    start = git.merge_base(repository, *commits) if parted else commits[0]
    label = f"{one}...{other}" if parted else one
    registers = _registers(session)
    return (
        sides.at_revision(session, repository, start, label, registers),
        sides.at_revision(session, repository, commits[1], other, registers),
    )


def _registers(session: Session) -> Mapping[str, Register]:
    """What is recorded now, as far as the plans that stand now can tell."""
    from ustm_cli.cli.faults import Fault
    from ustm_cli.cli.registers import registers_of
    from ustm_cli.cli.world import load_all, plan_files

    try:
        plans = [item.plan for item in load_all(session) if item.plan]
        return registers_of(session, plans, {name: path for path, name in plan_files(session)})
    except Fault:
        return {}


def _holidays(session: Session, days: Sequence[date], format_: str) -> None:
    from ustm_cli.cli import sides
    from ustm_cli.views.changes import changes

    for day in days:
        if day.weekday() >= 5:
            raise UseFault("diff_weekend", day=session.voice.weekday_and_day(day))
    voice = _labels(session, format_)
    old, world = sides.standing(session, voice.say("diff_as_is"))
    obligations, off = sides.with_holiday(world, days)
    parts = [
        voice.say("diff_if_cancelled" if day in off else "diff_if_added", day=voice.weekday_and_day(day))
        for day in days
    ]
    found = changes(old.obligations, obligations, session.today, holidays=tuple(days))
    _say(session, old.label, ", ".join(parts), found, format_)


def _textconv(session: Session, file: str) -> None:
    """The text with the dates of all its obligations below; of a faulty plan, the text."""
    from ustm_cli.cli import sides
    from ustm_cli.render.changes import dated_lines

    text, obligations = sides.dated(session, file)
    session.say(text)
    if obligations:
        session.say("\n".join(["", f"# {session.voice.say('diff_dates')}", *dated_lines(obligations, session.voice)]))


def _say(session: Session, old: str, new: str, found: Changes, format_: str) -> None:
    from ustm_cli.render import changes as render

    voice = session.voice
    if format_ == "json":
        from ustm_cli.render.findings import dump

        session.say(dump(render.as_json(found, old, new), ascii_only=session.ascii_json))
    elif format_ == "md":
        session.say(render.markdown(found, old, new, voice))
    else:
        session.say(render.table(found, old, new, voice, session.width, colour=session.colour))
