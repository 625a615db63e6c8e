"""The dashboard's charts as rectangles: where each bar stands in a drawing of fixed size."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ustm_cli.views.dashboard import MonthCount, WeekCount

WIDTH, HEIGHT = 360, 150
LEFT, TOP, BOTTOM = 26, 10, 22  # room for the scale, the tallest number and the names of months


class Bar(NamedTuple):
    """A rectangle; `kind` names its pattern."""

    kind: str
    x: float
    y: float
    width: float
    height: float


class Tick(NamedTuple):
    """A line of the scale: its value and height in the drawing."""

    value: int
    y: float


class Name(NamedTuple):
    """The month (its first day) named under the drawing at `x`."""

    month: object
    x: float


class Chart(NamedTuple):
    width: int
    height: int
    left: int
    base: float
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    names: tuple[Name, ...]


def punctuality(months: Sequence[MonthCount]) -> Chart:
    """Months side by side, each a column of what was in time, late, overdue and is still ahead."""
    scale = _scale(max((one.on_time + one.late + one.overdue + one.ahead for one in months), default=0))
    step = (WIDTH - LEFT) / max(len(months), 1)
    bars: list[Bar] = []
    for number, month in enumerate(months):
        below = 0
        for kind in ("on_time", "late", "overdue", "ahead"):
            count: int = getattr(month, kind)
            if count:
                top = _y(below + count, scale)
                left = LEFT + number * step + step * 0.15
                bars.append(_bar(kind, left, top, step * 0.7, _y(below, scale) - top))
            below += count
    names = tuple(Name(month.first, round(LEFT + (n + 0.5) * step, 1)) for n, month in enumerate(months))
    return Chart(WIDTH, HEIGHT, LEFT, _y(0, scale), tuple(bars), _ticks(scale), names)


def load(weeks: Sequence[WeekCount]) -> Chart:
    """Weeks side by side; the week of today is of the kind `current`."""
    scale = _scale(max((week.due for week in weeks), default=0))
    step = (WIDTH - LEFT) / max(len(weeks), 1)
    bars: list[Bar] = []
    names: list[Name] = []
    for number, week in enumerate(weeks):
        x, top = LEFT + number * step, _y(week.due, scale)
        if week.due:
            bars.append(_bar("current" if week.current else "week", x + 0.6, top, step - 1.2, _y(0, scale) - top))
        if week.monday.day <= 7:
            names.append(Name(week.monday, round(x + 2 * step, 1)))
    return Chart(WIDTH, HEIGHT, LEFT, _y(0, scale), tuple(bars), _ticks(scale), tuple(names))


def _scale(highest: int) -> int:
    """The top of the scale: an even number, so that its middle is a whole one."""
    return max(highest + highest % 2, 2)


def _y(value: float, scale: int) -> float:
    return round(HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * value / scale, 1)


def _bar(kind: str, x: float, y: float, width: float, height: float) -> Bar:
    return Bar(kind, *(round(value, 1) for value in (x, y, width, height)))


def _ticks(scale: int) -> tuple[Tick, ...]:
    return tuple(Tick(value, _y(value, scale)) for value in (0, scale // 2, scale))
