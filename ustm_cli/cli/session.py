"""One run of the program: where it stands, on what day, how it speaks, where its answer goes."""

from __future__ import annotations

import codecs
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, TextIO, cast

from ustm_cli.cli.faults import FINE, Code, UseFault
from ustm_cli.dates.era import DateError, Lang, parse_be
from ustm_cli.render.harmless import plain, straight
from ustm_cli.render.voice import Digits, Voice

if TYPE_CHECKING:
    from tempfile import SpooledTemporaryFile

BANGKOK = timezone(timedelta(hours=7))
UNPIPED_WIDTH = 100
HELD = 16 << 20
"""Characters of an answer that are held in memory."""


class Watched(NamedTuple):
    """What an answer came from that was not opened in this process; not `complete`: it came from more."""

    files: frozenset[str]
    folders: frozenset[str]
    complete: bool


@dataclass
class Session:
    """What the commands are given; `answer` collects what goes to stdout at the end, `exit_code` how it ended."""

    # Whether the answer holds a time that the clock changes by the minute (of a case that runs).
    fleeting: ClassVar[bool] = False
    watched: ClassVar[Watched | None] = None
    # Those by which plans were looked for: what they name is other files once a file comes or goes.
    patterns: ClassVar[set[str]] = set()

    voice: Voice
    plans: tuple[str, ...]
    now: datetime
    as_of: date | None
    width: int
    colour: bool
    cwd: Path
    stderr: TextIO
    exit_code: int = FINE
    answer: list[str] = field(default_factory=list[str])
    poured: SpooledTemporaryFile[str] | None = None
    env: Mapping[str, str] = field(default_factory=dict[str, str])

    @property
    def today(self) -> date:
        return self.now.date()

    @property
    def ascii_json(self) -> bool:
        """Whether JSON must be written in ASCII, lest stdout lose its Thai."""
        return not encodes(sys.stdout, "กé")

    def say(self, text: str) -> None:
        """Add to the answer."""
        self.answer.append(straight(text if text.endswith("\n") or not text else text + "\n"))

    def pour(self, parts: Iterable[str]) -> None:
        """Add an answer that may be too long for memory; it goes to stdout once it is whole."""
        from tempfile import SpooledTemporaryFile

        if self.poured is not None:  # an answer that could not be ended
            self.poured.close()
        self.poured = SpooledTemporaryFile(  # noqa: SIM115 (until it is written out)
            HELD, "w+", encoding="utf-8", errors="surrogatepass", newline=""
        )
        for part in parts:  # `writelines` would hold all of them in memory first
            self.poured.write(straight(part))

    def answers(self) -> Iterator[str]:
        """The answer in parts."""
        yield "".join(self.answer)
        if self.poured is not None:
            with self.poured as poured:
                poured.seek(0)
                while part := poured.read(HELD >> 4):
                    yield part

    def tell(self, text: str) -> None:
        """Say beside the answer, on stderr."""
        with suppress(OSError):  # nobody listens
            write(self.stderr, plain(text) + "\n")


def voice_of(common: Mapping[str, Sequence[str]], env: Mapping[str, str]) -> Voice:
    lang = _choice(
        "--lang", common, ("th", "en"), env.get("USTM_LANG") if env.get("USTM_LANG") in ("th", "en") else "th"
    )
    digits = _choice("--digits", common, ("thai", "arabic"), "arabic")
    return Voice(cast(Lang, lang), cast(Digits, digits))


def session_of(common: Mapping[str, Sequence[str]], voice: Voice, env: Mapping[str, str]) -> Session:
    """Raises UseFault for options that cannot be."""
    stdout = sys.stdout
    terminal = bool(stdout) and stdout.isatty()
    return Session(
        voice=voice,
        plans=tuple(common.get("--plan", ())),
        now=_now(common, env),
        as_of=day_of(common["--as-of"][-1]) if "--as-of" in common else None,
        width=_width(common, env, terminal),
        colour=terminal and not env.get("NO_COLOR") and env.get("TERM") != "dumb",
        cwd=Path.cwd(),
        stderr=sys.stderr,
        env=env,
    )


def _choice(option: str, common: Mapping[str, Sequence[str]], known: Sequence[str], default: Any) -> str:
    value = common[option][-1] if option in common else default
    if value not in known:
        raise UseFault("bad_choice", option=option, value=value, known=", ".join(known))
    return str(value)


def _now(common: Mapping[str, Sequence[str]], env: Mapping[str, str]) -> datetime:
    """The moment to stand on: now in Bangkok, whatever the machine's zone; on another day, its noon."""
    text = common["--today"][-1] if "--today" in common else env.get("USTM_TODAY")
    if not text:
        return datetime.now(BANGKOK)
    day = day_of(text)
    return datetime(day.year, day.month, day.day, 12, tzinfo=BANGKOK)


def today() -> date:
    """In Bangkok, whatever the machine's zone and whichever day is stood on."""
    return datetime.now(BANGKOK).date()


def day_of(text: str) -> date:
    """A day as a user types it: `2563-11-16`, `2020-11-16`, `16 พ.ย. 2563`. Raises UseFault."""
    try:
        return parse_be(text, gregorian=True)
    except DateError as error:
        if error.code != "U201":
            raise UseFault("bad_day", text=text, why=Code(error.code, error.detail)) from None
    from ustm_cli.deadlines.phrase import PhraseError, parse

    try:
        rule = parse(text)
    except PhraseError as error:
        facts = {"text": text, "why": Code(error.code, error.detail)}
        near = _named_by(text, error.offer)
        raise (UseFault("bad_day_near", near=near, **facts) if near else UseFault("bad_day", **facts)) from None
    if rule.rule != "on_date":
        raise UseFault("bad_day", text=text, why=Code("U201", {"word": text}))
    return cast(date, rule.due(None, cast(Any, None)))


def _named_by(text: str, offer: str | None) -> str | None:
    """The day that is offered for a text, as commands take it; None where its year would be made up."""
    from ustm_cli.dates.era import OFFSET, format_be, to_arabic
    from ustm_cli.deadlines.on_date import OnDate
    from ustm_cli.deadlines.phrase import parse

    rule = parse(offer) if offer else None
    if not isinstance(rule, OnDate) or str(rule.date.year + OFFSET)[2:] not in to_arabic(text):
        return None
    return format_be(rule.date, "iso")


def year_of(text: str) -> int:
    """A fiscal year that somebody typed and whose holidays are known. Raises UseFault."""
    from ustm_cli.dates.era import full_be_year, to_arabic
    from ustm_cli.dates.holidays import table

    digits = to_arabic(text)
    try:
        be_year = full_be_year(int(digits[:5]), len(digits)) if digits.isascii() and digits.isdigit() else 0
    except DateError as error:
        offer = error.detail.get("offer")
        raise UseFault("gregorian_year" if offer else "bad_year", year=text[:40], offer=offer) from None
    if not be_year:
        raise UseFault("bad_year", year=text[:40])
    covers = table().covers
    if be_year not in covers:
        raise UseFault("year_not_covered", year=be_year, first=covers[0], last=covers[-1])
    return be_year


def _width(common: Mapping[str, Sequence[str]], env: Mapping[str, str], terminal: bool) -> int:
    if "--width" in common:
        text = common["--width"][-1]
        if not text.isascii() or not text.isdigit() or not 20 <= int(text[:5]) <= 1000:
            raise UseFault("bad_number", option="--width", low=20, high=1000)
        return int(text)
    columns = env.get("COLUMNS", "")
    if columns.isascii() and columns.isdigit():
        return min(max(int(columns[:5]), 40), 1000)
    return max(os.get_terminal_size(sys.stdout.fileno()).columns, 40) if terminal else UNPIPED_WIDTH


def encodes(stream: TextIO | None, text: str) -> bool:
    try:
        text.encode(getattr(stream, "encoding", None) or "utf-8")
    except (UnicodeError, LookupError):
        return False
    return True


def write(stream: TextIO, text: str) -> None:
    """Write what the stream's encoding cannot say as plain signs or escapes: nothing is lost and nothing fails."""
    encoding = getattr(stream, "encoding", None) or "utf-8"
    stream.write(text.encode(encoding, PLAINLY).decode(encoding))
    stream.flush()


PLAINLY = "ustm-plainly"
PLAIN_SIGNS = {
    "·": "-", "•": "*", "–": "-", "—": "-", "…": "...", "“": '"', "”": '"', "‘": "'", "’": "'", "×": "x", "†": "+",
    "←": "<-", "→": "->", "↔": "<->", "─": "-", "│": "|", "┄": "-", "═": "=", "█": "#", "■": "#", "●": "*", "○": "o",
    "◆": "#", "◇": "?", "▲": "^", "◄": "<", "►": ">", "✓": "+", "✗": "!", "\u200b": "",
}  # fmt: skip
"""What stands for a sign that an encoding lacks."""


def _plainly(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeEncodeError)
    lacking = error.object[error.start : error.end]
    signs = (PLAIN_SIGNS.get(one, one.encode("ascii", "backslashreplace").decode()) for one in lacking)
    return "".join(signs), error.end


codecs.register_error(PLAINLY, _plainly)
