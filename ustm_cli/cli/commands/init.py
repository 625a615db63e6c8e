"""`ustm init`: the files with which an office begins. What is there already stays as it is."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ustm_cli.cli.faults import RunFault, UseFault
from ustm_cli.cli.session import Session, write, year_of

if TYPE_CHECKING:
    from ustm_cli.render.voice import Voice


def init(
    context: typer.Context,
    folder: Annotated[str, typer.Argument(metavar="[FOLDER]", help="โฟลเดอร์ของสำนักงาน (ค่าปริยาย: ที่นี่)")] = ".",
    office: Annotated[str | None, typer.Option("--office", metavar="NAME", help="ชื่อสำนักงาน")] = None,
    province: Annotated[str | None, typer.Option("--province", metavar="NAME", help="จังหวัด")] = None,
    year: Annotated[str | None, typer.Option("--year", metavar="YEAR", help="ปีงบประมาณ (ค่าปริยาย: ปีนี้)")] = None,
) -> None:
    """เริ่มแผนของสำนักงาน: ถามแล้วเขียนแฟ้มที่ต้องมี ไม่เขียนทับ"""
    from ustm_cli.cli.naming import province_of

    session: Session = context.obj
    voice, asking = session.voice, _Asking(session)
    place = province_of(province or asking.ask("--province", voice.say("init_ask_province"), None))
    name = office or asking.ask("--office", voice.say("init_ask_office"), f"สำนักงานคลังจังหวัด{place}")
    usual = str(_fiscal_year(session))
    be_year = year_of(year or asking.ask("--year", voice.say("init_ask_year"), usual))
    _one_line(name)
    home = session.cwd / folder
    for path in (Path(folder), Path(folder, "plans")):
        if (session.cwd / path).exists() and not (session.cwd / path).is_dir():
            raise RunFault("not_a_folder", folder=path.as_posix())
    wrote, kept = _written(home, folder, _files(session, name, place, be_year))
    lines = [voice.say("init_wrote", file=file) for file in wrote] + [
        voice.say("init_kept", file=file) for file in kept
    ]
    lines += [voice.say("init_attributes", line=line) for line in _lacking(home / ".gitattributes", voice)]
    session.say("\n".join([*lines, "", voice.say("init_next", year=be_year + 1)]))


def _lacking(path: Path, voice: Voice) -> list[str]:
    """The lines of ours, of registers and plans, of which the office's own file says nothing alike."""
    from ustm_cli.cli.files import read

    try:
        text = read(path, path.name).decode("utf-8", "replace")
    except RunFault:
        text = ""
    own = [words for line in text.splitlines() if (words := line.split()) and not words[0].startswith("#")]
    wanted = [line for line in voice.say("starter_attributes").splitlines() if line.startswith("plans/")]
    return [line for line in wanted if not any(_alike(words, *line.split()) for words in own)]


def _alike(words: Sequence[str], pattern: str, attribute: str) -> bool:
    """Whether a line gives the attribute to such files, there or in any folder."""
    return words[0].endswith(pattern.rpartition("/")[2]) and attribute in words


def _fiscal_year(session: Session) -> int:
    from ustm_cli.dates.fiscal import fiscal_year_of

    return fiscal_year_of(session.today)


class _Asking:
    """Questions on the terminal, on stderr; without one, what can be supposed is, and the rest must be given."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.terminal = sys.stdin is not None and sys.stdin.isatty()

    def ask(self, option: str, question: str, supposed: str | None) -> str:
        if not self.terminal:
            if supposed is None:
                raise UseFault("init_needs", option=option)
            return supposed
        write(self.session.stderr, f"{question}{f' [{supposed}]' if supposed else ''}: ")
        answer = sys.stdin.readline()
        if not answer:
            raise UseFault("init_needs", option=option)
        if not answer.strip() and supposed is None:
            return self.ask(option, question, supposed)
        return answer.strip() or str(supposed)


def _one_line(name: str) -> None:
    if not name.strip() or any(not char.isprintable() for char in name) or len(name) > 200:
        raise UseFault("init_office", office=name[:40])


def _files(session: Session, office: str, province: str, be_year: int) -> dict[str, str]:
    """Every file by its path in the folder."""
    from ustm_cli.plan.schema import plan_schema
    from ustm_cli.plan.syntax import written

    voice = session.voice
    facts = {"office": written(office.strip()), "province": province, "year": str(be_year)}
    facts |= {"before": str(be_year - 1), "after": str(be_year + 1)}

    def filled(key: str) -> str:
        return re.sub(r"<(\w+)>", lambda match: facts.get(match[1], match[0]), voice.say(key))

    return {
        f"plans/fy{be_year}.yaml": filled("starter_plan"),
        f"plans/fy{be_year}.register.jsonl": "",
        "ustm.yaml": filled("starter_settings"),
        "ustm.schema.json": json.dumps(plan_schema(), ensure_ascii=False, indent=2) + "\n",
        ".gitattributes": filled("starter_attributes"),
        ".pre-commit-config.yaml": filled("starter_hooks"),
    }


def _written(home: Path, folder: str, files: dict[str, str]) -> tuple[Sequence[str], Sequence[str]]:
    """Write those that are not there; what was written, and what was kept."""
    from ustm_cli.cli.files import create

    wrote: list[str] = []
    kept: list[str] = []
    for name, text in files.items():
        path = home / name
        shown = (Path(folder) / name).as_posix()
        if path.exists() or path.is_symlink():
            kept.append(shown)
        else:
            create(path, text, shown)
            wrote.append(shown)
    return wrote, kept
