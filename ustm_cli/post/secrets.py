"""Secrets, from the environment or from a file that only its owner may read. They are never shown."""

from __future__ import annotations

import base64
import os
import stat
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote, quote_plus, unquote

from ustm_cli.post.parcel import Problem, Undelivered
from ustm_cli.settings.model import SecretRef

LARGEST = 64 * 1024


def secret(ref: SecretRef, env: Mapping[str, str], folder: Path) -> str:
    """The secret; a file's path counts from the folder of the settings. Raises Undelivered (lasting)."""
    if ref.kind == "env":
        value = env.get(ref.name, "").strip()
        if not value:
            raise Undelivered(Problem("post_no_variable", ref.name), passing=False)
        return value
    return _from_file(folder / ref.name, ref.name)


def _from_file(path: Path, name: str) -> str:
    try:
        with path.open("rb") as file:
            # Asked of the open file, so that no other can be put in its place in between.
            mode = os.fstat(file.fileno()).st_mode
            if not stat.S_ISREG(mode):
                raise Undelivered(Problem("post_no_secret", name), passing=False)
            if os.name == "posix" and stat.S_IMODE(mode) & 0o077:
                raise Undelivered(Problem("post_open_secret", name), passing=False)
            value = file.read(LARGEST).decode("utf-8").strip()
    except (OSError, ValueError):
        raise Undelivered(Problem("post_no_secret", name), passing=False) from None
    if not value:
        raise Undelivered(Problem("post_no_secret", name), passing=False)
    return value


def redacted(text: str, *secrets: str) -> str:
    """The text without the secrets, in the spellings in which a server or a library might give them back."""
    for one in secrets:
        for part in {one, *(piece for piece in one.replace("?", "/").split("/") if len(piece) >= 8)}:
            spellings = {part, quote(part, safe=""), quote(part), quote_plus(part), unquote(part)}
            spellings.add(base64.b64encode(part.encode()).decode())
            for spelling in sorted(spellings, key=len, reverse=True):
                if spelling:
                    text = text.replace(spelling, "***")
    return text
