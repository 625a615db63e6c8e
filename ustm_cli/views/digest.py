"""What the letter of a day holds: for an owner or a group, for the office, for the head and the director."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Literal, NamedTuple

from ustm_cli.dates.fiscal import DAY
from ustm_cli.dates.holidays import Holiday
from ustm_cli.dates.workdays import Workdays
from ustm_cli.register.standing import FINISHED, Row
from ustm_cli.views.agenda import Span, agenda, week

Letter = Literal["own", "office", "head", "director"]
SectionKind = Literal["overdue", "today", "review", "week", "awaiting", "cases"]
Asks = Literal["done", "reviewed", "event", "notify", "close"]
SECTIONS: tuple[SectionKind, ...] = ("overdue", "today", "review", "week", "awaiting", "cases")
# A letter that was missed for longer than this is a new start, not a gap to be told.
LONGEST_GAP = 31
# Items of one section; the rest are counted, and how to see them is said.
LONGEST_SECTION = 30


class Reader(NamedTuple):
    """Whom a letter is for. `names`: the owners or groups whose work it holds, none meaning the whole office.

    `late_from`: working days late from which the head or the director is told.
    """

    letter: Letter = "office"
    names: tuple[str, ...] = ()
    late_from: int = 1


class Ground(NamedTuple):
    """What a letter is made from beside the rows.

    `workdays`: of each plan, by file. `awaited`: the event and the period of it that an obligation waits for, by the
    obligation's id; one that waits for a letter is not among them.
    `missing`: plans that could not be read, whose work no letter holds.
    """

    workdays: Mapping[str, Workdays]
    today_off: bool
    previous_workday: date
    this_week: Span
    holidays: tuple[Holiday, ...] = ()
    awaited: Mapping[str, tuple[str, str]] = {}
    years: tuple[int, ...] = ()
    missing: tuple[str, ...] = ()


class Item(NamedTuple):
    """`late`: working days past act_by. `fresh`: it fell due since the last letter.

    `event`: what it waits for, and in which of the event's periods.
    """

    row: Row
    late: int
    fresh: bool
    asks: Asks
    event: tuple[str, str] | None


class Section(NamedTuple):
    """`total`: all items of this kind; a letter of readable length lists the first of them."""

    kind: SectionKind
    items: tuple[Item, ...]
    total: int


class Late(NamedTuple):
    """How one owner stands: items overdue, and the working days of the oldest of them."""

    owner: str
    items: int
    longest: int


class Digest(NamedTuple):
    """`covers`: the days before today that this letter speaks for too. `beside_awaiting`: awaiting, not yet pressing.

    `outside`: the number of unfinished items when today lies outside every plan found (they are not listed then).
    `left_out`: items that a short form of the letter leaves out.
    """

    today: date
    reader: Reader
    covers: Span | None
    holidays: tuple[Holiday, ...]
    until: date
    sections: tuple[Section, ...]
    owners: tuple[Late, ...]
    beside_awaiting: int
    next_year_missing: int | None
    years: tuple[int, ...]
    outside: int | None
    missing: tuple[str, ...] = ()
    left_out: int = 0

    @property
    def empty(self) -> bool:
        return not self.sections and not self.outside and not self.missing

    def number_of(self, kind: SectionKind) -> int:
        return sum(section.total for section in self.sections if section.kind == kind)

    @property
    def items(self) -> int:
        return sum(len(section.items) for section in self.sections)

    @property
    def whole(self) -> int:
        """All that the letter speaks of, listed or counted."""
        return sum(section.total for section in self.sections)

    def first(self, count: int) -> Digest:
        """The letter with `count` items only, taken from its sections in turn, the others counted."""
        kept = [0] * len(self.sections)
        while sum(kept) < min(count, self.items):
            for number, section in enumerate(self.sections):
                if kept[number] < len(section.items) and sum(kept) < count:
                    kept[number] += 1
        parts = zip(self.sections, kept, strict=True)
        sections = tuple(section._replace(items=section.items[:number]) for section, number in parts)
        return self._replace(sections=sections, left_out=self.whole - sum(kept))


def ground(
    workdays: Mapping[str, Workdays],
    today: date,
    holidays: Iterable[Holiday] = (),
    awaited: Mapping[str, tuple[str, str]] | None = None,
    years: Iterable[int] = (),
    missing: Iterable[str] = (),
) -> Ground:
    """It is a working day where one of the offices works."""
    offices = list(workdays.values()) or [Workdays()]
    previous = max(office.on_or_before(today - DAY) for office in offices)
    return Ground(
        workdays,
        not any(today in office for office in offices),
        previous,
        _ahead(offices, today),
        tuple(holidays),
        awaited or {},
        tuple(sorted(set(years))),
        tuple(missing),
    )


def _ahead(offices: Sequence[Workdays], today: date) -> Span:
    """Today to Sunday; from the last working day of a week on, to the Sunday after it, lest Monday come unannounced."""
    end = week(today).end
    if all(office.first(today + DAY, end) is None for office in offices):
        end += 7 * DAY
    return Span(today, end)


def covered(today: date, since: date | None, previous_workday: date) -> Span | None:
    """The days before today that no letter spoke for: after the last letter, or after the last working day."""
    if since is None or since >= today or (today - since).days > LONGEST_GAP:
        since = previous_workday
    return Span(since + DAY, today - DAY) if since + DAY < today else None


def digest(rows: Iterable[Row], today: date, reader: Reader, ground: Ground, since: date | None = None) -> Digest:
    """The letter of `today` for a reader; `since`: the day of the reader's last letter, None where not known."""
    mine = [row for row in rows if _is_for(row, reader) and row.status not in FINISHED]
    covers = covered(today, since, ground.previous_workday)
    placed: list[tuple[SectionKind, Row]] = [
        (kind, row) for row in mine if (kind := _section(row, ground.this_week)) is not None
    ]
    items: list[tuple[SectionKind, Item]] = [(kind, _item(kind, row, today, covers, ground)) for kind, row in placed]
    late_only = reader.letter in ("head", "director")
    if late_only:
        items = [(kind, item) for kind, item in items if kind == "overdue" and item.late >= reader.late_from]
    known = agenda((), today, Span(today, today), years=ground.years) if ground.years else None
    outside = None
    if known and known.outside:
        outside = sum(kind == "overdue" for kind, _ in items)
        items = [(kind, item) for kind, item in items if kind != "overdue"]
    return Digest(
        today,
        reader,
        covers,
        tuple(day for day in ground.holidays if covers and day.date in covers),
        ground.this_week.end,
        tuple(_sections(items, reader)),
        () if reader.letter == "own" else tuple(_owners(item for kind, item in items if kind == "overdue")),
        0
        if late_only
        else sum(row.status == "awaiting" for row in mine) - sum(kind == "awaiting" for kind, _ in items),
        known.next_year_missing if known else None,
        ground.years,
        outside,
        ground.missing,
    )


def _is_for(row: Row, reader: Reader) -> bool:
    return not reader.names or row.obligation.owner in reader.names or row.obligation.group in reader.names


def _section(row: Row, ahead: Span) -> SectionKind | None:
    """Where a row stands; each stands once, where it is most pressing."""
    item = row.obligation
    if row.status == "overdue":
        return "overdue"
    if row.status == "awaiting":
        return "awaiting" if item.known_by and item.known_by <= ahead.end else None
    if row.status not in ("open", "running"):
        return None
    last = item.due_at.date() if item.due_at else item.act_by
    if last == ahead.start:
        return "today"
    if item.review_by and item.review_by <= ahead.end and row.reviewed_on is None:
        return "review"
    if last is not None and last <= ahead.end:
        return "week"
    return "cases" if row.status == "running" else None


def _item(kind: SectionKind, row: Row, today: date, covers: Span | None, ground: Ground) -> Item:
    item = row.obligation
    workdays = ground.workdays.get(item.file, Workdays())
    late = working_days_late(item.act_by, today, workdays) if kind == "overdue" else 0
    last = covers.start if covers else today
    fresh = kind == "overdue" and item.act_by is not None and item.act_by >= workdays.on_or_before(last - DAY)
    asks: Asks = "done"
    event = ground.awaited.get(item.id) if kind == "awaiting" else None
    if item.state == "case":
        asks = "close"
    elif kind == "review":
        asks = "reviewed"
    elif kind == "awaiting":
        asks = "event" if event else "notify"
    return Item(row, late, fresh, asks, event)


def working_days_late(act_by: date | None, today: date, workdays: Workdays) -> int:
    """Working days after act_by up to today, today included: due on Friday, one day late on Monday."""
    if act_by is None or act_by >= today:
        return 0
    days = (today - act_by).days
    return sum(act_by + number * DAY in workdays for number in range(1, days + 1))


def _sections(items: Sequence[tuple[SectionKind, Item]], reader: Reader) -> Iterator[Section]:
    for kind in SECTIONS:
        found = sorted((item for own, item in items if own == kind), key=_order)
        if kind == "overdue" and reader.letter in ("own", "office"):
            # What fell due last can still be saved; the head looks at the oldest first.
            found.sort(key=_last_due, reverse=True)
        if found:
            yield Section(kind, tuple(found[:LONGEST_SECTION]), len(found))


def _last_due(item: Item) -> date:
    return item.row.obligation.act_by or date.min


def _order(item: Item) -> tuple[date, date, str]:
    found = item.row.obligation
    return found.act_by or found.known_by or date.max, found.deadline or date.max, found.id


def _owners(items: Iterable[Item]) -> list[Late]:
    by_owner: dict[str, list[int]] = {}
    for item in items:
        by_owner.setdefault(item.row.obligation.owner, []).append(item.late)
    found = [Late(owner, len(late), max(late)) for owner, late in by_owner.items()]
    return sorted(found, key=lambda late: (-late.longest, -late.items, late.owner))
