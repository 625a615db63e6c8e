"""Numbers inside a text in Thai or Arabic digits."""

from __future__ import annotations

import re

from ustm_cli.dates.era import to_arabic, to_thai
from ustm_cli.render.voice import Digits

# Digits that belong to a Latin name or code stay as they are: COVID-19, A4, ISO-9001, ktb-reconcile@2563-10.
_RUN = re.compile(r"(?=[0-9./@:-]*[A-Za-z_])[A-Za-z0-9][A-Za-z0-9_./@:-]*|[0-9]+")


def in_digits(text: str, digits: Digits) -> str:
    """The text with its numbers in the wanted digits, names and codes in Latin letters left alone."""
    if digits == "arabic":
        return to_arabic(text)
    return _RUN.sub(lambda match: to_thai(match[0]) if match[0].isdigit() else match[0], text)
