"""`ustm schema`: the JSON Schema of a plan file, for editors."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from ustm_cli.cli.files import put
from ustm_cli.cli.session import Session

# The name that the first line of every plan points to (`$schema=../ustm.schema.json`).
FILE = "ustm.schema.json"


def schema(
    context: typer.Context,
    write: Annotated[bool, typer.Option("--write", help="เขียนเป็นแฟ้ม ustm.schema.json ข้างโฟลเดอร์ plans")] = False,
) -> None:
    """JSON Schema ของแฟ้มแผน สำหรับโปรแกรมแก้ไข"""
    session: Session = context.obj
    from ustm_cli.plan.schema import plan_schema

    found = plan_schema()
    if not write:
        session.say(json.dumps(found, ensure_ascii=session.ascii_json, indent=2))
        return
    path = _home(session.cwd) / FILE
    text = json.dumps(found, ensure_ascii=False, indent=2) + "\n"
    said = "schema_written" if put(path, text.encode(), path) else "schema_current"
    session.say(session.voice.say(said, file=path))


def _home(cwd: Path) -> Path:
    """The nearest folder upward that holds `plans`, else the current one."""
    from ustm_cli.cli.world import PLAN_FOLDER

    return next((folder for folder in (cwd, *cwd.parents) if (folder / PLAN_FOLDER).is_dir()), cwd)
