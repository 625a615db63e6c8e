"""One data set of the obligations of many folders of plans: what changed is expanded, and written anew where it lies.

The new files are made in a hidden folder beside the old ones. Once all are there, what is to be done is written down;
then they get their names. A rollup that was killed before that leaves the old data set as it was, one that was killed
after it is brought to its end by the next.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
from collections import Counter
from collections.abc import Generator, Iterable, Mapping, Sequence
from concurrent.futures import BrokenExecutor
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple

from ustm_cli.cli.country.folder import Asked, Folder, folders_of
from ustm_cli.cli.country.pool import AHEAD, Crew, Here, batches, local_processes, processes, results
from ustm_cli.cli.country.progress import progress
from ustm_cli.cli.faults import PARTLY, FaultyPlans, RunFault, UseFault
from ustm_cli.cli.files import put
from ustm_cli.cli.rollup import manifest
from ustm_cli.cli.rollup.cluster import dask_workers
from ustm_cli.cli.rollup.manifest import Entry, Manifest, digest_of, name_of, program
from ustm_cli.cli.rollup.parts import Expanding, Merging, Told, bears_mark, expand, merge
from ustm_cli.cli.rollup.search import plans_below
from ustm_cli.cli.session import Session
from ustm_cli.cli.world import warn_of_holidays
from ustm_cli.register.store import make_folder, sync_folder, try_lock
from ustm_cli.render.parquet import Partition, is_path

FILE = "obligations.parquet"
LOCK = ".ustm-rollup.lock"
STAGING = ".ustm-rollup"
DEED = "deed.json"

BATCH = 16
"""Folders expanded in one piece of work, at most."""

ALONE = 8
"""So few are expanded in this process."""


class Summary(NamedTuple):
    """What was rolled up; folders but `plans`, `obligations` and `partitions` (files of the data set, written anew)."""

    plans: int
    folders: int
    obligations: int
    statuses: Mapping[str, int]
    expanded: int
    unchanged: int
    gone: int
    faulty: int
    partitions: int
    written: int


def roll_up(session: Session, wanted: Sequence[str], out: str, address: str | None) -> Summary:
    """Bring the data set in the folder `out` up to date with the plans below the folders. Raises Fault."""
    to = Path(os.path.normpath(session.cwd / out))
    _refuse(session, wanted, to, out)
    folders = folders_of(plans_below(session, wanted, to))
    if not folders:
        raise RunFault("rollup_no_plans")
    try:
        make_folder(to)
        with _alone(to, out):
            return _Rollup(session, wanted, to, folders).run(address)
    except OSError as error:
        raise RunFault("cannot_write", file=error.filename or out, problem=error.strerror or error) from None


def _refuse(session: Session, wanted: Iterable[str], to: Path, out: str) -> None:
    """A file for the data set, and folders of plans that lie in it."""
    if to.exists() and not to.is_dir():
        raise RunFault("not_a_folder", folder=out)
    for folder in wanted:
        path = session.cwd / folder
        # What is not there may have a name that no file can have, which cannot be resolved.
        if path.exists() and path.resolve().is_relative_to(to.resolve()):
            raise UseFault("rollup_in_itself", folder=folder, out=out)


@contextmanager
def _alone(to: Path, out: str) -> Generator[None]:
    """Keep other rollups off the data set. Raises RunFault where one is at it."""
    file = os.open(to / LOCK, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        if not try_lock(file):
            raise RunFault("rollup_locked", out=out)
        yield
    finally:
        os.close(file)


class _Rollup:
    """One rollup into one data set."""

    def __init__(self, session: Session, wanted: Iterable[str], to: Path, folders: Sequence[Folder]) -> None:
        self.session = session
        self.tops = [str(session.cwd / folder) for folder in wanted]
        self.to = to
        self.asked = Asked(session.voice, session.now, session.as_of)
        self.folders = {name_of(folder): folder for folder in folders}

    def run(self, address: str | None) -> Summary:
        finish(self.to)
        old = _read(self.to)
        kept = {
            name: entry
            for name, entry in old.folders.items()
            if name in self.folders and entry.fits(self.folders[name], self.asked)
        }
        changed = [folder for name, folder in self.folders.items() if name not in kept]
        staging = self.to / STAGING / secrets.token_hex(8)
        staging.mkdir(parents=True)
        try:
            with self._crew(len(changed), address, staging) as crew:
                told, parts = self._expand(crew, changed, staging, "" if address is None else program())
                new = {one.name: one.entry for one in told}
                files, staged = self._merge(crew, old, kept, parts, staging)
            found = Manifest(kept | new, files)
            self._write_down(staging, staged, found, old)
        except BaseException:
            shutil.rmtree(self.to / STAGING, ignore_errors=True)
            raise
        finish(self.to)
        warn_of_holidays(self.session, sorted({year for one in found.folders.values() for year in one.unreviewed}))
        return self._summary(old, found, told)

    @contextmanager
    def _crew(self, count: int, address: str | None, staging: Path) -> Generator[Crew]:
        if address is not None:
            with dask_workers(address, [str(staging), *self.tops]) as crew:
                yield crew
        elif count <= ALONE:
            yield Crew(Here(), 1)
        else:
            with ExitStack() as stack:
                try:
                    executor = stack.enter_context(local_processes("ustm_cli.cli.rollup.parts"))
                except (OSError, ImportError, NotImplementedError):  # a machine without semaphores
                    executor = Here()
                try:
                    yield Crew(executor, AHEAD * processes())
                except BrokenExecutor:
                    raise RunFault("rollup_process_lost") from None

    # ---- the two kinds of work

    def _expand(
        self, crew: Crew, folders: Sequence[Folder], staging: Path, program: str
    ) -> tuple[list[Told], dict[Partition, list[str]]]:
        """What was found in the folders, and the parts written by partition. Raises FaultyPlans where none is whole."""
        size = max(1, min(BATCH, len(folders) // crew.under_way))
        work = [
            Expanding(some, self.asked, str(staging), number, program)
            for number, some in enumerate(batches(folders, size))
        ]
        told: list[Told] = []
        parts: dict[Partition, list[str]] = {}
        with progress(self.session, len(folders)) as advance:
            for piece, found in results(crew.executor, expand, work, crew.under_way, crew.look):
                told += found.folders
                for partition, part in found.parts.items():
                    parts.setdefault(partition, []).append(part)
                advance(len(piece.folders))
        self._tell(told)
        return told, parts

    def _tell(self, told: Sequence[Told]) -> None:
        """What is wrong in the folders, in their order."""
        text = "\n".join(one.told.rstrip("\n") for one in sorted(told, key=lambda one: one.name) if one.told)
        if not all(one.whole for one in told):
            if len(told) == len(self.folders) and not any(one.whole or one.entry.rows for one in told):
                raise FaultyPlans(text)
            self.session.exit_code = PARTLY
        if text:
            self.session.tell(text)

    def _merge(
        self,
        crew: Crew,
        old: Manifest,
        kept: Mapping[str, Entry],
        parts: Mapping[Partition, Sequence[str]],
        staging: Path,
    ) -> tuple[dict[str, str], dict[str, str]]:
        """(digest of every file of the data set, name in `staging` of those made anew), by path of the partition."""
        made = {partition.path: own for partition, own in parts.items()}
        staying: dict[str, list[str]] = {}
        for name, entry in kept.items():
            for path in entry.rows:
                staying.setdefault(path, []).append(name)
        lost = {path for name, entry in old.folders.items() if name not in kept for path in entry.rows}
        files = {path: old.files[path] for path in staying}
        staged = {path: f"{number}.parquet" for number, path in enumerate(sorted({*made, *(lost & staying.keys())}))}
        work = [
            Merging(path, made.get(path, ()), str(self.to / path / FILE), staying.get(path, ()), str(staging / name))
            for path, name in staged.items()
        ]
        with progress(self.session, len(work), "progress_partitions") as advance:
            for piece, digest in results(crew.executor, merge, work, crew.under_way, crew.look):
                files[piece.partition] = digest
                for part in piece.parts:
                    Path(part).unlink(missing_ok=True)
                advance(1)
        return files, staged

    def _write_down(self, staging: Path, staged: Mapping[str, str], found: Manifest, old: Manifest) -> None:
        """Say what is to be done: which file gets which name, which ones go. From then on it will be done."""
        deed = {
            "files": {staged[path]: path for path in staged if old.files.get(path) != found.files[path]},
            "remove": sorted({*_ours(self.to), *old.files} - found.files.keys()),
            "manifest": found.as_json(),
        }
        put(staging / DEED, json.dumps(deed, ensure_ascii=False).encode(), DEED)

    def _summary(self, old: Manifest, found: Manifest, told: Sequence[Told]) -> Summary:
        statuses: Counter[str] = Counter()
        for entry in found.folders.values():
            statuses.update(entry.statuses)
        return Summary(
            plans=sum(len(folder.files) for folder in self.folders.values()),
            folders=len(self.folders),
            obligations=statuses.total(),
            statuses=statuses,
            expanded=len(told),
            unchanged=len(self.folders) - len(told),
            gone=len(old.folders.keys() - self.folders.keys()),
            faulty=sum(not one.whole for one in told),
            partitions=len(found.files),
            written=sum(old.files.get(path) != digest for path, digest in found.files.items()),
        )


# ---- the data set as it lies there


def _read(to: Path) -> Manifest:
    """The manifest; folders with rows in a file that is no longer what it was are to be expanded again."""
    try:
        found = manifest.load((to / manifest.NAME).read_text(encoding="utf-8"))
    except (OSError, UnicodeError):
        return manifest.NOTHING
    files = {path: digest for path, digest in found.files.items() if digest_of(to / path / FILE) == digest}
    folders = {
        name: entry if entry.rows.keys() <= files.keys() else entry._replace(read=None)
        for name, entry in found.folders.items()
    }
    return Manifest(folders, files)


def _ours(to: Path) -> list[str]:
    """The partitions of which a file of ours lies there."""
    return [path.parent.relative_to(to).as_posix() for path in to.glob(f"*=*/*=*/{FILE}") if bears_mark(path)]


def finish(to: Path) -> None:
    """Do what a rollup has written down, throw away what one has left without. Done twice, it changes nothing more."""
    for staging in sorted((to / STAGING).glob("*")):
        if (staging / DEED).is_file():
            _do(to, staging, json.loads((staging / DEED).read_text(encoding="utf-8")))
        shutil.rmtree(staging, ignore_errors=True)
    with suppress(OSError):
        (to / STAGING).rmdir()


def _do(to: Path, staging: Path, deed: Mapping[str, Any]) -> None:
    for name, path in deed["files"].items():
        if is_path(path) and (staging / name).exists():
            (to / path).mkdir(parents=True, exist_ok=True)
            (staging / name).replace(to / path / FILE)
            for folder in (to / path, (to / path).parent, to):
                sync_folder(folder)
    for path in filter(is_path, deed["remove"]):
        (to / path / FILE).unlink(missing_ok=True)
        for folder in (to / path, (to / path).parent):
            with suppress(OSError):  # others' files lie there
                folder.rmdir()
    put(to / manifest.NAME, json.dumps(deed["manifest"], ensure_ascii=False).encode(), manifest.NAME)
