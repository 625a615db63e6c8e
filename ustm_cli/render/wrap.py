"""Text in terminal cells: its width, its lines (Thai is broken between words), its padding."""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path
from typing import Literal

from ustm_cli.dates.era import (
    ENGLISH_MONTHS,
    ENGLISH_WEEKDAYS,
    THAI_MONTHS,
    THAI_SHORT_MONTHS,
    THAI_SHORT_WEEKDAYS,
)

_WEEKDAYS = (*THAI_SHORT_WEEKDAYS, *(name[:3] for name in ENGLISH_WEEKDAYS))
_MONTHS = (
    *THAI_MONTHS,
    *(name.removesuffix(".") for name in THAI_SHORT_MONTHS),  # the last dot is at times left out
    *(name[:3] for name in ENGLISH_MONTHS),
)
_BEFORE_YEARS = (*_MONTHS, *(f"{month}." for month in _MONTHS), "พ.ศ.")
_MARKS = "".join(map(chr, (0x0E31, *range(0x0E34, 0x0E3B), *range(0x0E47, 0x0E4F))))
_JOINERS = "\u200d\u2060\ufeff"
_LONGEST = 20  # characters of the longest word in the list
_UNKNOWN = 1000  # what a cluster in no word costs, a word costing 1

# How good a place is for ending a line; a place is the index of the character it stands before.
_NEVER = 0  # within a character cluster
_LAST = 1  # within a number, an abbreviation or a row of punctuation: when a line has nothing else
_INSIDE = 2  # between the clusters of a word, for the word that is longer than the line
_POOR = 3  # at the spaces that hold a date or a time together, before a spaced ๆ, after an abbreviation
_GOOD = 4

# What a character is to its neighbours. A gap is a place that stays in the line, unlike a space.
_SPACE, _GAP, _MARK, _GLUE, _OPEN, _CLOSE, _DIGIT, _HYPHEN, _QUOTE, _WIDE, _OTHER = range(11)
_LEAD, _THAI, _TAIL, _REPEAT = range(11, 15)
_THAI_LETTERS = (_LEAD, _THAI, _TAIL)
_LETTERS = (*_THAI_LETTERS, _REPEAT, _MARK, _WIDE, _OTHER)
_LISTED = {
    _SPACE: " ",
    _GAP: "\t\u200b",
    _MARK: _MARKS,
    _GLUE: "\u00a0\u2007\u2011\u202f",
    _LEAD: "เแโใไ",
    _THAI: "".join(map(chr, range(0x0E01, 0x0E2F))),
    _TAIL: "ะาำๅ",
    _REPEAT: "ๆฯ",
    _CLOSE: ".,:;!?%…、。，．：；！？",
    _HYPHEN: "-/‐–—",
    _QUOTE: "\"'",
}
_BY_CATEGORY = {
    "Mn": _MARK, "Mc": _MARK, "Me": _MARK, "Cf": _MARK, "Nd": _DIGIT, "Zs": _GAP,
    "Ps": _OPEN, "Pi": _OPEN, "Pe": _CLOSE, "Pf": _CLOSE,
}  # fmt: skip


class _Cells(dict[str, int]):
    """Cells by character; one that was not foreseen is looked up when it is first met."""

    def __missing__(self, char: str) -> int:
        if unicodedata.category(char) in ("Mn", "Me", "Cf", "Cc", "Zl", "Zp"):
            cells = 0
        else:
            cells = 2 if unicodedata.east_asian_width(char) in "WF" else 1
        self[char] = cells
        return cells


class _Kinds(dict[str, int]):
    """Kinds by character, likewise."""

    def __missing__(self, char: str) -> int:
        kind = _BY_CATEGORY.get(unicodedata.category(char), _WIDE if _CELLS[char] == 2 else _OTHER)
        self[char] = kind
        return kind


_CELLS = _Cells.fromkeys(map(chr, (*range(0x20, 0x7F), *range(0x0E01, 0x0E3B), *range(0x0E3F, 0x0E5C))), 1)
_CELLS.update(dict.fromkeys(_MARKS, 0))
_KINDS = _Kinds((char, kind) for kind, chars in _LISTED.items() for char in chars)


def width(text: str) -> int:
    """The terminal cells `text` takes in one line."""
    if text.isascii() and text.isprintable():
        return len(text)
    return sum(map(_CELLS.__getitem__, text))


def pad(text: str, cells: int, align: Literal["left", "right", "center"] = "left") -> str:
    """`text` filled up with spaces to `cells` cells; a wider text stays as it is."""
    room = max(cells - width(text), 0)
    before = {"left": 0, "right": room, "center": room // 2}[align]
    return " " * before + text + " " * (room - before)


def wrap(text: str, cells: int) -> list[str]:
    """`text` in lines of at most `cells` cells, only the spaces at the breaks being left out.

    A line is wider only if it is a single character cluster. Lines that fit already stay as they are, spaces and all.
    """
    if cells < 1:
        raise ValueError(f"a line has at least one cell, not {cells}")
    lines: list[str] = []
    for line in text.split("\n"):
        if width(line) <= cells:
            lines.append(line)
        else:
            lines.extend(_fill(line, cells))
    return lines


def hang(text: str, cells: int, by: int) -> list[str]:
    """The same of one line of text, with the lines after the first indented by `by` cells."""
    first = wrap(text, cells)[0]
    rest = text[len(first) :].lstrip(" ")
    return [first, *(" " * by + line for line in wrap(rest, max(cells - by, 10)) if rest)]


def _fill(line: str, cells: int) -> list[str]:
    """As much of a too long line as fits, again and again, each cut at the last of the best places in reach."""
    places = _places(line, cells)
    lines: list[str] = []
    start, end = 0, len(line)
    while start < end:
        first = end - len(line[start:].lstrip(" "))
        if start < first < end and places[first] == _NEVER:
            first -= 1  # the last space of the indent bears a mark
        last_of = [0] * (_GOOD + 1)
        used = solid = 0  # the spaces a line ends with need no room
        for i in range(start, end):
            if i > first:
                last_of[places[i]] = i
            used += _CELLS[line[i]]
            if line[i] != " ":
                solid = used
            if solid > cells:
                break
        else:
            return [*lines, line[start:] if used <= cells else line[start:].rstrip(" ")]
        cut = last_of[_GOOD] or last_of[_POOR] or last_of[_INSIDE] or last_of[_LAST]
        if not cut and first > start:  # an indent that leaves no room for what follows
            start = first
            continue
        cut = cut or next((i for i in range(start + 1, end) if places[i] != _NEVER), end)
        lines.append(line[start:cut].rstrip(" "))
        start = cut
    return lines


def _places(line: str, cells: int) -> list[int]:
    """How good a place for a break each index of `line` is."""
    kinds = [_KINDS[char] for char in line]
    places = [_NEVER] * len(line)
    before = kinds[0]
    for i in range(1, len(line)):
        if kinds[i] != _MARK:  # a mark is of the kind of what it stands on
            places[i] = _between(line, i, before, kinds[i])
            before = kinds[i]
    start = 0
    while start < len(line):
        end = start
        while end < len(line) and (kinds[end] in _THAI_LETTERS or (line[end] in _MARKS and end > start)):
            end += 1
        if end > start:
            _mark_words(line, start, end, places, cells)
        start = max(end, start + 1)
    return places


def _between(line: str, i: int, before: int, after: int) -> int:
    """How good a place for a break `i` is by the kinds on its two sides, Thai words left aside."""
    if after in (_SPACE, _GAP):
        return _NEVER if after == _SPACE else _LAST
    if before == _SPACE and after != _TAIL:
        return _after_space(line, i, after)
    if line[i - 1] in _JOINERS:
        return _NEVER
    if line[i - 1] == line[i] and after in (_LEAD, _TAIL, _REPEAT, _OPEN, _CLOSE):
        return _LAST  # a row of the same sign has to end somewhere
    if before in (_LEAD, _OPEN) or after in (_TAIL, _REPEAT, _CLOSE):
        return _LAST if before == after and after in (_OPEN, _CLOSE) else _NEVER
    if before == _GAP:
        return _GOOD
    if before == _HYPHEN:
        return _GOOD if _joins_words(line, i) else _LAST
    if before in _THAI_LETTERS and after in _THAI_LETTERS:
        return _NEVER if _is_cluster(line, i) else _INSIDE
    if before == _REPEAT and after in _THAI_LETTERS:
        return _LAST if line[i - 1 : i + 2] == "ฯลฯ" else _GOOD
    if before == _CLOSE and after in _THAI_LETTERS:
        return _GOOD if unicodedata.category(line[i - 1]) != "Po" else _LAST
    if after == _OPEN and before in (*_THAI_LETTERS, _REPEAT, _WIDE):
        return _POOR
    if _WIDE in (before, after) and before in _LETTERS and after in _LETTERS:
        return _GOOD
    if before in (_CLOSE, _QUOTE, _GLUE) or after in (_HYPHEN, _QUOTE, _OPEN, _GLUE) or before == after == _DIGIT:
        return _LAST
    return _INSIDE


def _after_space(line: str, i: int, after: int) -> int:
    end = i
    while end and line[end - 1] == " ":
        end -= 1
    held = (
        after in (_REPEAT, _CLOSE)
        or (after == _HYPHEN and (line[i] == "/" or line[i + 1 : i + 2] == " "))
        or (end > 0 and _KINDS[line[end - 1]] == _OPEN)
        or (line[max(end - 1, 0) : end].isdecimal() and line.startswith((*_MONTHS, "น."), i))
        or ((after == _DIGIT or line.startswith("พ.ศ.", i)) and line.endswith(_BEFORE_YEARS, 0, end))
        or (after == _DIGIT and line[line.rfind(" ", 0, end) + 1 : end].lstrip("(“") in _WEEKDAYS)
    )
    return _POOR if held else _GOOD


def _joins_words(line: str, i: int) -> bool:
    """Whether the hyphen or slash before `i` joins two words: not a sign, a range of numbers, `e-GP` or `km/h`."""
    before = [_KINDS[char] for char in line[max(i - 3, 0) : i - 1]]
    after = [_KINDS[char] for char in line[i : i + 2]]
    word = line[line.rfind(" ", 0, i) + 1 : (line.find(" ", i) + 1 or len(line) + 1) - 1]
    return (
        len(before) == len(after) == 2
        and "@" not in word  # an id is copied whole
        and not {_SPACE, _GAP, _HYPHEN}.intersection(before + after)
        and after[0] in (*_LETTERS, _OPEN)
    )


def _is_cluster(line: str, i: int) -> bool:
    """Whether the Thai letter at `i` belongs to the one before it: it is silent, or it closes a short a."""
    rest = line[i + 1 : i + 3]
    silent = rest[:1] == "์" or rest in ("ิ์", "ุ์")
    return silent or line[max(i - 2, 0) : i].rstrip("่้๊๋").endswith("ั")


def _mark_words(line: str, start: int, end: int, places: list[int], cells: int) -> None:
    """Raise the places between the words of the Thai letters from `start` to `end`."""
    clusters = [start, *(i for i in range(start + 1, end) if places[i] == _INSIDE), end]
    dotted = line[end : end + 1] == "."
    words = _words(line, clusters, places, cells, dotted)
    for i in words[1:]:
        places[i] = _GOOD
    if dotted:
        for i in clusters[clusters.index(words[-1]) + 1 : -1]:
            places[i] = _LAST
    elif (
        len(clusters) > 2
        and places[start] == _LAST
        and start > 1
        and line[start - 1] == "."
        and _KINDS[line[start - 2]] in _LETTERS
    ):
        places[start] = _POOR  # อปท.|ผ่าน, but never พ.ย


def _words(line: str, clusters: list[int], places: list[int], cells: int, dotted: bool) -> list[int]:
    """Where words begin: the fewest unknown clusters, then the fewest words, then the longer word first.

    Before a dot, up to four bare consonants are an abbreviation. A word wider than the line is taken for its parts.
    """
    known = _dictionary()
    text = line[clusters[0] : clusters[-1]].encode()  # three bytes a character
    offsets = [3 * (i - clusters[0]) for i in clusters]
    edges = clusters.copy()  # with the signs that the first and the last word take along
    while edges[0] and places[edges[0]] == _NEVER and line[edges[0] - 1] != " ":
        edges[0] -= 1
    while edges[-1] < len(line) and places[edges[-1]] == _NEVER and line[edges[-1]] != " ":
        edges[-1] += 1
    count = len(clusters) - 1
    bare = count
    while dotted and 0 < bare > count - 4 and clusters[bare] - clusters[bare - 1] == 1:
        bare -= 1
    cost = [0] * (count + 1)
    following = [count] * (count + 1)
    for i in range(count - 1, -1, -1):
        cost[i], following[i] = cost[i + 1] + _UNKNOWN, i + 1
        for j in range(i + 1, count + 1):
            if clusters[j] - clusters[i] > _LONGEST:
                break
            if cost[j] < cost[i] and (
                (i >= bare and j == count)
                or (
                    text[offsets[i] : offsets[j]] in known
                    and (edges[j] - edges[i] <= cells or width(line[edges[i] : edges[j]]) <= cells)
                )
            ):
                cost[i], following[i] = cost[j] + 1, j
    words: list[int] = []
    i, unknown = 0, False
    while i < count:
        was_unknown, unknown = unknown, cost[i] - cost[following[i]] == _UNKNOWN
        if not (was_unknown and unknown):  # unknown clusters in a row are one word
            words.append(clusters[i])
        i = following[i]
    return words


@cache
def _dictionary() -> dict[bytes, None]:
    """The words as UTF-8; a dict of undecoded bytes is the quickest to build."""
    return dict.fromkeys(Path(__file__).with_name("thai_words.txt").read_bytes().split())
