"""`ustm render`: the plan's documents through the templates, as Markdown, HTML and PDF."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple

import typer

from ustm_cli.cli.faults import FINDINGS, RunFault, UseFault
from ustm_cli.cli.session import Session

if TYPE_CHECKING:
    from ustm_cli.cli.world import World
    from ustm_cli.register.state import Attained
    from ustm_cli.render.document import Kind, Sources

KINDS = ("sheets", "table", "year", "dashboard")
FORMATS = ("md", "html", "pdf")
LARGEST_TEMPLATE = 1 << 20  # bytes


class Paper(NamedTuple):
    """One document to be: its kind, the name of its file without the ending, what it shows."""

    kind: Kind
    name: str
    view: Any


def render(
    context: typer.Context,
    what: Annotated[
        list[str] | None,
        typer.Argument(metavar="[DOCUMENT]...", help="sheets table year dashboard all (ค่าปริยาย: all)"),
    ] = None,
    to: Annotated[
        list[str] | None, typer.Option("--to", metavar="FORMAT", help="รูปแบบ md html pdf (ซ้ำได้ ค่าปริยาย: html)")
    ] = None,
    out: Annotated[
        str, typer.Option("--out", metavar="DIR", show_default=False, help="โฟลเดอร์ที่เขียน (ค่าปริยาย: out)")
    ] = "out",
    templates: Annotated[
        str | None, typer.Option("--templates", metavar="DIR", help="โฟลเดอร์แม่แบบของสำนักงาน ใช้ก่อนของระบบ")
    ] = None,
    check: Annotated[bool, typer.Option("--check", help="ไม่เขียน แต่ตรวจว่าแฟ้มเป็นปัจจุบัน (จบด้วย 1 ถ้าไม่)")] = False,
) -> None:
    """เอกสารของแผน: แผ่นภารกิจ ตารางสิบสองเดือน ปฏิทินรายปี ภาพรวม"""
    session: Session = context.obj
    kinds = _chosen("DOCUMENT", what or ["all"], (*KINDS, "all"))
    kinds = KINDS if "all" in kinds else kinds
    formats = _chosen("--to", to or ["html"], FORMATS)
    from ustm_cli.cli.world import world_of

    own = own_templates(session, templates)
    world = world_of(session)
    pages = list(_pages(world, kinds, formats, own))
    if check:
        _check(session, out, pages)
    else:
        _write(session, out, pages)


def _chosen(option: str, wanted: Sequence[str], known: Sequence[str]) -> tuple[str, ...]:
    for value in wanted:
        if value not in known:
            raise UseFault("bad_choice", option=option, value=value, known=", ".join(known))
    return tuple(value for value in known if value in wanted)


# ---- templates


def own_templates(session: Session, folder: str | None) -> Sources:
    """The office's templates by name, none without a folder. Raises RunFault."""
    if folder is None:
        return {}
    place = session.cwd / folder
    if not place.exists():
        raise RunFault("render_no_folder", folder=folder)
    if not place.is_dir():
        raise RunFault("render_not_a_folder", folder=folder)
    found = _read(place, folder)
    if not found.keys() & shipped_templates().keys():
        names = ", ".join(sorted(shipped_templates()))
        session.tell(session.voice.say("render_no_own", folder=folder, names=names))
    return found


def shipped_templates() -> Sources:
    """Ours: inside the package where it is installed, beside it in a checkout."""
    package = Path(__file__).parents[2]
    inside = package / "templates"
    return _read(inside if inside.is_dir() else package.parent / "templates", "ustm")


def _read(folder: Path, called: str) -> Sources:
    from ustm_cli.render.document import Source

    found: dict[str, Source] = {}
    name = called
    try:
        for path in sorted(folder.glob("*.j2")):
            name = f"{called}/{path.name}"
            with path.open("rb") as file:
                data = file.read(LARGEST_TEMPLATE + 1)
            if len(data) > LARGEST_TEMPLATE:
                raise RunFault("template_unreadable", file=name, problem=f"> {LARGEST_TEMPLATE} bytes")
            found[path.name] = Source(data.decode("utf-8-sig").replace("\r\n", "\n"), name)
    except UnicodeDecodeError:
        raise RunFault("template_unreadable", file=name, problem="UTF-8?") from None
    except OSError as error:
        raise RunFault("template_unreadable", file=error.filename, problem=error.strerror or error) from None
    return found


# ---- pages


class Page(NamedTuple):
    """The bytes of one file to be; of a PDF, those of the page it is printed from."""

    file: str
    format: Literal["md", "html", "pdf"]
    data: bytes


def _pages(world: World, kinds: Sequence[str], formats: Sequence[str], own: Sources) -> Iterator[Page]:
    from ustm_cli.render.document import TemplateFault, document

    shipped = shipped_templates()
    try:
        for paper in papers(world, kinds):
            written: dict[str, bytes] = {}
            for format_ in formats:
                source: Any = "md" if format_ == "md" else "html"
                if source not in written:
                    text = document(paper.kind, source, paper.view, world.session.voice, shipped, own)
                    written[source] = text.encode()
                yield Page(f"{paper.name}.{format_}", format_, written[source])  # type: ignore[arg-type]
    except TemplateFault as fault:
        raise RunFault("template_fault", file=fault.file, line=fault.line, problem=fault.problem) from None


def papers(world: World, kinds: Sequence[str]) -> Iterator[Paper]:
    """A document of each kind and fiscal year; one dashboard of all years."""
    from ustm_cli.dates.fiscal import fiscal_year
    from ustm_cli.views import dashboard, sheets, table, year

    today = world.session.today
    for be_year in world.years:
        plans = [plan for plan in world.plans if plan.fiscal_year == be_year]
        span = fiscal_year(be_year)
        if "sheets" in kinds:
            yield Paper("sheets", f"sheets-{be_year}", sheets.sheets(be_year, plans))
        if "table" in kinds:
            yield Paper("table", f"table-{be_year}", table.table(be_year, plans, world.rows, world.known))
        if "year" in kinds:
            off = world.holidays(span.start, span.end)
            yield Paper("year", f"year-{be_year}", year.year(be_year, plans, world.rows, off, today))
    if "dashboard" in kinds:
        yield Paper("dashboard", "dashboard", dashboard.dashboard(world.plans, world.rows, today, _recorded(world)))


def _recorded(world: World) -> Mapping[tuple[str, str], Attained]:
    """What is recorded of targets, by (plan file, activity)."""
    found = {file: register.state.progress for file, register in world.registers.items()}
    return {(file, activity): known for file, progress in found.items() for activity, known in progress.items()}


# ---- files


def _check(session: Session, out: str, pages: Sequence[Page]) -> None:
    """Tell the files that are missing or stale, and exit with 1 where there are any."""
    from ustm_cli.cli.chromium import is_pdf_of

    stale = 0
    for page in pages:
        data = _held(session.cwd / out / page.file)
        if is_pdf_of(data, page.data) if page.format == "pdf" else data == page.data:
            continue
        stale += 1
        session.say(session.voice.say("render_missing" if data is None else "render_stale", file=_named(out, page)))
    if stale:
        session.exit_code = FINDINGS
    else:
        session.say(session.voice.say("render_current", count=len(pages)))


def _write(session: Session, out: str, pages: Sequence[Page]) -> None:
    from ustm_cli.cli import chromium
    from ustm_cli.cli.output import write_file

    program = chromium.find(session.env) if any(page.format == "pdf" for page in pages) else ""
    folder = _folder(session.cwd / out, out)
    for page in pages:
        # A link in the place of a file is replaced: what it leads to is nothing of ours.
        name, path = _named(out, page), folder.resolve() / page.file
        before, data = None if path.is_symlink() else _held(path), page.data
        if page.format == "pdf":
            current = before if chromium.is_pdf_of(before, page.data) else None
            data = current or chromium.pdf(program, page.data, folder, session.today)
        if data != before:
            try:
                write_file(path, data, name)
            except OSError as error:
                raise RunFault("cannot_write", file=name, problem=error.strerror or error) from None
        session.say(session.voice.say("render_same" if data == before else "render_wrote", file=name))


def _folder(folder: Path, name: str) -> Path:
    from ustm_cli.register.store import make_folder

    try:
        make_folder(folder)
    except (FileExistsError, NotADirectoryError):
        raise RunFault("render_not_a_folder", folder=name) from None
    except OSError as error:
        raise RunFault("cannot_write", file=name, problem=error.strerror or error) from None
    return folder


def _held(path: Path) -> bytes | None:
    """What a file holds, None where it is not there or cannot be read."""
    try:
        return path.read_bytes()
    except OSError:
        return None


def _named(out: str, page: Page) -> str:
    return Path(out, page.file).as_posix()
