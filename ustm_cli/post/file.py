"""Letters into files: whole or not at all."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

from ustm_cli.dates.era import format_be
from ustm_cli.post.parcel import Problem, Undelivered
from ustm_cli.register.store import make_folder, sync_folder


def path_of(pattern: str, day: date, person: str) -> str:
    return pattern.format(day=format_be(day, "iso"), person=person)


def deliver(text: str, folder: Path, name: str) -> None:
    """Write a letter beside its place and put it there. Raises Undelivered; a full disk may pass."""
    path = folder / name
    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        make_folder(path.parent)
        if not path.parent.resolve().is_relative_to(folder.resolve()):
            raise Undelivered(Problem("post_outside", name), passing=False)
        with beside.open("wb") as file:
            file.write(text.encode())
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise Undelivered(Problem("post_cannot_write", f"{name}: {error.strerror or error}"), passing=False) from None
