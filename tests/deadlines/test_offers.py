"""The nearest phrase: found without comparing all of them, and the same as if all had been compared."""

from __future__ import annotations

from difflib import SequenceMatcher
from itertools import takewhile

from hypothesis import given, settings
from hypothesis import strategies as st

from ustm_cli.deadlines.offers import LEAST_LIKENESS, _most_like

LETTERS = st.text("ทุกเดือนวันที่ภายใน 10abç", max_size=30)


def likeness(text: str, phrase: str) -> float:
    """How alike a text and a phrase are: what they share in order, a good start, and that something follows."""
    start = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(text, phrase, strict=False)))
    ratio = SequenceMatcher(None, text, phrase, autojunk=False).ratio()
    return ratio + 0.3 * (start / max(len(text), 1)) - 0.2 * text.startswith(phrase)


def plainly(text: str, phrases: list[str]) -> str | None:
    best, most = None, LEAST_LIKENESS
    for phrase in phrases:
        if likeness(text, phrase) > most:
            best, most = phrase, likeness(text, phrase)
    return best


@settings(max_examples=400, derandomize=True, deadline=None, database=None)
@given(LETTERS, st.lists(LETTERS, max_size=12), st.integers(0, 30))
def test_the_most_alike_is_what_comparing_all_would_give(text: str, others: list[str], cut: int) -> None:
    """The first of equals, and none where none is much like the text."""
    phrases = [phrase for phrase in dict.fromkeys([*others, text[:cut], text[cut:], text + "x", f"x{text}"]) if phrase]
    assert _most_like(text, phrases) == plainly(text, phrases)


def test_nothing_is_like_nothing() -> None:
    assert _most_like("ทุกเดือน", []) is None
    assert _most_like("ทุกเดือน", ["zzz"]) is None
    assert _most_like("", ["ทุกเดือน"]) is None
