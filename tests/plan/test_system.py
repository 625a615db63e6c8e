"""What the operating system says, in Thai."""

from __future__ import annotations

import errno
import os

import pytest

from ustm_cli.plan.system import in_thai
from ustm_cli.render.voice import Voice

NUMBERS = [
    errno.EACCES, errno.ENOSPC, errno.EISDIR, errno.ENOTDIR, errno.EEXIST, errno.ENOENT, errno.ENAMETOOLONG,
    errno.EROFS, errno.ECONNREFUSED, errno.ETIMEDOUT,
]  # fmt: skip


@pytest.mark.parametrize("number", NUMBERS)
def test_common_errors_are_said_in_thai(number: int) -> None:
    """Alone, or behind the name of the file; nothing of the English is left."""
    said = os.strerror(number)
    assert said.isascii()
    assert not in_thai(said).isascii()
    assert in_thai(f"letters/x: {said}") == f"letters/x: {in_thai(said)}"


def test_other_words_stay() -> None:
    """What nobody translated, and what merely holds such words, is left as it is."""
    for text in ("", "จังหวัด", "x: y", "Is a directory of ours", "a: Is a directory."):
        assert in_thai(text) == text


def test_only_in_thai() -> None:
    """In English the system's words are as they were."""
    said = os.strerror(errno.EISDIR)
    assert said in Voice("en").say("cannot_write", file="x", problem=said)
    assert Voice("th").say("cannot_write", file="x", problem=said) == "เขียน x ไม่ได้: เป็นโฟลเดอร์"
