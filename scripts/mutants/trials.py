"""How a mutant is tried: in a forked child that runs the tests that reach it, the quickest first, until one fails.

Warm: the child of a process that has collected all tests gets the changed function's code in place of the right one.
Cold: the child of a process that has loaded everything but the package loads it with the changed module; for what
stands outside of functions and lived, since tests may hold what was there before.
Slow: cold, with the tests that take long; for all that lived.
"""

from __future__ import annotations

import ast
import contextlib
import functools
import gc
import importlib.abc
import importlib.util
import json
import os
import resource
import signal
import sys
import types
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from operators import Mutant, mutants_of

TOP = Path(__file__).resolve().parent.parent.parent
PACKAGE = str(TOP / "ustm_cli")
RESULTS = TOP / "build" / "mutants"
KEPT = RESULTS / "reach.json"
OPTIONS = [
    "-o",
    "addopts=--strict-markers",
    "-s",
    "-p",
    "no:terminal",
    "-p",
    "no:cacheprovider",
    "-p",
    "no:xdist",
    "-W",
    "ignore::pytest.PytestAssertRewriteWarning",
]
SLOW_SECONDS = 0.4
WARM_SECONDS = 60
MEMORY = 4 << 30
LIVED, DIED, BROKE = 0, 1, 3
CACHE = type(functools.cache(id))
# What is loaded before the package is: all that tests and package import from elsewhere.
FOREIGN = (
    "hypothesis.strategies", "numpy", "icu", "holidays", "pydantic", "ruamel.yaml", "dateutil.rrule", "rich.console",
    "typer.testing", "jinja2", "icalendar", "openpyxl", "xlsxwriter",
)  # fmt: skip


class Reach(NamedTuple):
    """What a run of all tests showed: seconds and reached functions of each test; functions that run while loading."""

    seconds: Mapping[str, float]
    tests: Mapping[str, Sequence[str]]
    loading: frozenset[str]

    def is_kept(self, mutant: Mutant) -> bool:
        """Whether what the function gave is kept from when its module, or one that uses it, was loaded."""
        return f"{mutant.module}:{mutant.function}" in self.loading or mutant.module.endswith("grammar.py")

    def of(self, mutant: Mutant, *, slow: bool) -> list[str]:
        """The tests that reach the mutant's function, or for what stands outside of functions its module."""
        own = set(self.tests.get(f"{mutant.module}:{mutant.function}", ()))
        if not mutant.function or self.is_kept(mutant):
            # What is read when a module is loaded may show anywhere, likeliest where the module is reached.
            reached = (tests for name, tests in self.tests.items() if name.startswith(f"{mutant.module}:"))
            own = {test for tests in reached for test in tests}
            return [*self._quickest(own, slow=slow), *self._quickest(self.seconds.keys() - own, slow=slow)]
        return self._quickest(own, slow=slow)

    def _quickest(self, tests: Iterable[str], *, slow: bool) -> list[str]:
        """Of each test function one row after the other: rows of one table find much the same."""
        rows: Counter[str] = Counter()
        turns = {}
        for test in sorted((one for one in tests if (self.seconds[one] >= SLOW_SECONDS) == slow), key=self.seconds.get):
            function = test.partition("[")[0]
            rows[function] += 1
            turns[test] = rows[function]
        return sorted(turns, key=turns.__getitem__)


def kept_reach() -> Reach | None:
    """What the last run showed, if no file has changed since."""
    files = [file for folder in ("ustm_cli", "tests") for file in (TOP / folder).rglob("*") if file.suffix != ".pyc"]
    if not KEPT.exists() or KEPT.stat().st_mtime < max(file.stat().st_mtime for file in files if file.is_file()):
        return None
    seconds, tests, loading = json.loads(KEPT.read_text())
    return Reach(seconds, tests, frozenset(loading))


class _Watch:
    """Notes which functions of the package are called, and which of them while a module is being loaded."""

    def __init__(self) -> None:
        self.seen: set[types.CodeType] = set()
        self.called: set[str] = set()
        self.loading: set[str] = set()

    def __call__(self, frame: types.FrameType, event: str, _: object) -> None:
        code = frame.f_code
        if code in self.seen or event != "call":
            return
        self.seen.add(code)
        if not code.co_filename.startswith(PACKAGE):
            return
        name = f"{code.co_filename[len(str(TOP)) + 1 :]}:{code.co_qualname.partition('.<')[0]}"
        self.called.add(name)
        above = frame.f_back
        while name not in self.loading and above is not None:
            if above.f_code.co_name == "<module>" and above.f_code.co_filename.startswith(PACKAGE):
                self.loading.add(name)
            above = above.f_back


class _Outcome:
    """Plugin that remembers the first test that failed."""

    failed = ""

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed and not self.failed:
            self.failed = report.nodeid

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed and not self.failed:
            self.failed = report.nodeid or "collection"


# ---- children


class _Child(NamedTuple):
    mutant: int
    pipe: int


class Verdict(NamedTuple):
    mutant: int
    died: bool
    test: str


def in_children(tasks: Iterable[tuple[int, Callable[[], str]]], jobs: int) -> Iterator[Verdict]:
    """Run each task in a child; it died where the task names a failed test, or the child was stopped by a limit."""
    waiting: dict[int, _Child] = {}
    for mutant, task in tasks:
        if len(waiting) >= jobs:
            yield _ended(waiting)
        pipe, write = os.pipe()
        child = os.fork()
        if not child:
            os.close(pipe)
            _run(task, write)
        os.close(write)
        waiting[child] = _Child(mutant, pipe)
    while waiting:
        yield _ended(waiting)


def _run(task: Callable[[], str], write: int) -> None:
    os.setpgid(0, 0)
    null = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(null, stream)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.settrace(None)
    code = BROKE
    try:
        failed = task()
        os.write(write, failed.encode()[:60_000])
        code = DIED if failed else LIVED
    except BaseException as error:  # noqa: BLE001 (whatever ends a trial is a death)
        os.write(write, f"{type(error).__name__}: {error}".encode()[:4000])
    finally:
        os._exit(code)


def _ended(waiting: dict[int, _Child]) -> Verdict:
    pid, status = os.wait()
    while pid not in waiting:
        pid, status = os.wait()
    child = waiting.pop(pid)
    with os.fdopen(child.pipe, "rb") as file:
        said = file.read().decode()
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)
    if os.WIFSIGNALED(status):
        return Verdict(child.mutant, died=True, test=f"signal {os.WTERMSIG(status)}")
    return Verdict(child.mutant, died=os.WEXITSTATUS(status) == DIED, test=said)


def _limit(seconds: float) -> None:
    """Processor and wall time from now on, generous beside what the right code takes."""
    signal.setitimer(signal.ITIMER_VIRTUAL, 1 + 10 * seconds)
    signal.alarm(int(60 + 30 * seconds))


# ---- warm


class Warm:
    """Plugin: once all tests are collected, finds what they reach and tries mutants of functions."""

    def __init__(self, mutants: Mapping[int, Mutant], trees: Mapping[str, ast.Module], jobs: int, keep: Any) -> None:
        self.mutants, self.trees, self.jobs, self.keep = mutants, trees, jobs, keep
        self.watch = _Watch()
        self.outcome = _Outcome()
        self.reach = Reach({}, {}, frozenset())
        self.verdicts: list[Verdict] = []

    def run(self, tests: Sequence[str], *, trying: bool = True) -> None:
        self.trying = trying
        sys.settrace(self.watch)
        code = pytest.main([*OPTIONS, *tests], plugins=[self, self.outcome])
        sys.settrace(None)
        if code:
            raise SystemExit(f"the tests do not pass without a mutant: {self.outcome.failed or code}")

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        sys.settrace(None)
        items = {item.nodeid: item for item in session.items}
        self.caches = [thing for thing in gc.get_objects() if isinstance(thing, CACHE)]
        gc.freeze()
        self.reach = kept_reach() or self._reach(items)
        self.unfit = self._unfit(items) if self.trying else set()
        for verdict in in_children(self._tasks(items) if self.trying else (), self.jobs):
            self.verdicts.append(verdict)
            _tick(len(self.verdicts), verdict)
            if len(self.verdicts) % 50 == 0:
                self.keep(self.verdicts)
        return True

    def _reach(self, items: Mapping[str, pytest.Item]) -> Reach:
        """Run all tests once, in a child, so that this process stays as it is."""
        read, write = os.pipe()
        child = os.fork()
        if not child:
            os.close(read)
            try:
                with os.fdopen(write, "w") as file:
                    json.dump(self._ran(items), file)
            finally:
                os._exit(0)
        os.close(write)
        with os.fdopen(read) as file:
            seconds, tests = json.load(file)
        os.waitpid(child, 0)
        KEPT.write_text(json.dumps([seconds, tests, sorted(self.watch.loading)]))
        return Reach(seconds, tests, frozenset(self.watch.loading))

    def _ran(self, items: Mapping[str, pytest.Item]) -> tuple[dict[str, float], dict[str, list[str]]]:
        seconds: dict[str, float] = {}
        tests: dict[str, list[str]] = {}
        for id, item in items.items():
            self._forget()
            self.watch.called.clear()
            self.watch.seen.clear()
            begun = sum(os.times()[:4])
            sys.settrace(self.watch)
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=None)
            sys.settrace(None)
            if self.outcome.failed:
                break
            seconds[id] = sum(os.times()[:4]) - begun
            for name in self.watch.called:
                tests.setdefault(name, []).append(id)
        if self.outcome.failed:
            os.write(2, f"fails without a mutant: {self.outcome.failed}\n".encode())
            raise SystemExit
        return seconds, tests

    def _load_afresh(self) -> None:
        for module in _in_order(self.trees):
            _refresh(self.trees[module], sys.modules[_name(module)])

    def _unfit(self, items: Mapping[str, pytest.Item]) -> set[str]:
        """The tests that hold on to what was there before, so that they fail once all is loaded afresh."""

        def fail() -> str:
            self._load_afresh()
            failed = []
            for id in self.reach.seconds:
                if self.reach.seconds[id] < SLOW_SECONDS:
                    self._forget()
                    self.outcome.failed = ""
                    items[id].config.hook.pytest_runtest_protocol(item=items[id], nextitem=None)
                    failed += [id] if self.outcome.failed else []
            return "\n".join(failed)

        (verdict,) = in_children([(0, fail)], 1)
        return set(verdict.test.splitlines())

    def _forget(self) -> None:
        for cache in self.caches:
            cache.cache_clear()

    def _tasks(self, items: Mapping[str, pytest.Item]) -> Iterator[tuple[int, Callable[[], str]]]:
        for number, mutant in self.mutants.items():
            if _is_warm(mutant):
                afresh = not mutant.function or self.reach.is_kept(mutant)
                found = [test for test in self.reach.of(mutant, slow=False) if not (afresh and test in self.unfit)]
                tests = _killers_first(found, mutant.module, self.verdicts, self.mutants)
                while sum(self.reach.seconds[test] for test in tests) > WARM_SECONDS:
                    tests = tests[: len(tests) * 3 // 4]
                yield number, functools.partial(self._try, mutant, [items[test] for test in tests])

    def _try(self, mutant: Mutant, items: Sequence[pytest.Item]) -> str:
        mutant.put()
        function = _function(mutant) if mutant.function else None
        if function:
            function.__code__ = _compiled(self.trees[mutant.module], mutant, function)
        if not function or self.reach.is_kept(mutant):
            self._load_afresh()
        self._forget()
        for item in items:
            _limit(self.reach.seconds[item.nodeid])
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=None)
            if self.outcome.failed:
                return self.outcome.failed
        return ""


def _is_warm(mutant: Mutant) -> bool:
    """Functions, and what stands as a fact in a module or class; not the defaults of parameters and fields."""
    node: Any = mutant.holder
    while not (mutant.function or isinstance(node, ast.FunctionDef | ast.Module)):
        if isinstance(node, ast.AnnAssign) and isinstance(node.parent, ast.ClassDef):  # type: ignore[attr-defined]
            return _is_fact(node)
        node = node.parent
    return bool(mutant.function) or isinstance(node, ast.Module)


def _is_fact(node: ast.stmt) -> bool:
    if isinstance(node, ast.AnnAssign):
        return node.value is not None and ast.unparse(node.annotation).startswith("ClassVar")
    return isinstance(node, ast.Assign)


def _refresh(tree: ast.Module, module: types.ModuleType) -> None:
    """Run a module's statements again, its functions and classes left as they are but for the facts of classes."""
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            kind = vars(module)[node.name]
            for fact in filter(_is_fact, node.body):
                target: Any = fact.target if isinstance(fact, ast.AnnAssign) else fact.targets[0]  # type: ignore[attr-defined]
                if target.id != "__slots__":
                    value = compile(ast.Expression(fact.value), module.__name__, "eval")  # type: ignore[attr-defined]
                    setattr(kind, target.id, eval(value, vars(module), dict(vars(kind))))
        elif not isinstance(node, ast.FunctionDef) and not _is_sentinel(node):
            exec(compile(ast.Module([node], []), module.__name__, "exec"), vars(module))


def _is_sentinel(node: ast.stmt) -> bool:
    return isinstance(node, ast.Assign) and ast.unparse(node.value) == "object()"


def _in_order(trees: Mapping[str, ast.Module]) -> list[str]:
    """The modules, each after those that it takes from."""
    ordered: list[str] = []
    seen: set[str] = set()

    def visit(module: str) -> None:
        if module in seen:
            return
        seen.add(module)
        for node in trees[module].body:
            if isinstance(node, ast.ImportFrom) and node.module:
                folder = node.module.replace(".", "/")
                inner = [f"{folder}/{name.name}.py" for name in node.names]
                for path in (*inner, f"{folder}.py", *([] if set(inner) & trees.keys() else [f"{folder}/__init__.py"])):
                    if path in trees:
                        visit(path)
        ordered.append(module)

    for module in trees:
        visit(module)
    return [module for module in ordered if _name(module) in sys.modules]


def _name(module: str) -> str:
    return module.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def _function(mutant: Mutant) -> types.FunctionType:
    found: Any = sys.modules[_name(mutant.module)]
    for name in mutant.function.split("."):
        found = found.__dict__.get(name)
    if isinstance(found, property):
        found = found.fget
    if isinstance(found, functools.cached_property):
        found = found.func
    if isinstance(found, classmethod | staticmethod):
        found = found.__func__
    while hasattr(found, "__wrapped__"):
        found = found.__wrapped__
    if not isinstance(found, types.FunctionType):
        raise TypeError(f"{mutant.function} is no function")
    return found


def _compiled(tree: ast.Module, mutant: Mutant, function: types.FunctionType) -> types.CodeType:
    """The code of the function alone, as it comes out of the changed tree."""
    holder, _, name = mutant.function.rpartition(".")
    body: list[Any] = tree.body
    if holder:
        body = next(node.body for node in body if isinstance(node, ast.ClassDef) and node.name == holder)
    node = next(node for node in body if isinstance(node, ast.FunctionDef) and node.name == name)
    future = next(node for node in tree.body if isinstance(node, ast.ImportFrom))
    node.decorator_list = []
    inner = [ast.copy_location(ast.ClassDef(holder, [], [], [node], []), node)] if holder else [node]
    code = compile(ast.Module([future, *inner], []), str(TOP / mutant.module), "exec")
    return _found(code, function.__code__.co_qualname)


def _found(code: types.CodeType, name: str) -> types.CodeType:
    for const in code.co_consts:
        if isinstance(const, types.CodeType):
            if const.co_qualname == name:
                return const
            with contextlib.suppress(LookupError):
                return _found(const, name)
    raise LookupError(name)


def _killers_first(
    tests: list[str], module: str, verdicts: Sequence[Verdict], mutants: Mapping[int, Mutant]
) -> list[str]:
    """The tests that killed the last mutants of the module before the others: neighbours die alike."""
    lately = [verdict.test for verdict in verdicts[-60:] if verdict.died and mutants[verdict.mutant].module == module]
    first = [test for test in dict.fromkeys(reversed(lately)) if test in tests]
    return [*first, *(test for test in tests if test not in first)]


# ---- cold


class _Selected:
    """Plugin: only these tests, in this order, each within its time."""

    def __init__(self, tests: Sequence[str], seconds: Mapping[str, float]) -> None:
        self.place = {test: place for place, test in enumerate(tests)}
        self.seconds = seconds

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items[:] = sorted((one for one in items if one.nodeid in self.place), key=lambda one: self.place[one.nodeid])

    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        _limit(self.seconds[item.nodeid])


class _Changed(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Loads one module from a tree."""

    def __init__(self, mutant: Mutant, tree: ast.Module) -> None:
        self.path = TOP / mutant.module
        self.package = self.path.stem == "__init__"
        self.name = _name(mutant.module)
        self.tree = tree

    def find_spec(self, name: str, path: object, target: object = None) -> importlib.machinery.ModuleSpec | None:
        if name != self.name:
            return None
        return importlib.util.spec_from_file_location(
            name, self.path, loader=self, submodule_search_locations=[str(self.path.parent)] if self.package else None
        )

    def create_module(self, spec: object) -> None:
        return None

    def exec_module(self, module: types.ModuleType) -> None:
        exec(compile(self.tree, str(self.path), "exec"), module.__dict__)


def load_foreign() -> None:
    for name in FOREIGN:
        with contextlib.suppress(ImportError):
            importlib.import_module(name)


def cold(mutant: Mutant, tree: ast.Module, tests: Sequence[str], seconds: Mapping[str, float]) -> str:
    """The first test that fails with the mutant, "" where none does."""
    mutant.put()
    sys.meta_path.insert(0, _Changed(mutant, tree))
    outcome = _Outcome()
    # One file after the other: what the first one kills need not load the others.
    for file in dict.fromkeys(test.partition("::")[0] for test in tests):
        _limit(10)
        code = pytest.main([*OPTIONS, "-x", file], plugins=[_Selected(tests, seconds), outcome])
        if outcome.failed or code not in (0, 5):
            return outcome.failed or f"exit {code} of {file}"
    return ""


def try_cold(
    mutants: Mapping[int, Mutant], trees: Mapping[str, ast.Module], reach: Reach, jobs: int, *, slow: bool
) -> list[Verdict]:
    verdicts: list[Verdict] = []

    def tasks() -> Iterator[tuple[int, Callable[[], str]]]:
        for number, mutant in mutants.items():
            tests = _killers_first(reach.of(mutant, slow=slow), mutant.module, verdicts, mutants)
            yield number, functools.partial(cold, mutant, trees[mutant.module], tests, reach.seconds)

    for verdict in in_children(tasks(), jobs):
        verdicts.append(verdict)
        _tick(len(verdicts), verdict)
    return verdicts


def _tick(count: int, verdict: Verdict) -> None:
    if count % 100 == 0:
        print(f"{count} tried, the last by {verdict.test or 'none'}", file=sys.stderr, flush=True)


__all__ = ["Reach", "Verdict", "Warm", "load_foreign", "mutants_of", "try_cold"]
