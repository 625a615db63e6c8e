"""The twelve-month table of some groups, owners or activities only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ustm_cli.views.agenda import Filters
from ustm_cli.views.table import Line, Office, Section, Table


def excerpt(table: Table, filters: Filters) -> Table:
    """The activities that pass, below the headings that they stand under. Statuses are of obligations: not asked."""
    if not (filters.groups or filters.owners or filters.activities):
        return table
    return table._replace(offices=tuple(_office(office, filters) for office in table.offices))


def _office(office: Office, filters: Filters) -> Office:
    sections = (_section(section, filters) for section in office.sections if _holds(filters.groups, section.title))
    return office._replace(sections=tuple(section for section in sections if section.lines))


def _section(section: Section, filters: Filters) -> Section:
    return section._replace(lines=tuple(_lines(section.lines, filters)))


def _lines(lines: Iterable[Line], filters: Filters) -> Iterator[Line]:
    headings: list[Line] = []
    for line in lines:
        if line.kind == "work_plan":
            headings = [line]
        elif line.kind == "mission":
            headings = [*(one for one in headings if one.kind == "work_plan"), line]
        elif _passes(line, filters):
            yield from headings
            headings = []
            yield line


def _passes(line: Line, filters: Filters) -> bool:
    return _holds(filters.owners, line.owner) and (not filters.activities or line.id in filters.activities)


def _holds(wanted: Iterable[str], text: str) -> bool:
    words = [word.casefold() for word in wanted]
    return not words or any(word in text.casefold() for word in words)
