"""What a mutant is: one small change to a module's syntax tree, by the operators that mutmut and cosmic-ray share.

Not changed: annotations and type aliases (nothing reads them), docstrings, imports, decorators, `assert` (it tells the
type checker what the line before has made sure), `__slots__`, sizes of caches, `strict`. Arguments and
values are not put to None: in typed code nearly all of that dies of a type error, and would only better the figure.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

_COMPARED: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
_COUNTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.FloorDiv,
    ast.LShift: ast.RShift,
    ast.RShift: ast.LShift,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}
_TWINS = [
    ("min", "max"), ("any", "all"), ("lower", "upper"), ("startswith", "endswith"), ("lstrip", "rstrip"),
    ("partition", "rpartition"), ("find", "rfind"), ("removeprefix", "removesuffix"), ("match", "fullmatch"),
]  # fmt: skip
_TWIN = dict(_TWINS) | {right: left for left, right in _TWINS}
_ALIAS = re.compile(r"[A-Z][a-z]+([A-Z][a-z]+)*")


class Mutant(NamedTuple):
    """A change of one node. `function` is the outermost function (`Class.method`) whose body holds it, "" elsewhere."""

    module: str
    line: int
    function: str
    before: str
    after: str
    holder: Any
    field: str
    index: int | None
    node: Any

    @property
    def key(self) -> str:
        return f"{self.module}:{self.function}: {self.before} -> {self.after}"

    def put(self) -> None:
        """Make the change in the tree that the mutant comes from."""
        if self.index is None:
            setattr(self.holder, self.field, self.node)
        else:
            getattr(self.holder, self.field)[self.index] = self.node


def mutants_of(path: Path, module: str) -> tuple[ast.Module, list[Mutant]]:
    """The tree of a file and its mutants, in the order of its text."""
    tree = ast.parse(path.read_text("utf-8"))
    for node in ast.walk(tree):
        for child in ast.iter_child_nodes(node):
            child.parent = node  # type: ignore[attr-defined]
    found = []
    for holder, field, index, node, function in _places(tree, ""):
        for new in _changes(node, holder, field, function):
            ast.copy_location(new, node)
            ast.fix_missing_locations(new)
            before, after = _told(holder, field, index, node, new)
            found.append(Mutant(module, node.lineno, function, before, after, holder, field, index, new))
    return tree, found


def _places(node: ast.AST, function: str) -> Iterator[tuple[ast.AST, str, int | None, Any, str]]:
    """(holder, field, index, node, function) of all that may be changed."""
    for field, value in ast.iter_fields(node):
        if field in ("annotation", "returns", "decorator_list", "format_spec", "type_params"):
            continue
        inside = function
        if isinstance(node, ast.FunctionDef) and field == "body" and not function:
            inside = _named(node)
        for index, child in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if not isinstance(child, ast.AST) or _is_left_alone(child) or _is_cast(node, child):
                continue
            if hasattr(child, "lineno") and not (isinstance(node, ast.JoinedStr) and isinstance(child, ast.Constant)):
                yield node, field, index, child, inside
            yield from _places(child, inside)


def _named(node: ast.FunctionDef) -> str:
    holder = getattr(node, "parent", None)
    return f"{holder.name}.{node.name}" if isinstance(holder, ast.ClassDef) else node.name


def _is_left_alone(node: ast.AST) -> bool:
    match node:
        case ast.Import() | ast.ImportFrom() | ast.Assert() | ast.Expr(value=ast.Constant()):
            return True
        case ast.If(test=ast.Name(id="TYPE_CHECKING")) | ast.keyword(arg="maxsize" | "strict"):
            return True
        case ast.Assign(targets=[ast.Name(id="__slots__" | "__all__")]):
            return True
        case ast.Assign(targets=[ast.Name(id=name)], value=ast.Subscript() | ast.BinOp()):
            return _ALIAS.fullmatch(name) is not None
    return False


def _is_cast(holder: ast.AST, node: ast.AST) -> bool:
    """Whether the node is the type of a `cast`."""
    return isinstance(holder, ast.Call) and ast.unparse(holder.func) == "cast" and node is holder.args[0]


def _changes(node: ast.AST, holder: ast.AST, field: str, function: str) -> Iterator[ast.AST]:  # noqa: C901 (a case a kind)
    match node:
        case ast.Constant(value=bool(value)):
            yield ast.Constant(not value)
        case ast.Constant(value=int(number)) | ast.Constant(value=float(number)):
            yield ast.Constant(number + 1)
            yield ast.Constant(number - 1)
        case ast.Constant(value=str(text)):
            yield ast.Constant(f"XX{text}XX")
        case ast.Constant(value=bytes(data)):
            yield ast.Constant(b"XX" + data)
        case ast.JoinedStr():
            yield ast.BinOp(ast.Constant("XX"), ast.Add(), node)
        case ast.Compare():
            for place, sign in enumerate(node.ops):
                for other in _COMPARED[type(sign)]:
                    yield ast.Compare(node.left, [*node.ops[:place], other(), *node.ops[place + 1 :]], node.comparators)
        case ast.BoolOp(op, values):
            yield ast.BoolOp(ast.Or() if isinstance(op, ast.And) else ast.And(), values)
        case ast.BinOp(left, op, right) if type(op) in _COUNTED:
            yield ast.BinOp(left, _COUNTED[type(op)](), right)
        case ast.UnaryOp(ast.Not() | ast.USub(), operand):
            yield operand
        case ast.Lambda(args):
            yield ast.Lambda(args, ast.Constant(None))
        case ast.Call():
            yield from _calls(node)
        case ast.stmt():
            yield from _statements(node, function)
    if _is_condition(holder, field) and isinstance(node, ast.Name | ast.Attribute | ast.Call | ast.NamedExpr):
        yield ast.UnaryOp(ast.Not(), node)  # type: ignore[arg-type]


def _is_condition(holder: ast.AST, field: str) -> bool:
    return field in ("test", "guard", "ifs") or (isinstance(holder, ast.BoolOp) and _is_condition(*_up(holder)))


def _up(node: ast.AST) -> tuple[ast.AST, str]:
    """The holder of a node, and the field in which it stands."""
    holder: ast.AST = node.parent  # type: ignore[attr-defined]
    for field, value in ast.iter_fields(holder):
        if value is node or (isinstance(value, list) and node in value):
            return holder, field
    return holder, ""


def _calls(node: ast.Call) -> Iterator[ast.AST]:
    name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
    if name in _TWIN:
        func = node.func
        twin = ast.Name(_TWIN[name], ast.Load()) if isinstance(func, ast.Name) else None
        yield ast.Call(twin or ast.Attribute(func.value, _TWIN[name], ast.Load()), node.args, node.keywords)  # type: ignore[attr-defined]
    for place, keyword in enumerate(node.keywords):
        if keyword.arg not in ("maxsize", "strict"):
            yield ast.Call(node.func, node.args, [*node.keywords[:place], *node.keywords[place + 1 :]])


def _statements(node: ast.stmt, function: str) -> Iterator[ast.AST]:
    nothing = ast.Constant(None)
    match node:
        case ast.Return(value=ast.expr() as value) if not (isinstance(value, ast.Constant) and not value.value):
            yield ast.Return(nothing)
        case ast.AugAssign(target, op, value):
            if type(op) in _COUNTED:
                yield ast.AugAssign(target, _COUNTED[type(op)](), value)
            yield ast.Assign([target], value)
        case ast.Expr() | ast.Raise() | ast.Delete():
            yield ast.Pass()
        case ast.Break():
            yield ast.Continue()
        case ast.Continue():
            yield ast.Break()
        case ast.For(target, _, body, orelse):
            yield ast.For(target, ast.List([], ast.Load()), body, orelse)
        case ast.Try(body, handlers, orelse, final):
            for place, handler in enumerate(handlers):
                none = ast.ExceptHandler(ast.Tuple([], ast.Load()), handler.name, handler.body)
                yield ast.Try(body, [*handlers[:place], none, *handlers[place + 1 :]], orelse, final)


def _told(holder: Any, field: str, index: int | None, node: ast.AST, new: ast.AST) -> tuple[str, str]:
    """The change in words: the expression around it for what is too small to be known again."""
    if isinstance(node, ast.For | ast.Try):
        return _line(node), f"{_line(new)} ({'nothing is gone through' if isinstance(new, ast.For) else _caught(new)})"
    if isinstance(node, ast.expr) and isinstance(holder, ast.expr | ast.Return | ast.Assign | ast.keyword):
        before = _line(holder)
        value = getattr(holder, field)
        if index is None:
            setattr(holder, field, new)
        else:
            value[index] = new
        after = _line(holder)
        if index is None:
            setattr(holder, field, value)
        else:
            value[index] = node
        return before, after
    return _line(node), _line(new)


def _caught(node: Any) -> str:
    return "/".join(
        "nothing" if isinstance(one.type, ast.Tuple) and not one.type.elts else "as before" for one in node.handlers
    )


def _line(node: ast.AST) -> str:
    """The first line of a node's text; a statement's is enough to find it."""
    return ast.unparse(node).split("\n")[0]
