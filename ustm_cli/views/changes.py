"""What a change of the plan does to dates: two lists of obligations to the lines that a reviewer approves."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Literal, NamedTuple

from ustm_cli.obligations import Obligation, State

Kind = Literal["added", "removed", "moved", "waived", "restored"]
KINDS: tuple[Kind, ...] = ("added", "removed", "moved", "waived", "restored")


class Dates(NamedTuple):
    """The days of an obligation; all None while it awaits (but `known_by`)."""

    opens: date | None
    deadline: date | None
    act_by: date | None
    review_by: date | None
    known_by: date | None


class Change(NamedTuple):
    """One obligation that is not what it was. `obligation` is the new one, of a removed one the old.

    `into_past`: its last day to act was ahead and is behind today now. `lost_day`: the day to act (or to hand in for
    review) was the very day that becomes a holiday. `was`: what the old one was, where there was one.
    """

    kind: Kind
    obligation: Obligation
    old: Dates | None
    new: Dates | None
    into_past: bool = False
    lost_day: bool = False
    was: State | None = None


class Changes(NamedTuple):
    """All changes in order of their new days. `years`: how many fiscal years lie between the two sides."""

    today: date
    changes: tuple[Change, ...]
    years: int = 0
    compared: int = 0

    def count(self, kind: Kind) -> int:
        return sum(change.kind == kind for change in self.changes)

    @property
    def several_offices(self) -> bool:
        return len({change.obligation.office for change in self.changes}) > 1

    @property
    def into_past(self) -> int:
        return sum(change.into_past for change in self.changes)


def changes(
    old: Iterable[Obligation], new: Iterable[Obligation], today: date, *, holidays: Sequence[date] = ()
) -> Changes:
    """Pair the obligations of two plans by id and tell those that differ.

    Plans of different fiscal years are paired by the same period so many years on, and a day counts as unmoved where
    it is the same day of the other year; weeks, days, letters and cases are then left out. With `holidays` both sides
    are of the same plans, whose folders may hold the same ids.
    """
    before, after = list(old), list(new)
    years = _years_between(before, after)
    if years:
        before, after = _comparable(before, after)
    place = _folder if holidays else _anywhere
    paired = {(place(item), _years_on(item.id, years)): item for item in before}
    found = [_change(paired.pop((place(item), item.id), None), item, today, years, holidays) for item in after]
    removed = [Change("removed", item, dates_of(item), None) for item in paired.values()]
    changed = sorted([change for change in found if change], key=_order)
    return Changes(today, (*changed, *sorted(removed, key=_order)), years, len(after))


def _folder(item: Obligation) -> str:
    return item.file.rpartition("/")[0]


def _anywhere(_item: Obligation) -> str:
    return ""


def dates_of(item: Obligation) -> Dates:
    return Dates(item.opens, item.deadline, item.act_by, item.review_by, item.known_by)


def _change(
    old: Obligation | None, new: Obligation, today: date, years: int, holidays: Sequence[date]
) -> Change | None:
    if old is None:
        return Change("added", new, None, dates_of(new), into_past=_behind(new, today))
    dates = dates_of(old), dates_of(new)
    into_past = _behind(new, today) and not _behind(old, today) and not years
    lost = any(day in (old.act_by, old.review_by) for day in holidays)
    if (old.cancelled is None) != (new.cancelled is None):
        return Change("restored" if new.cancelled is None else "waived", new, *dates, into_past, lost, old.state)
    same = _same(*dates, years) and old.state == new.state
    return None if same else Change("moved", new, *dates, into_past, lost, old.state)


def _behind(item: Obligation, today: date) -> bool:
    return item.act_by is not None and item.act_by < today


def _same(old: Dates, new: Dates, years: int) -> bool:
    return all(_same_day(one, other, years) for one, other in zip(old, new, strict=True))


def _same_day(old: date | None, new: date | None, years: int) -> bool:
    if not years or old is None or new is None:
        return old == new
    month_ends = _is_month_end(old) and _is_month_end(new)
    return old.year + years == new.year and old.month == new.month and (old.day == new.day or month_ends)


def _is_month_end(day: date) -> bool:
    return date.fromordinal(day.toordinal() + 1).month != day.month


def _order(change: Change) -> tuple[date, str]:
    dates = change.new or change.old
    return (dates and (dates.act_by or dates.known_by)) or date.max, change.obligation.id


# ---- plans of different years


def _years_between(old: Sequence[Obligation], new: Sequence[Obligation]) -> int:
    """The years between two sides that are of one fiscal year each; 0 where they are of the same, or of several."""
    sides = [{item.fiscal_year for item in side} for side in (old, new)]
    if any(len(side) != 1 for side in sides):
        return 0
    return max(sides[1]) - max(sides[0])


_YEAR = re.compile(r"(?<=@)(FY)?(\d{4})")


def _years_on(id: str, years: int) -> str:
    return _YEAR.sub(lambda match: f"{match[1] or ''}{int(match[2]) + years}", id, count=1) if years else id


def _by_day(item: Obligation) -> bool:
    return re.match(r"\d{4}-(W|\d\d-\d\d)", item.period) is not None


def _first_letter(item: Obligation) -> bool:
    return re.match(r"FY\d{4}\.1\b", item.period) is not None


def _comparable(old: list[Obligation], new: list[Obligation]) -> tuple[list[Obligation], list[Obligation]]:
    """Both sides without what never falls alike: cases; and the weeks, days and letters of activities that both have.

    An activity has letters where its first one came; before that, on the other side, it awaits one.
    """
    lettered = {item.activity for item in (*old, *new) if _first_letter(item)}

    def by_chance(item: Obligation) -> bool:
        letter = item.activity in lettered and (item.state == "awaiting" or re.match(r"FY\d{4}\.\d", item.period))
        return _by_day(item) or bool(letter)

    both = {item.activity for item in old if by_chance(item)} & {item.activity for item in new if by_chance(item)}
    stays: Callable[[Obligation], bool] = lambda item: (  # noqa: E731
        item.state != "case" and not (item.activity in both and by_chance(item))
    )
    return [item for item in old if stays(item)], [item for item in new if stays(item)]
