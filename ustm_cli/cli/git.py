"""What git knows of the plans: revisions, and the plan files as they stood in one. No shell, nothing written."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from ustm_cli.cli.faults import RunFault, UseFault

SECONDS = 60


class Repository(NamedTuple):
    """A work tree, and the folder of plans in it, relative to its top."""

    top: Path
    folder: PurePosixPath


def repository_of(folder: Path) -> Repository:
    """Raises RunFault where the folder is in no work tree, or there is no git."""
    top = Path(_git(folder, "rev-parse", "--show-toplevel", fault="no_repository").strip())
    try:
        inner = folder.resolve().relative_to(top.resolve())
    except ValueError:
        raise RunFault("no_repository", folder=folder) from None
    return Repository(top, PurePosixPath(inner.as_posix()))


def commit_of(repository: Repository, revision: str) -> str:
    """The id of the commit that a user's words name. Raises UseFault."""
    if not revision or revision.startswith("-") or re.search(r"[\s:\x00-\x1f\x7f]", revision):
        raise UseFault("no_revision", revision=revision[:80])
    wanted = f"{revision}^{{commit}}"
    found = _run(repository.top, "rev-parse", "--verify", "--quiet", "--end-of-options", wanted)
    if found.returncode:
        raise UseFault("no_revision", revision=revision[:80])
    return found.stdout.decode().strip()


def merge_base(repository: Repository, one: str, other: str) -> str:
    """The commit from which two branches (given as ids) parted. Raises UseFault."""
    found = _run(repository.top, "merge-base", one, other)
    if found.returncode:
        raise UseFault("no_merge_base")
    return found.stdout.decode().strip()


def files_at(repository: Repository, commit: str) -> dict[str, str]:
    """The ids of the files below the folder of plans in a commit (an id), by their path in that folder."""
    inside = repository.folder.as_posix()
    where = [] if inside == "." else [f"{inside}/"]
    listed = _git(repository.top, "ls-tree", "-r", "-z", "--full-tree", commit, "--", *where, fault="git_failed")
    found: dict[str, str] = {}
    for line in listed.split("\0"):
        head, _, path = line.partition("\t")
        kind, _, blob = head.partition(" blob ")
        # A symbolic link (120000) is not followed.
        if kind.startswith("100"):
            found[PurePosixPath(path).relative_to(repository.folder).as_posix()] = blob.strip()
    return found


def content_of(repository: Repository, file: str) -> bytes:
    """What a file (an id) holds."""
    return _bytes(repository.top, "cat-file", "blob", file)


def _git(folder: Path, *arguments: str, fault: str) -> str:
    return _bytes(folder, *arguments, fault=fault).decode("utf-8", "replace")


def _bytes(folder: Path, *arguments: str, fault: str = "git_failed") -> bytes:
    found = _run(folder, *arguments)
    if found.returncode:
        problem = found.stderr.decode("utf-8", "replace").strip().splitlines()
        raise RunFault(fault, folder=folder, problem=problem[-1] if problem else arguments[0])
    return found.stdout


def _run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    command: Sequence[str] = ("git", "-C", str(folder), *arguments)
    # The variables that git sets for a hook would lead it to another work tree; its answers are read, so in English.
    quiet = {
        name: value for name, value in os.environ.items() if name not in ("GIT_DIR", "GIT_WORK_TREE", "GIT_PREFIX")
    }
    quiet |= {"LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0"}
    try:
        return subprocess.run(  # noqa: S603 (no shell, and what users wrote stands behind --end-of-options)
            command, capture_output=True, check=False, timeout=SECONDS, env=quiet, stdin=subprocess.DEVNULL
        )
    except FileNotFoundError:
        raise RunFault("no_git") from None
    except subprocess.TimeoutExpired:
        raise RunFault("git_failed", folder=folder, problem=f"{arguments[0]}: {SECONDS} s") from None
