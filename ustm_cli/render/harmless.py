"""Text out of a plan made harmless to show: no control characters, nothing that turns the line around."""

from __future__ import annotations

import re

from ustm_cli.dates.era import to_arabic, to_thai

# Control characters, marks that turn the direction of writing, halves of characters that UTF-8 cannot write.
_UNSHOWN = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_HALVES = re.compile(r"[\ud800-\udfff]")
_BREAKS = re.compile(r"[\t\n\v\f\r\x85\u2028\u2029]+")
# Digits that belong to a Latin name or code stay as they are: COVID-19, A4, ISO-9001, ktb-reconcile@2563-10.
_CODE = re.compile(r"(?=[\w./@:-]*[A-Za-z])[A-Za-z0-9][A-Za-z0-9_./@:-]*|[0-9]+")


def harmless(text: str) -> str:
    return _HALVES.sub("\ufffd", _UNSHOWN.sub("", _BREAKS.sub(" ", text)))


def in_digits(text: str, digits: str) -> str:
    """The text with its numbers in Thai or Arabic digits, the names and codes in Latin letters left alone."""
    if digits != "thai":
        return to_arabic(text)
    return _CODE.sub(lambda match: match[0] if not match[0].isdigit() else to_thai(match[0]), text)
