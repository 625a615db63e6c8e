"""The schedule as cron and systemd take it."""

from __future__ import annotations

import shlex
import shutil
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest

from ustm_cli.cli.cron import Schedule, crontab_line, machine_clock, service, timer

PLAIN = Schedule("/srv/ubon", ["/opt/ustm/bin/ustm"], ["mail", "line"])
BANGKOK, UTC = timedelta(hours=7), timedelta(0)


@pytest.mark.parametrize(
    ("zone", "clock"),
    [(BANGKOK, "07:30"), (UTC, "00:30"), (timedelta(hours=-5), "19:30"), (timedelta(hours=5.75), "06:15")],
)
def test_the_machines_clock(zone: timedelta, clock: str) -> None:
    """Half past seven in Bangkok, on the machine's own clock."""
    assert f"{machine_clock(PLAIN.clock, zone):%H:%M}" == clock


def test_crontab_line() -> None:
    """The line of the README."""
    assert crontab_line(PLAIN, BANGKOK) == (
        "30 7 * * * cd /srv/ubon && /opt/ustm/bin/ustm digest --send mail --send line --if-any"
    )


def test_crontab_line_is_what_the_shell_reads(tmp_path: Path) -> None:
    """A folder with blanks, quotes and % is entered as it is named."""
    folder = tmp_path / "คลัง 50% o'clock $HOME"
    folder.mkdir()
    program = tmp_path / "my ustm"
    program.write_text('#!/bin/sh\npwd\nprintf "%s\\n" "$@"\n')
    program.chmod(0o755)
    line = crontab_line(Schedule(str(folder), [str(program)], ["a b"]), BANGKOK)
    # Cron takes \% for % before the shell sees it.
    command = line.split(maxsplit=5)[5].replace("\\%", "%")
    done = subprocess.run(["sh", "-c", command], check=True, capture_output=True, text=True)
    assert done.stdout.splitlines() == [str(folder), "digest", "--send", "a b", "--if-any"]


def test_refused_folder() -> None:
    """A folder that a line cannot name is refused, not mangled."""
    for make in (lambda one: crontab_line(one, UTC), service):
        with pytest.raises(ValueError, match="line end"):
            make(PLAIN._replace(folder="/a\n* * * * * rm"))


def test_systemd_units(tmp_path: Path) -> None:
    """The timer is persistent and in Bangkok's time; both units pass systemd's own check where it is installed."""
    assert "OnCalendar=*-*-* 07:30:00 Asia/Bangkok\nPersistent=true\n" in timer(PLAIN)
    assert "WorkingDirectory=/srv/50%%\n" in service(PLAIN._replace(folder="/srv/50%"))
    assert shlex.split(service(PLAIN).split("ExecStart=")[1].splitlines()[0])[1:] == PLAIN.words[1:]
    if not shutil.which("systemd-analyze"):
        pytest.skip("no systemd-analyze here")
    for suffix, text in (("service", service(PLAIN._replace(program=["/bin/true"]))), ("timer", timer(PLAIN))):
        (tmp_path / f"ustm-digest.{suffix}").write_text(text)
    done = subprocess.run(
        ["systemd-analyze", "verify", str(tmp_path / "ustm-digest.timer")], check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
