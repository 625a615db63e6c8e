"""The one canonical layout of a plan: order of keys, indentation, blank lines, spacing, dates in one form.

Comments go with the line they stand before (or, indented deeper, with what they stand behind); words, quotes and the
choice between `{…}` and lines of their own stay as they were written. What cannot be laid out anew without doubt is
refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ustm_cli.plan.carry import activities
from ustm_cli.plan.edit import Edit
from ustm_cli.plan.moving import Reader, canonical, day, day_or_month, phrase
from ustm_cli.plan.syntax import Entry, Node, Place, Unwritable, comments, data_of, scalars, tree_of

_DESCRIBED = ("topics", "systems", "strategy", "laws", "context", "note", "source")
ACTIVITY = (
    "id", "title", "number", "when", "confirm", "review", "from", "until", "roll", "duty", "basis", "overrides",
    "owner", "follow_up", "send_to", "target", "steps", *_DESCRIBED, "accepts",
)  # fmt: skip
_SECTION = ("source", "context", "topics", "systems", "strategy", "laws", "note")
_BELOW = ("work_plans", "missions", "activities")
ORDERS: Mapping[str, Sequence[str]] = {
    "": (
        "fiscal_year", "office", "province", "note", "source", "accepts", "include", "events", "holidays", "groups",
    ),
    "groups": ("id", "title", "name", "number", *_SECTION, *_BELOW),
    "work_plans": ("id", "title", "name", "number", *_SECTION, *_BELOW),
    "missions": ("number", "id", "title", "name", *_SECTION, *_BELOW),
    "activities": ACTIVITY,
    "events": ("id", "name", "every", "expected", "confirm", "note", "source"),
    "holidays": ("date", "name", "cancel", "letter", "announced"),
    "source": ("at", "printed", "read", "why", "arrows"),
    "overrides": ("deadline", "cancel", "reason", "letter"),
    "target": ("count", "unit"),
    "context": ("text", "items"),
    "when": ("rule", "every", "when"),
    "review": ("rule", "every"),
}  # fmt: skip
# Lists whose items stand apart by one blank line.
APART = ("groups", *_BELOW)
# Mappings from names of the user's own, whose order is the user's.
_BY_NAME = ("events", "overrides")
STEP = 2


def laid_out(text: str) -> str:
    """The text in the canonical layout. Raises Unwritable where that could change its meaning."""
    text = text if text.endswith("\n") else text + "\n"
    dated = _with_dates(text)
    result = _Layout(dated).run()
    if data_of(tree_of(result)) != data_of(tree_of(dated)) or sorted(comments(result)) != sorted(comments(text)):
        raise Unwritable(1)
    if _Layout(result).run() != result:
        raise Unwritable(1)
    return result


# ---- dates


def _with_dates(text: str) -> str:
    edit = Edit(text)
    for scalar, read, flow in _dates(edit.tree):
        value = read(scalar.value)
        if value is None:
            continue
        new = canonical(value, scalar.value)
        if new != scalar.value and read(new) == value:
            edit.replace(scalar, new, flow=flow)
    return edit.result()


Dated = Iterator[tuple[Node, Reader, bool]]


def _dates(root: Node) -> Dated:
    for _, entry in activities(root):
        node = entry.value
        for key in ("when", "review"):
            yield from _in_rule(node.get(key), node.flow)
        yield from _fields(node, {"from": day_or_month, "until": day_or_month})
        overrides = node.get("overrides")
        for override in overrides.entries if overrides else ():
            yield from _fields(override.value, {"deadline": day})
    for key, readers in (("events", {"expected": day_or_month}), ("holidays", {"date": day, "announced": day})):
        listed = root.get(key)
        for entry in listed.entries if listed else ():
            yield from _fields(entry.value, readers)


def _in_rule(node: Node | None, flow: bool) -> Dated:
    if node is None:
        return
    if node.kind == "scalar":
        yield node, phrase, flow
    elif node.kind == "seq":
        for entry in node.entries:
            yield from _in_rule(entry.value, flow or node.flow)
    elif inner := node.get("when"):
        yield from _in_rule(inner, flow or node.flow)
    else:
        yield from _fields(node, {"date": day, "start": day, "end": day}, flow=flow)


def _fields(node: Node, readers: Mapping[str, Callable[[str], object]], *, flow: bool = False) -> Dated:
    for key, read in readers.items():
        value = node.get(key)
        if value is not None and value.kind == "scalar" and not value.empty:
            yield value, read, flow or node.flow


# ---- layout


@dataclass
class _Notes:
    """What stands around one entry: blank lines ("") and comments before it, comments behind its first line."""

    before: list[str] = field(default_factory=list[str])
    tail: str = ""
    after: list[str] = field(default_factory=list[str])


class _Layout:
    def __init__(self, text: str) -> None:
        self.text = text
        self.edit = Edit(text)
        self.lines = self.edit.lines
        self.out: list[str] = []
        self.notes: dict[int, _Notes] = {}
        # Before the first line stands nothing.
        self.cursor = Place(-1, 1)
        self.owner = _Notes()
        self.closed: list[Node] = []
        self.head: list[str] = []

    def run(self) -> str:
        root = self.edit.tree
        if root.flow:
            raise Unwritable(1)
        self._preamble(root)
        self._gather(root)
        self._to_end(root)
        first = self._of(root.entries[0])
        self.head, first.before = first.before, []
        self.out += _single_blanks(self.head, drop_first=True, drop_last=False)
        self._map(root, 0, "", kind="")
        return "\n".join(self.out).rstrip("\n") + "\n"

    def _preamble(self, root: Node) -> None:
        """`---` and what stands before it stay as they are."""
        for number in range(root.start.line - 1, -1, -1):
            if self.lines[number].startswith("---"):
                self.out += self.lines[: number + 1]
                self.cursor = Place(number, len(self.lines[number]))
                return

    def _of(self, item: Entry | Node) -> _Notes:
        return self.notes.setdefault(id(item), _Notes())

    # -- what stands between the values

    def _gather(self, node: Node) -> None:
        """Walk in the order of the text, and give every comment and blank line to the entry that it belongs to."""
        column = node.start.column
        for entry in node.entries:
            self._gap(entry, column)
            self.owner = self._of(entry)
            value = entry.value
            if entry.key:
                self.cursor = self._behind_colon(entry.key)
            if value.block:
                self._gather(value)
                self.closed.append(value)
            else:
                self._value_gap(entry)
                self.cursor = value.end if not value.empty else max(self.cursor, value.end)

    def _behind_colon(self, key: Node) -> Place:
        rest = self.lines[key.end.line][key.end.column :]
        if not rest.lstrip().startswith(":"):
            raise Unwritable(key.end.line + 1)
        return Place(key.end.line, key.end.column + rest.index(":") + 1)

    def _gap(self, entry: Entry, column: int) -> None:
        """The lines before an entry: those of collections just closed where indented deeper, else its own."""
        tail, between = self._between(entry.start)
        self._give_tail(tail)
        notes = self._of(entry)
        inner = [node for node in self.closed if node.start.column > column]
        self.closed = []
        waiting: list[str] = []
        for indent, line in between:
            at = next((node for node in inner if line and node.start.column <= indent), None)
            if not line or at is None:
                if line:
                    inner = []
                waiting.append(line)
                continue
            inner = inner[inner.index(at) :]
            self._of(at).after += [*waiting, line]
            waiting = []
        notes.before += waiting
        self.cursor = entry.start

    def _value_gap(self, entry: Entry) -> None:
        """Comments between a key and a value that begins further down go before the key."""
        if entry.value.empty or entry.value.start.line == self.cursor.line:
            return
        tail, between = self._between(entry.value.start)
        self._of(entry).before += [line for line in (tail, *(line for _, line in between)) if line]

    def _between(self, end: Place) -> tuple[str, list[tuple[int, str]]]:
        """The comment behind the cursor, and the lines from there to a place: (indentation, comment or "")."""
        if end.line == self.cursor.line:
            self._only_dashes(self.lines[end.line][self.cursor.column : end.column], end.line)
            return "", []
        rest = self.lines[self.cursor.line][self.cursor.column :] if self.cursor.line >= 0 else ""
        tail = self._comment(rest, self.cursor.line)
        between: list[tuple[int, str]] = []
        for number in range(self.cursor.line + 1, end.line):
            line = self.lines[number]
            comment = self._comment(line, number)
            if comment or not line.strip():
                between.append((len(line) - len(line.lstrip()), comment))
        self._only_dashes(self.lines[end.line][: end.column], end.line)
        return tail, between

    def _comment(self, text: str, number: int) -> str:
        start = text.find("#")
        self._only_dashes(text if start < 0 else text[:start], number)
        return text[start:].rstrip() if start >= 0 else ""

    def _only_dashes(self, text: str, number: int) -> None:
        """Between values stands nothing but white space and dashes."""
        if text.strip(" -\t"):
            raise Unwritable(number + 1)

    def _give_tail(self, tail: str) -> None:
        if tail:
            self.owner.tail = f"{self.owner.tail}  {tail}".strip()

    def _to_end(self, root: Node) -> None:
        self.closed.append(root)
        inner = self.closed
        tail, between = self._between(Place(len(self.lines) - 1, 0))
        self._give_tail(tail)
        waiting: list[str] = []
        for indent, line in between:
            if not line:
                waiting.append("")
                continue
            at = next((node for node in inner if node.start.column <= indent), root)
            inner = inner[inner.index(at) :]
            self._of(at).after += [*waiting, line]
            waiting = []

    # -- the text again

    def _map(self, node: Node, indent: int, prefix: str, kind: str) -> None:
        """The lines of a block mapping; `prefix` (dashes) stands before its first key."""
        ordered = self._ordered(node, kind)
        for number, entry in enumerate(ordered):
            notes = self._of(entry)
            assert entry.key is not None
            apart = (
                kind == "" and number > 0 and entry.value.block and entry.key.value in ("events", "holidays", "groups")
            )
            if not (prefix and number == 0):
                self._before(notes.before, indent, first=number == 0, apart=apart, loose=kind in ("", "events"))
            head = (prefix or " " * indent) if number == 0 else " " * indent
            self._value(entry, head + self.edit.raw(entry.key) + ":", indent, self._kind_of(entry, kind))
        self._after(node, indent)

    def _ordered(self, node: Node, kind: str) -> list[Entry]:
        order = ORDERS.get(kind)
        if order is None:
            return list(node.entries)
        places = {key: number for number, key in enumerate(order)}
        return sorted(node.entries, key=lambda entry: places.get(entry.key.value if entry.key else "", len(places)))

    def _kind_of(self, entry: Entry, kind: str) -> str:
        """Which mapping an entry's value is (or holds): a key of `ORDERS`, or one that has no order."""
        name = entry.key.value if entry.key else ""
        if kind in ("events names", "overrides names"):
            return kind.removesuffix(" names")
        if name in _BY_NAME and entry.value.kind == "map":
            return f"{name} names"
        return name or kind

    def _seq(self, node: Node, indent: int, prefix: str, kind: str) -> None:
        for number, entry in enumerate(node.entries):
            notes = self._of(entry)
            item = entry.value
            before = list(notes.before)
            if item.block:
                # What stands before the first key of an item stands before its dash.
                before += self._hoisted(item, kind)
                if notes.tail:
                    before.append(notes.tail)
                    notes.tail = ""
            apart = kind in APART and item.block and number > 0
            if not (prefix and number == 0):
                self._before(before, indent, first=number == 0, apart=apart, loose=kind not in APART)
            head = (prefix or " " * indent) if number == 0 else " " * indent
            if item.block:
                below = self._map if item.kind == "map" else self._seq
                below(item, indent + STEP, head + "- ", kind)
            else:
                self._value(entry, head + "-", indent, kind)
        self._after(node, indent)

    def _hoisted(self, item: Node, kind: str) -> list[str]:
        """The notes before the first key below a dash (or below several: `- - a`), taken from there."""
        first = self._ordered(item, kind)[0] if item.kind == "map" else item.entries[0]
        notes = self._of(first)
        before, notes.before = notes.before, []
        if item.kind == "seq" and first.value.block:
            before = [*before, *self._hoisted(first.value, kind), notes.tail]
            notes.tail = ""
        return [line for line in before if line]

    def _before(self, notes: list[str], indent: int, *, first: bool, apart: bool, loose: bool) -> None:
        """Comments and blank lines before an entry: one blank line where it stands apart, none where it is close."""
        lines = _single_blanks(notes, drop_first=first or apart, drop_last=not loose and not apart)
        if not loose and not apart:
            lines = [line for line in lines if line]
        if apart:
            lines = ["", *lines]
        self.out += [" " * indent + line if line else "" for line in lines]

    def _after(self, node: Node, indent: int) -> None:
        lines = _single_blanks(self._of(node).after, drop_first=False, drop_last=True)
        self.out += [" " * indent + line if line else "" for line in lines]

    def _value(self, entry: Entry, head: str, indent: int, kind: str) -> None:
        """One key (or dash) with its value."""
        value, tail = entry.value, self._of(entry).tail
        behind = f"  {tail}" if tail and not tail.startswith(" ") else tail
        if value.empty:
            self.out.append(head + behind)
        elif value.block:
            self.out.append(head + behind)
            (self._map if value.kind == "map" else self._seq)(value, indent + STEP, "", kind)
        else:
            first, *rest = self._leaf(value, indent, kind)
            lines = [f"{head} {first}", *rest]
            lines[-1] += behind
            self.out += lines

    def _leaf(self, value: Node, indent: int, kind: str) -> list[str]:
        first, *rest = self.edit.raw(value).split("\n")
        if value.style in ("|", ">"):
            return [first, *self._shifted(value, rest, indent)]
        if not rest:
            return [self._flow(value, kind)]
        if value.kind == "scalar":
            return [first.rstrip(), *(" " * (indent + STEP) + line.strip() if line.strip() else "" for line in rest)]
        return [first.rstrip(), *_moved(rest, indent + STEP)]

    def _shifted(self, value: Node, rest: list[str], indent: int) -> list[str]:
        """The lines of a block scalar, their first one indented by one step, the others as far as before from it."""
        header = self.lines[value.start.line][value.start.column :].split("#")[0]
        if any(char.isdigit() for char in header):
            raise Unwritable(value.start.line + 1)
        return _moved(rest, indent + STEP)

    def _flow(self, value: Node, kind: str) -> str:
        """`{a: b, c: d}` and `[a, b]` on one line, spaced alike, known keys in order."""
        raw = self.edit.raw(value)
        if value.kind == "scalar" or raw[0] not in "[{" or any(scalar.empty for scalar in scalars(value)):
            return raw
        if value.kind == "seq":
            return "[" + ", ".join(self._flow(entry.value, kind) for entry in value.entries) + "]"
        entries = self._ordered(value, kind)
        parts: list[str] = []
        for entry in entries:
            assert entry.key is not None
            parts.append(f"{self.edit.raw(entry.key)}: {self._flow(entry.value, self._kind_of(entry, kind))}")
        return "{" + ", ".join(parts) + "}"


def _moved(lines: list[str], indent: int) -> list[str]:
    """Lines moved sideways together, so that the first that is not blank is indented by `indent`."""
    filled = [len(line) - len(line.lstrip(" ")) for line in lines if line.strip()]
    shift = indent - filled[0] if filled else 0
    return [_shift(line, shift) for line in lines]


def _shift(line: str, shift: int) -> str:
    if not line.strip(" "):
        return line[-shift:] if shift < 0 else line and " " * shift + line
    own = len(line) - len(line.lstrip(" "))
    return " " * max(own + shift, 0) + line.lstrip(" ")


def _single_blanks(lines: list[str], *, drop_first: bool, drop_last: bool) -> list[str]:
    """The lines with no two blank ones together."""
    found: list[str] = []
    for line in lines:
        if line or (found and found[-1]) or (not found and not drop_first):
            found.append(line)
    while drop_last and found and not found[-1]:
        found.pop()
    return found
