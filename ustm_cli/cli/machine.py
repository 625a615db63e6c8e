"""Questions to the machine for `ustm doctor`. None of them fails: what cannot be found out is told so."""

from __future__ import annotations

import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from ustm_cli.cli.faults import Fault
from ustm_cli.cli.session import Session, encodes
from ustm_cli.views.health import Machine

SECONDS = 20
# Fonts with Thai letters that come with the systems that have no fc-list.
WINDOWS_FONTS = (
    "LeelawUI.ttf",
    "leelawad.ttf",
    "tahoma.ttf",
    "THSarabunNew.ttf",
    "upcll.ttf",
    "cordia.ttc",
    "angsa.ttf",
)
MAC_FONTS = ("/System/Library/Fonts/Supplemental/Thonburi.ttc", "/System/Library/Fonts/ThonburiUI.ttc")


def machine_of(session: Session) -> Machine:
    stdout = sys.stdout
    return Machine(
        python=sys.version_info[:3],
        system=f"{platform.system()} {platform.machine()}",
        terminal=bool(stdout) and stdout.isatty(),
        width=session.width,
        encoding=getattr(stdout, "encoding", None) or "?",
        encodes_thai=encodes(stdout, "กำหนด─"),
        language=next((session.env[name] for name in ("LC_ALL", "LC_CTYPE", "LANG") if session.env.get(name)), ""),
        fonts=_fonts(session),
        browser=_browser(session),
        git=_git_version(),
        textconv=_textconv(session.cwd),
        schedulers=tuple(name for name in ("crontab", "systemctl", "schtasks", "launchctl") if shutil.which(name)),
        utc_offset=session.now.replace(tzinfo=None).astimezone().utcoffset() or timedelta(0),
    )


def _said(*command: str, cwd: Path | None = None) -> str | None:
    """What a program prints; None where there is none, or it fails."""
    if shutil.which(command[0]) is None:
        return None
    try:
        found = subprocess.run(  # noqa: S603 (words of ours only)
            command, capture_output=True, check=True, timeout=SECONDS, cwd=cwd, stdin=subprocess.DEVNULL
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return found.stdout.decode("utf-8", "replace")


def _fonts(session: Session) -> tuple[str, ...] | None:
    listed = _said("fc-list", ":lang=th", "family")
    if listed is not None:
        return tuple(sorted({line.split(",")[0].strip() for line in listed.splitlines() if line.strip()}))
    if sys.platform == "win32":
        folder = Path(session.env.get("WINDIR", r"C:\Windows")) / "Fonts"
        return _there([folder / name for name in WINDOWS_FONTS])
    return _there([Path(name) for name in MAC_FONTS]) if sys.platform == "darwin" else None


def _there(paths: Sequence[Path]) -> tuple[str, ...]:
    return tuple(path.stem for path in paths if path.exists())


def _browser(session: Session) -> str | None:
    from ustm_cli.cli import chromium

    try:
        return chromium.find(session.env)
    except Fault:
        return None


def _git_version() -> tuple[int, ...] | None:
    match = re.search(r"(\d+)\.(\d+)(?:\.(\d+))?", _said("git", "--version") or "")
    return tuple(int(part) for part in match.groups() if part) if match else None


def _textconv(cwd: Path) -> bool | None:
    """Whether `git diff` shows dates here; None outside of a repository."""
    if _said("git", "rev-parse", "--git-dir", cwd=cwd) is None:
        return None
    return bool((_said("git", "config", "--get", "diff.ustm.textconv", cwd=cwd) or "").strip())
