"""Text out of a plan or a register that stays text: in files of other programs, and on a terminal."""

from __future__ import annotations

import re

# Compiled where they are needed: nearly every text is printable, and wide sets of characters take long.

# Control characters but tab and newline, lone surrogates, and the code points that XML does not know.
_CONTROL = "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]"
# What changes the direction of the text after it, and breaks of lines.
_STEERING = "[\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]"
_TURNING = "[\u202a-\u202e\u2066-\u2069]"


def straight(text: str) -> str:
    """The text without what would turn the text after it around."""
    return text if text.isascii() else re.sub(_TURNING, "", text)


def plain(text: str) -> str:
    """The text without control characters; line breaks are newlines."""
    if text.isprintable():  # nearly every text, and many times quicker to tell
        return text
    return re.sub(_CONTROL, " ", text.replace("\r\n", "\n").replace("\r", "\n"))


def one_line(text: str) -> str:
    """The text in one line that steers neither a terminal nor the direction of what stands beside it."""
    if text.isprintable() and "  " not in text and text == text.strip():
        return text
    return " ".join(re.sub(_STEERING, "", plain(text)).split())
