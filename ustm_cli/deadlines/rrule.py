"""Any other recurrence, as an RFC 5545 RRULE (a mapping only: it has no phrase).

`{rule: rrule, rrule: "FREQ=MONTHLY;INTERVAL=2;BYDAY=1MO", start: 2563-10-01}`. Counted from `start`, by default the
first day of the fiscal year; INTERVAL and COUNT need a `start`, lest two years disagree. A rule that would silently
skip the months without such a day is refused. The period is the date.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from string import ascii_uppercase
from typing import TYPE_CHECKING, ClassVar

from ustm_cli.dates.era import format_be
from ustm_cli.dates.fiscal import Period
from ustm_cli.dates.workdays import Workdays
from ustm_cli.deadlines.base import BeDate, Family, Occurrence, Rule, Scene, Step, require

if TYPE_CHECKING:
    from dateutil.rrule import rrule as Recurrence  # noqa: N812 (the rule has a field `rrule`)

_LONGEST = {1: 31, 2: 28, 3: 31, 4: 30, 5: 31, 6: 30, 7: 31, 8: 31, 9: 30, 10: 31, 11: 30, 12: 31}
_PARTS = {
    "FREQ", "INTERVAL", "COUNT", "UNTIL", "BYMONTH", "BYMONTHDAY", "BYDAY", "BYSETPOS", "BYWEEKNO", "BYYEARDAY", "WKST",
}  # fmt: skip
LONGEST = 400
# dateutil takes less than a whole date too, and the rest from the clock; and months that are none, which never come.
_MONTH = "(0?[1-9]|1[0-2])"
_WHOLE = {
    "INTERVAL": r"[1-9]\d*", "COUNT": r"[1-9]\d*", "UNTIL": r"\d{8}(T\d{6})?", "BYMONTH": f"{_MONTH}(,{_MONTH})*",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class RRule(Rule):
    rule: ClassVar[str] = "rrule"
    family: ClassVar[Family] = "recurring"
    FORMS = ()

    rrule: str
    start: BeDate | None = None

    def __post_init__(self) -> None:
        parts = _parts(self.rrule)
        freq = parts.get("FREQ", "")
        require(set(parts) <= _PARTS, "U212", "rrule", why="part", value=", ".join(sorted(set(parts) - _PARTS)))
        require(freq in ("DAILY", "WEEKLY", "MONTHLY", "YEARLY"), "U212", "rrule", why="freq", value=freq or self.rrule)
        # Without a day of the week a weekly rule takes that of its start, which 1 Oct changes every year.
        weekday_implied = freq == "WEEKLY" and "BYDAY" not in parts
        counted = parts.get("INTERVAL", "1") != "1" or "COUNT" in parts or weekday_implied
        require(not counted or self.start is not None, "U212", "rrule", why="start", value="INTERVAL, COUNT")
        beyond = _beyond(parts)
        require(not beyond, "U221", "rrule", value=self.rrule, offer=_kept(parts, beyond))
        require(not _start_skips(parts, self.start), "U221", "rrule", value=self.rrule)
        try:
            self._recurrence(self.start or date.min, date.max)
        except (ValueError, TypeError, KeyError, OverflowError, AttributeError):
            require(False, "U212", "rrule", why="syntax", value=self.rrule)  # noqa: FBT003

    def _recurrence(self, start: date, last: date) -> Recurrence:
        from dateutil.rrule import rrule, rrulestr

        bounded = "UNTIL" in self.rrule or "COUNT" in self.rrule
        # dateutil would search an impossible rule to the year 9999.
        text = self.rrule if bounded else f"{self.rrule};UNTIL={last:%Y%m%d}"
        found = rrulestr(text, dtstart=datetime.combine(start, time()))
        assert isinstance(found, rrule)  # a set only where the text has several lines
        return found

    def due(self, anchor: Period, workdays: Workdays) -> date:
        return anchor.end

    def occurrences(self, scene: Scene) -> Iterable[Occurrence]:
        start, last = self.start or scene.year.start, scene.year.end
        if start > last:
            return
        first = datetime.combine(scene.year.start, time())
        for moment in self._recurrence(start, last).xafter(first, inc=True):
            day = moment.date()
            if day > last:
                return
            period = Period(format_be(day, "iso"), day, day)
            yield Occurrence(period.id, period, period, day, day)

    def steps(self, anchor: Period, workdays: Workdays) -> list[Step]:
        return [Step("rrule", {"rrule": self.rrule}, anchor.end)]


def _parts(text: str) -> dict[str, str]:
    require(len(text) <= LONGEST, "U222", "rrule", limit=LONGEST)
    require(re.fullmatch(r"[A-Z0-9=;,+\-]+", text) is not None, "U212", "rrule", why="syntax", value=text)
    pairs = [piece.split("=") for piece in text.split(";")]
    require(all(len(pair) == 2 and pair[1] for pair in pairs), "U212", "rrule", why="syntax", value=text)
    names = [pair[0] for pair in pairs]
    # Nor may both say where it ends (RFC 5545, 3.3.10).
    twice = len(set(names)) < len(names) or {"COUNT", "UNTIL"} <= set(names)
    require(not twice, "U212", "rrule", why="syntax", value=text)
    whole = all(re.fullmatch(_WHOLE[name], value) for name, value in pairs if name in _WHOLE)
    require(whole, "U212", "rrule", why="syntax", value=text)
    return dict(pairs)


def _shortest(parts: dict[str, str]) -> int:
    """How many days the shortest of the rule's months has."""
    months = parts["BYMONTH"].split(",") if "BYMONTH" in parts else []
    return min((_LONGEST[int(number)] for number in months), default=28)


def _beyond(parts: dict[str, str]) -> dict[str, list[str]]:
    """The numbers, by part, that some months (or years) have not: these would silently be left out."""
    monthly = parts["FREQ"] == "MONTHLY" or "BYMONTH" in parts
    limits = {"BYMONTHDAY": _shortest(parts), "BYDAY": 4 if monthly else 52, "BYWEEKNO": 52, "BYYEARDAY": 365}
    numbers = {name: re.findall(r"-?\d+", parts[name]) for name in limits if name in parts}
    found = {name: [number for number in of if abs(int(number)) > limits[name]] for name, of in numbers.items()}
    return {name: of for name, of in found.items() if of}


def _kept(parts: dict[str, str], beyond: dict[str, list[str]]) -> str:
    """What has the last such day or week (of those counted from the end the first) where there is none so far."""
    if parts in [{"FREQ": "MONTHLY", "BYMONTHDAY": day} for day in ("29", "30", "31")]:
        return f"ทุกเดือน ภายในวันที่ {parts['BYMONTHDAY']}"
    mended = dict(parts)
    for name, numbers in beyond.items():
        items = [
            _last(item) if item.lstrip("+").rstrip(ascii_uppercase) in numbers else item
            for item in parts[name].split(",")
        ]
        mended[name] = ",".join(dict.fromkeys(items))
    return ";".join(f"{name}={text}" for name, text in mended.items())


def _last(item: str) -> str:
    """The last of its kind, or the first where it is counted from the end: `5FR` as `-1FR`."""
    return ("1" if item.startswith("-") else "-1") + item.lstrip("+-0123456789")


def _start_skips(parts: dict[str, str], start: date | None) -> bool:
    """Whether the day that a rule takes from its start is one that some months or years have not."""
    implied = not any(name in parts for name in ("BYMONTHDAY", "BYDAY", "BYYEARDAY", "BYWEEKNO"))
    if implied and start and parts["FREQ"] in ("MONTHLY", "YEARLY"):
        if parts["FREQ"] == "YEARLY" and "BYMONTH" not in parts:
            return (start.month, start.day) == (2, 29)
        return start.day > _shortest(parts)
    return False
