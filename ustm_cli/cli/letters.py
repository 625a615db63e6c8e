"""The letters of a run: who is written to, what each letter is made from, and how each channel carries it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from ustm_cli.cli.faults import RunFault, UseFault, unreadable
from ustm_cli.cli.naming import name_of, unknown
from ustm_cli.cli.offices import with_settings
from ustm_cli.cli.session import Session
from ustm_cli.cli.world import World, plan_files
from ustm_cli.dates.fiscal import fiscal_year_of
from ustm_cli.plan.findings import Finding
from ustm_cli.plan.load import Loaded, Plan
from ustm_cli.plan.source import NotRegular
from ustm_cli.post.ledger import Ledger
from ustm_cli.post.parcel import Parcel, Problem
from ustm_cli.post.rounds import Carrier
from ustm_cli.post.secrets import secret
from ustm_cli.render import digest as text
from ustm_cli.settings import FILE
from ustm_cli.settings.load import LoadedSettings, load, with_plans
from ustm_cli.settings.model import Chat, Person, Settings, Smtp, Stdout, ToFile
from ustm_cli.views.digest import Digest, Ground, Reader, digest, ground
from ustm_cli.views.health import Point

if TYPE_CHECKING:
    from ustm_cli.views.diary import Key, Moved

STDOUT = "stdout"


# ---- settings


def settings_of(session: Session) -> LoadedSettings | None:
    """The settings of this run's office, None where there are none. Raises RunFault for several offices."""
    found = with_settings(session)
    if len(found) > 1:
        raise RunFault("digest_folders")
    return read_settings(found[0]) if found else None


def read_settings(folder: Path) -> LoadedSettings:
    try:
        return load(folder / FILE, FILE)
    except (OSError, NotRegular) as error:
        raise unreadable(error, FILE) from None


def owners_of(world: World) -> list[str]:
    """Every owner and group that the plans name."""
    return sorted({name for plan in world.plans for item in plan.activities for name in (item.owner, item.group.title)})


def settings_findings(session: Session, loaded: Sequence[Loaded]) -> list[tuple[LoadedSettings, list[Finding]]]:
    """The settings beside the plans with what is wrong or doubtful in them, for `check`. Raises RunFault."""
    plans = [item.plan for item in loaded if item.plan is not None]
    owners = {name for plan in plans for item in plan.activities for name in (item.owner, item.group.title)}
    found = [read_settings(folder) for folder in with_settings(session)]
    told = [(one, [*one.faults, *with_plans(one, owners, _accountable(plans))]) for one in found]
    return [(one, sorted(findings, key=lambda finding: finding.order)) for one, findings in told]


def health(session: Session) -> Iterator[Point]:
    """For `doctor`: each channel's secret and server, and whether the clock stands before the last letter."""
    from ustm_cli.post import probe

    try:
        loaded = settings_of(session)
    except RunFault:
        return
    if loaded is None or loaded.settings is None:
        return
    for one in (*probe.channels(loaded.settings, session.env, loaded.folder), probe.clock(session.now, loaded.folder)):
        facts = {name: session.voice.day(fact) if isinstance(fact, date) else fact for name, fact in one.facts.items()}
        why = session.voice.say(one.problem.key, reply=one.problem.reply) if one.problem else ""
        yield Point(one.key, "bad" if one.problem else "good", facts | {"why": why})


def _accountable(plans: Sequence[Plan]) -> dict[str, tuple[str, ...]]:
    """Every owner, with the groups in whose work it is named."""
    groups: dict[str, dict[str, None]] = {}
    for plan in plans:
        for item in plan.activities:
            groups.setdefault(item.owner, {})[item.group.title] = None
    return {owner: tuple(names) for owner, names in groups.items()}


# ---- letters


@dataclass(frozen=True)
class Desk:
    """What all letters of a run are made from."""

    session: Session
    world: World
    settings: Settings

    @cached_property
    def ground(self) -> Ground:
        today, plans = self.session.today, self.world.plans
        # Another year's plan may lack this year's days off.
        now = [plan for plan in plans if plan.fiscal_year == fiscal_year_of(today)] or plans
        files = {name for _, name in plan_files(self.session)} - {plan.file for plan in plans}
        made = ground(
            {plan.file: self.world.off(plan).workdays for plan in now},
            today,
            self.world.holidays(today - timedelta(days=62), today),
            self._awaited(),
            self.world.years,
            sorted(files),
        )
        return made._replace(workdays={plan.file: self.world.off(plan).workdays for plan in plans})

    @cached_property
    def moved(self) -> Mapping[Key, Moved]:
        from ustm_cli.cli.moved import moves_of

        return moves_of(self.world)

    def _awaited(self) -> dict[str, tuple[str, str]]:
        places = {(plan.file, placed.id): (plan, placed) for plan in self.world.plans for placed in plan.activities}
        found: dict[str, tuple[str, str]] = {}
        for item in self.world.obligations:
            if item.state == "awaiting":
                plan, placed = places[item.file, item.activity]
                event = plan.event_of(placed, item.period)
                found |= {item.id: event} if event else {}
        return found

    @property
    def office(self) -> str:
        names = dict.fromkeys(plan.body.office for plan in self.world.plans if plan.body.office)
        return ", ".join(names)

    def letter(self, reader: Reader, ledger: Ledger | None = None, channel: str = "", person: str = "") -> Digest:
        today = self.session.today
        since = ledger.last_day(channel, person, today) if ledger else None
        return digest(self.world.rows, today, reader, self.ground, since)

    def reader(self, person: Person) -> Reader:
        late = {"head": self.settings.escalate.head, "director": self.settings.escalate.director}
        return Reader(person.letter, tuple(person.owns), late.get(person.letter, 1))

    def named(self, wanted: str) -> tuple[Reader, str]:
        """Whom `--for` names (a person's id or name, an owner, a group), and how to greet. Raises UseFault."""
        wanted = name_of(wanted)
        for id, person in self.settings.people.items():
            if wanted in (id, person.name):
                return self.reader(person), person.name
        return Reader("own", (self.owner(wanted),)), ""

    def owner(self, wanted: str) -> str:
        known = owners_of(self.world)
        if wanted in known:
            return wanted
        near = [name for name in known if wanted.casefold() in name.casefold()] if wanted.strip() else []
        if len(near) == 1:
            return near[0]
        raise unknown(wanted, [*known, *self.settings.people])

    def people(self, wanted: str | None) -> dict[str, Person]:
        """Those written to: all, or whom `--for` names. Raises UseFault."""
        people = dict(self.settings.people)
        if wanted is None:
            return people
        found = {id: person for id, person in people.items() if wanted in (id, person.name)}
        if found:
            return found
        owner = self.owner(wanted)
        return {id: person for id, person in people.items() if owner in person.owns}


# ---- parcels


def parcels(desk: Desk, channel: str, people: Mapping[str, Person], ledger: Ledger) -> Iterator[tuple[Parcel, Digest]]:
    """A parcel for everyone with an address on the channel, with the letter that it holds."""
    kind = desk.settings.channels[channel]
    for id, person in people.items():
        if addresses := tuple(dict.fromkeys(person.to.get(channel, ()))):
            letter = desk.letter(desk.reader(person), ledger, channel, id)
            yield _parcel(desk, channel, kind, id, person, addresses, letter), letter


def _parcel(
    desk: Desk, channel: str, kind: object, id: str, person: Person, addresses: tuple[str, ...], letter: Digest
) -> Parcel:
    voice, office = desk.session.voice, desk.office
    link = f"ustm digest --for {id}"
    plain = Parcel(desk.session.today, channel, id, person.name, addresses, "", "")
    if isinstance(kind, Chat):
        from ustm_cli.post.chat import length

        said = text.short(letter, voice, kind.limit, length, office=office, name=person.name, link=link)
        return plain._replace(text=said)
    if isinstance(kind, ToFile | Stdout):
        return plain._replace(text=text.render(letter, kind.format, voice, office=office, name=person.name, link=link))
    said, html = (
        text.render(letter, form, voice, office=office, name=person.name, link=link) for form in ("text", "html")
    )
    attached = _calendar(desk, letter) if isinstance(kind, Smtp) and kind.attach_ics else None
    return plain._replace(subject=text.subject(letter, voice, office), text=said, html=html, ics=attached)


def _calendar(desk: Desk, letter: Digest) -> bytes | None:
    """The letter's obligations as a calendar, by the calendar export; without it the letter goes as it is."""
    from importlib import import_module

    rows = [item.row for section in letter.sections for item in section.items]
    try:
        import_module("icalendar")
    except ImportError as error:
        desk.session.tell(desk.session.voice.say("digest_no_ics", reply=error.name or error))
        return None
    from ustm_cli.render import ics
    from ustm_cli.views.diary import diary

    return ics.render(diary(rows, desk.moved, reviews=True), desk.session.voice, desk.office)


# ---- carriers


def carriers(
    session: Session, settings: Settings, folder: Path, channels: Sequence[str], ledger: Ledger
) -> dict[str, Carrier]:
    kinds = {name: settings.channels[name] for name in channels}
    return {name: partial(_carry, session, folder, ledger, kind) for name, kind in kinds.items()}


def _carry(
    session: Session, folder: Path, ledger: Ledger, kind: object, parcel: Parcel, addresses: Sequence[str]
) -> Mapping[str, tuple[bool, Problem]]:
    """Raises Undelivered."""
    if isinstance(kind, Smtp):
        from ustm_cli.post import mail

        password = secret(kind.password, session.env, folder) if kind.password else None
        message = mail.composed(parcel, kind, session.now, "ustm")
        return mail.deliver(message, addresses, kind, password, folder)
    if isinstance(kind, Chat):
        return _chat(session, folder, kind, parcel, addresses)
    assert isinstance(kind, ToFile)
    from ustm_cli.post import file

    file.deliver(parcel.text, folder, file.path_of(kind.path, parcel.day, parcel.person), ledger.wrote)
    return {}


def _chat(
    session: Session, folder: Path, kind: Chat, parcel: Parcel, addresses: Sequence[str]
) -> Mapping[str, tuple[bool, Problem]]:
    """One request a recipient; one that fails does not keep the others from theirs."""
    from ustm_cli.post import chat
    from ustm_cli.post.parcel import Undelivered

    url = secret(kind.url, session.env, folder)
    refused: dict[str, tuple[bool, Problem]] = {}
    for address in addresses:
        try:
            chat.deliver(parcel.text, url, address, kind.timeout)
        except Undelivered as fault:
            if len(addresses) == 1:
                raise
            refused[address] = (fault.passing, fault.problem)
    return refused


def preview(session: Session, settings: Settings, parcel: Parcel) -> str:
    """Byte for byte what the channel would be given."""
    kind = settings.channels[parcel.channel]
    if isinstance(kind, Smtp):
        from ustm_cli.post import mail

        return mail.composed(parcel, kind, session.now, "ustm").decode("ascii")
    return parcel.text


def known_channels(settings: Settings, wanted: Sequence[str]) -> list[str]:
    """The channels of `--send`, each once. Raises UseFault."""
    known = [*settings.channels, *([STDOUT] if STDOUT not in settings.channels else [])]
    for name in wanted:
        if name not in known:
            raise UseFault("digest_no_channel", value=name[:60], known=", ".join(known))
    return list(dict.fromkeys(wanted))
