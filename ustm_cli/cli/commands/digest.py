"""`ustm digest`: the day's letter, printed or sent."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from ustm_cli.cli.faults import PARTLY, RunFault, UseFault
from ustm_cli.cli.session import Session

if TYPE_CHECKING:
    from ustm_cli.cli.letters import Desk
    from ustm_cli.post.ledger import Ledger
    from ustm_cli.post.parcel import Fate, Parcel
    from ustm_cli.post.ping import Signal
    from ustm_cli.render.digest import Form
    from ustm_cli.settings.load import LoadedSettings
    from ustm_cli.views.digest import Digest

FORMATS: tuple[Form, ...] = ("text", "md", "html")


def digest(
    context: typer.Context,
    for_: Annotated[
        str | None, typer.Option("--for", metavar="OWNER", help="เฉพาะผู้รับผิดชอบ กลุ่ม หรือบุคคลใน ustm.yaml")
    ] = None,
    send: Annotated[
        list[str] | None,
        typer.Option("--send", metavar="CHANNEL", help="ส่งทางช่องทางใน ustm.yaml (ซ้ำได้) แทนการพิมพ์"),
    ] = None,
    if_any: Annotated[bool, typer.Option("--if-any", help="ไม่ส่งฉบับที่ว่าง และไม่พิมพ์ในวันหยุด")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="พิมพ์ทุกไบต์ที่จะส่ง โดยไม่ส่งและไม่บันทึก")] = False,
    any_day: Annotated[bool, typer.Option("--any-day", help="ส่งแม้วันนี้ไม่ใช่วันทำการ")] = False,
    again: Annotated[bool, typer.Option("--again", help="ส่งอีกแม้วันนี้ส่งไปแล้ว")] = False,
    format_: Annotated[str, typer.Option("--format", metavar="FORMAT", help="รูปแบบที่พิมพ์: text md html")] = "text",
) -> None:
    """จดหมายของวัน: เกินกำหนด วันนี้ สัปดาห์นี้ ที่ต้องเสนอ และที่รอวัน"""
    session: Session = context.obj
    if format_ not in FORMATS:
        raise UseFault("bad_choice", option="--format", value=format_, known=", ".join(FORMATS))
    from ustm_cli.cli.letters import settings_of

    loaded = settings_of(session)
    if not send or send == ["stdout"]:
        _print(session, loaded, for_, format_, if_any=if_any, any_day=any_day)
        return
    settings = _faultless(session, loaded)
    _Run(session, settings, for_, send, if_any=if_any, any_day=any_day, again=again, dry_run=dry_run).go()


def _faultless(session: Session, loaded: LoadedSettings | None) -> LoadedSettings:
    """Raises RunFault where there are no settings, FaultyPlans' like where they have faults."""
    from ustm_cli.settings import FILE

    if loaded is None:
        raise RunFault("digest_no_settings", file=FILE)
    if loaded.settings is None:
        _tell_faults(session, loaded)
        raise RunFault("digest_bad_settings", file=FILE)
    return loaded


def _tell_faults(session: Session, loaded: LoadedSettings) -> None:
    from ustm_cli.render.findings import full

    errors = [fault for fault in loaded.faults if fault.severity == "error"]
    session.tell(full(errors, {loaded.file: loaded.lines}, session.voice, colour=False))


def _print(
    session: Session, loaded: LoadedSettings | None, wanted: str | None, form: Form, *, if_any: bool, any_day: bool
) -> None:
    """The office's letter, or that of `--for`, on stdout."""
    from ustm_cli.cli.letters import Desk
    from ustm_cli.cli.world import world_of
    from ustm_cli.settings.model import Settings
    from ustm_cli.views.digest import Reader

    # Settings with faults do not keep the plan's letter from being read; they are told when something is to be sent.
    desk = Desk(session, world_of(session), (loaded.settings if loaded else None) or Settings())
    try:
        reader, name = desk.named(wanted) if wanted else (Reader(), "")
    except UseFault:
        # It may be one of those whom faulty settings name.
        if loaded is not None:
            _faultless(session, loaded)
        raise
    letter = desk.letter(reader)
    if if_any and (letter.empty or (desk.ground.today_off and not any_day)):
        return
    _say(session, desk, letter, form, name)


def _say(session: Session, desk: Desk, letter: Digest, form: Form, name: str) -> None:
    from ustm_cli.render import digest as text

    said = text.render(letter, form, session.voice, office=desk.office, name=name)
    session.say(text.within(said, session.width) if form == "text" else said)


class _Run:
    """One sending: settings, letters, the round, the fates."""

    def __init__(
        self,
        session: Session,
        loaded: LoadedSettings,
        wanted: str | None,
        channels: Sequence[str],
        *,
        if_any: bool,
        any_day: bool,
        again: bool,
        dry_run: bool,
    ) -> None:
        from ustm_cli.cli.letters import known_channels

        assert loaded.settings is not None
        self.session, self.folder, self.settings = session, loaded.folder, loaded.settings
        self.wanted, self.if_any, self.any_day, self.again, self.dry_run = wanted, if_any, any_day, again, dry_run
        self.channels = known_channels(self.settings, channels)

    def go(self) -> None:
        """Raises Fault; whatever comes, the dead man's switch is told."""
        self._ping("start")
        try:
            self._send()
        except BaseException:
            self._ping("fail")
            raise
        self._ping("fail" if self.session.exit_code else "success")

    def _send(self) -> None:
        from ustm_cli.cli.letters import Desk
        from ustm_cli.cli.world import world_of

        desk = Desk(self.session, world_of(self.session), self.settings)
        if desk.ground.today_off and not self.any_day:
            day = self.session.voice.weekday_and_day(self.session.today)
            self.session.tell(self.session.voice.say("digest_off", day=day))
            return
        from ustm_cli.post.ledger import Busy, Ledger

        ledger = Ledger(self.folder)
        try:
            if self.dry_run:
                ledger.read()
                self._preview(desk, ledger)
                return
            with ledger.held(time.sleep):
                fates = self._round(desk, ledger)
        except Busy:
            raise RunFault("digest_busy") from None
        except OSError as error:
            raise RunFault("cannot_write_ledger", problem=error.strerror or error) from None
        self._tell(fates)

    def _round(self, desk: Desk, ledger: Ledger) -> list[Fate]:
        from ustm_cli.cli.letters import carriers
        from ustm_cli.post.parcel import Fate
        from ustm_cli.post.rounds import go

        if ledger.torn:
            self.session.tell(self.session.voice.say("digest_torn", count=ledger.torn))
        parcels, silent = self._parcels(desk, ledger)
        for parcel in silent:
            if all(ledger.state(parcel, address) is None for address in parcel.addresses):
                ledger.record(parcel, parcel.addresses, "nothing", self.session.now)
        self._tell_broken_off(parcels, ledger)
        posting = [one for one in self.channels if self._posts(one)]
        carry = carriers(self.session, self.settings, self.folder, posting, ledger)
        now = self.session.now
        fates = go(parcels, carry, ledger, self.settings.retry, lambda: now, time.sleep, again=self.again)
        return [*fates, *(Fate(parcel, address, "nothing") for parcel in silent for address in parcel.addresses)]

    def _tell_broken_off(self, parcels: Sequence[Parcel], ledger: Ledger) -> None:
        for parcel in parcels:
            for address in parcel.addresses:
                if ledger.state(parcel, address) == "trying":
                    self.session.tell(self.session.voice.say("fate_broken_off", who=_who(parcel, address)))

    def _preview(self, desk: Desk, ledger: Ledger) -> None:
        from ustm_cli.cli.letters import preview

        parcels, silent = self._parcels(desk, ledger)
        for parcel in parcels:
            open_ = [one for one in parcel.addresses if self.again or ledger.state(parcel, one) != "sent"]
            for address in parcel.addresses:
                key = "fate_would" if address in open_ else "fate_already"
                self.session.tell(self.session.voice.say(key, who=_who(parcel, address)))
            if open_:
                self.session.say(preview(self.session, self.settings, parcel))
        for parcel in silent:
            for address in parcel.addresses:
                self.session.tell(self.session.voice.say("fate_nothing", who=_who(parcel, address)))

    def _parcels(self, desk: Desk, ledger: Ledger) -> tuple[list[Parcel], list[Parcel]]:
        """Those to go out, and those that have nothing to say. Raises RunFault where nobody is written to."""
        from ustm_cli.cli.letters import parcels

        going: list[Parcel] = []
        silent: list[Parcel] = []
        people = desk.people(self.wanted)
        for channel in self.channels:
            if not self._posts(channel):
                self._say(desk, channel)
                continue
            found = list(parcels(desk, channel, people, ledger))
            if not found:
                who = f" ({self.wanted})" if self.wanted else ""
                raise RunFault("digest_nobody", channel=channel, who=who)
            for parcel, letter in found:
                # The head and the director are told of lateness, not of its absence.
                needless = letter.empty and (self.if_any or letter.reader.letter in ("head", "director"))
                (silent if needless else going).append(parcel)
        return going, silent

    def _posts(self, channel: str) -> bool:
        kind = self.settings.channels.get(channel)
        return kind is not None and kind.kind != "stdout"

    def _say(self, desk: Desk, channel: str) -> None:
        """The channel of cron's MAILTO: it keeps no ledger, for nobody knows what becomes of stdout."""
        from ustm_cli.views.digest import Reader

        kind = self.settings.channels.get(channel)
        form: Form = kind.format if kind else "text"
        reader, name = desk.named(self.wanted) if self.wanted else (Reader(), "")
        letter = desk.letter(reader)
        if not (self.if_any and letter.empty):
            _say(self.session, desk, letter, form, name)

    def _tell(self, fates: Sequence[Fate]) -> None:
        """Each recipient's fate on stderr, and the exit code. Raises RunFault where nothing could be delivered."""
        voice = self.session.voice
        for fate in fates:
            key, why = f"fate_{fate.state}", ""
            if fate.problem and fate.state == "sent":
                key, why = "fate_sent_unrecorded", fate.problem.reply
            elif fate.problem:
                why = voice.say(fate.problem.key, reply=fate.problem.reply)
            self.session.tell(voice.say(key, who=_who(fate.parcel, fate.address), why=why, reply=why))
        failed = [fate for fate in fates if fate.state in ("failed", "unsure")]
        if failed and all(fate in failed for fate in fates if fate.state != "nothing"):
            raise RunFault("digest_none_sent", count=len(failed))
        if failed:
            self.session.exit_code = PARTLY

    def _ping(self, signal: Signal) -> None:
        if self.settings.ping is None or self.dry_run:
            return
        from ustm_cli.post.parcel import Undelivered
        from ustm_cli.post.ping import ping
        from ustm_cli.post.secrets import secret

        try:
            problem = ping(secret(self.settings.ping, self.session.env, self.folder), signal)
        except Undelivered as fault:
            problem = fault.problem
        if problem:
            voice = self.session.voice
            why = voice.say(problem.key, reply=problem.reply)
            self.session.tell(voice.say("post_ping", reply=f"{signal}: {why}"))


def _who(parcel: Parcel, address: str) -> str:
    from ustm_cli.post.parcel import one_line

    to = "" if address == "true" else f" <{one_line(address, 80)}>"
    return f"{parcel.channel}: {one_line(parcel.name, 80)}{to}"
