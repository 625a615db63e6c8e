"""Working days: Monday to Friday without the days off that are given; no limit of years, no table of its own."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Literal

from ustm_cli.dates.fiscal import DAY

Roll = Literal["unadjusted", "preceding", "following", "modified_following"]
# A year and more without one working day means that the days off are wrong, not that one should look further.
_HORIZON = 400


class Workdays:
    """A set of working days, made from the days off of one place as known at one moment."""

    __slots__ = ("off",)

    def __init__(self, off: Iterable[date] = ()) -> None:
        self.off = frozenset(off)

    def __contains__(self, day: date) -> bool:
        return day.weekday() < 5 and day not in self.off

    def on_or_before(self, day: date) -> date:
        for _ in range(_HORIZON):
            if day.weekday() < 5 and day not in self.off:
                return day
            day -= DAY
        raise ValueError("no working day within a year")

    def on_or_after(self, day: date) -> date:
        for _ in range(_HORIZON):
            if day.weekday() < 5 and day not in self.off:
                return day
            day += DAY
        raise ValueError("no working day within a year")

    def after(self, day: date, count: int) -> date:
        """The `count`th working day after `day`, which itself is never counted."""
        for _ in range(count):
            day = self.on_or_after(day + DAY)
        return day

    def before(self, day: date, count: int) -> date:
        """The `count`th working day before `day`, which itself is never counted."""
        for _ in range(count):
            day = self.on_or_before(day - DAY)
        return day

    def first(self, start: date, end: date) -> date | None:
        """The first working day of start..end, both included."""
        while start <= end:
            if start in self:
                return start
            start += DAY
        return None

    def last(self, start: date, end: date) -> date | None:
        while start <= end:
            if end in self:
                return end
            end -= DAY
        return None

    def count(self, start: date, end: date) -> int:
        """How many working days lie in start..end, both included."""
        total = 0
        while start <= end:
            total += start in self
            start += DAY
        return total

    def roll(self, day: date, convention: Roll) -> date:
        """`day` moved to a working day by a business-day convention."""
        match convention:
            case "unadjusted":
                return day
            case "preceding":
                return self.on_or_before(day)
            case "following":
                return self.on_or_after(day)
            case "modified_following":
                moved = self.on_or_after(day)
                return moved if moved.month == day.month else self.on_or_before(day)
