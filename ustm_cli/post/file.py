"""Letters into files: whole or not at all, and never in the place of what is no letter of ours."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

from ustm_cli.dates.era import format_be
from ustm_cli.post.parcel import Problem, Undelivered, content_of
from ustm_cli.register.store import make_folder, sync_folder
from ustm_cli.settings.addresses import unfit


def path_of(pattern: str, day: date, person: str) -> str:
    return pattern.format(day=format_be(day, "iso"), person=person)


def deliver(text: str, folder: Path, name: str, wrote: Callable[[str], bool]) -> None:
    """Write a letter beside its place and put it there. Raises Undelivered.

    `wrote` knows the contents of our letters: one of them, as it was written, may be replaced.
    """
    path = folder / name
    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        make_folder(path.parent)
        if _astray(path, folder):
            raise Undelivered(Problem("post_outside", name), passing=False)
        if _taken(path, wrote):
            raise Undelivered(Problem("post_taken", name), passing=False)
        with beside.open("wb") as file:
            file.write(text.encode())
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
        sync_folder(path.parent)
    except FileExistsError as error:
        place = str(Path(error.filename).relative_to(folder))
        raise Undelivered(Problem("post_no_folder", place), passing=False) from None
    except OSError as error:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
        raise Undelivered(Problem("post_cannot_write", f"{name}: {error.strerror or error}"), passing=False) from None


def _astray(path: Path, folder: Path) -> bool:
    """Whether links lead to where no letter may lie."""
    place, office = path.parent.resolve(), folder.resolve()
    return not place.is_relative_to(office) or unfit(str(place.relative_to(office) / path.name)) is not None


def _taken(path: Path, wrote: Callable[[str], bool]) -> bool:
    """Whether what lies there would be lost. A link would not: it is replaced, and not what it leads to."""
    if path.is_symlink() or not path.exists():
        return False
    return not path.is_file() or not wrote(content_of(path.read_bytes()))
