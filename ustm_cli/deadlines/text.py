"""Text as it is matched: composed, with Arabic digits, every character knowing its column in what was written."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from ustm_cli.dates.era import to_arabic

# Compiled where they are needed, which is seldom: nearly every text is printable.
_NIKHAHIT_AA = "\u0e4d([\u0e48-\u0e4b]?)\u0e32"
_SPACES = "[\u00a0\u2000-\u200a\u202f\u3000]"
# Where word-breaking programs leave them, inside words too.
_ZERO_WIDTH = "[\u200b-\u200d\u2060\ufeff]"


def compose(text: str) -> str:
    """NFC, with SARA AM in one piece (typed or copied as NIKHAHIT + SARA AA). Never NFKC, which takes it apart."""
    if text.isascii():
        return text
    composed = unicodedata.normalize("NFC", text)
    return re.sub(_NIKHAHIT_AA, "\\1\u0e33", composed) if "\u0e4d" in composed else composed


class Text(NamedTuple):
    """`norm` is matched; `origin[i]` is the index in the original of norm[i] (and of its end)."""

    norm: str
    origin: tuple[int, ...] | None

    def column(self, index: int) -> int:
        """The index in the original text, from 0."""
        return index if self.origin is None else self.origin[index]


def normalized(text: str) -> Text:
    composed = _seen(compose(text))
    flat = to_arabic(composed)
    if not flat.isprintable():
        flat = re.sub(_SPACES, " ", flat)
    if composed == text:
        return Text(flat, None)
    origin: list[int] = []
    for start, piece in _pieces(text):
        origin += [start] * len(_seen(compose(piece)))
    return Text(flat, (*origin, len(text))) if len(origin) == len(flat) else Text(flat, (*range(len(flat)), len(text)))


def _seen(text: str) -> str:
    """The text without characters of no width."""
    return text if text.isprintable() else re.sub(_ZERO_WIDTH, "", text)


def _pieces(text: str) -> list[tuple[int, str]]:
    """The text cut before every character that can begin a composed one."""
    cuts = [
        i
        for i, char in enumerate(text)
        if not i
        or not (
            unicodedata.combining(char)
            or char == "\u0e4d"
            or (char == "\u0e32" and "\u0e4d" in text[max(0, i - 2) : i])
        )
    ]
    return [(start, text[start:end]) for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True)]
