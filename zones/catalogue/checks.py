"""What the fields of the records may hold: each check returns the value, or says what is wrong."""

import datetime as dt
import difflib
import re
import reprlib
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from geodata.countries import ANY_CODE, unit_of
from zones.model.contract import CONTRACT
from zones.texts import phrases

__all__ = [
    "FaultError",
    "Wrong",
    "code",
    "day",
    "fact",
    "line",
    "measure",
    "nearest",
    "number",
    "said",
    "shown",
    "text",
    "truth",
    "whole",
    "word",
    "year",
]

# Beyond this a float no longer tells whole numbers apart.
_LARGEST = 2**53
_YEARS = range(1000, 3000)
_DAY = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", re.ASCII)
_LAU_ID = re.compile(rf"[A-Z]{{2}}_{ANY_CODE}")


@dataclass(frozen=True, slots=True)
class Wrong:
    """Stands in a table for a value that is wrong, and says why."""

    reason: str


class FaultError(ValueError):
    """A value that its field may not hold."""


def shown(value: object) -> str:
    """Return a value short and on one line, as messages show it."""
    if isinstance(value, dt.date | dt.time):
        return f"the {'date' if isinstance(value, dt.date) else 'time'} {value.isoformat()}"
    if isinstance(value, Mapping):
        return "a table"
    return str(value).lower() if isinstance(value, bool) else reprlib.repr(value)


def nearest(given: str, known: Iterable[str]) -> str | None:
    """Return which of the words may be meant."""
    near = difflib.get_close_matches(given, sorted(known), n=1)
    return near[0] if near else None


def text(value: Any) -> str:
    """Take text without control characters, which a terminal would obey."""
    if not isinstance(value, str):
        quoted = "" if isinstance(value, Mapping | list | tuple) else ": write it in quotes"
        raise FaultError(f"expected text, got {shown(value)}{quoted}")
    if any(unicodedata.category(sign) in {"Cc", "Cs"} and sign not in "\n\t\r" for sign in value):
        raise FaultError(f"{shown(value)} holds control characters: leave them out")
    return str(value)


def line(value: Any) -> str:
    """Take text on one line that is not blank."""
    given = text(value)
    if not given.strip() or len(given.splitlines()) > 1:
        raise FaultError(f"expected one line of text, got {shown(value)}")
    return given


def whole(value: Any) -> int:
    """Take whole numbers, which true and false are not."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise FaultError(f"expected a whole number, got {shown(value)}")
    return int(number(value))


def number(value: Any) -> float:
    """Take numbers, but not infinite ones, nor what is none."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise FaultError(f"expected a number, got {shown(value)}")
    if not abs(value) <= _LARGEST:
        raise FaultError(f"expected a number of usual size, got {shown(value)}")
    return value


def truth(value: Any) -> bool:
    """Take true and false."""
    if not isinstance(value, bool):
        raise FaultError(f"expected true or false, got {shown(value)}")
    return value


def year(value: Any) -> int:
    """Take whole numbers of four digits."""
    if isinstance(value, bool) or not isinstance(value, int) or value not in _YEARS:
        raise FaultError(f"expected a year, got {shown(value)}")
    return value


def day(value: Any) -> str:
    """Take a year, month or day as text, or a date."""
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value.isoformat()
    match = _DAY.fullmatch(value) if isinstance(value, str) else None
    try:
        if match is not None:
            dt.date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
            return str(value)
    except ValueError:
        pass
    raise FaultError(
        f'expected a date such as "2021", "2021-11" or "2021-11-30", got {shown(value)}'
    )


def said(value: Any) -> str:
    """Take a date, or one in words."""
    return day(value) if isinstance(value, dt.date) else line(value)


def code(value: Any) -> str:
    """Take a national code or a `lau_id`, and return the `lau_id`."""
    if not isinstance(value, str):
        whole_code = isinstance(value, int) and not isinstance(value, bool)
        example = f'"{value:03d}"' if whole_code and 0 <= value < 10_000 else "in quotes"
        raise FaultError(f"{shown(value)} is not text: write codes as text, {example}")
    given = line(value).strip()
    given = unit_of(given) or given
    if not _LAU_ID.fullmatch(given):
        raise FaultError(f"{shown(value)} is no code of a municipality")
    return given


def measure(value: Any) -> str:
    """Take the name of a measure that a claim can be held against."""
    computed = [row.name for row in CONTRACT.values() if row.table in ("coverage", "reach")]
    return _one_of(computed)(value)


def word(kind: str) -> Callable[[Any], str]:
    """Return the check of the words that have a text ``groups.{kind}.{word}``."""
    stem = f"{kind}."
    words = (key for key in phrases("groups", "en") if key.startswith(stem))
    return _one_of([key.removeprefix(stem) for key in words])


def _one_of(words: list[str]) -> Callable[[Any], str]:
    def check(value: Any) -> str:
        given = line(value)
        if given not in words:
            near = nearest(given, words)
            hint = f"did you mean {near}" if near else f"give one of {', '.join(words)}"
            raise FaultError(f"{shown(value)} is not known: {hint}")
        return given

    return check


def fact(value: Any) -> Any:
    """Take what is for reading: text, a number, a date or a list of texts."""
    match value:
        case bool():
            return value
        case int() | float():
            return number(value)
        case dt.date():
            return day(value)
        case list() | tuple():
            return tuple(text(part) for part in value)
    return text(value)
