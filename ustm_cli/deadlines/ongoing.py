"""`ต่อเนื่อง`: all through the year, never due."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from ustm_cli.dates.fiscal import Period
from ustm_cli.dates.workdays import Workdays
from ustm_cli.deadlines.base import Family, Occurrence, Rule, Scene, Step
from ustm_cli.deadlines.grammar import en, th


@dataclass(frozen=True, slots=True)
class Ongoing(Rule):
    rule: ClassVar[str] = "ongoing"
    family: ClassVar[Family] = "ongoing"
    FORMS = (th("ต่อเนื่อง"), en("continuously"))

    def due(self, anchor: Period, workdays: Workdays) -> date | None:
        return None

    def occurrences(self, scene: Scene) -> Iterable[Occurrence]:
        yield Occurrence(scene.year.id, scene.year, scene.year, None, scene.year.start)

    def steps(self, anchor: Period, workdays: Workdays) -> list[Step]:
        return [Step("ongoing", {})]
