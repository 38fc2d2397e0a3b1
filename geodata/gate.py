"""
The gate of public functions: years as people write them, and mistakes named by their argument.

What a function makes of its arguments is its own to say. Where one fails instead with an error of
Python's, or of a library below, the gate looks which argument is not of the kind that the function
says it takes, and names it.
"""

from __future__ import annotations

import collections.abc
import datetime as dt
import functools
import inspect
import re
import reprlib
import types
import typing
from collections.abc import Callable, Mapping
from numbers import Integral, Real
from typing import Any, ParamSpec, TypeVar

from geodata.errors import ArgumentError

__all__ = ["gated", "misfits", "through_gate"]

P = ParamSpec("P")
T = TypeVar("T")

_YEAR_NAMES = frozenset({"year", "division", "data_year", "from_year", "to_year"})
_SEVERAL = frozenset({"years"})
_DAYS = frozenset({"at"})
_YEAR = re.compile(r"\s*([0-9]{4})(?:\.0+)?\s*")
# Between the parts of a union, not inside of brackets.
_BAR = re.compile(r"\|(?![^\[]*\])")
_OWN = ("geodata.", "zones.")
_LOOKED_AT = 100
_WORDS: dict[Any, str] = {
    bool: "True or False",
    int: "a whole number",
    float: "a number",
    str: "text",
    types.NoneType: "None",
    collections.abc.Callable: "a function",
}


class _Named(str):
    """A class by its name."""

    __slots__ = ()


class _Either(tuple[Any, ...]):
    """Hints of which one is enough."""

    __slots__ = ()


def through_gate(
    package: str, names: dict[str, Any], find: Callable[[str], Any]
) -> Callable[[str], Any]:
    """
    Return the `__getattr__` of a package whose functions stand behind the gate.

    Parameters
    ----------
    package
        Its name.
    names
        Its namespace, where a function is kept once it is found.
    find
        What finds a name of it.
    """

    def attribute(name: str) -> Any:
        found = find(name)
        if inspect.isfunction(found):
            found = gated(found, package)
            names[name] = found
        return found

    return attribute


def gated(function: Callable[P, T], package: str | None = None) -> Callable[P, T]:
    """
    Return a function whose mistaken arguments end in an error that names them.

    Years may be text or a float, if they are whole; a year alone is a list of years; a moment is
    its day.

    Examples
    --------
    >>> def later(year: int, by: int = 1) -> int:
    ...     return year + by
    >>> gated(later)("2022")
    2023
    >>> gated(later)(2022, by="one")
    Traceback (most recent call last):
    geodata.errors.ArgumentError: later(): by='one' is a str: give a whole number
    """
    signature = inspect.signature(function)
    read = {
        name: reading
        for names, reading in ((_YEAR_NAMES, _year), (_SEVERAL, _years), (_DAYS, _day))
        for name in names & set(signature.parameters)
    }

    hints = inspect.get_annotations(function)
    flags = {name for name, hint in hints.items() if hint in (bool, "bool")}

    @functools.wraps(function)
    def gate(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            given = signature.bind(*args, **kwargs)
        except TypeError as fault:
            those = ", ".join(signature.parameters)
            raise TypeError(f"{function.__name__}() {fault}; it takes {those}") from None
        # Any text is true, "no" and "false" too, so that nothing would fail.
        texts = {
            name: value
            for name, value in given.arguments.items()
            if name in flags and isinstance(value, str)
        }
        if texts:
            wrong = misfits(function, texts)
            raise ArgumentError(f"{function.__name__}(): {'; '.join(wrong)}")
        for name in read.keys() & given.arguments.keys():
            given.arguments[name] = read[name](given.arguments[name])
        try:
            return function(*given.args, **given.kwargs)
        except Exception as fault:
            # One of the library's own is clear, unless it shows a table in full.
            if type(fault).__module__.startswith(_OWN) and "\n" not in str(fault):
                raise
            wrong = misfits(function, given.arguments)
            if not wrong:
                raise
            raise ArgumentError(f"{function.__name__}(): {'; '.join(wrong)}") from fault

    if package is not None:
        # As it is imported, so that it can be pickled.
        gate.__module__ = package
    return gate


def _year(value: Any) -> Any:
    """Return a whole year of text or a float as a number; anything else as it is."""
    if isinstance(value, str) and (match := _YEAR.fullmatch(value)):
        return int(match[1])
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def _years(value: Any) -> Any:
    if value is None:
        return None
    one = _year(value)
    if _fits(one, int):
        return [one]
    listed = isinstance(value, collections.abc.Iterable) and not isinstance(value, str)
    return [_year(year) for year in value] if listed else value


def _day(value: Any) -> Any:
    """Return the day of a moment."""
    return value.date() if isinstance(value, dt.datetime) else value


def misfits(function: Callable[..., Any], given: Mapping[str, Any]) -> list[str]:
    """Say of each argument that is not of the kind it should be what would be."""
    names = getattr(function, "__globals__", {})
    hints = {
        name: _resolved(hint, names) for name, hint in inspect.get_annotations(function).items()
    }
    return [
        f"{name}{_shown(value)} is {_called(value)}: give {_word(hints[name])}"
        for name, value in given.items()
        if name in hints and not _fits(value, hints[name])
    ]


def _resolved(hint: Any, names: dict[str, Any]) -> Any:
    """Return what a hint in text stands for; a class imported for the type checker by its name."""
    if not isinstance(hint, str):
        return hint
    if hint == "None":
        return types.NoneType
    try:
        return eval(hint, names)  # noqa: S307  annotations of this library's own functions
    except (NameError, TypeError, AttributeError):
        parts = [part.strip() for part in _BAR.split(hint)]
        if len(parts) > 1:
            return _Either(tuple(_resolved(part, names) for part in parts))
        return _Named(hint.split("[")[0].rpartition(".")[2])


def _shown(value: object) -> str:
    text = reprlib.repr(value)
    return "" if "\n" in text else f"={text}"


def _called(value: object) -> str:
    name = type(value).__name__
    return f"a{'n' if name[0].lower() in 'aeiou' else ''} {name}"


def _word(hint: Any) -> str:
    """Return what a hint asks for, in words."""
    if isinstance(hint, _Either) or typing.get_origin(hint) in (typing.Union, types.UnionType):
        parts = hint if isinstance(hint, _Either) else typing.get_args(hint)
        return " or ".join(dict.fromkeys(map(_word, parts)))
    if typing.get_origin(hint) is typing.Literal:
        return " or ".join(repr(part) for part in typing.get_args(hint))
    kind = typing.get_origin(hint) or hint
    if kind in _WORDS:
        return _WORDS[kind]
    if isinstance(kind, type) and issubclass(kind, collections.abc.Mapping):
        return "a dict"
    if isinstance(kind, type) and kind.__module__ == "collections.abc":
        (inner, *_) = (*typing.get_args(hint), Any)
        return f"a list ({_word(inner)} each)" if inner in _WORDS else "a list"
    name = str(getattr(kind, "__name__", kind))
    return f"a{'n' if name[0].lower() in 'aeiou' else ''} {name}"


def _fits(value: Any, hint: Any) -> bool:
    origin, parts = typing.get_origin(hint), typing.get_args(hint)
    if isinstance(hint, _Either) or origin in (typing.Union, types.UnionType):
        return any(_fits(value, part) for part in (parts or hint))
    if isinstance(hint, _Named):
        return any(kind.__name__ == hint for kind in type(value).__mro__)
    if origin is typing.Literal:
        return any(type(value) is type(part) and value == part for part in parts)
    kind = origin or hint
    if kind in (int, float):
        # Not a number is none of anything.
        number = isinstance(value, Integral if kind is int else Real) and value == value  # noqa: PLR0124
        return number and not isinstance(value, bool)
    if kind is Any or not isinstance(kind, type):
        return True
    return isinstance(value, kind) and (len(parts) != 1 or _all_fit(value, kind, parts[0]))


def _all_fit(values: Any, kind: type, hint: Any) -> bool:
    """Whether the first of a list's values fit; what can be gone through once is not looked at."""
    listed = kind.__module__ == "collections.abc" and isinstance(values, collections.abc.Sized)
    if not listed or not isinstance(values, collections.abc.Iterable):
        return True
    return all(_fits(one, hint) for one in list(values)[:_LOOKED_AT])
