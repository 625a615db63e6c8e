"""How far an activity is in the period that ends next: what was recorded for a period before it no longer counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from ustm_cli.register.standing import Row
from ustm_cli.register.state import Attained

# The days to act of each activity of each plan, by (plan file, activity).
Ends = Mapping[tuple[str, str], list[date]]


def ends_of(rows: Iterable[Row]) -> Ends:
    found: dict[tuple[str, str], list[date]] = {}
    for item in (row.obligation for row in rows):
        if item.act_by:
            found.setdefault((item.file, item.activity), []).append(item.act_by)
    return found


def ending_next(ends: Iterable[date], day: date) -> date | None:
    """The first from `day` on, else the last."""
    return min((end for end in ends if end >= day), default=max(ends, default=None))


def reached(recorded: Attained | None, ends: Iterable[date], today: date) -> Attained | None:
    """What was recorded, if it is of the period that ends next."""
    return recorded if recorded and ending_next(ends, recorded.on) == ending_next(ends, today) else None
