"""The house stands: imports run one way, and asking for help or the version loads nothing heavy."""

from __future__ import annotations

import ast
import json
import string
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from ustm_cli.plan.findings import CATALOGUE
from ustm_cli.render.texts import HELP, TEXTS

TOP = Path(__file__).parent.parent
PACKAGE = TOP / "ustm_cli"
FLOORS = (
    ("cache",),
    ("dates",),
    ("deadlines",),
    ("plan",),
    ("obligations", "settings"),
    ("checks",),
    ("register",),
    ("views",),
    ("render",),
    ("post",),
    ("cli",),
    ("quick",),
    ("__main__",),
)
FLOOR = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}
MODULES = sorted(PACKAGE.rglob("*.py"))


def room_of(module: str) -> str | None:
    """The room of a module of ours, by its dotted name; None for the package itself and for what is not ours."""
    parts = module.split(".")
    return parts[1] if parts[0] == "ustm_cli" and len(parts) > 1 else None


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """(line, module) of every import of a file, those inside functions too."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: a relative import"
            if node.module == "ustm_cli":
                yield from ((node.lineno, f"ustm_cli.{alias.name}") for alias in node.names)
            else:
                yield node.lineno, str(node.module)


def dotted(path: Path) -> str:
    return ".".join(path.relative_to(TOP).with_suffix("").parts).removesuffix(".__init__")


@pytest.mark.parametrize("path", MODULES, ids=dotted)
def test_imports_run_one_way(path: Path) -> None:
    """A module imports its own room and those below it, as docs/architecture.md says; never one above."""
    own = room_of(dotted(path))
    for line, module in imports(path):
        other = room_of(module)
        if own is None or other is None or other == "__version__":
            continue
        assert own in FLOOR, f"{own} has no floor yet: give it one here and in docs/architecture.md"
        assert FLOOR[other] < FLOOR[own] or other == own, f"{path.name}:{line}: {own} looks up into {other}"


@pytest.mark.parametrize("path", MODULES, ids=dotted)
def test_no_import_goes_round(path: Path) -> None:
    """Importing a module alone works: nothing leans on what another import happened to load first."""
    seen: set[str] = set()
    todo = [dotted(path)]
    files = {dotted(file): file for file in MODULES}
    while todo:
        name = todo.pop()
        for module in top_imports(files[name], files):
            if module in files and module not in seen:
                assert module != dotted(path), f"{name} leads back to {module}"
                seen.add(module)
                todo.append(module)


def top_imports(path: Path, files: Mapping[str, Path]) -> Iterator[str]:
    """The modules of ours that a file imports when it is itself imported."""
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("ustm_cli"):
            module = str(node.module)
            names = [f"{module}.{alias.name}" for alias in node.names]
            # A name of a package is a module of it or stands in its __init__.
            yield from (name if name in files else module for name in names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def test_dates_need_the_standard_library_alone() -> None:
    """`ustm_cli/dates` imports nothing from outside Python."""
    found = {module.split(".")[0] for path in (PACKAGE / "dates").glob("*.py") for _, module in imports(path)}
    assert found <= {*sys.stdlib_module_names, "ustm_cli"}


@pytest.mark.parametrize(
    "room", [room for room in FLOOR if room not in ("cli", "quick", "__main__", "register", "post", "settings")]
)
def test_below_the_edge_nobody_asks_the_clock_or_prints(room: str) -> None:
    """Below `cli` no function prints or asks what day it is; `today` is an argument."""
    files = sorted((PACKAGE / room).rglob("*.py")) or [PACKAGE / f"{room}.py"]
    for path in files:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                called = ast.unparse(node.func)
                assert called not in ("print", "input"), f"{path.name}:{node.lineno}: {called}"
                assert not called.endswith((".today", ".now", ".utcnow", "time.time")), (
                    f"{path.name}:{node.lineno}: {called}"
                )


def test_every_room_is_in_the_architecture() -> None:
    """docs/architecture.md names every room of the package."""
    text = (TOP / "docs" / "architecture.md").read_text("utf-8")
    rooms = {room_of(dotted(path)) for path in MODULES} - {None, "__main__"}
    assert [room for room in sorted(map(str, rooms)) if f"`ustm_cli/{room}" not in text] == []


# ---- what a start costs


@pytest.mark.parametrize(
    "words", [["--help"], ["--version"], ["due", "--help"], ["--lang", "en", "check", "--help"]], ids=" ".join
)
def test_help_and_version_load_nothing_heavy(
    words: list[str], run_process: Callable[..., subprocess.CompletedProcess[bytes]]
) -> None:
    """`ustm --help` and `ustm --version` import neither pydantic, rich's tables, jinja2, ruamel nor dateutil."""
    script = (
        "import json, sys\nfrom ustm_cli.cli import run\ncode = run(sys.argv[1:])\n"
        "print(json.dumps([code, sorted(sys.modules)]), file=sys.stderr)"
    )
    ran = run_process(*words, python=("-c", script))
    code, modules = json.loads(ran.stderr)
    assert code == 0
    assert ran.stdout
    heavy = {
        "pydantic",
        "rich.table",
        "rich.console",
        "jinja2",
        "ruamel.yaml",
        "_ruamel_yaml",
        "dateutil",
        "holidays",
        "numpy",
    }
    assert heavy & set(modules) == set()


# ---- both languages


def commands() -> Iterator[tuple[str, Any]]:
    """Every command and group of the library, by its path."""
    from ustm_cli.cli.app import build

    def walk(path: str, command: Any) -> Iterator[tuple[str, Any]]:
        yield path, command
        for name, child in getattr(command, "commands", {}).items():
            yield from walk(f"{path} {name}", child)

    return walk("ustm", build("th"))


def help_texts() -> list[tuple[str, str]]:
    """(where, text) of every help of the Thai interface."""
    found = []
    for path, command in commands():
        found.append((path, command.help or ""))
        found += [(f"{path} {param.opts[0]}", getattr(param, "help", None) or "") for param in command.params]
    return found


def test_every_help_is_there_in_both_languages() -> None:
    """Every command, option and argument has its help in Thai, and that in the list of English ones."""
    for where, text in help_texts():
        assert text, f"{where} has no help"
        plain = text.isascii()
        assert plain or text in HELP, f"{where}: {text!r} has no English"
        assert plain or HELP[text].isascii(), f"{where}: {HELP[text]!r} is not English"


def test_help_in_english_has_no_thai(run: Callable[..., tuple[str, str, int]]) -> None:
    """`ustm --lang en COMMAND --help` is English through and through, the Thai one has no English sentence."""
    for path, _ in commands():
        out, _, code = run(*path.split()[1:], "--help", "--lang", "en")
        assert code == 0
        assert not [char for char in out if "\u0e01" <= char <= "\u0e5b"], path
        out, _, _ = run(*path.split()[1:], "--help")
        assert "Show this message" not in out, path


def test_every_sentence_has_both_languages() -> None:
    """Every text of the interface has a Thai and an English form with the same facts in braces."""
    for key, (thai, english) in TEXTS.items():
        facts = [{name for _, name, _, _ in string.Formatter().parse(text) if name} for text in (thai, english)]
        assert facts[0] == facts[1], key
        assert not any(words for _, _, words, _ in string.Formatter().parse(thai)), f"{key}: Thai has no plural"
        assert thai, key
        assert english, key
        assert key.startswith("starter_") or not [char for char in english if "\u0e01" <= char <= "\u0e5b"], key


def test_every_finding_has_both_languages() -> None:
    """Every finding's sentence and help have a Thai and an English form; the English has no Thai."""
    for code, kind in CATALOGUE.items():
        assert kind.th, code
        assert kind.en, code
        assert bool(kind.help_th) == bool(kind.help_en), code
        assert not [char for char in kind.en if "\u0e01" <= char <= "\u0e5b"], code
