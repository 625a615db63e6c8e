"""Models of a file's tree: keys and what they hold, by annotations, every fault with its path, all in one reading.

In the words of pydantic, of which this is the small part that plans and settings need: importing that library and
building its schemas would take longer than all else of a command. Values come as text, as `source.py` reads them.
A validator raises ValueError (its own kinds of it included) for a value that cannot be.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from types import NoneType, UnionType
from typing import Annotated, Any, ClassVar, Literal, NamedTuple, Self, TypeVar, dataclass_transform, get_args, get_origin

Loc = tuple[str | int, ...]
Read = Callable[[Any, Any], Any]  # (value, context) to what it means
_MISSING: Any = object()
_BOOLS = {
    **dict.fromkeys(("true", "t", "yes", "y", "on", "1"), True),
    **dict.fromkeys(("false", "f", "no", "n", "off", "0"), False),
}


class ValidationError(ValueError):
    """All faults of one value: `type`, `loc` (the path to it), `input`, and perhaps `ctx`."""

    def __init__(self, faults: list[dict[str, Any]]) -> None:
        super().__init__("faults")
        self.faults = faults

    def errors(self, **_: Any) -> list[dict[str, Any]]:
        return self.faults


class ValidationInfo(NamedTuple):
    """What a validator of two parameters is given beside the value."""

    context: Any


class BeforeValidator(NamedTuple):
    """Called with the value as it is written."""

    call: Callable[..., Any]


class AfterValidator(NamedTuple):
    """Called with the value as it was read."""

    call: Callable[..., Any]


class AliasChoices:
    """Keys of which one is given."""

    def __init__(self, *choices: str) -> None:
        self.choices = choices


class FieldInfo(NamedTuple):
    """A field: what it is without its key, the key it is read from, its bounds."""

    default: Any = _MISSING
    alias: str | None = None
    validation_alias: AliasChoices | None = None
    min_length: int = 0
    ge: int | None = None
    le: int | None = None
    annotation: Any = None

    def is_required(self) -> bool:
        return self.default is _MISSING


def Field(default: Any = _MISSING, *, default_factory: Callable[[], Any] | None = None, **facts: Any) -> Any:  # noqa: N802
    """A field with more than a default, or its bounds inside Annotated."""
    return FieldInfo(default_factory() if default_factory else default, **facts)


class _Shape(NamedTuple):
    """What a model reads: its fields and their readers by name, and the names by key."""

    fields: Mapping[str, FieldInfo]
    readers: Mapping[str, Read]
    names: Mapping[str, str]
    defaults: Mapping[str, Any]


class _Fields:
    """The fields of a model, from its annotations when first asked for."""

    def __get__(self, _: object, owner: type[Model]) -> Mapping[str, FieldInfo]:
        return owner.shape().fields


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(Field, FieldInfo))
class Model:
    """A mapping with these keys and no others; its fields are never changed after it is made."""

    model_fields: ClassVar[_Fields] = _Fields()

    def __init__(self, **values: Any) -> None:
        self.__dict__.update(_read_model(type(self), values, None).__dict__)

    @classmethod
    def model_validate(cls, value: Any, *, context: Any = None) -> Self:
        """Raises ValidationError with all faults."""
        found: Self = _read_model(cls, value, context)
        return found

    @classmethod
    def shape(cls) -> _Shape:
        if "_shape" not in cls.__dict__:
            cls._shape = _shape_of(cls)
        return cls._shape

    _shape: ClassVar[_Shape]

    def model_dump(self, *, exclude_none: bool = False) -> dict[str, Any]:
        """The fields as plain values."""
        return {
            name: _dumped(value, exclude_none=exclude_none)
            for name, value in self.__dict__.items()
            if value is not None or not exclude_none
        }

    def model_copy(self, *, update: Mapping[str, Any]) -> Self:
        return _made(type(self), self.__dict__ | update)

    def __setattr__(self, name: str, value: Any) -> None:
        raise AttributeError(f"{type(self).__name__}.{name} is never changed")

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self.__dict__ == other.__dict__

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in self.__dict__.items())})"


def _dumped(value: Any, *, exclude_none: bool) -> Any:
    if isinstance(value, Model):
        return value.model_dump(exclude_none=exclude_none)
    if isinstance(value, list):
        return [_dumped(item, exclude_none=exclude_none) for item in value]
    if isinstance(value, dict):
        return {key: _dumped(item, exclude_none=exclude_none) for key, item in value.items()}
    return value


M = TypeVar("M", bound=Model)


def _made(kind: type[M], values: dict[str, Any]) -> M:
    model = object.__new__(kind)
    model.__dict__.update(values)
    return model


# ---- reading


def _refused(type_: str, value: Any, **ctx: Any) -> ValidationError:
    return ValidationError([{"type": type_, "loc": (), "input": value, "ctx": ctx}])


def _below(loc: Loc, error: ValueError, value: Any) -> list[dict[str, Any]]:
    """The faults of a value that stands at `loc`."""
    if isinstance(error, ValidationError):
        return [{**fault, "loc": (*loc, *fault["loc"])} for fault in error.faults]
    return [{"type": "value_error", "loc": loc, "input": value, "ctx": {"error": error}}]


def _read_model(kind: type[Model], value: Any, context: Any) -> Any:
    if isinstance(value, kind):
        return value
    if not isinstance(value, dict):
        raise _refused("model_type", value)
    shape = kind.shape()
    values = dict(shape.defaults)
    given: dict[str, str] = {}
    faults: list[dict[str, Any]] = []
    for key, item in value.items():
        name = shape.names.get(key)
        if name is None or name in given:
            faults += _below((key,), _refused("extra_forbidden", item), item)
            continue
        given[name] = key
        try:
            values[name] = shape.readers[name](item, context)
        except ValueError as error:
            faults += _below((key,), error, item)
    for name, field in shape.fields.items():
        if field.default is _MISSING and name not in given:
            faults += _below((_keys(name, field)[0],), _refused("missing", value), value)
    if faults:
        raise ValidationError(faults)
    return _made(kind, values)


def _shape_of(kind: type[Model]) -> _Shape:
    from typing import get_type_hints

    fields, readers, names = {}, {}, {}
    for name, hint in get_type_hints(kind, include_extras=True).items():
        if get_origin(hint) is ClassVar:
            continue
        default = getattr(kind, name, _MISSING)
        field = default if isinstance(default, FieldInfo) else FieldInfo(default)
        fields[name] = field._replace(annotation=hint)
        readers[name] = _bounded(_reader(hint), field)
        names |= dict.fromkeys(_keys(name, field), name)
    defaults = {name: None if field.is_required() else field.default for name, field in fields.items()}
    return _Shape(fields, readers, names, defaults)


def _keys(name: str, field: FieldInfo) -> tuple[str, ...]:
    return field.validation_alias.choices if field.validation_alias else (field.alias or name,)


def _reader(hint: Any) -> Read:
    """What reads a value that is annotated so."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Annotated:
        read = _reader(arguments[0])
        for more in arguments[1:]:
            read = _validated(read, more)
        return read
    if origin is UnionType:
        (inner,) = (_reader(one) for one in arguments if one is not NoneType)
        return lambda value, context: None if value is None else inner(value, context)
    if origin is Literal:
        return _one_of(arguments)
    if origin is list:
        return _list_of(_reader(arguments[0]))
    if origin is dict:
        return _dict_of(*map(_reader, arguments))
    if hint is Any:
        return lambda value, _: value
    if isinstance(hint, type) and issubclass(hint, Model):
        return lambda value, context: _read_model(hint, value, context)
    return _bool if hint is bool else _instance(hint)


def _validated(read: Read, more: Any) -> Read:
    """A reader with what Annotated says more of it."""
    if isinstance(more, FieldInfo):
        return _bounded(read, more)
    call = more.call
    informed = call.__code__.co_argcount == 2
    if isinstance(more, BeforeValidator):
        if informed:
            return lambda value, context: read(call(value, ValidationInfo(context)), context)
        return lambda value, context: read(call(value), context)
    if informed:
        return lambda value, context: call(read(value, context), ValidationInfo(context))
    return lambda value, context: call(read(value, context))


def _bounded(read: Read, field: FieldInfo) -> Read:
    """A reader with a field's bounds; that of one without bounds as it is."""
    if not field.min_length and field.ge is None and field.le is None:
        return read

    def bounded(value: Any, context: Any) -> Any:
        found = read(value, context)
        if found is None:
            return found
        if field.min_length and len(found) < field.min_length:
            raise _refused("string_too_short", found)
        if field.ge is not None and found < field.ge:
            raise _refused("greater_than_equal", found, ge=field.ge)
        if field.le is not None and found > field.le:
            raise _refused("less_than_equal", found, le=field.le)
        return found

    return bounded


_TYPES = {str: "string_type", int: "int_type", date: "date_type"}


def _instance(wanted: type) -> Read:
    def instance(value: Any, _: Any) -> Any:
        if isinstance(value, wanted):
            return value
        raise _refused(_TYPES.get(wanted, "is_instance_of"), value)

    return instance


def _bool(value: Any, _: Any) -> bool:
    found = value if isinstance(value, bool) else _BOOLS.get(value.lower()) if isinstance(value, str) else None
    if found is None:
        raise _refused("bool_type", value)
    return found


def _one_of(choices: tuple[Any, ...]) -> Read:
    def one_of(value: Any, _: Any) -> Any:
        if isinstance(value, str) and value in choices:
            return value
        *most, last = map(repr, choices)
        raise _refused("literal_error", value, expected=f"{', '.join(most)} or {last}" if most else last)

    return one_of


def _list_of(read: Read) -> Read:
    def list_of(value: Any, context: Any) -> list[Any]:
        if not isinstance(value, list):
            raise _refused("list_type", value)
        found, faults = [], []
        for number, item in enumerate(value):
            try:
                found.append(read(item, context))
            except ValueError as error:
                faults += _below((number,), error, item)
        if faults:
            raise ValidationError(faults)
        return found

    return list_of


def _dict_of(read_key: Read, read: Read) -> Read:
    def dict_of(value: Any, context: Any) -> dict[Any, Any]:
        if not isinstance(value, dict):
            raise _refused("dict_type", value)
        found, faults = {}, []
        for key, item in value.items():
            name = key
            try:
                name = read_key(key, context)
            except ValueError as error:
                faults += _below((key, "[key]"), error, key)
            try:
                found[name] = read(item, context)
            except ValueError as error:
                faults += _below((key,), error, item)
        if faults:
            raise ValidationError(faults)
        return found

    return dict_of
