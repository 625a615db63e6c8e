"""Records of what happened: one JSON object a line, never rewritten; a correction is a new record.

Days and moments that people write (`on`, `at`, `due`, `date`) are Buddhist and local, as they are typed:
`2563-11-16`, `2563-11-16 14:20`. `recorded`, the machine's own moment, is RFC 3339 at +07:00.
The fields of a kind's type are its keys in the file; those without a default must be there.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta, timezone
from difflib import get_close_matches
from functools import lru_cache
from typing import Any, NamedTuple, cast

from ustm_cli.dates.era import DateError, format_be, parse_be, to_arabic
from ustm_cli.dates.fiscal import Period, parse_period
from ustm_cli.plan.findings import Finding, Mark

BANGKOK = timezone(timedelta(hours=7))
# One record has a key of that name.
Day = date


class Head(NamedTuple):
    """What every record has. `id` is unique and sorts by time; `line` is where it stands, 0 before it is written."""

    id: str
    recorded: datetime
    by: str
    note: str | None = None
    file: str = ""
    line: int = 0


class Done(NamedTuple):
    """`letter_id` is the id of the letter's first record where the obligation hangs on a letter (`FY2564.2`)."""

    head: Head
    of: str
    on: date
    evidence: str | None = None
    letter_id: str | None = None


class Reviewed(NamedTuple):
    """The superior has the paper."""

    head: Head
    of: str
    on: date
    letter_id: str | None = None


class Waived(NamedTuple):
    head: Head
    of: str
    on: date
    reason: str
    evidence: str | None = None
    letter_id: str | None = None


class Reopened(NamedTuple):
    head: Head
    of: str
    on: date
    letter_id: str | None = None


class Progress(NamedTuple):
    """`reached` of `total` by the day `on`; without `total`, of the plan's target."""

    head: Head
    activity: str
    on: date
    reached: int
    total: int | None = None


class EventSet(NamedTuple):
    """An event of a period (`2564-01`; its second meeting `2564-01.2`) falls on a day, or in a month."""

    head: Head
    event: str
    period: str
    date: Day | Period
    on: Day
    letter: str | None = None


class EventCancelled(NamedTuple):
    head: Head
    event: str
    period: str
    reason: str
    on: date
    letter: str | None = None


class Letter(NamedTuple):
    """A letter that names the last day. One with the number, or the `letter_id`, of an earlier one corrects it.

    `key`: the only one of the activity's rules that it dates.
    """

    head: Head
    activity: str
    due: date
    on: date
    letter: str | None = None
    letter_id: str | None = None
    key: str | None = None


class Received(NamedTuple):
    head: Head
    case: str
    at: datetime
    ref: str | None = None


class StepClosed(NamedTuple):
    head: Head
    case: str
    step: int
    at: datetime


class Closed(NamedTuple):
    head: Head
    case: str
    at: datetime
    evidence: str | None = None


class Paused(NamedTuple):
    head: Head
    case: str
    at: datetime
    reason: str | None = None


class Resumed(NamedTuple):
    head: Head
    case: str
    at: datetime


Record = (
    Done | Reviewed | Waived | Reopened | Progress | EventSet | EventCancelled | Letter
    | Received | StepClosed | Closed | Paused | Resumed
)  # fmt: skip
KINDS: Mapping[str, type[Any]] = {
    "done": Done,
    "reviewed": Reviewed,
    "waived": Waived,
    "reopened": Reopened,
    "progress": Progress,
    "event": EventSet,
    "event_cancelled": EventCancelled,
    "letter": Letter,
    "received": Received,
    "step": StepClosed,
    "closed": Closed,
    "paused": Paused,
    "resumed": Resumed,
}
NAMES: Mapping[type[Any], str] = {kind: name for name, kind in KINDS.items()}


def order(record: Record) -> tuple[datetime, str, int]:
    """Records are read by the moment recorded; in the same moment by id, which sorts by time."""
    return record.head.recorded, record.head.id, record.head.line


def happened(record: Record) -> date:
    """The day on which it happened."""
    at = getattr(record, "at", None)
    return at.date() if at else record.on  # type: ignore[union-attr]


# ---- ids

_DIGITS = "0123456789abcdefghjkmnpqrstvwxyz"


def _base32(value: int, length: int) -> str:
    return "".join(_DIGITS[value >> shift & 31] for shift in range(5 * length - 5, -1, -5))


def new_id(nanoseconds: int, noise: int) -> str:
    """The id of a record made at `nanoseconds` since 1970, with 35 bits of noise."""
    return _base32(nanoseconds // 1000, 11) + _base32(noise, 7)


def case_period(fiscal_year: int, received: datetime, noise: int) -> str:
    """The period of a case, `FY2564.c1116…`: its month and day, and 40 bits of noise that no two branches share."""
    return f"FY{fiscal_year}.c{received.month:02d}{received.day:02d}{_base32(noise, 8)}"


# ---- values


# Patterns that nearly no text needs are compiled where one does.
_CONTROL = "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"


class _BadValue(ValueError):
    def __init__(self, code: str = "U707", **detail: Any) -> None:
        super().__init__(code)
        self.code = code
        self.detail = detail


@lru_cache(maxsize=4096)
def _day(text: Any) -> date:
    if not isinstance(text, str):
        raise _BadValue(want="2563-11-16")
    try:
        return parse_be(text)
    except DateError as error:
        raise _BadValue(error.code, **{"word": text.strip(), **error.detail}) from None


@lru_cache(maxsize=4096)
def _time(text: str) -> time:
    plain = to_arabic(text)
    # Newer Pythons take 24:00 for the midnight before.
    if not re.fullmatch(r"([01]\d|2[0-3]):\d\d(:\d\d)?", plain):
        raise _BadValue(want="2563-11-16 14:20")
    try:
        return time.fromisoformat(plain)
    except ValueError:
        raise _BadValue(want="2563-11-16 14:20") from None


def parse_moment(text: Any) -> datetime:
    """`2563-11-16 14:20` or with seconds, in Bangkok. Raises ValueError."""
    if not isinstance(text, str) or text[10:11] not in (" ", "T"):
        raise _BadValue(want="2563-11-16 14:20")
    return datetime.combine(_day(text[:10]), _time(text[11:]), BANGKOK)


# Of what is recorded: no register is older, and no clock shows more than it should by so much.
FIRST_YEAR = 1900
LAST_MOMENT = datetime(2299, 12, 31, 23, 59, 59, 999_000, BANGKOK)


def _recorded(text: Any) -> datetime:
    want = "2020-11-16T14:20:00+07:00"
    try:
        moment = datetime.fromisoformat(text)
    except (TypeError, ValueError):
        raise _BadValue(want=want) from None
    # Python takes 24:00 for the midnight after it from 3.14 on; whatever stands between day and hour.
    midnight = re.match(r"[\dW-]+[^\dW-]24", text)
    if moment.tzinfo is None or not FIRST_YEAR <= moment.year <= LAST_MOMENT.year or midnight:
        raise _BadValue(want=want)
    return moment if moment.tzinfo == BANGKOK else moment.astimezone(BANGKOK)


def _day_or_month(text: Any) -> date | Period:
    if isinstance(text, str) and re.fullmatch(r"\d{4}-\d\d", text) and (month := parse_period(text)):
        return month
    return _day(text)


def _text(value: Any) -> str:
    text = harmless(value) if isinstance(value, str) and not value.isprintable() else value
    if not isinstance(text, str) or not text.strip():
        raise _BadValue(want="…")
    return text


# Names and ids come again and again.
_name = lru_cache(maxsize=4096)(_text)


def harmless(text: str) -> str:
    """The text in one line, without what would steer a terminal."""
    return " ".join((text if text.isprintable() else re.sub(_CONTROL, " ", text)).split())


@lru_cache(maxsize=4096)
def _obligation(value: Any) -> str:
    if not isinstance(value, str) or not re.fullmatch(r"[^@\s]+@[^@\s]+", value) or not value.isprintable():
        raise _BadValue(want="ktb-reconcile@2563-10")
    return value


@lru_cache(maxsize=4096)
def _case(value: Any) -> str:
    if not isinstance(value, str) or not re.fullmatch(r"[^@\s]+@FY\d{4}\.c[^@\s]+", value) or not value.isprintable():
        raise _BadValue(want="consult-line@FY2564.c…")
    return value


def _event_period(value: Any) -> str:
    base, dot, number = str(value).partition(".")
    if parse_period(base) is None or (dot and not (number.isascii() and number.isdigit() and 1 < int(number) < 100)):
        raise _BadValue(want="2564-01")
    return str(value)


def _number(low: int) -> Callable[[Any], int]:
    def read_number(value: Any) -> int:
        if type(value) is not int or not low <= value < 1 << 53:
            raise _BadValue(want=f"{low}, {low + 1}, …")
        return value

    return read_number


_READERS: Mapping[str, Callable[[Any], Any]] = {
    "id": _text, "recorded": _recorded, "by": _text, "note": _text, "of": _obligation, "on": _day, "evidence": _text,
    "letter_id": _text, "reason": _text, "activity": _text, "reached": _number(0), "total": _number(1), "event": _text,
    "period": _event_period, "date": _day_or_month, "letter": _text, "due": _day, "case": _case, "at": parse_moment,
    "ref": _text, "step": _number(1), "key": _text,
}  # fmt: skip
_HEAD = ("id", "recorded", "by", "note")


def format_moment(moment: datetime) -> str:
    """`2563-11-16 14:20`, with seconds where there are any."""
    clock = moment.strftime("%H:%M:%S" if moment.second else "%H:%M")
    return f"{format_be(moment.date(), 'iso')} {clock}"


def _written(value: Any) -> Any:
    if isinstance(value, Period):
        return value.id
    if isinstance(value, datetime):
        return format_moment(value)
    return format_be(value, "iso") if isinstance(value, date) else value


# ---- writing

# What a terminal, an editor or a reader of lines could take for more than text.
_UNSAFE = "[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]"


def as_data(record: Record) -> dict[str, Any]:
    """The record's keys and values as they stand in the file."""
    head = record.head
    keys: dict[str, Any] = {"recorded": head.recorded.isoformat(timespec="milliseconds"), "kind": NAMES[type(record)]}
    keys |= {name: _written(value) for name, value in zip(record._fields[1:], record[1:], strict=True)}
    keys |= {"by": head.by, "note": head.note, "id": head.id}
    return {name: value for name, value in keys.items() if value is not None}


def to_line(record: Record) -> str:
    """The record as its line in the file, without the newline."""
    text = json.dumps(as_data(record), ensure_ascii=False)
    return re.sub(_UNSAFE, lambda match: f"\\u{ord(match[0]):04x}", text)


# ---- reading


def read(text: str, file: str) -> tuple[list[Record], list[Finding]]:
    """The records of a register in the order of its lines, and what is wrong with it; no fault hides its neighbours.

    A line that stands twice, as a merge leaves it, counts once. `text` may hold lone surrogates where the file is
    not UTF-8.
    """
    reader = _Reader(file)
    *lines, last = text.split("\n")
    for number, line in enumerate(lines, 1):
        reader.line(number, line)
    if last.strip():
        reader.line(len(lines) + 1, last, torn=True)
    return reader.records, reader.findings


class _Shape(NamedTuple):
    """What a record of one kind must and may hold, and how its own keys are read."""

    kind: type[Any]
    needed: frozenset[str]
    allowed: frozenset[str]
    readers: tuple[tuple[str, Callable[[Any], Any]], ...]


def _shape(kind: type[Any]) -> _Shape:
    own = kind._fields[1:]
    needed = {"id", "recorded", "kind", "by"} | {name for name in own if name not in kind._field_defaults}
    allowed = {*needed, *own, "note"}
    return _Shape(kind, frozenset(needed), frozenset(allowed), tuple((name, _READERS[name]) for name in own))


_SHAPES = {name: _shape(kind) for name, kind in KINDS.items()}
_MARKER = re.compile(r"(<{7}|>{7}|\|{7}|={7})(\s|$)")


class _Repeated(dict[str, Any]):
    """An object with a key that stands twice in it."""

    key: str


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    return found if len(found) == len(pairs) else _repeated(pairs)


def _repeated(pairs: list[tuple[str, Any]]) -> _Repeated:
    found = _Repeated()
    for name, value in reversed(pairs):
        if name in found:
            found.key = name
        else:
            found[name] = value
    return found


_DECODER = json.JSONDecoder(object_pairs_hook=_object)
MOST_TRIES = 8
# How a byte that is no UTF-8 comes to us.
_NOT_UTF8 = re.compile("[\udc80-\udcff]")


class _Reader:
    """Reads one line after the other; what it found stands in `records` and `findings`."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.records: list[Record] = []
        self.findings: list[Finding] = []
        self.seen: dict[str, tuple[dict[str, Any], int]] = {}

    def line(self, number: int, line: str, *, torn: bool = False) -> None:
        try:
            found, end = _DECODER.raw_decode(line)
        except (ValueError, RecursionError):
            self._not_one(number, line, torn)
            return
        if end == len(line) or not line[end:].strip():
            if match := _NOT_UTF8.search(line):
                # The record counts; that some of its words are lost is told.
                self._find("U714", Mark(number, match.start() + 1, match.start() + 2))
                line = _NOT_UTF8.sub("\ufffd", line)
                found = _DECODER.decode(line)
            self._object(found, number, line, 0)
        else:
            self._not_one(number, line, torn)

    def _not_one(self, number: int, line: str, torn: bool) -> None:
        """A line that is not one JSON value: empty, a conflict marker, torn, or several glued together."""
        if not line.strip():
            return
        if _MARKER.match(line):
            if line.startswith("<"):
                self._find("U703", Mark(number, 1, len(line) + 1))
            return
        if match := _NOT_UTF8.search(line):
            self._find("U714", Mark(number, match.start() + 1, match.start() + 2))
            return
        at, tries = 0, 0
        while 0 <= at < len(line):
            try:
                found, end = _DECODER.raw_decode(line, at)
            except (ValueError, RecursionError):
                tries += 1
                # Each try may read all that is left: a line that is no record at all is not tried for ever.
                end = line.find('{"', at + 1) if tries < MOST_TRIES else -1
                rest = line[at:] if end == -1 else line[at:end]
                if rest.strip():
                    mark = Mark(number, at + 1, at + 1 + len(rest.rstrip()))
                    self._find("U701" if torn and end == -1 else "U702", mark)
                at = end
                continue
            # Up to its own end: of many glued together none looks for its keys among the others.
            self._object(found, number, line[:end], at)
            at = end
            while at < len(line) and line[at].isspace():
                at += 1

    def _object(self, value: Any, number: int, line: str, at: int) -> None:
        if not isinstance(value, dict):
            self._find("U702", Mark(number, at + 1, len(line.rstrip()) + 1))
            return
        found = cast("dict[str, object]", value)
        if isinstance(value, _Repeated):
            self._find("U718", _mark(number, line, at, value.key, key=True), key=value.key)
        id = str(found.get("id"))
        before = self.seen.setdefault(id, (found, number))
        if before[1] != number:
            if before[0] == found:
                return
            if "id" in found:
                self._find("U708", _mark(number, line, at, "id"), id=id, first=before[1])
        record = self._sound(found, number) or self._record(found, number, line, at)
        if record:
            self.records.append(record)
            if happened(record) > record.head.recorded.date():
                key = "at" if "at" in found else "on"
                self._find("U715", _mark(number, line, at, key), day=happened(record))

    def _sound(self, found: dict[str, Any], number: int) -> Record | None:
        """The record where nothing at all is wrong with it, which is the quick way; else None."""
        shape = _SHAPES.get(str(found.get("kind")))
        if shape is None or not shape.needed <= found.keys() <= shape.allowed:
            return None
        try:
            note = found.get("note")
            head = Head(
                _name(found["id"]), _recorded(found["recorded"]), _name(found["by"]),
                note if note in (None, "") else _text(note), self.file, number,
            )  # fmt: skip
            values = [read(found[key]) if key in found else None for key, read in shape.readers]
        except (_BadValue, TypeError):
            return None
        return shape.kind(head, *values)  # type: ignore[no-any-return]

    def _record(self, found: dict[str, Any], number: int, line: str, at: int) -> Record | None:
        name = found.get("kind")
        kind = KINDS.get(name) if isinstance(name, str) else None
        if kind is None:
            near = get_close_matches(name, KINDS, 1) if isinstance(name, str) else []
            code = "U704" if "kind" in found else "U706"
            mark = _mark(number, line, at, "kind")
            self._find(
                code, mark, instead=near[0] if near else None, value=_shown(name), key="kind", known=", ".join(KINDS)
            )
            return None
        values: dict[str, Any] = {}
        ok = True
        needed = {name for name in kind._fields[1:] if name not in kind._field_defaults} | {"recorded"}
        for key, value in found.items():
            if key in _HEAD or key in kind._fields[1:]:
                try:
                    values[key] = _READERS[key](value)
                except (_BadValue, TypeError) as error:
                    ok = ok and key not in needed
                    bad = error if isinstance(error, _BadValue) else _BadValue(want="…")
                    detail = {"value": _shown(value), "key": key, **bad.detail}
                    self._find(bad.code, _mark(number, line, at, key), **detail)
            elif key != "kind":
                self._unknown_key(key, kind, _mark(number, line, at, key, key=True))
        for key in sorted((needed | {"id", "by"}) - found.keys()):
            ok = ok and key not in needed
            self._find("U706", Mark(number, at + 1, at + 2), key=key)
        if not ok:
            return None
        head = Head(
            values.pop("id", f"line {number}"), values.pop("recorded"), values.pop("by", ""), values.pop("note", None),
            self.file, number,
        )  # fmt: skip
        return kind(head, **values)  # type: ignore[no-any-return]

    def _unknown_key(self, key: str, kind: type[Any], mark: Mark) -> None:
        known = [*kind._fields[1:], *_HEAD, "kind"]
        near = get_close_matches(key, known, 1)
        self._find("U705", mark, instead=near[0] if near else None, key=key, known=", ".join(known))

    def _find(self, code: str, mark: Mark, *, instead: str | None = None, **detail: Any) -> None:
        said = {name: harmless(value) if isinstance(value, str) else value for name, value in detail.items()}
        self.findings.append(Finding(code, self.file, mark, f"line {mark.line}", said, instead))


def _shown(value: Any) -> str:
    """A value as it stands in the line, without what a list or an object holds."""
    if isinstance(value, list):
        return "[…]"
    return "{…}" if isinstance(value, dict) else value[:40] if isinstance(value, str) else json.dumps(value)[:40]


_PAIR = r'("(?:[^"\\]|\\.)*")\s*:\s*("(?:[^"\\]|\\.)*"|[^,{}\[\]\s]+|[\[{])'


def mark_of(line: str, number: int, wanted: str, *, at: int = 0, key: bool = False) -> Mark:
    """Where the value (or the key itself) of `wanted` stands in a record's line, else where the record begins."""
    found = _places(line, at).get(json.dumps(wanted, ensure_ascii=False))
    if found is None:
        return Mark(number, at + 1, at + 2)
    start, end = found.span(1 if key else 2)
    return Mark(number, start + 1, end + 1)


# A line with a fault in each of its thousands of keys is looked through once.
@lru_cache(maxsize=2)
def _places(line: str, at: int) -> Mapping[str, re.Match[str]]:
    """Where each key, as it is written, stands first."""
    found: dict[str, re.Match[str]] = {}
    for match in re.compile(_PAIR).finditer(line, at):
        found.setdefault(match[1], match)
    return found


def _mark(number: int, line: str, at: int, wanted: str, *, key: bool = False) -> Mark:
    return mark_of(line, number, wanted, at=at, key=key)
