"""fmt's layout: one form, every comment, the same meaning."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_text import Writer

from ustm_cli.plan.layout import laid_out
from ustm_cli.plan.syntax import Unwritable, comments, data_of, tree_of, written

REAL = (Path(__file__).parents[2] / "plans" / "fy2564.yaml").read_text("utf-8")

UNTIDY = """\
# head

office: ก   # tail of office
fiscal_year:   2564
# above events
events:
- id: a   # tail of a
  every:   month
  name:  "การประชุม"
  # inside a
# above b
-
  # inside b
  name: ข
  id: b
  every: year


groups: # tail of groups
    # before the group
    - title: กลุ่ม
      id: academic
      activities:
        - when: [ 6 ตุลาคม 2563 ,  "๗ ต.ค. ๖๓" ]
          title: >-   # folded
               line one
                 more
               line two

          id: x
          overrides:   # exceptions
            FY2564:
               reason: เหตุ
               deadline: 20 ต.ค. 2563
          # end of x

        # before y
        - {title: y, id: y, when: "ทุกเดือน", target: {unit: แห่ง, count: 3}}
        - title: a
            b   # tail of z
          id: z
          topics: [a,
             b,   # in brackets
             c]
    # end of groups
# very end
"""
TIDY = """\
# head

fiscal_year: 2564
office: ก  # tail of office

# above events
events:
  - id: a  # tail of a
    name: "การประชุม"
    every: month
    # inside a
  # above b
  # inside b
  - id: b
    name: ข
    every: year

groups:  # tail of groups
  # before the group
  - id: academic
    title: กลุ่ม
    activities:
      - id: x
        title: >-   # folded
          line one
            more
          line two
        when: [6 ต.ค. 2563, "7 ต.ค. 2563"]
        overrides:  # exceptions
          FY2564:
            deadline: 2563-10-20
            reason: เหตุ
        # end of x
      # before y
      - {id: y, title: y, when: "ทุกเดือน", target: {count: 3, unit: แห่ง}}

      - id: z
        title: a
          b  # tail of z
        topics: [a,
          b,   # in brackets
          c]
  # end of groups
# very end
"""


def test_an_untidy_plan_becomes_tidy() -> None:
    """Keys in order, dates in one form, one indentation, blank lines between activities, comments where they belong."""
    assert laid_out(UNTIDY) == TIDY


def test_the_tidy_one_stays() -> None:
    """What was laid out is left alone."""
    assert laid_out(TIDY) == TIDY


@settings(max_examples=120, deadline=None)
@given(st.integers(0, 10**9))
def test_nothing_is_lost_whatever_the_text(seed: int) -> None:
    """Of texts written in every careless way: every comment stays, the values stay, and twice is once."""
    text = Writer(seed).text()
    found = laid_out(text)
    assert Counter(re.findall(r"# c\d+", found)) == Counter(re.findall(r"# c\d+", text))
    assert data_of(tree_of(found)) == data_of(tree_of(text))
    assert laid_out(found) == found


def test_the_real_plan_keeps_every_comment() -> None:
    """Compared by text, not by our own reading of comments."""
    lines = [line.strip() for line in REAL.splitlines() if line.strip().startswith("#")]
    found = [line.strip() for line in laid_out(REAL).splitlines() if line.strip().startswith("#")]
    assert sorted(found) == sorted(lines)


@pytest.mark.parametrize(
    "text",
    [
        "- a\n",
        "{fiscal_year: 2564}\n",
        "a: &x 1\n",
        "? a\n: b\n",
        "a: >2-\n    indented by a number\n",
        "a: [1\n",
        "just text\n",
        "",
    ],
)
def test_what_cannot_be_laid_out_is_refused(text: str) -> None:
    """Rather than to guess: such a text is left to its writer."""
    with pytest.raises(Unwritable):
        laid_out(text)


def test_document_start_stays() -> None:
    """`---` and what stands before it are kept."""
    assert laid_out("# a\n---\n# b\noffice:  x\n") == "# a\n---\n# b\noffice: x\n"


def test_comments_are_told_from_text() -> None:
    """A # inside of quotes, of a block of text or of a word is none."""
    text = "a: 'x # y'  # one\nb: |  # two\n  # text\n  more\nc: d#e\n# three\nd: [1,  # four\n  2]\n"
    assert comments(text) == ["# one", "# two", "# three", "# four"]


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30), st.sampled_from(["", "'", '"']), st.booleans())
def test_a_written_scalar_reads_back(text: str, style: str, flow: bool) -> None:
    """Any text at all, plain or quoted, in a list or not, is read as itself."""
    raw = written(text, flow=flow, style=style)
    tree = tree_of(f"a: [{raw}]\n" if flow else f"a: {raw}\n")
    node = tree.entries[0].value.entries[0].value if flow else tree.entries[0].value
    assert node.value == text
