"""`ustm.yaml` to Settings, or to its faults: located like those of a plan. A secret written into it is never shown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NamedTuple, cast

from pydantic import ValidationError

from ustm_cli.plan import errors, source
from ustm_cli.plan.findings import Both, Finding
from ustm_cli.plan.load import Loaded
from ustm_cli.plan.source import Map, mark_of
from ustm_cli.settings.addresses import is_address
from ustm_cli.settings.model import KINDS, Escalation, Person, Retry, Settings, Smtp

OF_SETTINGS = {"must": Both("`people:` และ `channels:`", "`people:` and `channels:`"), "manual": "docs/digest.md"}
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
    """Read and validate the settings; `name` is how they are called in what is told. Raises OSError and NotRegular."""
    text, faults = source.read_file(path, name)
    lines = hidden(text).split("\n")
    tree: Map | None = None
    settings: Settings | None = None
    if not any(fault.code in ("U101", "U105", "U106") for fault in faults):
        tree, found = source.read(text, name)
        faults += found
    if tree is not None:
        settings, error, lost = _validated(tree)
        if error is not None:
            faults += _findings(error, tree, name, lines)
        if settings is not None:
            faults += _crosswise(settings, _Places(tree, name, {path[:3] for path in lost}))
    faults = [replace(fault, detail=OF_SETTINGS | dict(fault.detail)) for fault in faults]
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
        # A name that is at fault may hold a dot too.
        name = next(name for name in tree["channels"] if ".".join(loc[1:]).startswith(f"{name}."))
        model = KINDS.get(tree["channels"][name].get("kind"), Settings)
    if len(loc) == 1:
        model = Settings
    return sorted(field.alias or key for key, field in model.model_fields.items())


# ---- what is sound though something else is at fault

Keys = tuple[str | int, ...]
# Stands for a key that must be there and is not, or is at fault, so that its neighbours are looked at.
STAND_IN = {"name": "-", "from": "a@b", "url": "env:X"}


def _validated(tree: Map) -> tuple[Settings | None, ValidationError | None, set[Keys]]:
    """The settings but for what is at fault, the faults, and the paths that were left out for them."""
    faults: ValidationError | None = None
    lost: set[Keys] = set()
    lacking: set[Keys] = set()
    while () not in lost:
        rest = _without(tree, lost, lacking)
        try:
            return Settings.model_validate(rest), faults, lost
        except ValidationError as error:
            faults = faults or error
            for item in error.errors(include_url=False):
                lacks = item["type"] == "missing" and item["loc"][-1] in STAND_IN
                (lacking if lacks else lost).add(item["loc"] if lacks else _written(rest, item["loc"]))
    return None, faults, lost


def _without(tree: Mapping[str, Any], lost: set[Keys], lacking: set[Keys], path: Keys = ()) -> dict[str, Any]:
    rest = {
        key: _without(value, lost, lacking, (*path, key)) if isinstance(value, Map) else value
        for key, value in tree.items()
        if (*path, key) not in lost
    }
    return rest | {key: value for key, value in STAND_IN.items() if (*path, key) in lacking}


def _written(tree: Any, loc: Keys) -> Keys:
    """The part of a path that is there, down to a value or a whole list; of a key that is not, what lacks it."""
    path: Keys = ()
    for step in loc:
        within = cast("dict[int | str, object]", tree) if isinstance(tree, dict) else {}
        if step not in within:
            break
        path, tree = (*path, step), within[step]
    return path


# ---- what a schema cannot say


class _Places(NamedTuple):
    """Makes findings at places of one tree; `lost`: the keys of channels and people in which something is at fault."""

    tree: Map
    name: str
    lost: set[Keys]

    def sound(self, *path: str, keys: Sequence[str]) -> bool:
        """Whether these keys of a mapping are as they were written."""
        return not any((*path, key) in self.lost for key in keys)

    def finding(
        self, code: str, *path: str | int, key: bool = False, offer: str | None = None, **detail: Any
    ) -> Finding:
        where = mark_of(self.tree, path, key=key)
        return Finding(code, self.name, where, ".".join(map(str, path)), detail, offer)


def _crosswise(settings: Settings, at: _Places) -> Iterator[Finding]:
    for id, channel in settings.channels.items():
        if isinstance(channel, Smtp):
            yield from _smtp(id, channel, at)
    for id, person in settings.people.items():
        yield from _person(id, person, at)
        yield from _reached(id, person, settings, at)


def _smtp(id: str, channel: Smtp, at: _Places) -> Iterator[Finding]:
    path = ("channels", id)
    if (channel.user is None) != (channel.password is None) and at.sound(*path, keys=("user", "password")):
        yield at.finding("U509", *path, "user" if channel.user else "password", key=True)
    elsewhere = channel.server.lower() not in LOCAL and at.sound(*path, keys=("security", "server"))
    if channel.user and channel.security == "none" and elsewhere:
        told = "security" if "security" in at.tree["channels"][id] else "user"
        yield at.finding("U504", *path, told, key=True)


def _person(id: str, person: Person, at: _Places) -> Iterator[Finding]:
    path = ("people", id)
    if person.letter == "own" and not person.owns and at.sound(*path, keys=("letter", "owns")):
        yield at.finding("U510", *path, key=True, person=id)
    if not person.to and at.sound(*path, keys=("to",)):
        yield at.finding("U507", *path, key=True, person=id)


def _reached(id: str, person: Person, settings: Settings, at: _Places) -> Iterator[Finding]:
    path = ("people", id, "to")
    for channel, addresses in person.to.items():
        kind = settings.channels.get(channel)
        if isinstance(kind, Smtp):
            for number, address in enumerate(addresses):
                if not is_address(address):
                    yield at.finding("U503", *path, channel, number, value=address[:60])
        elif kind is None and not {("channels",), ("channels", channel)} & at.lost:
            known: list[str] = list(at.tree.get("channels") or ())
            near = get_close_matches(channel, known, 1, 0.5)
            detail = {"value": channel[:60], "known": ", ".join(known) or Both("ยังไม่มี", "none yet")}
            yield at.finding("U502", *path, channel, key=True, offer=near[0] if near else None, **detail)


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
