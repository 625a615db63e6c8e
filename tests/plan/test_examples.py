"""The example plans of tests/plans: good ones pass, bad ones are told exactly as their `.out` says.

After a sentence was changed on purpose: `USTM_WRITE_OUT=1 pytest tests/plan/test_examples.py`, then read the diff.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from ustm_cli.plan.findings import CATALOGUE

PLANS = Path(__file__).parent.parent / "plans"
GOOD = sorted(path.name for path in (PLANS / "ok").glob("*.yaml"))
BAD = sorted(
    {path.relative_to(PLANS / "bad").parts[0].removesuffix(".yaml") for path in (PLANS / "bad").rglob("*.yaml")}
)

# What only a file that is no text, or is too much of it, can show: see test_files.py.
NOT_TEXT = {"U101", "U102", "U103", "U104", "U105", "U106", "U110", "U117"}


def told(name: str, run: Callable[..., tuple[str, str, int]], lang: str = "th") -> str:
    """What `check` says of one bad plan, or of a folder of plans that are bad together."""
    folder = PLANS / "bad"
    files = [f"{name}/{path.name}" for path in sorted((folder / name).glob("*.yaml"))] or [f"{name}.yaml"]
    out, err, code = run("check", *files, "--format", "full", "--lang", lang, "--width", "100", cwd=folder)
    assert err == ""
    return f"{out}exit {code}\n"


@pytest.mark.parametrize("name", GOOD)
def test_good_plans_have_nothing_to_say(name: str, run: Callable[..., tuple[str, str, int]]) -> None:
    """Every plan in tests/plans/ok passes even with --strict."""
    out, err, code = run("check", name, "--strict", cwd=PLANS / "ok")
    assert (code, err) == (0, ""), out


@pytest.mark.parametrize("name", BAD)
def test_bad_plans_are_told_exactly_so(name: str, run: Callable[..., tuple[str, str, int]]) -> None:
    """Every plan in tests/plans/bad gives the findings, places, carets and exit code of its `.out`."""
    found, path = told(name, run), PLANS / "bad" / f"{name}.out"
    if os.environ.get("USTM_WRITE_OUT"):
        path.write_text(found, "utf-8", newline="\n")
    assert found == path.read_text("utf-8")


@pytest.mark.parametrize("name", BAD)
def test_a_finding_is_one_place_one_sentence_one_help(name: str, run: Callable[..., tuple[str, str, int]]) -> None:
    """Every finding has its place within the file, a caret under it, a help line, and is told once."""
    text = told(name, run)
    heads = re.findall(r"^\S+ (\S+\.yaml):(\d+):(\d+): (U\d{3}) (.+)$", text, re.MULTILINE)
    assert heads
    assert len(set(heads)) == len(heads)
    assert text.count("\n  help: ") == len(heads), "a finding without help"
    for file, line, column, _, sentence in heads:
        lines = (PLANS / "bad" / file).read_text("utf-8").split("\n")
        assert 1 <= int(column) <= len(lines[int(line) - 1]) + 1
        assert "{" not in sentence.replace("{U", "").replace("{when", "")
    assert text.count("│ ") == 2 * len(heads), "a finding without its line and caret"


@pytest.mark.parametrize("name", BAD)
def test_english_is_english(name: str, run: Callable[..., tuple[str, str, int]]) -> None:
    """In English a finding says the same in words without Thai, but for what stands in the plan."""
    thai, english = told(name, run), told(name, run, "en")
    places = re.compile(r"^\S+ (\S+:\d+:\d+: U\d{3}) (.+)$", re.MULTILINE)
    assert [place for place, _ in places.findall(thai)] == [place for place, _ in places.findall(english)]
    plans = "".join(path.read_text("utf-8") for path in (PLANS / "bad").rglob("*.yaml"))
    for _, sentence in places.findall(english):
        for word in re.findall(r"[\u0e01-\u0e5b]{3,}", sentence):
            assert word in plans or word in HOLIDAYS_AND_MONTHS, f"{word} in {sentence}"


HOLIDAYS_AND_MONTHS = ("กุมภาพันธ์", "เมษายน")


def test_every_code_has_an_example(run: Callable[..., tuple[str, str, int]]) -> None:
    """Every code of plans occurs in an `.out`, or is one that only a file that is no text can show."""
    shown = {
        code for path in (PLANS / "bad").glob("*.out") for code in re.findall(r": (U\d{3}) ", path.read_text("utf-8"))
    }
    assert shown | NOT_TEXT == {code for code in CATALOGUE if code < "U5"}
    assert not shown & NOT_TEXT


def test_every_out_has_its_plan() -> None:
    """No `.out` is left over from a plan that is gone."""
    assert sorted(path.stem for path in (PLANS / "bad").glob("*.out")) == BAD


# The value of a key on its line, as far as the next key.
VALUE = re.compile(r"(?<=[a-z]: )[^{\[ ].*?(?=, [a-z]+: |\}|$)")


def column_in(found: re.Match[str], column: str) -> bool:
    """Whether a column, counted from 1, lies in what was found."""
    return found.start() < int(column) <= found.end()


def test_offers_are_plans_themselves(tmp_path: Path, run: Callable[..., tuple[str, str, int]]) -> None:
    """A `help:` that offers a phrase offers one that is understood: put into the plan, its fault is gone."""
    for name in BAD:
        if (PLANS / "bad" / name).is_dir():
            continue
        lines = (PLANS / "bad" / f"{name}.yaml").read_text("utf-8").split("\n")
        offers = re.findall(
            r"yaml:(\d+):(\d+): (U2\d\d) .*\n.*│ .*\n.*│ .*\n  help: ลองเขียน: (.+)",
            (PLANS / "bad" / f"{name}.out").read_text(),
        )
        for line, column, code, offer in offers:
            if "rule:" in lines[int(line) - 1] or "fiscal_year" in lines[int(line) - 1]:
                continue
            mended = [*lines]
            [at] = [found.span() for found in VALUE.finditer(mended[int(line) - 1]) if column_in(found, column)]
            mended[int(line) - 1] = mended[int(line) - 1][: at[0]] + offer + mended[int(line) - 1][at[1] :]
            path = tmp_path / f"{name}.yaml"
            path.write_text("\n".join(mended), "utf-8")
            out, _, _ = run("check", path.name, "--format", "concise", cwd=tmp_path)
            assert not re.search(rf"yaml:{line}:\d+: U2", out), (code, offer, out)
