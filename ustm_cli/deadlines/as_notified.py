"""`ตามที่กรมบัญชีกลางแจ้ง ประมาณ ธ.ค. 2563`: by the day that a letter will name.

Each letter that came is one obligation, `FY2564.1`, `.2` and so on; until then one awaits, `FY2564`. Of several rules
with keys a letter may date one alone. `about` is the month in which the letter is expected (`2563-12`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from ustm_cli.dates.fiscal import parse_period
from ustm_cli.dates.workdays import Workdays
from ustm_cli.deadlines.base import Family, Happening, Occurrence, Rule, Scene, Step, require
from ustm_cli.deadlines.grammar import en, th


@dataclass(frozen=True, slots=True)
class AsNotified(Rule):
    rule: ClassVar[str] = "as_notified"
    family: ClassVar[Family] = "notified"
    FORMS = (
        th("ตามที่ ได้รับแจ้ง", by=None, about=None),
        th("ตามที่ ได้รับแจ้ง _ ประมาณ _ {about}", by=None),
        th("ตามที่ {by} แจ้ง _ ประมาณ _ {about}"),
        th("ตามที่ {by} แจ้ง", about=None),
        en("as notified", by=None, about=None),
        en("as notified , about {about}", by=None),
        en("as notified by {by} , about {about}"),
        en("as notified by {by}", about=None),
    )

    by: str | None = None
    about: str | None = None

    def __post_init__(self) -> None:
        if self.by is not None:
            name = " ".join(self.by.split())
            object.__setattr__(self, "by", name)
            wrong = not name or name == "ได้รับ" or " about " in f" {name} " or name.endswith(",")
            require(not wrong, "U220", "by", value=name)
        if self.about is not None:
            require(
                re.fullmatch(r"\d{4}-\d\d", self.about) is not None and parse_period(self.about) is not None,
                "U213",
                "about",
                value=self.about,
            )

    def due(self, anchor: Happening, workdays: Workdays) -> date | None:
        return anchor.on

    def occurrences(self, scene: Scene) -> Iterable[Occurrence]:
        letters = scene.known.letters.get(scene.activity, ())
        own = [(number, letter) for number, letter in enumerate(letters, 1) if letter.key in (None, scene.key)]
        for number, letter in own:
            yield Occurrence(f"{scene.year.id}.{number}", scene.year, letter, letter.on, None)
        if not own:
            yield Occurrence(scene.year.id, scene.year, Happening(), None, None)

    def steps(self, anchor: Happening, workdays: Workdays) -> list[Step]:
        facts = {"by": self.by, "about": self.about, "letter": anchor.letter}
        return [Step("letter" if anchor.on else "letter_awaited", facts, anchor.on)]
