"""`ustm schema`: the JSON Schema of a plan file, for editors."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from ustm_cli.cli.faults import RunFault
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
    said = "schema_written" if _put(path, json.dumps(found, ensure_ascii=False, indent=2) + "\n") else "schema_current"
    session.say(session.voice.say(said, file=path))


def _home(cwd: Path) -> Path:
    """The nearest folder upward that holds `plans`, else the current one."""
    from ustm_cli.cli.world import PLAN_FOLDER

    return next((folder for folder in (cwd, *cwd.parents) if (folder / PLAN_FOLDER).is_dir()), cwd)


def _put(path: Path, text: str) -> bool:
    """Write the file whole or not at all; False where it says so already. Raises RunFault."""
    data = text.encode()
    # Beside it, so that the rename stays on one disk.
    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        if path.is_file() and path.read_bytes() == data:
            return False
        with beside.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
        _keep_name(path.parent)
    except OSError as error:
        raise RunFault("cannot_write", file=path, problem=error.strerror or error) from None
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
    return True


def _keep_name(folder: Path) -> None:
    """Make the renaming last through a power cut; Windows cannot open a folder for that."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
