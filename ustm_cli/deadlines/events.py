"""The happenings of an event in a year: what rules that hang on events share."""

from __future__ import annotations

from collections.abc import Iterator

from ustm_cli.dates.fiscal import Period, periods_in
from ustm_cli.deadlines.base import Happening, Scene


def happenings(event_id: str, scene: Scene) -> Iterator[tuple[str, Period, Happening]]:
    """(id, period, happening) of the event in the year; one that nothing is known of is an empty happening."""
    event = scene.events.get(event_id)
    every = event.every if event else "once"
    known = scene.known.events.get(event_id, {})
    for period in [scene.year] if every == "year" or every == "once" else periods_in(every, scene.year):  # noqa: PLR1714
        for number, happening in enumerate(known.get(period.id) or (Happening(),), 1):
            yield period.id if number == 1 else f"{period.id}.{number}", period, happening
