"""The documents in a real browser and on real paper: Debian's Chromium, headless, without a network."""

from __future__ import annotations

import re
import shutil
import subprocess
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.browser.devtools import Browser, Page, program
from tests.conftest import TOP, Ran

CHROMIUM = program()
AXE = Path(__file__).parent / "vendor" / "axe.min.js"
PAGES = ("sheets-2564", "table-2564", "year-2564", "dashboard")
WIDTHS = (1280, 390)
TAB, ENTER, DOWN, END = ("Tab", "", 9), ("Enter", "\r", 13), ("ArrowDown", "", 40), ("End", "", 35)
# What a hostile plan would say: a word that no line can hold, tags, templates, a turn of direction, another line.
HOSTILE = """- id: a
  title: "%s <script>document.title='x'</script> {{ 7*7 }} \\u202eกลับ\\n# หัว"
  when: ทุกวันจันทร์
  owner: "%s"
"""

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine: pages are not opened")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    found = Browser(str(CHROMIUM))
    yield found
    found.close()


@pytest.fixture(scope="module")
def out(run: Callable[..., Ran], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The documents of the office's plan."""
    folder = tmp_path_factory.mktemp("pages")
    assert run("render", "--plan", TOP / "plans" / "fy2564.yaml", "--out", folder).code == 0
    return folder


@pytest.fixture(params=[(name, width) for name in PAGES for width in WIDTHS], ids=lambda one: f"{one[0]}-{one[1]}")
def page(request: pytest.FixtureRequest, browser: Browser, out: Path) -> Iterator[Page]:
    name, width = request.param
    opened = browser.page(out / f"{name}.html", width)
    yield opened
    opened.close()


OVERFLOWING = """(() => {
  const wide = [...document.querySelectorAll("main *")].filter(one => {
    const box = one.getBoundingClientRect();
    return !one.closest(".said, [hidden], .list thead, .plan thead, .sheet thead") && box.width > 1
      && (box.right > innerWidth + 1 || box.left < -1);
  });
  const cells = [...document.querySelectorAll("td, th")].filter(one => one.scrollWidth > one.clientWidth + 2
    && getComputedStyle(one).display !== "none" && one.clientWidth > 1 && !one.closest(".month, thead"));
  const told = wide.concat(cells).slice(0, 5).map(one => one.outerHTML.slice(0, 200));
  return [document.documentElement.scrollWidth > innerWidth, ...told];
})()"""


def test_page_is_quiet_and_fits(page: Page) -> None:
    """Nothing on the console, nothing asked of any network, nothing wider than the window or than its own cell."""
    assert page.run(OVERFLOWING) == [False]
    assert page.complaints() == []
    assert page.requests() == []


BREAKS = """(() => {
  const found = [];
  const heads = [...document.querySelectorAll("thead, thead tr")].filter(one => one.clientWidth < 2);
  const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = node.data;
    const holder = node.parentElement;
    if (!/[\\u0e01-\\u0e2e]{4}/.test(text) || !holder.checkVisibility()) continue;
    if (holder.closest(".said, option, title, desc") || heads.some(one => one.contains(node))) continue;
    const range = document.createRange();
    let before = null;
    const at = [];
    for (let i = 0; i < text.length; i++) {
      if (/[\\s\\u0e31\\u0e34-\\u0e3a\\u0e47-\\u0e4e]/.test(text[i])) continue;
      range.setStart(node, i); range.setEnd(node, i + 1);
      const box = range.getBoundingClientRect();
      if (before !== null && box.top > before + box.height / 2) at.push(i);
      before = box.top;
    }
    if (at.length) found.push([text, at]);
  }
  return found;
})()"""


def test_thai_breaks_between_words(page: Page) -> None:
    """Every line of Thai that the browser broke, it broke where a dictionary of Thai ends a word."""
    icu = pytest.importorskip("icu", reason="PyICU is not installed: line breaks are not compared")
    broken = page.run(BREAKS)
    assert broken
    words = icu.BreakIterator.createLineInstance(icu.Locale("th"))
    wrong = []
    for text, places in broken:
        words.setText(text)
        ends = set(words)
        wrong += [
            f"{text[:i]}|{text[i:]}"
            for i in places
            if i not in ends and len(text) == len(text.encode("utf-16")) // 2 - 1
        ]
    assert wrong == []


def test_accessible_by_axe(page: Page) -> None:
    """axe-core finds no fault: contrast, landmarks, headings, names, tables, language."""
    if not AXE.is_file():
        pytest.skip("axe-core is not there: accessibility is not checked")
    page.run("document.querySelectorAll('details').forEach(one => { one.open = true })")
    page.run(AXE.read_text("utf-8"))
    result = page.run("axe.run(document, {resultTypes: ['violations']})")
    told = [(one["id"], one["help"], [node["html"][:200] for node in one["nodes"][:3]]) for one in result["violations"]]
    assert told == []
    assert {"color-contrast", "landmark-one-main", "region"} <= {one["id"] for one in result["passes"]}


def test_the_screen_reader_hears_the_marks(browser: Browser, out: Path) -> None:
    """The accessibility tree has the table with its columns, and a mark says its kind and its days."""
    page = browser.page(out / "table-2564.html", 1280)
    nodes = page.call("Accessibility.getFullAXTree")["nodes"]
    names = {(node.get("role", {}).get("value"), node.get("name", {}).get("value")) for node in nodes}
    assert {("columnheader", "กำหนดระยะเวลา"), ("columnheader", "ตุลาคม 2563")} <= names
    said = {name for role, name in names if role == "StaticText"}
    assert {"ช่วง 1 ต.ค. - 19 พ.ย. 2563", "ครบกำหนด 10 ต.ค. 2563 ทำภายใน 9 ต.ค. 2563"} <= said
    page.close()


# ---- the filters


def focus(page: Page, id: str) -> None:
    """Go there by the Tab key alone."""
    for _ in range(60):
        if page.run("document.activeElement.id") == id:
            return
        page.press(*TAB)
    raise AssertionError(f"Tab never reaches {id}")


def shown(page: Page) -> dict[str, int]:
    """The visible rows by status."""
    counted: dict[str, int] = page.run(
        "[...document.querySelectorAll('tr[data-status]:not([hidden])')]"
        ".reduce((all, row) => ({...all, [row.dataset.status]: (all[row.dataset.status] || 0) + 1}), {})"
    )
    return counted


@pytest.mark.parametrize("width", WIDTHS)
def test_filters_by_keyboard(browser: Browser, out: Path, width: int) -> None:
    """Tab to a filter, choose with the arrows, hear the count; clear with Enter; the other filters join it."""
    page = browser.page(out / "dashboard.html", width)
    everything = shown(page)
    assert page.run("document.querySelector('.filters output').textContent").startswith(
        f"แสดง {sum(everything.values())} จาก"
    )
    focus(page, "filter-status")
    page.press(*DOWN)
    chosen = page.run("document.querySelector('#filter-status').value")
    assert shown(page) == {chosen: everything[chosen]}
    assert f"แสดง {everything[chosen]} จาก" in page.run("document.querySelector('.filters output').textContent")
    page.press("Tab", "", 9, 8)
    page.press("Tab", "", 9, 8)
    assert page.run("document.activeElement.id") == "filter-group"
    page.press(*END)
    group = page.run("document.querySelector('#filter-group').value")
    rows = page.run(
        "[...document.querySelectorAll('tr[data-group]:not([hidden])')]"
        ".map(row => [row.dataset.group, row.dataset.status])"
    )
    assert {tuple(row) for row in rows} <= {(group, chosen)}
    for _ in range(3):
        page.press(*TAB)
    assert page.run("document.activeElement.type") == "reset"
    page.press(*ENTER)
    page.run("new Promise(done => setTimeout(done, 50))")
    assert shown(page) == everything
    assert page.complaints() == []
    page.close()


def test_without_script_all_is_there(browser: Browser, out: Path) -> None:
    """The dashboard needs its script for the filters only."""
    page = browser.page(out / "dashboard.html", 1280)
    page.call("Emulation.setScriptExecutionDisabled", value=True)
    browser.events.clear()
    page.call("Page.reload")
    browser.wait("Page.loadEventFired", page.session)
    page.call("Emulation.setScriptExecutionDisabled", value=False)
    assert page.run("document.querySelectorAll('tr[data-group]').length") > 200
    page.close()


# ---- hostile text


@pytest.mark.parametrize("width", WIDTHS)
def test_a_hostile_plan_in_the_browser(
    browser: Browser, plan: Callable[..., Path], run: Callable[..., Ran], tmp_path: Path, width: int
) -> None:
    """A word of ten thousand letters wraps, a script does not run, nothing is asked for."""
    plan(HOSTILE % ("x" * 10_000, "ก" * 3_000))
    assert run("render", cwd=tmp_path).code == 0
    for name in PAGES:
        page = browser.page(tmp_path / "out" / f"{name}.html", width)
        assert page.run("document.documentElement.scrollWidth") <= width, name
        assert page.run("document.title") != "x"
        assert (page.complaints(), page.requests()) == ([], [])
        page.close()


# ---- on paper


def squeezed(text: str) -> str:
    """Text without its spaces, sara am in one character, as PDF tools differ on both."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFC", text)).replace("\u0e4d\u0e32", "\u0e33")


def paper(page: Page, folder: Path) -> list[str]:
    """The text of each printed page."""
    if not shutil.which("pdftotext"):
        pytest.skip("no pdftotext on this machine: the printed text is not read")
    file = folder / "page.pdf"
    file.write_bytes(page.pdf())
    raw = subprocess.run(["pdftotext", "-raw", "-enc", "UTF-8", file, "-"], capture_output=True, check=True).stdout
    return [squeezed(text) for text in raw.decode("utf-8").split("\f")[:-1]]


def titles() -> list[str]:
    from ustm_cli.plan.load import load

    found = load(TOP / "plans" / "fy2564.yaml", "plan").plan
    assert found
    return [
        squeezed(item.activity.title).translate(str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")) for item in found.activities
    ]


@pytest.mark.parametrize("name", PAGES)
def test_paper_is_a4_landscape(browser: Browser, out: Path, name: str) -> None:
    """Every printed page is A4, lying."""
    page = browser.page(out / f"{name}.html", 1280)
    boxes = re.findall(rb"/MediaBox ?\[([^\]]*)\]", page.pdf())
    page.close()
    sizes = {tuple(round(float(part)) for part in box.split()) for box in boxes}
    assert sizes == {(0, 0, 842, 595)}


def test_paper_of_the_table_and_the_year_holds_every_activity(browser: Browser, out: Path, tmp_path: Path) -> None:
    """Each title stands whole on one page, and every page of the table bears its title, its head and its months."""
    for name in ("table-2564", "year-2564"):
        page = browser.page(out / f"{name}.html", 1280)
        pages = paper(page, tmp_path)
        page.close()
        missing = [title for title in titles() if not any(title in text for text in pages)]
        assert missing == [], name
        if name == "table-2564":
            head = (
                "แผนการปฏิบัติงานสำนักงานคลังจังหวัด",
                "งาน/โครงการ/กิจกรรม",
                "กำหนดระยะเวลา",
                "การตรวจติดตาม",
                "ต.ค.-63",
                "ก.ย.-64",
            )
            assert [words for text in pages for words in head if words not in text] == []


def test_paper_of_the_sheets_is_one_a_page(browser: Browser, out: Path, tmp_path: Path) -> None:
    """Eleven sheets on eleven pages, each with its own title and the three columns' heads."""
    page = browser.page(out / "sheets-2564.html", 1280)
    own = [
        squeezed(text) for text in page.run("[...document.querySelectorAll('.sheet h2')].map(one => one.textContent)")
    ]
    pages = paper(page, tmp_path)
    page.close()
    assert len(pages) == len(own) == 11
    assert all(title in text for title, text in zip(own, pages, strict=True))
    assert all(word in text for text in pages for word in ("ภารกิจ", "บริบทการดำเนินงาน", "กลยุทธ์"))


def test_paper_announces_nothing_that_it_lacks(browser: Browser, out: Path, tmp_path: Path) -> None:
    """What is folded is not on paper, heading and all; opened it is."""
    page = browser.page(out / "dashboard.html", 1280)
    heads = page.run("[...document.querySelectorAll('summary h2')].map(one => one.firstChild.textContent)")
    folded = "".join(paper(page, tmp_path))
    page.run("document.querySelectorAll('details').forEach(one => { one.open = true })")
    opened = "".join(paper(page, tmp_path))
    page.close()
    assert len(heads) == 2
    assert [head for head in heads if squeezed(head) in folded] == []
    assert [head for head in heads if squeezed(head) not in opened] == []


def test_rows_are_not_broken_across_pages(browser: Browser, out: Path, tmp_path: Path) -> None:
    """A row that begins on a page ends there: its last cell's text is on the page of its first."""
    page = browser.page(out / "table-2564.html", 1280)
    rows = page.run(
        "[...document.querySelectorAll('tr.activity')]"
        ".map(row => ['.name', '.times', '.follow'].map(cell => row.querySelector(cell).innerText))"
    )
    pages = paper(page, tmp_path)
    page.close()
    torn = [row[0] for row in rows if not any(all(squeezed(cell) in text for cell in row) for text in pages)]
    assert torn == []


def test_the_command_prints_a_pdf(run: Callable[..., Ran], plan: Callable[..., Path], tmp_path: Path) -> None:
    """`--to pdf` makes a dated PDF of the page, the same again, and knows whether it is current.

    Chromium numbers the nodes of a page as they come: these numbers alone may differ.
    """
    plan("- {id: a, title: งาน, when: ทุกเดือน}")
    env = {"CHROMIUM": str(CHROMIUM)}
    assert run("render", "table", "--to", "pdf", cwd=tmp_path, env=env).code == 0
    first = (tmp_path / "out" / "table-2564.pdf").read_bytes()
    assert first.startswith(b"%PDF")
    assert b"(D:20201116000000" in first
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["table-2564.pdf"]
    assert run("render", "table", "--to", "pdf", "--check", cwd=tmp_path, env={"CHROMIUM": "/none"}).code == 0
    (tmp_path / "out" / "table-2564.pdf").unlink()
    run("render", "table", "--to", "pdf", cwd=tmp_path, env=env)
    again = (tmp_path / "out" / "table-2564.pdf").read_bytes()
    assert re.sub(rb"node\d+", b"", again) == re.sub(rb"node\d+", b"", first)
    plan("- {id: a, title: งานใหม่, when: ทุกเดือน}")
    ran = run("render", "table", "--to", "pdf", "--check", cwd=tmp_path, env=env)
    assert (ran.code, ran.out) == (1, "ไม่เป็นปัจจุบัน out/table-2564.pdf\n")
