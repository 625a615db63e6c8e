"""A headless Chromium found on the machine: from a page to a PDF."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from datetime import date
from hashlib import sha256
from pathlib import Path

from ustm_cli.cli.faults import RunFault

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge", "msedge")
MAC = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
WINDOWS = (
    r"Google\Chrome\Application\chrome.exe",
    r"Chromium\Application\chrome.exe",
    r"Microsoft\Edge\Application\msedge.exe",
)
WINDOWS_FOLDERS = ("ProgramFiles", "ProgramFiles(x86)", "LocalAppData")
FLAGS = (
    "--headless",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
    "--no-pdf-header-footer",
)
PATIENCE = 180  # seconds that one page may take
_MADE = re.compile(rb"/(CreationDate|ModDate) ?\(D:\d{14}[^)]*\)")
_SIGN = b"%% ustm page "


def find(env: Mapping[str, str]) -> str:
    """The program, by `CHROMIUM`, by name, by the usual places. Raises RunFault with a word on how to get one."""
    wanted = env.get("CHROMIUM")
    if wanted:
        program = shutil.which(wanted, path=env.get("PATH"))
        if program is None:
            raise RunFault("browser_missing", program=wanted)
        return program
    for name in NAMES:
        if program := shutil.which(name, path=env.get("PATH", "")):
            return program
    for place in _places(env):
        if place.is_file():
            return str(place)
    raise RunFault("no_browser")


def _places(env: Mapping[str, str]) -> Iterator[Path]:
    yield from map(Path, MAC)
    for folder in WINDOWS_FOLDERS:
        if env.get(folder):
            yield from (Path(env[folder], *name.split("\\")) for name in WINDOWS)


def pdf(program: str, page: bytes, folder: Path, today: date) -> bytes:
    """The page on paper, with the day stood on as its date and signed with the page it was made from.

    The page lies in `folder` meanwhile: a browser in a box of its own may not look elsewhere. Raises RunFault.
    """
    with tempfile.TemporaryDirectory(dir=folder, prefix="ustm-pdf-", ignore_cleanup_errors=True) as made:
        source, target = Path(made, "page.html"), Path(made, "page.pdf")
        source.write_bytes(page)
        _print(program, source, target, Path(made, "profile"))
        data = target.read_bytes()
    return _dated(data, today) + _SIGN + _digest(page) + b"\n%%EOF\n"


def is_pdf_of(data: bytes | None, page: bytes) -> bool:
    """Whether a PDF was made from just this page."""
    return data is not None and data.startswith(b"%PDF") and data.endswith(_SIGN + _digest(page) + b"\n%%EOF\n")


def _digest(page: bytes) -> bytes:
    return sha256(page).hexdigest().encode()


def _print(program: str, source: Path, target: Path, profile: Path) -> None:
    boxed = hasattr(os, "geteuid") and os.geteuid() == 0
    flags = (*FLAGS, *(("--no-sandbox",) if boxed else ()), f"--user-data-dir={profile}", f"--print-to-pdf={target}")
    name = Path(program).name
    try:
        done = subprocess.run(  # noqa: S603 (the user's own browser, no shell)
            [program, *flags, source.as_uri()], capture_output=True, timeout=PATIENCE, check=False
        )
    except subprocess.TimeoutExpired:
        raise RunFault("browser_failed", program=name, problem=f"> {PATIENCE} s") from None
    except OSError as error:
        raise RunFault("browser_failed", program=name, problem=error.strerror or error) from None
    if not target.is_file() or not target.stat().st_size:
        last = done.stderr.decode("utf-8", "replace").strip().splitlines()[-1:] or [f"exit {done.returncode}"]
        raise RunFault("browser_failed", program=name, problem=last[0][:300])


def _dated(data: bytes, today: date) -> bytes:
    """The moment of printing replaced by the day stood on, every other byte where it was."""

    def same_length(match: re.Match[bytes]) -> bytes:
        key, _, rest = match[0].partition(b"(D:")
        return key + b"(D:" + f"{today:%Y%m%d}000000".encode() + rest[14:]

    return _MADE.sub(same_length, data)
