"""The events and holidays that a plan states, or includes from files of its folder."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple, cast

from pydantic import ValidationError

from ustm_cli.dates.era import DateError, full_be_year, to_arabic
from ustm_cli.dates.holidays import Holiday
from ustm_cli.deadlines.base import Event, RuleError
from ustm_cli.deadlines.phrase import PhraseError
from ustm_cli.deadlines.text import compose
from ustm_cli.plan import errors, source
from ustm_cli.plan.findings import Both, Finding, Mark
from ustm_cli.plan.model import PlanEvent, Shared, event_items, event_of
from ustm_cli.plan.source import Map, mark_of
from ustm_cli.plan.system import in_thai

_ADVICE = Both("ใช้ทางเดินแฟ้มภายในโฟลเดอร์เดียวกับแผน", "use a path inside the folder of the plan")


_PARTS = ("events", "holidays", "include")


def fiscal_year_written(tree: Map) -> int | None:
    """The year that the plan states, before it is validated."""
    text = to_arabic(str(tree.get("fiscal_year") or ""))
    try:
        return full_be_year(int(text[:5]), len(text)) if text.isascii() and text.isdigit() else None
    except DateError:
        return None


def hides_events(fault: Finding) -> bool:
    """Whether events may be lacking because of a fault of YAML: what stands there was not read, or not all of it."""
    return fault.path.partition(".")[0] in ("events", "include")


def misspells_events(fault: Finding) -> bool:
    """Whether it is `evnts:` or `includes:` at the top of a file."""
    return fault.code == "U112" and fault.path == fault.detail["key"] and fault.offer in ("events", "include")


class Place(NamedTuple):
    """Where an event or a holiday stands: in the plan, or in a file that it includes."""

    file: str
    tree: Map
    path: tuple[str | int, ...]

    @property
    def node(self) -> Map:
        found: Map = errors.value_at(self.tree, self.path)
        return found

    def mark(self, *path: str) -> Mark:
        """Of what stands at a path in it; of itself by its key, where it has one."""
        return mark_of(self.tree, (*self.path, *path), key=not path and isinstance(self.path[-1], str))


class SharedParts:
    """The events and holidays of a plan and of the files that it includes.

    `faulty`: events at fault, with their ids and names alone, lest phrases that name them be told as well. `whole`: no
    event is lacking.
    """

    def __init__(self, path: Path, name: str, tree: Map) -> None:
        self.root = path.parent.resolve()
        self.folder = PurePosixPath(name).parent
        self.queue: list[tuple[Path, str, Map]] = [(path, name, tree)]
        self.events: dict[str, Event] = {}
        self.faulty: list[Event] = []
        self.whole = True
        self.holidays: list[tuple[Holiday, bool]] = []
        self.taken: set[tuple[str, str]] = set()
        self.places: dict[tuple[str, str | int], Place] = {}
        self.lines: dict[str, list[str]] = {}
        self.named: dict[Path, set[Path]] = {path.resolve(): set()}
        self.included: list[tuple[Path, str]] = []
        self.ways: list[Path] = []
        self.year = fiscal_year_written(tree)

    @property
    def known(self) -> Mapping[str, Event]:
        """All events that phrases may name."""
        return self.events | {event.name: event for event in self.faulty}

    def read_all(self) -> list[Finding]:
        faults: list[Finding] = []
        while self.queue:
            path, name, tree = self.queue.pop(0)
            own = {key: tree[key] for key in _PARTS if tree.get(key) is not None}
            if name in self.lines:  # an included file has nothing else
                own |= {key: value for key, value in tree.items() if key not in _PARTS}
            try:
                body = Shared.model_validate(own, context={"fiscal_year": self.year})
                events: Sequence[PlanEvent | None] = body.events
            except ValidationError as error:
                found = list(errors.findings(error, tree, name, self.lines.get(name, ()), Shared))
                self.whole &= not any(fault.path == "events" or fault.path.startswith("include") for fault in found)
                if name in self.lines:
                    faults += found
                # What is whole is still of use, so that one fault does not bring others.
                body, events = _what_is_whole(own)
            self._take_events(events, name, tree, faults)
            self._take_holidays(body, name, tree)
            for number, item in enumerate(body.include):
                self._include(path, name, tree, number, item, faults)
        return faults

    def _take_events(self, events: Sequence[PlanEvent | None], name: str, tree: Map, faults: list[Finding]) -> None:
        """`events` as they were understood, None for one at fault."""
        given = tree.get("events")
        written: Iterable[tuple[str | int, Any]] = given.items() if isinstance(given, Map) else enumerate(given or ())
        for (step, node), item in zip(written, events, strict=False):
            event = self._event(item, ("events", step), name, tree) if item else None
            if isinstance(event, Finding):
                faults.append(event)
            if isinstance(event, Event):
                self.events[event.id] = event
                self.places["events", event.id] = Place(name, tree, ("events", step))
            else:
                self._stand_in(step if isinstance(step, str) else None, node)

    def _event(self, item: PlanEvent, loc: tuple[str, str | int], name: str, tree: Map) -> Event | Finding:
        """The event, or its fault."""
        mapped = isinstance(loc[1], str)
        if mapped and "id" in tree["events"][loc[1]]:
            return errors.unknown_key((*loc, "id"), tree, name)
        for field, value in (("id", item.id), ("name", item.name)):
            if (field, value) in self.taken:
                detail = {"value": value, "problem": Both("ซ้ำกับเหตุการณ์อื่น", "taken by another event")}
                return Finding("U307", name, _mark_in(tree, loc, field), _dots((*loc, field)), detail)
        self.taken |= {("id", item.id), ("name", item.name)}
        try:
            return event_of(item, self.year)
        except (RuleError, PhraseError) as error:
            field = error.field if isinstance(error, RuleError) else "expected"
            at = _dots((*loc, field))
            return Finding(
                error.code, name, _mark_in(tree, loc, field), at, error.detail, getattr(error, "offer", None)
            )

    def _stand_in(self, id: str | None, node: Any) -> None:
        """What an event at fault is called."""
        given: list[object] = [id or node.get("id"), node.get("name")] if isinstance(node, Map) else [id]
        words = [" ".join(compose(word).split()) for word in given if isinstance(word, str)]
        self.whole &= len(words) == 2
        if words:
            self.faulty.append(Event(words[0], words[-1], "month"))
            self.taken |= {("id", words[0]), ("name", words[-1])}

    def _take_holidays(self, body: Shared, name: str, tree: Map) -> None:
        given: Any = tree.get("holidays") or []
        all_whole = len(given) == len(body.holidays)
        numbers = (number for number, node in enumerate(given) if all_whole or _whole("holidays", node))
        for item, number in zip(body.holidays, numbers, strict=False):
            self.places["holidays", len(self.holidays)] = Place(name, tree, ("holidays", number))
            title = item.name or "วันหยุดตามแผน"
            letter = item.letter or "แผนของสำนักงาน"
            row = Holiday(
                item.date, title, item.name or "day off (plan)", "plan", "nation", item.announced, None, letter
            )
            self.holidays.append((row, item.cancel))

    def _include(self, path: Path, name: str, tree: Map, number: int, item: str, faults: list[Finding]) -> None:
        where = mark_of(tree, ("include", number))

        def refuse(problem: Both, advice: Both = _ADVICE) -> None:
            self.whole = False
            detail = {"value": item, "problem": problem, "advice": advice}
            faults.append(Finding("U116", name, where, f"include.{number}", detail))

        way = path.parent / item
        try:
            target = way.resolve()
        except (OSError, ValueError, RuntimeError):  # a NUL, or links that go round
            return refuse(Both("เป็นชื่อแฟ้มไม่ได้", "no name of a file"))
        if not target.is_relative_to(self.root):
            return refuse(Both("อยู่นอกโฟลเดอร์ของแผน", "outside the plan's folder"))
        source.sought(way)
        self.ways.append(way)
        here = path.resolve()
        if here in self._reached_from(target):
            return refuse(Both("วนกลับมาแฟ้มนี้", "it leads back to this file"), Both("ลบรายการนี้", "delete this entry"))
        self.named[here].add(target)
        if target in self.named:  # by another way
            return None
        self.named[target] = set()
        called = (self.folder / target.relative_to(self.root)).as_posix()
        self.included.append((target, called))
        try:
            text, found = source.read_file(target, called)
        except (OSError, source.NotRegular) as error:
            return refuse(_why(error))
        inner, more = source.read(text, called) if not found else (None, [])
        faults += [*found, *more]
        self.whole &= inner is not None and not any(map(hides_events, more))
        self.lines[called] = text.split("\n")
        if inner is not None:
            self.queue.append((target, called, inner))
        return None

    def _reached_from(self, file: Path) -> set[Path]:
        """The file, and what it includes, directly or through others."""
        found: set[Path] = set()
        todo = {file}
        while todo:
            found |= todo
            todo = {inner for one in todo for inner in self.named.get(one, ())} - found
        return found


def _mark_in(tree: Map, loc: tuple[str, str | int], field: str) -> Mark:
    """Of a field of an event; the id of one that stands by its key is that key."""
    by_key = field == "id" and isinstance(loc[1], str)
    return mark_of(tree, loc, key=True) if by_key else mark_of(tree, (*loc, field))


def _dots(path: Iterable[str | int]) -> str:
    return ".".join(map(str, path))


def _why(error: OSError | source.NotRegular) -> Both:
    if isinstance(error, source.NotRegular):
        return Both("เป็นท่อหรืออุปกรณ์ ไม่ใช่แฟ้มธรรมดา", "a pipe or a device, no regular file")
    if isinstance(error, IsADirectoryError):
        return Both("เป็นโฟลเดอร์", "a folder")
    if isinstance(error, FileNotFoundError):
        return Both("ไม่พบแฟ้ม", "no such file")
    if isinstance(error, PermissionError):
        return Both("ไม่มีสิทธิ์อ่าน", "no permission")
    said = error.strerror or str(error)
    return Both(in_thai(said), said)


def _what_is_whole(own: Mapping[str, Any]) -> tuple[Shared, list[PlanEvent | None]]:
    """The parts without fault; the events apart, with None for one at fault."""
    kept: dict[str, list[Any]] = {}
    for key in ("holidays", "include"):
        given: Any = own.get(key) or []
        items = cast("list[object]", given) if isinstance(given, list) else [given]
        kept[key] = [item for item in items if _whole(key, item)]
    events: Any = event_items(own.get("events") or [])
    found = [_whole("events", item) for item in cast("list[object]", events if isinstance(events, list) else [])]
    return Shared.model_validate(kept), [shared.events[0] if shared else None for shared in found]


def _whole(key: str, item: object) -> Shared | None:
    try:
        return Shared.model_validate({key: [item]})
    except ValidationError:
        return None
