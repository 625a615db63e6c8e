"""Where letters may go: e-mail addresses, mail servers, and the files of the office that are no others than letters."""

from __future__ import annotations

import ipaddress
import re
from pathlib import Path

from ustm_cli.plan.findings import Both

# A plan, a register, the settings and the ledger end otherwise: no letter can be taken for one, nor lie in its place.
ENDINGS = (".md", ".txt", ".html")

_LOCAL_PART = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}")


def is_address(text: str) -> bool:
    """Whether a text is one address that a mail server takes; the domain may be Thai, the part before @ may not."""
    local, at, domain = text.rpartition("@")
    if not at or not _LOCAL_PART.fullmatch(local) or re.search(r"[\s\x00-\x1f<>(),;:\\\"\[\]]", domain):
        return False
    try:
        return bool(domain.encode("idna"))
    except UnicodeError:
        return False


def is_server(text: str) -> bool:
    """Whether a text is the name (which may be Thai) or the number of a machine, and nothing beside it."""
    try:
        ipaddress.ip_address(text)
    except ValueError:
        pass
    else:
        return True
    try:
        wire = text.encode("idna").decode("ascii")
    except UnicodeError:
        return False
    return re.fullmatch(r"[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_.])?", wire) is not None


def unfit(path: str) -> Both | None:
    """Why a letter may not be the file of this path, which counts from the folder of the settings."""
    parts = Path(path).parts
    if Path(path).is_absolute() or ".." in parts or "\0" in path or re.match(r"[A-Za-z]:|\\", path):
        return Both("อยู่นอกโฟลเดอร์ของสำนักงาน", "outside the office's folder")
    if any(part.startswith(".") for part in parts):
        return Both("โฟลเดอร์หรือแฟ้มซ่อน", "a hidden folder or file")
    if not path.lower().endswith(ENDINGS):
        return Both("ไม่ลงท้ายด้วย " + " ".join(ENDINGS), "its end is none of " + " ".join(ENDINGS))
    return None


def unfit_pattern(pattern: str) -> Both | None:
    """Why a pattern cannot name everyone's letter of each day."""
    # Nothing but the two names: a width in the braces could ask for any amount of memory.
    if re.search(r"[{}]", re.sub(r"\{(day|person)\}", "", pattern)):
        return Both("วงเล็บปีกกาที่ไม่รู้จัก", "braces that mean nothing")
    if "{person}" not in pattern:
        return Both("ไม่มี {person}", "without {person}")
    return unfit(pattern.format(day="2563-11-16", person="a"))
