"""iCalendar (RFC 5545): one event an appointment; the same bytes for the same appointments, whatever the clock."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from ustm_cli.dates.fiscal import DAY
from ustm_cli.register.standing import FINISHED
from ustm_cli.render.harmless import plain
from ustm_cli.render.voice import Voice
from ustm_cli.views.diary import Appointment

if TYPE_CHECKING:
    import icalendar

ZONE = "Asia/Bangkok"
OFFICE_OPENS = timedelta(hours=8, minutes=30)
_OCTETS = 75


def render(appointments: Sequence[Appointment], voice: Voice, name: str, alarms: Sequence[int] = ()) -> bytes:
    """A calendar called `name`; `alarms`: how many calendar days before an unfinished day to remind of it."""
    import icalendar

    calendar = icalendar.Calendar()
    _add(calendar, "prodid", f"-//ustm//ustm//{voice.lang.upper()}")
    _add(calendar, "version", "2.0")
    _add(calendar, "calscale", "GREGORIAN")
    _add(calendar, "method", "PUBLISH")
    _add(calendar, "x-wr-calname", plain(name))
    _add(calendar, "x-wr-timezone", ZONE)
    if any(one.at for one in appointments):
        calendar.add_component(_bangkok())
    for one in appointments:
        calendar.add_component(_event(one, voice, alarms))
    return folded(calendar.to_ical())


def _event(one: Appointment, voice: Voice, alarms: Sequence[int]) -> icalendar.Event:
    import icalendar

    event = icalendar.Event()
    _add(event, "uid", one.uid)
    _add(event, "dtstamp", datetime(one.stamp.year, one.stamp.month, one.stamp.day, tzinfo=UTC))
    _add(event, "sequence", one.sequence)
    if one.at:
        _add(event, "dtstart", one.at.astimezone(ZoneInfo(ZONE)))
    else:
        _add(event, "dtstart", one.day)
        _add(event, "dtend", one.day + DAY)
    _add(event, "summary", plain(_summary(one, voice)))
    _add(event, "description", plain("\n".join(_lines(one, voice))))
    _add(event, "categories", [plain(one.row.obligation.group)])
    _add(event, "status", _status(one))
    _add(event, "transp", "TRANSPARENT")
    if one.row.status not in FINISHED:
        for days in alarms:
            event.add_component(_alarm(one, days, voice))
    return event


def _add(component: icalendar.Component, name: str, value: object) -> None:
    # The library leaves the type of a value open.
    component.add(name, value)  # pyright: ignore[reportUnknownMemberType]


def _status(one: Appointment) -> str:
    if one.row.status == "waived":
        return "CANCELLED"
    return "TENTATIVE" if one.kind == "expected" else "CONFIRMED"


def _summary(one: Appointment, voice: Voice) -> str:
    title = one.row.obligation.title
    if one.kind != "due":
        title = voice.say(f"ics_{one.kind}", title=title)
    return f"[{voice.status(one.row.status)}] {title}" if one.row.status in FINISHED else title


def _lines(one: Appointment, voice: Voice) -> list[str]:
    """What the event says below its title: the days, whom it concerns, and how it is called here."""
    row, item = one.row, one.row.obligation
    facts = [
        ("col_deadline", voice.weekday_and_day(item.deadline)),
        ("col_act_by", voice.moment(item.due_at) or voice.weekday_and_day(item.act_by)),
        ("col_review", voice.weekday_and_day(item.review_by)),
        ("ics_opens", voice.weekday_and_day(item.opens)),
        ("ics_known_by", voice.weekday_and_day(item.known_by)),
        ("col_group", item.group),
        ("show_owner", item.owner if item.owner != item.group else ""),
        ("col_send_to", ", ".join(item.send_to)),
        ("show_follow_up", item.follow_up),
        ("ics_letter", item.letter or ""),
        ("ics_cancelled", item.cancelled or ""),
        ("ics_done", voice.weekday_and_day(row.done_on)),
        ("ics_reviewed", voice.weekday_and_day(row.reviewed_on)),
        ("col_id", item.id),
    ]
    return [f"{voice.say(key)}: {' '.join(fact.split())}" for key, fact in facts if fact]


def _alarm(one: Appointment, days: int, voice: Voice) -> icalendar.Alarm:
    """At half past eight of the day, when offices open; of a moment, that many days before it."""
    import icalendar

    alarm = icalendar.Alarm()
    _add(alarm, "action", "DISPLAY")
    _add(alarm, "description", plain(_summary(one, voice)))
    _add(alarm, "trigger", -days * DAY if one.at else OFFICE_OPENS - days * DAY)
    return alarm


def _bangkok() -> icalendar.Timezone:
    import icalendar

    zone, standard = icalendar.Timezone(), icalendar.TimezoneStandard()
    _add(zone, "tzid", ZONE)
    _add(standard, "dtstart", datetime(1970, 1, 1))  # noqa: DTZ001 (local time, as the RFC wants it here)
    _add(standard, "tzoffsetfrom", timedelta(hours=7))
    _add(standard, "tzoffsetto", timedelta(hours=7))
    _add(standard, "tzname", "+07")
    zone.add_component(standard)
    return zone


# ---- lines


def folded(content: bytes) -> bytes:
    """The lines folded anew at 75 octets, never within a Thai letter and the vowels and tone marks that it bears."""
    lines = content.decode("utf-8").replace("\r\n ", "").split("\r\n")
    return "\r\n".join(piece for line in lines for piece in _pieces(line)).encode("utf-8")


def _pieces(line: str) -> list[str]:
    if len(line.encode("utf-8")) <= _OCTETS:
        return [line]
    pieces: list[str] = []
    piece, used = "", 0
    for cluster in _clusters(line):
        size = len(cluster.encode("utf-8"))
        if used + size > _OCTETS:
            pieces.append(piece)
            piece, used = " ", 1
        piece, used = piece + cluster, used + size
    return [*pieces, piece]


def _clusters(line: str) -> list[str]:
    """Letters with their marks; a heap of marks longer than a line is cut all the same."""
    found: list[str] = []
    for char in line:
        joins = unicodedata.category(char) in ("Mn", "Mc", "Me", "Cf") or char == "ำ"
        if joins and found and len(found[-1]) < 8:
            found[-1] += char
        else:
            found.append(char)
    return found


__all__ = ["ZONE", "folded", "render"]
