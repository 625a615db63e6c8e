"""The folders of one question, up to date in the index, and their rows in order, read week by week."""

from __future__ import annotations

import os
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor
from contextlib import suppress
from datetime import date
from functools import partial
from glob import has_magic
from pathlib import Path
from tempfile import gettempdir
from typing import TypeVar

from ustm_cli.cli.country.folder import Asked, Folder
from ustm_cli.cli.country.index import Harmed, Index, Info, Sealed, expand_all, forget, opened, thrown_away
from ustm_cli.cli.country.packing import CASE, FINISHED, LONG, SHORT, UNDATED, Head, Packed, Reader, week_of
from ustm_cli.cli.country.pool import AHEAD, batches, local_processes, processes, results
from ustm_cli.cli.faults import PARTLY, FaultyPlans, RunFault
from ustm_cli.cli.session import Session, Watched
from ustm_cli.cli.world import warn_of_holidays
from ustm_cli.dates.holidays import Holiday
from ustm_cli.register.standing import FINISHED as FINISHED_STATUSES
from ustm_cli.register.standing import Row
from ustm_cli.views.agenda import Filters, Span, Wanted
from ustm_cli.views.roundup import Place

BATCH = 8
"""Folders expanded in one piece of work."""

ALONE = 8
"""So few are expanded in this process, since others take their time to begin."""

MOST_HEADS = 10_000
"""The folders whose activities are held at a time."""

Placed = tuple[Packed, Head, int]
Answer = TypeVar("Answer")
Expand = Callable[[Sequence[Folder]], list[Sealed]]


def ask(session: Session, folders: Sequence[Folder], question: Callable[[Atlas], Answer]) -> Answer:
    """The answer to a question, read from the index once that is up to date. Raises FaultyPlans and RunFault."""
    asked = Asked(session.voice, session.now, session.as_of)
    try:
        with opened(asked, str(session.cwd)) as index:
            return question(_atlas(session, index, folders, asked))
    except (Harmed, sqlite3.Error):
        forget(asked, str(session.cwd))
    try:
        with thrown_away() as index:
            return question(_atlas(session, index, folders, asked))
    except sqlite3.Error as error:  # no room on the disk
        raise RunFault("cannot_write", file=gettempdir(), problem=error) from None


def _atlas(session: Session, index: Index, folders: Sequence[Folder], asked: Asked) -> Atlas:
    _bring_up_to_date(session, index, folders, asked)
    index.hold()
    infos = index.infos()
    found = [infos[folder.path] for folder in folders]
    Session.watched = _watched(session, [info for _, info in found])
    told = "\n".join(info.told.rstrip("\n") for _, info in found if info.told)
    good = [(number, info) for number, info in found if info.years]
    if not good:
        if told:
            raise FaultyPlans(told)
        raise RunFault("no_file", file=" ".join(session.plans))
    if told:
        session.tell(told)
    if not all(info.whole for _, info in found):
        session.exit_code = PARTLY
    warn_of_holidays(session, sorted({year for _, info in good for year in info.unreviewed}))
    return Atlas(session, index, good)


def _bring_up_to_date(session: Session, index: Index, folders: Sequence[Folder], asked: Asked) -> None:
    kept = index.infos()
    stale = [folder for folder in folders if folder.path not in kept or not kept[folder.path][1].fits(folder)]
    for sealed in _expanded(session, stale, partial(expand_all, asked=asked)):
        index.keep(sealed)
    index.tidy()


def _expanded(session: Session, stale: Sequence[Folder], work: Expand) -> Iterator[list[Sealed]]:
    """In several processes where it is much; what those leave undone that die, or cannot begin, is done in this one."""
    left = {folder.path: folder for folder in stale}
    if len(stale) > ALONE:
        from ustm_cli.cli.country.progress import progress

        with (
            suppress(BrokenExecutor, OSError, EOFError, ImportError, NotImplementedError),  # no memory, no semaphores
            local_processes(__name__) as executor,
            progress(session, len(stale)) as advance,
        ):
            for batch, sealed in results(executor, work, batches(stale, BATCH), AHEAD * processes()):
                yield sealed
                advance(len(batch))
                for folder in batch:
                    del left[folder.path]
    for batch in batches([*left.values()], BATCH):
        yield work(batch)


def _watched(session: Session, infos: Sequence[Info]) -> Watched:
    """All that the answer came from: the files, and the folders in which others may come to stand."""
    folders: list[str] = []
    # Of a folder that could not be read nobody knows which file it was.
    complete = all(info.prints or info.years for info in infos)
    for wanted in session.plans:
        complete &= _walk(_fixed_part(session.cwd / wanted), "/." in wanted, folders)
    return Watched(frozenset(path for info in infos for path in info.read), frozenset(folders), complete)


def _fixed_part(pattern: Path) -> Path:
    parts = pattern.parts
    return Path(*parts[: next(number for number, part in enumerate(parts) if has_magic(part))])


def _walk(base: Path, hidden: bool, found: list[str]) -> bool:
    """Add all folders below the base; False where a link leads elsewhere, since what it leads to is not watched."""
    complete = True
    for folder, names, _ in os.walk(base):
        names[:] = [name for name in names if hidden or not name.startswith(".")]
        complete &= not any(Path(folder, name).is_symlink() for name in names)
        found.append(folder)
    return complete


class Atlas:
    """The folders whose plans are whole, each with its number in the index."""

    def __init__(self, session: Session, index: Index, infos: Sequence[tuple[int, Info]]) -> None:
        self.session = session
        self.index = index
        self.infos = infos
        self.places = {number: place for place, (number, _) in enumerate(infos)}
        self._heads: dict[int, tuple[tuple[Head, ...], frozenset[int] | None]] = {}

    @property
    def named(self) -> Iterator[tuple[str, str, str]]:
        """(group, owner, id) of every activity."""
        return ((head[5], head[6], head[0]) for number, _ in self.infos for head in self.index.heads(number))

    @property
    def offices(self) -> list[Place]:
        return [place for _, info in self.infos for place in info.places]

    @property
    def years(self) -> tuple[int, ...]:
        return tuple(sorted({year for _, info in self.infos for year in info.years}))

    def holidays(self, start: date, end: date) -> list[Holiday]:
        """The days off of all offices from start to end, each once."""
        seen: dict[object, Holiday] = {}
        for id in dict.fromkeys(info.holidays for _, info in self.infos):
            for row in self.index.holidays(id):
                if start <= row.date <= end:
                    seen.setdefault((row.date, row.th), row)
        return sorted(seen.values(), key=lambda row: row.date)

    def settled(self, span: Span) -> range:
        """The weeks before today's and before the span: what is not finished in them is overdue, whatever it is."""
        weeks = self.index.weeks()
        return range(weeks.start, max(weeks.start, min(week_of(span.start), week_of(self.session.today), weeks.stop)))

    def late(self, weeks: range) -> Counter[Place] | None:
        """How many obligations of each place are overdue since these settled weeks, without a look at each.

        Cases apart. None where a folder holds plans of several places.
        """
        if any(len(info.places) > 1 for _, info in self.infos):
            return None
        found: Counter[Place] = Counter()
        for number, count in self.index.counts(weeks, (SHORT, LONG)):
            if number in self.places:
                found[self.infos[self.places[number]][1].places[0]] += count
        return found

    def rows(self, span: Span, wanted: Wanted, filters: Filters, passed: range = range(0)) -> Iterator[Row]:
        """Every row that may be wanted, or counted beside, in the order of `due`; what passes the filters only.

        Of the weeks `passed`, the cases and what is finished.
        """
        reader = Reader(self.session.today, self.session.now)
        last = week_of(max(span.end, self.session.today))
        finished = wanted.all or bool(set(filters.statuses) & set(FINISHED_STATUSES))
        for week in (*self.index.weeks(), UNDATED):
            shelves: list[tuple[int, int | None]] = [(CASE, None)]
            shelves += [(FINISHED, None)] * finished
            if week not in passed:
                shelves += [(LONG, None), (SHORT, None)] if week <= last else [(LONG, last)]
            for packed, head, _ in sorted(self._packed(week, shelves, filters), key=_order):
                row = reader.row(packed, head)
                if not filters.statuses or row.status in filters.statuses:
                    yield row

    def _packed(self, week: int, shelves: Iterable[tuple[int, int | None]], filters: Filters) -> Iterator[Placed]:
        for kind, until in shelves:
            for number, rows in self.index.shelves(week, kind, until):
                if number not in self.places:
                    continue
                heads, passing = self._heads_of(number, filters)
                place = self.places[number]
                for packed in rows:
                    if passing is None or packed[3] in passing:
                        yield packed, heads[packed[3]], place

    def _heads_of(self, number: int, filters: Filters) -> tuple[tuple[Head, ...], frozenset[int] | None]:
        """A folder's activities, and those that pass the filters (None: all)."""
        if number not in self._heads:
            if len(self._heads) >= MOST_HEADS:
                self._heads.clear()
            heads = self.index.heads(number)
            passing = frozenset(n for n, head in enumerate(heads) if filters.pass_on(head[5], head[6], head[0]))
            self._heads[number] = (heads, None if len(passing) == len(heads) else passing)
        return self._heads[number]


def _order(placed: Placed) -> tuple[object, ...]:
    """By act_by, deadline and id, as `due` has it; what is equal in these by year and file."""
    (act_by, deadline, period, _, order, *_), head, place = placed
    return act_by or _LAST, deadline or _LAST, f"{head[0]}@{period}", head[1], place, order


_LAST = date.max.toordinal()
