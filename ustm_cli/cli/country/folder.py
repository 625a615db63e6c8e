"""One folder of plans: its years and registers belong together, and nothing beyond it has a say in its obligations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from glob import has_magic
from io import StringIO
from pathlib import Path
from typing import NamedTuple

from ustm_cli.cli.faults import FaultyPlans, RunFault
from ustm_cli.cli.session import UNPIPED_WIDTH, Session
from ustm_cli.cli.world import candidates, is_plan, load_those, named, unreviewed_years, world_from
from ustm_cli.dates.holidays import Holiday
from ustm_cli.register.standing import Row
from ustm_cli.register.store import path_beside
from ustm_cli.render.voice import Voice

MANY = 32
"""From so many folders on, plans are not held all at once."""


class Asked(NamedTuple):
    """What the answer of a folder depends on beside its files."""

    voice: Voice
    now: datetime
    as_of: date | None


class Folder(NamedTuple):
    """The files of one folder that may be plans, each with the name it is called by."""

    path: str
    files: tuple[tuple[str, str], ...]


class Found(NamedTuple):
    """What a folder holds. `told` is for stderr; `whole`: no plan is faulty; `moving`: a stopped clock runs on,
    or it could not be read.

    `read`: every file that the answer came from, those that were looked for in vain too.
    """

    rows: Sequence[Row]
    holidays: Sequence[Holiday]
    years: tuple[int, ...]
    unreviewed: tuple[int, ...]
    told: str
    whole: bool
    moving: bool
    read: tuple[str, ...]


def folders_of(files: Iterable[tuple[Path, str]]) -> list[Folder]:
    """The files by folder, in the order of the files."""
    found: dict[str, list[tuple[str, str]]] = {}
    for path, name in files:
        found.setdefault(str(path.parent), []).append((str(path), name))
    return [Folder(path, tuple(own)) for path, own in found.items()]


def many(session: Session) -> list[Folder]:
    """The folders of the plans asked for, where patterns name many. Raises RunFault."""
    if not all(map(has_magic, session.plans)):
        return []
    folders = folders_of(named(session, candidates(session)))
    return folders if len(folders) >= MANY else []


def look_into(folder: Folder, asked: Asked) -> Found:
    """Read, check and expand the plans of a folder. What is wrong is told, never raised."""
    said = StringIO()
    session = Session(
        voice=asked.voice,
        plans=(),
        now=asked.now,
        as_of=asked.as_of,
        width=UNPIPED_WIDTH,
        colour=False,
        cwd=Path(folder.path),
        stderr=said,
    )
    files = [(Path(path), name) for path, name in folder.files]
    read = {str(item) for path, _ in files for item in (path, path_beside(path))}
    files = [(path, name) for path, name in files if is_plan(path)]
    nothing = Found((), (), (), (), "", whole=False, moving=False, read=tuple(sorted(read)))
    if not files:
        return nothing._replace(whole=True)
    try:
        loaded = load_those(session, files)
        read |= {str(path) for item in loaded for path in item.ways}
        world = world_from(session, files, loaded)
        read |= {str(path) for register in world.registers.values() for path in register.beside}
    except FaultyPlans as fault:
        return nothing._replace(told=said.getvalue() + fault.text, read=tuple(sorted(read)))
    except RunFault as fault:
        told = f"{said.getvalue()}ustm: {session.voice.say(fault.key, **fault.facts)}\n"
        return nothing._replace(told=told, moving=True)
    return Found(
        world.rows,
        world.holidays(date.min, date.max),
        world.years,
        tuple(unreviewed_years(world)),
        said.getvalue(),
        whole=not session.exit_code,
        moving=any(case.paused for register in world.registers.values() for case in register.state.cases.values()),
        read=tuple(sorted(read)),
    )
