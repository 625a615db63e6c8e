"""The user's cache folder: where it is, what tells two states of the program apart, seals, changed files."""

from __future__ import annotations

# Without pathlib and hashlib, whose import would cost more than an answer.
import os
import sys
from stat import S_ISREG

SEAL = 20


def folder() -> str | None:
    """The user's own folder for what can be made again, never in a repository; None where there is none."""
    own = os.environ.get("HOME")
    places = [os.environ.get("XDG_CACHE_HOME"), os.path.join(own, ".cache") if own else None]
    if sys.platform == "win32":
        places = [os.environ.get("LOCALAPPDATA")]
    return next((os.path.join(place, "ustm") for place in places if place and os.path.isabs(place)), None)


def wanted() -> bool:
    return not os.environ.get("USTM_NO_CACHE")


def program() -> object:
    """What tells one state of the installed program from another: of a checkout, the times of all its files."""
    here = os.path.dirname(__file__)
    if "site-packages" in here:
        return os.stat(__file__).st_mtime_ns
    folders = [here]
    seen: list[tuple[str, int]] = []
    while folders:
        with os.scandir(folders.pop()) as items:
            for item in items:
                if item.is_dir():
                    if item.name != "__pycache__":
                        folders.append(item.path)
                else:
                    seen.append((item.name, item.stat().st_mtime_ns))
    return sorted(seen)


def digest(data: bytes) -> bytes:
    from _blake2 import blake2b  # hashlib is many times dearer to import

    found: bytes = blake2b(data, digest_size=SEAL).digest()
    return found


def seal(data: bytes) -> bytes:
    return digest(data) + data


def unseal(data: bytes) -> bytes | None:
    """What was sealed; None of what is not whole."""
    return data[SEAL:] if len(data) > SEAL and digest(data[SEAL:]) == data[:SEAL] else None


# ---- files that did not change

RACY_NS = 2_000_000_000
"""A file changed so shortly before it was read may change again without a new time on it (FAT counts in 2 s)."""

TICK_NS = 20_000_000
"""A file's times may be as much older than the clock."""

Print = tuple[str, "int | None", "bytes | None"]
"""A path, the number of its times and sizes, the digest of its content; what is None is not compared."""


def file_print(path: str, since: int = 0) -> Print:
    """Of a file as it is; of one that did not change since a moment (ns), without its content."""
    own, last = _stat(path)
    return path, own, content(path) if last >= since - RACY_NS else None


def unchanged(print: Print) -> bool:
    path, own, digest = print
    return (own is None or own == number(path)) and (digest is None or digest == content(path))


def settled(print: Print, checked: int) -> Print:
    """Of a file found unchanged at a moment (ns): without its content, if by then its times told all."""
    path, own, digest = print
    tells = own is not None and digest is not None and _stat(path)[1] < checked - RACY_NS
    return (path, own, None) if tells else print


def changed(path: str) -> int:
    """The last moment (ns) at which the file may have changed, as its times tell."""
    return _stat(path)[1] + TICK_NS


def number(path: str) -> int:
    """What differs once the file was written, replaced or renamed; 0 where there is none."""
    return _stat(path)[0]


def content(path: str) -> bytes:
    """The digest of a file's content or of the names in a folder; b"" where there is none to read."""
    try:
        if S_ISREG(os.stat(path).st_mode):  # a pipe might never end
            with open(path, "rb", buffering=0) as file:
                return digest(file.read())
        return digest("\0".join(sorted(os.listdir(path))).encode("utf-8", "surrogateescape"))
    except (OSError, ValueError):
        return b""


def _stat(path: str) -> tuple[int, int]:
    try:
        found = os.stat(path)
    except (OSError, ValueError):
        return 0, 0
    times = found.st_mtime_ns, found.st_ctime_ns
    return hash((*times, found.st_size, found.st_ino)), max(times)
