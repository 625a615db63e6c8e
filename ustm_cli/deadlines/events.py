"""The happenings of an event in a year: what rules that hang on events share."""

from __future__ import annotations

from collections.abc import Iterator

from ustm_cli.dates.fiscal import Period, periods_in
from ustm_cli.deadlines.base import Event, Happening, Scene


def periods_of(event: Event, year: Period) -> list[Period]:
    """The periods of a fiscal year in each of which the event may happen."""
    return [year] if event.every == "once" else periods_in(event.every, year)


def happenings(event_id: str, scene: Scene) -> Iterator[tuple[str, Period, Happening]]:
    """(id, period, happening) of the event in the year; one that nothing is known of is an empty happening."""
    event = scene.events.get(event_id)
    known = scene.known.events.get(event_id, {})
    for period in periods_of(event, scene.year) if event else [scene.year]:
        for number, happening in enumerate(known.get(period.id) or (Happening(),), 1):
            yield period.id if number == 1 else f"{period.id}.{number}", period, happening
