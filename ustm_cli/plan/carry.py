"""Next year's plan out of this year's: text to text, with a list of what was moved and what was left behind.

Rules, words, comments, order and layout are carried as they are. A date of one certain year moves to the same day of
the next and is marked with `confirm:` and its old words; while it stays unconfirmed it is always reckoned from those
words, so that a plan made in one step equals one made year by year. Overrides, `accepts:` and the plan's own holidays
belong to the year that they were written for and stay behind. An activity that has ended becomes a comment.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from ustm_cli.dates.era import to_arabic, to_thai
from ustm_cli.plan.edit import Edit
from ustm_cli.plan.moving import Reader, day, day_or_month, moved, phrase, years_between
from ustm_cli.plan.syntax import Entry, Node

CONFIRM = "confirm"
APART = " / "
LEFT_BEHIND = ("overrides", "accepts")


class Moved(NamedTuple):
    """A date of an activity (or of an event), in the words before and after.

    `rule` counts the activity's rules from 0; None: the date is of its review, or of an event.
    """

    id: str
    key: str
    before: str
    after: str
    rule: int | None = None


class Place(NamedTuple):
    """Words that may hold a date, how they are read, and of which rule they are (as in `Moved`)."""

    scalar: Node
    read: Reader
    rule: int | None = None


Spot = tuple[str, str, int]
"""Where a moved date stands: `when` or `expected`, of which activity or event, the how manyth."""


class Left(NamedTuple):
    """What stays in the old plan: of which activity (or ""), under which key, and its words on one line."""

    id: str
    key: str
    words: str


class Mention(NamedTuple):
    """A line of the new plan whose words still name a year of the old one; `line` counts from 1."""

    line: int
    text: str


@dataclass(frozen=True)
class Carried:
    """The new text, and what became of what was not simply carried."""

    text: str
    moved: Sequence[Moved] = ()
    left: Sequence[Left] = ()
    ended: Sequence[str] = ()
    mentions: Sequence[Mention] = ()


Ended = Callable[[str], frozenset[str]]
"""The ids of those activities of a text from which nothing comes in its year any more."""


def carried(text: str, to: int, ended: Ended = lambda text: frozenset()) -> Carried:
    """The plan of fiscal year `to` (B.E.), made year by year from a faultless one of an earlier year."""
    first = year_of(text)
    moved_dates: dict[Spot, Moved] = {}
    left: list[Left] = []
    gone: list[str] = []
    for year in range(first + 1, to + 1):
        step = _Step(text, year)
        text = step.run()
        over = ended(text)
        text = _comment_out(text, over)
        gone += sorted(over)
        left += step.left
        for key, item in step.moved.items():
            before = moved_dates[key].before if key in moved_dates else item.before
            moved_dates[key] = item._replace(before=before)
    kept = [item for item in moved_dates.values() if item.id not in gone]
    return Carried(text, kept, left, gone, list(_mentions(text, first)))


def year_of(text: str) -> int:
    node = Edit(text).tree.get("fiscal_year")
    return int(to_arabic(node.value)) if node else 0


def activities(node: Node) -> Iterator[tuple[Node, Entry]]:
    """(list, item) of every activity below a node, wherever it stands."""
    for key in ("groups", "work_plans", "missions", "activities"):
        listed = node.get(key)
        for entry in listed.entries if listed else ():
            if key == "activities":
                assert listed is not None
                yield listed, entry
            else:
                yield from activities(entry.value)


def _id(node: Node) -> str:
    found = node.get("id")
    return found.value if found else ""


# ---- one year


@dataclass
class _Step:
    """The carrying of one text into the next year."""

    text: str
    year: int
    moved: dict[Spot, Moved] = field(default_factory=dict[Spot, Moved])
    left: list[Left] = field(default_factory=list[Left])

    def run(self) -> str:
        self.edit = Edit(self.text)
        root = self.edit.tree
        year = root.get("fiscal_year")
        assert year is not None
        self.edit.replace(year, _like(str(self.year), year.value), flow=root.flow)
        self._leave(root, "", (*LEFT_BEHIND, "holidays"))
        for _, entry in activities(root):
            self._activity(entry.value)
        for id, event in _events(root.get("events")):
            expected = event.get("expected")
            self._move(event, id, [Place(expected, day_or_month)] if expected else [], "expected")
        return self.edit.result()

    def _activity(self, node: Node) -> None:
        id = _id(node)
        self._leave(node, id, LEFT_BEHIND)
        places = [place for number, rule in enumerate(_rules(node)) for place in _dated(rule, number)]
        self._move(node, id, [*places, *_dated(node.get("review"))], "when")

    def _leave(self, node: Node, id: str, keys: Sequence[str]) -> None:
        entries = [entry for entry in node.entries if entry.key and entry.key.value in keys]
        for entry in entries:
            assert entry.key is not None
            self.left.append(Left(id, entry.key.value, " ".join(self.edit.raw(entry.value).split())))
        if entries:
            self.edit.leave_out(node, entries)

    def _move(self, node: Node, id: str, places: Sequence[Place], behind: str) -> None:
        dated = [place for place in places if place.read(place.scalar.value) is not None]
        if not dated:
            return
        mark = node.get(CONFIRM)
        origins = _origins(mark.value if mark else None, dated)
        for number, ((scalar, read, rule), (words, years)) in enumerate(zip(dated, origins, strict=True)):
            new = moved(words, years, read)
            self.edit.replace(scalar, new, flow=node.flow or _in_flow(node, scalar))
            self.moved[(behind, id, number)] = Moved(id, behind, words, new, rule)
        if mark is None:
            entry = node.entry(behind) or node.entries[-1]
            self.edit.insert_after(node, entry, CONFIRM, APART.join(place.scalar.value for place in dated))


def _like(number: str, written: str) -> str:
    return number if written.isascii() else to_thai(number)


def _in_flow(node: Node, scalar: Node) -> bool:
    """Whether a scalar stands inside brackets below a node."""
    return any(
        entry.value.start <= scalar.start and scalar.end <= entry.value.end and entry.value.flow
        for entry in _below(node)
    )


def _below(node: Node) -> Iterator[Entry]:
    for entry in node.entries:
        yield entry
        yield from _below(entry.value)


def _origins(mark: str | None, dated: Sequence[Place]) -> list[tuple[str, int]]:
    """From which words each date is reckoned, and how many years on: the last confirmed ones, unless mended since."""
    now = [(place.scalar.value, 1) for place in dated]
    words = mark.split(APART) if mark else []
    if len(words) != len(dated):
        return now
    gaps = [years_between(old, scalar.value, read) for old, (scalar, read, _) in zip(words, dated, strict=True)]
    return [(old, gap + 1) if gap is not None else current for old, gap, current in zip(words, gaps, now, strict=True)]


_DATE_FIELDS: dict[str, dict[str, Reader]] = {
    "on_date": {"date": day},
    "date_range": {"start": day, "end": day},
    "as_notified": {"about": day_or_month},
}


def _rules(node: Node) -> list[Node]:
    """The rules of an activity: its `when:`, or the items of that."""
    when = node.get("when")
    if when is None:
        return []
    return [entry.value for entry in when.entries] if when.kind == "seq" else [when]


def _dated(node: Node | None, number: int | None = None) -> Iterator[Place]:
    """The scalars of a rule, or of a `review:`, that may hold a date."""
    if node is None:
        return
    if node.kind == "scalar":
        yield Place(node, phrase, number)
    elif inner := node.get("when"):
        yield from _dated(inner, number)
    elif kind := node.get("rule"):
        for name, read in _DATE_FIELDS.get(kind.value, {}).items():
            if scalar := node.get(name):
                yield Place(scalar, read, number)


def _events(node: Node | None) -> Iterator[tuple[str, Node]]:
    for entry in node.entries if node else ():
        if entry.value.kind == "map":
            yield entry.key.value if entry.key else _id(entry.value), entry.value


# ---- what has ended


def _comment_out(text: str, ids: frozenset[str]) -> str:
    if not ids:
        return text
    edit = Edit(text)
    for listed, entry in activities(edit.tree):
        if _id(entry.value) in ids and listed.block:
            edit.comment_out(listed, entry)
    for entry in _lists(edit.tree):
        if entry.value.block and all(_id(item.value) in ids for item in entry.value.entries):
            edit.empty_list(entry)
    return edit.result()


def _lists(node: Node) -> Iterator[Entry]:
    for entry in node.entries:
        if entry.key and entry.key.value == "activities" and entry.value.kind == "seq":
            yield entry
        else:
            yield from _lists(entry.value)


# ---- words that still name the old years

_NUMBER = re.compile("[0-9๐-๙]+")
_NOT_WORDS = (
    "fiscal_year", "source", CONFIRM, "when", "review", "expected", "from", "until", "laws", "basis",
)  # fmt: skip


def _mentions(text: str, first: int) -> Iterator[Mention]:
    """Lines whose words or comments name a year around the old plan's; not dates, nor what documents print."""
    old = {str(year) for year in (first - 1, first, first + 1)}
    edit = Edit(text)
    for node in _provenance(edit.tree):
        edit.change(node.start, node.end, "\n" * (node.end.line - node.start.line))
    for number, rest in enumerate(edit.result().split("\n")):
        if old & {to_arabic(match) for match in _NUMBER.findall(rest)}:
            yield Mention(number + 1, edit.lines[number].strip())


def _provenance(node: Node) -> Iterator[Node]:
    for entry in node.entries:
        if entry.key and entry.key.value in _NOT_WORDS:
            yield entry.value
        else:
            yield from _provenance(entry.value)
