"""What a data set holds, and of which content of which files: so that the next rollup expands what changed only."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from hashlib import blake2b, file_digest
from os.path import relpath
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from ustm_cli import __version__
from ustm_cli.cache import content
from ustm_cli.cli.country.folder import Asked, Folder
from ustm_cli.render.parquet import is_path

NAME = ".ustm-rollup.json"
FORMAT = 1


class Entry(NamedTuple):
    """A folder of plans. `read`: digests by path from the folder; None where it must be expanded every time.

    `rows` counts by the path of a partition, `statuses` by status.
    """

    plans: tuple[str, ...]
    stood: str
    read: Mapping[str, str] | None
    rows: Mapping[str, int]
    statuses: Mapping[str, int]
    unreviewed: tuple[int, ...]

    def fits(self, folder: Folder, asked: Asked) -> bool:
        """Whether expanding the folder again would give the same rows."""
        if self.read is None or self.plans != plans_of(folder):
            return False
        if self.stood not in (stood(asked), stood(asked, asked.now)):
            return False
        return all(content(f"{folder.path}/{path}").hex() == digest for path, digest in self.read.items())


class Manifest(NamedTuple):
    """The folders of a data set by name, and the digests of its files by the path of their partition."""

    folders: Mapping[str, Entry]
    files: Mapping[str, str]

    def as_json(self) -> dict[str, Any]:
        return {
            "format": FORMAT,
            "version": __version__,
            "program": program(),
            "folders": {name: entry._asdict() for name, entry in sorted(self.folders.items())},
            "files": dict(sorted(self.files.items())),
        }


NOTHING = Manifest({}, {})


def name_of(folder: Folder) -> str:
    """What the folder is called, as its plans are: `อุบลราชธานี/plans`."""
    return PurePosixPath(folder.files[0][1]).parent.as_posix()


def plans_of(folder: Folder) -> tuple[str, ...]:
    return tuple(name for _, name in folder.files)


def stood(asked: Asked, moment: datetime | None = None) -> str:
    """The day for which a folder was expanded, and what was known; with a moment where the answer goes by minutes."""
    return f"{moment.isoformat() if moment else asked.now.date()} {asked.as_of or ''}".rstrip()


def load(text: str) -> Manifest:
    """Of a manifest as written; an empty one where it is of another program, or none."""
    try:
        found = json.loads(text)
        if (found["format"], found["program"]) != (FORMAT, program()):
            return NOTHING
        entries = {name: _entry(entry) for name, entry in found["folders"].items()}
        if not all(map(is_path, (*found["files"], *(path for entry in entries.values() for path in entry.rows)))):
            return NOTHING
        return Manifest(entries, {path: str(digest) for path, digest in found["files"].items()})
    except (ValueError, KeyError, TypeError, AttributeError):
        return NOTHING


def _entry(found: Mapping[str, Any]) -> Entry:
    entry = Entry(**found)
    return entry._replace(plans=tuple(entry.plans), unreviewed=tuple(entry.unreviewed))


# ---- digests


def digests(folder: Folder, read: tuple[str, ...]) -> dict[str, str]:
    """Of the files that a folder was read from, by their paths from the folder; "" of none."""
    return {relpath(path, folder.path): content(path).hex() for path in read}


def digest_of(path: Path) -> str:
    """The digest of a file however large; "" where there is none to read."""
    try:
        with path.open("rb") as file:
            return file_digest(file, lambda: blake2b(digest_size=20)).hexdigest()
    except OSError:
        return ""


@cache
def program() -> str:
    """What tells one state of the program from another, on whatever machine: its code and its tables of holidays."""
    here = Path(__file__).parents[2]
    found = blake2b(digest_size=20)
    for path in sorted(here.rglob("*")):
        if path.suffix in (".py", ".tsv"):
            data = path.read_bytes().replace(b"\r\n", b"\n")
            found.update(f"{path.relative_to(here).as_posix()} {len(data)}\n".encode() + data)
    return found.hexdigest()
