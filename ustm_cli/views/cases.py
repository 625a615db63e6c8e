"""The requests that came in, each with its clock: what is left of its time, and where it has got to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from ustm_cli.register.standing import FINISHED, Row
from ustm_cli.register.state import Case


class CaseRow(NamedTuple):
    """A case as it stands. `took`: from the receipt to the closing or to now, pauses left out."""

    case: Case
    row: Row
    took: timedelta

    @property
    def next_step(self) -> int | None:
        """The first step that is not closed."""
        steps = range(1, len(self.row.obligation.steps) + 1)
        return next((number for number in steps if number not in self.case.steps), None)


def case_rows(found: Sequence[tuple[Case, Row]], now: datetime, *, open_only: bool = False) -> list[CaseRow]:
    """By receipt; with `open_only`, those that are neither closed nor waived."""
    return [CaseRow(case, row, case.took(now)) for case, row in found if not (open_only and row.status in FINISHED)]
