"""The quick way: an answer given before is given again while nothing that it depends on has changed.

Asked before anything heavy is imported. An entry holds an answer's bytes beside all that it came from: the command
line, the day, the terminal, the content of every file that was read and the names in every folder of plans. Any
difference, or any doubt, is a miss, and then the slow way answers. `USTM_NO_CACHE=1` turns it off. Nothing else knows
of this module: without it, `ustm_cli.cli:main` is the program.
"""

from __future__ import annotations

# Without pathlib, contextlib and typing, whose import would cost more than the whole answer.
import marshal
import os
import sys
import time

from ustm_cli import __version__, cache

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TextIO

    from ustm_cli.cli.session import Watched

    Entry = tuple[bytes, int, bytes, bytes, int, tuple[cache.Print, ...], tuple[str, ...]]
    """The key, the exit code, stdout, stderr, the day, what it came from, the folders of plans."""

COMMANDS = frozenset({"due", "show", "explain", "calendar", "cases", "stats", "event list"})
FORMAT = 2
MOST_ENTRIES = 64
LARGEST_ENTRY = 64 << 20
LARGEST = 256 << 20
MOST_READ = 64
"""So many files and folders are read again to see whether they changed; of more, their times tell."""
DAY, BANGKOK = 86_400, 7 * 3_600
_GROUPS = ("event",)
_COMMON = ("--plan", "--today", "--as-of", "--lang", "--digits", "--width")
_ENVIRONMENT = ("USTM_TODAY", "USTM_LANG", "NO_COLOR", "COLUMNS", "TERM", "LINES", "FORCE_COLOR", "USTM_DEBUG")


def main() -> None:
    argv = sys.argv[1:]
    if argv[:1] == ["--version"]:
        _write(f"ustm {__version__}\n".encode(), 1)
        sys.exit(0)
    place = _place(argv)
    if place is None:
        from ustm_cli.cli import main as slow

        slow()
    folder, key, fixed = place
    entry, checked = _load(folder, key), time.time_ns()
    if entry is not None and _current(entry, fixed):
        _, code, out, err, *_ = entry
        _write(err, 2)
        _write(out, 1)
        _settle(folder, key, entry, checked)
        sys.exit(code)
    from ustm_cli.cli import leave

    leave(_slowly(argv, folder, key, fixed))


# ---- what an answer depends on


def _place(argv: list[str]) -> tuple[str, bytes, bool] | None:
    """(folder, key, whether the day is fixed) of a command line; None for one that is not to be cached."""
    if not cache.wanted() or not (_asks_for_help(argv) or _command(argv) in COMMANDS):
        return None
    folder = cache.folder()
    if folder is None or sys.stdout is None or sys.stderr is None:
        return None
    try:
        cwd = os.getcwd()
        terminal = os.isatty(1)
        width = os.get_terminal_size(1).columns if terminal else 0
        encodings = (sys.stdout.encoding, sys.stderr.encoding, sys.stdout.errors)
    except (OSError, AttributeError):
        return None
    fixed = bool(os.environ.get("USTM_TODAY")) or any(word.startswith("--today") for word in argv)
    where = (FORMAT, __version__, sys.version, cache.program(), cwd, terminal, width, encodings)
    asked = (tuple(argv), tuple(os.environ.get(name) for name in _ENVIRONMENT))
    return folder, marshal.dumps((where, asked), 2), fixed  # type: ignore[arg-type]


def _command(argv: list[str]) -> str | None:
    """The command's name, of a group's with the group's: words that are no option, and no value of a common one."""
    words = iter(argv)
    found: list[str] = []
    for word in words:
        if word in _COMMON:
            next(words, None)
        elif not word.startswith("-"):
            found.append(word)
            if word not in _GROUPS:
                break
    return " ".join(found) or None


def _asks_for_help(argv: list[str]) -> bool:
    """Whether nothing else can be meant: after an option `--help` might be its value."""
    return (
        argv[-1:] in (["--help"], ["-h"])
        and argv[0] != "_complete"
        and not any(word.startswith("-") for word in argv[:-1])
    )


def _today() -> int:
    """The day in Bangkok, as a number."""
    return int(time.time() + BANGKOK) // DAY


def _plan_folders() -> tuple[str, ...]:
    """Every folder `plans` from here upward: a nearer one may come to stand before the one that was read."""
    folder = os.getcwd()
    found: list[str] = []
    while True:
        here = os.path.join(folder, "plans")
        if os.path.isdir(here):
            found.append(here)
        folder, below = os.path.dirname(folder), folder
        if folder == below:
            return tuple(found)


# ---- entries


def _path(folder: str, key: bytes) -> str:
    return os.path.join(folder, cache.digest(key).hex())


def _load(folder: str, key: bytes) -> Entry | None:
    """The entry of a key, None where there is none or it is not whole."""
    try:
        with open(_path(folder, key), "rb", buffering=0) as file:
            entry: Entry | None = marshal.loads(cache.unseal(file.read()) or b"")
    except (OSError, ValueError, EOFError, TypeError):
        return None
    return entry if isinstance(entry, tuple) and len(entry) == 7 and entry[0] == key else None


def _current(entry: Entry, fixed: bool) -> bool:
    *_, day, prints, plan_folders = entry
    return (fixed or day == _today()) and plan_folders == _plan_folders() and all(map(cache.unchanged, prints))


def _store(folder: str, key: bytes, entry: Entry) -> None:
    """Write beside and rename; a cache that cannot be written is no fault."""
    path = _path(folder, key)
    beside = f"{path}.{os.getpid()}"
    try:
        os.makedirs(folder, mode=0o700, exist_ok=True)
        with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(cache.seal(marshal.dumps(entry, 2)))
        os.replace(beside, path)
        _bound(folder)
    except OSError:
        try:
            os.unlink(beside)
        except OSError:
            pass


def _settle(folder: str, key: bytes, entry: Entry, checked: int) -> None:
    """Spare the next answer the content of files that had changed too shortly before this entry was made."""
    _, code, out, err, day, prints, plan_folders = entry
    now = tuple(cache.settled(one, checked) if one[1] is not None and one[2] is not None else one for one in prints)
    if now != prints:
        _store(folder, key, (key, code, out, err, day, now, plan_folders))


def _bound(folder: str) -> None:
    """Keep the entries used last."""
    with os.scandir(folder) as items:
        found = [(item.stat(), item.path) for item in items if item.is_file()]
    room = LARGEST
    for number, (stat, path) in enumerate(sorted(found, key=lambda one: -one[0].st_mtime_ns)):
        room -= stat.st_size
        if room < 0 or number >= MOST_ENTRIES:
            os.unlink(path)


# ---- the slow way, watched


def _slowly(argv: list[str], folder: str, key: bytes, fixed: bool) -> int:
    from ustm_cli import cli
    from ustm_cli.cli.session import Session

    cli.begin()

    opened: set[str] = set()
    sys.addaudithook(_watch(opened))
    before, since = _today(), time.time_ns()
    out, err = _Copy(sys.stdout), _Copy(sys.stderr)
    sys.stdout, sys.stderr = out, err
    try:
        code = cli.run(argv)
        out.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return 141
    finally:
        sys.stdout, sys.stderr = out.stream, err.stream
    if code in (0, 1, 4) and out.whole and before == _today() and (fixed or not Session.fleeting):
        prints = _prints(opened, Session.watched, Session.patterns, since)
        if prints is not None:
            _store(folder, key, (key, code, out.bytes(), err.bytes(), before, prints, _plan_folders()))
    return code


def _prints(
    opened: set[str], watched: Watched | None, patterns: set[str], since: int
) -> tuple[cache.Print, ...] | None:
    """How all that an answer came from looks now; None where something changed meanwhile, or is not known."""
    if watched is None:
        files = {path for path in opened if _is_data(path)}
        folders = {os.path.dirname(path) for path in files}.union(_plan_folders(), *map(_folders_of, patterns))
    else:
        files, folders = set(watched.files), set(watched.folders)
    paths = sorted(files | folders)
    if (watched and not watched.complete) or any(cache.changed(path) >= since for path in paths):
        return None
    if len(paths) <= MOST_READ:
        return tuple((path, None, cache.content(path)) for path in paths)
    return tuple(cache.file_print(path, since) for path in paths)


def _folders_of(pattern: str) -> set[str]:
    """Every folder in which what a pattern names may come to stand, or a folder on the way to it."""
    from glob import glob, has_magic

    found: set[str] = set()
    while has_magic(pattern):
        pattern = os.path.dirname(pattern)
        found |= {path.rstrip(os.sep) or os.sep for path in glob(os.path.join(pattern, ""), recursive=True)}
    return found


def _watch(opened: set[str]) -> Callable[[str, tuple[Any, ...]], None]:
    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if event in ("open", "ustm.sought") and isinstance(arguments[0], str | bytes):
            opened.add(os.path.abspath(os.fsdecode(arguments[0])))

    return hook


def _is_data(path: str) -> bool:
    """Whether an opened file is what the answer came from, and not the program."""
    program = (os.path.dirname(__file__), sys.prefix, sys.base_prefix, "/dev/", "/proc/")
    return path.endswith((".yaml", ".yml", ".jsonl")) or not path.startswith(program)


class _Copy:
    """A stream that keeps what is written to it."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self.buffer = _Raw(self)
        self.written: list[bytes] = []
        self.size = 0

    @property
    def whole(self) -> bool:
        return self.size <= LARGEST_ENTRY

    def write(self, text: str) -> int:
        self.keep(text.encode(self.stream.encoding, self.stream.errors or "strict"))
        return int(self.stream.write(text))

    def keep(self, data: bytes) -> None:
        self.size += len(data)
        if self.whole:
            self.written.append(data)
        else:
            self.written.clear()

    def bytes(self) -> bytes:
        return b"".join(self.written)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)


class _Raw:
    """The bytes below such a stream, where an answer is bytes and no text."""

    def __init__(self, copy: _Copy) -> None:
        self.copy = copy

    def write(self, data: bytes) -> int:
        self.copy.keep(data)
        return int(self.copy.stream.buffer.write(data))

    def flush(self) -> None:
        self.copy.stream.buffer.flush()


def _write(data: bytes, stream: int) -> None:
    """All of it; a reader that went away ends the program quietly, as others do."""
    try:
        while data:
            data = data[os.write(stream, data) :]
    except OSError as error:
        if stream == 1:
            from ustm_cli.cli import leave, unwritten

            leave(unwritten(sys.argv[1:], error))
