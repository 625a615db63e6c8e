"""`ustm schema`: the JSON Schema of a plan file, for editors."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from ustm_cli.cli.session import Session

# The name that the first line of every plan points to (`$schema=../ustm.schema.json`).
FILE = "ustm.schema.json"


def schema(
    context: typer.Context,
    write: Annotated[bool, typer.Option("--write", help="เขียนเป็นแฟ้ม ustm.schema.json ข้างโฟลเดอร์ plans")] = False,
) -> None:
    """JSON Schema ของแฟ้มแผน สำหรับโปรแกรมแก้ไข"""
    session: Session = context.obj
    if not write:
        text = _shipped() or _made()
        session.say(json.dumps(json.loads(text), indent=2) if session.ascii_json else text)
        return
    from ustm_cli.cli.files import put

    path, text = _home(session.cwd) / FILE, _made()
    said = "schema_written" if put(path, text.encode(), path) else "schema_current"
    session.say(session.voice.say(said, file=path))


def _shipped() -> str | None:
    """The schema as it was made of this version's models, which need not be loaded to give it again."""
    package = Path(__file__).parents[2]
    for folder in (package, package.parent):  # where it is installed, and in a checkout
        if (folder / FILE).is_file():
            return (folder / FILE).read_text(encoding="utf-8")
    return None


def _made() -> str:
    """The schema as the models have it now."""
    from ustm_cli.plan.schema import plan_schema

    return json.dumps(plan_schema(), ensure_ascii=False, indent=2) + "\n"


def _home(cwd: Path) -> Path:
    """The nearest folder upward that holds `plans`, else the current one."""
    from ustm_cli.cli.world import PLAN_FOLDER

    return next((folder for folder in (cwd, *cwd.parents) if (folder / PLAN_FOLDER).is_dir()), cwd)
