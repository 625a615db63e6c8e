"""How a reader is spoken to: language, digits, dates. Machine formats have no voice."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal, NamedTuple

from ustm_cli.dates.era import Lang, Style, format_be, to_thai, weekday_name
from ustm_cli.plan.system import in_thai
from ustm_cli.render.texts import TEXTS

Digits = Literal["thai", "arabic"]


class _English(str):
    """A fact, to be formatted as itself or, being a number, as one of the words that go with it."""

    __slots__ = ()

    def __format__(self, words: str) -> str:
        if not words:
            return str(self)
        forms, digits = words.split("|"), self.replace(",", "")
        number = int(digits) if digits.isdecimal() else 0
        return forms[min(number, len(forms)) - 1] if number > 0 else forms[-1]


class Voice(NamedTuple):
    lang: Lang = "th"
    digits: Digits = "arabic"

    def say(self, key: str, **facts: object) -> str:
        """A sentence of the interface; numbers among its facts in the wanted digits.

        `day{days:|s}` is a word that goes with a number: the first form for 1, the second for 2, the last for the rest.
        """
        return TEXTS[key][self.lang == "en"].format(**{name: self._fact(fact) for name, fact in facts.items()})

    def _fact(self, fact: object) -> object:
        if isinstance(fact, int):
            return _English(self.number(fact)) if self.lang == "en" else self.number(fact)
        if isinstance(fact, str):
            return _English(fact) if self.lang == "en" else in_thai(fact)
        return fact

    def number(self, value: object) -> str:
        return to_thai(str(value)) if self.digits == "thai" else str(value)

    def day(self, day: date | None, style: Style = "short") -> str:
        return self.number(format_be(day, style, self.lang)) if day else ""

    def weekday_and_day(self, day: date | None) -> str:
        """`จ. 16 พ.ย. 2563`."""
        return f"{weekday_name(day.weekday(), 'short', self.lang)} {self.day(day)}" if day else ""

    def moment(self, moment: datetime | None) -> str:
        if moment is None:
            return ""
        shape = "%H.%M" + ".%S" * bool(moment.second)
        clock = moment.strftime(f"{shape} น." if self.lang == "th" else shape.replace(".", ":"))
        return f"{self.day(moment.date())} {self.number(clock)}"

    def status(self, status: str) -> str:
        return self.say(f"status_{status}")
