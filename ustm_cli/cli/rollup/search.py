"""The plans below a folder, wherever they lie in it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from ustm_cli.cli.faults import PARTLY, RunFault
from ustm_cli.cli.session import Session
from ustm_cli.cli.world import YAML, is_plan, named


def plans_below(session: Session, folders: Iterable[str], but: Path) -> list[tuple[Path, str]]:
    """Every plan below the folders, each with the name it is called by, in order; nothing hidden, nothing in `but`.

    In a folder `plans` a plan may lack its fiscal year, so that its fault is told; elsewhere other YAML files lie.
    Links to folders are not followed. A folder that cannot be read is told. Raises RunFault.
    """
    paths = [path for wanted in folders for path in _below(session, _folder(session, wanted), but)]
    return named(session, paths)


def _folder(session: Session, wanted: str) -> Path:
    path = session.cwd / wanted
    if not path.exists():
        raise RunFault("no_folder", folder=wanted)
    if not path.is_dir():
        raise RunFault("not_a_folder", folder=wanted)
    return path


def _below(session: Session, top: Path, but: Path) -> Iterator[Path]:
    def tell(error: OSError) -> None:
        session.exit_code = PARTLY
        session.tell(session.voice.say("cannot_read", file=error.filename, problem=error.strerror or error))

    for name, folders, files in os.walk(top, onerror=tell):
        here = Path(name)
        folders[:] = sorted(one for one in folders if not one.startswith(".") and not _same(here / one, but))
        for file in sorted(files):
            path = here / file
            if path.suffix in YAML and not file.startswith(".") and path.is_file() and is_plan(path):
                yield path


def _same(one: Path, other: Path) -> bool:
    return one.name == other.name and other.exists() and one.samefile(other)
