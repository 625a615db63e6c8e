"""The round: retries, fates, and what happens between sending and recording."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from ustm_cli.post.ledger import FILE, Ledger
from ustm_cli.post.parcel import Fate, Parcel, Problem, Undelivered
from ustm_cli.post.rounds import go
from ustm_cli.register.store import StoreFault
from ustm_cli.settings.model import Retry

NOW = datetime(2020, 11, 16, 7, 30, tzinfo=timezone(timedelta(hours=7)))
DOWN = Undelivered(Problem("post_unreachable", "down"), passing=True)
NO = Undelivered(Problem("post_login", "535"), passing=False)
UNSURE = Undelivered(Problem("post_chat_unsure"), passing=False, unsure=True)


def parcel(person: str, *addresses: str) -> Parcel:
    return Parcel(date(2020, 11, 16), "mail", person, person, addresses or (f"{person}@x",), "s", "t")


class Post:
    """A carrier that does what the script says, try by try."""

    def __init__(self, *script: Exception | Mapping[str, tuple[bool, Problem]]) -> None:
        self.script = list(script)
        self.carried: list[tuple[str, tuple[str, ...]]] = []

    def __call__(self, one: Parcel, addresses: Sequence[str]) -> Mapping[str, tuple[bool, Problem]]:
        self.carried.append((one.person, tuple(addresses)))
        step = self.script.pop(0) if self.script else {}
        if isinstance(step, Exception):
            raise step
        return step


def round_of(
    folder: Path, post: Post, *parcels: Parcel, times: int = 3, again: bool = False
) -> tuple[list[Fate], list[float]]:
    waits: list[float] = []
    ledger = Ledger(folder)
    with ledger.held(waits.append):
        fates = go(parcels, {"mail": post}, ledger, Retry(times=times, wait=5), lambda: NOW, waits.append, again=again)
    return fates, waits


@pytest.mark.parametrize(
    ("script", "states", "waits"),
    [
        ([], ["sent"], []),
        ([DOWN], ["sent"], [5]),
        ([DOWN, DOWN, DOWN], ["sent"], [5, 20, 80]),
        ([DOWN] * 4, ["failed"], [5, 20, 80]),
        ([NO], ["failed"], []),
        ([UNSURE], ["unsure"], []),
    ],
)
def test_retries(tmp_path: Path, script: list[Undelivered], states: list[str], waits: list[float]) -> None:
    """Passing faults are tried again after waits that grow, lasting and unsure ones are not."""
    fates, waited = round_of(tmp_path, Post(*script), parcel("a"))
    assert ([fate.state for fate in fates], waited) == (states, waits)


def test_a_mistake_of_ours_keeps_no_other_letter_back(tmp_path: Path) -> None:
    """Whatever a carrier raises is the fate of its letter, without its words, which may hold a secret."""
    post = Post(ValueError("secret"))
    fates, waited = round_of(tmp_path, post, parcel("a"), parcel("b"))
    assert [(fate.state, fate.problem) for fate in fates] == [
        ("failed", Problem("post_bug", "ValueError")),
        ("sent", None),
    ]
    assert waited == []
    assert Ledger(tmp_path).path.read_text("utf-8").count('"state": "failed"') == 1


def test_only_the_refused_are_tried_again(tmp_path: Path) -> None:
    """Who got it gets it once; a greylisted neighbour is tried again alone, one refused for good is not."""
    post = Post({"b@x": (True, Problem("post_refused", "450")), "c@x": (False, Problem("post_refused", "550"))})
    fates, _ = round_of(tmp_path, post, parcel("p", "a@x", "b@x", "c@x"))
    assert [fate.state for fate in fates] == ["sent", "sent", "failed"]
    assert post.carried == [("p", ("a@x", "b@x", "c@x")), ("p", ("b@x",))]


def test_all_are_tried_before_any_again(tmp_path: Path) -> None:
    """One dead server's letter does not hold up the next one."""
    post = Post(DOWN)
    round_of(tmp_path, post, parcel("a"), parcel("b"))
    assert [person for person, _ in post.carried] == ["a", "b", "a"]


def test_never_twice(tmp_path: Path) -> None:
    """A second run of the day sends nothing, tells so, and with `again` sends."""
    round_of(tmp_path, Post(), parcel("a"))
    post = Post()
    fates, _ = round_of(tmp_path, post, parcel("a"))
    assert ([fate.state for fate in fates], post.carried) == (["already"], [])
    fates, _ = round_of(tmp_path, post, parcel("a"), again=True)
    assert [fate.state for fate in fates] == ["sent"]


def test_changed_text_is_not_a_new_letter(tmp_path: Path) -> None:
    """Something recorded between two runs changes the text, not the day's letter."""
    round_of(tmp_path, Post(), parcel("a"))
    fates, _ = round_of(tmp_path, Post(), parcel("a")._replace(text="other"))
    assert [fate.state for fate in fates] == ["already"]


def test_crash_between_sending_and_recording(tmp_path: Path) -> None:
    """Killed after the server took it and before that was recorded: the next run sends it again rather than never."""

    class Killed(BaseException):
        pass

    class Dies(Post):
        def __call__(self, one: Parcel, addresses: Sequence[str]) -> Mapping[str, tuple[bool, Problem]]:
            super().__call__(one, addresses)
            raise Killed

    with pytest.raises(Killed):
        round_of(tmp_path, Dies(), parcel("a"))
    ledger = Ledger(tmp_path)
    ledger.read()
    assert ledger.state(parcel("a"), "a@x") == "trying"
    post = Post()
    fates, _ = round_of(tmp_path, post, parcel("a"))
    assert ([fate.state for fate in fates], len(post.carried)) == (["sent"], 1)


def test_what_cannot_be_recorded_is_not_sent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk before sending: nothing goes out, and that is told."""

    from ustm_cli.register import store

    append = store.append

    def full(path: Path, lines: Sequence[str]) -> None:
        if path.name == FILE:
            raise StoreFault("write", "No space left on device")
        append(path, lines)

    monkeypatch.setattr("ustm_cli.register.store.append", full)
    post = Post()
    fates, _ = round_of(tmp_path, post, parcel("a"))
    assert [(fate.state, fate.problem) for fate in fates] == [
        ("failed", Problem("post_ledger", "No space left on device"))
    ]
    assert post.carried == []


def test_sent_and_not_recorded_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that fills up after sending: the letter is out, and the officer hears that it may come twice."""
    from ustm_cli.register import store

    append, calls = store.append, []

    def fills(path: Path, lines: Sequence[str]) -> None:
        calls.append(path.name)
        if calls.count(FILE) > 1:
            raise StoreFault("write", "No space left on device")
        append(path, lines)

    monkeypatch.setattr("ustm_cli.register.store.append", fills)
    [fate], _ = round_of(tmp_path, Post(), parcel("a"))
    assert (fate.state, fate.problem and fate.problem.key) == ("sent", "post_unrecorded")
