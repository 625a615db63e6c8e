"""The lock of CI: what pyproject.toml asks for stands in it, each file by its hash, and nothing of where it was made."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

TOP = Path(__file__).parent.parent
LOCK = TOP / "requirements" / "ci.txt"
PINNED = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^ ;]+)(?: ; [^\\]+)? \\$")


def pinned() -> dict[str, list[Version]]:
    """The versions of each package; several where systems or Pythons differ."""
    found: dict[str, list[Version]] = {}
    for line in LOCK.read_text(encoding="utf-8").splitlines():
        if match := PINNED.match(line):
            found.setdefault(canonicalize_name(match["name"]), []).append(Version(match["version"]))
    return found


def test_lock_satisfies_pyproject() -> None:
    """Every requirement, those of the build and of all extras too, has a version in the lock that it admits.

    Where one has none, `make lock` renews the lock.
    """
    project = tomllib.loads((TOP / "pyproject.toml").read_text(encoding="utf-8"))
    extras = project["project"]["optional-dependencies"].values()
    wanted = [
        Requirement(text)
        for texts in (project["build-system"]["requires"], project["project"]["dependencies"], *extras)
        for text in texts
    ]
    lock = pinned()
    missing = [
        str(one)
        for one in wanted
        if not any(one.specifier.contains(version) for version in lock.get(canonicalize_name(one.name), ()))
    ]
    assert missing == []
    assert len(lock) > len(wanted)


def test_every_file_by_its_hash() -> None:
    """Every line is a package at one version, a hash of it, or a comment: no address, no path, no option of an index."""
    lines = LOCK.read_text(encoding="utf-8").splitlines()
    hashed = re.compile(r"^    --hash=sha256:[0-9a-f]{64}( \\)?$")
    assert [line for line in lines if not (line.startswith("#") or PINNED.match(line) or hashed.match(line))] == []
    assert [line for line in lines if line.startswith("#")] == lines[:2]
    assert "/" not in "".join(lines)
