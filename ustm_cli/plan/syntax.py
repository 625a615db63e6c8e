"""The text of a plan as a concrete tree: every key, value and comment with the place where it stands.

`source.py` says what a file means; this says how it is written, for those who change it: an edit replaces pieces of
the text and leaves every other character alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from ustm_cli.plan.source import SyntaxFault, events_of


class Unwritable(Exception):
    """A text whose layout cannot be changed safely; `line` counts from 1."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


class Place(NamedTuple):
    """Line and column from 0, in code points."""

    line: int
    column: int


@dataclass
class Node:
    """A value, from `start` up to (not including) `end`. `entries` of a sequence have no key.

    The end of a block collection is that of its last entry; `style` is that of a scalar: "", ', ", | or >.
    """

    kind: Literal["scalar", "map", "seq"]
    start: Place
    end: Place
    flow: bool = False
    style: str = ""
    value: str = ""
    entries: list[Entry] = field(default_factory=list["Entry"])

    @property
    def block(self) -> bool:
        return self.kind != "scalar" and not self.flow

    @property
    def empty(self) -> bool:
        """Whether it is a value that was left out (`when:`)."""
        return self.kind == "scalar" and self.start == self.end

    def get(self, key: str) -> Node | None:
        entry = self.entry(key)
        return entry.value if entry else None

    def entry(self, key: str) -> Entry | None:
        return next((entry for entry in self.entries if entry.key and entry.key.value == key), None)


@dataclass
class Entry:
    """One key and value of a mapping, or one item of a sequence."""

    key: Node | None
    value: Node

    @property
    def start(self) -> Place:
        return self.key.start if self.key else self.value.start


def tree_of(text: str) -> Node:
    """The concrete tree of a well-formed text that ends in a line break. Raises Unwritable."""
    stack: list[tuple[Node, list[Node]]] = []
    root: Node | None = None
    lines = text.split("\n")
    try:
        for event in events_of(text):
            kind = type(event).__name__
            if kind in ("MappingEndEvent", "SequenceEndEvent"):
                node, _ = stack.pop()
                node.end = _place(event.end_mark) if node.flow else _end_of(node)
            elif kind in ("ScalarEvent", "MappingStartEvent", "SequenceStartEvent"):
                node = _node(event, kind, lines)
                if stack:
                    _put(stack[-1], node)
                elif root is None:
                    root = node
                else:
                    raise Unwritable(node.start.line + 1)
                if kind != "ScalarEvent":
                    stack.append((node, []))
            elif kind == "AliasEvent":
                raise Unwritable(event.start_mark.line + 1)
    except SyntaxFault as fault:
        raise Unwritable(fault.mark.line) from None
    if root is None or root.kind != "map":
        raise Unwritable(1)
    return root


def _place(mark: Any) -> Place:
    return Place(mark.line, mark.column)


def _node(event: Any, kind: str, lines: list[str]) -> Node:
    start, end = _place(event.start_mark), _place(event.end_mark)
    if getattr(event, "anchor", None) is not None:
        raise Unwritable(start.line + 1)
    if kind != "ScalarEvent":
        return Node("map" if kind == "MappingStartEvent" else "seq", start, end, flow=bool(event.flow_style))
    style = event.style or ""
    if style in ("|", ">"):
        end = _block_end(start, end, lines)
    return Node("scalar", start, end, style=style, value=event.value)


def _block_end(start: Place, end: Place, lines: list[str]) -> Place:
    """The end of a block scalar's last line; blank lines behind it belong to it only where it keeps them (`|+`)."""
    last = end.line - 1 if end.column == 0 else end.line
    keeps = "+" in re.split(r"\s", lines[start.line][start.column :], maxsplit=1)[0]
    while not keeps and last > start.line and not lines[last].strip():
        last -= 1
    return Place(last, len(lines[last]))


def _put(into: tuple[Node, list[Node]], node: Node) -> None:
    parent, waiting = into
    if parent.kind == "seq":
        parent.entries.append(Entry(None, node))
    elif waiting:
        parent.entries.append(Entry(waiting.pop(), node))
    else:
        waiting.append(node)


def _end_of(node: Node) -> Place:
    return node.entries[-1].value.end if node.entries else node.start


# ---- text


def starts_of(text: str) -> list[int]:
    """The offset of every line."""
    return [0, *(match.end() for match in re.finditer("\n", text))]


def scalars(node: Node) -> Iterator[Node]:
    """Every key and scalar, in order."""
    if node.kind == "scalar":
        yield node
    for entry in node.entries:
        if entry.key:
            yield from scalars(entry.key)
        yield from scalars(entry.value)


def comments(text: str) -> list[str]:
    """Every comment of a text, from its `#` to the end of its line, in order. Raises Unwritable."""
    taken: dict[int, list[tuple[int, int]]] = {}
    for scalar in scalars(tree_of(text)):
        for line in range(scalar.start.line, scalar.end.line + 1):
            begin = scalar.start.column if line == scalar.start.line else 0
            end = scalar.end.column if line == scalar.end.line else 1 << 30
            if scalar.style in ("|", ">") and line == scalar.start.line:
                # The rest of a block scalar's first line is its indicators and perhaps a comment.
                end = begin + 1
            taken.setdefault(line, []).append((begin, end))
    found: list[str] = []
    for number, words in enumerate(text.split("\n")):
        for match in re.finditer(r"(?:^|(?<=\s))#", words):
            if not any(begin <= match.start() < end for begin, end in taken.get(number, ())):
                found.append(words[match.start() :].rstrip())
                break
    return found


def data_of(node: Node) -> Any:
    """The plain value: mappings as dicts, so that two texts that say the same are equal whatever their order."""
    if node.kind == "scalar":
        return node.value if node.style or not node.empty else None
    if node.kind == "seq":
        return [data_of(entry.value) for entry in node.entries]
    return {entry.key.value: data_of(entry.value) for entry in node.entries if entry.key}


# ---- scalars as they are written

_NEEDS_QUOTES = re.compile(r"^[\s\-?:,\[\]{}#&*!|>'\"%@`]|:(?:\s|$)|\s#|\s$|[\n\r\t]")
_NULLS = {"", "~", "null", "Null", "NULL"}


def written(text: str, *, flow: bool = False, style: str = "") -> str:
    """A text as a scalar: in its style where that can hold it, plain where it needs no quotes, else in quotes."""
    if style == "'" and not _CONTROL.search(text):
        return "'" + text.replace("'", "''") + "'"
    plain = text not in _NULLS and not _NEEDS_QUOTES.search(text) and not _CONTROL.search(text)
    plain = plain and not (flow and re.search(r"[,:?\[\]{}]", text))
    if plain and style != '"':
        return text
    return '"' + _ESCAPED.sub(lambda match: _ESCAPES.get(match[0], f"\\u{ord(match[0]):04x}"), text) + '"'


# What YAML does not take as it is, or takes for the end of a line.
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_ESCAPED = re.compile('["\\\\]|' + _CONTROL.pattern)
_ESCAPES: Mapping[str, str] = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}
