"""Where an export goes: a file that is either the old one or the whole new one, or stdout as bytes."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

from ustm_cli.cli.faults import RunFault, UseFault
from ustm_cli.cli.files import beside_it
from ustm_cli.cli.session import Session
from ustm_cli.register.store import SUFFIX, sync_folder

STDOUT = "-"


def deliver(session: Session, content: bytes, out: str | None, count: int, *, text: bool = True) -> None:
    """Write `content` to the file `out`, else to stdout. Raises UseFault and RunFault.

    To stdout go the bytes themselves, since a calendar or a spreadsheet is UTF-8 (or no text) whatever the locale;
    only a terminal gets text in its own encoding.
    """
    if out not in (None, STDOUT):
        try:
            path = (session.cwd / str(out)).resolve()
            _refuse_plans(session, path, str(out))
            write_file(path, content, str(out))
        except OSError as error:
            raise RunFault("cannot_write", file=out, problem=error.strerror or error) from None
        session.tell(session.voice.say("export_wrote", file=out, count=count))
    elif sys.stdout.isatty() or not hasattr(sys.stdout, "buffer"):
        if not text:
            raise UseFault("export_needs_out")
        session.say(content.decode("utf-8").replace("\r\n", "\n"))
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()


def _refuse_plans(session: Session, path: Path, name: str) -> None:
    """A slip of the hand must not replace a plan or a register by an export of it."""
    from ustm_cli.cli.world import plan_files

    plans = {file.resolve() for file, _ in plan_files(session)}
    if path in plans or (path.name.endswith((".yaml", ".yml", SUFFIX)) and path.exists()):
        raise UseFault("export_over_plan", file=name)


def write_file(path: Path, content: bytes, name: str) -> None:
    """Write beside and rename, keeping the permissions of the file that stood there. Raises RunFault and OSError.

    What is no ordinary file (a pipe, /dev/stdout) is written into.
    """
    if path.is_dir():
        raise RunFault("export_is_folder", file=name)
    if not path.parent.is_dir():
        raise RunFault("export_no_folder", file=name, folder=path.parent.name)
    if path.exists() and not path.is_file():
        path.write_bytes(content)
    else:
        _replace(path, content)


def _replace(path: Path, content: bytes) -> None:
    mode = stat.S_IMODE(path.stat().st_mode) if path.exists() else None
    with beside_it(path, content) as beside:
        if mode is not None:
            beside.chmod(mode)
        beside.replace(path)
        sync_folder(path.parent)
