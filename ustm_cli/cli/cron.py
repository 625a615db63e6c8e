"""The daily schedule of a plan's folder, as a crontab line and as a systemd timer. Text only: nothing is installed."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta, timezone
from typing import NamedTuple

BANGKOK = timezone(timedelta(hours=7))
HOUR = time(7, 30)
UNIT = "ustm-digest"
# Other faults leave a trace in the mail of cron; these words are what a new user most often changes.
OPTIONS = ("--if-any",)


class Schedule(NamedTuple):
    """`program`: the words that start ustm, with an absolute path (cron's PATH is short)."""

    folder: str
    program: Sequence[str]
    channels: Sequence[str]
    clock: time = HOUR

    @property
    def words(self) -> list[str]:
        send = [word for channel in self.channels for word in ("--send", channel)]
        return [*self.program, "digest", *send, *OPTIONS]


def crontab_line(schedule: Schedule, zone: timedelta) -> str:
    """One line for `crontab -e`. `zone`: the machine's distance from UTC, for cron counts in the machine's time.

    It runs every day: ustm knows the days off, and a day missed is covered by the next letter. Raises ValueError for
    a folder that a crontab cannot name.
    """
    if any(char in schedule.folder for char in "\n\r\0"):
        raise ValueError("a line end in the folder's name")
    moment = machine_clock(schedule.clock, zone)
    command = f"cd {shlex.quote(schedule.folder)} && {shlex.join(schedule.words)}"
    # A bare % ends a command in a crontab.
    return f"{moment.minute} {moment.hour} * * * " + command.replace("%", "\\%")


def machine_clock(clock: time, zone: timedelta) -> time:
    """Bangkok's clock as the machine's."""
    day = date(2020, 11, 16)
    return datetime.combine(day, clock, BANGKOK).astimezone(timezone(zone)).time()


def service(schedule: Schedule) -> str:
    """`~/.config/systemd/user/ustm-digest.service` (or `/etc/systemd/system/`)."""
    # %: systemd's own escape; $: its variables.
    words = " ".join(_quoted(word) for word in schedule.words)
    return (
        "[Unit]\n"
        "Description=ustm: the day's letter\n"
        "Wants=network-online.target\n"
        "After=network-online.target\n"
        "\n"
        "[Service]\n"
        "Type=oneshot\n"
        f"WorkingDirectory={_escaped(schedule.folder)}\n"
        f"ExecStart={words}\n"
        "# KEY=value lines with the secrets that ustm.yaml names as env:KEY (chmod 600)\n"
        f"EnvironmentFile=-{_escaped(schedule.folder)}/.ustm.env\n"
    )


def timer(schedule: Schedule) -> str:
    """`ustm-digest.timer`: a run that was missed while the machine was off is made up for."""
    return (
        "[Unit]\n"
        "Description=ustm: the day's letter, every morning\n"
        "\n"
        "[Timer]\n"
        f"OnCalendar=*-*-* {schedule.clock:%H:%M:%S} Asia/Bangkok\n"
        "Persistent=true\n"
        "\n"
        "[Install]\n"
        "WantedBy=timers.target\n"
    )


def _escaped(text: str) -> str:
    if any(char in text for char in "\n\r\0"):
        raise ValueError("a line end in the folder's name")
    return text.replace("%", "%%")


def _quoted(word: str) -> str:
    text = _escaped(word).replace("\\", "\\\\").replace('"', '\\"').replace("$", "$$")
    return f'"{text}"' if text != word or any(char in text for char in " \t'\"") else text
