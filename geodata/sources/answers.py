"""What services answer: complete, and of the shape that was asked for, or a clear error."""

from __future__ import annotations

import dataclasses
import functools
import json
import re
import reprlib
import types
import typing
from dataclasses import dataclass
from typing import Any, Literal, TypeVar, get_args, get_origin

from geodata.errors import ServiceError
from geodata.messages import listed

__all__ = [
    "Answer",
    "PassingFaultError",
    "StatusError",
    "came",
    "excerpt",
    "shaped",
    "shaped_answer",
    "whole_json",
]

T = TypeVar("T")

_WORDS = {
    dict: "an object",
    list: "a list",
    str: "text",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    types.NoneType: "null",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """A complete body with the address it came from."""

    url: str
    status: int
    media_type: str
    content: bytes


class StatusError(ServiceError):
    """The service answered, but with an error status.

    Attributes
    ----------
    status
        The HTTP status.
    content
        The beginning of the body.
    """

    def __init__(self, message: str, *, status: int, content: bytes) -> None:
        super().__init__(message)
        self.status = status
        self.content = content


class PassingFaultError(ServiceError):
    """A fault that may be gone at the next attempt, such as a body that is cut off."""

    def __init__(self, reason: str, *, retry_after: float | None = None) -> None:
        super().__init__(reason)
        self.retry_after = retry_after


def excerpt(content: bytes | str, length: int = 160) -> str:
    """Return the readable beginning of what a service sent, for an error message.

    Examples
    --------
    >>> excerpt(b"<html><title>Out of order</title><p>Sorry</p></html>")
    'Out of order Sorry'
    """
    text = content if isinstance(content, str) else content[:4000].decode(errors="replace")
    text = re.sub(r"(?is)<(script|style)\b.*?</\1>", " ", text[:4000])
    text = " ".join(re.sub(r"<[^>]*>", " ", text).split())
    text = "".join(letter if letter.isprintable() else "�" for letter in text)
    return text if len(text) <= length else text[: length - 1] + "…"


def came(answer: Answer) -> str:
    """Say what came where something else was expected."""
    head = answer.content.lstrip()[:300].lower()
    kind = "an HTML page" if b"<html" in head or b"<!doctype html" in head else answer.media_type
    return f"{kind or 'something without a type'} ({excerpt(answer.content)!r})"


def whole_json(answer: Answer) -> Any:
    """Parse JSON; ask again where it is cut off, and return None where it is no JSON at all."""
    text = answer.content.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not text:
        raise PassingFaultError("the body is empty")
    if text[:1] not in {b"{", b"["}:
        return None
    try:
        document = json.loads(text, parse_constant=_refused)
        # Half a character that is escaped is text that nobody can write down.
        if re.search(rb"\\u[dD][89a-fA-F]", text):
            json.dumps(document, ensure_ascii=False).encode()
    except ValueError as fault:
        raise PassingFaultError(f"the JSON is cut off or garbled ({fault})") from fault
    except RecursionError as fault:
        raise ServiceError(f"{answer.url}: the JSON is nested too deeply to be read") from fault
    return document


def shaped_answer(answer: Answer, shape: type[T], expected: str) -> T:
    """Parse JSON into a record; an error says what was ``expected``, what came, and where."""
    document = whole_json(answer)
    if document is None:
        raise ServiceError(
            f"{answer.url}: {expected} was expected and {came(answer)} came; "
            "the service may be out of order, or something between sends a page of its own"
        )
    return shaped(document, shape, f"{answer.url}: {expected} was expected")


def shaped(document: Any, shape: type[T], expected: str) -> T:
    """Make a record of parsed JSON, each value of exactly the kind that its type says.

    Fields that the dataclass does not have may come too. What does not fit is raised as a
    `ServiceError` that names every fault and its place, and begins with ``expected``.

    Examples
    --------
    >>> @dataclass
    ... class Table:
    ...     id: list[str]
    >>> shaped({"id": ["area"]}, Table, "a table was expected")
    Table(id=['area'])
    >>> shaped({"id": ["area", 3]}, Table, "a table was expected")
    Traceback (most recent call last):
    geodata.errors.ServiceError: a table was expected; id[1] should be text and is 3; found ['id']
    """
    faults: list[str] = []
    record: T = _made(document, shape, "", faults)
    if faults:
        found = f"; found {reprlib.repr(sorted(document))}" if isinstance(document, dict) else ""
        raise ServiceError(f"{expected}; {listed(faults, mark='; ')}{found}")
    return record


def _refused(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON")


def _made(value: Any, shape: Any, place: str, faults: list[str]) -> Any:
    parts = get_args(shape) if isinstance(shape, types.UnionType) else (shape,)
    fitting = [part for part in parts if _is_of(value, part)]
    if not fitting:
        kinds = " or ".join(_WORDS.get(_kind(part), repr(_kind(part))) for part in parts)
        faults.append(f"{place or 'it'} should be {kinds} and is {reprlib.repr(value)}")
        return None
    shape = fitting[0]
    if get_origin(shape) is list:
        (of,) = get_args(shape)
        return [_made(item, of, f"{place}[{n}]", faults) for n, item in enumerate(value)]
    if get_origin(shape) is dict:
        _, of = get_args(shape)
        if of is Any:
            return value
        return {key: _made(item, of, f"{place}[{key!r}]", faults) for key, item in value.items()}
    if not (isinstance(shape, type) and dataclasses.is_dataclass(shape)):
        return value
    dot = f"{place}." if place else ""
    types_of = _types(shape)
    lacking = [f"{dot}{name} is missing" for name in _required(shape) if name not in value]
    faults += lacking
    known = {
        name: _made(value[name], of, f"{dot}{name}", faults)
        for name, of in types_of.items()
        if name in value
    }
    return None if lacking else shape(**known)


def _kind(shape: Any) -> Any:
    """Return the kind of JSON value that a type is made from, or the value of a literal."""
    if get_origin(shape) is Literal:
        return get_args(shape)[0]
    return dict if dataclasses.is_dataclass(shape) else get_origin(shape) or shape


def _is_of(value: Any, shape: Any) -> bool:
    kind = _kind(shape)
    if kind is Any:
        return True
    if not isinstance(kind, type):
        return bool(value == kind)
    # Beyond this a whole number is no number of anything, and need not fit into a float.
    return type(value) is kind or (kind is float and type(value) is int and abs(value) < 1 << 53)


_types = functools.cache(typing.get_type_hints)


@functools.cache
def _required(shape: Any) -> tuple[str, ...]:
    fields = dataclasses.fields(shape)
    missing = dataclasses.MISSING
    return tuple(f.name for f in fields if f.default is missing and f.default_factory is missing)
