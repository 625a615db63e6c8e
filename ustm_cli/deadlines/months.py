"""Which month of a period a rule means."""

from __future__ import annotations

from ustm_cli.dates.fiscal import Period, month_after

MONTH_NAMES = {
    "month": ("same", "following"),
    "quarter": ("first", "second", "last", "following"),
    "year": ("first", "last", "following"),
}


def month_in(period: Period, which: str) -> Period:
    match which:
        case "same" | "first":
            return month_after(period.start, 0)
        case "second":
            return month_after(period.start, 1)
        case "last":
            return month_after(period.end, 0)
        case _:
            return month_after(period.end, 1)
