"""Bring the rows of the holiday table that nobody has reviewed up to date with the `holidays` package.

    python scripts/generate_holidays.py [--check]

The table `ustm_cli/dates/holidays.tsv` is the truth; the package only fills the years that its head names as covered
and not as reviewed. A row is kept as it stands when its fiscal year is reviewed or its source is anything but the
package; such a row of the nation also stands for its day, so the package adds nothing there. That is how a day is added
or moved by hand: write the row, with its resolution as source. What is only to be left out is listed here.

`--check` writes nothing and exits 1 when the table would change. The package is needed only here, never at run time.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from difflib import unified_diff
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

import holidays

TABLE = Path(__file__).resolve().parents[1] / "ustm_cli" / "dates" / "holidays.tsv"
PACKAGE = f"holidays {version('holidays')}"

# Corrections. The package follows the Bank of Thailand's list; these of its days are no days off of the civil service.
NOT_CIVIL_SERVICE = {
    "วันแรงงานแห่งชาติ": "Labour Day is for banks and private firms, and so is the day in lieu of it",
    "National Labor Day": "the same in English",
    "วันเด็กแห่งชาติ": "Children's Day, always a Saturday, is observed but not on the civil service's list",
    "National Children's Day": "the same in English",
}
WORKING_DAYS = {
    "2564-10-25": "the day in lieu of Chulalongkorn Day was moved to 22 Oct (Cabinet, 29 Dec 2563)",
    "2566-01-03": "no second day in lieu after New Year 2566; the civil service had Fri 30 Dec 2565 off instead",
}

# Where the office's own word differs from the package's.
WORDING = {
    "วันคล้ายวันเฉลิมพระชนมพรรษา": "วันคล้ายวันพระบรมราชสมภพ",
    "Asarnha Bucha": "Asalha Bucha",
    "Bridge Public Holiday": "Special holiday",
}
IN_LIEU = {"th": re.compile(r"^ชดเชย"), "en_US": re.compile(r"\s*\(in lieu\)$")}
BY_CABINET = ("วันหยุดพิเศษ", "พระราชพิธี", "วันพระราชพิธี")

# The package answers a year it does not know with an empty set and no error.
FEWEST_A_YEAR = 15
BE_OFFSET = 543


class Row(NamedTuple):
    """One line of the table; dates are Buddhist, as written there, and sort as text."""

    date: str
    th: str
    en: str
    kind: str
    scope: str
    announced: str
    cancelled: str
    source: str

    @property
    def fiscal_year(self) -> int:
        year, month, _ = map(int, self.date.split("-"))
        return year + (month >= 10)


def main(arguments: Sequence[str] | None = None, table: Path = TABLE) -> int:
    parser = argparse.ArgumentParser(description="Regenerate the rows of the holiday table that are not reviewed.")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 when the table would change")
    check = parser.parse_args(arguments).check
    old = table.read_text(encoding="utf-8")
    new = regenerate(old)
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    sys.stdout.writelines(unified_diff(before, after, "as it is", "as it would be", n=0))
    if not check and new != old:
        table.write_text(new, encoding="utf-8", newline="\n")
    return int(check and new != old)


def regenerate(text: str) -> str:
    """The table's text with its package rows made anew."""
    lines = text.splitlines()
    start = next(number for number, line in enumerate(lines) if not line.startswith("#")) + 1
    head, rows = lines[:start], [Row(*line.split("\t")) for line in lines[start:]]
    first, last = _years(head, "covers")
    reviewed = set(_years(head, "reviewed"))
    kept = [row for row in rows if row.fiscal_year in reviewed or not row.source.startswith("holidays ")]
    settled = {row.date for row in kept if row.scope == "nation"} | WORKING_DAYS.keys()
    # Whole calendar years around the fiscal ones, so that counting works across both edges.
    made = package_rows(range(first - 1, last + 2))
    fresh = [row for row in made if row.date not in settled and row.fiscal_year not in reviewed]
    ordered = sorted(kept + fresh, key=lambda row: (row.date, row.scope, row.th))
    return "\n".join([*head, *("\t".join(row) for row in ordered)]) + "\n"


def _years(head: Iterable[str], fact: str) -> list[int]:
    line = next(line for line in head if line.startswith(f"# {fact}:"))
    return [int(year) for year in re.findall(r"\d+", line)]


def package_rows(be_years: Iterable[int]) -> Iterator[Row]:
    """The civil service's days off of these calendar years, by the package; stops at a year it does not know."""
    for be_year in be_years:
        thai, english = (_days(be_year, language) for language in IN_LIEU)
        if len(thai) < FEWEST_A_YEAR:
            raise SystemExit(f"{PACKAGE} gives only {len(thai)} holidays for {be_year}: it does not know that year")
        for day in sorted(thai):
            yield from _rows_of(day, thai[day], english[day])


def _days(be_year: int, language: str) -> dict[date, list[str]]:
    calendar = holidays.country_holidays(
        "TH", years=be_year - BE_OFFSET, categories=("public", "government"), language=language
    )
    return {day: calendar.get_list(day) for day in calendar}


def _rows_of(day: date, thai: list[str], english: list[str]) -> Iterator[Row]:
    """A row for the day itself and one for a day in lieu that falls on it, where the package gives such names."""
    written = f"{day.year + BE_OFFSET}-{day:%m-%d}"
    if th := _names(thai, "th", in_lieu=False):
        kind = "cabinet" if th[0].startswith(BY_CABINET) else "annual"
        en = _english(_names(english, "en_US", in_lieu=False))
        yield Row(written, _thai(th), en, kind, "nation", "", "", PACKAGE)
    if th := _names(thai, "th", in_lieu=True):
        en = _english(_names(english, "en_US", in_lieu=True))
        yield Row(written, f"วันหยุดชดเชย{_thai(th)}", f"{en} (in lieu)", "in_lieu", "nation", "", "", PACKAGE)


def _names(names: Iterable[str], language: str, *, in_lieu: bool) -> list[str]:
    """Those of one kind, without the mark of a day in lieu, without what is no holiday here, in our wording."""
    mark = IN_LIEU[language]
    mine = [mark.sub("", name) for name in names if bool(mark.search(name)) == in_lieu]
    return [_worded(name) for name in mine if name not in NOT_CIVIL_SERVICE]


def _worded(name: str) -> str:
    for theirs, ours in WORDING.items():
        name = name.replace(theirs, ours)
    return name


def _thai(names: Sequence[str]) -> str:
    return " และ".join(filter(None, (" ".join(names[:-1]), names[-1])))


def _english(names: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


if __name__ == "__main__":
    sys.exit(main())
