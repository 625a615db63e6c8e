"""The holiday table and the provinces, read here by themselves: what they say, and how that differs from `holidays`."""

from __future__ import annotations

import importlib.util
import re
import shutil
from collections import Counter
from collections.abc import Collection, Iterator
from datetime import date, timedelta
from importlib.metadata import version
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

import pytest

holidays = pytest.importorskip("holidays")

ROOT = Path(__file__).resolve().parents[2]
DATES = ROOT / "ustm_cli" / "dates"
SCRIPT = ROOT / "scripts" / "generate_holidays.py"
COLUMNS = ["date", "th", "en", "kind", "scope", "announced", "cancelled", "source"]
KINDS = {"annual", "in_lieu", "cabinet", "regional"}
REGIONS = {"north": 17, "northeast": 20, "central": 26, "south": 14}
COVERED = range(2560, 2576)
SATURDAY = 5

# Where the civil service differs from the package (categories public and government), and why.
NAMES_NOT_CIVIL_SERVICE = {
    "วันแรงงานแห่งชาติ": "Labour Day is for banks and private firms",
    "ชดเชยวันแรงงานแห่งชาติ": "and so is the day in lieu of it",
    "วันเด็กแห่งชาติ": "Children's Day, always a Saturday, is not on the civil service's list",
}
FALSELY_OFF = {
    "2563-12-07": "in lieu of 5 Dec, moved to Fri 11 Dec (Cabinet, 22 Sep 2563)",
    "2564-10-25": "in lieu of Chulalongkorn Day, moved to Fri 22 Oct (Cabinet, 29 Dec 2563)",
    "2566-01-03": "no second day in lieu after New Year 2566; Fri 30 Dec 2565 was off instead",
}
MISSING = {"2564-10-22": "in lieu of Chulalongkorn Day, moved from Mon 25 Oct (Cabinet, 29 Dec 2563)"}
REGIONAL_DAYS = {"north": "2564-03-26", "northeast": "2564-05-10", "south": "2564-10-06", "central": "2564-10-21"}


class Row(NamedTuple):
    date: str
    th: str
    en: str
    kind: str
    scope: str
    announced: str
    cancelled: str
    source: str


def cells(name: str) -> list[list[str]]:
    """The lines of a table without its comments, the column names first."""
    lines = (DATES / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


ROWS = [Row(*line) for line in cells("holidays.tsv")[1:]]
PROVINCES = {th: (en, region) for th, en, region in cells("provinces.tsv")[1:]}


def be(day: date) -> str:
    return f"{day.year + 543}-{day:%m-%d}"


def ce(text: str) -> date:
    """The day of a Buddhist date, which must be written in full (ValueError where it is none)."""
    assert re.fullmatch(r"25\d\d-\d\d-\d\d", text)
    return date(int(text[:4]) - 543, int(text[5:7]), int(text[8:]))


def fiscal_days(be_year: int) -> Iterator[date]:
    start, end = date(be_year - 544, 10, 1), date(be_year - 543, 9, 30)
    return (start + timedelta(number) for number in range((end - start).days + 1))


def covered_days() -> set[str]:
    return {be(day) for year in COVERED for day in fiscal_days(year)}


def days_off(*scopes: str) -> set[str]:
    return {row.date for row in ROWS if row.scope in scopes and not row.cancelled}


def package_days(without: Collection[str] = ()) -> set[str]:
    years = range(COVERED[0] - 544, COVERED[-1] - 542)
    calendar = holidays.country_holidays("TH", years=years, categories=("public", "government"), language="th")
    return {be(day) for day in calendar if any(name not in without for name in calendar.get_list(day))}


def test_head_declares_what_is_covered_and_reviewed() -> None:
    """The engine reads these lines; there are no others."""
    lines = (DATES / "holidays.tsv").read_text(encoding="utf-8").splitlines()
    assert lines[:3] == ["# covers: 2560-2575", "# reviewed: 2564", "\t".join(COLUMNS)]
    assert not any(line.startswith("#") for line in lines[2:])


@pytest.mark.parametrize("name", ["holidays.tsv", "provinces.tsv"])
def test_tables_end_their_lines_alike(name: str) -> None:
    """UTF-8 without a mark, line feeds only, one at the end, no stray space in a cell."""
    content = (DATES / name).read_bytes()
    assert not content.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in content
    assert content.endswith(b"\n")
    assert not content.endswith(b"\n\n")
    assert all(cell == cell.strip() for line in cells(name) for cell in line)


def test_every_row_is_well_formed() -> None:
    for row in ROWS:
        assert all((row.th, row.en, row.source)), row
        assert row.kind in KINDS, row
        assert ce(row.date)
        scope, _, place = row.scope.partition(":")
        assert place in {"nation": {""}, "region": REGIONS, "province": PROVINCES}[scope], row
        assert (row.kind == "regional") == (scope == "region"), row


def test_a_day_is_announced_before_it_comes_and_cancelled_after_it_was_announced() -> None:
    for row in ROWS:
        known = [row.announced, row.cancelled, row.date]
        given = [ce(text) for text in known if text]
        assert given == sorted(given), row


def test_rows_are_sorted_and_none_is_said_twice() -> None:
    keys = [(row.date, row.scope, row.th) for row in ROWS]
    assert keys == sorted(keys)
    assert len(keys) == len(set(keys))


def test_whole_calendar_years_stand_around_what_is_covered() -> None:
    """So that a count of working days that leaves the first or last fiscal year is right as well."""
    assert {row.date[:4] for row in ROWS} == {str(year) for year in range(COVERED[0] - 1, COVERED[-1] + 2)}


def test_reviewed_year_is_made_by_hand() -> None:
    reviewed = {be(day) for day in fiscal_days(2564)}
    assert not [row for row in ROWS if row.date in reviewed and row.source.startswith("holidays ")]


def test_provinces_and_their_regions() -> None:
    assert cells("provinces.tsv")[0] == ["th", "en", "region"]
    assert len(PROVINCES) == len(cells("provinces.tsv")) - 1 == 77
    assert len({en for en, _ in PROVINCES.values()}) == 77
    assert Counter(region for _, region in PROVINCES.values()) == REGIONS
    assert PROVINCES["อุบลราชธานี"] == ("Ubon Ratchathani", "northeast")


def test_fiscal_year_2564_in_ubon_has_23_weekdays_off_and_238_working_days() -> None:
    off = days_off("nation", "region:northeast")
    weekdays = [be(day) for day in fiscal_days(2564) if day.weekday() < SATURDAY]
    assert len(weekdays) == 261
    assert len([day for day in weekdays if day in off]) == 23
    assert len([day for day in weekdays if day not in off]) == 238


@pytest.mark.parametrize("day", ["2563-12-07", "2564-03-26", "2564-05-03", "2564-07-27", "2564-10-25"])
def test_working_days_of_ubon_that_calendars_get_wrong(day: str) -> None:
    assert day not in days_off("nation", "region:northeast")


def test_labour_day_is_no_holiday_in_any_year() -> None:
    """Nor is a day in lieu of it; 1 May is off in none of these years for another reason."""
    assert not [row for row in ROWS if "แรงงาน" in row.th or "Labo" in row.en]
    assert not [row for row in ROWS if row.date.endswith("-05-01")]


@pytest.mark.parametrize(
    ("day", "announced", "cancelled"),
    [
        ("2563-11-19", "2563-09-22", ""),
        ("2563-12-07", "", "2563-09-22"),
        ("2563-12-11", "2563-09-22", ""),
        ("2564-02-12", "2563-12-29", ""),
        ("2564-07-27", "2563-12-29", "2564-06-29"),
        ("2564-10-22", "2563-12-29", ""),
        ("2564-10-25", "", "2563-12-29"),
    ],
)
def test_what_was_known_when(day: str, announced: str, cancelled: str) -> None:
    assert [(row.announced, row.cancelled) for row in ROWS if row.date == day] == [(announced, cancelled)]


@pytest.mark.parametrize(("region", "day"), REGIONAL_DAYS.items())
def test_regions_differ_by_their_one_regional_day(region: str, day: str) -> None:
    """In the Northeast it fell on Royal Ploughing Day, so nothing is left of it."""
    assert days_off(f"region:{region}") == {day}
    extra = days_off("nation", f"region:{region}") - days_off("nation")
    assert extra == (set() if region == "northeast" else {day})


def test_table_equals_the_package_but_for_the_named_exceptions() -> None:
    """In both directions, weekends included. After an update of the package run scripts/generate_holidays.py."""
    ours = days_off("nation") & covered_days()
    theirs = package_days(NAMES_NOT_CIVIL_SERVICE) & covered_days()
    assert ours - theirs == MISSING.keys()
    assert theirs - ours == FALSELY_OFF.keys()


def test_every_excepted_name_is_still_needed() -> None:
    for name in NAMES_NOT_CIVIL_SERVICE:
        others = NAMES_NOT_CIVIL_SERVICE.keys() - {name}
        assert package_days(others) - package_days(NAMES_NOT_CIVIL_SERVICE), name


@pytest.fixture
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate_holidays", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """A copy of the table, of the package version that is here."""
    if not any(row.source == f"holidays {version('holidays')}" for row in ROWS):
        pytest.skip("the table was made with another version of holidays")
    return Path(shutil.copy(DATES / "holidays.tsv", tmp_path))


def test_regenerating_changes_nothing(script: ModuleType, table: Path) -> None:
    before = table.read_bytes()
    assert script.main(["--check"], table) == 0
    assert script.main([], table) == 0
    assert table.read_bytes() == before


def test_regenerating_restores_package_rows_and_keeps_what_was_written_by_hand(script: ModuleType, table: Path) -> None:
    """A lost package row comes back, a stale one goes; a day added with its own source stays."""
    good = table.read_text(encoding="utf-8")
    lost = next(line for line in good.splitlines(keepends=True) if line.startswith("2565-04-13"))
    stale = lost.replace("2565-04-13", "2565-04-20")
    added = "2570-05-13\tวันพืชมงคล\tRoyal Ploughing Ceremony\tannual\tnation\t\t\tประกาศสำนักพระราชวัง\n"
    table.write_text(good.replace(lost, stale) + added, encoding="utf-8", newline="\n")
    assert script.main(["--check"], table) == 1
    assert script.main([], table) == 0
    assert sorted(table.read_text(encoding="utf-8").splitlines()) == sorted((good + added).splitlines())


def test_a_year_the_package_does_not_know_stops_the_script(script: ModuleType) -> None:
    """The package's answer to it is an empty set; a Gregorian year for a Buddhist one must not empty the table."""
    with pytest.raises(SystemExit, match="does not know"):
        list(script.package_rows([2021]))
