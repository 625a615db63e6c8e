"""The events and holidays that a plan states, or includes from files of its folder."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, cast

from pydantic import ValidationError

from ustm_cli.dates.era import DateError, full_be_year, to_arabic
from ustm_cli.dates.holidays import Holiday
from ustm_cli.deadlines.base import Event, RuleError
from ustm_cli.deadlines.phrase import PhraseError
from ustm_cli.plan import errors, source
from ustm_cli.plan.findings import Both, Finding
from ustm_cli.plan.model import Shared, event_items, event_of
from ustm_cli.plan.source import Map, mark_of


def fiscal_year_written(tree: Map) -> int | None:
    """The year that the plan states, before it is validated."""
    text = to_arabic(str(tree.get("fiscal_year") or ""))
    try:
        return full_be_year(int(text[:5]), len(text)) if text.isascii() and text.isdigit() else None
    except DateError:
        return None


class SharedParts:
    """The events and holidays of a plan and of the files that it includes."""

    def __init__(self, path: Path, name: str, tree: Map) -> None:
        self.root = path.parent.resolve()
        self.queue: list[tuple[Path, str, Map]] = [(path, name, tree)]
        self.events: dict[str, Event] = {}
        self.holidays: list[tuple[Holiday, bool]] = []
        self.lines: dict[str, list[str]] = {}
        self.seen = {path.resolve()}
        self.included: list[Path] = []
        self.year = fiscal_year_written(tree)

    def read_all(self) -> list[Finding]:
        faults: list[Finding] = []
        while self.queue:
            path, name, tree = self.queue.pop(0)
            own = {key: tree[key] for key in ("events", "holidays", "include") if tree.get(key) is not None}
            try:
                body = Shared.model_validate(own, context={"fiscal_year": self.year})
            except ValidationError as error:
                if name in self.lines:
                    faults += errors.findings(error, tree, name, self.lines[name])
                # What is whole is still of use, so that one fault does not bring others.
                body = _what_is_whole(own)
            self._take_events(body, name, tree, faults)
            self._take_holidays(body)
            for number, item in enumerate(body.include):
                self._include(path, name, tree, number, item, faults)
        return faults

    def _take_events(self, body: Shared, name: str, tree: Map, faults: list[Finding]) -> None:
        taken = {event.name for event in self.events.values()}
        for number, item in enumerate(body.events):
            loc = ("events", item.id) if isinstance(tree.get("events"), Map) else ("events", number)
            if item.id in self.events or item.name in taken:
                mark = mark_of(tree, (*loc, "name"))
                faults.append(
                    Finding(
                        "U307",
                        name,
                        mark,
                        detail={"value": item.name, "problem": Both("ซ้ำกับเหตุการณ์อื่น", "taken by another event")},
                    )
                )
                continue
            try:
                self.events[item.id] = event_of(item, self.year)
                taken.add(item.name)
            except (RuleError, PhraseError) as error:
                field = error.field if isinstance(error, RuleError) else "expected"
                mapped = field == "id" and isinstance(tree.get("events"), Map)
                mark = mark_of(tree, loc, key=True) if mapped else mark_of(tree, (*loc, field))
                offer = getattr(error, "offer", None)
                faults.append(Finding(error.code, name, mark, _dots((*loc, field)), error.detail, offer))

    def _take_holidays(self, body: Shared) -> None:
        for item in body.holidays:
            title = item.name or "วันหยุดตามแผน"
            letter = item.letter or "แผนของสำนักงาน"
            row = Holiday(
                item.date, title, item.name or "day off (plan)", "plan", "nation", item.announced, None, letter
            )
            self.holidays.append((row, item.cancel))

    def _include(self, path: Path, name: str, tree: Map, number: int, item: str, faults: list[Finding]) -> None:
        where = mark_of(tree, ("include", number))

        def refuse(problem: Both) -> None:
            faults.append(Finding("U116", name, where, f"include.{number}", {"value": item, "problem": problem}))

        try:
            target = (path.parent / item).resolve()
        except (OSError, ValueError, RuntimeError):  # a NUL, or links that go round
            return refuse(Both("เป็นชื่อแฟ้มไม่ได้", "no name of a file"))
        if not target.is_relative_to(self.root):
            return refuse(Both("อยู่นอกโฟลเดอร์ของแผน", "outside the plan's folder"))
        if target in self.seen:
            return refuse(Both("รวมไว้แล้ว", "included already"))
        self.seen.add(target)
        self.included.append(path.parent / item)
        try:
            text, found = source.read_file(target, item)
        except OSError as error:
            return refuse(_why(error))
        inner, more = source.read(text, item) if not found else (None, [])
        faults += [*found, *more]
        self.lines[item] = text.split("\n")
        if inner is not None:
            self.queue.append((target, item, inner))
        return None


def _dots(path: Iterable[str | int]) -> str:
    return ".".join(map(str, path))


def _why(error: OSError) -> Both:
    if isinstance(error, FileNotFoundError):
        return Both("ไม่พบแฟ้ม", "no such file")
    if isinstance(error, PermissionError):
        return Both("ไม่มีสิทธิ์อ่าน", "no permission")
    return Both(error.strerror or str(error), error.strerror or str(error))


def _what_is_whole(own: Mapping[str, Any]) -> Shared:
    kept: dict[str, list[Any]] = {}
    for key in ("events", "holidays", "include"):
        given: Any = own.get(key) or []
        if key == "events":
            given = event_items(given)
        items = cast("list[object]", given) if isinstance(given, list) else [given]
        for item in items:
            try:
                Shared.model_validate({key: [item]})
            except ValidationError:
                continue
            kept.setdefault(key, []).append(item)
    return Shared.model_validate(kept)
