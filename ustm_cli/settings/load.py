"""`ustm.yaml` to Settings, or to its faults: located like those of a plan. A secret written into it is never shown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import ValidationError

from ustm_cli.plan import errors, source
from ustm_cli.plan.findings import Finding
from ustm_cli.plan.load import Loaded
from ustm_cli.plan.source import Map, mark_of
from ustm_cli.settings.model import KINDS, Escalation, Person, Retry, Settings, Smtp, ToFile

LOCAL = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True)
class LoadedSettings:
    """What became of the settings: themselves, or none because of their faults. `lines` show no secret."""

    file: str
    folder: Path
    settings: Settings | None
    tree: Map | None
    faults: tuple[Finding, ...]
    lines: Sequence[str]

    @property
    def as_loaded(self) -> Loaded:
        """As a file among those that `check` looked at."""
        return Loaded(self.file, None, self.faults, {self.file: self.lines})


def load(path: Path, name: str) -> LoadedSettings:
    """Read and validate the settings; `name` is how the file is called in what is told. Raises OSError."""
    text, faults = source.read_file(path, name)
    lines = hidden(text).split("\n")
    tree: Map | None = None
    settings: Settings | None = None
    if not any(fault.code in ("U101", "U105", "U106") for fault in faults):
        tree, found = source.read(text, name)
        faults += found
    if tree is not None:
        try:
            settings = Settings.model_validate(tree)
        except ValidationError as error:
            faults += _findings(error, tree, name, lines)
    if settings is not None and tree is not None:
        faults += _crosswise(settings, tree, name)
    if any(fault.severity == "error" for fault in faults):
        settings = None
    return LoadedSettings(name, path.parent, settings, tree, tuple(sorted(faults, key=lambda one: one.order)), lines)


_SECRET_LINE = re.compile(
    # From the beginning of a word and never back into it: a word of a megabyte is looked at once.
    r"(?im)((?<![^\s:\"'])(?=[^\s:\"']*?(?:pas|pwd|secret|token|url|ping|key|รหัส))[^\s:\"']++[\"']?\s*+:[ \t]*)"
    r"(?!\s*[\"']?(?:env|file):)([^\n]+)"
)


def hidden(text: str) -> str:
    """The text with what looks like a secret starred out, every other character in its place."""
    return _SECRET_LINE.sub(lambda match: match[1] + "*" * len(match[2]), text)


def _findings(error: ValidationError, tree: Map, name: str, lines: list[str]) -> Iterator[Finding]:
    for finding in errors.findings(error, tree, name, lines):
        if finding.code != "U112":
            yield finding
            continue
        loc = tuple(finding.path.split("."))
        known = _known_keys(loc, tree)
        near = get_close_matches(loc[-1], known, 1, 0.6)
        detail = {"key": loc[-1], "known": ", ".join(known)}
        yield Finding("U112", name, finding.mark, finding.path, detail, near[0] if near else None)


def _known_keys(loc: tuple[str, ...], tree: Map) -> list[str]:
    model: Any = {"people": Person, "escalate": Escalation, "retry": Retry}.get(loc[0], Settings)
    if loc[0] == "channels" and len(loc) > 2:
        model = KINDS.get(tree["channels"][loc[1]].get("kind"), Settings)
    if len(loc) == 1:
        model = Settings
    return sorted(field.alias or key for key, field in model.model_fields.items())


# ---- what a schema cannot say


class _Places(NamedTuple):
    """Makes findings at places of one tree."""

    tree: Map
    name: str

    def finding(
        self, code: str, *path: str | int, key: bool = False, offer: str | None = None, **detail: Any
    ) -> Finding:
        where = mark_of(self.tree, path, key=key)
        return Finding(code, self.name, where, ".".join(map(str, path)), detail, offer)


def _crosswise(settings: Settings, tree: Map, name: str) -> Iterator[Finding]:
    at = _Places(tree, name)
    for id, channel in settings.channels.items():
        yield from _channel(id, channel, at)
    for id, person in settings.people.items():
        yield from _person(id, person, settings, at)


def _channel(id: str, channel: Any, at: _Places) -> Iterator[Finding]:
    path = ("channels", id)
    if isinstance(channel, ToFile) and (problem := _bad_path(channel.path)):
        yield at.finding("U508", *path, "path", value=channel.path[:60], problem=problem)
    if not isinstance(channel, Smtp):
        return
    if not is_address(channel.from_):
        yield at.finding("U503", *path, "from", value=channel.from_[:60])
    if (channel.user is None) != (channel.password is None):
        yield at.finding("U509", *path, "user" if channel.user else "password", key=True)
    if channel.user and channel.security == "none" and channel.server.lower() not in LOCAL:
        told = "security" if "security" in at.tree["channels"][id] else "user"
        yield at.finding("U504", *path, told, key=True)


def _person(id: str, person: Person, settings: Settings, at: _Places) -> Iterator[Finding]:
    path = ("people", id)
    if person.letter == "own" and not person.owns:
        yield at.finding("U510", *path, key=True, person=id)
    if not person.to:
        yield at.finding("U507", *path, key=True, person=id)
    for channel, addresses in person.to.items():
        known = settings.channels.get(channel)
        if known is None:
            near = get_close_matches(channel, settings.channels, 1, 0.5)
            detail = {"value": channel[:60], "known": ", ".join(settings.channels)}
            yield at.finding("U502", *path, "to", channel, key=True, offer=near[0] if near else None, **detail)
        elif isinstance(known, Smtp):
            for number, address in enumerate(addresses):
                if not is_address(address):
                    yield at.finding("U503", *path, "to", channel, number, value=address[:60])


def with_plans(
    loaded: LoadedSettings, names: Iterable[str], accountable: Mapping[str, Sequence[str]]
) -> Iterator[Finding]:
    """Doubts that need the plans: a name that owns nothing, an owner whom no letter reaches.

    `names`: every owner and group of the plans; `accountable`: every owner with the groups it works in.
    """
    settings, tree, known = loaded.settings, loaded.tree, set(names)
    if settings is None or tree is None or not known or not settings.people:
        return
    for id, person in settings.people.items():
        for number, owned in enumerate(person.owns):
            if owned not in known:
                near = get_close_matches(owned, sorted(known), 1, 0.5)
                path = ("people", id, "owns", number)
                where = ".".join(map(str, path))
                detail = {"value": owned[:80]}
                yield Finding("U505", loaded.file, mark_of(tree, path), where, detail, near[0] if near else None)
    readers = [person for person in settings.people.values() if person.letter in ("own", "office") and person.to]
    if any(not person.owns for person in readers):
        return
    reached = {owned for person in readers for owned in person.owns}
    for owner, groups in sorted(accountable.items()):
        if not reached & {owner, *groups}:
            mark = mark_of(tree, ("people",), key=True)
            yield Finding("U506", loaded.file, mark, "people", {"value": owner[:80]})


_LOCAL_PART = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}")


def is_address(text: str) -> bool:
    """Whether a text is one address that a mail server takes; the domain may be Thai, the part before @ may not."""
    local, at, domain = text.rpartition("@")
    if not at or not _LOCAL_PART.fullmatch(local) or re.search(r"[\s\x00-\x1f<>(),;:\\\"\[\]]", domain):
        return False
    try:
        return bool(domain.encode("idna"))
    except UnicodeError:
        return False


def _bad_path(path: str) -> str | None:
    # Nothing but the two names: a width in the braces could ask for any amount of memory.
    if re.search(r"[{}]", re.sub(r"\{(day|person)\}", "", path)):
        return "{…}"
    filled = path.format(day="2563-11-16", person="a")
    parts = Path(filled).parts
    if Path(filled).is_absolute() or ".." in parts or "\0" in filled or re.match(r"[A-Za-z]:|\\", filled):
        return ".."
    if "{person}" not in path:
        return "{person}"
    return None
