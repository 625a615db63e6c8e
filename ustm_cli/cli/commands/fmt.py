"""`ustm fmt`: one canonical layout of the plans."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ustm_cli.cli.faults import FINDINGS, PARTLY, FaultyPlans, RunFault
from ustm_cli.cli.session import Session

# A byte order mark and Windows line ends are of the layout, so that fmt mends them.
MENDED = ("U102", "U103")


def fmt(
    context: typer.Context,
    files: Annotated[list[str] | None, typer.Argument(metavar="[PLAN]...", help="แฟ้มแผน (ค่าปริยาย: แผนที่พบ)")] = None,
    check: Annotated[bool, typer.Option("--check", help="ไม่เขียน เพียงบอกแฟ้มที่ยังไม่เป็นระเบียบ")] = False,
) -> None:
    """จัดแฟ้มแผนให้เป็นระเบียบเดียวกัน ไม่เปลี่ยนความหมาย ไม่ทิ้งหมายเหตุ"""
    session: Session = context.obj
    session.plans = (*session.plans, *(files or ()))
    from ustm_cli.cli.files import read, rewrite
    from ustm_cli.plan.source import decode

    voice = session.voice
    wanted = _wanted(session)
    untidy = 0
    for path, name in wanted:
        data = read(path, name)
        new = _laid_out(decode(data, name)[0], name)
        if new.encode() == data:
            continue
        untidy += 1
        if check:
            session.say(voice.say("fmt_would", file=name))
        else:
            rewrite(path, data, new, name)
            session.say(voice.say("fmt_wrote", file=name))
    if not untidy:
        session.say(voice.say("fmt_good", files=len(wanted)))
    elif check:
        session.exit_code = FINDINGS


def _wanted(session: Session) -> list[tuple[Path, str]]:
    """The plans without faults and what they include; those with faults are told on stderr. Raises FaultyPlans."""
    from ustm_cli.cli.world import load_all, plan_files, told

    paths = {name: path for path, name in plan_files(session)}
    loaded = load_all(session)
    faults = [one for item in loaded for one in item.faults if one.severity == "error" and one.code not in MENDED]
    good = [item for item in loaded if not any(one in faults for one in item.faults)]
    if faults:
        text = told(faults, loaded, session)
        if not good:
            raise FaultyPlans(text)
        session.tell(text)
        session.exit_code = PARTLY
    plans = [(paths[item.file], item.file) for item in good]
    return list(dict.fromkeys([*plans, *(shared for item in good for shared in item.included)]))


def _laid_out(text: str, name: str) -> str:
    from ustm_cli.plan.layout import laid_out
    from ustm_cli.plan.syntax import Unwritable

    try:
        return laid_out(text)
    except Unwritable as refused:
        raise RunFault("fmt_refused", file=name, line=refused.line) from None
